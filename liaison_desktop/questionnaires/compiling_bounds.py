"""The bands of numbers in the short notation: what is implausible, what is abnormal, how many decimals."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from liaison_desktop.errors import Unreadable
from liaison_desktop.questionnaires import names
from liaison_desktop.questionnaires.notation import UNITS


def _band(source: Mapping[str, Any], key: str) -> list[Decimal | int | None]:
    if key not in source:
        return [None, None]
    sides = str(source[key]).split("..")
    if len(sides) != 2 or not all(re.fullmatch(r"(-?\d+(\.\d+)?)?", side) for side in sides):
        raise Unreadable(f"Item {source['id']}: {key} is not two numbers such as 40..300.")
    return [None if not side else Decimal(side) if "." in side else int(side) for side in sides]


def bounds(source: Mapping[str, Any], kind: str) -> Iterator[dict[str, Any]]:
    """The extensions of `range`, `normal` and `decimals`."""
    low, high = _band(source, "range")
    for bound, plain, measured in (
        (low, names.MIN_VALUE, names.MIN_QUANTITY),
        (high, names.MAX_VALUE, names.MAX_QUANTITY),
    ):
        if bound is None:
            continue
        if kind == "quantity":
            first = str((source.get("units") or [""])[0])
            code, label = UNITS.get(first, (first, first))
            yield {
                "url": measured,
                "valueQuantity": {"value": bound, "unit": label, "system": names.UCUM, "code": code},
            }
        else:
            yield {"url": plain, ("valueInteger" if kind == "integer" else "valueDecimal"): bound}
    warn = [
        {"url": side, "valueDecimal": bound}
        for side, bound in zip(("low", "high"), _band(source, "normal"), strict=True)
        if bound is not None
    ]
    if warn:
        yield {"url": names.ABNORMAL, "extension": warn}
    if "decimals" in source:
        yield {"url": names.MAX_DECIMALS, "valueInteger": source["decimals"]}
