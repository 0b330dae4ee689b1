"""One pause of typing on a 4,000-character note: `python -m tests.benchmarks.bench_radar`. Medians, never a test."""

from __future__ import annotations

import itertools
import statistics
import sys
import time
from collections.abc import Callable

from liaison_desktop.policies.identity import identities
from liaison_desktop.policies.radar import Known, scan
from tests.policies.corpus import PRODUCTS, labelled

_LETTERS, _ROUNDS = 4_000, 101


def note() -> str:
    """The corpus, reports and traps in turn, cut to length."""
    texts = [text for _theme, text, _expected in labelled()]
    mixed = " ".join(text for pair in zip(texts, reversed(texts), strict=True) for text in pair)
    return mixed[:_LETTERS]


def median(run: Callable[[], object]) -> str:
    """Milliseconds: of this process alone, so that a busy laptop measures the same, and by the clock on the wall."""
    cpu, wall = [], []
    for _ in range(_ROUNDS):
        before, at = time.process_time(), time.perf_counter()
        run()
        cpu.append((time.process_time() - before) * 1000)
        wall.append((time.perf_counter() - at) * 1000)
    return f"{statistics.median(cpu):.2f} ms cpu, {statistics.median(wall):.2f} ms wall"


def typing(text: str) -> Callable[[], object]:
    """One pause after another while somebody types into the middle of the note: one sentence is new each time."""
    known: Known = {}
    middle, count = text.index(". ", len(text) // 2) + 2, itertools.count()
    scan(text, products=PRODUCTS, known=known)

    def pause() -> None:
        typed = f"{text[:middle]}Her patient number {next(count)} had a rash. {text[middle:]}"
        scan(typed, products=PRODUCTS, known=known)
        identities(typed)

    return pause


def main() -> int:
    """Print the medians."""
    text = note()
    found = len(scan(text, products=PRODUCTS))
    print(f"note of {len(text):,} characters, {found} findings")
    print(f"first reading: radar {median(lambda: scan(text, products=PRODUCTS))}")
    print(f"               identity guard {median(lambda: identities(text))}")
    print(f"each pause while typing, both: {median(typing(text))}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
