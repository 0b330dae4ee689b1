"""Marks on a node that are no answers: prefilled proposals, "unable to assess", reasons."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from liaison_desktop.questionnaires import names
from liaison_desktop.questionnaires.definition import Item, extensions, value_of
from liaison_desktop.questionnaires.nodes import Node


def proposal(node: Node) -> tuple[str, Any, str] | None:
    """The prefilled answer that waits for confirmation: value key, value and where it came from."""
    for one in extensions(node.extra, names.PROPOSAL):
        parts = {part.get("url"): value_of(part) for part in one.get("extension", ()) if isinstance(part, dict)}
        if "value" in parts:
            return (*parts["value"], str(parts.get("source", ("", ""))[1]))
    return None


def unable_reason(node: Node) -> str | None:
    """Why the question could not be answered: blank if no reason was given, None if it is not marked so at all."""
    for one in extensions(node.extra, names.UNABLE):
        reason = value_of(one)[1]
        return reason if isinstance(reason, str) and reason != "unknown" else ""
    if any(option.unable for option in node.chosen()):
        return reason_of(node)
    return None


def reason_of(node: Node) -> str:
    """The reason written onto the first answer that has one; blank if none has."""
    for answer in node.answers:
        for one in extensions(answer.extra, names.REASON):
            return str(value_of(one)[1] or "")
    return ""


def initial_answers(item: Item) -> Iterator[tuple[str, Any]]:
    """The answers the form itself starts with."""
    held = item.raw.get("initial")
    for one in held if isinstance(held, list) else ():
        if isinstance(one, dict) and value_of(one)[0]:
            yield value_of(one)
    options = item.raw.get("answerOption")
    for one in options if isinstance(options, list) else ():
        if isinstance(one, dict) and one.get("initialSelected") is True and value_of(one)[0]:
            yield value_of(one)


def drop_extension(extra: dict[str, Any], *urls: str) -> None:
    """Takes the extensions of these addresses away."""
    held = extra.get("extension")
    if isinstance(held, list):
        left = [one for one in held if not (isinstance(one, dict) and one.get("url") in urls)]
        extra["extension"] = left
        if not left:
            del extra["extension"]


def flagged(node: Node) -> bool:
    """Whether somebody wants to come back to the question."""
    return bool(extensions(node.extra, names.COME_BACK))


def set_flag(node: Node, on: bool) -> None:
    """Marks a question to come back to, or takes the mark away."""
    drop_extension(node.extra, names.COME_BACK)
    if on:
        node.extra.setdefault("extension", []).append({"url": names.COME_BACK, "valueBoolean": True})
