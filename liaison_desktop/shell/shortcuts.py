"""The keys of an open workspace: the window's own, the pages by number, the commands', and those of the page shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from liaison_desktop.ui.page import Page


class Shortcuts:
    """Holds the shortcuts of one window. A page's command of keys that are taken is only shown; the window runs it."""

    def __init__(self, owner: QWidget, keys: Mapping[str, Callable[[], object]]) -> None:
        self._owner = owner
        self._whole = [self._key(each, run) for each, run in keys.items()]
        self._of_page: list[QShortcut] = []

    def hold(self, on: bool) -> None:
        """Let them act, or none but the lock, which stays within reach while the screen is turned to somebody else."""
        for held in (*self._whole, *self._of_page):
            held.setEnabled(on or held.key() == QKeySequence("Ctrl+L"))

    def take(self, page: Page | None) -> None:
        """Those of this page in place of those of the page before."""
        for old in self._of_page:
            old.setEnabled(False)
            old.deleteLater()
        self._of_page = []
        if page is None:
            return
        # Two shortcuts of the same keys would cancel each other out, so what the page has itself is left to it.
        taken = [own.key() for own in (*self._whole, *page.findChildren(QShortcut))]
        wanted = {each.keys for each in page.commands() if each.keys}
        self._of_page = [self._key(keys, _runner(page, keys)) for keys in wanted if QKeySequence(keys) not in taken]

    def _key(self, keys: str, run: Callable[[], object]) -> QShortcut:
        made = QShortcut(QKeySequence(keys), self._owner)
        made.activated.connect(lambda: run())
        return made


def _runner(page: Page, keys: str) -> Callable[[], None]:
    def run() -> None:
        # Asked anew, because what a page can do changes while it is shown.
        for each in page.commands():
            if each.keys == keys:
                each.run()
                return

    return run
