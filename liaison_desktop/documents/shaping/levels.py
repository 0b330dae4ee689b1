"""Which way each letter of a text runs, and the order in which runs stand on a line (Unicode Annex #9)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

Run = TypeVar("Run")

LRM = "\u200e"  # a mark without ink that makes what stands beside it run from left to right
UNSEEN = frozenset("\u200b\u200e\u200f")


def together(text: str) -> str:
    """A number, date, dose or telephone number that keeps its order and its line inside a text from right to left.

    Without it `0123-456-555` is printed as `555-456-0123` there.
    """
    return LRM + text.replace(" ", "\u00a0") + LRM


def levels(text: str, *, from_right: bool) -> list[int]:
    """The embedding level of each letter: even runs from left to right, odd from right to left."""
    from bidi import algorithm

    state: dict[str, Any] = algorithm.get_empty_storage()
    state["base_level"], state["base_dir"] = (1, "R") if from_right else (0, "L")
    algorithm.get_embedding_levels(text, state)
    # The steps below take out letters that only steer; the number says whose level is left.
    for number, letter in enumerate(state["chars"]):
        letter["number"] = number
    algorithm.explicit_embed_and_overrides(state)
    algorithm.resolve_weak_types(state)
    algorithm.resolve_neutral_types(state, False)
    algorithm.resolve_implicit_levels(state, False)
    found = [state["base_level"]] * len(text)
    for letter in state["chars"]:
        found[letter["number"]] = letter["level"]
    return found


def in_order(runs: Sequence[tuple[int, Run]]) -> list[Run]:
    """The runs of one line, each with its level, in the order they stand in from left to right (rule L2)."""
    line = list(runs)
    odd = [level for level, _run in line if level % 2]
    for level in range(max((each for each, _run in line), default=0), min(odd, default=1_000) - 1, -1):
        start = 0
        while start < len(line):
            end = start
            while end < len(line) and line[end][0] >= level:
                end += 1
            if end > start:
                line[start:end] = line[start:end][::-1]
            start = max(end, start + 1)
    return [run for _level, run in line]
