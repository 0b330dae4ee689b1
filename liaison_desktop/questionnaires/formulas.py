"""Expressions of a form over its live answers: variables in their scope, what was looked at, what went wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from liaison_desktop.questionnaires.definition import Formula
from liaison_desktop.questionnaires.fhirpath.engine import compiled, element
from liaison_desktop.questionnaires.fhirpath.forms import weights
from liaison_desktop.questionnaires.fhirpath.kinds import ExpressionFault, Items, RunsAway
from liaison_desktop.questionnaires.fhirpath.running import MOST_STEPS, Run
from liaison_desktop.questionnaires.nodes import Node
from liaison_desktop.questionnaires.places import NodePlace, SheetPlace, Watch

if TYPE_CHECKING:
    from liaison_desktop.questionnaires.response import Sheet

FHIRPATH = "text/fhirpath"
MOST_STEPS_AT_ONCE = 1_000_000  # for all the expressions that one answer touches: about a second


class Value(msgspec.Struct, frozen=True, eq=False):
    """What an expression gave, what it looked at, and why it gave nothing if it failed."""

    items: Items
    seen: frozenset[str]
    fault: str = ""
    uses_given: bool = False  # it looked at the launch context
    misses_given: bool = False  # it would have, had somebody given it


class Formulas:
    """The expressions of one sheet. `given` are the resources of the launch context, by name."""

    def __init__(self, sheet: Sheet, given: Mapping[str, Any] | None = None, now: dt.datetime | None = None) -> None:
        self.sheet = sheet
        self.given = dict(given or {})
        self.now = now or dt.datetime.now().astimezone()
        self.left = MOST_STEPS_AT_ONCE
        self.stopped: dict[str, str] = {}
        self._uses_given = self._misses_given = False
        self._known: dict[tuple[int, int], Value] = {}
        self._open: set[tuple[int, int]] = set()
        self._weights: Mapping[tuple[str, str], Any] | None = None

    def renew_steps(self) -> None:
        """Gives the next round of expressions its steps; those that ran away stay stopped."""
        self.left = MOST_STEPS_AT_ONCE

    def forget(self, changed: set[str] | None) -> None:
        """Drops the variables that looked at one of these linkIds; None: all of them."""
        if changed is None:
            self._known.clear()
        else:
            for key in [key for key, held in self._known.items() if not held.seen.isdisjoint(changed)]:
                del self._known[key]

    def value(self, formula: Formula, node: Node | None) -> Value:
        """The value for an occurrence of an item (None: for the whole form). Never raises; a fault is told in it."""
        if formula.language != FHIRPATH:
            return Value([], frozenset(), f"{formula.language[:40]} is not a language this application works out.")
        if formula.text in self.stopped:
            return Value([], frozenset(), self.stopped[formula.text])
        expression = compiled(formula.text)
        if isinstance(expression, ExpressionFault):
            return Value([], frozenset(), str(expression))
        watch = Watch(self.sheet.definition)
        whole = SheetPlace(self.sheet, watch)
        focus: Any = whole if node is None else NodePlace(node, watch)
        run = Run(self._lookup(formula, node, focus, watch), self.now, [whole])
        allowed = run.left = min(MOST_STEPS, self.left)
        items: Items = []
        fault = ""
        before, self._uses_given, self._misses_given = (self._uses_given, self._misses_given), False, False
        try:
            items = expression.run(run, [focus])
        except RunsAway as runaway:
            fault = str(runaway)
            # It would run away again with the next answer: once is enough.
            self.stopped[formula.text] = fault
        except ExpressionFault as found:
            fault = str(found)
        self.left -= allowed - max(0, run.left)
        value = Value(items, frozenset(watch.seen), fault, self._uses_given, self._misses_given)
        self._uses_given, self._misses_given = before[0] or value.uses_given, before[1] or value.misses_given
        return value

    def _lookup(self, formula: Formula, node: Node | None, focus: Any, watch: Watch) -> Callable[[str], Items | None]:
        def look(name: str) -> Items | None:
            if name == "context":
                return [focus]
            if name == "questionnaire":
                return [element(self.sheet.definition.raw)]
            if name == "qitem":
                return [] if node is None else [element(node.item.raw)]
            if name == "weights of the form":
                if self._weights is None:
                    self._weights = weights(self.sheet.definition.raw)
                return [self._weights]
            return self._variable(name, formula, node, watch)

        return look

    def _variable(self, name: str, asking: Formula, node: Node | None, watch: Watch) -> Items | None:
        at = node
        while True:
            held = self.sheet.definition.variables if at is None else at.item.variables
            # A variable may build on one of its own name further out.
            found = next((one for one in held if one.name == name and one is not asking), None)
            if found is not None and (id(found), id(at)) not in self._open:
                return self._worked_out(found, at, watch)
            if found is not None:
                raise ExpressionFault("The variables run in a circle.")
            if at is None:
                break
            at = at.parent
        if name in self.given:
            self._uses_given = True
            raw = self.given[name]
            return [element(one) for one in (raw if isinstance(raw, list) else [raw])]
        if name not in self.sheet.definition.launch:
            return None
        self._misses_given = True
        return []

    def _worked_out(self, formula: Formula, at: Node | None, watch: Watch) -> Items:
        key = (id(formula), id(at))
        held = self._known.get(key)
        if held is None:
            self._open.add(key)
            try:
                held = self._known[key] = self.value(formula, at)
            finally:
                self._open.discard(key)
        watch.seen |= held.seen
        self._uses_given = self._uses_given or held.uses_given
        self._misses_given = self._misses_given or held.misses_given
        if held.fault:
            raise ExpressionFault(held.fault)
        # What is looked at through a variable is looked at by whoever uses it.
        return [one.seen_by(watch) if hasattr(one, "seen_by") else one for one in held.items]
