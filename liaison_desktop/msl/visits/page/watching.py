"""What a safety report means for the visit it came from: its question about adverse events is answered with yes."""

from __future__ import annotations

from PySide6.QtCore import QObject

from liaison_desktop.msl.safety.form.capture import begin_about
from liaison_desktop.msl.safety.queries import events_of_visit
from liaison_desktop.msl.safety.rules import begun_about
from liaison_desktop.msl.visits.page.looks import Mode
from liaison_desktop.msl.visits.page.visit_pane import VisitPane
from liaison_desktop.msl.visits.record import Heard, Visit
from liaison_desktop.ui.desk import Desk


class Watch(QObject):
    """Opens a report when the question is answered with yes, and answers it when a report was saved."""

    def __init__(self, desk: Desk, pane: VisitPane) -> None:
        super().__init__(pane)
        self._desk, self._pane = desk, pane
        pane.form.heard.changed.connect(self._answered)

    def take_reports(self) -> None:
        """A report of this visit was saved."""
        form = self._pane.form
        if self._pane.mode is Mode.EDIT and form.heard.value() is not Heard.YES and self._reported(self._pane.visit):
            form.heard.set_value(Heard.YES)
            form.changed.emit()

    def _reported(self, visit: Visit) -> bool:
        return any(not one.error_reason for one in events_of_visit(self._desk.store, visit.id))

    def _answered(self, value: object) -> None:
        if value is Heard.YES and not self._reported(self._pane.visit):
            self._pane.keep_draft()
            begin_about(self._desk, begun_about(self._pane.typed(), self._desk.clock()))
