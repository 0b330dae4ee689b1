"""Recording a code status as somebody reported it. A difference is said while it is typed, and needs words."""

from __future__ import annotations

from collections.abc import Iterable

from liaison_desktop.clinical.directives.actions import look_at_report, report_code_status
from liaison_desktop.clinical.directives.record import CodeStatusReport, ReportedBy
from liaison_desktop.clinical.patients.form import RecordEntry
from liaison_desktop.clinical.patients.record import CodeStatus
from liaison_desktop.errors import Severity
from liaison_desktop.ui.editors import ComboEditor
from liaison_desktop.ui.layout import Item, card
from liaison_desktop.ui.text import wrapped


class CodeStatusForm(RecordEntry):
    """One report. Only a practitioner sets a code status; this keeps who said what."""

    title, act, done = "Code status, as reported", "Keep report", "Report kept."

    def parts(self) -> Iterable[Item]:
        """Who says what; what the chart's order says; what is done where the two differ."""
        self._said = self.form(
            CodeStatusReport,
            "status",
            "limits",
            "source",
            "reported_by",
            "at",
            editors={"status": ComboEditor(CodeStatus), "source": ComboEditor(ReportedBy)},
        )
        self._chart = self.form(CodeStatusReport, "in_chart", editors={"in_chart": ComboEditor(CodeStatus)})
        self._answer = self.form(CodeStatusReport, "reason")
        self._why = wrapped("", "body", "amber")
        self._difference = card(self._why, self._answer, title="The practitioner is told now", tone="amber", gap=8)
        words = "Only a practitioner sets a code status. This keeps what was said, and by whom."
        return (
            self.group("What was said", wrapped(words, "sec", "ink2"), self._said),
            self.group("What the chart says", self._chart),
            self._difference,
        )

    def arrange(self) -> None:
        """Limits where treatment is limited; the difference where there is one."""
        report: CodeStatusReport = self.read()
        self._said.field("limits").setVisible(report.status is CodeStatus.LIMITED)
        asked = [fault for fault in look_at_report(self.store, report) if fault.severity is Severity.CONFIRM]
        self._why.set_text("\n".join(fault.message for fault in asked))
        self._difference.setVisible(bool(asked))

    def write(self, record: CodeStatusReport) -> CodeStatusReport:
        """Keep it."""
        kept = report_code_status(self.store, record)
        if kept.differs:
            self.done = "Report kept. Tell the practitioner now: it stands among your tasks."
        return kept
