"""Small forms and responses for tests."""

from __future__ import annotations

from typing import Any

from liaison_desktop.questionnaires.definition import Definition
from liaison_desktop.questionnaires.parsing import parse
from liaison_desktop.questionnaires.response import Sheet


def when(question: str, operator: str, value: Any) -> dict[str, Any]:
    """One enableWhen; the answer's type follows from the value."""
    if isinstance(value, bool):
        key = "answerBoolean"
    elif isinstance(value, int):
        key = "answerInteger"
    elif isinstance(value, dict):
        key = "answerQuantity" if "value" in value else "answerCoding"
    else:
        key = "answerString"
    return {"question": question, "operator": operator, key: value}


def code(word: str) -> dict[str, str]:
    return {"code": word}


def item(link_id: str, type: str = "string", *, items: list[Any] | None = None, **more: Any) -> dict[str, Any]:
    """An item; `show=[...]` are its conditions, `any=True` joins them by or."""
    made: dict[str, Any] = {"linkId": link_id, "type": type, "text": link_id}
    conditions = more.pop("show", None)
    any_of = more.pop("any", False)
    if conditions:
        made["enableWhen"] = conditions
        if len(conditions) > 1:
            made["enableBehavior"] = "any" if any_of else "all"
    made |= more
    if items is not None:
        made["item"] = items
    return made


def form(*items: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "resourceType": "Questionnaire",
        "url": "https://example.org/Questionnaire/test",
        "version": "1",
        "status": "draft",
        "item": list(items),
        **more,
    }


def definition(*items: dict[str, Any]) -> Definition:
    return parse(form(*items))


def answered(link_id: str, *values: Any, items: list[Any] | None = None, **more: Any) -> dict[str, Any]:
    """A response item; texts become valueString, whole numbers valueInteger, and so on."""
    made: dict[str, Any] = {"linkId": link_id, **more}
    if values:
        made["answer"] = [value_of(value) for value in values]
    if items is not None:
        made["item"] = items
    return made


def value_of(value: Any) -> dict[str, Any]:
    if isinstance(value, bool):
        return {"valueBoolean": value}
    if isinstance(value, int):
        return {"valueInteger": value}
    if isinstance(value, dict):
        return value if any(key.startswith("value") and key != "value" for key in value) else {"valueCoding": value}
    return {"valueString": value}


def response(*items: dict[str, Any], status: str = "completed", **more: Any) -> dict[str, Any]:
    return {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": "https://example.org/Questionnaire/test|1",
        "status": status,
        "item": list(items),
        **more,
    }


def shown(definition: Definition, *items: dict[str, Any], of: str) -> list[bool]:
    """Whether each occurrence of the item is asked, in order, once the response holds these items."""
    sheet = Sheet.read(definition, response(*items))
    return [node.enabled for node in sheet.nodes(of)]
