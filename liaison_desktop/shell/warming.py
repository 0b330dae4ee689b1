"""Making ahead what the pages of a workspace need, while nobody waits for anything.

The first opening of a page would otherwise wait for its modules and for its widgets to be made and styled. They are made
one piece at a time on the window's thread, so that each turn is short, and never while somebody types or points: after a
touch it waits, and so it does while something lies over the window. What is made shows nothing and takes no keyboard.
"""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable, Iterable
from functools import partial
from importlib.util import find_spec
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from liaison_desktop.ui.jobs import Jobs

# What one turn does; what it returns is to be done in turns of its own, before the rest.
Step = Callable[[], object]

_FIRST, _PAUSE = (
    600,
    40,
)  # ms after the first page stands; ms between two turns, in which the window does its own work
_QUIET = 0.8  # s without a touch; people type faster
_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.KeyRelease,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletPress,
        QEvent.Type.TabletMove,
    }
)
# From below upwards: what a room needs of those before it is loaded by then.
_ROOMS = ("record", "queries", "rules", "actions", "form", "page")


class Warming(QObject):
    """Loads the rooms of these features, one in a turn, then does what was added. `left` is what is still to do.

    While `held` says so nothing is done, as when the screen is turned to somebody who signs on it.
    """

    def __init__(self, features: Iterable[str], parent: QObject, held: Callable[[], bool] = lambda: False) -> None:
        super().__init__(parent)
        self._held, self._over = held, False
        self.left: list[Step] = [partial(_load, f"{feature}.{room}") for feature in features for room in _ROOMS]
        self._touched = 0.0
        self._timer = QTimer(self, interval=_FIRST)
        self._timer.timeout.connect(self._turn)
        self._timer.start()

    def add(self, steps: Iterable[Step]) -> None:
        """Do these as well, after what is left."""
        before = len(self.left)
        self.left += steps
        if len(self.left) > before and not self._over and not self._timer.isActive():
            self._timer.start()

    def stop(self) -> None:
        """Do no more, whatever is added."""
        self._over = True
        self._pause()

    def _pause(self) -> None:
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
        if time.monotonic() - self._touched < _QUIET or _asks() or self._held():
            return
        if not self.left:
            self._pause()
            return
        more = self.left.pop(0)()
        if isinstance(more, tuple):
            self.left[:0] = more


def _asks() -> bool:
    """Whether a dialog or a menu lies over the window, or a button of the mouse is held down."""
    over = QApplication.activeModalWidget() or QApplication.activePopupWidget()
    return over is not None or bool(QGuiApplication.mouseButtons().value)


def _load(name: str) -> None:
    if find_spec(name) is not None:  # not every feature has every room
        importlib.import_module(name)


def load_libraries(jobs: Jobs, owner: QWidget) -> None:
    """Load what opens a store on a thread of its own, so that the first unlock does not wait for it."""

    def load() -> None:
        # Another thread shares the interpreter with the window, so it yields between the big pieces.
        for name in ("cryptography.hazmat.primitives.kdf.argon2", "sqlalchemy", "liaison_desktop.store"):
            importlib.import_module(name)
            time.sleep(0.01)

    jobs.run(load, owner=owner, then=lambda _none: None)
