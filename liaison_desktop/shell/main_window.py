"""The one window. It shows the first run, the unlock page or a workspace; its title never holds a record's value."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from liaison_desktop.errors import LiaisonError
from liaison_desktop.settings import Window
from liaison_desktop.ui.in_sight import InSight

TITLE = "Liaison Desktop"
_SMALLEST = (720, 520)
_USUAL = (1366, 768)


class MainWindow(QWidget):
    """Holds one thing at a time; the one before is deleted when another takes its place."""

    def __init__(self, *, closing: Callable[[], None], may_close: Callable[[], bool] = lambda: True) -> None:
        super().__init__()
        self._closing, self._may_close = closing, may_close
        self._in_sight = InSight(self, lambda: getattr(self.content, "page", None))
        self._stack = QStackedLayout(self)
        self.content: QWidget = QWidget()
        self._stack.addWidget(self.content)
        self.setWindowTitle(TITLE)
        self.setMinimumSize(*_SMALLEST)
        self.resize(*_USUAL)

    def show_content(self, content: QWidget) -> None:
        """Put this in place of what is there."""
        old, self.content = self.content, content
        self._stack.addWidget(content)
        self._stack.setCurrentWidget(content)
        self._stack.removeWidget(old)
        old.hide()
        old.setParent(None)
        old.deleteLater()
        self.setWindowTitle(TITLE)

    def open_at(self, place: Window | None) -> None:
        """Show the window where it stood, as far as that is on a screen of today."""
        if place is not None:
            screen = self.screen().availableGeometry()
            self.resize(min(place.width, screen.width()), min(place.height, screen.height()))
            self.move(
                max(screen.left(), min(place.x, screen.right() - self.width())),
                max(screen.top(), min(place.y, screen.bottom() - self.height())),
            )
        if place is not None and place.maximized:
            self.showMaximized()
        else:
            self.show()

    def place(self) -> Window | None:
        """Where the window stands."""
        at = self.normalGeometry() if self.isMaximized() else self.geometry()
        if at.width() < 200 or at.height() < 200:
            return None
        return Window(x=at.x(), y=at.y(), width=at.width(), height=at.height(), maximized=self.isMaximized())

    def raise_window(self) -> None:
        """Come to the front, as when the application is started a second time."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def say(self, error: LiaisonError) -> None:
        """Say what went wrong where nobody else took it: as a toast if a workspace is open."""
        toast = getattr(self.content, "toast", None)
        if callable(toast):
            toast(str(error))
            return
        show = getattr(self.content, "show_trouble", None)
        if callable(show):
            show(error)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep what was typed before the window goes.

        A page turned towards somebody else does not close, and what must not be forgotten is asked about first.
        """
        if getattr(self.content, "covered", False) or not self._may_close():
            event.ignore()
            return
        self._closing()
        super().closeEvent(event)
