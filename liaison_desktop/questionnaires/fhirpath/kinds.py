"""What an expression works with: booleans, numbers and texts of Python, and the moments, amounts and elements here."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Protocol, TypeAlias

import msgspec

from liaison_desktop.errors import Unreadable


class ExpressionFault(Unreadable):
    """An expression that cannot be read or cannot be worked out; the text says why, without any answer in it."""


class RunsAway(ExpressionFault):
    """An expression that took more steps than any meant one."""


Items: TypeAlias = "list[Any]"

_MOMENT = re.compile(
    r"(?:(\d{4})(?:-(\d\d)(?:-(\d\d))?)?)?(?:T(?:(\d\d)(?::(\d\d)(?::(\d\d)(?:\.(\d+))?)?)?)?(Z|[+-]\d\d:\d\d)?)?\Z",
    re.ASCII,
)
_CLOCK = re.compile(r"(\d\d)(?::(\d\d)(?::(\d\d)(?:\.(\d+))?)?)?\Z", re.ASCII)


class Moment(msgspec.Struct, frozen=True):
    """A Date, DateTime or Time as far as it is known. `parts` go from the year (Time: the hour) to what was given."""

    kind: str
    text: str
    parts: tuple[int, ...]
    zone: int | None = None  # minutes east of UTC

    @property
    def instant(self) -> dt.datetime:
        """The moment without its zone, what is not known filled up with the first of it. Not for a Time."""
        year, month, day, hour, minute, micro = (*self.parts, *(1, 1, 1, 0, 0, 0)[len(self.parts) :])
        return dt.datetime(year, month, day, hour, minute) + dt.timedelta(microseconds=micro)  # noqa: DTZ001


def _within(fraction: str | None, second: str) -> int:
    return int(second) * 1_000_000 + int((fraction or "0")[:6].ljust(6, "0"))


def moment(text: str, kind: str = "") -> Moment | None:
    """The moment this text gives: `2026-11`, `2026-11-22T14:05Z`, `14:05` (a Time). None for no moment."""
    clock = _CLOCK.match(text) if (kind in ("", "Time") and ":" in text[:3]) or kind == "Time" else None
    if clock is not None:
        hour, minute, second, fraction = clock.groups()
        parts = [int(hour), *([int(minute)] if minute else []), *([_within(fraction, second)] if second else [])]
        return Moment("Time", text, tuple(parts)) if parts[0] < 24 and all(p < 60 for p in parts[1:2]) else None
    match = _MOMENT.match(text)
    if match is None or not match[1] or kind == "Time":
        return None
    year, month, day, hour, minute, second, fraction, zone = match.groups()
    given = [int(part) for part in (year, month, day, hour, minute) if part is not None]
    if second is not None:
        given.append(_within(fraction, second))
    offset = None
    if zone:
        offset = 0 if zone == "Z" else (int(zone[1:3]) * 60 + int(zone[4:])) * (-1 if zone[0] == "-" else 1)
    made = Moment(kind or ("DateTime" if "T" in text else "Date"), text, tuple(given), offset)
    try:
        made.instant  # noqa: B018
    except (ValueError, OverflowError):
        return None
    return made


class Amount(msgspec.Struct, frozen=True):
    """A quantity: a number and its unit, a UCUM code or a word of the calendar such as `days`."""

    value: Decimal
    unit: str
    system: str = ""


class Place(Protocol):
    """Something in a live form that a path can go through, as if it were the JSON it would be written as."""

    def member(self, name: str) -> Items:
        """What lies under that name."""
        ...

    def below(self) -> Items:
        """Everything directly inside."""
        ...

    def plain(self) -> Any:
        """The JSON it stands for."""
        ...

    def found(self, link_id: str, how: str) -> Items | None:
        """The items of that linkId below; `how` is item, repeat or descendants. None: look the long way."""
        ...


class Element(msgspec.Struct, frozen=True, eq=False):
    """A JSON object, with its FHIR type where the name it was found under tells it."""

    raw: Mapping[str, Any]
    type: str = ""

    def member(self, name: str) -> Items:
        """What lies under that name, or under the name with a type behind it: `value` finds `valueCoding`."""
        if name in self.raw:
            return list(wrapped(self.raw[name], _TYPES_OF.get(name, "")))
        for key, value in self.raw.items():
            if key.startswith(name) and key[len(name) :] in CHOICE_TYPES:
                return list(wrapped(value, key[len(name) :]))
        return []

    def below(self) -> Items:
        """Everything directly inside."""
        found: Items = []
        for key, value in self.raw.items():
            if key != "resourceType" and not key.startswith("_"):
                found += wrapped(value, _type_in(key))
        return found

    def plain(self) -> Any:
        """The JSON object."""
        return self.raw


CHOICE_TYPES = frozenset(
    """Boolean Decimal Integer Date DateTime Time String Uri Url Canonical Code Id Markdown Instant PositiveInt UnsignedInt
    Base64Binary Oid Uuid Attachment Coding CodeableConcept Quantity Reference Range Ratio Period Identifier HumanName
    Address ContactPoint Timing Age Duration Count Distance Money SampledData Signature Annotation Expression
    Meta Dosage UsageContext TriggerDefinition DataRequirement ParameterDefinition RelatedArtifact Contributor""".split()
)
_TYPES_OF = {
    "authored": "DateTime", "birthDate": "Date", "lastUpdated": "Instant", "date": "DateTime", "name": "HumanName",
    "telecom": "ContactPoint", "address": "Address", "identifier": "Identifier", "coding": "Coding",
    "period": "Period", "photo": "Attachment", "meta": "Meta",
}  # fmt: skip
_MOMENTS = {"Date": "Date", "DateTime": "DateTime", "Instant": "DateTime", "Time": "Time"}


def _type_in(key: str) -> str:
    return key[5:] if key.startswith("value") and key[5:] in CHOICE_TYPES else _TYPES_OF.get(key, "")


def wrapped(value: Any, type_name: str = "") -> Iterator[Any]:
    """JSON as items: a list is its members, null is nothing."""
    if isinstance(value, list):
        for one in value:
            yield from wrapped(one, type_name)
    elif isinstance(value, dict):
        yield Element(value, type_name or str(value.get("resourceType") or ""))
    elif isinstance(value, str) and type_name in _MOMENTS:
        yield moment(value, _MOMENTS[type_name]) or value
    elif isinstance(value, float):
        yield Decimal(repr(value))
    elif value is not None:
        yield value


def plain(item: Any) -> Any:
    """The JSON of an item."""
    if isinstance(item, Moment):
        return item.text
    if isinstance(item, Amount):
        coded = {"system": item.system, "code": item.unit} if item.system else {}
        return {"value": item.value, **({"unit": item.unit} if item.unit else {}), **coded}
    if isinstance(item, bool | int | Decimal | str):
        return item
    return item.plain()


def amount_of(item: Any) -> Amount | None:
    """The amount an item is, be it a literal or a FHIR Quantity; None for anything else."""
    if isinstance(item, Amount):
        return item
    if isinstance(item, Element) and (item.type in ("Quantity", "Age", "Duration", "") and "value" in item.raw):
        value = item.raw["value"]
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            unit = item.raw.get("code") or item.raw.get("unit") or ""
            return Amount(Decimal(value), str(unit), str(item.raw.get("system") or ""))
    return None
