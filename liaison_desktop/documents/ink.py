"""A drawn signature as ink on paper: each stroke becomes a filled outline in the page itself, never a picture."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

from liaison_desktop.documents import fonts
from liaison_desktop.documents.styles import INK, MUTED, PEN
from liaison_desktop.documents.tagging.flowables import figure
from liaison_desktop.documents.text import printable

Point = tuple[float, float, float, float]  # x and y (y grows downwards, as on a screen), milliseconds, pressure 0 to 1
Outline = list[tuple[float, float]]

_THIN, _THICK, _FAST = 1.0, 2.1, 0.9  # points, points, points a millisecond at which the pen is at its thinnest
_INDENT, _BASE, _MOST_SCALE = 18.0, 6.0, 1.6


def outline(points: Sequence[Point]) -> Outline:
    """The closed outline of one stroke: thicker under pressure, thinner at speed, tapered at both ends.

    A single touch becomes a dot. Pressure 0 means the device does not know pressure; speed alone decides then.
    """
    if not points:
        return []
    if len(points) == 1 or all(point[:2] == points[0][:2] for point in points):
        return _dot(points[0][0], points[0][1], _THICK / 2)
    left: Outline = []
    right: Outline = []
    last, ink = len(points) - 1, 0.0
    for number, (x, y, _, pressure) in enumerate(points):
        before, after = points[max(0, number - 1)], points[min(last, number + 1)]
        dx, dy = after[0] - before[0], after[1] - before[1]
        length = math.hypot(dx, dy) or 1e-6
        speed = length / max(1.0, after[2] - before[2])
        wanted = _THICK - (_THICK - _THIN) * min(1.0, speed / _FAST)
        if pressure > 0:
            wanted = (wanted + _THIN + (_THICK - _THIN) * min(1.0, pressure)) / 2
        ink = wanted if number == 0 else ink * 0.7 + wanted * 0.3
        half = max(0.35, ink * min(1.0, (number + 1) / 4, (last - number + 1) / 4)) / 2
        left.append((x - dy / length * half, y + dx / length * half))
        right.append((x + dy / length * half, y - dx / length * half))
    return left + right[::-1]


def _dot(x: float, y: float, radius: float) -> Outline:
    return [
        (x + radius * math.cos(step * math.pi / 6), y + radius * math.sin(step * math.pi / 6)) for step in range(12)
    ]


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
            with page.marked(page.structure.here.child("P")):
                page.setFillColor(HexColor(MUTED))
                page.setFont(fonts.ITALIC, self._size)
                page.drawString(_INDENT, _BASE + 6, printable(self._stand_in).replace("\n", " "))
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
