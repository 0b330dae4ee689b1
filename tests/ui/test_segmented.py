"""One-tap answers, with the mouse and with the keyboard."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from liaison_desktop.ui.choices import BigChoices
from liaison_desktop.ui.multi_chips import MultiChips
from liaison_desktop.ui.segmented import Segmented

ANSWERS = [("y", "Yes"), ("n", "No"), ("u", "Unable to assess")]


def _asked(qtbot: QtBot, clears: bool = True) -> Segmented:
    held = Segmented(ANSWERS, name="Latex?", clears=clears)
    qtbot.addWidget(held)
    held.show()
    held.activateWindow()
    qtbot.waitUntil(held.isActiveWindow)
    return held


def test_nothing_is_answered_at_first(qtbot: QtBot) -> None:
    assert _asked(qtbot).value() is None


def test_a_tap_answers_and_a_second_tap_changes_nothing(qtbot: QtBot) -> None:
    held = _asked(qtbot)
    with qtbot.waitSignal(held.changed) as told:
        qtbot.mouseClick(held.buttons[1], Qt.MouseButton.LeftButton)
    assert told.args == ["n"]
    qtbot.mouseClick(held.buttons[1], Qt.MouseButton.LeftButton)
    assert held.value() == "n"


def test_arrows_move_without_answering_and_enter_answers(qtbot: QtBot) -> None:
    held = _asked(qtbot)
    held.buttons[0].setFocus()
    QTest.keyClick(held.buttons[0], Qt.Key.Key_Right)
    assert held.buttons[1].hasFocus()
    assert held.value() is None
    QTest.keyClick(held.buttons[1], Qt.Key.Key_Return)
    assert held.value() == "n"
    QTest.keyClick(held.buttons[1], Qt.Key.Key_Right)
    QTest.keyClick(held.buttons[2], Qt.Key.Key_Right)
    assert held.buttons[0].hasFocus()
    QTest.keyClick(held.buttons[0], Qt.Key.Key_Space)
    assert held.value() == "y"


def test_a_digit_answers(qtbot: QtBot) -> None:
    held = _asked(qtbot)
    held.buttons[0].setFocus()
    QTest.keyClick(held.buttons[0], Qt.Key.Key_3)
    assert held.value() == "u"
    QTest.keyClick(held.buttons[2], Qt.Key.Key_9)
    assert held.value() == "u"


def test_an_answer_can_be_taken_away_where_that_is_allowed(qtbot: QtBot) -> None:
    held = _asked(qtbot)
    held.set_value("y")
    QTest.keyClick(held.buttons[0], Qt.Key.Key_Backspace)
    assert held.value() is None
    kept = _asked(qtbot, clears=False)
    kept.set_value("y")
    QTest.keyClick(kept.buttons[0], Qt.Key.Key_Backspace)
    assert kept.value() == "y"


def test_showing_a_value_is_not_a_change(qtbot: QtBot) -> None:
    held = _asked(qtbot)
    with qtbot.assertNotEmitted(held.changed):
        held.set_value("u")
        held.set_value("no such answer")
    assert held.value() is None


def test_every_answer_is_spoken_with_its_question(qtbot: QtBot) -> None:
    assert [part.accessibleName() for part in _asked(qtbot).buttons][0] == "Latex?: Yes"


def test_room_for_the_tick_is_kept(qtbot: QtBot) -> None:
    held = _asked(qtbot)
    before = [part.sizeHint().width() for part in held.buttons]
    held.set_value("u")
    assert [part.sizeHint().width() for part in held.buttons] == before


def test_several_chips(qtbot: QtBot) -> None:
    held = MultiChips(ANSWERS, name="Which?")
    qtbot.addWidget(held)
    held.show()
    held.set_value(("u", "y"))
    assert held.value() == ("y", "u")
    with qtbot.waitSignal(held.changed):
        qtbot.mouseClick(held.buttons[0], Qt.MouseButton.LeftButton)
    assert held.value() == ("u",)
    assert held.layout().heightForWidth(120) > held.layout().heightForWidth(900)


def test_the_patients_choice(qtbot: QtBot) -> None:
    held = BigChoices(["Yes, I agree", "No, I do not agree"], "Do you agree?")
    qtbot.addWidget(held)
    held.show()
    assert held.value() is None
    QTest.keyClick(held.buttons[1], Qt.Key.Key_Return)
    assert held.value() == "No, I do not agree"
    qtbot.mouseClick(held.buttons[0], Qt.MouseButton.LeftButton)
    assert held.value() == "Yes, I agree"
    assert all(part.height() >= 68 for part in held.buttons)
