"""Keeps the notice of the status bar true: asked after each commit, and every few seconds because it counts minutes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.status_bar import StatusBar
from liaison_desktop.ui.workspace import Workspace

_EVERY = 15_000  # ms


class NoticeWatch(QObject):
    """Asks the workspace what must not be forgotten and shows it; a press on it goes to its page."""

    def __init__(self, desk: Desk, workspace: Workspace, status: StatusBar, go: Callable[[str], None]) -> None:
        super().__init__(status)
        self._desk, self._workspace, self._status, self._page = desk, workspace, status, ""
        status.notice_asked.connect(lambda: go(self._page))
        self._timer = QTimer(self, interval=_EVERY)
        self._timer.timeout.connect(self.ask)
        self._timer.start()
        self.ask()

    def stop(self) -> None:
        """Ask no more, before the store is closed."""
        self._timer.stop()

    def ask(self) -> None:
        """Show what holds now."""
        notice = self._workspace.notice(self._desk)
        self._page = notice.page_key if notice is not None else ""
        if notice is None:
            self._status.show_notice("")
        else:
            self._status.show_notice(notice.text, notice.tone, notice.icon)
