"""Measures as nurses type them: `120/80`, `98.6`, `180 lb`, `5'10`. What is typed is kept beside what it means."""

from __future__ import annotations

import re
from typing import NamedTuple

from liaison_desktop.clinical.findings.record import TypedUnit

_PRESSURE = re.compile(r"(\d{1,3})\s*(?:[/\s-]\s*(\d{1,3}|p|palp))?", re.IGNORECASE | re.ASCII)
_NUMBER = re.compile(r"(-?\d{1,5}(?:[.,]\d{1,3})?)\s*([a-z°\"]*)\.?", re.IGNORECASE | re.ASCII)
_FEET = re.compile(r"(\d)\s*(?:'|ft)\s*(?:(\d{1,2}(?:[.,]\d)?)\s*(?:\"|''|in)?)?", re.IGNORECASE | re.ASCII)
_LB, _INCH = 0.45359237, 2.54  # kg and cm, by definition
# Above what a person can have in °C, and from here on up a number can only be meant in °F.
_ONLY_F = 86.0


class Measured(NamedTuple):
    """A measure in the unit it is kept in, and the one it was typed in."""

    value: float
    unit: TypedUnit


def read_pressure(text: str) -> tuple[int, int | None] | None:
    """`120/80`; `90/p` is one that was felt and has no lower number. None if it cannot be read."""
    found = _PRESSURE.fullmatch(text.strip())
    if found is None or found[2] is None:
        return None
    return int(found[1]), int(found[2]) if found[2].isdigit() else None


def _number(text: str, units: dict[str, TypedUnit]) -> tuple[float, TypedUnit | None] | None:
    found = _NUMBER.fullmatch(text.strip().replace("°", ""))
    if found is None or (found[2] and found[2].casefold() not in units):
        return None
    return float(found[1].replace(",", ".")), units.get(found[2].casefold())


def read_temperature(text: str) -> Measured | None:
    """In °C, from °C or °F. Without a unit 86 and more is °F, because nobody lives at 86 °C. None if it cannot be read."""
    read = _number(text, {"c": TypedUnit.C, "f": TypedUnit.F})
    if read is None:
        return None
    number, unit = read
    if unit is TypedUnit.F or (unit is None and number >= _ONLY_F):
        return Measured(round((number - 32) * 5 / 9, 2), TypedUnit.F)
    return Measured(number, TypedUnit.C)


def read_weight(text: str) -> Measured | None:
    """In kg, from kg or lb. A number without its unit is not read: a pound for a kilogram doubles a dose."""
    units = {"kg": TypedUnit.KG, "kgs": TypedUnit.KG, "lb": TypedUnit.LB, "lbs": TypedUnit.LB}
    read = _number(text, units)
    number, unit = read or (0.0, None)
    if unit is None:
        return None
    return Measured(round(number * _LB, 2) if unit is TypedUnit.LB else number, unit)


def read_height(text: str) -> Measured | None:
    """In cm, from cm, inches or feet and inches. A number without its unit is not read."""
    if (feet := _FEET.fullmatch(text.strip())) is not None:
        inches = int(feet[1]) * 12 + float((feet[2] or "0").replace(",", "."))
        return Measured(round(inches * _INCH, 1), TypedUnit.IN)
    read = _number(text, {"cm": TypedUnit.CM, "in": TypedUnit.IN, '"': TypedUnit.IN, "inch": TypedUnit.IN})
    number, unit = read or (0.0, None)
    if unit is None:
        return None
    return Measured(round(number * _INCH, 1) if unit is TypedUnit.IN else number, unit)


def show_temperature(celsius: float, typed: TypedUnit) -> str:
    """Both units where it was typed in °F: "37 °C (98.6 °F)"."""
    shown = f"{round(celsius, 1):g} °C"
    return f"{shown} ({round(celsius * 9 / 5 + 32, 1):g} °F)" if typed is TypedUnit.F else shown


def show_weight(kg: float, typed: TypedUnit) -> str:
    """Kilograms, and pounds where it was typed in them: "81.6 kg (180 lb)"."""
    shown = f"{round(kg, 1):g} kg"
    return f"{shown} ({round(kg / _LB, 1):g} lb)" if typed is TypedUnit.LB else shown


def show_height(cm: float, typed: TypedUnit) -> str:
    """Centimetres, and inches where it was typed in them: "178 cm (70 in)"."""
    shown = f"{round(cm, 1):g} cm"
    return f"{shown} ({round(cm / _INCH, 1):g} in)" if typed is TypedUnit.IN else shown
