"""When a workspace locks by itself: nobody touched it for a while, or the computer slept meanwhile."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

_LOOK = 1_000  # ms between two looks at the clock
_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletPress,
        QEvent.Type.TabletMove,
    }
)


class IdleWatch(QObject):
    """Emits `idle` once the minutes have passed without a key, a pointer or a pen.

    It compares clocks instead of trusting a timer, because a timer stands still while the computer sleeps.
    """

    idle = Signal()

    def __init__(self, minutes: Callable[[], int], clock: Callable[[], dt.datetime], parent: QObject) -> None:
        super().__init__(parent)
        self._minutes, self._clock = minutes, clock
        self._timer = QTimer(self, interval=_LOOK)
        self._timer.timeout.connect(self.look)
        self.touched()
        self._listen()
        self._timer.start()

    def touched(self) -> None:
        """Somebody is here."""
        self._at, self._tick = self._clock(), time.monotonic()

    def look(self) -> None:
        """Compare the clocks."""
        self._listen()
        # The wall clock may be set back, the other one may stand still in sleep: the longer time counts.
        passed = max((self._clock() - self._at).total_seconds(), time.monotonic() - self._tick)
        if passed >= self._minutes() * 60:
            self._timer.stop()
            self.idle.emit()

    def stop(self) -> None:
        """Watch no more."""
        self._timer.stop()
        for window in QGuiApplication.topLevelWindows():
            window.removeEventFilter(self)

    def _listen(self) -> None:
        # On the native windows, dialogs included, where each touch passes once. A filter on the whole application would
        # run for every event of every object, those that are being taken down included. Installing twice is once.
        for window in QGuiApplication.topLevelWindows():
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See every touch, take none."""
        if event.type() in _TOUCHES:
            self.touched()
        return False
