"""A facility's own ranges: where a number is a slip, and what is usual. Which measures there are is not for a file to say.

[ranges.spo2]
low = 88
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import msgspec

from liaison_desktop.policies.own_radar import Wrong, short
from liaison_desktop.policies.range_rules import RangeRule

_KNOWN = ("least", "low", "high", "most")


def own_ranges(held: Any, built_in: Mapping[str, RangeRule]) -> Mapping[str, RangeRule]:
    """The built-in ranges with the changes of a file over them. Raises Wrong."""
    if not isinstance(held, dict):
        raise Wrong(("ranges",), "“ranges” is a table, written [ranges.spo2] and the like.")
    return {**built_in, **{name: _range(name, one, built_in) for name, one in held.items()}}


def _range(name: str, held: Any, built_in: Mapping[str, RangeRule]) -> RangeRule:
    path = ("ranges", name)
    before = built_in.get(name)
    if before is None:
        raise Wrong(path, f"There is no measure “{short(name)}”.")
    if not isinstance(held, dict):
        raise Wrong(path, f"A range is a table, written [ranges.{name}].")
    for part, value in held.items():
        if part not in _KNOWN:
            raise Wrong((*path, part), f"“{short(part)}” cannot be changed; what can is {', '.join(_KNOWN)}.")
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise Wrong((*path, part), f"The {part} of {name} is a number.")
    try:
        return msgspec.structs.replace(before, **{part: float(value) for part, value in held.items()})
    except ValueError as error:
        raise Wrong(path, f"{name}: {error}.") from None
