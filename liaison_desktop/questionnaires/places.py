"""The live answers as a path of an expression sees them: the response they would be written as, without writing it.

What is not asked is not there. Every look is noted in a `Watch`, so that an expression is worked out again only when an
answer it looked at changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from liaison_desktop.questionnaires.definition import Definition
from liaison_desktop.questionnaires.fhirpath.kinds import Element, Items, wrapped
from liaison_desktop.questionnaires.nodes import Answer, Children, Node
from liaison_desktop.questionnaires.written import written_answer, written_node

if TYPE_CHECKING:
    from liaison_desktop.questionnaires.response import Sheet


class Watch:
    """The linkIds whose answers, or whose being asked, an expression has looked at."""

    __slots__ = ("definition", "seen")

    def __init__(self, definition: Definition) -> None:
        self.definition = definition
        self.seen: set[str] = set()

    def look(self, link_id: str) -> None:
        """Notes an item and everything below it: whether it is there depends on all of that."""
        if link_id not in self.seen:
            self.seen |= self.definition.subtree(link_id)


def is_there(node: Node) -> bool:
    """Whether the node would be written into a finished response."""
    if not node.enabled:
        return False
    return bool(node.answers or node.extra or node.strays or node.given) or any(
        is_there(below) for below in node.below()
    )


def _present(children: Children, watch: Watch) -> Items:
    found: Items = []
    for link_id, nodes in children.items():
        watch.look(link_id)
        found += [NodePlace(node, watch) for node in nodes if is_there(node)]
    return found


def _elements(strays: Iterable[Any]) -> Items:
    return [one for stray in strays for one in wrapped(stray)]


def _all(members: Mapping[str, Any]) -> Items:
    return Element(members).below()


class SheetPlace:
    """The whole response."""

    __slots__ = ("sheet", "watch")
    type = "QuestionnaireResponse"

    def __init__(self, sheet: Sheet, watch: Watch) -> None:
        self.sheet = sheet
        self.watch = watch

    def member(self, name: str) -> Items:
        """What lies under that name."""
        sheet = self.sheet
        if name == "item":
            return _present(sheet.children, self.watch) + _elements(sheet.strays)
        if name == "status":
            return [sheet.status]
        if name == "questionnaire":
            return [sheet.questionnaire] if sheet.questionnaire else []
        return Element(sheet.extra).member(name)

    def below(self) -> Items:
        """Everything directly inside."""
        known = [*self.member("questionnaire"), *self.member("status")]
        return known + _all(self.sheet.extra) + self.member("item")

    def plain(self) -> Any:
        """The response as JSON."""
        self.watch.seen |= set(self.sheet.definition.index)
        return self.sheet.write(drop_unasked=True)

    def found(self, link_id: str, how: str) -> Items | None:
        """The items of that linkId. None where something that the form does not know could have it too."""
        sheet = self.sheet
        if link_id not in sheet.definition.index or (how == "descendants" and "contained" in sheet.extra):
            return None
        self.watch.look(link_id)
        nodes = sheet.children.get(link_id, []) if how == "item" else sheet.nodes(link_id)
        return [
            NodePlace(node, self.watch)
            for node in nodes
            if (how != "repeat" or not _under_answer(node)) and is_there(node)
        ]

    def seen_by(self, watch: Watch) -> SheetPlace:
        """The same place, for another who looks."""
        return SheetPlace(self.sheet, watch)

    def key_of_place(self) -> Any:
        """What tells this place from others."""
        return id(self.sheet)


class NodePlace:
    """One item of the response."""

    __slots__ = ("node", "watch")
    type = "BackboneElement"

    def __init__(self, node: Node, watch: Watch) -> None:
        self.node = node
        self.watch = watch

    def member(self, name: str) -> Items:
        """What lies under that name."""
        node = self.node
        if name == "answer":
            self.watch.seen.add(node.item.link_id)
            return [AnswerPlace(answer, node, self.watch) for answer in node.answers] if node.enabled else []
        if name == "linkId":
            return [node.item.link_id]
        if name == "item":
            return _present(node.children, self.watch) + _elements(node.strays)
        if name in ("text", "id"):
            held = node.text if name == "text" else node.id
            return [held] if held else []
        return Element(node.extra).member(name)

    def below(self) -> Items:
        """Everything directly inside."""
        known = [*self.member("linkId"), *self.member("id"), *self.member("text")]
        return known + _all(self.node.extra) + self.member("answer") + self.member("item")

    def plain(self) -> Any:
        """The item as JSON."""
        self.watch.look(self.node.item.link_id)
        return written_node(self.node, True) or {"linkId": self.node.item.link_id}

    def found(self, link_id: str, how: str) -> Items | None:
        """The items of that linkId below this one."""
        if link_id not in self.watch.definition.index or self.node.strays:
            return None
        self.watch.look(link_id)
        if how == "item":
            nodes = self.node.children.get(link_id, [])
        else:
            nodes = _below(self.node, link_id, through_answers=how == "descendants")
        return [NodePlace(node, self.watch) for node in nodes if is_there(node)]

    def seen_by(self, watch: Watch) -> NodePlace:
        """The same place, for another who looks."""
        return NodePlace(self.node, watch)

    def key_of_place(self) -> Any:
        """What tells this place from others."""
        return id(self.node)


class AnswerPlace:
    """One answer of an item."""

    __slots__ = ("answer", "node", "watch")
    type = "BackboneElement"

    def __init__(self, answer: Answer, node: Node, watch: Watch) -> None:
        self.answer = answer
        self.node = node
        self.watch = watch

    def member(self, name: str) -> Items:
        """What lies under that name; `value` is the answer, whatever its type."""
        answer = self.answer
        if name in ("value", answer.key):
            return list(wrapped(answer.value, answer.key[5:]))
        if name == "item":
            return _present(answer.children, self.watch) + _elements(answer.strays)
        return Element(answer.extra).member(name)

    def below(self) -> Items:
        """Everything directly inside."""
        return self.member("value") + _all(self.answer.extra) + self.member("item")

    def plain(self) -> Any:
        """The answer as JSON."""
        self.watch.look(self.node.item.link_id)
        return written_answer(self.answer, True)

    def found(self, link_id: str, how: str) -> Items | None:
        """The items of that linkId below this answer."""
        if how != "item" or link_id not in self.watch.definition.index or self.answer.strays:
            return None
        self.watch.look(link_id)
        return [NodePlace(node, self.watch) for node in self.answer.children.get(link_id, []) if is_there(node)]

    def seen_by(self, watch: Watch) -> AnswerPlace:
        """The same place, for another who looks."""
        return AnswerPlace(self.answer, self.node, watch)

    def key_of_place(self) -> Any:
        """What tells this place from others."""
        return id(self.answer)


def _under_answer(node: Node) -> bool:
    at: Node | None = node
    while at is not None:
        if at.under is not None:
            return True
        at = at.parent
    return False


def _below(top: Node, link_id: str, through_answers: bool) -> list[Node]:
    found = []
    for node in top.walk():
        if node is not top and node.item.link_id == link_id:
            at: Node | None = node
            through = False
            while at is not None and at is not top:
                through = through or at.under is not None
                at = at.parent
            if through_answers or not through:
                found.append(node)
    return found
