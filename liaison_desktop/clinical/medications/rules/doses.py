"""V20: words and numbers in a medicine's dose that have killed people. Texts in, what is wrong out; never raises."""

from __future__ import annotations

import re
from collections.abc import Iterable

_TRAILING = re.compile(r"(?<![\d.,])\d+\.0+(?!\d)")
_NAKED = re.compile(r"(?<![\d])\.\d")
_AMOUNT = re.compile(r"\d")
_UNIT = re.compile(r"\d[\d.,/ -]*\s*[^\W\d]")


def unsafe_words(text: str, words: Iterable[str]) -> tuple[str, ...]:
    """Those of the words that stand in the text by themselves, or right behind a number; capitals count."""
    return tuple(
        word for word in words if re.search(rf"(?:(?<=\d)|(?<![^\W_])){re.escape(word)}(?![^\W_])", text) is not None
    )


def unsafe_number(text: str) -> str:
    """`5.0` is read as 50 and `.5` as 5: what is wrong with a number in the text, or blank."""
    if _TRAILING.search(text):
        return "ends in .0, which is read as ten times as much"
    if _NAKED.search(text):
        return "begins with a point, which is overlooked"
    return ""


def dose_without_unit(text: str) -> bool:
    """Whether a dose lacks its number or its unit."""
    return _AMOUNT.search(text) is None or _UNIT.search(text) is None
