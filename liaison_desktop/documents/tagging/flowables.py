"""Paragraphs, pictures and rules that say what they are."""

from __future__ import annotations

from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfdoc import PDFArray, PDFName
from reportlab.pdfgen.textobject import PDFTextObject
from reportlab.platypus import Flowable, Paragraph

from liaison_desktop.documents.tagging.page import TaggedCanvas
from liaison_desktop.documents.tagging.structure import Element

_CELLS = ("TH", "TD")


class _Lines(PDFTextObject):
    """Text whose lines end in a space: without it a reader runs the last word of a line into the next."""

    def _textOut(self, text: str, TStar: int = 0) -> None:
        super()._textOut(f"{text} " if TStar else text, TStar)  # type: ignore[misc]


class Words(Paragraph):
    """A paragraph in the role its style names (`structure`); alone in a cell it is the cell's own content.

    The parts of a paragraph that goes on overleaf are one element.
    """

    def __init__(self, text: str, style: ParagraphStyle, language: str = "", **named: Any) -> None:
        super().__init__(text, style, **named)
        self._language = language
        self._shared: list[Element] = []

    @property
    def begun(self) -> bool:
        """Whether a part of it has been drawn."""
        return bool(self._shared)

    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:
        """The part for this page and the part for the next."""
        parts: list[Flowable] = super().split(availWidth, availHeight)
        for part in parts:
            if isinstance(part, Words):
                part._language, part._shared = self._language, self._shared
        return parts

    def beginText(self, x: float, y: float) -> PDFTextObject:
        """The lines as they are written."""
        return _Lines(self.canv, x, y)

    def drawPara(self, debug: int = 0) -> None:
        """Put it on the page, marked."""
        page: Any = self.canv
        if not isinstance(page, TaggedCanvas) or page.structure.artifacts:
            super().drawPara(debug)
            return
        if not self._shared:
            self._shared.append(element_for(self.style, self._language, page.structure.here))
        with page.marked(self._shared[0]):
            super().drawPara(debug)


def element_for(style: ParagraphStyle, language: str, around: Element) -> Element:
    """The element of a paragraph that is about to be drawn: its own, or the cell in which it is the first."""
    if around.role in _CELLS and not around.kids:
        around.language = around.language or language
        return around
    return around.child(str(getattr(style, "structure", "P")), language=language)


class Figure(Flowable):
    """A drawing with the words that are read in its place."""

    def __init__(self, drawing: Any, alternative: str) -> None:
        super().__init__()
        self._drawing, self._alternative = drawing, alternative
        self.width, self.height = drawing.width, drawing.height

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """The size of the drawing."""
        self.width, self.height = self._drawing.wrap(aW, aH)
        return self.width, self.height

    def draw(self) -> None:
        """Put the drawing on the page, marked."""
        page: Any = self.canv
        with page.marked(figure(page, self._alternative, self.width, self.height)):
            self._drawing.drawOn(page, 0, 0)


def figure(page: TaggedCanvas, alternative: str, width: float, height: float) -> Element:
    """The element of a picture of that size at the present origin. UA-1, 7.3: with alternative text and its box."""
    box = {"O": PDFName("Layout"), "BBox": PDFArray(page.box(width, height))}
    return page.structure.here.child("Figure", alternative=alternative, attributes=box)
