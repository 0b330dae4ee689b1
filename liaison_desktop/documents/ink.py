"""A drawn signature as ink on paper: each stroke becomes a filled outline in the page itself, never a picture."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable

from liaison_desktop.documents import fonts
from liaison_desktop.documents.phrases import phrase
from liaison_desktop.documents.styles import INK, MUTED, PEN, style
from liaison_desktop.documents.tagging.flowables import figure
from liaison_desktop.ui.ink import Point, outline

_INDENT, _BASE, _MOST_SCALE = 18.0, 6.0, 1.6


def fitted(strokes: Sequence[Sequence[Point]], width: float, height: float) -> list[list[Point]]:
    """The strokes turned right way up and scaled as one into that box; the shape is never stretched."""
    xs = [point[0] for stroke in strokes for point in stroke]
    ys = [point[1] for stroke in strokes for point in stroke]
    if not xs:
        return []
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    scale = min(width / max(1e-6, wide), height / max(1e-6, high), _MOST_SCALE)
    return [[((x - min(xs)) * scale, (max(ys) - y) * scale, t, p) for x, y, t, p in stroke] for stroke in strokes]


class Ink(Flowable):
    """The place of one signature: its ink, or the words that stand in for it, over the line."""

    def __init__(
        self,
        strokes: Sequence[Sequence[Point]],
        width: float,
        height: float,
        stand_in: str,
        size: float,
        *,
        alternative: str = "Signature",
    ):
        super().__init__()
        self._strokes, self._stand_in, self._size, self._alternative = strokes, stand_in, size, alternative
        self.width, self.height = width, height

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """The size it was given."""
        return self.width, self.height

    def draw(self) -> None:
        """Put ink, line and cross on the page."""
        page: Any = self.canv
        drawn = fitted(self._strokes, self.width - _INDENT - 8, self.height - _BASE - 3)
        if drawn:
            with page.marked(figure(page, self._alternative, self.width, self.height)):
                self._draw_strokes(page, drawn)
        else:
            words = phrase(((self._stand_in.replace("\n", " "), ""),), style(self._size, 1.2, MUTED, fonts.ITALIC))
            words.wrapOn(page, self.width - _INDENT, self.height)
            words.drawOn(page, _INDENT, _BASE + 3)
        with page.artifact():
            page.setStrokeColor(HexColor(INK))
            page.setLineWidth(0.7)
            page.line(0, _BASE - 2, self.width, _BASE - 2)
            page.setFillColor(HexColor(MUTED))
            page.setFont(fonts.SEMIBOLD, 9)
            page.drawString(1, _BASE + 1.5, "×")

    def _draw_strokes(self, page: Any, drawn: Sequence[Sequence[Point]]) -> None:
        page.setFillColor(HexColor(PEN))
        for stroke in drawn:
            shape = [(x + _INDENT, y + _BASE + 1) for x, y in outline(stroke)]
            if shape:
                path = page.beginPath()
                path.moveTo(*shape[0])
                for corner in shape[1:]:
                    path.lineTo(*corner)
                path.close()
                # Non-zero fill: where a stroke crosses itself the ink stays ink.
                page.drawPath(path, stroke=0, fill=1, fillMode=1)


class Scan(Flowable):
    """The place of a signature that was given on paper: the picture of it, whole and never stretched, over the line."""

    def __init__(self, picture: bytes, width: float, height: float, *, alternative: str = "Signature") -> None:
        super().__init__()
        self._picture, self._alternative = picture, alternative
        self.width, self.height = width, height

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """The size it was given."""
        return self.width, self.height

    def draw(self) -> None:
        """Put picture and line on the page."""
        page: Any = self.canv
        image = ImageReader(io.BytesIO(self._picture))
        wide, high = image.getSize()
        scale = min(self.width / max(1, wide), (self.height - _BASE) / max(1, high))
        with page.marked(figure(page, self._alternative, self.width, self.height)):
            page.drawImage(image, 0, _BASE, wide * scale, high * scale, mask="auto")
        with page.artifact():
            page.setStrokeColor(HexColor(INK))
            page.setLineWidth(0.7)
            page.line(0, _BASE - 2, self.width, _BASE - 2)
