"""What an expression gave, as answers of an item: FHIR values of the item's type, or why it cannot be one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from liaison_desktop.questionnaires.definition import Item, Option
from liaison_desktop.questionnaires.fhirpath.kinds import Amount, Element, ExpressionFault, Items, Moment, plain
from liaison_desktop.questionnaires.fhirpath.units import converted
from liaison_desktop.questionnaires.parsing_answers import option_of
from liaison_desktop.questionnaires.values import same

Pair = tuple[str, Any]


def _number(item: Any) -> Decimal | int | None:
    if isinstance(item, Amount):
        return item.value
    if isinstance(item, Element) and item.type == "Quantity":
        return _number(item.raw.get("value"))
    return item if isinstance(item, int | Decimal) and not isinstance(item, bool) else None


def _decimal(item: Any, held: Item) -> Pair | None:
    number = _number(item)
    if number is None:
        return None
    value = Decimal(number)
    if held.max_decimals is not None and _places(value) > held.max_decimals:
        value = value.quantize(Decimal(1).scaleb(-max(0, held.max_decimals)))
    return "valueDecimal", value


def _places(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def _integer(item: Any, held: Item) -> Pair | None:
    number = _number(item)
    return ("valueInteger", int(number)) if number is not None and number == int(number) else None


def _text(item: Any, held: Item) -> Pair | None:
    if isinstance(item, bool):
        return "valueString", "true" if item else "false"
    if isinstance(item, Moment):
        return "valueString", item.text
    if isinstance(item, int | str):
        return ("valueString", str(item)) if str(item).strip() else None
    if isinstance(item, Decimal):
        return "valueString", f"{item:f}"
    raw = plain(item)
    return ("valueString", str(raw["display"])) if isinstance(raw, dict) and raw.get("display") else None


def _moment(item: Any, kind: str) -> Pair | None:
    text = item.text if isinstance(item, Moment) and item.kind in (kind, "DateTime", "Date") else item
    if not isinstance(text, str):
        return None
    if kind == "Date":
        return "valueDate", text.partition("T")[0]
    return "valueDateTime", text


def _time(item: Any, held: Item) -> Pair | None:
    text = item.text if isinstance(item, Moment) and item.kind == "Time" else item
    if not isinstance(text, str):
        return None
    return "valueTime", text.removeprefix("T") + ":00" * (2 - text.count(":"))


def _choice(item: Any, held: Item) -> Pair | None:
    if isinstance(item, Element):
        return _known_coding(dict(item.raw), held)
    value = item.text if isinstance(item, Moment) else item
    if isinstance(value, str):
        option = next((one for one in held.options if value in (one.code, one.label)), None)
        if option is not None:
            return option.key, option.value
        return ("valueString", value) if held.type == "open-choice" else None
    option = next((one for one in held.options if one.value == value), None)
    return (option.key, option.value) if option is not None else None


def _known_coding(raw: dict[str, Any], held: Item) -> Pair:
    codings = raw.get("coding")
    if isinstance(codings, list) and codings and isinstance(codings[0], dict):
        raw = codings[0]
    for option in held.options:
        if option.key == "valueCoding" and option.code == raw.get("code"):
            if raw.get("system") in (None, option.value.get("system")):
                return option.key, option.value
    if "reference" in raw:
        return "valueReference", raw
    return "valueCoding", {key: one for key, one in raw.items() if key != "extension"}


def _quantity(item: Any, held: Item) -> Pair | None:
    unit: Mapping[str, Any] = held.units[0] if held.units else {}
    code = str(unit.get("code") or unit.get("display") or "")
    if isinstance(item, Element):
        return "valueQuantity", dict(item.raw)
    amount = item if isinstance(item, Amount) else None
    number = _number(item)
    if number is None:
        return None
    if amount is not None and amount.unit not in ("", "1") and code:
        amount = converted(amount, code) or amount
        number = amount.value
    named = code if amount is None or amount.unit in ("", "1", code) else amount.unit
    told: dict[str, Any] = {"value": number}
    if named:
        same = named == code
        told["unit"] = str(unit.get("display") or named) if same else named
        if (system := unit.get("system") if same else amount.system if amount else "") and named:
            told |= {"system": system, "code": named}
    return "valueQuantity", told


_AS: Mapping[str, Callable[[Any, Item], Pair | None]] = {
    "boolean": lambda item, held: ("valueBoolean", item) if isinstance(item, bool) else None,
    "decimal": _decimal,
    "integer": _integer,
    "date": lambda item, held: _moment(item, "Date"),
    "dateTime": lambda item, held: _moment(item, "DateTime"),
    "time": _time,
    "string": _text,
    "text": _text,
    "url": lambda item, held: ("valueUri", item) if isinstance(item, str) else None,
    "choice": _choice,
    "open-choice": _choice,
    "quantity": _quantity,
    "reference": lambda item, held: ("valueReference", dict(item.raw)) if isinstance(item, Element) else None,
    "attachment": lambda item, held: ("valueAttachment", dict(item.raw)) if isinstance(item, Element) else None,
}


def answers_of(items: Items, held: Item) -> list[Pair]:
    """The answers. Raises ExpressionFault for several where one is taken, or a value of another type."""
    if len(items) > 1 and not held.repeats:
        raise ExpressionFault("The expression gives several values where one is taken.")
    found = []
    for item in items:
        pair = _AS[held.type](item, held) if held.type in _AS else None
        if pair is None:
            raise ExpressionFault(f"The expression gives a value that is no answer of type {held.type[:20]}.")
        found.append(pair)
    return found


def options_of(items: Items) -> tuple[Option, ...]:
    """Permitted answers that an expression gave."""
    found = []
    for item in items:
        raw = plain(item)
        if isinstance(item, Element):
            coding = raw.get("valueCoding") if isinstance(raw.get("valueCoding"), dict) else raw
            key = (
                "valueQuantity"
                if item.type == "Quantity"
                else "valueReference"
                if "reference" in raw
                else "valueCoding"
            )
            found.append(option_of(key, dict(coding) if key == "valueCoding" else dict(raw)))
        elif isinstance(item, bool | int | Decimal):
            found.append(option_of("valueInteger" if isinstance(item, int) else "valueDecimal", raw))
        else:
            kind = {"Date": "valueDate", "Time": "valueTime"}.get(getattr(item, "kind", ""), "valueString")
            found.append(option_of(kind, raw))
    return tuple(found)


def is_on(option: Option, switched: list[tuple[tuple[Pair, ...], bool]]) -> bool:
    """Whether a permitted answer is there: no switch names it, or one that does is on."""
    naming = [on for values, on in switched if any(same(option.key, option.value, *one) for one in values)]
    return not naming or any(naming)
