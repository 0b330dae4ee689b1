"""What is wrong with the extensions of a form: values of another type, bounds that cross, what is kept but not acted on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from liaison_desktop.questionnaires import names
from liaison_desktop.questionnaires.definition import Item, extensions, value_of
from liaison_desktop.questionnaires.fhirpath.forms import WEIGHTS
from liaison_desktop.questionnaires.outcome import Issue, error, note, warning
from liaison_desktop.questionnaires.values import compare, is_number

# Address -> the value keys it may have. What is not in a table is not known here.
_VALUES: Mapping[str, tuple[str, ...]] = {
    names.MIN_VALUE: ("valueDate", "valueDateTime", "valueTime", "valueDecimal", "valueInteger", "valueQuantity"),
    names.MAX_VALUE: ("valueDate", "valueDateTime", "valueTime", "valueDecimal", "valueInteger", "valueQuantity"),
    names.MIN_QUANTITY: ("valueQuantity",),
    names.MAX_QUANTITY: ("valueQuantity",),
    names.MIN_LENGTH: ("valueInteger",),
    names.MAX_DECIMALS: ("valueInteger",),
    names.REGEX: ("valueString",),
    names.ENTRY_FORMAT: ("valueString",),
    names.MAX_SIZE: ("valueDecimal",),
    names.MIME_TYPE: ("valueCode",),
    names.HIDDEN: ("valueBoolean",),
    names.UNIT: ("valueCoding",),
    names.UNIT_OPTION: ("valueCoding",),
    names.UNIT_VALUE_SET: ("valueCanonical", "valueUri"),
    names.UNIT_OPEN: ("valueCode",),
    names.MIN_OCCURS: ("valueInteger",),
    names.MAX_OCCURS: ("valueInteger",),
    names.EXCLUSIVE: ("valueBoolean",),
    names.ITEM_CONTROL: ("valueCodeableConcept",),
    names.ORIENTATION: ("valueCode",),
    names.OPTION_PREFIX: ("valueString",),
    names.OPEN_LABEL: ("valueString",),
    names.SLIDER_STEP: ("valueInteger",),
    names.DISPLAY_CATEGORY: ("valueCodeableConcept",),
    names.SUPPORT_LINK: ("valueUri",),
    names.REFERENCE_RESOURCE: ("valueCode",),
    names.ALLOWED_RESOURCE: ("valueCode",),
    names.USAGE_MODE: ("valueCode",),
    names.SHORT_TEXT: ("valueString",),
    names.VARIABLE: ("valueExpression",),
    names.CALCULATED: ("valueExpression",),
    names.ENABLE_WHEN: ("valueExpression",),
    names.INITIAL: ("valueExpression",),
    names.ANSWERS: ("valueExpression",),
    names.CANDIDATES: ("valueExpression",),
    names.RN_ONLY: ("valueBoolean",),
    names.CONFIRM_PREFILL: ("valueBoolean",),
    names.UNABLE_ALLOWED: ("valueBoolean",),
    names.UNABLE_OPTION: ("valueBoolean",),
    names.REASON_OPTION: ("valueBoolean",),
    names.FROM_APPLICATION: ("valueBoolean",),
    names.PATIENT_TEXT: ("valueString",),
    names.CITATION: ("valueString",),
    names.FINDING: ("valueString",),
    names.SHORT: ("valueString",),
}
# These hold extensions, or stand on a part of an item, and are understood.
_UNDERSTOOD = frozenset(
    [*_VALUES, *WEIGHTS, names.TARGET_CONSTRAINT, names.CONSTRAINT, names.LAUNCH_CONTEXT, names.RULE, names.ABNORMAL,
     names.CALCULATION, names.CALCULATED_VALUE, names.SIGNATURE_REQUIRED, names.POPULATION_CONTEXT, names.CONTEXT,
     names.SOURCE_QUERIES, names.ASSEMBLE_CONTEXT, names.TOGGLE]
)  # fmt: skip
# Known, and not acted on, though they change what a form means.
_NOT_DONE: Mapping[str, str] = {
    names.SUB_FORM: "A form inside the form is not fetched",
    names.ADAPTIVE: "An adaptive form asks a server for each question, which this application does not",
    names.CQF_EXPRESSION: "A text or mark is not worked out by its expression",
}
_WHOLE = (names.MIN_LENGTH, names.MAX_DECIMALS, names.MIN_OCCURS, names.MAX_OCCURS)


def extension_lint(raw: Mapping[str, Any]) -> Iterator[Issue]:
    """Every extension of the form: a wrong value, a modifier, one that is not acted on, one that is not known."""
    unknown: dict[str, int] = {}
    for link_id, one, modifies in _all(raw):
        url = one.get("url")
        if not isinstance(url, str) or not url:
            yield error("structure", "An extension has no address.", link_id)
        elif modifies:
            yield from _modifier(url, one, link_id)
        elif url in _NOT_DONE:
            yield warning("not-supported", f"{_NOT_DONE[url]}; the extension is kept.", link_id)
        elif url in _VALUES:
            yield from _value(url, one, link_id)
        elif url not in _UNDERSTOOD and "://" in url:
            unknown[url] = unknown.get(url, 0) + 1
    for url, count in unknown.items():
        times = "" if count == 1 else f" ({count} times)"
        yield note(f"The extension {url[:160]} is kept, and not acted on{times}.")


def _all(raw: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any], bool]]:
    """Each extension with the item it stands on, and whether it is a modifier. Contained resources are not the form's."""
    waiting: list[tuple[Any, str]] = [(raw, "")]
    while waiting:
        held, link_id = waiting.pop()
        if isinstance(held, list):
            waiting += [(one, link_id) for one in held]
        elif isinstance(held, dict):
            own = held.get("linkId")
            link_id = own if isinstance(own, str) else link_id
            for key, modifies in (("extension", False), ("modifierExtension", True)):
                found = held.get(key)
                for one in found if isinstance(found, list) else ():
                    if isinstance(one, dict):
                        yield link_id, one, modifies
            waiting += [
                (value, link_id)
                for key, value in held.items()
                if key not in ("extension", "modifierExtension", "contained", "meta")
            ]


