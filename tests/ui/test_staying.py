"""The keyboard stays on its row when a list is filled again, or goes to the one that took its place."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from liaison_desktop.ui.buttons import Button, button
from liaison_desktop.ui.layout import column, refill
from liaison_desktop.ui.theme import Theme


class Lines:
    """Rows that are filled again after each act, below two buttons that were made first."""

    def __init__(self, qtbot: QtBot) -> None:
        self.first, self.other, self.box = button("First"), button("Other"), column()
        self.window = column(self.first, self.other, self.box)
        qtbot.addWidget(self.window)
        self.fill("one", "two", "three")
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)

    def fill(self, *names: str) -> None:
        refill(self.box, *(button(name, name=name) for name in names))

    def stop(self, name: str) -> QWidget:
        return next(one for one in self.box.findChildren(Button) if one.accessibleName() == name and one.isVisible())


def _held() -> str:
    held = QApplication.focusWidget()
    return held.accessibleName() if held is not None else ""


def test_the_row_keeps_the_keyboard_and_the_next_takes_the_place_of_one_that_went(
    qapp: QApplication, qtbot: QtBot
) -> None:
    Theme(qapp)
    lines = Lines(qtbot)
    lines.stop("two").setFocus()
    lines.fill("one", "two", "three")
    qtbot.waitUntil(lambda: _held() == "two")
    lines.fill("one", "three")
    qtbot.waitUntil(lambda: _held() == "three")
    # Filled twice before it is shown once, as when two records are saved in a row.
    lines.fill("three")
    lines.fill("three", "four")
    qtbot.waitUntil(lambda: _held() == "three")


def test_what_somebody_chose_meanwhile_keeps_it(qapp: QApplication, qtbot: QtBot) -> None:
    Theme(qapp)
    lines = Lines(qtbot)
    lines.stop("two").setFocus()
    lines.fill("one", "two")
    lines.other.setFocus()
    qapp.processEvents()
    qapp.processEvents()
    assert QApplication.focusWidget() is lines.other
    lines.fill("one")
    qapp.processEvents()
    qapp.processEvents()
    assert QApplication.focusWidget() is lines.other


def test_two_lists_filled_in_one_turn_do_not_take_it_from_each_other(qapp: QApplication, qtbot: QtBot) -> None:
    Theme(qapp)
    lines = Lines(qtbot)
    below = column(button("below", name="below"))
    layout = lines.window.layout()
    assert layout is not None
    layout.addWidget(below)
    qtbot.waitUntil(below.isVisible)
    lines.stop("three").setFocus()
    lines.fill("one", "two", "four")
    refill(below, button("below", name="below"))
    qtbot.waitUntil(lambda: _held() == "four")
    qapp.processEvents()
    assert _held() == "four"
