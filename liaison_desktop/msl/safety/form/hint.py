"""What the radar saw in a text: the red row under it, to record it or to say why it is no report."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from liaison_desktop.msl.safety.record import NoReport
from liaison_desktop.policies.radar import COMPLAINT, Finding
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.chips import KeyCap
from liaison_desktop.ui.inputs import LineEdit
from liaison_desktop.ui.layout import row
from liaison_desktop.ui.segmented import Segmented
from liaison_desktop.ui.text import elided, icon_label, label

_LONGEST = 18
_SHORT = {
    NoReport.NOT_OUR_PRODUCT: "Not our product",
    NoReport.HISTORY_ONLY: "History only",
    NoReport.HYPOTHETICAL: "Hypothetical",
    NoReport.ALREADY_REPORTED: "Reported",
    NoReport.OTHER: "Other",
}


class RadarHint(QFrame):
    """One finding at a time. `accepted` opens a report from it; `dismissed` carries finding, reason and what it needs.

    `given_up` says that the question was left without an answer (Escape).
    """

    accepted = Signal(object)
    dismissed = Signal(object, object, str)
    given_up = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setProperty("tone", "red")
        self.first: Finding | None = None
        self._what, self._words = label("", "strong", "red"), elided("", "sec", "ink")
        self.dismiss_button = button("Dismiss…", "quiet", small=True, on_click=self.ask)
        self.dismiss_button.setToolTip("Shift+F12")
        self.record_button = button("Record it", "danger_line", small=True, on_click=self._accept)
        self.reason = Segmented(list(_SHORT.items()), name="Why is this not a safety report?")
        self.more = LineEdit(name="Number of the report, or what it is")
        self.more.returnPressed.connect(self._dismiss)
        self.say_button = button("Dismiss", small=True, on_click=self._dismiss)
        self.reason.changed.connect(self._chosen)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 6, 8, 6)
        layout.setSpacing(6)
        icon = icon_label("siren", "red", 16)
        layout.addWidget(
            row(icon, self._what, (self._words, 1), self.dismiss_button, self.record_button, KeyCap("F12"))
        )
        self._question = row(label("Why is this not a safety report?", "label"), None)
        self._answer = row((self.more, 1), self.say_button)
        for widget in (self._question, self.reason, self._answer):
            layout.addWidget(widget)
        self.show_findings(None)

    def show_findings(self, found: Finding | None, more: int = 0, where: str = "") -> None:
        """Ask about this one; `more` wait behind it. `where` names its field if the row stands somewhere else."""
        same = found is not None and self.first is not None and found.words == self.first.words
        self.first = found
        self.setVisible(found is not None)
        if found is None:
            return
        what = "Possible product complaint" if found.kind == COMPLAINT else "Possible adverse event"
        self._what.set_text(f"{what} · {where}" if where else what)
        words = found.words if where else _end_of(found.words)
        self._words.set_text(f"“{words}”" + (f" +{more}" if more else ""))
        self._words.setToolTip(found.why)
        self.setAccessibleName(f"{what}: {found.words}; {found.why}")
        if not same:
            self._show_question(False)

    def ask(self) -> None:
        """Ask for the reason: a digit answers (AE-4)."""
        self._show_question(True)
        self.reason.buttons[0].setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves the question."""
        if event.key() == Qt.Key.Key_Escape and self.reason.isVisible():
            self._show_question(False)
            self.given_up.emit()
            return
        super().keyPressEvent(event)

    def _accept(self) -> None:
        if self.first is not None:
            self.accepted.emit(self.first)

    def _show_question(self, on: bool) -> None:
        self.reason.set_value(None)
        self.more.clear()
        for widget in (self._question, self.reason):
            widget.setVisible(on)
        self._answer.setVisible(False)

    def _chosen(self, reason: object) -> None:
        asks = reason in (NoReport.ALREADY_REPORTED, NoReport.OTHER)
        self._answer.setVisible(asks)
        if asks:
            number = reason is NoReport.ALREADY_REPORTED
            self.more.setPlaceholderText("Number of the report" if number else "What it is")
            self.more.setFocus()
        elif reason is not None:
            self._dismiss()

    def _dismiss(self) -> None:
        reason = self.reason.value()
        if self.first is not None and isinstance(reason, NoReport):
            self.dismissed.emit(self.first, reason, self.more.text())


def _end_of(words: str) -> str:
    """The end of a marked text, where the event usually stands: “…severe itching”."""
    if len(words) <= _LONGEST:
        return words
    tail = words[-_LONGEST:]
    return f"…{tail.partition(' ')[2] or tail}"
