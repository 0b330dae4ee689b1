"""FHIR values: what each must look like, and how two of them compare."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?\Z", re.ASCII)
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?\Z", re.ASCII)
_ZONE = re.compile(r"(.+?)(Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)\Z", re.ASCII)
# FHIR forbids control characters in a string, but for tab, line feed and carriage return.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")

KEYS_OF_TYPE: Mapping[str, tuple[str, ...]] = {
    "boolean": ("valueBoolean",),
    "decimal": ("valueDecimal",),
    "integer": ("valueInteger",),
    "date": ("valueDate",),
    "dateTime": ("valueDateTime",),
    "time": ("valueTime",),
    "string": ("valueString",),
    "text": ("valueString",),
    "url": ("valueUri",),
    "choice": ("valueCoding",),
    "open-choice": ("valueCoding", "valueString"),
    "attachment": ("valueAttachment",),
    "reference": ("valueReference",),
    "quantity": ("valueQuantity",),
}


def is_number(value: Any) -> bool:
    """Whether it is a JSON number; true and false are none."""
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def text_fault(value: Any) -> str:
    """What is wrong with a FHIR string; blank if nothing."""
    if not isinstance(value, str):
        return "is not text"
    if not value.strip():
        return "is blank"
    if _FORBIDDEN.search(value):
        return "holds a control character"
    return ""


def _boolean(value: Any) -> str:
    return "" if isinstance(value, bool) else "is not true or false"


def _decimal(value: Any) -> str:
    return "" if is_number(value) else "is not a number"


def _integer(value: Any) -> str:
    if not isinstance(value, int) or isinstance(value, bool):
        return "is not a whole number"
    return "" if -(2**31) <= value < 2**31 else "is too large for a whole number of 32 bits"


def _unsigned(value: Any) -> str:
    return _integer(value) or ("is below nought" if value < 0 else "")


def _date(value: Any) -> str:
    match = _DATE.match(value) if isinstance(value, str) else None
    if match is None:
        return "is not a date such as 2026-11-22"
    year, month, day = (int(part) if part else 1 for part in match.groups())
    try:
        dt.date(year, month, day)
    except ValueError:
        return "is a day that no calendar has"
    return ""


def _time(value: Any) -> str:
    return "" if isinstance(value, str) and _TIME.match(value) else "is not a time such as 14:05:00"


def _date_time(value: Any) -> str:
    if not isinstance(value, str):
        return "is not a date and time"
    day, separator, clock = value.partition("T")
    if _date(day):
        return _date(day)
    if not separator:
        return ""
    zoned = _ZONE.match(clock)
    if len(day) != 10 or zoned is None or _time(zoned[1]):
        return "is not a date and time with a zone, such as 2026-11-22T14:05:00-06:00"
    return ""


def _uri(value: Any) -> str:
    return text_fault(value) or ("holds a blank" if re.search(r"\s", value) else "")


def _members(value: Any, kinds: Mapping[str, Callable[[Any], str]]) -> str:
    if not isinstance(value, dict) or not value:
        return "is not an object with content"
    for name, member in value.items():
        if name in ("id", "extension") or name.startswith("_"):
            continue
        if name not in kinds:
            return f"holds {name[:40]!a}, which does not belong there"
        if fault := kinds[name](member):
            return f"has a {name} that {fault}"
    return ""


def _coding(value: Any) -> str:
    kinds = {"system": _uri, "version": text_fault, "code": _code, "display": text_fault, "userSelected": _boolean}
    return _members(value, kinds)


def _code(value: Any) -> str:
    return text_fault(value) or ("has blanks around or within" if not re.match(r"\S+( \S+)*\Z", value) else "")


def _comparator(value: Any) -> str:
    return "" if value in ("<", "<=", ">=", ">") else "is none of <, <=, >=, >"


def _quantity(value: Any) -> str:
    kinds = {"value": _decimal, "comparator": _comparator, "unit": text_fault, "system": _uri, "code": _code}
    if fault := _members(value, kinds):
        return fault
    return "has a code without a system" if "code" in value and "system" not in value else ""


def _reference(value: Any) -> str:
    kinds = {"reference": text_fault, "type": _uri, "identifier": _object, "display": text_fault}
    return _members(value, kinds)


def _object(value: Any) -> str:
    return "" if isinstance(value, dict) and value else "is not an object with content"


def _attachment(value: Any) -> str:
    kinds = {
        "contentType": _code, "language": _code, "data": text_fault, "url": _uri, "size": _unsigned,
        "hash": text_fault, "title": text_fault, "creation": _date_time,
    }  # fmt: skip
    if fault := _members(value, kinds):
        return fault
    # att-1: nobody can open data of a kind that is not told.
    return "has data but no contentType" if "data" in value and "contentType" not in value else ""


SHAPES: Mapping[str, Callable[[Any], str]] = {
    "valueBoolean": _boolean,
    "valueDecimal": _decimal,
    "valueInteger": _integer,
    "valueDate": _date,
    "valueDateTime": _date_time,
    "valueTime": _time,
    "valueString": text_fault,
    "valueUri": _uri,
    "valueAttachment": _attachment,
    "valueCoding": _coding,
    "valueQuantity": _quantity,
    "valueReference": _reference,
}


def shape_fault(key: str, value: Any) -> str:
    """What is wrong with a value of that FHIR type, such as `is not a whole number`; blank if nothing."""
    check = SHAPES.get(key)
    return check(value) if check else f"is of no type an answer can have ({key[:40]!a})"


def same_coding(held: Any, asked: Any) -> bool:
    """Same code; and the same system where both name one."""
    if not isinstance(held, dict) or not isinstance(asked, dict):
        return False
    if "system" in held and "system" in asked and held["system"] != asked["system"]:
        return False
    if "code" not in asked:
        return "display" in asked and held.get("display") == asked["display"] and "code" not in held
    return bool(held.get("code") == asked["code"])


def compare_moments(held: str, asked: str) -> int | None:
    """Dates, date-times and times by their shared precision: 2026 and 2026-05-01 are equal. None: cannot be compared."""
    moment, limit = _instant(held), _instant(asked)
    if moment and limit:
        return (moment > limit) - (moment < limit)
    first, second = (_ZONE.match(t)[1] if "T" in t and _ZONE.match(t) else t for t in (held, asked))  # type: ignore[index]
    if ("T" in first or "-" in first or len(first) == 4) != ("T" in second or "-" in second or len(second) == 4):
        return None
    shared = min(len(first), len(second))
    return (first[:shared] > second[:shared]) - (first[:shared] < second[:shared])


def _instant(text: str) -> dt.datetime | None:
    if "T" not in text:
        return None
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


# UCUM code -> (base unit, factor, offset): base = (value + offset) * factor.
_UNITS: Mapping[str, tuple[str, Decimal, Decimal]] = {
    "Cel": ("Cel", Decimal(1), Decimal(0)),
    "[degF]": ("Cel", Decimal(5) / Decimal(9), Decimal(-32)),
    "kg": ("kg", Decimal(1), Decimal(0)),
    "g": ("kg", Decimal("0.001"), Decimal(0)),
    "[lb_av]": ("kg", Decimal("0.45359237"), Decimal(0)),
    "cm": ("cm", Decimal(1), Decimal(0)),
    "m": ("cm", Decimal(100), Decimal(0)),
    "[in_i]": ("cm", Decimal("2.54"), Decimal(0)),
    **{
        unit: (base, Decimal(factor), Decimal(0))
        for base, units in {
            "kg": {"mg": "0.000001", "ug": "0.000000001", "[oz_av]": "0.028349523125"},
            "cm": {"mm": "0.1", "km": "100000", "[ft_i]": "30.48"},
            "L": {"L": "1", "l": "1", "dL": "0.1", "mL": "0.001"},
            "s": {"ms": "0.001", "s": "1", "min": "60", "h": "3600", "d": "86400", "wk": "604800"},
        }.items()
        for unit, factor in units.items()
    },
}


def unit_of(quantity: Mapping[str, Any]) -> str:
    """The unit's code, or its printed name where there is no code."""
    return str(quantity.get("code") or quantity.get("unit") or "")


