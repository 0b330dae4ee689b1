"""A sheet: the answers of one form while it is filled in, read from and written to a QuestionnaireResponse.

Everything the reader does not understand (extensions, contained resources, unknown items) is kept and written back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from liaison_desktop.questionnaires import names
from liaison_desktop.questionnaires.calculations import calculate
from liaison_desktop.questionnaires.definition import Definition, Item, value_of
from liaison_desktop.questionnaires.enablement import Plan, settle
from liaison_desktop.questionnaires.marks import drop_extension, initial_answers, proposal
from liaison_desktop.questionnaires.nodes import Answer, Children, Node, new_instance_id

_ROOT_KEYS = ("resourceType", "questionnaire", "status", "item")


class Sheet:
    """The live answers of one form. Every change returns the nodes that appeared or went away because of it."""

    def __init__(self, definition: Definition, plan: Plan | None = None) -> None:
        self.definition = definition
        self.plan = plan or Plan(definition)
        self.children: Children = {}
        self.strays: list[Any] = []
        self.extra: dict[str, Any] = {}
        self.status = "in-progress"
        self._nodes: dict[str, list[Node]] = {}

    # -- reading ------------------------------------------------------------------------------------------------------

    @classmethod
    def blank(cls, definition: Definition, plan: Plan | None = None) -> Sheet:
        """A sheet with nothing answered but the initial values the form itself gives."""
        sheet = cls(definition, plan)
        sheet._fill(sheet.children, definition.items, None, None, initial=True)
        sheet._settle_all()
        return sheet

    @classmethod
    def read(cls, definition: Definition, response: Mapping[str, Any], plan: Plan | None = None) -> Sheet:
        """The sheet this QuestionnaireResponse holds; what does not fit the form is kept aside and written back."""
        sheet = cls(definition, plan)
        sheet.extra = {key: value for key, value in response.items() if key not in _ROOT_KEYS}
        sheet.status = response["status"] if isinstance(response.get("status"), str) else "in-progress"
        sheet.strays = sheet._take(sheet.children, definition.items, response.get("item"), None, None)
        sheet._fill(sheet.children, definition.items, None, None)
        sheet._settle_all()
        return sheet

    def _take(
        self, children: Children, items: tuple[Item, ...], raw: Any, parent: Node | None, under: Answer | None
    ) -> list[Any]:
        known = {item.link_id: item for item in items}
        strays = []
        for one in raw if isinstance(raw, list) else ([] if raw is None else [raw]):
            item = known.get(one["linkId"]) if isinstance(one, dict) and isinstance(one.get("linkId"), str) else None
            if item is None:
                strays.append(one)
                continue
            node = Node(item, parent, under, one["id"] if isinstance(one.get("id"), str) else "")
            if item.repeats and item.type == "group" and not node.id:
                node.id = new_instance_id()
            node.extra = {k: v for k, v in one.items() if k not in ("linkId", "id", "text", "answer", "item")}
            children.setdefault(item.link_id, []).append(node)
            self._take_answers(node, one.get("answer"))
            node.strays = self._take(node.children, item.items, one.get("item"), node, None)
        return strays

    def _take_answers(self, node: Node, raw: Any) -> None:
        for one in raw if isinstance(raw, list) else ():
            if not isinstance(one, dict):
                continue
            key, value = value_of(one)
            answer = Answer(key, value, {k: v for k, v in one.items() if k not in (key, "item")})
            answer.strays = self._take(answer.children, node.item.items, one.get("item"), node, answer)
            node.answers.append(answer)

    def _fill(
        self,
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
                    self._fill(node.children, item.items, node, None, initial)
                for answer in node.answers:
                    self._fill(answer.children, item.items, node, answer, initial)
        # The order of the form, whatever order the response had.
        for item in items:
            children[item.link_id] = children.pop(item.link_id)

    # -- looking ------------------------------------------------------------------------------------------------------

    def walk(self) -> Iterator[Node]:
        """Every node, in the order of the form."""
        for nodes in self.children.values():
            for node in nodes:
                yield from node.walk()

    def nodes(self, link_id: str) -> list[Node]:
        """The occurrences of an item."""
        if not self._nodes:
            for node in self.walk():
                self._nodes.setdefault(node.item.link_id, []).append(node)
        return self._nodes.get(link_id, [])

    def first(self, link_id: str) -> Node | None:
        """The first occurrence of an item, or None."""
        found = self.nodes(link_id)
        return found[0] if found else None

    def find(self, key: str) -> Node | None:
        """The node with that key, such as `E/E2:i3f0c/E2.1`, or None if it is gone."""
        last = key.rpartition("/")[2].partition(":")[0]
        return next((node for node in self.nodes(last) if node.key == key), None)

    def codes(self, link_id: str) -> tuple[str, ...]:
        """All the codes answered to an item that is asked, over its occurrences."""
        return tuple(code for node in self.nodes(link_id) if node.enabled for code in node.codes)

    # -- changing -----------------------------------------------------------------------------------------------------

    def answer(self, node: Node, *values: tuple[str, Any]) -> tuple[Node, ...]:
        """Replaces the answers of a question; no values: clears it. Marks about the old answer go with it."""
        kept = {id(answer): answer for answer in node.answers}
        fresh: list[Answer] = []
        for key, value in values:
            old = next((a for a in kept.values() if a.key == key and a.value == value), None)
            fresh.append(kept.pop(id(old)) if old is not None else Answer(key, value))
        node.answers = fresh
        drop_extension(node.extra, names.UNABLE, names.PROPOSAL)
        for answer in fresh:
            self._fill(answer.children, node.item.items, node, answer)
        return self._changed(node)

    def choose(self, node: Node, *codes: str) -> tuple[Node, ...]:
        """Answers a choice with permitted answers, by their codes. Raises KeyError for a code the form does not have."""
        chosen = []
        for code in codes:
            option = node.item.option(code)
            if option is None:
                raise KeyError(code)
            chosen.append((option.key, option.value))
        return self.answer(node, *chosen)

    def clear(self, node: Node) -> tuple[Node, ...]:
        """Takes the answers of a question away."""
        return self.answer(node)

    def cannot_assess(self, node: Node, reason: str) -> tuple[Node, ...]:
        """Marks a question as one that cannot be answered now. `reason` is a code of names.UNABLE_REASONS, or blank."""
        node.answers = []
        drop_extension(node.extra, names.UNABLE, names.PROPOSAL)
        node.extra.setdefault("extension", []).append({"url": names.UNABLE, "valueCode": reason or "unknown"})
        return self._changed(node)

    def explain(self, node: Node, reason: str) -> None:
        """Writes the reason of the answer given (for `unable` and `not done`) onto it; blank takes it away."""
        for answer in node.answers:
            drop_extension(answer.extra, names.REASON)
            if reason:
                answer.extra.setdefault("extension", []).append({"url": names.REASON, "valueString": reason})

    def propose(self, node: Node, key: str, value: Any, source: str) -> None:
        """Puts a prefilled answer beside the question. It is no answer until `confirm`."""
        drop_extension(node.extra, names.PROPOSAL)
        parts = [{"url": "value", key: value}, {"url": "source", "valueString": source}]
        node.extra.setdefault("extension", []).append({"url": names.PROPOSAL, "extension": parts})

    def confirm(self, node: Node, at: dt.datetime) -> tuple[Node, ...]:
        """Takes the prefilled answer as one's own; where it came from and when it was confirmed stay on it."""
        offered = proposal(node)
        if offered is None:
            return ()
        changed = self.answer(node, (offered[0], offered[1]))
        parts = [{"url": "source", "valueString": offered[2]}, {"url": "confirmed", "valueDateTime": at.isoformat()}]
        node.answers[0].extra.setdefault("extension", []).append({"url": names.SOURCE, "extension": parts})
        return changed

    def add(self, beside: Node) -> Node:
        """One more occurrence of a repeating group, after the ones there are."""
        node = Node(beside.item, beside.parent, beside.under, new_instance_id())
        self._siblings(beside).append(node)
        self._fill(node.children, node.item.items, node, None)
        self._nodes = {}
        self._settle_all()
        return node

    def remove(self, node: Node) -> tuple[Node, ...]:
        """Takes an occurrence of a repeating group away; the last one is replaced by a blank one."""
        siblings = self._siblings(node)
        siblings.remove(node)
        if not siblings:
            fresh = Node(node.item, node.parent, node.under, new_instance_id())
            siblings.append(fresh)
            self._fill(fresh.children, fresh.item.items, fresh, None)
        self._nodes = {}
        return self._settle_all()

    def _siblings(self, node: Node) -> list[Node]:
        if node.under is not None:
            return node.under.children[node.item.link_id]
        holder = self.children if node.parent is None else node.parent.children
        return holder[node.item.link_id]

    def _changed(self, node: Node) -> tuple[Node, ...]:
        if node.item.items:
            self._nodes = {}
        touched = [node.item.link_id, *calculate(self, node.item.link_id)]
        affected = {one for link_id in touched for one in self.plan.affected(link_id)}
        ordered = sorted(affected, key=self.plan.rank.__getitem__)
        return settle((one for link_id in ordered for one in self.nodes(link_id)), self.plan, self.children)

    def _settle_all(self) -> tuple[Node, ...]:
        calculate(self, "")
        ordered = sorted(self.definition.index, key=self.plan.rank.__getitem__)
        return settle((one for link_id in ordered for one in self.nodes(link_id)), self.plan, self.children)

    # -- writing ------------------------------------------------------------------------------------------------------

    def write(self, *, status: str = "", drop_unasked: bool = False) -> dict[str, Any]:
        """The QuestionnaireResponse. `drop_unasked` leaves out what is not asked: for a form that is complete."""
        written: dict[str, Any] = {"resourceType": "QuestionnaireResponse"}
        if self.definition.url:
            written["questionnaire"] = self.definition.canonical
        written["status"] = status or self.status
        written |= self.extra
        items = [*_written(self.children, drop_unasked), *self.strays]
        if items:
            written["item"] = items
        return written


def _written(children: Children, drop_unasked: bool) -> Iterable[dict[str, Any]]:
    for nodes in children.values():
        for node in nodes:
            if (drop_unasked and not node.enabled) or not node.holds_anything():
                continue
            one: dict[str, Any] = {"linkId": node.item.link_id}
            if node.id:
                one["id"] = node.id
            if node.item.text:
                one["text"] = node.item.text
            one |= node.extra
            answers = [_written_answer(answer, drop_unasked) for answer in node.answers]
            if answers:
                one["answer"] = answers
            items = [*_written(node.children, drop_unasked), *node.strays]
            if items:
                one["item"] = items
            # A group whose content went away with its conditions is not written as an empty shell.
            if len(one) > 1 + bool(node.id) + bool(node.item.text):
                yield one


def _written_answer(answer: Answer, drop_unasked: bool) -> dict[str, Any]:
    one = {answer.key: answer.value, **answer.extra} if answer.key else dict(answer.extra)
    items = [*_written(answer.children, drop_unasked), *answer.strays]
    if items:
        one["item"] = items
    return one
