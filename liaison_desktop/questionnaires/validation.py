"""What is missing or wrong in a sheet: required answers, repeats, types, ranges, lengths, permitted answers, units.

An item that is not asked needs no answer; a group that is absent asks for nothing inside it, unless it is itself
required; a required group needs one answered item that is asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from liaison_desktop.questionnaires.definition import Item, Option
from liaison_desktop.questionnaires.marks import reason_of, unable_reason
from liaison_desktop.questionnaires.nodes import Answer, Node
from liaison_desktop.questionnaires.outcome import Issue, Level, error, note, warning
from liaison_desktop.questionnaires.patterns import fits
from liaison_desktop.questionnaires.response import Sheet
from liaison_desktop.questionnaires.values import (
    KEYS_OF_TYPE,
    compare,
    convert,
    is_number,
    same,
    shape_fault,
    unit_of,
)

FINISHED = ("completed", "amended")


def validate(sheet: Sheet, *, status: str = "completed") -> list[Issue]:
    """All issues. In an unfinished form a blank is a warning; in a finished one (completed, amended) an error."""
    issues: list[Issue] = []
    for items, children in ((sheet.definition.items, sheet.children),):
        for item in items:
            issues += _of_item(item, children.get(item.link_id, []))
    if status in FINISHED:
        return issues
    return [_softened(issue) for issue in issues]


def validate_node(node: Node) -> list[Issue]:
    """The issues of one question's answers: what a screen asks after each answer."""
    return list(_of_answers(node))


def missing(sheet: Sheet) -> list[Node]:
    """The questions and groups that must be answered before the form can be finished, in the order of the form."""
    keys = [issue.where for issue in validate(sheet) if issue.code == "required"]
    found = (sheet.find(key) for key in keys)
    return [node for node in found if node is not None]


def _softened(issue: Issue) -> Issue:
    if issue.code not in ("required", "business-rule") or issue.severity is not Level.ERROR:
        return issue
    return warning(issue.code, issue.diagnostics, issue.link_id, issue.where)


def answered(node: Node) -> bool:
    """Whether a question has an answer, or a group an answered question that is asked."""
    if not node.enabled:
        return False
    if node.item.is_question:
        return bool(node.answers) or _excused(node)
    return any(answered(below) for below in node.below())


def _excused(node: Node) -> bool:
    return node.item.unable_allowed and bool(unable_reason(node))


def _of_item(item: Item, nodes: list[Node]) -> Iterator[Issue]:
    asked = [node for node in nodes if node.enabled]
    for node in nodes:
        if not node.enabled and any(_holds_answers(one) for one in node.walk()):
            parent = node.parent
            if parent is None or parent.enabled:
                yield error(
                    "business-rule", f"{_called(item)} holds an answer but is not asked.", item.link_id, node.key
                )
    if not asked:
        return
    present = [node for node in asked if answered(node)]
    for node in asked:
        if item.is_question:
            yield from _of_answers(node)
    if item.required and item.type != "display" and not present:
        yield from _missing(item, asked[0])
    else:
        for node in asked:
            if item.type == "group" and (node in present or _holds_answers(node)):
                yield from _inside(node)
    yield from _of_repeats(item, asked, present)
    for node in asked:
        for answer in node.answers:
            for child in item.items:
                yield from _of_item(child, answer.children.get(child.link_id, []))


def _holds_answers(node: Node) -> bool:
    return bool(node.answers) or any(_holds_answers(below) for below in node.below())


def _missing(item: Item, node: Node) -> Iterator[Issue]:
    inside = list(_inside(node)) if item.type == "group" else []
    if any(issue.code == "required" for issue in inside):
        yield from inside
        return
    yield from inside
    if item.is_question and unable_reason(node) == "":
        yield error("required", f"{_called(item)} says it could not be assessed, but not why.", item.link_id, node.key)
        return
    words = "needs an answer to one of its questions" if item.type == "group" else "needs an answer"
    yield error("required", f"{_called(item)} {words}.", item.link_id, node.key)


def _inside(node: Node) -> Iterator[Issue]:
    for child in node.item.items:
        yield from _of_item(child, node.children.get(child.link_id, []))


def _of_repeats(item: Item, asked: list[Node], present: list[Node]) -> Iterator[Issue]:
    if len(asked) > 1 and not (item.repeats and item.type == "group"):
        yield error("structure", f"{_called(item)} appears {len(asked)} times.", item.link_id, asked[0].key)
    count = len(present) if item.type == "group" else max((len(node.answers) for node in asked), default=0)
    if item.type != "group" and count > 1 and not item.repeats:
        yield error("structure", f"{_called(item)} takes one answer and has {count}.", item.link_id, asked[0].key)
    if item.max_occurs is not None and count > item.max_occurs:
        yield error(
            "business-rule",
            f"{_called(item)} takes at most {item.max_occurs}, and has {count}.",
            item.link_id,
            asked[0].key,
        )
    if item.min_occurs is not None and 0 < count < item.min_occurs:
        yield error(
            "required",
            f"{_called(item)} needs at least {item.min_occurs}, and has {count}.",
            item.link_id,
            asked[0].key,
        )


