"""Brackets around what is drawn, which say whose element it is, or that it is no content at all."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from liaison_desktop.documents.tagging.structure import Element, Structure


class TaggedCanvas(Canvas):
    """Pages whose content is marked. What is neither in an element nor an artifact fails the tests of documents."""

    def __init__(self, *words: Any, **named: Any) -> None:
        self.structure = Structure()
        super().__init__(*words, **named)

    @contextlib.contextmanager
    def marked(self, element: Element) -> Iterator[None]:
        """What is drawn inside belongs to the element; inside an artifact it stays one, inside an element it joins it."""
        if not self.begin(element):
            yield
            return
        yield
        self.end()

    @contextlib.contextmanager
    def artifact(self, sort: str = "Layout") -> Iterator[None]:
        """What is drawn inside is no content: `Layout` for rules and backgrounds, `Pagination` for headers and footers."""
        self.begin_artifact(sort)
        yield
        self.end_artifact()

    def begin(self, element: Element) -> bool:
        """Open the brackets, unless some are open."""
        tags = self.structure
        if tags.artifacts or tags.open is not None:
            return False
        self._write(f"/{element.role} <</MCID {tags.place(element)}>> BDC")
        tags.open = element
        return True

    def end(self) -> None:
        """Close them."""
        self._write("EMC")
        self.structure.open = None

    def begin_artifact(self, sort: str = "Layout") -> None:
        """Open an artifact. Artifacts may stand in each other; one in an element would be content, so it is that."""
        tags = self.structure
        if not tags.artifacts and tags.open is None:
            self._write(f"/Artifact <</Type /{sort}>> BDC")
        tags.artifacts += 1

    def end_artifact(self) -> None:
        """Close it."""
        tags = self.structure
        tags.artifacts -= 1
        if not tags.artifacts and tags.open is None:
            self._write("EMC")

    def box(self, width: float, height: float) -> tuple[float, float, float, float]:
        """Where a box of that size at the present origin stands on the page."""
        left, low = self.absolutePosition(0, 0)
        return round(left, 2), round(low, 2), round(left + width, 2), round(low + height, 2)

    def _write(self, operator: str) -> None:
        vars(self)["_code"].append(operator)
