"""How much room there is for what stands beside a visit: in a narrow window three panes would cut the middle one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

_THREE_PANES = 1174  # px of the page: list, visit and brief with nothing cut


class Room(QObject):
    """Shows or hides what stands beside. In a narrow window only what was `asked` for is shown, the capture of an
    insight or the history, and the list gives its room to it; the brief is there on Space."""

    def __init__(self, page: QWidget, left: QWidget) -> None:
        super().__init__(page)
        self._page, self._left = page, left
        self._beside: tuple[QWidget, ...] = ()
        self._asked: Callable[[], bool] = lambda: False
        self._wanted = False
        page.installEventFilter(self)

    def furnish(self, beside: tuple[QWidget, ...], asked: Callable[[], bool]) -> None:
        """These stand beside; `asked` says whether somebody asked for them."""
        self._beside, self._asked = beside, asked
        self.settle()

    def show_beside(self, wanted: bool) -> None:
        """From now on something stands beside, as far as there is room."""
        self._wanted = wanted
        self.settle()

    def settle(self) -> None:
        """Look again."""
        narrow = self._page.width() < _THREE_PANES
        shown = self._wanted and (not narrow or self._asked())
        self._left.setVisible(not (narrow and shown and self._beside))
        for part in self._beside:
            part.setVisible(shown)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window became wider or narrower."""
        if event.type() == QEvent.Type.Resize:
            self.settle()
        return False
