"""Loading ahead what the pages of a workspace are made of, while nobody waits for anything.

The first opening of a page would otherwise wait for its modules. They are loaded one at a time on the window's thread,
from below upwards, so that each turn is short, and never while somebody types or points: after a touch it waits.
"""

from __future__ import annotations

import importlib
import time
from collections.abc import Iterable
from importlib.util import find_spec

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QGuiApplication

_FIRST, _PAUSE = (
    600,
    40,
)  # ms after the first page stands; ms between two modules, in which the window does its own work
_QUIET = 0.8  # s without a touch; people type faster
_TOUCHES = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel)
# From below upwards: what a room needs of those before it is loaded by then.
_ROOMS = ("record", "queries", "rules", "actions", "form", "page")


class Warming(QObject):
    """Loads the rooms of these features, one in a turn. `left` is what is still to load."""

    def __init__(self, features: Iterable[str], parent: QObject) -> None:
        super().__init__(parent)
        self.left = [f"{feature}.{room}" for feature in features for room in _ROOMS]
        self._touched = 0.0
        self._timer = QTimer(self, interval=_FIRST)
        self._timer.timeout.connect(self._turn)
        self._timer.start()

    def stop(self) -> None:
        """Load no more."""
        self._timer.stop()
        for window in QGuiApplication.topLevelWindows():
            window.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See every touch, take none."""
        if event.type() in _TOUCHES:
            self._touched = time.monotonic()
        return False

    def _turn(self) -> None:
        self._timer.setInterval(_PAUSE)
        # On the native windows, where each touch passes once. Installing twice is once.
        for window in QGuiApplication.topLevelWindows():
            window.installEventFilter(self)
        if time.monotonic() - self._touched < _QUIET:
            return
        if not self.left:
            self.stop()
            return
        name = self.left.pop(0)
        if find_spec(name) is not None:  # not every feature has every room
            importlib.import_module(name)