def in_base(value: Decimal, unit: str) -> tuple[Decimal, str]:
    """The amount in the base unit of its kind (degree Celsius, kg, cm, L, s); unknown units stay as they are."""
    base, factor, offset = _UNITS.get(unit, (unit, Decimal(1), Decimal(0)))
    return (value + offset) * factor, base


def convert(value: Decimal, unit: str, wanted: str) -> Decimal | None:
    """The amount in another unit of the same kind; None if they are not of one kind."""
    amount, base = in_base(value, unit)
    target, factor, offset = _UNITS.get(wanted, (wanted, Decimal(1), Decimal(0)))
    return amount / factor - offset if base == target else None


def _compare_quantities(held: Any, asked: Any) -> int | None:
    if not isinstance(held, dict) or not isinstance(asked, dict):
        return None
    if not is_number(held.get("value")) or not is_number(asked.get("value")):
        return None
    first, second = in_base(Decimal(held["value"]), unit_of(held)), in_base(Decimal(asked["value"]), unit_of(asked))
    # A quantity without a unit is compared by its number, because a form may leave the unit to the question.
    if first[1] != second[1] and unit_of(held) and unit_of(asked):
        return None
    return (first[0] > second[0]) - (first[0] < second[0])


def compare(key: str, held: Any, asked_key: str, asked: Any) -> int | None:
    """-1, 0 or 1; None when the two cannot be put in order. Different but unordered values also give None."""
    if key == "valueQuantity" and asked_key == "valueQuantity":
        return _compare_quantities(held, asked)
    if is_number(held) and is_number(asked):
        return int(held > asked) - int(held < asked)
    moments = ("valueDate", "valueDateTime", "valueTime")
    if key in moments and asked_key in moments and isinstance(held, str) and isinstance(asked, str):
        return compare_moments(held, asked)
    if key == asked_key and isinstance(held, str) and isinstance(asked, str):
        return (held > asked) - (held < asked)
    return None


def same(key: str, held: Any, asked_key: str, asked: Any) -> bool:
    """Whether two values are equal as FHIR means it."""
    if key == "valueCoding" and asked_key == "valueCoding":
        return same_coding(held, asked)
    if key == "valueBoolean" or asked_key == "valueBoolean":
        return key == asked_key and held is asked
    if key == "valueReference" and asked_key == "valueReference":
        named = isinstance(held, dict) and isinstance(asked, dict) and "reference" in asked
        return bool(named and held.get("reference") == asked["reference"])
    return compare(key, held, asked_key, asked) == 0
