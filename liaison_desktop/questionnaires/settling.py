"""After an answer: which items are asked now, and which answers follow from others, until nothing moves any more.

Conditions are looked at by the plan (`enablement`); expressions are worked out again when an answer they looked at last
time has changed. Whatever the order, what remains is the same as if everything were worked out anew, unless the form
runs in a circle: then it is stopped, and `unsettled` says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desktop.questionnaires import names
from liaison_desktop.questionnaires.definition import Formula, extension
from liaison_desktop.questionnaires.enablement import settle
from liaison_desktop.questionnaires.fhirpath.kinds import ExpressionFault
from liaison_desktop.questionnaires.formulas import FHIRPATH, Formulas, Value
from liaison_desktop.questionnaires.nodes import Answer, Node
from liaison_desktop.questionnaires.worked_answers import answers_of

if TYPE_CHECKING:
    from liaison_desktop.questionnaires.response import Sheet

_CONDITION, _CALCULATION = "condition", "calculation"


class Settling:
    """What one sheet has worked out so far."""

    def __init__(self, sheet: Sheet, formulas: Formulas) -> None:
        self.sheet = sheet
        self.formulas = formulas
        self.unsettled: tuple[str, ...] = ()
        self._faults: dict[tuple[str, str], str] = {}  # which expression of which item gives nothing, and why
        self.keep_given = False  # a finished response keeps the answers it came with
        self.disputed: list[Node] = []  # such answers, where the form would work out others
        self._verdicts: dict[int, bool] = {}
        self._seen: dict[tuple[str, str], frozenset[str]] = {}
        plan = sheet.plan
        self._tasks = [(_CONDITION, one) for one in plan.formula_conditions]
        self._tasks += [(_CALCULATION, one) for one in plan.calculated]

    def verdict(self, node: Node) -> bool:
        """Whether an item's own expression lets it be asked; one that cannot be worked out hides nothing."""
        return self._verdicts.get(id(node), True)

    @property
    def faults(self) -> dict[str, str]:
        """Why an item's expressions give nothing now, by its linkId."""
        return {link_id: words for (_, link_id), words in self._faults.items() if words}

    def note_fault(self, kind: str, link_id: str, words: str) -> None:
        """Keeps why an expression gives nothing; blank: it gives something again."""
        if words:
            self._faults[kind, link_id] = words
        else:
            self._faults.pop((kind, link_id), None)

    def all(self) -> tuple[Node, ...]:
        """Works out everything anew: after reading, and after an occurrence came or went."""
        self._verdicts.clear()
        self._seen.clear()
        self.disputed.clear()
        return self._until_nothing_moves(None)

    def after(self, changed: str) -> tuple[Node, ...]:
        """Works out what an answer to that question touches."""
        # With an answer the items below it come and go, so what they ask is looked at as well.
        return self._until_nothing_moves(set(self.sheet.definition.subtree(changed)))

    def _until_nothing_moves(self, touched: set[str] | None) -> tuple[Node, ...]:
        sheet = self.sheet
        self.formulas.renew_steps()
        self.unsettled = ()
        told: dict[int, tuple[Node, bool]] = {}
        answers = touched  # what the plan has not looked at yet; conditions follow it in one pass, in order
        rounds = 2 * len(self._tasks) + 3
        while rounds:
            rounds -= 1
            self.formulas.forget(touched)
            due = [one for one in self._tasks if touched is None or self._is_due(one, touched)]
            opened = {link_id for kind, link_id in due if kind == _CONDITION and self._conditions(link_id)}
            changed = self._look_again(None if answers is None else answers | opened, opened)
            for node in changed:
                told.setdefault(id(node), (node, not node.enabled))
            moved = {node.item.link_id for node in changed}
            # What has just begun to be asked may be worked out at once; what is not asked any more is left alone.
            if moved:
                self.formulas.forget(moved)
            again = due if touched is None else [one for one in self._tasks if self._is_due(one, touched | moved)]
            worked = {link_id for kind, link_id in again if kind == _CALCULATION and self._calculate(link_id)}
            answers = {one for link_id in worked for one in sheet.definition.subtree(link_id)}
            touched = moved | answers
            if not touched:
                break
        self.unsettled = tuple(sorted(touched or ()))
        return tuple(node for node, before in told.values() if node.enabled is not before)

    def _look_again(self, answers: set[str] | None, opened: set[str]) -> tuple[Node, ...]:
        """Asks the conditions that these answers touch; None: all of them."""
        sheet, plan = self.sheet, self.sheet.plan
        look = set(sheet.definition.index) if answers is None else opened | plan.affected_by(answers)
        ordered = sorted(look, key=plan.rank.__getitem__)
        nodes = (node for link_id in ordered for node in sheet.nodes(link_id))
        return settle(nodes, plan, sheet.children, self._verdicts)

    def _is_due(self, task: tuple[str, str], touched: set[str]) -> bool:
        seen = self._seen.get(task)
        return seen is None or task[1] in touched or not seen.isdisjoint(touched)

    def _leaves(self, formula: Formula | None) -> bool:
        return self.keep_given or formula is None or formula.language != FHIRPATH

    def _value(self, formula: Formula, node: Node, task: tuple[str, str], seen: set[str]) -> Value:
        value = self.formulas.value(formula, node)
        seen |= value.seen
        if value.fault:
            self._faults[task] = value.fault
        return value

    def _conditions(self, link_id: str) -> bool:
        """Asks the item's expression for each occurrence; true if one now says something else."""
        formula = self.sheet.definition.index[link_id].enable_formula
        seen: set[str] = set()
        self._faults.pop((_CONDITION, link_id), None)
        moved = False
        for node in self.sheet.nodes(link_id) if formula is not None else ():
            value = self._value(formula, node, (_CONDITION, link_id), seen)  # type: ignore[arg-type]
            # One thing that is no boolean counts as true, as everywhere in the language; several or none do not.
            verdict = bool(value.fault) or (len(value.items) == 1 and value.items[0] is not False)
            moved = moved or self.verdict(node) is not verdict
            self._verdicts[id(node)] = verdict
        self._seen[_CONDITION, link_id] = frozenset(seen)
        return moved

    def _calculate(self, link_id: str) -> bool:
        """Works out the item's answer for each occurrence that is asked; true if one has changed."""
        item = self.sheet.definition.index[link_id]
        seen: set[str] = set()
        moved = False
        self._faults.pop((_CALCULATION, link_id), None)
        for node in self.sheet.nodes(link_id) if item.calculation is not None else ():
            if not node.enabled or is_overridden(node):
                continue
            value = self._value(item.calculation, node, (_CALCULATION, link_id), seen)  # type: ignore[arg-type]
            try:
                wanted = [] if value.fault else answers_of(value.items, item)
            except ExpressionFault as fault:
                self._faults[_CALCULATION, link_id], wanted = str(fault), []
            if node.answers and (value.misses_given or (value.fault and self._leaves(item.calculation))):
                # Worked out elsewhere, or while somebody gave the launch context: there is nothing to put in its place.
                continue
            if [(one.key, one.value) for one in node.answers] != wanted:
                if self.keep_given and node.answers:
                    self.disputed.append(node)
                    continue
                node.answers = [Answer(*pair) for pair in wanted]
                self.sheet.renew(node)
                moved = True
        self._seen[_CALCULATION, link_id] = frozenset(seen)
        return moved


def is_overridden(node: Node) -> bool:
    """Whether a person gave another answer than the form calculates."""
    return extension(node.extra, names.OVERRIDDEN, bool) is True
