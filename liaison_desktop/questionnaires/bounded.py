"""A form whose numbers are held to the bands that are in force where it is filled in, not to those it came with.

The form itself stays what was released: its JSON, version and hash are the same, and answers stay pinned to them.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

import msgspec

from liaison_desktop.questionnaires.definition import Definition, Item

replace = msgspec.structs.replace


class Bounds(NamedTuple):
    """The implausible band, and the abnormal one or None."""

    low: Decimal
    high: Decimal
    warn_low: Decimal | None = None
    warn_high: Decimal | None = None


def with_bounds(definition: Definition, bounds: Mapping[str, Bounds]) -> Definition:
    """The form with these bands at these questions; the very same form if it has them already."""
    known = definition.index
    changed = {name: held for name, held in bounds.items() if name in known and _bounds(known[name]) != held}
    if not changed:
        return definition
    items = tuple(_held_to(item, changed) for item in definition.items)
    made = replace(definition, items=items)
    return replace(made, index={item.link_id: item for item in made.walk()})


def _bounds(item: Item) -> Bounds:
    return Bounds(item.low, item.high, item.warn_low, item.warn_high)


def _held_to(item: Item, changed: Mapping[str, Bounds]) -> Item:
    below = tuple(_held_to(child, changed) for child in item.items)
    same = all(one is other for one, other in zip(below, item.items, strict=True))
    made = item if same else replace(item, items=below)
    return replace(made, **changed[item.link_id]._asdict()) if item.link_id in changed else made
