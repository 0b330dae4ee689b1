"""The first finger makes the controls taller, and only the first."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.theme import Theme
from liaison_desktop.ui.tokens import Density
from liaison_desktop.ui.touch import TouchWatch


def test_the_first_touch_and_no_other(qtbot: QtBot, theme: Theme) -> None:
    watch = TouchWatch(theme)
    pressed = button("Save")
    qtbot.addWidget(pressed)
    pressed.show()
    watch.listen(pressed.windowHandle())
    assert pressed.height() == 32
    finger = QTest.createTouchDevice()
    QTest.touchEvent(pressed, finger).press(0, QPoint(5, 5)).commit()
    QTest.touchEvent(pressed, finger).release(0, QPoint(5, 5)).commit()
    assert theme.density is Density.TOUCH
    assert pressed.height() == 44
    theme.set_density(Density.DESK)
    QTest.touchEvent(pressed, finger).press(0, QPoint(5, 5)).commit()
    QTest.touchEvent(pressed, finger).release(0, QPoint(5, 5)).commit()
    assert theme.density is Density.DESK
    watch.deleteLater()
