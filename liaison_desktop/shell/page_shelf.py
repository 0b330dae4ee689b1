"""The pages of an open workspace: those that were opened, and those that were made ahead and nobody has seen yet."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from shiboken6 import isValid

from liaison_desktop.errors import LiaisonError

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStackedWidget

    from liaison_desktop.ui.desk import Desk
    from liaison_desktop.ui.page import Page
    from liaison_desktop.ui.workspace import PageSpec


class PageShelf:
    """Makes each page once, when it is opened or ahead of that. `opened` are those that were opened, by their key."""

    def __init__(self, desk: Desk, stack: QStackedWidget) -> None:
        self._desk, self._stack = desk, stack
        self.opened: dict[str, Page] = {}
        self._ahead: dict[str, tuple[PageSpec, Page]] = {}

    def take(self, spec: PageSpec) -> Page:
        """The page, made now if it was not made yet. Raises LiaisonError when what it shows cannot be read."""
        if spec.key in self.opened:
            return self.opened[spec.key]
        if spec.key in self._ahead:
            _spec, page = self._ahead.pop(spec.key)
            self._put(page)
            page.refresh(frozenset(self._desk.store.kinds))
        else:
            page = self._make(spec)
        self.opened[spec.key] = page
        page.resume()
        return page

    def make_ahead(self, spec: PageSpec) -> tuple[Callable[[], object], ...]:
        """Make a page that nobody opened yet, hidden; what more of it can be made, one thing a call."""
        page = self.opened.get(spec.key)
        if page is None and spec.key not in self._ahead:
            try:
                page = spec.make(self._desk)
            except LiaisonError:
                return ()  # said when somebody opens the page
            self._ahead[spec.key] = spec, page
        if page is None:
            return ()
        # To be dressed in the style of the window takes as long as to be made, and so is a turn of its own.
        steps: tuple[Callable[[], object], ...] = (partial(self._put, page), *page.ahead())
        return tuple(partial(_if_there, page, step) for step in steps)

    def drop(self, kinds: frozenset[str]) -> tuple[PageSpec, ...]:
        """Take away what was made ahead of these kinds and can only be made anew; which pages that were."""
        gone = tuple(spec for spec, _page in self._ahead.values() if spec.ahead and spec.ahead & kinds)
        for spec in gone:
            _spec, page = self._ahead.pop(spec.key)
            self._stack.removeWidget(page)
            page.hide()
            page.deleteLater()
        return gone

    def _make(self, spec: PageSpec) -> Page:
        page = spec.make(self._desk)
        self._put(page)
        return page

    def _put(self, page: Page) -> None:
        if self._stack.indexOf(page) < 0:
            # It is not the one that is shown, so it is hidden from here on.
            self._stack.addWidget(page)


def _if_there(page: Page, step: Callable[[], object]) -> None:
    if isValid(page):  # it may have been dropped since
        step()
