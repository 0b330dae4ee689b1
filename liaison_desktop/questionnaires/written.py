"""Nodes and answers as the JSON of a QuestionnaireResponse."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from liaison_desktop.questionnaires.nodes import Answer, Children, Node


def written(children: Children, drop_unasked: bool) -> Iterator[dict[str, Any]]:
    """The items of these nodes that hold anything; `drop_unasked` leaves out what is not asked."""
    for nodes in children.values():
        for node in nodes:
            one = written_node(node, drop_unasked)
            if one is not None:
                yield one


def written_node(node: Node, drop_unasked: bool) -> dict[str, Any] | None:
    """One item, or None if there is nothing to write."""
    if (drop_unasked and not node.enabled) or not node.holds_anything():
        return None
    one: dict[str, Any] = {"linkId": node.item.link_id}
    if node.id:
        one["id"] = node.id
    if node.text:
        one["text"] = node.text
    one |= node.extra
    answers = [written_answer(answer, drop_unasked) for answer in node.answers]
    if answers:
        one["answer"] = answers
    items = [*written(node.children, drop_unasked), *node.strays]
    if items:
        one["item"] = items
    # A group whose content went away with its conditions is not written as an empty shell.
    return one if node.given or len(one) > 1 + bool(node.id) + bool(node.text) else None


def written_answer(answer: Answer, drop_unasked: bool) -> dict[str, Any]:
    """One answer, and what lies under it."""
    one = {answer.key: answer.value, **answer.extra} if answer.key else dict(answer.extra)
    items = [*written(answer.children, drop_unasked), *answer.strays]
    if items:
        one["item"] = items
    return one
