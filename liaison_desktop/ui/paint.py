"""Strokes shared by the widgets that paint themselves."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QPixmap

from liaison_desktop.ui.fonts import font_for

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter


def rounded(
    painter: QPainter,
    rect: QRectF,
    radius: float,
    fill: QColor | None = None,
    edge: QColor | None = None,
    width: float = 1.0,
) -> None:
    """A rectangle with round corners; its edge is drawn inside, so that it is sharp."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(edge, width) if edge is not None else QPen(Qt.PenStyle.NoPen))
    inset = width / 2 if edge is not None else 0.0
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius)


def draw_line(
    painter: QPainter,
    rect: QRectF,
    text: str,
    role: str,
    colour: QColor,
    align: Qt.AlignmentFlag = LEFT,
) -> float:
    """One line of text in a rectangle, with an ellipsis where it is too long. Returns its width in px."""
    face = font_for(text, role)
    metrics = QFontMetrics(face)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(rect.width()))
    painter.setFont(face)
    painter.setPen(colour)
    painter.drawText(rect, int(align | Qt.TextFlag.TextSingleLine), shown)
    return metrics.horizontalAdvance(shown)


def text_width(text: str, role: str) -> int:
    """How wide a text is in a role, in px."""
    return QFontMetrics(font_for(text, role)).horizontalAdvance(text)


def draw_icon(painter: QPainter, pixels: QPixmap, x: float, y: float) -> None:
    """An icon with its left upper corner at x, y."""
    painter.drawPixmap(QPointF(x, y), pixels)


def focus_ring(painter: QPainter, rect: QRectF, radius: float, colour: QColor, inset: float = 1.0) -> None:
    """The 2 px ring of the widget that has the keyboard."""
    rounded(painter, rect.adjusted(inset, inset, -inset, -inset), radius, None, colour, 2.0)
