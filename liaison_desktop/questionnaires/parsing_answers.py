"""The permitted answers of an item: its own, or those of a value set inside the form or shipped here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from liaison_desktop.questionnaires import names
from liaison_desktop.questionnaires.definition import Option, extension, value_of
from liaison_desktop.questionnaires.terminology import value_set

Contained = Mapping[str, Mapping[str, Any]]
_DEEPEST = 20  # value sets that include each other


def _text(raw: Mapping[str, Any], key: str) -> str:
    value = raw.get(key)
    return value if isinstance(value, str) else ""


def _list(raw: Any, key: str) -> list[Any]:
    held = raw.get(key) if isinstance(raw, dict) else None
    return [one for one in held if isinstance(one, dict)] if isinstance(held, list) else []


def label_of(key: str, value: Any) -> str:
    """What a person reads for a permitted answer."""
    if key == "valueCoding" and isinstance(value, dict):
        return _text(value, "display") or _text(value, "code")
    if key == "valueReference" and isinstance(value, dict):
        return _text(value, "display") or _text(value, "reference")
    if key == "valueQuantity" and isinstance(value, dict):
        return f"{value.get('value', '')} {value.get('unit') or value.get('code') or ''}".strip()
    return str(value)


def option_of(key: str, value: Any, raw: Mapping[str, Any] | None = None) -> Option:
    """A permitted answer of that value; `raw` is where it was given, with its extensions."""
    held = raw or {}
    coding = value if isinstance(value, dict) else {}
    return Option(
        key=key,
        value=value,
        label=label_of(key, value),
        code=_text(coding, "code") if key == "valueCoding" else str(value),
        exclusive=extension(held, names.EXCLUSIVE, bool) is True,
        unable=extension(held, names.UNABLE_OPTION, bool) is True,
        reason=extension(held, names.REASON_OPTION, bool) is True,
        prefix=extension(held, names.OPTION_PREFIX) or extension(coding, names.OPTION_PREFIX) or "",
        initial=held.get("initialSelected") is True,
    )


def own_options(raw: Mapping[str, Any]) -> tuple[Option, ...]:
    """The permitted answers written beside the item."""
    return tuple(option_of(*value_of(one), one) for one in _list(raw, "answerOption") if value_of(one)[0])


def set_options(address: str, contained: Contained) -> tuple[tuple[Option, ...], bool]:
    """The codes of a value set inside the form, or of one that is shipped, and whether all of them are known."""
    codings = _codings(address, contained, 0)
    if codings is None:
        return (), False
    return tuple(option_of("valueCoding", coding) for coding in codings), bool(codings)


def _resource(address: str, contained: Contained) -> Mapping[str, Any] | None:
    if address.startswith("#"):
        return contained.get(address[1:])
    url = address.partition("|")[0]
    inside = next((one for one in contained.values() if one.get("url") == url), None) if url else None
    return value_set(address) if inside is None else inside


def _codings(address: str, contained: Contained, depth: int) -> list[dict[str, Any]] | None:
    """The codings of a value set; None where some of them lie elsewhere."""
    held = _resource(address, contained)
    if held is None or depth > _DEEPEST:
        return None
    if isinstance(held.get("expansion"), dict):
        return list(_expanded(_list(held["expansion"], "contains")))
    compose = held.get("compose")
    found: list[dict[str, Any]] = []
    for include in _list(compose, "include"):
        part = _included(include, contained, depth)
        if part is None:
            return None
        found += part
    for exclude in _list(compose, "exclude"):
        part = _included(exclude, contained, depth)
        if part is None:
            return None
        gone = {(one.get("system"), one.get("code")) for one in part}
        found = [one for one in found if (one.get("system"), one.get("code")) not in gone]
    return found


def _expanded(contains: list[Any]) -> Iterator[dict[str, Any]]:
    waiting = list(reversed(contains))
    while waiting:
        one = waiting.pop()
        # An abstract entry is a heading: it groups others and cannot be chosen.
        if _text(one, "code") and one.get("abstract") is not True:
            yield _coding(one, _text(one, "system"))
        waiting += reversed(_list(one, "contains"))


def _coding(raw: Mapping[str, Any], system: str) -> dict[str, Any]:
    kept = {key: raw[key] for key in ("version", "code", "display", "extension") if key in raw}
    return {**({"system": system} if system else {}), **kept}


def _included(include: Mapping[str, Any], contained: Contained, depth: int) -> list[dict[str, Any]] | None:
    if include.get("filter"):
        return None
    system, sets = _text(include, "system"), include.get("valueSet")
    found: list[dict[str, Any]] | None = None
    if _list(include, "concept"):
        found = [_coding(one, system) for one in _list(include, "concept") if _text(one, "code")]
    elif system:
        codes = _resource(system, contained)
        if codes is None or codes.get("resourceType") != "CodeSystem":
            return None
        found = [_coding(one, system) for one in _concepts(_list(codes, "concept"))]
    for address in sets if isinstance(sets, list) else ():
        part = _codings(address, contained, depth + 1) if isinstance(address, str) else None
        if part is None:
            return None
        # A code system and value sets in one include: only what is in all of them.
        keys = {(one.get("system"), one.get("code")) for one in part}
        found = part if found is None else [o for o in found if (o.get("system"), o.get("code")) in keys]
    return found


def _concepts(concepts: list[Any]) -> Iterator[dict[str, Any]]:
    waiting = list(reversed(concepts))
    while waiting:
        one = waiting.pop()
        if _text(one, "code"):
            yield one
        waiting += reversed(_list(one, "concept"))
