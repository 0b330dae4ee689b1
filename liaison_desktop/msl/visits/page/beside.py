"""The right pane of a visit: what to listen for, the insights of this visit, the brief; and over them the capture."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from liaison_desktop.msl.insights.form import CapturePanel
from liaison_desktop.msl.insights.page import status_chip
from liaison_desktop.msl.insights.queries import insights_of_visit
from liaison_desktop.msl.insights.record import Insight
from liaison_desktop.msl.insights.rules import sentence_at
from liaison_desktop.msl.visits.page.turning import turns_of
from liaison_desktop.msl.visits.page.visit_pane import VisitPane
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.chips import Chip, KeyCap
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.layout import column, hairline, panel, refill, row
from liaison_desktop.ui.tab_order import FollowsTheEye
from liaison_desktop.ui.text import label, wrapped
from liaison_desktop.ui.tokens import CONTEXT

_MOST = 3


class Beside(QStackedWidget):
    """The brief with what is pinned above it; Ctrl+I lays the capture of an insight over it."""

    def __init__(self, desk: Desk, pane: VisitPane, brief: QWidget) -> None:
        super().__init__()
        self._desk, self._pane = desk, pane
        self.capture = CapturePanel(desk, turns_of(desk))
        self.capture.beside = pane.form.notes
        self._insights = column(gap=4)
        self._pinned = panel(pane.form.listening, self._insights, gap=10, margins=(16, 12, 16, 10))
        self._line = hairline()
        # What is pinned is reached by Tab after the visit, and Tab goes on from it to the list.
        self.calm = FollowsTheEye()
        layout = QVBoxLayout(self.calm)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget, stretch in ((self._pinned, 0), (self._line, 0), (brief, 1)):
            layout.addWidget(widget, stretch)
        self.addWidget(self.calm)
        self.addWidget(self.capture)
        self.setFixedWidth(CONTEXT)
        self.capture.done.connect(self._captured)
        self.currentChanged.connect(lambda _number: self._lead())
        self._lead()

    @property
    def capturing(self) -> bool:
        """Whether the capture lies over the brief."""
        return self.currentWidget() is self.capture

    def is_asked(self) -> bool:
        """Whether somebody asked for what stands here: the capture, or the history of the visit."""
        return self.capturing or self._pane.heading.history.isChecked()

    def show_visit(self) -> None:
        """Another visit is shown: what was typed into the capture is kept with its own."""
        self.capture.keep()
        resumed = self.capture.resume(self._pane.visit.id)
        self.setCurrentIndex(1 if resumed else 0)
        self.refresh()

    def refresh(self) -> None:
        """Insights or questions changed."""
        self._pane.form.listening.refresh()
        found = insights_of_visit(self._desk.store, self._pane.visit.id)
        rows = [self._row(one) for one in found[:_MOST]]
        more = (label(f"{len(found) - _MOST} more", "cap", "ink3"),) if len(found) > _MOST else ()
        head = row(label("Insights of this visit", "capstrong"), None, KeyCap("Ctrl+I"))
        refill(self._insights, head, *rows, *more)
        self._insights.setVisible(bool(found))
        some = bool(found) or not self._pane.form.listening.isHidden()
        self._pinned.setVisible(some)
        self._line.setVisible(some)

    def begin(self) -> None:
        """The selected sentence of the notes, or the one under the cursor, becomes an insight (Ctrl+I)."""
        if self.capturing:
            self.capture.editor("headline").setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        # The visit is saved first, so that what the insight belongs to is there.
        self._pane.keep_draft()
        visit = self._pane.typed()
        if self._pane.visit.version is None:
            self._desk.toast("Say who and when first; then this becomes an insight of the visit")
            return
        notes = self._pane.form.notes
        cursor = notes.textCursor()
        chosen = cursor.selectedText().replace("\u2029", "\n").strip()
        quote = chosen or sentence_at(notes.text(), cursor.position())
        self.setCurrentWidget(self.capture)
        self.show()
        self.capture.begin(self._pane.visit.id, visit.primary_person_id, quote[:1000])

    def with_keyboard(self, captured: Callable[[], object], otherwise: Callable[[], object]) -> Callable[[], object]:
        """What a key does: one thing while the capture has the keyboard, another while the visit has it."""

        def act() -> object:
            here = QApplication.focusWidget()
            return captured() if self.capturing and here and self.capture.isAncestorOf(here) else otherwise()

        return act

    def _lead(self) -> None:
        """From the end of the visit Tab goes on to what is shown here."""
        self._pane.beside = self.capture if self.capturing else self.calm

    def _captured(self) -> None:
        self.setCurrentIndex(0)
        self.refresh()
        self._pane.form.notes.setFocus(Qt.FocusReason.OtherFocusReason)

    def _row(self, insight: Insight) -> QWidget:
        opener = button("", "quiet", "arrow-up-right", small=True, name=f"Open {insight.title()}")
        opener.clicked.connect(lambda _on=False: self._desk.open(Insight.kind, insight.id))
        spec = status_chip(insight)
        words = column(wrapped(insight.title(), "sec", "ink"), row(Chip(*spec), None), gap=4)
        return row((words, 1), (opener, Qt.AlignmentFlag.AlignTop), gap=4)
