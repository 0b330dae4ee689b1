"""Steps seven and eight: what is left, the document as it will be signed, and the signatures."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import Any

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.clinical.consents.actions import note_on
from liaison_desktop.clinical.consents.form.signing_screen import Signer
from liaison_desktop.clinical.consents.form.step import Step, inside
from liaison_desktop.clinical.consents.record import Consent, ConsentState
from liaison_desktop.clinical.consents.rules import open_faults, ready_faults, roles_left, roles_needed
from liaison_desktop.clinical.people.rules import same_person
from liaison_desktop.documents.preview import Preview
from liaison_desktop.errors import Fault, Severity
from liaison_desktop.signing import Role, Signature
from liaison_desktop.store import Store
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.cards import CardRow, list_card
from liaison_desktop.ui.chips import ChipSpec
from liaison_desktop.ui.dates import show_time
from liaison_desktop.ui.editors import LongTextEditor, TextEditor
from liaison_desktop.ui.fields import LabelledField
from liaison_desktop.ui.layout import card, column, empty, refill, row, scroll
from liaison_desktop.ui.segmented import Segmented
from liaison_desktop.ui.text import label, wrapped
from liaison_desktop.ui.tokens import FORM_MOST

_NOW_OPEN = (ConsentState.READY, ConsentState.SIGNED, ConsentState.WITNESSED, ConsentState.ACTIVE)


class DocumentStep(Step):
    """First what is left; then, when nothing is, the document exactly as it will be shown and signed."""

    title = "The document"
    go_to = Signal(str)  # the field of a fault
    make_asked = Signal()

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self.preview = Preview()
        self.reason = LongTextEditor(2, name="Reason for going on")
        self.reason.changed.connect(lambda _value: self._reasoned())
        self._asked: tuple[str, ...] = ()
        self._confirmed: tuple[str, ...] = ()
        self._left = column(gap=16)
        self._why = wrapped("", "body")
        self.make_button = button("Make the document", "primary", "file-check", on_click=self.make_asked.emit)
        self._reason_card = card(
            self._why, LabelledField("Your reason", self.reason), title="Needs your reason", tone="amber"
        )
        self._check = column(
            label(self.title, "section"), self._left, self._reason_card, row(self.make_button, None), None,
            gap=16, margins=(24, 20, 24, 24),
        )  # fmt: skip
        self._check.setMaximumWidth(FORM_MOST + 48)
        self._check_pane = scroll(row((self._check, 1), gap=0))
        self._layout.addWidget(self._check_pane)
        self._layout.addWidget(self.preview)
        self.preview.hide()

    def show_document(self, content: bytes, number: str) -> None:
        """Show the document in place of what is left."""
        self._check_pane.hide()
        self.preview.show()
        if self.preview.content != content:
            self.preview.show_document(content, number)

    def show_consent(self, consent: Any) -> None:
        """Show what is left, and which warnings need a reason."""
        self.reason.set_value(consent.confirm_reason)
        self._confirmed = consent.confirmed
        self.list_faults(consent)
        if not self.has_document(consent):
            self.preview.hide()
            self.preview.clear()
            self._check_pane.show()

    def has_document(self, consent: Any) -> bool:
        """Whether the document was made and still says what the consent says."""
        return consent.state in _NOW_OPEN

    def open_now(self, consent: Any) -> tuple[Fault, ...]:
        """Everything that stands before the first signature."""
        note = note_on(self.store, consent)
        return ready_faults(consent, self.policy, nurse=self.store.actor.name, now=self.now(), note=note)

    def list_faults(self, consent: Any) -> None:
        """Show what is left before this consent can be signed."""
        found = self.open_now(consent)
        stops = [fault for fault in found if fault.severity is Severity.REFUSE]
        asks = {fault.rule: fault.message for fault in found if fault.severity is Severity.CONFIRM}
        warns = [fault for fault in found if fault.severity is Severity.WARN]
        self._asked = tuple(asks)
        self._why.set_text("\n".join(asks.values()))
        self._reason_card.setVisible(bool(asks))
        rows = [self._line(fault, "circle-alert", "red") for fault in stops]
        rows += [self._line(fault, "triangle-alert", "amber") for fault in warns]
        nothing = wrapped("Everything was asked and answered. The document can be made.", "body", "green")
        refill(self._left, list_card("Before signing", *rows, right=str(len(rows))) if rows else nothing)
        self.make_button.setEnabled(not open_faults(consent, found))

    def _line(self, fault: Fault, icon: str, tone: str) -> QWidget:
        return CardRow(fault.message, icon=icon, tone=tone, on_click=functools.partial(self.go_to.emit, fault.field))

    def _reasoned(self) -> None:
        # A reason stands for the warnings that were on the screen when it was typed, and for no later one.
        self._confirmed = self._asked if self.reason.value().strip() else ()
        self.changed.emit()

    def read(self, consent: Any) -> Any:
        """The reason, and what it confirms."""
        return msgspec.structs.replace(consent, confirm_reason=self.reason.value(), confirmed=self._confirmed)

    def show_faults(self, faults: Iterable[Fault], *, focus: bool = False) -> None:
        """They are listed by `list_faults`."""


class SignaturesStep(Step):
    """Who has to sign, who has, and the buttons that turn the screen."""

    title = "Signatures"
    lead = "The screen is turned towards each person. It opens again with your passphrase."
    turn_asked = Signal(object)  # Signer
    spoken_asked = Signal(object)  # Signature

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._box = QWidget()
        self._list = QVBoxLayout(self._box)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(12)
        self.wait = wrapped("The document has to be made first.", "body", "amber")
        self._wait_card = card(self.wait, tone="amber")
        self.fault = wrapped("", "label", "red")
        self.lay_out(self._wait_card, self._box, self.fault)
        self.entries: dict[Role, SignatureEntry] = {}

    def show_consent(self, consent: Consent) -> None:
        """One card for each signature that is needed."""
        self.fault.set_text("")
        ready = consent.state in _NOW_OPEN
        self._wait_card.setVisible(not ready)
        empty(self._list)
        self.entries = {}
        if not ready:
            return
        left = roles_left(consent)
        for role in roles_needed(consent):
            given = consent.signature(role)
            if given is not None:
                self._list.addWidget(given_card(given))
                continue
            entry = SignatureEntry(consent, role, self.store.actor.name, self.store.actor.role, role is left[0])
            entry.turn_asked.connect(self.turn_asked.emit)
            entry.spoken_asked.connect(self.spoken_asked.emit)
            self.entries[role] = entry
            self._list.addWidget(entry)

    def show_faults(self, faults: Iterable[Fault], *, focus: bool = False) -> None:
        """Below the cards."""
        self.fault.set_text(" ".join(fault.message for fault in faults))


def given_card(given: Signature) -> QWidget:
    """A signature that was given: role, name, time, how, meaning."""
    at = given.signed_at
    facts = ", ".join(
        part
        for part in (
            given.credential,
            given.relationship,
            f"{show_time(at)} {given.zone}" if at else "",
            given.method.label.lower(),
        )
        if part
    )
    line = CardRow(
        f"{given.role.label}: {given.name_printed}", facts, icon="pen-line", chip=ChipSpec("Signed", "green", "check")
    )
    return card(line, margins=0, gap=0)


class SignatureEntry(QWidget):
    """Who is to sign in one role, and the button that turns the screen. Names are proposed, never fixed."""

    turn_asked = Signal(object)
    spoken_asked = Signal(object)

    def __init__(self, consent: Consent, role: Role, nurse: str, nurse_role: str, next_in_turn: bool) -> None:
        super().__init__()
        self._consent, self.role, self._nurse = consent, role, nurse
        name, credential, relation = _proposed(consent, role, nurse, nurse_role)
        fixed = role in (Role.PATIENT, Role.REPRESENTATIVE)
        self.name, self.credential = TextEditor(), TextEditor()
        self.name.set_value(name)
        self.credential.set_value(credential)
        self._relation = relation
        self.name.setReadOnly(fixed)
        self.how = Segmented((("name", "Signs"), ("mark", "Makes a mark")), name=f"{role.label}: how", clears=False)
        self.how.set_value("name")
        self.spoken = TextEditor(placeholder="Such as: Spoken by video")
        fields: list[QWidget] = [LabelledField("Name", self.name)]
        if not fixed:
            fields.append(LabelledField("Credential", self.credential))
        self.turn_button = button(
            "Turn the screen", "primary" if next_in_turn else "secondary", "rotate-ccw", on_click=self._turn
        )
        self.turn_button.setAccessibleName(f"Turn the screen for the signature of: {role.label}")
        extra: tuple[QWidget, ...] = ()
        if fixed:
            extra = (self.how,)
        if role is Role.INTERPRETER:
            say = button("Record the spoken statement", on_click=self._say)
            extra = (
                LabelledField("Or, if the interpreter is not in the room, what was said and how", self.spoken),
                say,
            )
        names = row((fields[0], 3), *((field, 1) for field in fields[1:]), gap=12)
        inside(self, card(names, *extra, row(None, self.turn_button), title=role.label, gap=12))

    def signer(self) -> Signer:
        """Who is about to sign."""
        name = self.name.value()
        whose = {Role.PATIENT: self._consent.patient_id, Role.REPRESENTATIVE: self._consent.representative_id}
        return Signer(
            role=self.role,
            name=name,
            credential=self.credential.value(),
            relationship=self._relation,
            person_id=whose.get(self.role),
            mark=self.how.value() == "mark",
            is_actor=same_person(name, self._nurse),
        )

    def _turn(self) -> None:
        self.turn_asked.emit(self.signer())

    def _say(self) -> None:
        self.spoken_asked.emit((self.signer(), self.spoken.value()))


def _proposed(consent: Consent, role: Role, nurse: str, nurse_role: str) -> tuple[str, str, str]:
    if role is Role.PATIENT:
        return consent.shown_name, "", ""
    if role is Role.REPRESENTATIVE:
        return consent.representative_name, "", consent.representative_relationship
    if role is Role.WITNESS:
        return nurse, nurse_role, ""
    if role is Role.INTERPRETER:
        number = f"Interpreter, ID {consent.interpreter_number}" if consent.interpreter_number else "Interpreter"
        return consent.interpreter_name, "", number
    if role is Role.PRACTITIONER:
        return consent.discussed_by, consent.discussed_by_credential, ""
    return "", "", ""
