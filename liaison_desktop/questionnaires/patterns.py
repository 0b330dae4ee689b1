"""Regular expressions that come with a form: somebody else's, so never given a text on which they may run for ever."""

from __future__ import annotations

import functools
import re
from typing import Any

# How long a text a pattern may be asked about, by how many unbounded repeats it has one after another.
_LONGEST = {0: 10_000, 1: 1_000, 2: 300, 3: 100}
_LONGEST_OTHERWISE = 20


@functools.lru_cache(maxsize=256)
def compiled(pattern: str) -> re.Pattern[str] | None:
    """The regular expression, or None if it is none that Python can read."""
    if len(pattern) > 1000:
        return None
    try:
        return re.compile(pattern)
    except (re.error, RecursionError, OverflowError):
        return None


@functools.lru_cache(maxsize=256)
def longest_text(pattern: str) -> int:
    """The greatest number of characters this pattern may safely be asked about."""
    bare = re.sub(r"\\.|\[\^?\]?[^\]]*\]", "x", pattern)
    unbounded = len(re.findall(r"[*+]|\{\d*,\}", bare))
    # A repeat of a group that repeats or branches inside is where the time can double with each character.
    nested = re.search(r"\([^)]*[*+|{][^)]*\)+(?:[*+]|\{\d*,)", bare)
    return _LONGEST_OTHERWISE if nested else _LONGEST.get(unbounded, _LONGEST_OTHERWISE)


def fits(pattern: str, text: str) -> bool | None:
    """Whether the whole text has the pattern's form; None if the pattern cannot be asked about this text."""
    expression: Any = compiled(pattern)
    if expression is None or len(text) > longest_text(pattern):
        return None
    return expression.fullmatch(text) is not None
