"""A sheet: the answers of one form while it is filled in, read from and written to a QuestionnaireResponse.

Everything the reader does not understand (extensions, contained resources, unknown items) is kept and written back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from liaison_desktop.questionnaires import names
from liaison_desktop.questionnaires.definition import Definition, Formula, Option
from liaison_desktop.questionnaires.enablement import Plan
from liaison_desktop.questionnaires.fhirpath.kinds import ExpressionFault
from liaison_desktop.questionnaires.formulas import Formulas
from liaison_desktop.questionnaires.marks import drop_extension, proposal
from liaison_desktop.questionnaires.nodes import Answer, Children, Node, new_instance_id
from liaison_desktop.questionnaires.settling import Settling
from liaison_desktop.questionnaires.taking import fill, take
from liaison_desktop.questionnaires.worked_answers import answers_of, is_on, options_of
from liaison_desktop.questionnaires.written import written

_ROOT_KEYS = ("resourceType", "questionnaire", "status", "item")


def answers_this(definition: Definition, named: str) -> bool:
    """Whether a response that names this questionnaire answers this definition, version included where it is told."""
    url, _, version = named.partition("#")[0].partition("|")
    # A server names its own forms by their place, such as Questionnaire/pan; a form inside the response by its id.
    placed = "://" not in url and bool(url) and definition.url.endswith(f"/{url}")
    if named.startswith("#") or placed or not definition.url:
        return True
    return url == definition.url and version in ("", definition.version)


class Sheet:
    """The live answers of one form. Every change returns the nodes that appeared or went away because of it."""

    def __init__(
        self,
        definition: Definition,
        plan: Plan | None = None,
        given: Mapping[str, Any] | None = None,
        now: dt.datetime | None = None,
    ) -> None:
        self.definition = definition
        self.plan = plan or Plan(definition)
        self.children: Children = {}
        self.strays: list[Any] = []
        self.extra: dict[str, Any] = {}
        self.status = "in-progress"
        self.questionnaire = definition.canonical if definition.url else ""
        self._nodes: dict[str, list[Node]] = {}
        self.formulas = Formulas(self, given, now)
        self.settling = Settling(self, self.formulas)

    # -- reading ------------------------------------------------------------------------------------------------------

    @classmethod
    def blank(
        cls,
        definition: Definition,
        plan: Plan | None = None,
        given: Mapping[str, Any] | None = None,
        now: dt.datetime | None = None,
        offered_from: str = "",
    ) -> Sheet:
        """A sheet with nothing answered but what the form itself starts with.

        `given` are resources for expressions, by the names of the form's launch context; `now` is for today() and now().
        With `offered_from`, what comes from the launch context is no answer yet: it is proposed, with that source.
        """
        sheet = cls(definition, plan, given, now)
        fill(sheet.children, definition.items, None, None, initial=True)
        sheet._settle_all()
        sheet._start(offered_from)
        return sheet

    @classmethod
    def read(
        cls,
        definition: Definition,
        response: Mapping[str, Any],
        plan: Plan | None = None,
        given: Mapping[str, Any] | None = None,
        now: dt.datetime | None = None,
    ) -> Sheet:
        """The sheet this QuestionnaireResponse holds; what does not fit the form is kept aside and written back.

        What a finished response says is never worked out anew: it was answered so.
        """
        sheet = cls(definition, plan, given, now)
        sheet.extra = {key: value for key, value in response.items() if key not in _ROOT_KEYS}
        sheet.status = response["status"] if isinstance(response.get("status"), str) else "in-progress"
        sheet.strays = take(sheet.children, definition.items, response.get("item"), None, None)
        named = response.get("questionnaire")
        if named is None or (isinstance(named, str) and answers_this(definition, named)):
            sheet.questionnaire = named or ""
        else:
            # A draft of another version is written as one of this: with this version's name and texts.
            for node in sheet.walk():
                node.text = node.item.text
        fill(sheet.children, definition.items, None, None)
        sheet.settling.keep_given = sheet.status != "in-progress"
        sheet._settle_all()
        sheet.settling.keep_given = False
        return sheet

    def _start(self, offered_from: str) -> None:
        """The answers that expressions of the form start with, where nothing else did."""
        begun = False
        for node in [node for node in self.walk() if node.item.initial_formula is not None]:
            formula = node.item.initial_formula
            if formula is None or node.answers:
                continue
            value = self.formulas.value(formula, node)
            try:
                pairs = answers_of(value.items, node.item)
            except ExpressionFault as fault:
                self.settling.note_fault("initial", node.item.link_id, str(fault))
                continue
            self.settling.note_fault("initial", node.item.link_id, value.fault)
            if offered_from and value.uses_given and len(pairs) == 1:
                self.propose(node, *pairs[0], offered_from)
                continue
            node.answers = [Answer(*pair) for pair in pairs]
            self.renew(node)
            begun = begun or bool(pairs)
        if begun:
            self._settle_all()

    def renew(self, node: Node) -> None:
        """Gives the answers of a question the items below them, after its answers were replaced."""
        if node.item.items:
            self.formulas.forget(None)
            for answer in node.answers:
                fill(answer.children, node.item.items, node, answer)
            self._nodes = {}

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

    def options(self, node: Node) -> tuple[Option, ...]:
        """The permitted answers of an occurrence now: those of the form, or those its expressions give and leave."""
        item = node.item
        held = item.options
        if item.answer_formula is not None and not held:
            held = options_of(self._told(item.answer_formula, node))
        if item.toggles:
            # An answer that several switches name is there while one of them is on.
            switched = [(one.values, self._told(one.formula, node) == [True]) for one in item.toggles]
            held = tuple(option for option in held if is_on(option, switched))
        return held

    def _told(self, formula: Formula, node: Node) -> list[Any]:
        value = self.formulas.value(formula, node)
        self.settling.note_fault("answers", node.item.link_id, value.fault)
        return value.items

    # -- changing -----------------------------------------------------------------------------------------------------

    def answer(self, node: Node, *values: tuple[str, Any]) -> tuple[Node, ...]:
        """Replaces the answers of a question; no values: clears it. Marks about the old answer go with it."""
        kept = {id(answer): answer for answer in node.answers}
        fresh: list[Answer] = []
        for key, value in values:
            old = next((a for a in kept.values() if a.key == key and a.value == value), None)
            fresh.append(kept.pop(id(old)) if old is not None else Answer(key, value))
        node.answers, node.given = fresh, False
        drop_extension(node.extra, names.UNABLE, names.PROPOSAL, names.OVERRIDDEN)
        if node.item.calculation is not None and fresh:
            # A person knows better than the form: the answer stays until it is cleared.
            node.extra.setdefault("extension", []).append({"url": names.OVERRIDDEN, "valueBoolean": True})
        for answer in fresh:
            fill(answer.children, node.item.items, node, answer)
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
        fill(node.children, node.item.items, node, None)
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
            fill(fresh.children, fresh.item.items, fresh, None)
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
            self.formulas.forget(None)
        return self.settling.after(node.item.link_id)

    def _settle_all(self) -> tuple[Node, ...]:
        return self.settling.all()

    # -- writing ------------------------------------------------------------------------------------------------------

    def write(self, *, status: str = "", drop_unasked: bool = False) -> dict[str, Any]:
        """The QuestionnaireResponse. `drop_unasked` leaves out what is not asked: for a form that is complete."""
        made: dict[str, Any] = {"resourceType": "QuestionnaireResponse"}
        if self.questionnaire:
            made["questionnaire"] = self.questionnaire
        made["status"] = status or self.status
        made |= self.extra
        items = [*written(self.children, drop_unasked), *self.strays]
        if items:
            made["item"] = items
        return made
