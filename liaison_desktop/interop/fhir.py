"""FHIR R4 on its way out: a Bundle is judged by published models before it leaves, and must come back as it went.

The models are those of namespace R4B (FHIR 4.3, the nearest that is kept; 4.0.1 and 4.3 agree on what is written here).
The root of the package is R5 and would drop what R5 does not know without a word; a test of the house forbids it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any


def bundle_faults(bundle: Mapping[str, Any]) -> tuple[str, ...]:
    """What is wrong with a Bundle, each with the place where; empty if nothing is.

    A message names the place and the kind of fault, never a value: values are health records.
    """
    from fhir.resources.R4B.bundle import Bundle
    from pydantic import ValidationError

    try:
        read = Bundle.model_validate_json(_text(bundle))
    except ValidationError as error:
        return tuple(
            _told(fault["loc"], fault["type"]) for fault in error.errors(include_input=False, include_url=False)
        )
    again = json.loads(read.model_dump_json(exclude_none=True), parse_float=Decimal)
    lost = [f"{place}: does not come back as it went" for place in _differences(_plain(bundle), again, "Bundle")]
    return (*lost, *_dangling(_plain(bundle)))


def _text(bundle: Mapping[str, Any]) -> str:
    return json.dumps(bundle, ensure_ascii=False, default=str)


def _plain(bundle: Mapping[str, Any]) -> Any:
    return json.loads(_text(bundle), parse_float=Decimal)


def _told(place: tuple[int | str, ...], kind: str) -> str:
    return f"{'.'.join(map(str, ('Bundle', *place)))}: {kind.replace('_', ' ')}"


def _differences(went: Any, came: Any, place: str) -> Iterator[str]:
    if isinstance(went, dict) and isinstance(came, dict):
        for key in went.keys() | came.keys():
            yield from _differences(went.get(key), came.get(key), f"{place}.{key}")
    elif isinstance(went, list) and isinstance(came, list) and len(went) == len(came):
        for number, (left, right) in enumerate(zip(went, came, strict=True)):
            yield from _differences(left, right, f"{place}[{number}]")
    elif went != came and not _same_moment(went, came):
        yield place


def _same_moment(went: Any, came: Any) -> bool:
    """FHIR's instants may be written with Z or +00:00."""
    if not (isinstance(went, str) and isinstance(came, str)):
        return False
    return went.replace("Z", "+00:00") == came.replace("Z", "+00:00")


def _dangling(bundle: Any) -> Iterator[str]:
    """References inside a Bundle that lead to none of its entries."""
    entries = bundle.get("entry", [])
    there = {entry.get("fullUrl") for entry in entries}
    for number, entry in enumerate(entries):
        for place, reference in _references(entry.get("resource", {}), f"Bundle.entry[{number}].resource"):
            if reference.startswith("urn:uuid:") and reference not in there:
                yield f"{place}: refers to nothing in this bundle"


def _references(value: Any, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "reference" and isinstance(inner, str):
                yield f"{place}.reference", inner
            else:
                yield from _references(inner, f"{place}.{key}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _references(inner, f"{place}[{number}]")
