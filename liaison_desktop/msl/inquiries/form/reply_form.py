"""The answer to one question."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.errors import Fault
from liaison_desktop.msl.inquiries.record import Question, Response
from liaison_desktop.msl.inquiries.rules import needs_balance
from liaison_desktop.ui.layout import card
from liaison_desktop.ui.record_form import RecordForm
from liaison_desktop.ui.text import wrapped

if TYPE_CHECKING:
    from liaison_desktop.store import Store


class ReplyForm(QWidget):
    """The question to read, and what was answered."""

    def __init__(self, store: Store, question: Question, begun: Response) -> None:
        super().__init__()
        self._question = question
        self.form = RecordForm(
            Response,
            "response_kind",
            ("responder", "material_title"),
            "references",
            ("label_copy_included", "not_approved_statement"),
            ("safety_included", "narrow_to_question"),
            "follow_up_question",
            store=store,
        )
        self.form.setMaximumWidth(16_777_215)
        self.form.set_values(begun)
        need = "Outside the label: label copy, non-approval statement, safety and references go along."
        note = (wrapped(need, "sec", "ink2"),) if needs_balance(question) else ()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 12, 20, 20)
        layout.setSpacing(12)
        layout.addWidget(card(wrapped(f"“{question.verbatim}”", "body", "ink"), *note, title="The question", gap=6))
        layout.addWidget(card(self.form, title="The answer", gap=10))
        layout.addStretch(1)
        self.setFocusProxy(self.form.editor("response_kind"))

    def value(self) -> Response:
        """The answer as typed."""
        return msgspec.structs.replace(Response(question_id=self._question.id), **self.form.values())

    def show_faults(self, faults: Iterable[Fault]) -> None:
        """Show each fault beside its field."""
        self.form.show_faults(faults)
