"""Where an issue lies, as FHIRPath says it: QuestionnaireResponse.item[2].answer[0].value, Questionnaire.item[1]."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from liaison_desktop.questionnaires.nodes import Answer, Node
from liaison_desktop.questionnaires.outcome import Issue

FORM, ANSWERS = "Questionnaire", "QuestionnaireResponse"


def place_of(node: Node) -> str:
    """Where an occurrence stood in the response it was read from; one that was not there: where it would belong."""
    held: Node | None = node
    while held is not None:
        if held.place:
            return held.place
        if held.under is not None and held.under.place:
            return held.under.place
        held = held.parent
    return ANSWERS


def value_place(node: Node, answer: Answer) -> str:
    """Where the value of an answer stood, or would stand."""
    return f"{answer.place}.value" if answer.place and answer.key else answer.place or place_of(node)


def in_form(raw: Any, issues: Iterable[Issue]) -> list[Issue]:
    """The issues of a definition, each pointing at its item; those of no item point at the whole."""
    paths = _paths(raw)
    return [
        issue if issue.at else msgspec.structs.replace(issue, at=paths.get(issue.link_id, FORM)) for issue in issues
    ]


def _paths(raw: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    waiting = [(raw, FORM)]
    while waiting:
        held, path = waiting.pop()
        items = held.get("item") if isinstance(held, dict) else None
        inside = []
        for number, one in enumerate(items if isinstance(items, list) else ()):
            if isinstance(one, dict):
                inside.append((one, f"{path}.item[{number}]"))
        waiting += reversed(inside)
        link_id = held.get("linkId") if isinstance(held, dict) else None
        if isinstance(link_id, str):
            found.setdefault(link_id, path)
    return found
