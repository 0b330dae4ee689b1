"""A plausible hand for pads: curves as a person draws them, sent as real mouse events."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from liaison_desktop.tour.ink import PATIENT as STROKES
from liaison_desktop.tour.ink import Curve
from liaison_desktop.tour.ink import strokes as points_of


def draw(pad: QWidget, strokes: tuple[Curve, ...] = STROKES) -> None:
    """Draw the signature with the mouse."""
    for stroke in points_of(strokes):
        first, *rest = (point.toPoint() for point in stroke)
        QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=first)
        for point in rest:
            QTest.mouseMove(pad, point)
        QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=rest[-1])
