"""What is wrong with one text that a patient reads: banned words, braces, marks that would be printed, its grade."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

import msgspec

from liaison_desktop.clinical.consents.record.reading import Reading
from liaison_desktop.errors import Severity
from liaison_desktop.policies import Policy
from liaison_desktop.records.record import storable

PLACEHOLDERS = ("{practitioner}", "{phone}")
_BRACES = re.compile(r"\{[^{}]*\}|[{}]")
_BRACKETS = re.compile(r"\[[^\]]*\]")


class Complaint(msgspec.Struct, frozen=True, kw_only=True):
    """Something wrong with a form. `place` is the part of the file, such as `topics.risks.words`; empty for the file."""

    place: str
    message: str
    severity: Severity = Severity.REFUSE
    line: int = 0


def text_complaints(
    place: str, text: str, policy: Policy, names: tuple[str, ...] = PLACEHOLDERS
) -> Iterator[Complaint]:
    """Empty, unprintable, a brace that cannot be filled in, a stray mark, a word no consent may say (R06)."""
    if not text.strip():
        yield Complaint(place=place, message="This text is empty.")
    if storable(text) != text:
        yield Complaint(place=place, message="This text holds a character that cannot be shown.")
    for brace in dict.fromkeys(_BRACES.findall(text)):
        if brace not in names:
            offered = " and ".join(names)
            yield Complaint(place=place, message=f"{brace} cannot be filled in; known are {offered}.")
    for bracket in _BRACKETS.findall(text):
        yield Complaint(place=place, message=f"{bracket} is no mark of an element and would be printed.")
    banned = _phrases(policy.words("consent_banned"))
    for word in dict.fromkeys(match.casefold() for match in banned.findall(text)):
        yield Complaint(place=place, message=f"“{word}” gives up a right or is a lawyer's word (R06). Say it plainly.")


@functools.cache
def _phrases(words: tuple[str, ...]) -> re.Pattern[str]:
    said = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{said})(?!\w)" if said else r"(?!)", re.IGNORECASE)


def grade_complaints(
    place: str, reading: Reading, policy: Policy, *, over: Severity = Severity.REFUSE
) -> Iterator[Complaint]:
    """A text above the grade that is aimed at is said, one above the gate is refused (`over`). No place is the whole."""
    gate, target, grade = policy.number("reading_gate"), policy.number("reading_target"), reading.grade
    if grade <= target:
        return
    limit = f"the most is {gate:g}" if grade > gate else f"aim at {target:g}"
    severity = over if grade > gate else Severity.WARN
    if not place:
        yield Complaint(place="", message=f"The form as a whole reads at grade {grade:g}; {limit}.", severity=severity)
        return
    hard = ", ".join(reading.hard[:5])
    why = f" Hard words: {hard}." if hard else f" Longest sentence: {reading.longest}"
    yield Complaint(place=place, message=f"Reads at grade {grade:g}; {limit}.{why}", severity=severity)
