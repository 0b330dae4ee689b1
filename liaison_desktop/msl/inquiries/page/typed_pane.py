"""What the panes of a standing request and of a SIUU package share: heading, body, foot, and typing that is kept."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from liaison_desktop.errors import Fault
from liaison_desktop.ui.chips import Chip
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.frames import action_bar
from liaison_desktop.ui.layout import hairline, panel, scroll
from liaison_desktop.ui.tab_order import FollowsTheEye
from liaison_desktop.ui.text import elided

_KEEP_AFTER = 400


class TypedPane(FollowsTheEye):
    """A heading with a chip, a body that scrolls, and a foot. What is typed is kept after a pause."""

    saved = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._title, self._chip, self._said = elided("", "section"), Chip(""), elided("", "sec", "ink2")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_KEEP_AFTER)
        self._timer.timeout.connect(self.keep_draft)

    def _lay_out(self, body: QWidget, above: QWidget, *foot: QWidget) -> None:
        head = panel((self._title, 1), self._chip, margins=(20, 12, 16, 12), across=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.body = QStackedWidget()
        self.body.addWidget(scroll(body))
        parts = ((head, 0), (hairline(), 0), (above, 0), (self.body, 1), (hairline(), 0))
        for part, share in (*parts, (action_bar((self._said, 1), *foot), 0)):
            layout.addWidget(part, share)

    def keep_draft(self) -> None:
        """Make what was typed durable."""

    def point_out(self, faults: tuple[Fault, ...]) -> None:
        """Show faults that were found on the way out of the store."""
        self.body.setCurrentIndex(0)
        self._show_faults(faults)
        self.say(faults[0].message, wrong=True)

    def _show_faults(self, faults: tuple[Fault, ...]) -> None:
        """Show each beside its field."""

    def say(self, words: str, *, wrong: bool = False) -> None:
        """One line at the foot."""
        self._said.set_text(words)
        self._said.set_tone("red" if wrong else "ink2")
