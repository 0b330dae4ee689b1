"""The tab "Communication" of a chart: the log, one entry to read, and the sessions with an interpreter."""

from __future__ import annotations

import functools
import uuid

import msgspec
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from liaison_desktop.clinical.communication.actions import end_session
from liaison_desktop.clinical.communication.form import EntryForm, SessionForm
from liaison_desktop.clinical.communication.queries import log_of, sessions_of
from liaison_desktop.clinical.communication.record import (
    Channel,
    Direction,
    InterpreterSession,
    LogEntry,
    ReadBack,
    Sbar,
    Topic,
)
from liaison_desktop.clinical.episodes.queries import current_episode
from liaison_desktop.clinical.patients.form import PatientPane
from liaison_desktop.clinical.patients.record import InterpreterNeed, Patient, language_text
from liaison_desktop.errors import Refused
from liaison_desktop.records import new_id
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.cards import CardRow, list_card
from liaison_desktop.ui.chips import ChipSpec
from liaison_desktop.ui.dates import show_moment
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.drafted import DraftedForm
from liaison_desktop.ui.layout import card, column, refill, row, scroll
from liaison_desktop.ui.text import label, wrapped

_ICONS = {
    "phone": "phone",
    "in_person": "users-round",
    "secure_msg": "message-square",
    "fax": "printer",
    "email": "mail",
    "video": "video",
}


