"""A value of the laboratory and the figure beside it, and whether that figure is one of health."""

from __future__ import annotations

import math

from liaison_desktop.policies.sentence import Sentence

_UNITS = frozenset("wk wks week weeks month months mth day days h hours year years yr yrs mg times".split())
SHORT = frozenset(("k", "na", "ca", "cr", "pr", "hr", "ef", "bg", "temp", "iron", "pulse"))
_LINKS = frozenset(
    "of at is was were are now to up down around about only just over under below above hit still".split()
)
_SPOKEN = frozenset(
    "zero six seven eight nine eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty "
    "forty fifty sixty seventy eighty ninety hundred thousand".split()
)
_MULTIPLES = ("x", "times", "fold", "uln", "xuln")
_MEASURES = frozenset("u iu miu l dl ml g mg mmol umol micromol µmol μmol meq".split())
_THOUSANDS = 3  # digits behind a comma that parts thousands


def figure_of(sentence: Sentence, start: int, end: int) -> int | None:
    """A figure that belongs to the value before it: "K 6.3", "platelets of 30"; not "ALT at week 4"."""
    reach = 1 if sentence.word(start) in SHORT else 5
    for place in range(end, min(end + 4, len(sentence.tokens))):
        word = sentence.word(place)
        if sentence.marks[place] == ",":
            return None
        if word[0].isdecimal() or word in _SPOKEN:
            return None if _counts_else(sentence, place) or sentence.word(place + 1) == "%" else place
        if place >= end + reach and word not in _LINKS:
            return None
        if word not in _LINKS:
            reach -= 1
            if reach < 0:
                return None
    return None


def healthy(sentence: Sentence) -> dict[int, int]:
    """The values whose every figure lies within one range of health, each with the place after its last figure.

    "ALT 22"; not "ALT 22 on Monday, now 240", for what may be this value's is looked at up to the next value.
    """
    found: dict[int, int] = {}
    normal, values = sentence.lexicon.normal, sentence.at("values")
    named = {place for first, last in sentence.product.items() for place in range(first, last)}
    for start, end in values.items():
        spans = normal.get(" ".join(token.word for token in sentence.tokens[start:end]), ())
        first = figure_of(sentence, start, end) if spans else None
        if first is None or first in named or not sentence.word(first)[0].isdecimal():
            continue
        following = min((place for place in values if place > start), default=len(sentence.tokens))
        held = [place for place in range(first, following) if place not in named and _measures(sentence, place, first)]
        if not held:
            continue  # the figure stands behind another value, and is that one's
        figures = [_number(sentence.word(place)) for place in held]
        multiple = any(sentence.word(place + 1) in _MULTIPLES for place in held)
        if not multiple and any(all(low <= one <= high for one in figures) for low, high in spans):
            last = held[-1] + 1
            while sentence.word(last) in _MEASURES:
                last += 1
            found[start] = last
    return found


def _measures(sentence: Sentence, place: int, first: int) -> bool:
    """Whether a figure may be one of the value; the first one is, others unless they count days or milligrams."""
    return sentence.word(place)[0].isdecimal() and (place == first or not _counts_else(sentence, place))


def _counts_else(sentence: Sentence, place: int) -> bool:
    """Whether a figure counts days, doses or milligrams; "0.9 mg/dL" is a measure."""
    after = sentence.word(place + 1)
    return sentence.word(place - 1) in _UNITS or (after in _UNITS and sentence.word(place + 2) != "dl")


def _number(word: str) -> float:
    """A figure as it is written: 4,000 and 14,2 alike; one of health is never written otherwise."""
    whole, _, part = word.partition(",")
    plain = f"{whole}{part}" if len(part) == _THOUSANDS else f"{whole}.{part}" if part else whole
    try:
        return float(plain)
    except ValueError:
        return math.inf
