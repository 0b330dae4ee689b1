"""One pause of typing on a 4,000-character note: `python -m tests.benchmarks.bench_radar`. Medians, never a test."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable

from liaison_desktop.policies.identity import identities
from liaison_desktop.policies.radar import scan
from tests.policies.corpus import PRODUCTS, labelled

_LETTERS, _ROUNDS = 4_000, 101


def note() -> str:
    """The corpus, reports and traps in turn, cut to length."""
    texts = [text for _theme, text, _expected in labelled()]
    mixed = " ".join(text for pair in zip(texts, reversed(texts), strict=True) for text in pair)
    return mixed[:_LETTERS]


def median(run: Callable[[], object]) -> float:
    """Milliseconds of processor time."""
    taken = []
    for _ in range(_ROUNDS):
        # Of this process alone, so that a busy laptop measures the same.
        start = time.process_time()
        run()
        taken.append((time.process_time() - start) * 1000)
    return statistics.median(taken)


def main() -> int:
    """Print the medians."""
    text = note()
    radar, guard = median(lambda: scan(text, products=PRODUCTS)), median(lambda: identities(text))
    found = len(scan(text, products=PRODUCTS))
    print(f"note of {len(text):,} characters, {found} findings: radar {radar:.2f} ms, identity guard {guard:.2f} ms")
    return 0


if __name__ == "__main__":
    sys.exit(main())
