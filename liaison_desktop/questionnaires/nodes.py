"""The live tree of a form being filled in: one node for each occurrence of an item, answers under questions.

These are the one mutable thing in the engine; `response.Sheet` alone changes them.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any, TypeAlias

from liaison_desktop.questionnaires.definition import Item, Option

Children: TypeAlias = "dict[str, list[Node]]"


def new_instance_id() -> str:
    """A new id of an occurrence; it stays the same for good, whatever is added or removed around it."""
    return "i" + uuid.uuid4().hex[:12]


class Answer:
    """One answer: FHIR's `value[x]` key and value, the children under it, and whatever else came with it."""

    __slots__ = ("children", "extra", "key", "place", "strays", "value")

    def __init__(self, key: str, value: Any, extra: dict[str, Any] | None = None) -> None:
        self.key = key
        self.value = value
        self.extra = extra or {}
        self.children: Children = {}
        self.strays: list[Any] = []
        self.place = ""  # where it stood in the response it was read from

    @property
    def code(self) -> str:
        """The code of a coding, else the value as text."""
        if self.key == "valueCoding" and isinstance(self.value, dict):
            return str(self.value.get("code", ""))
        return str(self.value)


class Node:
    """One occurrence of an item. `id` tells occurrences of a repeating group apart and survives every change."""

    __slots__ = (
        "answers", "children", "enabled", "extra", "given", "id", "item", "parent", "place", "strays", "text", "under",
    )  # fmt: skip

    def __init__(self, item: Item, parent: Node | None, under: Answer | None = None, id: str = "") -> None:
        self.item = item
        self.parent = parent
        self.under = under
        self.id = id
        # What is written beside the linkId; a response that came without it is written back without it.
        self.text = item.text
        # A response may hold an item that says nothing; it is written back as it came.
        self.given = False
        self.enabled = True
        self.answers: list[Answer] = []
        self.children: Children = {}
        self.strays: list[Any] = []
        self.extra: dict[str, Any] = {}
        # Where it stood in the response it was read from, in FHIRPath; blank for one that was not there.
        self.place = ""

    @property
    def key(self) -> str:
        """Where this node is: linkIds from the top, each with its occurrence id if it has one."""
        parts: list[str] = []
        node: Node | None = self
        while node is not None:
            parts.append(f"{node.item.link_id}:{node.id}" if node.id else node.item.link_id)
            node = node.parent
        return "/".join(reversed(parts))

    @property
    def value(self) -> Any:
        """The value of the first answer, or None."""
        return self.answers[0].value if self.answers else None

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes (or values as text) of all answers."""
        return tuple(answer.code for answer in self.answers)

    def chosen(self) -> tuple[Option, ...]:
        """The permitted answers that were chosen."""
        options = (self.item.option(code) for code in self.codes)
        return tuple(option for option in options if option is not None)

    def below(self) -> Iterator[Node]:
        """The nodes directly below, under this group or under its answers, in order."""
        for nodes in self.children.values():
            yield from nodes
        for answer in self.answers:
            for nodes in answer.children.values():
                yield from nodes

    def walk(self) -> Iterator[Node]:
        """This node and everything below it, in the order of the form."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += reversed(list(node.below()))

    def holds_anything(self) -> bool:
        """Whether it would be written at all: an answer, a mark on it, or something below that holds anything."""
        if self.answers or self.extra or self.strays or self.given:
            return True
        return any(below.holds_anything() for below in self.below())
