"""Asking before something leaves the laptop or cannot be undone: a panel in the page, which says exactly what."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from liaison_desktop.i18n import tr
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.fields import LabelledField
from liaison_desktop.ui.inputs import TextArea
from liaison_desktop.ui.layout import row
from liaison_desktop.ui.text import icon_label, label, wrapped


class Confirm(QFrame):
    """What will happen, and two buttons. `accepted` carries the reason that was written, or an empty text."""

    accepted = Signal(str)
    rejected = Signal()

    def __init__(
        self,
        title: str,
        text: str,
        act: str,
        danger: bool = False,
        reason: str = "",
        keep: str = "",
    ) -> None:
        """`act` is the word on the button, a verb. `reason` is the label of a needed reason; empty asks for none.

        `keep` is the word on the other button, else Cancel.
        """
        super().__init__()
        self.setObjectName("card")
        self.setProperty("tone", "red" if danger else "accent")
        self.setAccessibleName(title)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        icon = icon_label("triangle-alert" if danger else "circle-question-mark", "red" if danger else "accent_ink")
        layout.addWidget(row(icon, label(title, "strong"), None))
        layout.addWidget(wrapped(text, "sec", "ink"))
        self.reason = TextArea(2)
        self._reason = LabelledField(reason, self.reason, required=True)
        layout.addWidget(self._reason)
        self._reason.setVisible(bool(reason))
        self._asks = bool(reason)
        self.act = button(act, "danger" if danger else "primary", on_click=self._accept)
        self.keep = button(keep or tr("Cancel"), on_click=self.rejected.emit)
        layout.addWidget(row(None, self.keep, self.act))
        # The safe answer has the keyboard, so that a hasty Enter does no harm.
        self.setFocusProxy(self.reason if reason else self.keep)

    def _accept(self) -> None:
        reason = self.reason.text().strip()
        if self._asks and not reason:
            self._reason.show_fault(tr("Say why."))
            self.reason.setFocus()
            return
        self.accepted.emit(reason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape keeps things as they are."""
        if event.key() == Qt.Key.Key_Escape:
            self.rejected.emit()
        else:
            super().keyPressEvent(event)
