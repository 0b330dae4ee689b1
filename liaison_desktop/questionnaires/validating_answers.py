"""What is wrong with one answer: its type, whether it is permitted, its length, form, size, unit and bounds."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from liaison_desktop.questionnaires.definition import Formula, Item, Option
from liaison_desktop.questionnaires.fhirpath.kinds import plain
from liaison_desktop.questionnaires.nodes import Answer, Node
from liaison_desktop.questionnaires.patterns import fits
from liaison_desktop.questionnaires.values import (
    KEYS_OF_TYPE,
    compare,
    convert,
    is_number,
    same,
    shape_fault,
    unit_of,
)

if TYPE_CHECKING:
    from liaison_desktop.questionnaires.response import Sheet

Bounds = tuple[Any, Any]


def bounds_of(node: Node, sheet: Sheet | None) -> Bounds:
    """The lowest and the highest value now: fixed ones, or those an expression of the form gives."""
    item = node.item
    return _bound(item.low, item.low_formula, node, sheet), _bound(item.high, item.high_formula, node, sheet)


def _bound(fixed: Any, formula: Formula | None, node: Node, sheet: Sheet | None) -> Any:
    if formula is None or sheet is None:
        return fixed
    items = sheet.formulas.value(formula, node).items
    return plain(items[0]) if len(items) == 1 else fixed


def answer_faults(item: Item, answer: Answer, options: tuple[Option, ...], bounds: Bounds) -> Iterator[tuple[str, str]]:
    """FHIR issue type and words, for each thing that is wrong."""
    keys = _keys(item, options)
    if not answer.key:
        yield "structure", "has an answer without a value"
        return
    if answer.key not in keys:
        yield "value", f"takes {' or '.join(key[5:] for key in keys)}, not {answer.key[5:45]!a}"
        return
    if fault := shape_fault(answer.key, answer.value):
        yield "value", f"has an answer that {fault}"
        return
    if options and not _permitted(item, answer, options):
        yield "code-invalid", "has an answer that is none of those permitted"
    if isinstance(answer.value, str):
        yield from _of_text(item, answer.value)
    if answer.key == "valueDecimal" and item.max_decimals is not None and _decimals(answer.value) > item.max_decimals:
        yield "value", f"takes at most {item.max_decimals} decimals"
    if answer.key == "valueQuantity":
        yield from _of_unit(item, answer.value)
    if answer.key == "valueAttachment":
        yield from _of_attachment(item, answer.value)
    if answer.key == "valueReference" and item.reference_types:
        yield from _of_reference(item, answer.value)
    yield from _of_bounds(item, answer, bounds)


def unasked_pattern(item: Item, answer: Answer) -> bool:
    """Whether the item asks for a form by a regular expression that cannot be asked about this answer."""
    return bool(item.regex) and isinstance(answer.value, str) and fits(item.regex, answer.value) is None


def _keys(item: Item, options: tuple[Option, ...]) -> tuple[str, ...]:
    if options and item.type in ("choice", "open-choice"):
        own = tuple(dict.fromkeys(option.key for option in options))
        return (*own, "valueString") if item.type == "open-choice" and "valueString" not in own else own
    return KEYS_OF_TYPE.get(item.type, ())


def _permitted(item: Item, answer: Answer, options: tuple[Option, ...]) -> bool:
    if item.type == "open-choice" and answer.key == "valueString":
        return True
    # A coding outside the list is no free text either, so an open choice still refuses it.
    return any(_is_option(option, answer) for option in options)


def _is_option(option: Option, answer: Answer) -> bool:
    if option.key == "valueCoding" and answer.key == "valueCoding":
        held, asked = answer.value, option.value
        return (
            isinstance(held, dict)
            and isinstance(asked, dict)
            and held.get("code") == asked.get("code")
            and held.get("system") == asked.get("system")
            and ("code" in asked or held.get("display") == asked.get("display"))
            # A version is told apart only where both of them name one.
            and ("version" not in held or held["version"] == asked.get("version", held["version"]))
        )
    if option.key == answer.key and isinstance(option.value, str):
        # A day is not the year it lies in: what is offered is what is chosen.
        return bool(answer.value == option.value)
    return same(answer.key, answer.value, option.key, option.value)


def _of_text(item: Item, text: str) -> Iterator[tuple[str, str]]:
    if item.max_length is not None and len(text) > item.max_length:
        yield "too-long", f"holds {len(text):,} characters; the most is {item.max_length:,}"
    if item.min_length is not None and len(text) < item.min_length:
        yield "value", f"holds {len(text)} characters; the fewest are {item.min_length}"
    if item.type == "string" and "\n" in text:
        yield "value", "holds more than one line"
    if item.regex and fits(item.regex, text) is False:
        yield (
            "value",
            f"does not have the form that is asked for{f' ({item.entry_format})' if item.entry_format else ''}",
        )


def _decimals(value: Any) -> int:
    exponent = Decimal(value).as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _of_unit(item: Item, quantity: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if "value" not in quantity:
        yield "value", "has a unit but no amount"
    if item.units and not any(_in_unit(quantity, unit) for unit in item.units):
        allowed = ", ".join(str(unit.get("display") or unit.get("code")) for unit in item.units)
        yield "value", f"is not in a permitted unit ({allowed})"
    if item.max_decimals is not None and is_number(quantity.get("value")):
        if _decimals(quantity["value"]) > item.max_decimals:
            yield "value", f"takes at most {item.max_decimals} decimals"


def _in_unit(quantity: Mapping[str, Any], unit: Mapping[str, Any]) -> bool:
    if unit_of(quantity) != str(unit.get("code") or unit.get("display")):
        # Without a code, the unit's printed name is all there is to know it by.
        return "code" not in quantity and "unit" in quantity and quantity["unit"] == unit.get("display")
    return "code" not in quantity or "system" not in unit or quantity.get("system") == unit["system"]


def _of_attachment(item: Item, held: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    kind = held.get("contentType")
    if item.mime_types and kind is not None and not any(is_kind(kind, one) for one in item.mime_types):
        yield "value", f"takes files of type {', '.join(item.mime_types)[:80]}"
    size = held.get("size")
    if isinstance(held.get("data"), str):
        try:
            size = len(base64.b64decode("".join(held["data"].split()), validate=True))
        except (binascii.Error, ValueError):
            yield "value", "has a file that is not written in base64"
    if item.max_size is not None and size is not None and is_number(size) and size > item.max_size:
        yield "too-long", f"takes files of at most {int(item.max_size):,} bytes"


def is_kind(kind: str, wanted: str) -> bool:
    """Whether a file's type is the one wanted, which may leave its second half open: image/*."""
    bare = kind.partition(";")[0].strip().lower()
    wanted = wanted.lower()
    return bare == wanted or wanted in ("*", "*/*") or (wanted.endswith("/*") and bare.startswith(wanted[:-1]))


