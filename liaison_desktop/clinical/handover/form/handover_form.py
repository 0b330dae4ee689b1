"""Giving a hand-over: to whom, SBAR as the record tells it, the read-back, and the signature at the end."""

from __future__ import annotations

import msgspec
from PySide6.QtWidgets import QWidget

from liaison_desktop.clinical.communication.record import Sbar
from liaison_desktop.clinical.episodes.record import Episode
from liaison_desktop.clinical.handover.actions import give_handover
from liaison_desktop.clinical.handover.queries import known_of
from liaison_desktop.clinical.handover.record import Handover
from liaison_desktop.clinical.handover.rules import composed
from liaison_desktop.clinical.medications.actions import unresolved
from liaison_desktop.clinical.medications.rules.life import handover_faults
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.errors import Fault, Severity
from liaison_desktop.policies import policy_of
from liaison_desktop.signing import Method, Role, Signature, signs_as
from liaison_desktop.signing.pad import SignatureField
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.drafted import DraftedForm
from liaison_desktop.ui.editors import YesNoEditor
from liaison_desktop.ui.layout import card
from liaison_desktop.ui.record_form import RecordForm
from liaison_desktop.ui.text import wrapped


class HandoverForm(DraftedForm[Handover]):
    """Composed when it opens, then the nurse's own words; composing again asks nothing and loses nothing typed before."""

    def __init__(self, desk: Desk, patient: Patient, episode: Episode, reason: str = "") -> None:
        blank = Handover(patient=patient.id, episode=episode.id)
        super().__init__(
            desk, blank, key=f"handover/{episode.id}", title="Hand over", verb="Sign and hand over", icon="handshake"
        )
        self._patient, self._episode, self._reason = patient, episode, reason
        self._left = unresolved(desk.store, episode.id)
        self.to = RecordForm(
            Handover, "to_place", (("receiver", 3), ("receiver_role", 2)), ("receiver_contact", "way"), store=desk.store
        )
        self.sbar = RecordForm(Sbar, "situation", "background", "assessment", "recommendation", store=desk.store)
        self.along = RecordForm(Handover, "goes_along", store=desk.store)
        self.back = RecordForm(
            Handover, "read_back", "read_back_words", editors={"read_back": YesNoEditor()}, store=desk.store
        )
        self.signature = SignatureField("Your signature")
        self._no_signature = wrapped("", "sec", "red")
        self._stops = wrapped("", "sec", "red")
        again = button("Compose again", "ghost", "refresh-cw", small=True, on_click=self.compose)
        for form in (self.to, self.sbar, self.along, self.back):
            form.changed.connect(self.heard)
        self.signature.changed.connect(lambda: self._no_signature.set_text(""))
        self.lay_out(
            *self._warnings(),
            card(self.to, title="To whom"),
            card(self.sbar, title="SBAR, from the record. Read it over", right=again),
            card(self.along, title="What goes along"),
            card(self.back, title="Read-back"),
            card(self.signature, self._no_signature, title="Who hands over"),
        )
        if self.desk.store.drafts.get(self.key) is None:
            self.compose()

    def _warnings(self) -> tuple[QWidget, ...]:
        faults = handover_faults(self._left, policy_of(self.desk.store))
        if not faults:
            return ()
        worst = any(fault.severity is Severity.REFUSE for fault in faults)
        words = wrapped("\n".join(fault.message for fault in faults), "sec", "red" if worst else "amber")
        return (card(words, title="Medicines", icon="triangle-alert", tone="red" if worst else "amber"),)

    def compose(self) -> None:
        """Write SBAR from what the record holds now."""
        known = known_of(self.desk.store, self._patient, self._episode)
        made = composed(known, self._left, today=self.desk.today(), reason=self._reason)
        self.sbar.set_values(made)
        self.heard()

    def typed(self) -> Handover:
        """As it stands."""
        values = {**self.to.values(), **self.along.values(), **self.back.values()}
        return msgspec.structs.replace(self.held, sbar=Sbar(**self.sbar.values()), **values)

    def show_value(self, record: Handover) -> None:
        """Put a hand-over into the fields."""
        for form in (self.to, self.along, self.back):
            form.set_values(record)
        self.sbar.set_values(record.sbar)

    def unread(self) -> tuple[Fault, ...]:
        """What is needed and not written, no signature, or a typed name that is somebody else's."""
        needed = self.typed().faults()
        wrong = self.signature.method is Method.TYPED and not signs_as(self.signature.name, self.desk.store.actor.name)
        if self.signature.is_given and not wrong:
            return needed
        rule = "HO-3-NAME" if self.signature.is_given else "HO-3"
        return (
            *needed,
            policy_of(self.desk.store).fault(rule, field="signature", who=self.desk.store.actor.name),
        )

    def write(self, record: Handover) -> Handover:
        """Give it."""
        given = Signature(
            role=Role.GIVER,
            name_printed=self.desk.store.actor.name,
            person_id=self.desk.store.actor.id,
            method=self.signature.method,
            strokes=self.signature.strokes,
            pad_width=float(self.signature.pad.width()),
            pad_height=float(self.signature.pad.height()),
        )
        return give_handover(self.desk.store, record, given)

    def show_faults(self, faults: tuple[Fault, ...]) -> None:
        """Beside each field."""
        left, focus = faults, True
        for form in (self.to, self.sbar, self.along, self.back):
            before = len(left)
            left = form.show_faults(left, focus=focus)
            focus = focus and len(left) == before
        self._no_signature.set_text(" ".join(fault.message for fault in left))
        if left and focus:  # nothing but the signature: it is far below, so the keyboard goes there and it is seen
            typing = self.signature.method is Method.TYPED
            (self.signature.typed if typing else self.signature.other_button).setFocus()

    def start(self) -> None:
        """To whom."""
        self.to.editor("to_place").setFocus()
