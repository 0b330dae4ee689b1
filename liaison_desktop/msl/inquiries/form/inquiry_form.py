"""An inquiry to fill in: who asked and how, the questions, how to answer, and why there is no signature."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from liaison_desktop.errors import Fault
from liaison_desktop.msl.directory.queries import main_place
from liaison_desktop.msl.inquiries.actions import check_inquiry
from liaison_desktop.msl.inquiries.form.question_card import QuestionCard
from liaison_desktop.msl.inquiries.form.ways import known_way
from liaison_desktop.msl.inquiries.form.written_request import WrittenRequest
from liaison_desktop.msl.inquiries.record import (
    SIGNED_FIELDS,
    DeliveryMethod,
    InquiryStatus,
    MedicalInquiry,
    Question,
    RequesterKind,
    WaiverReason,
    blank_question,
)
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.editors import ChoiceEditor
from liaison_desktop.ui.layout import card, column, row, to_top
from liaison_desktop.ui.record_form import RecordForm
from liaison_desktop.ui.tab_order import one_stop
from liaison_desktop.ui.text import label

# The reasons under which there may be a letter or an e-mail; one of them needs it.
_WRITTEN = frozenset({WaiverReason.WRITTEN, WaiverReason.REMOTE})
_CLOSED = frozenset({InquiryStatus.CLOSED, InquiryStatus.WITHDRAWN, InquiryStatus.DELIVERED})


class InquiryForm(QWidget):
    """Everything of an inquiry that is typed. It saves nothing. `changed` after each change."""

    changed = Signal()
    opened = Signal(object)  # an earlier question, Asked

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        store = desk.store
        self._desk, self._store, self._inquiry, self._showing = desk, store, MedicalInquiry(), False
        self._filled = ""  # what was filled in as the way to the doctor, to be replaced with another way
        self.cards: list[QuestionCard] = []
        self.who = RecordForm(
            MedicalInquiry,
            ("person_id", "institution_id"),
            ("received_at", "received_channel"),
            "requester_kind",
            "on_behalf_name",
            "unsolicited_attestation",
            "public_forum",
            store=store,
        )
        self.answer = RecordForm(
            MedicalInquiry,
            "delivery_method",
            "delivery_detail",
            "consent_to_send_email",
            ("response_language", "urgency"),
            (("assigned_function", 2), ("assigned_to", 2)),
            ("due_at", "duplicate_of"),
            store=store,
            # One key each: E, P, F, V, or a digit.
            editors={"delivery_method": one_stop(ChoiceEditor(DeliveryMethod))},
        )
        for held, name in ((self.who, "requester_kind"), (self.answer, "urgency")):
            one_stop(held.editor(name))
        self.waiver = RecordForm(MedicalInquiry, "signature_waiver_reason", "waiver_note", store=store)
        self.written = WrittenRequest(desk)
        self._forms = (self.who, self.answer, self.waiver)
        for form in self._forms:
            form.setMaximumWidth(16_777_215)
            form.changed.connect(self._heard)
        self._questions = column(gap=8)
        self.add_button = button("Add a question", "link", "plus", small=True, on_click=self.add)
        self._waiver_card = card(self.waiver, self.written, title="If the doctor does not sign", gap=10)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 12, 20, 20)
        layout.setSpacing(12)
        layout.addWidget(card(self.who, title="Who asked", gap=10))
        layout.addWidget(row(label("In the doctor's own words", "strong"), None, self.add_button))
        layout.addWidget(self._questions)
        layout.addWidget(card(self.answer, title="How to answer", gap=10))
        layout.addWidget(self._waiver_card)
        layout.addStretch(1)

    # ---- showing and giving back

    def show_inquiry(self, inquiry: MedicalInquiry) -> None:
        """Show an inquiry; what was signed can only be read."""
        if inquiry.id != self._inquiry.id:
            to_top(self)
        self._showing, self._inquiry = True, inquiry
        for form in self._forms:
            form.set_values(inquiry)
            form.clear_faults()
        self.written.show_inquiry(inquiry)
        for held in self.cards:
            self._let_go(held)
        self.cards = []
        for question in inquiry.questions or (blank_question(),):
            self._put(question)
        self._settle()
        self._lock(inquiry)
        self._showing = False

    def inquiry(self) -> MedicalInquiry:
        """The inquiry as typed."""
        values: dict[str, Any] = {}
        for form in self._forms:
            values |= form.values()
        return msgspec.structs.replace(self._inquiry, **values, questions=tuple(one.value() for one in self.cards))

    def rebase(self, inquiry: MedicalInquiry) -> None:
        """Take over what the store set meanwhile, and keep everything that is typed here."""
        self._inquiry = inquiry
        self.written.show_inquiry(inquiry)

    def unread(self) -> tuple[Fault, ...]:
        """Faults of what was typed and cannot be read."""
        asked = [
            msgspec.structs.replace(fault, field=f"questions.{number}.{fault.field}")
            for number, held in enumerate(self.cards)
            for fault in held.form.unread()
        ]
        return (*(fault for form in self._forms for fault in form.unread()), *asked)

    def add(self) -> None:
        """One more question."""
        made = self._put(Question())
        self._settle()
        made.setFocus()
        self.changed.emit()

    def show_faults(self, faults: Iterable[Fault], *, focus: bool = False) -> None:
        """Show each fault beside its field."""
        found = tuple(faults)
        for form in self._forms:
            form.show_faults([fault for fault in found if fault.field in form.names], focus=False)
        self.written.show_faults([fault for fault in found if fault.field == "written_name"])
        for number, held in enumerate(self.cards):
            path = f"questions.{number}."
            held.show_faults(
                msgspec.structs.replace(fault, field=fault.field.removeprefix(path))
                for fault in found
                if fault.field.startswith(path)
            )
        if focus and found:
            self.focus_on(found[0].field)

    def focus_on(self, path: str) -> None:
        """Put the keyboard into the field of a path, such as `person_id` or `questions.0.product_id`."""
        parts = path.split(".")
        if parts[0] == "questions":
            number = int(parts[1]) if len(parts) > 1 and parts[1].isdigit() else 0
            form = self.cards[min(number, len(self.cards) - 1)].form
            name = parts[2] if len(parts) > 2 else "verbatim"
            _bring(form.editor(name if name in form.names else "verbatim"))
            return
        if parts[0] == "written_name":
            _bring(self.written.file)
        for form in self._forms:
            if parts[0] in form.names:
                _bring(form.editor(parts[0]))

    def focus_next(self) -> None:
        """Put the keyboard into the first field that needs an answer, in the order of the form; else the question."""
        missing = {fault.field for fault in check_inquiry(self._store, self.inquiry())}
        asked = [f"questions.{n}.{name}" for n in range(len(self.cards)) for name in self.cards[n].form.names]
        order = [*self.who.names, *asked, *self.answer.names]
        self.focus_on(next((name for name in order if name in missing), "questions.0.verbatim"))

    # ---- within

    def _heard(self, name: str) -> None:
        if name == "person_id" and self.who.editor("institution_id").value() is None:
            place = main_place(self._store, self.who.editor("person_id").value())
            self.who.editor("institution_id").set_value(place.id if place else None)
        if name == "delivery_method":
            self._fill_in()
        self._settle()
        if not self._showing:
            self.changed.emit()

    def _fill_in(self) -> None:
        """What the directory knows of the way to the doctor is filled in; what was typed stays."""
        detail, method = self.answer.editor("delivery_detail"), self.answer.editor("delivery_method").value()
        if detail.value() not in ("", self._filled):
            return
        person_id, place_id = (self.who.editor(name).value() for name in ("person_id", "institution_id"))
        self._filled = known_way(self._store, method, person_id, place_id)
        detail.set_value(self._filled)

    def _settle(self) -> None:
        """Ask only what the answers so far make a question."""
        behalf = self.who.editor("requester_kind").value() is RequesterKind.ON_BEHALF
        self.who.field("on_behalf_name").setVisible(behalf)
        mail = self.answer.editor("delivery_method").value() is DeliveryMethod.EMAIL
        self.answer.field("consent_to_send_email").setVisible(mail)
        reason = self.waiver.editor("signature_waiver_reason").value()
        self.waiver.field("waiver_note").setVisible(isinstance(reason, WaiverReason))
        self.written.setVisible(reason in _WRITTEN or bool(self._inquiry.written_sha256))
        for number, held in enumerate(self.cards, start=1):
            held.set_number(number, alone=len(self.cards) == 1)

    def _lock(self, inquiry: MedicalInquiry) -> None:
        closed = inquiry.status in _CLOSED
        for form in self._forms:
            for name in form.names:
                off = closed or (inquiry.is_fixed and (name in SIGNED_FIELDS or form is self.waiver))
                editor = form.editor(name)
                if hasattr(editor, "setReadOnly"):
                    editor.setReadOnly(off)
                else:
                    editor.setEnabled(not off)
        self.written.set_locked(closed or inquiry.is_fixed)
        for held in self.cards:
            held.set_locked(inquiry.is_fixed, closed)
        self.add_button.setVisible(not inquiry.is_fixed)
        self._waiver_card.setVisible(not inquiry.is_signed or bool(inquiry.written_sha256))

    def _put(self, question: Question) -> QuestionCard:
        made = QuestionCard(self._desk, question, len(self.cards) + 1, self._inquiry.id)
        made.opened.connect(self.opened)
        made.changed.connect(self._tell)
        made.removed.connect(lambda: self._drop(made))
        self.cards.append(made)
        layout = self._questions.layout()
        if layout is not None:
            layout.addWidget(made)
        made.show()
        return made

    def _drop(self, gone: QuestionCard) -> None:
        if len(self.cards) > 1:
            self.cards.remove(gone)
            self._let_go(gone)
            self._settle()
            self.changed.emit()

    def _let_go(self, held: QuestionCard) -> None:
        layout = self._questions.layout()
        if layout is not None:
            layout.removeWidget(held)
        held.hide()
        held.deleteLater()

    def _tell(self) -> None:
        if not self._showing:
            self.changed.emit()


def _bring(editor: QWidget) -> None:
    """Give the keyboard to an editor and bring it into view; Qt does the second only for Tab."""
    editor.setFocus()
    above = editor.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    if isinstance(above, QScrollArea):
        above.ensureWidgetVisible(editor, 0, 80)
