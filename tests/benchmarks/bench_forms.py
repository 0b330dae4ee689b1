"""Forms at speed: open 300 items, one answer to what it shows, a full validation. Prints medians in milliseconds.

Run `python -m tests.benchmarks.bench_forms`. The budgets are 300 ms to open, 50 ms an answer, 20 ms to validate.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

from liaison_desktop.questionnaires.library import newest
from liaison_desktop.questionnaires.parsing import parse
from liaison_desktop.questionnaires.reading import read_json
from liaison_desktop.questionnaires.response import Sheet
from liaison_desktop.questionnaires.validation import validate
from liaison_desktop.questionnaires.writing import canonical


def median(act: Callable[[], Any], rounds: int = 30) -> float:
    """The median milliseconds of the act."""
    taken = []
    for _ in range(rounds):
        begun = time.perf_counter()
        act()
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken)


def main() -> None:
    """Prints one line a measure."""
    definition = newest("pan")
    content = canonical(definition.raw)
    print(f"items                 {len(definition.index)}")
    print(f"read and parse        {median(lambda: parse(read_json(content))):8.2f} ms")
    print(f"open a blank sheet    {median(lambda: Sheet.blank(definition)):8.2f} ms")
    sheet = Sheet.blank(definition)
    node = sheet.nodes("ctx.procedure")[0]
    state = [False]

    def toggle() -> None:
        state[0] = not state[0]
        assert sheet.answer(node, ("valueBoolean", state[0]))

    print(f"answer, show and hide {median(toggle, 200):8.2f} ms")
    print(f"full validation       {median(lambda: validate(sheet)):8.2f} ms")
    print(f"write a draft         {median(lambda: canonical(sheet.write())):8.2f} ms")


if __name__ == "__main__":
    main()
