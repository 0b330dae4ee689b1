"""V1: two identifiers at the bedside. Name and birth date, or a wristband that bears two; a room number never counts."""

from __future__ import annotations

import datetime
import re

from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.clinical.patients.rules import folded
from liaison_desktop.clinical.referrals.record import HowIdentified
from liaison_desktop.errors import Fault
from liaison_desktop.policies import Policy
from liaison_desktop.ui.dates import parse_day

_ROOM = re.compile(r"(room|rm|bed|ward|unit)\b.*|\d{1,4}[a-z]?|[a-z]\d{1,3}", re.IGNORECASE)
_LEAST_NUMBER = 5  # characters of a number on a wristband


def names_match(patient: Patient, typed: str) -> bool:
    """Whether the name said is the patient's: the family name, and a given name or the one the patient goes by."""
    said, family = set(folded(typed).split()), set(folded(patient.family).split())
    given = {word for word in folded(f"{patient.given} {patient.preferred_name}").split() if len(word) > 1}
    return bool(family) and bool(said & family) and (not given or bool(said & given))


def births_match(patient: Patient, typed: str, today: datetime.date) -> bool:
    """Whether the birth date said is the patient's, to the day."""
    day = parse_day(typed, today)
    return day is not None and day.isoformat() == patient.birth_date


def said_faults(patient: Patient, name: str, birth: str, today: datetime.date, policy: Policy) -> tuple[Fault, ...]:
    """What does not match of what the patient said; a room number is told apart."""
    found = []
    for field, typed, fits in (
        ("name", name, names_match(patient, name)),
        ("birth", birth, births_match(patient, birth, today)),
    ):
        if not typed.strip():
            found.append(policy.fault("V1-ASK", field=field))
        elif not fits:
            rule = "V1-ROOM" if _ROOM.fullmatch(typed.strip()) else "V1-DIFFERS"
            found.append(policy.fault(rule, field=field))
    return tuple(found)


def wristband_faults(patient: Patient, scanned: str, policy: Policy) -> tuple[Fault, ...]:
    """What is wrong with a scanned wristband: it has to bear two of number, birth date and name."""
    bare = "".join(mark for mark in scanned.casefold() if mark.isalnum())
    if not bare:
        return (policy.fault("V1-ASK", field="wristband"),)
    if _ROOM.fullmatch(scanned.strip()):
        return (policy.fault("V1-ROOM", field="wristband"),)
    numbers = ["".join(mark for mark in row.value.casefold() if mark.isalnum()) for row in patient.identifiers]
    matched = [
        any(len(number) >= _LEAST_NUMBER and number in bare for number in numbers),
        len(patient.birth_date) == 10 and _any_in(bare, _days(patient.birth_date)),
        names_match(patient, re.sub(r"[\W\d_]+", " ", scanned)),
    ]
    if sum(matched) >= 2:
        return ()
    return (policy.fault("V1-ONE" if any(matched) else "V1-DIFFERS", field="wristband"),)


def _any_in(text: str, parts: tuple[str, ...]) -> bool:
    return any(part in text for part in parts)


def _days(birth: str) -> tuple[str, ...]:
    year, month, day = birth.split("-")
    return (f"{year}{month}{day}", f"{month}{day}{year}", f"{day}{month}{year}")


def how(wristband: str) -> HowIdentified:
    """By which way it was identified."""
    return HowIdentified.WRISTBAND if wristband.strip() else HowIdentified.SAID
