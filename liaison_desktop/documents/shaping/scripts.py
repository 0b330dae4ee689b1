"""Which scripts have to be shaped, by which fonts, and how to tell from a text that it holds one."""

from __future__ import annotations

import dataclasses
import functools
import re

from liaison_desktop.documents.shaping.levels import together


@dataclasses.dataclass(frozen=True)
class Script:
    """One script: its range of letters, its faces (the second for strong words), and whether it runs from the right."""

    language: str  # BCP 47, for shaping and for the voice that reads it
    letters: str  # inside a character class
    folder: str
    regular: str
    strong: str
    from_right: bool = False


SCRIPTS = (
    Script(
        "ar",
        "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff",
        "noto-sans-arabic",
        "NotoSansArabic-Regular",
        "NotoSansArabic-SemiBold",
        from_right=True,
    ),
    Script("hi", "\u0900-\u097f\ua8e0-\ua8ff", "noto-sans-devanagari", "NotoSansDevanagari-Regular", "NotoSansDevanagari-SemiBold"),
    # One weight: each has two megabytes. It holds the 6,763 ideographs of GB 2312; others are refused by name.
    Script("zh", "\u2e80-\u2fdf\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef", "noto-sans-sc", "NotoSansSC-Regular", "NotoSansSC-Regular"),
)  # fmt: skip
_ANY = re.compile("|".join(f"(?P<{script.language}>[{script.letters}])" for script in SCRIPTS))
_FIRST_STRONG = re.compile(r"[^\W\d_]")
# Telephone numbers, dates, times, doses: what is misread when its order or its line is lost.
_NUMBERS = re.compile(
    r"[+(]?\d[\d().,:/\u00a0 -]*\d(?:[\u00a0 ]?(?:mg|mcg|mL|ml|g|kg|L|AM|PM|%)(?!\w))?|\d+[\u00a0 ]?(?:mg|mcg|mL|ml|g|kg|L|AM|PM|%)(?!\w)"
)


@functools.lru_cache(maxsize=2_048)
def script_of(text: str) -> Script | None:
    """The script of the first letter that has to be shaped; None when the faces of the paper set the whole text."""
    if text.isascii():
        return None
    found = _ANY.search(text)
    return next(script for script in SCRIPTS if script.language == found.lastgroup) if found else None


def runs_from_right(text: str) -> bool:
    """Whether the text begins, with its first letter, in a script from right to left (UAX #9, rules P2 and P3)."""
    first, script = _FIRST_STRONG.search(text), script_of(text)
    return bool(first and script and script.from_right and re.match(f"[{script.letters}]", first[0]))


def guarded(text: str) -> str:
    """The text with every number kept in its order and on its line."""
    return _NUMBERS.sub(lambda found: together(found[0]), text)
