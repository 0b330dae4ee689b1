"""How far one is: what each section still asks, and what a reviewer would find."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from liaison_desktop.questionnaires import names
from liaison_desktop.questionnaires.definition import extensions, value_of
from liaison_desktop.questionnaires.marks import proposal
from liaison_desktop.questionnaires.nodes import Node
from liaison_desktop.questionnaires.parts import Part, parts, shown
from liaison_desktop.questionnaires.response import Sheet
from liaison_desktop.questionnaires.validation import answered, validate


class Finding(msgspec.Struct, frozen=True):
    """One thing a reviewer would ask about. `goto` is the linkId to mend it at; `key` the node that can be explained."""

    rule: str
    level: str
    title: str
    text: str
    goto: str
    key: str
    reason: str


class Count(msgspec.Struct, frozen=True):
    """Questions answered, and asked, in one section; `left` counts the required ones that are blank."""

    answered: int
    asked: int
    left: int

    @property
    def done(self) -> bool:
        """Nothing that is required is blank, and something was answered."""
        return not self.left and self.answered > 0


def sections(sheet: Sheet) -> list[Part]:
    """The parts that are shown and asked now."""
    return parts(sheet)


def units(section: Part) -> Iterator[Node]:
    """What is counted in a section: each question and each group directly in it that a person answers."""
    for node in section.now():
        item = node.item
        if node.enabled and shown(item) and item.type != "display" and not item.read_only and not _filled_in(node):
            yield node


def _filled_in(node: Node) -> bool:
    below = list(node.below())
    return node.item.type == "group" and bool(below) and all(one.item.from_application for one in below)


def counts(sheet: Sheet, skip: frozenset[str] = frozenset()) -> dict[str, Count]:
    """The count of each section, by its linkId. Occurrences of a repeating group count as one question.

    `skip` are linkIds that somebody else answers.
    """
    blanks = blank_keys(sheet, skip)
    found = {}
    for section in sections(sheet):
        by_item: dict[str, list[Node]] = {}
        for node in units(section):
            by_item.setdefault(node.item.link_id, []).append(node)
        left = [key for key in blanks if section.holds(key)]
        full = 0
        for nodes in by_item.values():
            missing = any(key == node.key or key.startswith(node.key + "/") for key in left for node in nodes)
            full += any(answered(node) for node in nodes) and not missing
        found[section.id] = Count(full, len(by_item), len(left))
    return found


def blank_keys(sheet: Sheet, skip: frozenset[str] = frozenset()) -> list[str]:
    """The keys of what is required and blank and a person can answer, in the order of the form, without `skip`."""
    keys = []
    for issue in validate(sheet):
        if issue.code == "required":
            item = sheet.definition.index.get(issue.link_id)
            if item is not None and not item.from_application and not item.read_only and item.link_id not in skip:
                keys.append(issue.where)
    return keys


def findings(sheet: Sheet) -> list[Finding]:
    """The findings that hold now, those that stop finalising first."""
    found = []
    for item in sheet.definition.index.values():
        if not item.finding:
            continue
        for node in sheet.nodes(item.link_id):
            if node.enabled:
                rule = item.rules[0] if item.rules else None
                found.append(
                    Finding(
                        rule=rule.id if rule else "",
                        level=rule.level if rule else "info",
                        title=item.short or item.text,
                        text=item.text,
                        goto=item.finding,
                        key=node.key,
                        reason=explanation(node),
                    )
                )
    order = ("block", "hard-warn", "warn", "info")
    return sorted(found, key=lambda one: order.index(one.level) if one.level in order else len(order))


def explain(node: Node, reason: str) -> None:
    """Writes onto a finding why it may stand; blank takes it away."""
    held = [one for one in node.extra.get("extension", []) if one.get("url") != names.REASON]
    if reason.strip():
        held.append({"url": names.REASON, "valueString": reason.strip()})
    node.extra.pop("extension", None)
    if held:
        node.extra["extension"] = held


def explanation(node: Node) -> str:
    """Why a finding may stand; blank if nobody said."""
    for one in extensions(node.extra, names.REASON):
        return str(value_of(one)[1] or "")
    return ""


def waiting_proposals(sheet: Sheet) -> list[Node]:
    """Prefilled answers that nobody confirmed yet, where the question is asked."""
    return [node for node in sheet.walk() if node.enabled and proposal(node) is not None]
