"""How an answer reads in words: on the screen, in the answer journal and on paper alike."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
from collections.abc import Iterator
from typing import Any

import msgspec

from liaison_desktop.questionnaires import names
from liaison_desktop.questionnaires.definition import extensions, value_of
from liaison_desktop.questionnaires.marks import reason_of, unable_reason
from liaison_desktop.questionnaires.nodes import Answer, Node
from liaison_desktop.questionnaires.response import Sheet
from liaison_desktop.ui.dates import show_day, show_moment

UNABLE = "Unable to assess"


class Said(msgspec.Struct, frozen=True):
    """An answer as a person reads it, under the question as a person knows it."""

    question: str
    words: str


def entered_as(node: Node) -> dict[str, Any] | None:
    """The amount as it was typed, where that was in another unit than the form's own."""
    for answer in node.answers:
        for one in extensions(answer.extra, names.ENTERED_AS):
            held = one.get("valueQuantity")
            return held if isinstance(held, dict) else None
    return None


def in_words(node: Node) -> str:
    """The answers of a question as a person reads them."""
    return ", ".join(filter(None, (_answer(node, answer) for answer in node.answers)))


def as_words(key: str, value: Any) -> str:
    """One value as a person reads it."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, dict):
        named = value.get("display") or value.get("text") or value.get("code")
        return str(named or f"{value.get('value', '')} {value.get('unit', '')}".strip())
    return _moment(key, str(value))


def told(node: Node) -> str:
    """The answers with why none could be given, or why it is this one; blank when nothing was said at all."""
    said, reason = in_words(node), unable_reason(node)
    if reason is not None:
        why = names.UNABLE_REASONS.get(reason, reason)
        return f"{said or UNABLE}: {why}" if why else said or UNABLE
    why = reason_of(node)
    return f"{said}: {why}" if why else said


def source_of(node: Node) -> str:
    """Where a prefilled answer came from that a person confirmed; blank for one that was given here."""
    for answer in node.answers:
        for one in extensions(answer.extra, names.SOURCE):
            for part in extensions(one, "source"):
                return str(value_of(part)[1])
    return ""


def question_of(node: Node) -> str:
    """The question with its code, and with the card it stands in: `E2 Allergy 2, Substance`."""
    item = node.item
    above = node.parent
    while above is not None and above.parent is not None:
        if above.item.prefix or above.id:
            number = f" {_place(above)}" if above.item.repeats else ""
            return f"{above.item.prefix} {above.item.text}{number}, {item.text}".strip()
        above = above.parent
    return f"{item.prefix} {item.text}".strip()


def everything_said(sheet: Sheet, *, asked_only: bool = False) -> dict[str, Said]:
    """By key: each answer and each "unable to assess" a person gave, in the order of the form."""
    return {node.key: Said(question_of(node), told(node)) for node in _answered(sheet, asked_only)}


def _answered(sheet: Sheet, asked_only: bool) -> Iterator[Node]:
    waiting = [node for nodes in reversed(sheet.children.values()) for node in reversed(nodes)]
    while waiting:
        node = waiting.pop()
        item = node.item
        # What the application reckons with is hidden; a reviewer's signature is hidden only until it is given.
        if (item.hidden and not item.rn_only) or (asked_only and not node.enabled):
            continue
        if item.is_question and item.calculation is None and (node.answers or unable_reason(node) is not None):
            yield node
        waiting += reversed(list(node.below()))


def _place(node: Node) -> int:
    """Which occurrence it is, counted from 1."""
    if node.under is not None:
        held = node.under.children.get(node.item.link_id, [])
    else:
        held = node.parent.children.get(node.item.link_id, []) if node.parent is not None else []
    return held.index(node) + 1 if node in held else 1


def _answer(node: Node, answer: Answer) -> str:
    option = node.item.option(answer.code) if node.item.options else None
    value = answer.value
    if option is not None:
        return option.label
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, dict):
        return _held(node, value)
    return _moment(answer.key, str(value))


def _held(node: Node, value: dict[str, Any]) -> str:
    if node.item.type == "attachment":
        return attachment_words(value)
    amount = f"{value.get('comparator', '')}{value.get('value', '')} {value.get('unit') or value.get('code', '')}"
    if "value" not in value:
        named = (value.get(key) for key in ("display", "title", "code", "reference", "url", "contentType"))
        return str(next((one for one in named if one), "Held"))
    typed = entered_as(node)
    return amount.strip() + (f" (typed as {typed.get('value')} {typed.get('unit', '')})" if typed is not None else "")


def attachment_words(value: dict[str, Any]) -> str:
    """A file by its name, its kind, its size and the first digits of its SHA-256: whoever has it can compare."""
    found = [str(value[key]) for key in ("title", "contentType") if value.get(key)]
    content = _content(value.get("data"))
    size = len(content) if content is not None else value.get("size")
    if isinstance(size, int):
        found.append(f"{size:,} bytes")
    if content is not None:
        found.append(f"SHA-256 {hashlib.sha256(content).hexdigest()[:12]}")
    elif value.get("url"):
        found.append(str(value["url"]))
    return ", ".join(found) or "A file"


def _content(coded: Any) -> bytes | None:
    try:
        return base64.b64decode(coded, validate=True) if isinstance(coded, str) else None
    except ValueError:
        return None


def _moment(key: str, text: str) -> str:
    """A day or a moment as people write it; anything else as it is."""
    try:
        if key == "valueDateTime" and "T" in text:
            return show_moment(dt.datetime.fromisoformat(text))
        if key in ("valueDate", "valueDateTime") and len(text) == len("2026-11-22"):
            return show_day(dt.date.fromisoformat(text))
        if key == "valueTime":
            return text[:5] if text.endswith(":00") else text
    except ValueError:
        return text
    return text
