"""A hand on the mouse and the keyboard: finds what a person would find, by its name, and presses it."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from PySide6.QtCore import QDeadlineTimer, QEvent, QEventLoop, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

W = TypeVar("W", bound=QWidget)
PATIENCE = 30_000  # milliseconds, enough for a slow machine that derives a key


class NotSo(Exception):
    """Something the tour expected is not so; the message says what."""


class Alarm:
    """Hears of every bug that reaches the event loop, where Qt would only print it and go on."""

    def __init__(self) -> None:
        self.rang = ""

    def listen(self) -> None:
        """From now on hear of every bug."""
        sys.excepthook = self._ring

    def _ring(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        place = traceback.extract_tb(trace)[-1] if trace is not None else None
        self.rang = f"a bug: {kind.__name__}" + (f" at {Path(place.filename).name}:{place.lineno}" if place else "")

    def check(self) -> None:
        """Raise NotSo if a bug was heard of."""
        if self.rang:
            raise NotSo(self.rang)


ALARM = Alarm()


def settle() -> None:
    """Let everything that is due happen. Raises NotSo if a bug was heard of."""
    for _ in range(3):
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
    ALARM.check()


def until(so: Callable[[], bool], what: str) -> None:
    """Wait until something is so. Raises NotSo when it does not come about."""
    deadline = QDeadlineTimer(PATIENCE)
    while not so():
        ALARM.check()
        if deadline.hasExpired():
            raise NotSo(f"waited in vain: {what}")
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 20)
    settle()


def names_of(widget: QWidget) -> set[str]:
    """What a person or a screen reader may call a widget."""
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return {name for name in (widget.accessibleName(), text.replace("&&", "&").strip()) if name}


def shown(kind: type[W], inside: QWidget | None = None) -> Iterator[W]:
    """The visible, enabled widgets of a class, in a window or in all of them."""
    for top in (inside,) if inside is not None else QApplication.topLevelWidgets():
        if top.isVisible():
            if isinstance(top, kind):
                yield top
            yield from (found for found in top.findChildren(kind) if found.isVisible() and found.isEnabled())


def find(kind: type[W], name: str = "", inside: QWidget | None = None) -> W:
    """The one visible widget of that class with that name. Raises NotSo if there is none."""
    for widget in shown(kind, inside):
        if not name or name in names_of(widget) or widget.objectName() == name:
            return widget
    raise NotSo(f"no {kind.__name__} called {name!r} is to be seen")


def press(name: str, inside: QWidget | None = None) -> None:
    """Click the button with that name."""
    click(find(QAbstractButton, name, inside))


def click(widget: QWidget, at: QPoint | None = None) -> None:
    """Click a widget, scrolled into view first."""
    parent = widget.parentWidget()
    while parent is not None:
        reveal = getattr(parent, "ensureWidgetVisible", None)
        if reveal is not None:
            reveal(widget)
        parent = parent.parentWidget()
    settle()
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at or widget.rect().center())
    settle()


def write(widget: QWidget, text: str) -> None:
    """Type text into a widget, key by key."""
    widget.setFocus()
    for letter in text:
        if letter.isascii():
            QTest.keyClicks(widget, letter)
            continue
        # The test library knows no key for a letter such as Á; an input method sends it just so.
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(widget, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))
    settle()


def key(which: Qt.Key, *modifiers: Qt.KeyboardModifier, on: QWidget | None = None) -> None:
    """Press one key with its modifiers on what has the focus."""
    if QApplication.activeWindow() is None:
        # Without a window system nobody gives the keyboard back when a list that had popped up is gone.
        for window in QApplication.topLevelWidgets():
            if window.isVisible():
                window.activateWindow()
        settle()
    target = on or QApplication.focusWidget() or QApplication.activeWindow()
    if target is None:
        raise NotSo("nothing has the keyboard")
    held = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        held |= modifier
    QTest.keyClick(target, which, held)
    settle()


def draw(pad: QWidget, strokes: list[list[QPointF]]) -> None:
    """Draw strokes on a signature pad with the left button, at the pace of a hand."""
    for stroke in strokes:
        first, *rest = [point.toPoint() for point in stroke]
        QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=first)
        for point in rest:
            QTest.mouseMove(pad, point, 4)
        QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=rest[-1] if rest else first)
    settle()
