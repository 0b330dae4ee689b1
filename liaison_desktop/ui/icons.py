"""Lucide icons from `resources/icons`, tinted and rendered to pixels."""

from __future__ import annotations

import functools

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from liaison_desktop.paths import resource


@functools.cache
def _drawing(name: str) -> str:
    return resource("icons", f"{name}.svg").read_text(encoding="utf-8")


@functools.lru_cache(maxsize=2048)
def tinted(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    """The icon in `#rrggbb`, `size` px square, for a screen with `ratio` device pixels a px.

    Small icons get a stronger line and large ones a finer one, so that they weigh as much as the text beside them.
    """
    line = "2.25" if size <= 14 else "1.6" if size >= 28 else "2"
    drawing = _drawing(name).replace("currentColor", colour).replace('stroke-width="2"', f'stroke-width="{line}"')
    pixels = QPixmap(round(size * ratio), round(size * ratio))
    pixels.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixels)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(0, 0, pixels.width(), pixels.height()))
    painter.end()
    pixels.setDevicePixelRatio(ratio)
    return pixels
