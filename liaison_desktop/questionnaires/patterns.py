"""Regular expressions that come with a form: somebody else's, so none is ever given the chance to run for ever.

An automaton asks what it can say. The rest (looking around, back references) is asked by Python only about texts so
short that it ends, by how the pattern repeats; a pattern that repeats within repeats is not asked at all.
"""

from __future__ import annotations

import functools
import re
import warnings
from typing import Any

from liaison_desktop.questionnaires.automaton import Automaton, Unsuited, parsed

LONGEST_PATTERN = 1_000
LONGEST_TEXT = 20_000
_MOST_WORK = 2_000_000  # states times characters: about a second
# How long a text Python may be asked about, by how many repeats a pattern has one after another.
_LONGEST = {0: 10_000, 1: 1_000, 2: 200, 3: 60, 4: 30}


@functools.lru_cache(maxsize=256)
def compiled(pattern: str) -> re.Pattern[str] | None:
    """The regular expression, or None if it is none that Python can read."""
    if len(pattern) > LONGEST_PATTERN:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return re.compile(pattern)
    except (re.error, RecursionError, OverflowError, MemoryError):
        return None


@functools.lru_cache(maxsize=256)
def _automaton(pattern: str) -> Automaton | None:
    try:
        return Automaton(pattern)
    except (Unsuited, re.error, RecursionError, OverflowError):
        return None


def _repeats(held: Any, within: int = 0) -> tuple[int, int]:
    """How many repeats there are, and how deep they stand within each other."""
    count, deepest = 0, within
    waiting = [(one, within) for one in held]
    while waiting:
        (operation, argument), depth = waiting.pop()
        name = str(operation)
        if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT") and not (argument[0] == argument[1] == 1):
            if str(argument[1]) == "MAXREPEAT" or argument[1] > 1 or len(argument[2]) > 1:
                count, depth = count + 1, depth + 1
                deepest = max(deepest, depth)
        waiting += [(one, depth) for inner in _inside(name, argument) for one in inner]
    return count, deepest


def _inside(name: str, argument: Any) -> list[Any]:
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return [argument[2]]
    if name == "SUBPATTERN":
        return [argument[3]]
    if name == "BRANCH":
        return list(argument[1])
    if name in ("ASSERT", "ASSERT_NOT"):
        return [argument[1]]
    if name == "ATOMIC_GROUP":
        return [argument]
    return [one for one in argument[1:] if one is not None] if name == "GROUPREF_EXISTS" else []


@functools.lru_cache(maxsize=256)
def longest_text(pattern: str) -> int:
    """The greatest number of characters Python may be asked about with this pattern."""
    try:
        count, depth = _repeats(parsed(pattern))
    except (re.error, RecursionError, OverflowError):
        return 0
    branches = "|" in pattern and depth > 0
    return 0 if depth > 1 else 12 if branches else _LONGEST.get(count, 12)


def searched(pattern: str, text: str, *, whole: bool) -> bool | None:
    """Whether the whole text, or some part, has the pattern's form; None if it cannot be asked safely."""
    expression: Any = compiled(pattern)
    if expression is None or len(text) > LONGEST_TEXT:
        return None
    automaton = _automaton(pattern)
    if automaton is not None and automaton.size * len(text) <= _MOST_WORK:
        return automaton.asked(text, whole)
    if len(text) > longest_text(pattern):
        return None
    return (expression.fullmatch(text) if whole else expression.search(text)) is not None


def fits(pattern: str, text: str) -> bool | None:
    """Whether the whole text has the pattern's form; None if the pattern cannot be asked about this text."""
    return searched(pattern, text, whole=True)


def replaced(pattern: str, text: str, new: str) -> str | None:
    """The text with every match replaced; None if that cannot be done safely."""
    expression = compiled(pattern)
    if expression is None or len(text) > longest_text(pattern):
        return None
    try:
        return expression.sub(new, text)
    except (re.error, IndexError):
        return None
