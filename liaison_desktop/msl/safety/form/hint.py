"""What the radar saw in a text: the red row under it, to record it or to say why it is no report."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
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
    """One finding at a time. `accepted` opens a report from it; `dismissed` carries finding, reason and what it needs."""

    accepted = Signal(object)
    dismissed = Signal(object, object, str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setProperty("tone", "red")
        self._found: Sequence[Finding] = ()
        self._what, self._words = label("", "strong", "red"), elided("", "sec", "ink")
        self.dismiss_button = button("Dismiss…", "quiet", small=True, on_click=self._ask)
        self.record_button = button("Record it", "danger_line", small=True, on_click=self._accept)
        self.reason = Segmented(list(_SHORT.items()), name="Why is this not a safety report?")
        self.more = LineEdit(name="Number of the report, or what it is")
        self.say_button = button("Dismiss", small=True, on_click=self._dismiss)
        self.reason.changed.connect(lambda _value: self._show_more())
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
        self.show_findings(())

    @property
    def first(self) -> Finding | None:
        """The finding that is asked about."""
        return self._found[0] if self._found else None

    def show_findings(self, found: Sequence[Finding]) -> None:
        """Ask about the first of these; nothing is shown for none."""
        same = bool(found) and bool(self._found) and found[0].words == self._found[0].words
        self._found = tuple(found)
        self.setVisible(bool(found))
        if not found:
            return
        one = found[0]
        self._what.set_text("Possible product complaint" if one.kind == COMPLAINT else "Possible adverse event")
        rest = f" +{len(found) - 1}" if len(found) > 1 else ""
        self._words.set_text(f"“{_end_of(one.words)}”{rest}")
        self._words.setToolTip(one.why)
        if not same:
            self._show_question(False)

    def _accept(self) -> None:
        if self.first is not None:
            self.accepted.emit(self.first)

    def _ask(self) -> None:
        self._show_question(True)
        self.reason.buttons[0].setFocus()

    def _show_question(self, on: bool) -> None:
        self.reason.set_value(None)
        self.more.clear()
        for widget in (self._question, self.reason):
            widget.setVisible(on)
        self._answer.setVisible(False)

    def _show_more(self) -> None:
        reason = self.reason.value()
        self._answer.setVisible(reason is not None)
        self.more.setVisible(reason in (NoReport.ALREADY_REPORTED, NoReport.OTHER))
        self.more.setPlaceholderText("Number of the report" if reason is NoReport.ALREADY_REPORTED else "What it is")

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
