"""One run of an expression: its steps are counted, its variables found, its moment fixed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Context
from typing import Any, TypeAlias

from liaison_desktop.questionnaires.fhirpath.kinds import ExpressionFault, Items, Moment, RunsAway

MOST_STEPS = 100_000  # about an eighth of a second
MOST_ITEMS = 50_000
MOST_TEXT = 200_000
NUMBERS = Context(prec=28, Emax=999, Emin=-999)

Step: TypeAlias = "Callable[[Run, Items], Items]"


class Run:
    """What an expression sees besides what it starts from."""

    __slots__ = ("index", "left", "locals", "lookup", "now", "resource", "this", "total")

    def __init__(self, lookup: Callable[[str], Items | None], now: dt.datetime, resource: Items) -> None:
        self.lookup = lookup
        self.now = now
        self.resource = resource
        self.this: Items = []
        self.index = 0
        self.total: Items = []
        self.locals: Mapping[str, Items] = {}
        self.left = MOST_STEPS

    def spend(self, steps: int) -> None:
        """Counts steps. Raises RunsAway when there were too many."""
        self.left -= steps + 1
        if self.left < 0:
            raise RunsAway("The expression takes too many steps and was stopped.")

    def variable(self, name: str) -> Items:
        """The value of `%name`. Raises ExpressionFault for one that nobody gave."""
        if name in self.locals:
            return self.locals[name]
        found = self.lookup(name)
        if found is None:
            raise ExpressionFault(f"The expression uses %{name[:40]}, which nobody gives.")
        return found


def single(items: Items) -> Any:
    """The one item, or None. Raises ExpressionFault for several."""
    if len(items) > 1:
        raise ExpressionFault("The expression expects one value where there are several.")
    return items[0] if items else None


def truth(items: Items) -> bool | None:
    """A collection as true or false: one item that is no boolean counts as true; none is None."""
    item = single(items)
    return item if item is None or isinstance(item, bool) else True


def said(value: bool | None) -> Items:
    """A truth as a collection."""
    return [] if value is None else [value]


def text_of(items: Items) -> str | None:
    """The one text, or None. A moment gives its text. Raises ExpressionFault for anything else."""
    item = single(items)
    if isinstance(item, Moment):
        return item.text
    if item is not None and not isinstance(item, str):
        raise ExpressionFault("The expression expects text where there is something else.")
    return item


def whole_of(items: Items) -> int | None:
    """The one whole number, or None. Raises ExpressionFault for anything else."""
    item = single(items)
    if item is not None and (not isinstance(item, int) or isinstance(item, bool)):
        raise ExpressionFault("The expression expects a whole number where there is something else.")
    return item


def bounded_text(text: str) -> Items:
    """The text. Raises RunsAway when it has grown beyond anything meant."""
    if len(text) > MOST_TEXT:
        raise RunsAway("The expression makes a text that is too long.")
    return [text]