def _of_answers(node: Node) -> Iterator[Issue]:
    item = node.item
    for answer in node.answers:
        faults = list(_of_answer(item, answer))
        for code, words in faults:
            yield error(code, f"{_called(item)} {words}.", item.link_id, node.key)
        if not faults:
            yield from _of_range(node, answer)
    chosen = node.chosen()
    if len(node.answers) > 1 and any(option.exclusive for option in chosen):
        yield error("business-rule", f"{_called(item)} has an answer that allows no other.", item.link_id, node.key)
    if any(option.unable or option.reason for option in chosen) and not reason_of(node).strip():
        yield error("required", f"{_called(item)} has an answer that needs its reason.", item.link_id, node.key)
    if not item.options_known and item.type in ("choice", "open-choice") and node.answers:
        yield note(
            f"{_called(item)}: the permitted answers are not in this file, so they were not checked.", item.link_id
        )


def _of_answer(item: Item, answer: Answer) -> Iterator[tuple[str, str]]:
    keys = _keys(item)
    if not answer.key:
        yield "structure", "has an answer without a value"
        return
    if answer.key not in keys:
        yield "value", f"takes {' or '.join(key[5:] for key in keys)}, not {answer.key[5:45]!a}"
        return
    if fault := shape_fault(answer.key, answer.value):
        yield "value", f"has an answer that {fault}"
        return
    if item.options and not _permitted(item, answer):
        yield "code-invalid", "has an answer that is none of those permitted"
    if isinstance(answer.value, str):
        yield from _of_text(item, answer.value)
    if answer.key == "valueDecimal" and item.max_decimals is not None and _decimals(answer.value) > item.max_decimals:
        yield "value", f"takes at most {item.max_decimals} decimals"
    if answer.key == "valueQuantity":
        yield from _of_unit(item, answer.value)
    yield from _of_bounds(item, answer)


def _keys(item: Item) -> tuple[str, ...]:
    if item.options and item.type in ("choice", "open-choice"):
        own = tuple(dict.fromkeys(option.key for option in item.options))
        return (*own, "valueString") if item.type == "open-choice" and "valueString" not in own else own
    return KEYS_OF_TYPE.get(item.type, ())


def _permitted(item: Item, answer: Answer) -> bool:
    if item.type == "open-choice" and answer.key == "valueString":
        return True
    # A coding outside the list is no free text either, so an open choice still refuses it.
    return any(_is_option(option, answer) for option in item.options)


def _is_option(option: Option, answer: Answer) -> bool:
    if option.key == "valueCoding" and answer.key == "valueCoding":
        held, asked = answer.value, option.value
        return (
            isinstance(held, dict)
            and isinstance(asked, dict)
            and held.get("code") == asked.get("code")
            and held.get("system") == asked.get("system")
            and ("code" in asked or held.get("display") == asked.get("display"))
        )
    return same(answer.key, answer.value, option.key, option.value)


def _of_text(item: Item, text: str) -> Iterator[tuple[str, str]]:
    if item.max_length is not None and len(text) > item.max_length:
        yield "too-long", f"holds {len(text):,} characters; the most is {item.max_length:,}"
    if item.min_length is not None and len(text) < item.min_length:
        yield "value", f"holds {len(text)} characters; the fewest are {item.min_length}"
    if item.type == "string" and "\n" in text:
        yield "value", "holds more than one line"
    if item.regex and fits(item.regex, text) is False:
        yield (
            "value",
            f"does not have the form that is asked for{f' ({item.entry_format})' if item.entry_format else ''}",
        )


def _decimals(value: Any) -> int:
    exponent = Decimal(value).as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _of_unit(item: Item, quantity: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if "value" not in quantity:
        yield "value", "has a unit but no amount"
    if item.units and unit_of(quantity) not in {str(unit.get("code") or unit.get("display")) for unit in item.units}:
        allowed = ", ".join(str(unit.get("display") or unit.get("code")) for unit in item.units)
        yield "value", f"is not in a permitted unit ({allowed})"
    if item.max_decimals is not None and is_number(quantity.get("value")):
        if _decimals(quantity["value"]) > item.max_decimals:
            yield "value", f"takes at most {item.max_decimals} decimals"


def in_unit(item: Item, value: Any) -> Decimal | None:
    """The amount of a quantity in the item's first unit, the one its bounds are in; None if it has no amount."""
    if not isinstance(value, dict) or not is_number(value.get("value")):
        return None
    unit = unit_of(value)
    wanted = str(item.units[0].get("code") or item.units[0].get("display") or "") if item.units else unit
    return convert(Decimal(value["value"]), unit or wanted, wanted)


def _of_bounds(item: Item, answer: Answer) -> Iterator[tuple[str, str]]:
    key, value = answer.key, answer.value
    if key == "valueQuantity":
        amount = in_unit(item, value)
        if amount is None:
            return
        key, value = "valueDecimal", amount
    for bound, wrong, words in ((item.low, -1, "below"), (item.high, 1, "above")):
        if bound is not None and compare(key, value, key, bound) == wrong:
            yield "value", f"is {words} {bound}, which cannot be: type it again"


def _of_range(node: Node, answer: Answer) -> Iterator[Issue]:
    item, value = node.item, answer.value
    amount = in_unit(item, value) if answer.key == "valueQuantity" else Decimal(value) if is_number(value) else None
    if amount is None:
        return
    if item.warn_low is not None and amount < item.warn_low:
        yield warning("business-rule", f"{_called(item)} is below {item.warn_low}.", item.link_id, node.key)
    if item.warn_high is not None and amount > item.warn_high:
        yield warning("business-rule", f"{_called(item)} is above {item.warn_high}.", item.link_id, node.key)


def _called(item: Item) -> str:
    # The question, never its answer: these words may reach a log or a terminal.
    text = " ".join(item.text.split())
    return f"{item.prefix or item.link_id} {text[:80]}".strip() if text else item.link_id
