"""What must hold between patients, and between the parts of one: duplicates, dates that cannot be, allergies asserted."""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Iterable, Iterator

import msgspec

from liaison_desktop.clinical.patients.record import (
    AllergyAssertion,
    AllergyCategory,
    InterpreterNeed,
    Patient,
    age,
    day_text,
    partial_fits,
)
from liaison_desktop.clinical.patients.record.partial import first_day
from liaison_desktop.errors import Fault
from liaison_desktop.policies import Policy

_SOUNDS = {
    **dict.fromkeys("bfpv", "1"),
    **dict.fromkeys("cgjkqsxz", "2"),
    **dict.fromkeys("dt", "3"),
    "l": "4",
    **dict.fromkeys("mn", "5"),
    "r": "6",
}
_LEAST_PHONE = 7  # digits; fewer are an extension, and extensions repeat


class Duplicate(msgspec.Struct, frozen=True, kw_only=True):
    """A patient already here who may be the same person, and what speaks for it."""

    patient: Patient
    grounds: tuple[str, ...]


def folded(text: str) -> str:
    """A name without case, accents and marks, for comparing only."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return " ".join(
        "".join(mark if mark.isalnum() else " " for mark in plain if not unicodedata.combining(mark)).split()
    )


def soundex(word: str) -> str:
    """The American Soundex code of one folded word; a word of another script is its own code."""
    if not word or not word.isascii() or not word[0].isalpha():
        return word
    digits, last = "", _SOUNDS.get(word[0], "")
    for letter in word[1:]:
        sound = _SOUNDS.get(letter, "")
        if sound and sound != last:
            digits += sound
        if letter not in "hw":
            last = sound
    return (word[0] + digits + "000")[:4]


def _heard(name: str) -> set[str]:
    words = folded(name).split()
    # Said as one word too: O'Brien is also written OBrien.
    return {soundex(word) for word in (*words, "".join(words)) if word}


def sounds_alike(one: str, other: str) -> bool:
    """Whether two family names share a part that sounds the same: García López and Garsia do."""
    return bool(_heard(one) & _heard(other))


def _same_birth(one: str, other: str) -> bool:
    return bool(one and other) and (one.startswith(other) or other.startswith(one))


def _phones(patient: Patient) -> set[str]:
    numbers = ("".join(mark for mark in phone if mark.isascii() and mark.isdigit()) for phone in patient.phones)
    return {number[-10:] for number in numbers if len(number) >= _LEAST_PHONE}


def _numbers(patient: Patient) -> set[tuple[str, str]]:
    return {(row.system.value, folded(row.value).replace(" ", "")) for row in patient.identifiers if row.value.strip()}


def duplicates(patient: Patient, candidates: Iterable[Patient]) -> tuple[Duplicate, ...]:
    """Who of the candidates may be the same person (V3): the same birth date, and name, phone or number alike."""
    found = []
    for other in candidates:
        if other.id == patient.id or not _same_birth(patient.birth_date, other.birth_date):
            continue
        grounds = ["the same birth date"]
        if sounds_alike(patient.family, other.family):
            grounds.append("a family name that sounds alike")
        if _phones(patient) & _phones(other):
            grounds.append("the same phone")
        if _numbers(patient) & _numbers(other):
            grounds.append("the same number")
        if len(grounds) > 1:
            found.append(Duplicate(patient=other, grounds=tuple(grounds)))
    return tuple(sorted(found, key=lambda each: -len(each.grounds)))


def allergy_faults(patient: Patient, policy: Policy, *, asked: bool) -> Iterator[Fault]:
    """V13: no rows never means none, and rows never go without an assertion.

    `asked` says that the allergies were being recorded: then they cannot be left without an assertion.
    """
    current = [allergy for allergy in patient.allergies if allergy.current]
    assertion = patient.allergy_assertion
    if assertion is None and (asked or patient.allergies):
        yield policy.fault("V13", field="allergy_assertion")
    if assertion is AllergyAssertion.HAS_ALLERGIES and not current:
        yield policy.fault("V13-EMPTY", field="allergy_assertion")
    if assertion is AllergyAssertion.NKA and current:
        yield policy.fault("V13-NKA", field="allergy_assertion", n=len(current))
    if assertion is AllergyAssertion.NKDA and any(
        allergy.category in (None, AllergyCategory.MEDICATION, AllergyCategory.BIOLOGIC) for allergy in current
    ):
        yield policy.fault("V13-NKDA", field="allergy_assertion")
    if assertion is AllergyAssertion.UNABLE and not patient.allergy_note.strip():
        yield policy.fault("V13-WHY", field="allergy_note")


def date_faults(patient: Patient, policy: Policy, *, today: datetime.date) -> Iterator[Fault]:
    """V9 for a patient: nobody is born tomorrow, dies before birth, or has reacted before being born."""
    if not partial_fits(patient.birth_date):
        return
    born = first_day(patient.birth_date)
    if born > today:
        yield policy.fault("V9-BIRTH", field="birth_date")
        return
    years, oldest = age(patient.birth_date, today), policy.number("oldest_age")
    if years is not None and years > oldest:
        yield policy.fault("V9-AGE", field="birth_date", years=years)
    if patient.deceased_at is not None and not born <= patient.deceased_at.date() <= today:
        yield policy.fault("V9-DEATH", field="deceased_at", today=day_text(today))
    for number, allergy in enumerate(patient.allergies):
        if partial_fits(allergy.since) and not born.year <= int(allergy.since[:4]) <= today.year:
            yield policy.fault("V9-ALLERGY", field=f"allergies.{number}.since")


def related_faults(patient: Patient, policy: Policy) -> Iterator[Fault]:
    """What to notice about language and the people around the patient; none of it stops a save."""
    if patient.communication.interpreter is InterpreterNeed.YES and not patient.communication.spoken:
        yield policy.fault("PAT-LANGUAGE", field="communication.spoken")
    for number, person in enumerate(patient.related):
        if person.decides and not person.authority_seen_on:
            yield policy.fault("PAT-AUTHORITY", field=f"related.{number}.roles")


def patient_faults(
    patient: Patient,
    policy: Policy,
    *,
    today: datetime.date,
    candidates: Iterable[Patient] = (),
    allergies_asked: bool = False,
) -> tuple[Fault, ...]:
    """Everything that stands in the way of saving a patient, or is worth a look."""
    if patient.merged_into is not None:
        return (policy.fault("MERGE-READ"),)
    found = [
        *patient.faults(),
        *date_faults(patient, policy, today=today),
        *allergy_faults(patient, policy, asked=allergies_asked),
        *related_faults(patient, policy),
    ]
    if alike := duplicates(patient, candidates):
        found.append(policy.fault("V3", field="birth_date", n=len(alike), grounds=", ".join(alike[0].grounds)))
    return tuple(found)
