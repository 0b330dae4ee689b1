"""The answer to one question: what fits it already, the document in the version that stands, and what goes along."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.errors import Fault
from liaison_desktop.msl.inquiries.form.asked_before import AskedBefore
from liaison_desktop.msl.inquiries.queries import Asked
from liaison_desktop.msl.inquiries.record import Question, Response, ResponseKind
from liaison_desktop.msl.inquiries.rules import needs_balance, proposed
from liaison_desktop.msl.materials.form import Chosen, MaterialLine, current_versions
from liaison_desktop.msl.materials.queries import materials
from liaison_desktop.ui.cards import CardRow, list_card
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.layout import card
from liaison_desktop.ui.record_form import RecordForm
from liaison_desktop.ui.text import wrapped


class _SentLine(MaterialLine):
    """The line of the document within the form of an answer."""

    def set_value(self, title: str) -> None:
        """Show a title alone; what it was chosen from is shown by `show_chosen`."""
        self.show_chosen(Chosen(title=title))


class ReplyForm(QWidget):
    """The question to read, and what was answered. `opened` asks for an earlier inquiry."""

    opened = Signal(object)  # Asked

    def __init__(self, desk: Desk, question: Question, begun: Response, inquiry_id: uuid.UUID) -> None:
        super().__init__()
        self._question, store = question, desk.store
        fitting = proposed(question, materials(store))
        self.sent = _SentLine(store, "Document sent", first=lambda: fitting)
        self.form = RecordForm(
            Response,
            "response_kind",
            ("responder", "responded_at"),
            "material_title",
            "references",
            ("label_copy_included", "not_approved_statement"),
            ("safety_included", "narrow_to_question"),
            "follow_up_question",
            store=store,
            editors={"material_title": self.sent},
        )
        self.form.setMaximumWidth(16_777_215)
        self.form.set_values(begun)
        self.sent.show_chosen(_chosen(begun))
        self.before = AskedBefore(desk, "Use this answer", answered=True)
        self.before.taken.connect(self._take_answer)
        self.before.opened.connect(self.opened)
        self.before.look_for(question.verbatim, inquiry_id)
        need = "Outside the label: label copy, non-approval statement, safety and references go along."
        note = (wrapped(need, "sec", "ink2"),) if needs_balance(question) else ()
        asked = card(wrapped(f"“{question.verbatim}”", "body", "ink"), *note, self.before, title="The question", gap=6)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 12, 20, 20)
        layout.setSpacing(12)
        layout.addWidget(asked)
        ids = {one.id for one in fitting}
        offers = [one.value for one in current_versions(store, fitting) if isinstance(one.value, Chosen)]
        self.offers = [self._offer(one) for one in offers if one.material_id in ids][:3]
        if self.offers:
            layout.addWidget(list_card("Approved answers to this", *self.offers))
        layout.addWidget(card(self.form, title="The answer", gap=10))
        layout.addStretch(1)
        self.setFocusProxy(self.offers[0] if self.offers else self.form.editor("response_kind"))

    def value(self) -> Response:
        """The answer as typed."""
        chosen = self.sent.chosen()
        typed = self.form.values() | {
            "material_title": chosen.title,
            "material_id": chosen.material_id,
            "version_id": chosen.version_id,
            "version_number": chosen.number,
        }
        return msgspec.structs.replace(Response(question_id=self._question.id), **typed)

    def unread(self) -> tuple[Fault, ...]:
        """Faults of what was typed and cannot be read."""
        return self.form.unread()

    def show_faults(self, faults: Iterable[Fault]) -> None:
        """Show each fault beside its field."""
        self.form.show_faults(faults)

    def _offer(self, chosen: Chosen) -> CardRow:
        return CardRow(
            chosen.words(), icon="file-text", right="use", on_click=self._user(chosen, ResponseKind.STANDARD)
        )

    def _user(self, chosen: Chosen, kind: ResponseKind) -> Callable[[], None]:
        return lambda: self._use(chosen, kind)

    def _use(self, chosen: Chosen, kind: ResponseKind | None) -> None:
        self.form.editor("response_kind").set_value(kind)
        self.sent.show_chosen(chosen)
        self.form.editor("references").setFocus()
        self.form.changed.emit("material_title")

    def _take_answer(self, one: Asked) -> None:
        """Take kind, document and references over; what goes along is vouched for anew by who answers."""
        if one.answer is None:
            return
        if not self.form.editor("references").value():
            self.form.editor("references").set_value(one.answer.references)
        self._use(_chosen(one.answer), one.answer.response_kind)


def _chosen(reply: Response) -> Chosen:
    return Chosen(
        title=reply.material_title,
        material_id=reply.material_id,
        version_id=reply.version_id,
        number=reply.version_number,
    )