class CommunicationPane(PatientPane):
    """Newest talk first. Writing puts a form over the tab; leaving it keeps what was typed."""

    kinds = frozenset({LogEntry.kind, InterpreterSession.kind, Patient.kind})

    def __init__(self, desk: Desk, patient: Patient) -> None:
        super().__init__(desk, patient)
        self.form: DraftedForm[LogEntry] | DraftedForm[InterpreterSession] | None = None
        self._shown: uuid.UUID | None = None
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self.write = button("New entry", "primary", "message-square", small=True, on_click=self.write_entry)
        self.tell = button("SBAR call", small=True, icon="phone-call", on_click=self.write_sbar)
        self.interpreter = button("Interpreter", small=True, icon="languages", on_click=self.begin_session)
        self._left, self._right = column(gap=12), column(gap=12)
        body = QWidget()
        across = QHBoxLayout(body)
        across.setContentsMargins(24, 12, 24, 24)
        across.setSpacing(12)
        across.addWidget(self._left, 3)
        across.addWidget(self._right, 2)
        outer = QWidget()
        down = QVBoxLayout(outer)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        tools = row(self.write, self.tell, self.interpreter, None, gap=8, margins=(24, 10, 24, 0))
        down.addWidget(tools)
        down.addWidget(scroll(body), 1)
        self._stack.addWidget(outer)
        self._outer = outer
        self.setFocusProxy(self.write)
        self._fill()

    # ---- what is shown

    def refresh(self, kinds: frozenset[str]) -> None:
        """Read the log again."""
        if kinds & self.kinds:
            self._fill()

    def _fill(self) -> None:
        self._entries = log_of(self.desk.store, self.patient.id)
        self._sessions = sessions_of(self.desk.store, self.patient.id)
        corrected = {entry.corrects for entry in self._entries}
        rows = [self._entry_row(entry, entry.id in corrected) for entry in self._entries]
        if not rows:
            rows = [
                CardRow("Nothing written down yet", "Calls, talks and messages about this patient", "message-square")
            ]
        refill(self._left, list_card("Log", *rows, right=str(len(self._entries) or "")), None)
        self._fill_right()

    def _entry_row(self, entry: LogEntry, corrected: bool) -> CardRow:
        chip = None
        if corrected:
            chip = ChipSpec("corrected", "outline")
        elif entry.action_required:
            chip = ChipSpec("to do", "amber")
        elif entry.sbar is not None and entry.read_back is ReadBack.YES:
            chip = ChipSpec("read back", "green")
        elif entry.sbar is not None:
            chip = ChipSpec("not read back", "amber")
        way = "to" if entry.direction is Direction.OUT else "from"
        when = show_moment(entry.at) if entry.at is not None else ""
        who = entry.parties[0].text() if entry.parties else ""
        title = f"{entry.topic.label if entry.topic else 'Talk'}, {way} {who}"
        words = entry.summary or (next(iter(entry.sbar.parts()), ("", ""))[1] if entry.sbar else "")
        icon = _ICONS.get(entry.channel.value if entry.channel else "", "message-square")
        facts = f"{when} · {' '.join(words.split())}"
        return CardRow(title, facts, icon, chip, on_click=functools.partial(self.show_entry, entry.id))

    def show_entry(self, id: uuid.UUID) -> None:
        """Show one entry in full at the right."""
        self._shown = id
        self._fill_right()

    def _fill_right(self) -> None:
        shown = next((entry for entry in self._entries if entry.id == self._shown), None)
        cards: list[QWidget] = [self._entry_card(shown)] if shown is not None else []
        refill(self._right, *cards, self._sessions_card(), self._needs_card(), None)

    def _entry_card(self, entry: LogEntry) -> QFrame:
        correct = button("Correct it", "link", small=True, on_click=functools.partial(self.correct, entry))
        parts: list[QWidget] = [label(entry.facts(), "sec", "ink2")]
        parts += [wrapped(party.text() + (f", {party.contact}" if party.contact else "")) for party in entry.parties]
        if entry.summary:
            parts.append(wrapped(entry.summary))
        for name, words in entry.sbar.parts() if entry.sbar is not None else ():
            parts += [label(name, "secm", "ink2"), wrapped(words)]
        if entry.action_required:
            parts += [label("To do", "secm", "amber"), wrapped(entry.action_required)]
        back = entry.read_back.label if entry.read_back is not None else ""
        parts.append(label(back, "sec", "green" if entry.read_back is ReadBack.YES else "ink2"))
        when = show_moment(entry.recorded_at) if entry.recorded_at is not None else ""
        parts.append(wrapped(f"Written down by {entry.recorded_by}, {when}", "cap", "ink3"))
        earlier = next((one for one in self._entries if one.id == entry.corrects), None)
        if earlier is not None:
            look = button("What it corrects", "link", small=True, on_click=lambda: self.show_entry(earlier.id))
            parts.append(row(look, None))
        return card(*parts, title=entry.topic.label if entry.topic else "Entry", right=correct, gap=6)

    def _sessions_card(self) -> QFrame:
        rows = [self._session_row(session) for session in self._sessions[:6]]
        if not rows:
            rows = [CardRow("No session yet", "A consent in another language stands on one", "languages")]
        return list_card("Interpreter", *rows, right=str(len(self._sessions) or ""))

    def _session_row(self, session: InterpreterSession) -> CardRow:
        chip = ChipSpec("not qualified", "amber") if session.qualified is False else None
        if session.open:
            chip = ChipSpec("going on: end it", "accent")
        began = show_moment(session.started_at) if session.started_at is not None else ""
        used = ", ".join(code.label.lower() for code in session.used_for)
        facts = " · ".join(filter(None, (began, session.facts(), used)))
        done = functools.partial(self._end, session) if session.open else None
        return CardRow(session.title(), facts, "languages", chip, on_click=done)

    def _needs_card(self) -> QFrame:
        needs = self.patient.communication
        words = language_text(self.patient) or "Language not recorded"
        lines: list[QWidget] = [wrapped(words)]
        if needs.interpreter is InterpreterNeed.DECLINED:
            lines.append(wrapped("The patient declined an interpreter.", "sec", "amber"))
        for person in self.patient.related:
            if person.may_discuss is not None and person.may_discuss.value != "yes":
                limits = f": {person.limits}" if person.limits else ""
                lines.append(wrapped(f"{person.name}, {person.may_discuss.label.lower()}{limits}", "sec", "amber"))
        return card(*lines, title="Before you call", gap=6)

    # ---- what can be done

    def write_entry(self) -> None:
        """An empty entry."""
        self._ask(EntryForm(self.desk, self.patient, self._blank()))

    def write_sbar(self) -> None:
        """A call of ours, told as SBAR."""
        blank = msgspec.structs.replace(
            self._blank(sbar=Sbar()), direction=Direction.OUT, channel=Channel.PHONE, topic=Topic.CLINICAL
        )
        self._ask(EntryForm(self.desk, self.patient, blank))

    def correct(self, entry: LogEntry) -> None:
        """What is right, beside what was written; the entry itself stays."""
        right = msgspec.structs.replace(entry, id=new_id(), version=None, corrects=entry.id)
        self._ask(EntryForm(self.desk, self.patient, right))

    def _blank(self, sbar: Sbar | None = None) -> LogEntry:
        episode = current_episode(self.desk.store, self.patient.id)
        now = self.desk.clock().replace(second=0, microsecond=0)
        return LogEntry(patient=self.patient.id, episode=episode.id if episode else None, at=now, sbar=sbar)

    def begin_session(self) -> None:
        """A session that begins now, in the patient's language."""
        needs, episode = self.patient.communication, current_episode(self.desk.store, self.patient.id)
        self._ask(
            SessionForm(
                self.desk,
                InterpreterSession(
                    patient=self.patient.id,
                    episode=episode.id if episode else None,
                    language=needs.spoken,
                    modality=needs.modality,
                    started_at=self.desk.clock().replace(second=0, microsecond=0),
                ),
            )
        )

    def _end(self, session: InterpreterSession) -> None:
        try:
            end_session(self.desk.store, session)
        except Refused as refused:
            self.desk.trouble(" ".join(fault.message for fault in refused.faults))
            return
        self.desk.toast("The session is over.")

    def _ask(self, form: EntryForm | SessionForm) -> None:
        self._close()
        self.form = form
        form.saved.connect(self._written)
        form.left.connect(self._close)
        self._stack.addWidget(form)
        self._stack.setCurrentWidget(form)
        form.start()

    def _written(self, record: LogEntry | InterpreterSession) -> None:
        if isinstance(record, LogEntry):
            self._shown = record.id
        self._close()
        self._fill()

    def _close(self) -> None:
        gone, self.form = self.form, None
        if gone is not None:
            gone.save_draft()
            self._stack.setCurrentWidget(self._outer)
            self._stack.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
            self.write.setFocus()

    def save_draft(self) -> None:
        """Keep what is being typed."""
        if self.form is not None:
            self.form.save_draft()
