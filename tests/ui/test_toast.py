"""A toast says what was done and takes it back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from liaison_desktop.ui.toast import SECONDS, Toasts
from liaison_desktop.ui.tokens import LIST, STATUS


def _window(qtbot: QtBot) -> tuple[QWidget, Toasts]:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    return window, Toasts(window, lambda: 176, lambda: STATUS)


def test_undo_is_done_once(qtbot: QtBot) -> None:
    _, toasts = _window(qtbot)
    undone: list[int] = []
    toasts.show_toast("Visit cancelled", lambda: undone.append(1))
    toast = toasts.current
    assert toast is not None
    assert toast.button is not None
    qtbot.mouseClick(toast.button, Qt.MouseButton.LeftButton)
    assert undone == [1]
    assert toasts.current is None
    toasts.undo()
    assert undone == [1]


def test_it_stands_on_the_foot_of_the_list(qtbot: QtBot) -> None:
    window, toasts = _window(qtbot)
    toasts.show_toast("A sentence that is too long for one line of a toast", lambda: None)
    toast = toasts.current
    assert toast is not None
    assert toast.geometry().right() <= 176 + LIST
    assert toast.geometry().bottom() <= 768 - STATUS
    window.resize(1200, 600)
    QApplication.processEvents()
    assert toast.geometry().bottom() <= 600 - STATUS


def test_it_waits_while_the_pointer_or_the_keyboard_rests_on_it(qtbot: QtBot) -> None:
    _, toasts = _window(qtbot)
    toasts.show_toast("Saved", lambda: None)
    toast = toasts.current
    assert toast is not None
    assert toast.clock.isActive()
    assert toast.clock.interval() == SECONDS * 1000
    place = QPointF(1, 1)
    QApplication.sendEvent(toast, QEnterEvent(place, place, place))
    assert not toast.clock.isActive()
    QApplication.sendEvent(toast, QEvent(QEvent.Type.Leave))
    assert toast.clock.isActive()


def test_it_goes_by_itself(qtbot: QtBot) -> None:
    _, toasts = _window(qtbot)
    undone: list[int] = []
    toasts.show_toast("Saved", lambda: undone.append(1))
    toast = toasts.current
    assert toast is not None
    toast.clock.start(1)
    qtbot.waitUntil(lambda: toasts.current is None)
    assert undone == []


def test_the_next_takes_the_place_of_the_last(qtbot: QtBot) -> None:
    _, toasts = _window(qtbot)
    undone: list[str] = []
    toasts.show_toast("First", lambda: undone.append("first"))
    toasts.show_toast("Second", lambda: undone.append("second"))
    toasts.undo()
    assert undone == ["second"]
    toasts.show_toast("Nothing to undo")
    assert toasts.current is not None
    assert toasts.current.button is None


def test_a_toast_never_stands_on_an_action_bar_button(qtbot: QtBot) -> None:
    """What a person may have to press at once, such as Stop, stays free, also when it appears with the toast."""
    window, toasts = _window(qtbot)
    toasts.show_toast("Saved")
    stop = QPushButton("Stop", window)
    stop.setGeometry(196, 768 - STATUS - 42, 90, 32)
    stop.show()
    assert toasts.current is not None
    qtbot.waitUntil(lambda: toasts.current is not None and not toasts.current.geometry().intersects(stop.geometry()))


def test_nor_on_the_words_of_an_action_bar(qtbot: QtBot) -> None:
    window, toasts = _window(qtbot)
    bar = QWidget(window)
    bar.setGeometry(176, 768 - STATUS - 52, 1190, 52)
    button = QPushButton("Send", bar)
    button.setGeometry(1080, 10, 90, 32)
    bar.show()
    toasts.show_toast("Saved")
    assert toasts.current is not None
    assert not toasts.current.geometry().intersects(bar.geometry())


def test_what_was_refused_never_carries_the_tick_and_stands_longer(qtbot: QtBot) -> None:
    _, toasts = _window(qtbot)
    seen = []
    for trouble in (False, True):
        toasts.show_toast("There is no stay to give.", trouble=trouble)
        assert toasts.current is not None
        QApplication.processEvents()
        seen.append((toasts.current.grab().toImage(), toasts.current.clock.interval()))
    (done, short), (refused, long) = seen
    assert done != refused, "another sign beside the same words"
    assert long == 2 * short


def test_it_stands_elsewhere_where_a_form_is_typed_into_at_the_foot(qtbot: QtBot) -> None:
    window, toasts = _window(qtbot)
    line = QLineEdit(window)
    line.setGeometry(190, 768 - STATUS - 50, 300, 32)
    line.show()
    toasts.show_toast("Saved")
    toast = toasts.current
    assert toast is not None
    assert not toast.geometry().intersects(line.geometry())
    line.hide()
    toasts.show_toast("Saved")
    assert toasts.current is not None
    assert toasts.current.geometry().left() < 176 + LIST
