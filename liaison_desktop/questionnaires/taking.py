"""From the items of a response to nodes, and blank nodes for what was not answered."""

from __future__ import annotations

from typing import Any

from liaison_desktop.questionnaires.definition import Item, value_of
from liaison_desktop.questionnaires.marks import initial_answers
from liaison_desktop.questionnaires.nodes import Answer, Children, Node, new_instance_id


def take(
    children: Children,
    items: tuple[Item, ...],
    raw: Any,
    parent: Node | None,
    under: Answer | None,
    within: str = "QuestionnaireResponse",
) -> list[Any]:
    """Makes nodes of the items of a response; returns those that the form does not know, to be written back.

    `within` says where they lie.
    """
    known = {item.link_id: item for item in items}
    strays = []
    for number, one in enumerate(raw if isinstance(raw, list) else ([] if raw is None else [raw])):
        item = known.get(one["linkId"]) if isinstance(one, dict) and isinstance(one.get("linkId"), str) else None
        if item is None:
            strays.append(one)
            continue
        node = Node(item, parent, under, one["id"] if isinstance(one.get("id"), str) else "")
        if item.repeats and item.type == "group" and not node.id:
            node.id = new_instance_id()
        node.extra = {k: v for k, v in one.items() if k not in ("linkId", "id", "text", "answer", "item")}
        node.text = one["text"] if isinstance(one.get("text"), str) else ""
        node.place = f"{within}.item[{number}]"
        node.given = "answer" not in one and "item" not in one
        children.setdefault(item.link_id, []).append(node)
        _take_answers(node, one.get("answer"))
        node.strays = take(node.children, item.items, one.get("item"), node, None, node.place)
    return strays


def _take_answers(node: Node, raw: Any) -> None:
    for number, one in enumerate(raw if isinstance(raw, list) else ()):
        if not isinstance(one, dict):
            continue
        key, value = value_of(one)
        answer = Answer(key, value, {k: v for k, v in one.items() if k not in (key, "item")})
        answer.place = f"{node.place}.answer[{number}]"
        answer.strays = take(answer.children, node.item.items, one.get("item"), node, answer, answer.place)
        node.answers.append(answer)


def fill(
    children: Children,
    items: tuple[Item, ...],
    parent: Node | None,
    under: Answer | None,
    initial: bool = False,
) -> None:
    """Adds a blank node for every item that has none yet, and below."""
    for item in items:
        if not children.get(item.link_id):
            fresh = Node(item, parent, under, new_instance_id() if item.repeats and item.type == "group" else "")
            children[item.link_id] = [fresh]
            if initial:
                fresh.answers = [Answer(*pair) for pair in initial_answers(item)]
        for node in children[item.link_id]:
            if item.type == "group":
                fill(node.children, item.items, node, None, initial)
            for answer in node.answers:
                fill(answer.children, item.items, node, answer, initial)
    # The order of the form, whatever order the response had.
    for item in items:
        children[item.link_id] = children.pop(item.link_id)
