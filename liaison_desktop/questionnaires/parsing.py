"""From a Questionnaire's JSON to a `Definition`. Lenient: what is malformed is left out, and `linting` says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, TypeAlias

from liaison_desktop.questionnaires import names
from liaison_desktop.questionnaires.definition import (
    Condition,
    Definition,
    Item,
    Marks,
    Rule,
    extension,
    extensions,
    value_of,
)
from liaison_desktop.questionnaires.parsing_answers import own_options, set_options
from liaison_desktop.questionnaires.parsing_formulas import (
    bound_formula,
    calculation,
    constraints,
    formula,
    launch_names,
    toggles,
    variables,
)
from liaison_desktop.questionnaires.writing import fingerprint

Contained: TypeAlias = "Mapping[str, Mapping[str, Any]]"


def _text(raw: Mapping[str, Any], key: str) -> str:
    value = raw.get(key)
    return value if isinstance(value, str) else ""


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _conditions(raw: Mapping[str, Any]) -> Iterator[Condition]:
    held = raw.get("enableWhen")
    for one in held if isinstance(held, list) else ():
        if not isinstance(one, dict):
            continue
        answer = next(((key, value) for key, value in one.items() if key.startswith("answer")), None)
        if answer is not None:
            yield Condition(_text(one, "question"), _text(one, "operator"), "value" + answer[0][6:], answer[1])


def _number(value: Any) -> Decimal | None:
    return Decimal(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else None


def _most_bytes(value: Any) -> Decimal | None:
    # R4 counts in megabytes, the guides written since in bytes, under one address. Nobody allows files of less than a
    # kilobyte, and nobody files of a gigabyte inside a form, so the number itself says which is meant.
    size = _number(value)
    return size * 1024 * 1024 if size is not None and size < 1000 else size


def _bounds(raw: Mapping[str, Any]) -> tuple[Any, Any, Decimal | None, Decimal | None]:
    plain = (int, Decimal, str)
    low, high = extension(raw, names.MIN_VALUE, plain), extension(raw, names.MAX_VALUE, plain)
    for url, plain_url, side in (
        (names.MIN_QUANTITY, names.MIN_VALUE, "low"),
        (names.MAX_QUANTITY, names.MAX_VALUE, "high"),
    ):
        quantity = extension(raw, url, dict) or extension(raw, plain_url, dict)
        if quantity is not None and side == "low":
            low = _number(quantity.get("value"))
        elif quantity is not None:
            high = _number(quantity.get("value"))
    warn: dict[str, Decimal | None] = {}
    for band in extensions(raw, names.ABNORMAL):
        for side in ("low", "high"):
            warn[side] = _number(extension(band, side, (int, Decimal)))
    return low, high, warn.get("low"), warn.get("high")


def _rules(raw: Mapping[str, Any]) -> Iterator[Rule]:
    for one in extensions(raw, names.RULE):
        yield Rule(extension(one, "id") or "", extension(one, "class") or "")


def _words(raw: Mapping[str, Any], url: str) -> tuple[str, ...]:
    return tuple(value for value in (value_of(one)[1] for one in extensions(raw, url)) if isinstance(value, str))


def _coded(raw: Mapping[str, Any], url: str) -> tuple[str, ...]:
    """The codes of a CodeableConcept extension."""
    found: list[str] = []
    for one in extensions(raw, url):
        held = value_of(one)[1]
        codings = held.get("coding") if isinstance(held, dict) else None
        found += [_text(c, "code") for c in (codings if isinstance(codings, list) else ()) if isinstance(c, dict)]
    return tuple(code for code in found if code)


def _units(raw: Mapping[str, Any], contained: Contained) -> tuple[Mapping[str, Any], ...]:
    units = [value_of(one)[1] for url in (names.UNIT, names.UNIT_OPTION) for one in extensions(raw, url)]
    for address in _words(raw, names.UNIT_VALUE_SET):
        units += [option.value for option in set_options(address, contained)[0]]
    return tuple(unit for unit in units if isinstance(unit, dict))


def _marks(raw: Mapping[str, Any]) -> dict[str, Any]:
    """What our own extensions say, and those that are a plain value."""
    return {
        "short": extension(raw, names.SHORT) or extension(raw, names.SHORT_TEXT) or "",
        "hidden": extension(raw, names.HIDDEN, bool) is True,
        "min_length": extension(raw, names.MIN_LENGTH, int),
        "max_decimals": extension(raw, names.MAX_DECIMALS, int),
        "regex": extension(raw, names.REGEX) or "",
        "min_occurs": extension(raw, names.MIN_OCCURS, int),
        "max_occurs": extension(raw, names.MAX_OCCURS, int),
        "rules": tuple(_rules(raw)),
        "unable_allowed": extension(raw, names.UNABLE_ALLOWED, bool) is True,
        "confirm_prefill": extension(raw, names.CONFIRM_PREFILL, bool) is True,
        "from_application": extension(raw, names.FROM_APPLICATION, bool) is True,
        "rn_only": extension(raw, names.RN_ONLY, bool) is True,
        "finding": extension(raw, names.FINDING) or "",
        "patient_text": extension(raw, names.PATIENT_TEXT) or "",
        "citation": extension(raw, names.CITATION) or "",
        "entry_format": extension(raw, names.ENTRY_FORMAT) or "",
        "controls": _coded(raw, names.ITEM_CONTROL),
        "orientation": extension(raw, names.ORIENTATION) or "",
        "open_label": extension(raw, names.OPEN_LABEL) or "",
        "unit_open": extension(raw, names.UNIT_OPEN) or "",
        "slider_step": extension(raw, names.SLIDER_STEP, int),
        "max_size": _most_bytes(extension(raw, names.MAX_SIZE, (int, Decimal))),
        "mime_types": _words(raw, names.MIME_TYPE),
        "reference_types": _words(raw, names.REFERENCE_RESOURCE) or _words(raw, names.ALLOWED_RESOURCE),
        "support_links": _words(raw, names.SUPPORT_LINK),
    }


def _formulas(raw: Mapping[str, Any], holders: Mapping[str, str]) -> dict[str, Any]:
    return {
        "variables": variables(raw),
        "calculation": calculation(raw, holders),
        "enable_formula": formula(raw, names.ENABLE_WHEN),
        "initial_formula": formula(raw, names.INITIAL),
        "answer_formula": formula(raw, names.ANSWERS) or formula(raw, names.CANDIDATES),
        "low_formula": bound_formula(raw, names.MIN_VALUE),
        "high_formula": bound_formula(raw, names.MAX_VALUE),
        "toggles": toggles(raw),
        "constraints": constraints(raw),
    }


def _item(raw: Mapping[str, Any], items: tuple[Item, ...], contained: Contained, holders: Mapping[str, str]) -> Item:
    options, known = own_options(raw), True
    address = _text(raw, "answerValueSet")
    if not options and address:
        options, known = set_options(address, contained)
    marks = Marks(raw)
    low, high, warn_low, warn_high = _bounds(marks)
    return Item(
        link_id=_text(raw, "linkId"),
        type=_text(raw, "type"),
        text=_text(raw, "text"),
        raw=raw,
        items=items,
        prefix=_text(raw, "prefix"),
        required=raw.get("required") is True,
        repeats=raw.get("repeats") is True,
        read_only=raw.get("readOnly") is True,
        max_length=_whole(raw.get("maxLength")),
        low=low,
        high=high,
        warn_low=warn_low,
        warn_high=warn_high,
        low_quantity=extension(marks, names.MIN_QUANTITY, dict) or extension(marks, names.MIN_VALUE, dict),
        high_quantity=extension(marks, names.MAX_QUANTITY, dict) or extension(marks, names.MAX_VALUE, dict),
        units=_units(marks, contained),
        options=options,
        options_known=known,
        conditions=tuple(_conditions(raw)),
        any_of=raw.get("enableBehavior") != "all",
        # Most items of most forms have no extension at all.
        **(_marks(marks) | _formulas(marks, holders) if marks else {}),
    )


def _tree(raw: Any, contained: Contained, seen: set[str], holders: Mapping[str, str]) -> tuple[Item, ...]:
    # The reader bounds the depth, so this recursion ends well before Python's own bound.
    found = []
    for one in raw if isinstance(raw, list) else ():
        if not isinstance(one, dict) or not _text(one, "linkId") or one["linkId"] in seen:
            continue
        seen.add(one["linkId"])
        found.append(_item(one, _tree(one.get("item"), contained, seen, holders), contained, holders))
    return tuple(found)


def _holders(raw: Mapping[str, Any]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    waiting: list[tuple[Any, str]] = [(raw.get("item"), "")]
    while waiting:
        held, parent = waiting.pop()
        for one in held if isinstance(held, list) else ():
            if isinstance(one, dict) and _text(one, "linkId"):
                found.setdefault(one["linkId"], parent)
                waiting.append((one.get("item"), one["linkId"]))
    return found


def _subtrees(items: tuple[Item, ...]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    waiting = list(items)
    order = []
    while waiting:
        item = waiting.pop()
        order.append(item)
        waiting += item.items
    for item in reversed(order):
        found[item.link_id] = frozenset({item.link_id}).union(*(found[child.link_id] for child in item.items))
    return found


def parse(raw: Mapping[str, Any]) -> Definition:
    """The definition held by this JSON; what is malformed is left out. The first item of a linkId wins."""
    held = raw.get("contained")
    contained = {_text(one, "id"): one for one in (held if isinstance(held, list) else ()) if isinstance(one, dict)}
    items = _tree(raw.get("item"), contained, set(), _holders(raw))
    index: dict[str, Item] = {}
    parents: dict[str, str] = {}
    waiting: list[tuple[Item, str]] = [(item, "") for item in reversed(items)]
    while waiting:
        item, parent = waiting.pop()
        index[item.link_id], parents[item.link_id] = item, parent
        waiting += [(child, item.link_id) for child in reversed(item.items)]
    return Definition(
        url=_text(raw, "url"),
        version=_text(raw, "version"),
        title=_text(raw, "title"),
        hash=fingerprint(raw),
        raw=raw,
        items=items,
        index=index,
        parents=parents,
        order={link_id: number for number, link_id in enumerate(index)},
        subtrees=_subtrees(items),
        variables=variables(raw),
        constraints=constraints(raw),
        launch=launch_names(raw),
    )
