"""The logical structure of a document while it is drawn: a tree of elements and what stands where of each."""

from __future__ import annotations

import dataclasses
from typing import Any

Place = tuple[int, int]  # page from 0, number of the marked content on it


@dataclasses.dataclass(eq=False, slots=True)
class Element:
    """One element: its standard role (ISO 32000-1, 14.8.4) and, in reading order, its elements and places on pages.

    `alternative` is read in place of a picture, `spoken` in place of the printed letters, `language` is a BCP 47 tag
    where it differs from that of the document.
    """

    role: str
    parent: Element | None = None
    alternative: str = ""
    spoken: str = ""
    language: str = ""
    attributes: dict[str, Any] | None = None
    kids: list[Element | Place] = dataclasses.field(default_factory=list)

    def child(self, role: str, **named: Any) -> Element:
        """A new element at the end of this one."""
        made = Element(role, self, **named)
        self.kids.append(made)
        return made

    def prune(self) -> None:
        """Take out elements that hold nothing.

        A cell may be empty, or its row would lose a column; a field's element gets its widget when it is written.
        """
        for kid in list(self.kids):
            if isinstance(kid, Element):
                kid.prune()
                if not kid.kids and kid.role not in ("TH", "TD", "Form"):
                    self.kids.remove(kid)
        if self.role == "TR" and not any(kid.kids for kid in self.kids if isinstance(kid, Element)):
            self.kids.clear()


class Structure:
    """The tree with the way to where drawing is now, and for each page which element each marked content belongs to."""

    def __init__(self) -> None:
        self.root = Element("Document")
        self.pages: list[list[Element]] = [[]]
        self.open: Element | None = None
        self.artifacts = 0
        self._way = [self.root]

    @property
    def here(self) -> Element:
        """The element that holds what is drawn next."""
        return self._way[-1]

    def enter(self, element: Element) -> None:
        """What is drawn until `leave` stands in this element."""
        self._way.append(element)

    def leave(self) -> None:
        """Back to the element around this one."""
        self._way.pop()

    def place(self, element: Element) -> int:
        """The number of the next marked content of this page, which belongs to the element."""
        on_page = self.pages[-1]
        element.kids.append((len(self.pages) - 1, len(on_page)))
        on_page.append(element)
        return len(on_page) - 1
