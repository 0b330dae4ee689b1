"""What the expressions of a form say against a sheet: constraints that do not hold, and what could not be worked out."""

from __future__ import annotations

from collections.abc import Iterator

from liaison_desktop.questionnaires.definition import Constraint
from liaison_desktop.questionnaires.nodes import Node
from liaison_desktop.questionnaires.outcome import Issue, error, note, warning
from liaison_desktop.questionnaires.places import is_there
from liaison_desktop.questionnaires.pointing import ANSWERS, place_of
from liaison_desktop.questionnaires.response import Sheet
from liaison_desktop.questionnaires.validating_answers import called


def formula_issues(sheet: Sheet) -> Iterator[Issue]:
    """The issues, those of the whole form first."""
    sheet.formulas.renew_steps()
    for constraint in sheet.definition.constraints:
        yield from _held(sheet, constraint, None)
    for item in sheet.plan.constrained:
        for node in sheet.nodes(item.link_id):
            # What is not asked, or not there, is held to nothing.
            if node.enabled and is_there(node):
                for constraint in item.constraints:
                    yield from _held(sheet, constraint, node)
    settling = sheet.settling
    for link_id in settling.unsettled:
        yield error("processing", "The expressions of the form run in a circle and were stopped.", link_id, at=ANSWERS)
    for link_id, words in settling.faults.items():
        yield warning("processing", f"An expression of this item gives nothing. {words}", link_id, at=ANSWERS)
    for node in settling.disputed:
        yield warning(
            "business-rule",
            f"{called(node.item)} has another answer than the form works out.",
            node.item.link_id,
            node.key,
            place_of(node),
        )


def _held(sheet: Sheet, constraint: Constraint, node: Node | None) -> Iterator[Issue]:
    link_id, where, at = (node.item.link_id, node.key, place_of(node)) if node is not None else ("", "", ANSWERS)
    value = sheet.formulas.value(constraint.formula, node)
    if value.fault:
        yield warning("processing", f"A constraint cannot be worked out. {value.fault}", link_id, where, at)
    elif value.items == [False]:
        words = constraint.human.strip() or f"The constraint {constraint.key[:40]} does not hold."
        told = warning if constraint.severity == "warning" else error
        yield told("invariant", words, link_id, where, at)
    elif len(value.items) > 1:
        yield note("A constraint gives several values where true or false is meant.", link_id, at)
