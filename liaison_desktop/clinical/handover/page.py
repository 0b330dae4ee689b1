"""The tab "Hand-over" of a chart: what was handed over, on paper and on the screen, and the form for the next one."""

from __future__ import annotations

import functools
import uuid

from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from liaison_desktop.clinical.episodes.queries import current_episode
from liaison_desktop.clinical.episodes.record import Episode
from liaison_desktop.clinical.handover.actions import note_exported, note_printed
from liaison_desktop.clinical.handover.document import handover_paper
from liaison_desktop.clinical.handover.form import HandoverForm, TakingPanel
from liaison_desktop.clinical.handover.queries import handovers_of
from liaison_desktop.clinical.handover.record import Handover
from liaison_desktop.clinical.patients.form import PatientPane
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.clinical.people.actions import require
from liaison_desktop.clinical.people.queries import own_facility
from liaison_desktop.documents.preview.handing_out import print_copy, save_copy
from liaison_desktop.errors import LiaisonError
from liaison_desktop.signing import Role
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.dates import show_moment
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.empty_state import EmptyState
from liaison_desktop.ui.layout import Item, card, column, refill, row, scroll
from liaison_desktop.ui.text import label, wrapped


class HandoverPane(PatientPane):
    """The newest hand-over first. `reason` is what the patient was referred for, told by whoever knows."""

    kinds = frozenset({Handover.kind, Episode.kind})

    def __init__(self, desk: Desk, patient: Patient, reason: str = "") -> None:
        super().__init__(desk, patient)
        self.reason = reason
        self._taking: uuid.UUID | None = None
        self.form: HandoverForm | None = None
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self.begin_button = button("Hand over", "primary", "handshake", small=True, on_click=self.begin)
        self._body = column(gap=12, margins=(24, 12, 24, 24))
        outer = QWidget()
        layout = QVBoxLayout(outer)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(row(self.begin_button, None, margins=(24, 10, 24, 0)))
        layout.addWidget(scroll(self._body), 1)
        self._outer = outer
        self._stack.addWidget(outer)
        self.setFocusProxy(self.begin_button)
        self._fill()

    def refresh(self, kinds: frozenset[str]) -> None:
        """Read again."""
        if kinds & self.kinds:
            self._fill()

    def _fill(self) -> None:
        found = handovers_of(self.desk.store, self.patient.id)
        open_stay = current_episode(self.desk.store, self.patient.id) is not None
        self.begin_button.setVisible(open_stay)
        if not found:
            words = "SBAR is written from the record: you read it over, tell it, and hear it back."
            none = EmptyState("No stay to hand over", "Begin with a referral; what is handed over belongs to its stay.")
            refill(self._body, (EmptyState("Not handed over yet", words) if open_stay else none, 1))
            return
        refill(self._body, *(self._card(one) for one in found), None)

    def _card(self, one: Handover) -> QWidget:
        printing = button("Print", "link", "printer", small=True, on_click=functools.partial(self.print_one, one))
        saving = button("Save a copy", "link", "download", small=True, on_click=functools.partial(self.save_one, one))
        when = show_moment(one.given_at) if one.given_at is not None else "not given"
        parts: list[Item] = [label(f"{when} · {one.facts()}", "sec", "ink2")]
        for name, words in one.sbar.parts():
            parts += [label(name, "secm", "ink2"), wrapped(words)]
        if one.goes_along:
            parts += [label("Goes with the patient", "secm", "ink2"), wrapped(one.goes_along)]
        said = f"Read back: {one.read_back_words}" if one.read_back_words else "Read back"
        parts.append(wrapped(said, "sec", "green"))
        signed = "; ".join(f"{sign.name_printed}, {sign.role.label.lower()}" for sign in one.signatures)
        parts.append(wrapped(f"Signed: {signed}", "cap", "ink3"))
        if one.id == self._taking:
            panel = TakingPanel(self.desk, one)
            panel.done.connect(self._taken)
            parts.append(panel)
        elif not any(sign.role is Role.RECEIVER for sign in one.signatures):
            words = f"{one.receiver} signs here"
            sign_too = button(
                words, "ghost", "pen-line", small=True, on_click=functools.partial(self.ask_receiver, one)
            )
            parts.append(row(sign_too, None))
        box = card(*parts, title=one.title(), right=row(printing, saving, gap=4), gap=4)
        box.setMaximumWidth(900)
        return box

    def ask_receiver(self, one: Handover) -> None:
        """Open the pad for whoever takes over."""
        self._taking = one.id
        self._fill()
        panel = self.findChild(TakingPanel)
        if isinstance(panel, TakingPanel):
            panel.setFocus()

    def _taken(self) -> None:
        self._taking = None
        self._fill()
        self.begin_button.setFocus()

    def begin(self) -> None:
        """The form, for the stay that is open."""
        episode = current_episode(self.desk.store, self.patient.id)
        if episode is None:
            self.desk.trouble("There is no open stay to hand over. Begin with a referral.")
            return
        self._close()
        self.form = HandoverForm(self.desk, self.patient, episode, self.reason)
        self.form.saved.connect(self._given)
        self.form.left.connect(self._close)
        self._stack.addWidget(self.form)
        self._stack.setCurrentWidget(self.form)
        self.form.start()

    def _given(self, _record: Handover) -> None:
        self._close()
        self._fill()
        self.desk.toast("Handed over.")

    def _close(self) -> None:
        gone, self.form = self.form, None
        if gone is not None:
            gone.save_draft()
            self._stack.setCurrentWidget(self._outer)
            self._stack.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
            self.begin_button.setFocus()

    def _paper(self, one: Handover) -> tuple[bytes, str]:
        ours = own_facility(self.desk.store)
        facility, place = (ours.name, ours.phone) if ours is not None else ("", "")
        made = handover_paper(self.desk.store, one, self.patient, facility, place)
        return made.content, made.file_name

    def print_one(self, one: Handover) -> None:
        """On paper."""
        try:
            content, _name = self._paper(one)
        except LiaisonError as error:
            self.desk.trouble(error)
            return
        store = self.desk.store
        print_copy(self.desk, content, lambda how: note_printed(store, one, how), lambda: require(store, "print"))

    def save_one(self, one: Handover) -> None:
        """As a file."""
        try:
            content, name = self._paper(one)
        except LiaisonError as error:
            self.desk.trouble(error)
            return
        store = self.desk.store
        save_copy(self.desk, content, name, lambda: note_exported(store, one), lambda: require(store, "export"))

    def save_draft(self) -> None:
        """Keep what is being typed."""
        if self.form is not None:
            self.form.save_draft()
