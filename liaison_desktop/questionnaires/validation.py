"""What is missing or wrong in a sheet: required answers, repeats, types, ranges, lengths, permitted answers, units.

An item that is not asked needs no answer; a group that is absent asks for nothing inside it, unless it is itself
required; a required group needs one answered item that is asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from liaison_desktop.questionnaires.definition import Item
from liaison_desktop.questionnaires.marks import reason_of, unable_reason
from liaison_desktop.questionnaires.nodes import Answer, Node
from liaison_desktop.questionnaires.outcome import Issue, Level, error, note, warning
from liaison_desktop.questionnaires.pointing import place_of, value_place
from liaison_desktop.questionnaires.response import Sheet
from liaison_desktop.questionnaires.validating_answers import answer_faults, bounds_of, called, in_unit, unasked_pattern
from liaison_desktop.questionnaires.validating_formulas import formula_issues
from liaison_desktop.questionnaires.values import is_number

FINISHED = ("completed", "amended")


def validate(sheet: Sheet, *, status: str = "completed") -> list[Issue]:
    """All issues. In an unfinished form a blank is a warning; in a finished one (completed, amended) an error."""
    issues: list[Issue] = []
    for item in sheet.definition.items:
        issues += _of_item(item, sheet.children.get(item.link_id, []), sheet)
    issues += formula_issues(sheet)
    if status in FINISHED:
        return issues
    return [_softened(issue) for issue in issues]


def validate_node(node: Node, sheet: Sheet | None = None) -> list[Issue]:
    """The issues of one question's answers: what a screen asks after each answer.

    With the sheet, permitted answers and bounds that an expression gives are known too.
    """
    return list(_of_answers(node, sheet))


def missing(sheet: Sheet) -> list[Node]:
    """The questions and groups that must be answered before the form can be finished, in the order of the form."""
    keys = [issue.where for issue in validate(sheet) if issue.code == "required"]
    found = (sheet.find(key) for key in keys)
    return [node for node in found if node is not None]


def _softened(issue: Issue) -> Issue:
    if issue.code not in ("required", "business-rule") or issue.severity is not Level.ERROR:
        return issue
    return warning(issue.code, issue.diagnostics, issue.link_id, issue.where, issue.at)


def answered(node: Node) -> bool:
    """Whether a question has an answer, or a group an answered question that is asked."""
    if not node.enabled:
        return False
    if node.item.is_question:
        return bool(node.answers) or _excused(node)
    return any(answered(below) for below in node.below())


def _excused(node: Node) -> bool:
    return node.item.unable_allowed and bool(unable_reason(node))


def _of_item(item: Item, nodes: list[Node], sheet: Sheet) -> Iterator[Issue]:
    asked = [node for node in nodes if node.enabled]
    for node in nodes:
        if not node.enabled and any(_holds_answers(one) for one in node.walk()):
            parent = node.parent
            if parent is None or parent.enabled:
                yield error(
                    "business-rule",
                    f"{called(item)} holds an answer but is not asked.",
                    item.link_id,
                    node.key,
                    place_of(node),
                )
    if not asked:
        return
    present = [node for node in asked if answered(node)]
    for node in asked:
        if item.is_question:
            yield from _of_answers(node, sheet)
    if item.required and item.type != "display" and not present:
        yield from _missing(item, asked[0], sheet)
    else:
        for node in asked:
            if item.type == "group" and (node in present or _holds_answers(node)):
                yield from _inside(node, sheet)
    yield from _of_repeats(item, asked, present)
    for node in asked:
        for answer in node.answers:
            for child in item.items:
                yield from _of_item(child, answer.children.get(child.link_id, []), sheet)


def _holds_answers(node: Node) -> bool:
    return bool(node.answers) or any(_holds_answers(below) for below in node.below())


def _missing(item: Item, node: Node, sheet: Sheet) -> Iterator[Issue]:
    inside = list(_inside(node, sheet)) if item.type == "group" else []
    if any(issue.code == "required" for issue in inside):
        yield from inside
        return
    yield from inside
    if item.is_question and unable_reason(node) == "":
        yield error(
            "required",
            f"{called(item)} says it could not be assessed, but not why.",
            item.link_id,
            node.key,
            place_of(node),
        )
        return
    words = "needs an answer to one of its questions" if item.type == "group" else "needs an answer"
    yield error("required", f"{called(item)} {words}.", item.link_id, node.key, place_of(node))


def _inside(node: Node, sheet: Sheet) -> Iterator[Issue]:
    for child in node.item.items:
        yield from _of_item(child, node.children.get(child.link_id, []), sheet)


def _of_repeats(item: Item, asked: list[Node], present: list[Node]) -> Iterator[Issue]:
    if len(asked) > 1 and not (item.repeats and item.type == "group"):
        yield error(
            "structure", f"{called(item)} appears {len(asked)} times.", item.link_id, asked[0].key, place_of(asked[0])
        )
    count = len(present) if item.type == "group" else max((len(node.answers) for node in asked), default=0)
    if item.type != "group" and count > 1 and not item.repeats:
        yield error(
            "structure",
            f"{called(item)} takes one answer and has {count}.",
            item.link_id,
            asked[0].key,
            place_of(asked[0]),
        )
    if item.max_occurs is not None and count > item.max_occurs:
        yield error(
            "business-rule",
            f"{called(item)} takes at most {item.max_occurs}, and has {count}.",
            item.link_id,
            asked[0].key,
            place_of(asked[0]),
        )
    if item.min_occurs is not None and 0 < count < item.min_occurs:
        yield error(
            "required",
            f"{called(item)} needs at least {item.min_occurs}, and has {count}.",
            item.link_id,
            asked[0].key,
            place_of(asked[0]),
        )


def _of_answers(node: Node, sheet: Sheet | None) -> Iterator[Issue]:
    item = node.item
    options = sheet.options(node) if sheet is not None else item.options
    bounds = bounds_of(node, sheet)
    for answer in node.answers:
        if not answer.key and _says_why(answer):
            told = f"{called(item)} has an answer without a value, which says only why."
            yield warning("incomplete", told, item.link_id, node.key, value_place(node, answer))
            continue
        faults = list(answer_faults(item, answer, options, bounds))
        for code, words in faults:
            yield error(code, f"{called(item)} {words}.", item.link_id, node.key, value_place(node, answer))
        if not faults:
            yield from _of_range(node, answer)
        if unasked_pattern(item, answer):
            yield note(
                f"{called(item)}: its form is asked for in a way that cannot be checked safely.",
                item.link_id,
                value_place(node, answer),
            )
    chosen = node.chosen()
    if len(node.answers) > 1 and any(option.exclusive for option in chosen):
        yield error(
            "business-rule",
            f"{called(item)} has an answer that allows no other.",
            item.link_id,
            node.key,
            place_of(node),
        )
    if any(option.unable or option.reason for option in chosen) and not reason_of(node).strip():
        yield error(
            "required", f"{called(item)} has an answer that needs its reason.", item.link_id, node.key, place_of(node)
        )
    if not item.options_known and not options and item.type in ("choice", "open-choice") and node.answers:
        yield note(
            f"{called(item)}: the permitted answers are not in this file, so they were not checked.",
            item.link_id,
            place_of(node),
        )


def _says_why(answer: Answer) -> bool:
    # In R4 an answer may have an extension in place of its value, such as the reason why the value is absent.
    return "extension" in answer.extra or any(name.startswith("_value") for name in answer.extra)


def _of_range(node: Node, answer: Answer) -> Iterator[Issue]:
    item, value = node.item, answer.value
    amount = in_unit(item, value) if answer.key == "valueQuantity" else Decimal(value) if is_number(value) else None
    if amount is None:
        return
    if item.warn_low is not None and amount < item.warn_low:
        yield warning(
            "business-rule",
            f"{called(item)} is below {item.warn_low}.",
            item.link_id,
            node.key,
            value_place(node, answer),
        )
    if item.warn_high is not None and amount > item.warn_high:
        yield warning(
            "business-rule",
            f"{called(item)} is above {item.warn_high}.",
            item.link_id,
            node.key,
            value_place(node, answer),
        )
