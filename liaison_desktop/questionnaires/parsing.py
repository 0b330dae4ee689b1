"""From a Questionnaire's JSON to a `Definition`. Lenient: what is malformed is left out, and `linting` says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from liaison_desktop.questionnaires import names
from liaison_desktop.questionnaires.definition import (
    Calculation,
    Condition,
    Definition,
    Item,
    Option,
    Rule,
    extension,
    extensions,
    value_of,
)
from liaison_desktop.questionnaires.writing import fingerprint


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


def label_of(key: str, value: Any) -> str:
    """What a person reads for a permitted answer."""
    if key == "valueCoding" and isinstance(value, dict):
        return _text(value, "display") or _text(value, "code")
    if key == "valueReference" and isinstance(value, dict):
        return _text(value, "display") or _text(value, "reference")
    return str(value)


def _option(raw: Mapping[str, Any]) -> Option | None:
    key, value = value_of(raw)
    if not key:
        return None
    code = _text(value, "code") if key == "valueCoding" and isinstance(value, dict) else str(value)
    return Option(
        key=key,
        value=value,
        label=label_of(key, value),
        code=code,
        exclusive=extension(raw, names.EXCLUSIVE, bool) is True,
        unable=extension(raw, names.UNABLE_OPTION, bool) is True,
        reason=extension(raw, names.REASON_OPTION, bool) is True,
    )


def _contained_options(raw: Mapping[str, Any], contained: Mapping[str, Any]) -> tuple[tuple[Option, ...], bool]:
    """The codes of a value set inside the form, and whether they are known at all."""
    address = _text(raw, "answerValueSet")
    if not address:
        return (), True
    held = contained.get(address[1:]) if address.startswith("#") else None
    if not isinstance(held, dict):
        return (), False
    found: list[Option] = []
    expansion, compose = held.get("expansion"), held.get("compose")
    if isinstance(expansion, dict) and isinstance(expansion.get("contains"), list):
        for one in expansion["contains"]:
            if isinstance(one, dict) and _text(one, "code"):
                found.append(Option("valueCoding", one, label_of("valueCoding", one), _text(one, "code")))
        return tuple(found), bool(found)
    included = compose.get("include") if isinstance(compose, dict) else None
    for include in included if isinstance(included, list) else ():
        concepts = include.get("concept") if isinstance(include, dict) else None
        if not isinstance(concepts, list) or include.get("filter"):
            return (), False
        for one in concepts:
            if isinstance(one, dict) and _text(one, "code"):
                coding = {**({"system": include["system"]} if _text(include, "system") else {}), **one}
                found.append(Option("valueCoding", coding, label_of("valueCoding", one), _text(one, "code")))
    return tuple(found), bool(found)


def _number(value: Any) -> Decimal | None:
    return Decimal(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else None


def _bounds(raw: Mapping[str, Any]) -> tuple[Any, Any, Decimal | None, Decimal | None]:
    plain = (int, Decimal, str)
    low, high = extension(raw, names.MIN_VALUE, plain), extension(raw, names.MAX_VALUE, plain)
    for url, side in ((names.MIN_QUANTITY, "low"), (names.MAX_QUANTITY, "high")):
        quantity = extension(raw, url, dict)
        if quantity is not None and side == "low":
            low = _number(quantity.get("value"))
        elif quantity is not None:
            high = _number(quantity.get("value"))
    warn: dict[str, Decimal | None] = {}
    for band in extensions(raw, names.ABNORMAL):
        for side in ("low", "high"):
            warn[side] = _number(extension(band, side, (int, Decimal)))
    return low, high, warn.get("low"), warn.get("high")


def _calculation(raw: Mapping[str, Any]) -> Calculation | None:
    for one in extensions(raw, names.CALCULATION):
        of = tuple(v for v in (value_of(part)[1] for part in extensions(one, "of")) if isinstance(v, str))
        codes = tuple(v for v in (value_of(part)[1] for part in extensions(one, "code")) if isinstance(v, str))
        return Calculation(extension(one, "name") or "", of, codes)
    return None


def _rules(raw: Mapping[str, Any]) -> Iterator[Rule]:
    for one in extensions(raw, names.RULE):
        yield Rule(extension(one, "id") or "", extension(one, "class") or "")


def _item(raw: Mapping[str, Any], items: tuple[Item, ...], contained: Mapping[str, Any]) -> Item:
    own = raw.get("answerOption")
    options = (
        tuple(o for o in map(_option, filter(lambda o: isinstance(o, dict), own)) if o) if isinstance(own, list) else ()
    )
    known = True
    if not options:
        options, known = _contained_options(raw, contained)
    low, high, warn_low, warn_high = _bounds(raw)
    units = [value_of(one)[1] for url in (names.UNIT, names.UNIT_OPTION) for one in extensions(raw, url)]
    return Item(
        link_id=_text(raw, "linkId"),
        type=_text(raw, "type"),
        text=_text(raw, "text"),
        raw=raw,
        items=items,
        prefix=_text(raw, "prefix"),
        short=extension(raw, names.SHORT) or "",
        required=raw.get("required") is True,
        repeats=raw.get("repeats") is True,
        read_only=raw.get("readOnly") is True,
        hidden=extension(raw, names.HIDDEN, bool) is True,
        max_length=_whole(raw.get("maxLength")),
        min_length=extension(raw, names.MIN_LENGTH, int),
        max_decimals=extension(raw, names.MAX_DECIMALS, int),
        regex=extension(raw, names.REGEX) or "",
        low=low,
        high=high,
        warn_low=warn_low,
        warn_high=warn_high,
        min_occurs=extension(raw, names.MIN_OCCURS, int),
        max_occurs=extension(raw, names.MAX_OCCURS, int),
        units=tuple(unit for unit in units if isinstance(unit, dict)),
        options=options,
        options_known=known,
        conditions=tuple(_conditions(raw)),
        any_of=raw.get("enableBehavior") != "all",
        rules=tuple(_rules(raw)),
        unable_allowed=extension(raw, names.UNABLE_ALLOWED, bool) is True,
        confirm_prefill=extension(raw, names.CONFIRM_PREFILL, bool) is True,
        from_application=extension(raw, names.FROM_APPLICATION, bool) is True,
        rn_only=extension(raw, names.RN_ONLY, bool) is True,
        finding=extension(raw, names.FINDING) or "",
        patient_text=extension(raw, names.PATIENT_TEXT) or "",
        citation=extension(raw, names.CITATION) or "",
        entry_format=extension(raw, names.ENTRY_FORMAT) or "",
        calculation=_calculation(raw),
    )


def _tree(raw: Any, contained: Mapping[str, Any], seen: set[str]) -> tuple[Item, ...]:
    # The reader bounds the depth, so this recursion ends well before Python's own bound.
    found = []
    for one in raw if isinstance(raw, list) else ():
        if not isinstance(one, dict) or not _text(one, "linkId") or one["linkId"] in seen:
            continue
        seen.add(one["linkId"])
        found.append(_item(one, _tree(one.get("item"), contained, seen), contained))
    return tuple(found)


def parse(raw: Mapping[str, Any]) -> Definition:
    """The definition held by this JSON; what is malformed is left out. The first item of a linkId wins."""
    held = raw.get("contained")
    contained = {_text(one, "id"): one for one in (held if isinstance(held, list) else ()) if isinstance(one, dict)}
    items = _tree(raw.get("item"), contained, set())
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
    )
