"""Reading a dose as it is typed: number and unit, and how it compares with another one."""

from __future__ import annotations

import re

from liaison_desktop.clinical.medications.record import DoseUnit, Frequency, Route
from liaison_desktop.clinical.medications.rules.doses import unsafe_number

_DOSE = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?\s*([^\W\d_][\w/]*|%)\.?", re.ASCII)
_UNITS = {
    "mg": DoseUnit.MG, "milligram": DoseUnit.MG, "milligrams": DoseUnit.MG,
    "mcg": DoseUnit.MCG, "microgram": DoseUnit.MCG, "micrograms": DoseUnit.MCG,
    "g": DoseUnit.G, "gram": DoseUnit.G, "grams": DoseUnit.G,
    "ml": DoseUnit.ML, "unit": DoseUnit.UNITS, "units": DoseUnit.UNITS,
    "meq": DoseUnit.MEQ, "mmol": DoseUnit.MMOL,
    "puff": DoseUnit.PUFF, "puffs": DoseUnit.PUFF, "drop": DoseUnit.DROP, "drops": DoseUnit.DROP,
    "tab": DoseUnit.TAB, "tabs": DoseUnit.TAB, "tablet": DoseUnit.TAB, "tablets": DoseUnit.TAB,
    "cap": DoseUnit.CAP, "caps": DoseUnit.CAP, "capsule": DoseUnit.CAP, "capsules": DoseUnit.CAP,
    "patch": DoseUnit.PATCH, "patches": DoseUnit.PATCH, "spray": DoseUnit.SPRAY, "sprays": DoseUnit.SPRAY,
    "application": DoseUnit.APPLICATION, "applications": DoseUnit.APPLICATION,
    "mcg/h": DoseUnit.MCG_HOUR, "mcg/hr": DoseUnit.MCG_HOUR, "mcg/hour": DoseUnit.MCG_HOUR,
    "l/min": DoseUnit.L_MIN, "%": DoseUnit.PERCENT,
}  # fmt: skip
_MILLIGRAMS = {DoseUnit.MG: 1.0, DoseUnit.G: 1000.0, DoseUnit.MCG: 0.001}

Dose = tuple[float, DoseUnit]

# Ways of saying the same: between them a difference is no difference.
_SAME_TIMES = {
    Frequency.Q12H: Frequency.BID,
    Frequency.Q8H: Frequency.TID,
    Frequency.Q6H: Frequency.QID,
    Frequency.MORNING: Frequency.DAILY,
    Frequency.BEDTIME: Frequency.DAILY,
}


def read_dose(text: str) -> Dose | None:
    """Number and unit of "5 mg" or "1,000 mg"; None where the text is anything else, such as two tablets in words."""
    found = _DOSE.fullmatch(text.strip())
    if found is None:
        return None
    unit = _UNITS.get(found[3].lower())
    return None if unit is None else (float(found[1].replace(",", "") + (found[2] or "")), unit)


_MANY = {
    DoseUnit.TAB: "tablets", DoseUnit.CAP: "capsules", DoseUnit.PUFF: "puffs", DoseUnit.DROP: "drops",
    DoseUnit.PATCH: "patches", DoseUnit.SPRAY: "sprays", DoseUnit.APPLICATION: "applications",
}  # fmt: skip


def written(text: str) -> str:
    """The dose as it is written safely: a blank before the unit, a comma in thousands, no "tabs"; else as it was typed.

    What is misread is left as it is, so that the rules see it.
    """
    read = read_dose(text)
    if read is None or unsafe_number(text):
        return text.strip()
    value, unit = read
    number = f"{value:,.10f}".rstrip("0").rstrip(".")
    word = _MANY.get(unit, unit.label) if value != 1 else "unit" if unit is DoseUnit.UNITS else unit.label
    return f"{number}{word}" if unit is DoseUnit.PERCENT else f"{number} {word}"


def times(one: Dose, other: Dose) -> float | None:
    """How many times the one dose is the other; None where their units do not compare or one is nothing."""
    (much, unit), (little, beside) = one, other
    if unit in _MILLIGRAMS and beside in _MILLIGRAMS:
        much, little = much * _MILLIGRAMS[unit], little * _MILLIGRAMS[beside]
    elif unit is not beside:
        return None
    return much / little if much > 0 and little > 0 else None


def jump(one: Dose, other: Dose) -> int | None:
    """V20: 10 or 1000 where a dose is at least ten times another one, or a tenth of it; a slip of a point or a unit."""
    ratio = times(one, other)
    if ratio is None:
        return None
    ratio = max(ratio, 1 / ratio)
    return None if ratio < 9.99 else 1000 if ratio > 999 else 10


def same_dose(one: str, other: str) -> bool:
    """Whether two doses as typed are the same amount: 1 g is 1,000 mg."""
    read, beside = read_dose(one), read_dose(other)
    if read is None or beside is None:
        return " ".join(one.casefold().split()) == " ".join(other.casefold().split())
    ratio = times(read, beside)
    return ratio is not None and abs(ratio - 1) < 0.001


def same_route(one: Route | None, other: Route | None) -> bool:
    """Whether two routes are the same."""
    return one is other


def same_frequency(one: Frequency | None, words: str, other: Frequency | None, beside: str) -> bool:
    """Whether two ways of saying how often come to as much: every 12 hours is twice a day."""
    if one is Frequency.OTHER or other is Frequency.OTHER:
        return one is other and " ".join(words.casefold().split()) == " ".join(beside.casefold().split())
    return one is other or _plain(one) is _plain(other)


def _plain(frequency: Frequency | None) -> Frequency | None:
    return None if frequency is None else _SAME_TIMES.get(frequency, frequency)