def _modifier(url: str, raw: Mapping[str, Any], link_id: str) -> Iterator[Issue]:
    critical = value_of(raw)[1]
    if url == names.CRITICAL:
        # It names another extension without which the form must not be shown.
        if not isinstance(critical, str) or critical not in _UNDERSTOOD:
            words = f"The form says that {str(critical)[:120]} must be honoured, which this application does not."
            yield error("not-supported", words, link_id)
        return
    words = f"The modifier extension {url[:120]} is not understood: the form may mean something else."
    yield error("not-supported", words, link_id)


def _value(url: str, raw: Mapping[str, Any], link_id: str) -> Iterator[Issue]:
    key, value = value_of(raw)
    called = url.rpartition("/")[2]
    beside = any(name.startswith("_value") for name in raw)
    if not key:
        if not beside:
            yield error("required", f"The extension {called} has no value.", link_id)
        return
    if key not in _VALUES[url]:
        words = " or ".join(one[5:] for one in _VALUES[url])
        yield error("value", f"The extension {called} takes {words}, not {key[5:45]!a}.", link_id)
    elif key == "valueBoolean" and not isinstance(value, bool):
        yield error("value", f"The extension {called} is not true or false.", link_id)
    elif key == "valueInteger" and (not isinstance(value, int) or isinstance(value, bool)):
        yield error("value", f"The extension {called} is not a whole number.", link_id)
    elif url in _WHOLE and value < 0:
        yield error("value", f"The extension {called} is below 0.", link_id)
    elif url == names.ORIENTATION and value not in ("horizontal", "vertical"):
        yield error("code-invalid", "choiceOrientation is neither horizontal nor vertical.", link_id)


_BOUNDED = {"integer": "valueInteger", "decimal": "valueDecimal", "date": "valueDate", "dateTime": "valueDateTime", "time": "valueTime"}  # fmt: skip


def bound_lint(item: Item) -> Iterator[Issue]:
    """Bounds that cross, and bounds on items that have none."""
    link_id = item.link_id
    for url in (names.MIN_VALUE, names.MAX_VALUE):
        for one in extensions(item.raw, url):
            key = value_of(one)[0]
            if key and item.type not in _BOUNDED and item.is_question and item.type != "quantity":
                yield warning("invariant", f"An item of type {item.type} has no lowest or highest value.", link_id)
            elif key and item.type in _BOUNDED and not _comparable(key, _BOUNDED[item.type]):
                yield error("value", f"A bound of a {item.type} cannot be a {key[5:25]}.", link_id)
    if _above(item.low, item.high):
        yield error("invariant", "The lowest value is above the highest.", link_id)
    if item.min_occurs is not None and item.max_occurs is not None and item.min_occurs > item.max_occurs:
        yield error("invariant", "minOccurs is above maxOccurs.", link_id)
    if item.min_length is not None and item.max_length is not None and item.min_length > item.max_length:
        yield error("invariant", "minLength is above maxLength.", link_id)
    if not item.repeats and max(item.min_occurs or 0, item.max_occurs or 0) > 1:
        yield warning("invariant", "An item that does not repeat cannot occur more than once.", link_id)
    if item.type != "quantity" and (extensions(item.raw, names.UNIT_OPTION) or extensions(item.raw, names.UNIT_VALUE_SET)):  # fmt: skip
        yield warning("invariant", "Only a quantity has units to choose from.", link_id)


def _comparable(key: str, wanted: str) -> bool:
    numbers, days = {"valueInteger", "valueDecimal"}, {"valueDate", "valueDateTime"}
    return key == wanted or {key, wanted} <= numbers or {key, wanted} <= days


def _above(low: Any, high: Any) -> bool:
    if is_number(low) and is_number(high):
        return bool(low > high)
    if isinstance(low, str) and isinstance(high, str) and len(low) >= 4 and len(high) >= 4:
        return compare("valueDate", low, "valueDate", high) == 1
    return False
