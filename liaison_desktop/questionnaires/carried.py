"""From one version of a form to the next: what was added, changed and dropped, and the answers carried over.

An answer whose question is gone, or that the new question does not permit, is kept in words on the response.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from liaison_desktop.questionnaires import names
from liaison_desktop.questionnaires.definition import Definition, Item, extension, extensions
from liaison_desktop.questionnaires.nodes import Answer, Node
from liaison_desktop.questionnaires.parts import shown
from liaison_desktop.questionnaires.response import Sheet
from liaison_desktop.questionnaires.wording import Said, everything_said


class Change(msgspec.Struct, frozen=True):
    """One item that differs: its code and words, and in which way."""

    link_id: str
    question: str
    what: str = ""


class Changes(msgspec.Struct, frozen=True):
    """All that differs between two versions of a form, in the order of the form."""

    added: tuple[Change, ...] = ()
    changed: tuple[Change, ...] = ()
    dropped: tuple[Change, ...] = ()


class Carried(msgspec.Struct, frozen=True):
    """A sheet of the new version, and the answers that found no place in it."""

    sheet: Sheet
    left: Mapping[str, Said]


def changes(old: Definition, new: Definition) -> Changes:
    """What a person who knows the old version will find different in the new one."""
    both = [(old.index[link_id], item) for link_id, item in new.index.items() if link_id in old.index]
    return Changes(
        added=tuple(_named(item) for item in new.index.values() if item.link_id not in old.index and _seen(item)),
        changed=tuple(
            Change(now.link_id, _called(now), "; ".join(told))
            for was, now in both
            if (_seen(was) or _seen(now)) and (told := list(_differences(was, now)))
        ),
        dropped=tuple(_named(item) for item in old.index.values() if item.link_id not in new.index and _seen(item)),
    )


def carry(sheet: Sheet, new: Definition) -> Carried:
    """The answers under the new version. What has no place there is kept in words, here and on the response."""
    before = everything_said(sheet)
    made = Sheet.read(new, sheet.write())
    for stray in _take_strays(made):
        _place(made, stray)
    for node in list(made.walk()):
        kept = [answer for answer in node.answers if _permitted(node.item, answer)]
        if len(kept) < len(node.answers):
            made.answer(node, *((answer.key, answer.value) for answer in kept))
    after = everything_said(made)
    # A question that moved has another key, and the same linkId.
    moved = {(_link_id(key), said.words) for key, said in after.items()}
    left = {
        key: said
        for key, said in before.items()
        if (key not in after or after[key].words != said.words) and (_link_id(key), said.words) not in moved
    }
    for said in left.values():
        made.extra.setdefault("extension", []).append(_kept(said, sheet.definition.version))
    return Carried(made, left)


def carried_from(sheet: Sheet) -> tuple[Said, ...]:
    """The answers kept in words, of questions that earlier versions of the form asked."""
    found = []
    for one in extensions(sheet.extra, names.CARRIED):
        found.append(Said(str(extension(one, "question") or ""), str(extension(one, "answer") or "")))
    return tuple(found)


def _kept(said: Said, version: str) -> dict[str, Any]:
    parts = (("question", said.question), ("answer", said.words), ("version", version))
    return {"url": names.CARRIED, "extension": [{"url": url, "valueString": words} for url, words in parts if words]}


def _link_id(key: str) -> str:
    return key.rpartition("/")[2].partition(":")[0]


def _seen(item: Item) -> bool:
    return (shown(item) or bool(item.finding)) and (item.is_question or bool(item.text))


def _called(item: Item) -> str:
    return f"{item.prefix} {item.short if item.finding and item.short else item.text}".strip() or item.link_id


def _named(item: Item) -> Change:
    what = "A reviewer's finding" if item.finding else "Required" if item.required else ""
    return Change(item.link_id, _called(item), what)


def _differences(was: Item, now: Item) -> Iterator[str]:
    if was.text != now.text:
        yield f"it read: {was.text}"
    if was.type != now.type:
        yield f"another type of answer ({was.type} before)"
    if was.required != now.required:
        yield "now required" if now.required else "not required any more"
    if was.repeats != now.repeats:
        yield "now more than one answer" if now.repeats else "now one answer only"
    labels, before = {o.code: o.label for o in now.options}, {o.code: o.label for o in was.options}
    if fresh := [label for code, label in labels.items() if code not in before]:
        yield f"new answers: {', '.join(fresh)}"
    if gone := [label for code, label in before.items() if code not in labels]:
        yield f"answers gone: {', '.join(gone)}"
    if any(before.get(code, label) != label for code, label in labels.items()):
        yield "answers in other words"
    if [(one.question, one.operator, one.value) for one in was.conditions] != [
        (one.question, one.operator, one.value) for one in now.conditions
    ] or was.any_of != now.any_of:
        yield "asked under other conditions"
    limits = ("low", "high", "warn_low", "warn_high", "max_length", "min_occurs", "max_occurs")
    if any(getattr(was, one) != getattr(now, one) for one in limits):
        yield "other limits"
    if was.patient_text != now.patient_text:
        yield f"the patient is asked: {now.patient_text}" if now.patient_text else "no words for the patient any more"


def _take_strays(sheet: Sheet) -> list[dict[str, Any]]:
    """Takes what the new version did not know where it stood, with everything below it, flat."""
    found, sheet.strays = list(sheet.strays), []
    for node in sheet.walk():
        found += node.strays
        node.strays = []
        for answer in node.answers:
            found += answer.strays
            answer.strays = []
    flat: list[dict[str, Any]] = []
    while found:
        one = found.pop(0)
        if not isinstance(one, dict):
            continue
        flat.append(one)
        below = one.get("item")
        found += below if isinstance(below, list) else []
        for answer in one["answer"] if isinstance(one.get("answer"), list) else ():
            inside = answer.get("item") if isinstance(answer, dict) else None
            found += inside if isinstance(inside, list) else []
    return flat


def _place(sheet: Sheet, stray: dict[str, Any]) -> None:
    """A question that moved to another section keeps its answer there, if there is one place for it."""
    link_id = stray.get("linkId")
    held = sheet.nodes(link_id) if isinstance(link_id, str) else []
    if len(held) != 1 or held[0].answers or not held[0].item.is_question:
        return
    node: Node = held[0]
    pairs = []
    for answer in stray["answer"] if isinstance(stray.get("answer"), list) else ():
        key = next((key for key in answer if key.startswith("value")), "") if isinstance(answer, dict) else ""
        if key:
            pairs.append((key, answer[key]))
    if pairs:
        sheet.answer(node, *pairs)
    marks = extensions(stray, names.UNABLE)
    if marks and not pairs:
        node.extra.setdefault("extension", []).extend(marks)


_KEYS = {
    "boolean": ("valueBoolean",), "decimal": ("valueDecimal", "valueInteger"), "integer": ("valueInteger",),
    "date": ("valueDate",), "dateTime": ("valueDateTime", "valueDate"), "time": ("valueTime",),
    "string": ("valueString",), "text": ("valueString",), "url": ("valueUri",), "attachment": ("valueAttachment",),
    "reference": ("valueReference",), "quantity": ("valueQuantity",),
}  # fmt: skip


def _permitted(item: Item, answer: Answer) -> bool:
    if item.type in ("choice", "open-choice"):
        known = not item.options or item.option(answer.code) is not None
        return known or (item.type == "open-choice" and answer.key == "valueString")
    return answer.key in _KEYS.get(item.type, (answer.key,))
