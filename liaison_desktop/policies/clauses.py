"""A text taken apart: sentences, and the pieces of a sentence between its commas, dashes and turning words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

import msgspec

from liaison_desktop.policies.phrases import Token

# A full stop between digits ends nothing, nor one after a title, an abbreviation of the ward, or a single letter.
_END = re.compile(r"[!?]+|\n|\.(?=\s|$)|\.(?=[\"”’'])")
_SHORT = re.compile(
    r"(?:^|[\s(.])(?:Dr|Mr|Mrs|Ms|Prof|e\.g|i\.e|vs|St|no|approx|pts?|pats?|wks?|mths?|yrs?|hrs?|mins?|resp|incl|incr|decr|hosp|dept|"
    r"inj|tabs?|caps?|appt|ca|cf|min|max|esp|re|med|meds|[A-Za-z])$",
    re.IGNORECASE,
)
_MARK = re.compile(r"(?<!Dr)(?<!Prof)(?<!Mr)(?<!Mrs)(?<!Ms)(?<!St)\.(?=\s+[A-Z])|[,;:?()\"“”–—→]|\s-+\s|--")
_QUESTION = re.compile(
    r"\s*(?:is|are|was|were|do|does|did|has|have|any|what|how|which|can|could|should|may|will|would|why|who|when)\b",
    re.IGNORECASE,
)
_DOUBT = 40  # letters before a question mark that may be a mere doubt


class Clause(msgspec.Struct, frozen=True):
    """A piece of a sentence: tokens from `start` up to `end`, the mark before it, and whether a turning word opens it.

    `parts` says that not even what is quoted from paper goes on over it.
    """

    start: int
    end: int
    mark: str
    turns: bool
    parts: bool


def sentences(text: str) -> Iterator[tuple[int, int, bool]]:
    """Start, end, and whether a question mark ends it."""
    start = 0
    for found in _END.finditer(text):
        sign = found.group()
        before = text[max(start, found.start() - _DOUBT) : found.start()]
        if sign == "." and _SHORT.search(before[-8:]):
            continue
        # "Died. On it for four months": a word or two is no sentence of its own.
        if sign == "." and found.start() - start < _DOUBT and len(before.split()) <= 2 and found.end() < len(text):
            continue
        # "TIA? in a patient" is a doubt and no question: it goes on.
        goes_on = not _QUESTION.match(before)
        if "?" in sign and found.start() - start < _DOUBT and len(before.split()) <= 3 and goes_on:
            continue
        yield start, found.start(), "?" in sign
        start = found.end()
    yield start, len(text), False


def marks_before(text: str, tokens: Sequence[Token]) -> list[str]:
    """The mark that stands before each token, empty for none."""
    marks, last = [], tokens[0].start if tokens else 0
    for token in tokens:
        found = _MARK.search(text, last, token.start + 1) if token.start - last > 1 else None
        marks.append((found.group().strip() or "-") if found else "")
        last = token.end
    return marks


def split(
    marks: Sequence[str], parting: Collection[int], turning: Collection[int], opening: Collection[int]
) -> list[Clause]:
    """The pieces of a sentence: at every mark, before a turning word, and where a new subject opens one."""
    cuts = [0] + [
        number
        for number in range(1, len(marks))
        if marks[number] or number in parting or number in turning or number in opening
    ]
    return [
        Clause(
            start,
            end,
            marks[start],
            start in turning or start in parting or marks[start] in (";", "."),
            start in parting or marks[start] in (";", "."),
        )
        for start, end in zip(cuts, [*cuts[1:], len(marks)], strict=True)
        if start < end
    ]
