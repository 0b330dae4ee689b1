"""What is wrong with the conditions of one item."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from liaison_desktop.questionnaires.definition import Definition, Item
from liaison_desktop.questionnaires.outcome import Issue, error, warning
from liaison_desktop.questionnaires.values import KEYS_OF_TYPE, same, shape_fault

_OPERATORS = ("exists", "=", "!=", ">", "<", ">=", "<=")


def condition_issues(item: Item, definition: Definition) -> Iterator[Issue]:
    """The issues of an item's enableWhen and enableBehavior."""
    held = item.raw.get("enableWhen")
    behaviour = item.raw.get("enableBehavior")
    if behaviour is not None and behaviour not in ("all", "any"):
        yield error("code-invalid", "enableBehavior is neither all nor any.", item.link_id)
    if held is None:
        return
    if not isinstance(held, list) or not held:
        yield error("structure", "enableWhen is not a list with content.", item.link_id)
        return
    if len(held) > 1 and behaviour is None:
        yield error(
            "invariant", "With more than one enableWhen, enableBehavior must say all or any (que-12).", item.link_id
        )
    for one in held:
        yield from _condition(one, item, definition)


def _condition(raw: Any, item: Item, definition: Definition) -> Iterator[Issue]:
    if not isinstance(raw, dict):
        yield error("structure", "An enableWhen is not a JSON object.", item.link_id)
        return
    answers = [(key, value) for key, value in raw.items() if key.startswith("answer")]
    operator = raw.get("operator")
    if operator not in _OPERATORS:
        yield error("code-invalid", f"The operator of an enableWhen is none of {' '.join(_OPERATORS)}.", item.link_id)
    if len(answers) != 1:
        yield error("required", "An enableWhen needs exactly one answer.", item.link_id)
        return
    key, value = "value" + answers[0][0][6:], answers[0][1]
    if operator == "exists":
        if key != "valueBoolean" or not isinstance(value, bool):
            yield error("invariant", "exists asks for true or false (que-7).", item.link_id)
    elif fault := shape_fault(key, value):
        yield error("value", f"The answer of an enableWhen {fault}.", item.link_id)
    question = raw.get("question")
    source = definition.index.get(question) if isinstance(question, str) else None
    if source is None:
        yield error("not-found", "An enableWhen looks at a question that is not in this form.", item.link_id)
        return
    yield from _looks_at(source, str(operator), key, value, item, definition)


def _looks_at(source: Item, operator: str, key: str, value: Any, item: Item, definition: Definition) -> Iterator[Issue]:
    called = source.link_id[:60]
    if not source.is_question:
        yield error("invariant", f"An enableWhen looks at {called!a}, which has no answer.", item.link_id)
        return
    if operator != "exists":
        taken = {option.key for option in source.options} | set(KEYS_OF_TYPE[source.type])
        if key not in taken:
            yield warning("value", f"Question {called!a} never has a {key[5:45]} to compare with.", item.link_id)
        elif key == "valueCoding" and source.options and source.type == "choice" and operator in ("=", "!="):
            if not any(same(option.key, option.value, key, value) for option in source.options):
                yield warning("code-invalid", f"Question {called!a} has no such permitted answer.", item.link_id)
        if operator not in ("=", "!=") and key in ("valueBoolean", "valueCoding", "valueReference"):
            yield error("invariant", f"A {key[5:]} is neither greater nor less than another.", item.link_id)
        if key in ("valueDate", "valueDateTime") and isinstance(value, str) and len(value) < 10:
            yield warning("value", "A partial date is compared by the part both dates have.", item.link_id)
    mine = definition.lineage(item.link_id)
    theirs = definition.lineage(source.link_id)
    for link_id in theirs[:-1]:
        if link_id not in mine and definition.index[link_id].repeats:
            yield warning(
                "multiple-matches", f"Question {called!a} repeats; only its nearest occurrence counts.", item.link_id
            )