def _of_reference(item: Item, held: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    address = held.get("reference")
    kind = held.get("type")
    if not isinstance(kind, str) and isinstance(address, str) and "/" in address and not address.startswith("urn:"):
        kind = address.split("/_history/")[0].rstrip("/").rpartition("/")[0].rpartition("/")[2]
    if isinstance(kind, str) and kind and kind not in item.reference_types:
        yield "value", f"refers to something other than {' or '.join(item.reference_types)[:80]}"


def in_unit(item: Item, value: Any) -> Decimal | None:
    """The amount of a quantity in the item's first unit, the one its bounds are in; None if it has no amount."""
    if not isinstance(value, dict) or not is_number(value.get("value")):
        return None
    unit = unit_of(value)
    wanted = str(item.units[0].get("code") or item.units[0].get("display") or "") if item.units else unit
    return convert(Decimal(value["value"]), unit or wanted, wanted)


def _of_bounds(item: Item, answer: Answer, bounds: Bounds) -> Iterator[tuple[str, str]]:
    key, value = answer.key, answer.value
    measured = (item.low_quantity, item.high_quantity)
    for bound, quantity, wrong, words in zip(bounds, measured, (-1, 1), ("below", "above"), strict=True):
        if key == "valueQuantity":
            order = compare(key, value, key, quantity) if quantity is not None else _beyond(item, value, bound)
        else:
            order = compare(key, value, key, bound) if bound is not None else None
        if order == wrong:
            shown = bound if quantity is None else f"{bound} {quantity.get('unit') or unit_of(quantity)}".strip()
            again = "type it again" if item.calculation is None else "look at what it is worked out from"
            yield "value", f"is {words} {shown}, which cannot be: {again}"


def _beyond(item: Item, quantity: Any, bound: Any) -> int | None:
    # A bound that is a bare number is in the item's own unit.
    amount = in_unit(item, quantity)
    return None if amount is None or bound is None else compare("valueDecimal", amount, "valueDecimal", bound)


def called(item: Item) -> str:
    """How an issue names a question; never its answer: these words may reach a log or a terminal."""
    text = " ".join(item.text.split())
    return f"{item.prefix or item.link_id} {text[:80]}".strip() if text else item.link_id
