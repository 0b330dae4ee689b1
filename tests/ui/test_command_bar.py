"""The command bar: type, move, run, leave."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from liaison_desktop.ui.bar_rows import BarRow, parts_of
from liaison_desktop.ui.command_bar import CommandBar
from liaison_desktop.ui.inputs import LineEdit, line_edit


class Window(QWidget):
    """A window with a field and the bar over it."""

    def __init__(self) -> None:
        super().__init__()
        self.field: LineEdit = line_edit(name="Field")
        QVBoxLayout(self).addWidget(self.field)
        self.bar = CommandBar(self)
        self.ran: list[str] = []
        self.resize(1366, 768)

    def open(self) -> None:
        people = [self.row("Dr. Hannah Okonkwo", "Hepatology"), self.row("Dr. Kenji Okada", "Nephrology")]
        self.bar.open_with([("People", people), ("Actions", [self.row("New visit with Okonkwo"), self.row("Lock")])])

    def row(self, title: str, facts: str = "") -> BarRow:
        return BarRow(title, lambda: self.ran.append(title), facts, "user-round")

    def shown(self) -> list[str]:
        return [held if isinstance(held, str) else held.title for held in self.bar.model.items]


def _open(qtbot: QtBot) -> Window:
    window = Window()
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.field.setFocus()
    window.open()
    return window


def test_every_typed_word_must_occur(qtbot: QtBot) -> None:
    window = _open(qtbot)
    assert len(window.shown()) == 6
    QTest.keyClicks(window.bar.line, "okon vis")
    assert window.shown() == ["Actions", "New visit with Okonkwo"]
    QTest.keyClicks(window.bar.line, " zzz")
    assert window.shown() == ["Nothing matches. Try fewer letters."]
    QTest.keyClick(window.bar.line, Qt.Key.Key_Return)
    assert window.ran == []


def test_facts_are_searched_too(qtbot: QtBot) -> None:
    window = _open(qtbot)
    QTest.keyClicks(window.bar.line, "NEPHRO")
    assert window.shown() == ["People", "Dr. Kenji Okada"]


def test_arrows_pass_over_the_names_of_groups_and_enter_runs(qtbot: QtBot) -> None:
    window = _open(qtbot)
    QTest.keyClicks(window.bar.line, "ok")
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Down):
        QTest.keyClick(window.bar.line, key)
    QTest.keyClick(window.bar.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(window.ran))
    assert window.ran[0] in ("New visit with Okonkwo", "Lock")
    assert window.bar.isHidden()


def test_escape_gives_the_keyboard_back(qtbot: QtBot) -> None:
    window = _open(qtbot)
    assert window.bar.line.hasFocus()
    with qtbot.waitSignal(window.bar.closed):
        QTest.keyClick(window.bar.line, Qt.Key.Key_Escape)
    assert window.field.hasFocus()


def test_tab_does_not_leave_the_bar(qtbot: QtBot) -> None:
    window = _open(qtbot)
    QTest.keyClick(window.bar.line, Qt.Key.Key_Tab)
    assert window.bar.line.hasFocus()


def test_a_click_runs_and_a_click_beside_closes(qtbot: QtBot) -> None:
    window = _open(qtbot)
    place = window.bar.view.visualRect(window.bar.model.index(2, 0)).center()
    qtbot.mouseClick(window.bar.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: window.ran == ["Dr. Kenji Okada"])
    window.open()
    qtbot.mouseClick(window.bar, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert window.bar.isHidden()


def test_an_answer_to_an_older_text_is_dropped(qtbot: QtBot) -> None:
    window = _open(qtbot)
    asked: list[str] = []
    window.bar.asked.connect(asked.append)
    QTest.keyClicks(window.bar.line, "fe")
    assert asked == ["f", "fe"]
    window.bar.add_found("f", [("Records", [window.row("Old answer fe")])])
    assert "Old answer fe" not in window.shown()
    window.bar.add_found("fe", [("Records", [window.row("Lucía Ferrer")])])
    assert window.shown() == ["Records", "Lucía Ferrer"]
    # An accent folded away by the search is trusted: the search knows what it found.
    window.bar.add_found("fe", [("Records", [window.row("Łódź")])])
    assert window.shown() == ["Records", "Łódź"]


def test_typed_words_are_marked_and_hostile_titles_stay_text(qtbot: QtBot) -> None:
    assert parts_of("Dr. Okonkwo", ["ok"]) == [("Dr. ", False), ("Ok", True), ("onkwo", False)]
    assert "".join(text for text, _ in parts_of("Straße", ["ss"])) == "Straße"
    window = _open(qtbot)
    window.bar.open_with([("People", [window.row("<img src=x>", "<b>")])])
    QTest.keyClicks(window.bar.line, "<img")
    assert window.shown() == ["People", "<img src=x>"]
    window.grab()


def test_the_bar_covers_the_window_at_every_size(qtbot: QtBot) -> None:
    window = _open(qtbot)
    for size in ((1366, 768), (800, 500), (400, 300)):
        window.resize(*size)
        qtbot.waitUntil(lambda: window.bar.size() == window.size())
        assert window.bar.rect().contains(window.bar._panel.geometry().topLeft())
