"""Buttons in a line of which one is chosen, by pointer or by keys: the base of tabs and of the sections of a form."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QWidget


class Choosing(QWidget):
    """Buttons of which one is chosen; arrows move, Enter chooses."""

    changed = Signal(int)

    def __init__(self, steps: dict[Qt.Key, int]) -> None:
        super().__init__()
        self._steps = steps
        self.buttons: list[QAbstractButton] = []

    def _add(self, made: QAbstractButton) -> None:
        number = len(self.buttons)
        made.clicked.connect(lambda _checked=False: self._choose(number))
        made.installEventFilter(self)
        self.buttons.append(made)

    def current(self) -> int:
        """The chosen one, -1 if there is none."""
        return next((number for number, held in enumerate(self.buttons) if held.isChecked()), -1)

    def stops(self) -> list[QAbstractButton]:
        """Where the arrows stop, in their order: what is not hidden."""
        return [held for held in self.buttons if not held.isHidden()]

    def set_current(self, number: int) -> None:
        """Choose one without saying so."""
        for at, held in enumerate(self.buttons):
            held.setChecked(at == number)

    def _choose(self, number: int) -> None:
        self.set_current(number)
        self.changed.emit(number)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows move, Enter chooses."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if not isinstance(watched, QAbstractButton) or watched not in self.stops():
            return False
        step = self._steps.get(Qt.Key(event.key()), 0)
        if step:
            stops = self.stops()
            stops[(stops.index(watched) + step) % len(stops)].setFocus(Qt.FocusReason.TabFocusReason)
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            watched.click()
            return True
        return False
