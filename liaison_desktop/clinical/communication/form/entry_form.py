"""Writing a talk down: with whom, by which way, what was said, SBAR where one nurse tells another, and the read-back."""

from __future__ import annotations

import functools

import msgspec
from PySide6.QtWidgets import QWidget

from liaison_desktop.clinical.communication.actions import record_talk
from liaison_desktop.clinical.communication.record import LogEntry, Party, ReadBack, Sbar
from liaison_desktop.clinical.communication.rules import entry_faults
from liaison_desktop.clinical.patients.form.rows import RowCards
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.errors import Fault, Severity
from liaison_desktop.policies import policy_of
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.drafted import DraftedForm
from liaison_desktop.ui.editors import ChoiceEditor
from liaison_desktop.ui.layout import card, row
from liaison_desktop.ui.record_form import RecordForm
from liaison_desktop.ui.text import wrapped


class EntryForm(DraftedForm[LogEntry]):
    """One entry about a patient. People who may be told stand at hand; SBAR is asked for by a button or by the caller."""

    def __init__(self, desk: Desk, patient: Patient, entry: LogEntry) -> None:
        title = "Correction" if entry.corrects else "New entry in the log"
        super().__init__(desk, entry, key=f"log_entry/{patient.id}", title=title, verb="Write into the log")
        self._patient = patient
        self.talk = RecordForm(
            LogEntry, (("at", 3), ("direction", 2)), "channel", "topic", store=desk.store, clock=desk.clock
        )
        self.parties = RowCards(
            Party, "name", ("relation", "contact"), word="Person", add="Add a person", store=desk.store
        )
        self.words = RecordForm(LogEntry, "summary", "action_required", store=desk.store)
        self.sbar = RecordForm(Sbar, "situation", "background", "assessment", "recommendation", store=desk.store)
        self.back = RecordForm(LogEntry, "read_back", editors={"read_back": ChoiceEditor(ReadBack, "Read back")})
        self.with_sbar = button("Tell it as SBAR", "ghost", "list-checks", small=True, on_click=self.ask_sbar)
        self._sbar_card = card(self.sbar, title="SBAR, in the order it is told")
        self._hint = wrapped("", "sec", "amber")
        self._party_fault = wrapped("", "sec", "red")
        for form in (self.talk, self.words, self.sbar, self.back):
            form.changed.connect(self._touched)
        self.parties.changed.connect(self._touched)
        self.lay_out(
            card(self._offered(), self.parties, self._party_fault, title="With whom"),
            card(self.talk, title="When, how and about what"),
            card(self.words, row(self.with_sbar, None), title="What was said"),
            self._sbar_card,
            card(self.back, self._hint, title="Read-back"),
        )

    def _offered(self) -> QWidget:
        picks = []
        for person in self._patient.related[:4]:
            told = "" if person.may_discuss is None or person.may_discuss.value == "yes" else " (limits)"
            words = f"{person.name}{told}"
            contact = person.phones[0] if person.phones else ""
            relation = person.relationship.label.lower() if person.relationship else "family"
            party = Party(name=person.name, relation=relation, contact=contact)
            picks.append(button(words, "ghost", "user", small=True, on_click=functools.partial(self._add, party)))
        return row(*picks, None, gap=8)

    def _add(self, party: Party) -> None:
        held = tuple(each for each in self.parties.value() if each != Party())
        if party not in held:
            self.parties.set_value((*held, party))
            self._touched()
        self.talk.editor("channel").setFocus()

    def ask_sbar(self) -> None:
        """Open the four fields."""
        self._sbar_card.show()
        self.with_sbar.hide()
        self.sbar.editor("situation").setFocus()

    def _touched(self, *_ignored: object) -> None:
        self._party_fault.set_text("")
        self._warn()
        self.heard()

    def _warn(self) -> None:
        policy = policy_of(self.desk.store)
        found = entry_faults(self.typed(), policy, now=self.desk.clock())
        soft = [fault.message for fault in found if fault.severity is not Severity.REFUSE]
        self._hint.set_text(" ".join(soft))
        self._hint.setVisible(bool(soft))

    def typed(self) -> LogEntry:
        """The entry as it stands; SBAR that says nothing is none."""
        sbar = Sbar(**self.sbar.values())
        told = sbar if tuple(sbar.parts()) else None
        values = {**self.talk.values(), **self.words.values(), **self.back.values()}
        parties = tuple(party for party in self.parties.value() if party != Party())
        return msgspec.structs.replace(self.held, parties=parties, sbar=told, **values)

    def show_value(self, record: LogEntry) -> None:
        """Put an entry into the fields."""
        for form in (self.talk, self.words, self.back):
            form.set_values(record)
        self.parties.set_value(record.parties or (Party(),))
        self.sbar.set_values(record.sbar or Sbar())
        self._sbar_card.setVisible(record.sbar is not None)
        self.with_sbar.setVisible(record.sbar is None)
        self._warn()

    def write(self, record: LogEntry) -> LogEntry:
        """Into the log."""
        return record_talk(self.desk.store, record)

    def unread(self) -> tuple[Fault, ...]:
        """A time that cannot be read."""
        return self.talk.unread()

    def show_faults(self, faults: tuple[Fault, ...]) -> None:
        """Beside each field; what is about the people stands under them."""
        people = [fault.message for fault in faults if fault.field.split(".")[0] == "parties"]
        self._party_fault.set_text(" ".join(people))
        left = tuple(fault for fault in faults if fault.field.split(".")[0] != "parties")
        focus = not people
        if people:
            self.parties.cards[0].form.editor("name").setFocus()
        for form in (self.talk, self.words, self.back):
            before = len(left)
            left = form.show_faults(left, focus=focus)
            focus = focus and len(left) == before

    def start(self) -> None:
        """The first person's name."""
        self.parties.cards[0].form.editor("name").setFocus()
