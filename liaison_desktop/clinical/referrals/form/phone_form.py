"""A referral by phone, in nine fields: who, where from, what for. Whoever is here already is proposed as one types."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import msgspec
from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from liaison_desktop.clinical.episodes.record import ServiceLine
from liaison_desktop.clinical.patients.form.fields import PartialEditor
from liaison_desktop.clinical.patients.form.patient_form import cleaned
from liaison_desktop.clinical.patients.form.proposals import Proposals
from liaison_desktop.clinical.patients.queries import born_like
from liaison_desktop.clinical.patients.record import Patient, birth_text, full_name, record_number
from liaison_desktop.clinical.patients.rules import duplicates
from liaison_desktop.clinical.referrals.actions import take_referral
from liaison_desktop.clinical.referrals.form.phone_draft import DRAFT, Draft, read_draft
from liaison_desktop.clinical.referrals.form.source_line import SourceLine
from liaison_desktop.clinical.referrals.queries import Source, current_referral
from liaison_desktop.clinical.referrals.record import Channel, Priority, Referral
from liaison_desktop.clinical.referrals.rules import WORK_OVER
from liaison_desktop.errors import Fault, Refused, Severity
from liaison_desktop.records import to_bytes
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.editors import ChoiceEditor, ComboEditor, TextEditor
from liaison_desktop.ui.frames import action_bar, title_line
from liaison_desktop.ui.layout import card, column, hairline, panel, refill, row, scroll
from liaison_desktop.ui.record_form import RecordForm
from liaison_desktop.ui.suggest import SuggestLine
from liaison_desktop.ui.tab_order import FollowsTheEye, one_stop
from liaison_desktop.ui.text import elided, icon_label, icon_text, label

_PAUSE, _LOOK = 500, 120  # ms after the last key: until it is kept, until duplicates are looked for
_WHO = ("family", "given", "birth_date")


class PhoneForm(FollowsTheEye):
    """Enter goes on and, on the last field, takes the referral; Alt+1 to Alt+4 pick a patient who is here already."""

    saved = Signal(uuid.UUID)
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._known: Patient | None = None
        self._dirty = False
        self._source = Source()
        self.who = RecordForm(Patient, (("family", 3), ("given", 3), ("birth_date", 3)), editors={
            "birth_date": PartialEditor(),
        })  # fmt: skip
        self.line = SourceLine(desk.store, "Where it comes from")
        self.what = RecordForm(
            Referral,
            (("source_text", 1), ("contact_text", 1)),
            "channel",
            "service",
            "priority",
            "reason",
            editors={
                "source_text": self.line,
                "channel": one_stop(ChoiceEditor(Channel)),
                "service": ComboEditor(ServiceLine),
                "priority": one_stop(ChoiceEditor(Priority)),
                "reason": TextEditor(),
            },
            hints={"reason": "with the diagnosis, as the caller says it"},
        )
        self.proposals = Proposals(self.pick, act="It is this patient", keys="Alt")
        self._pause, self._look = self._timer(_PAUSE, self.save_draft), self._timer(_LOOK, self._propose)
        self._lay_out()
        self._connect()
        self._take_up()

    def _timer(self, wait: int, act: Callable[[], None]) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(True)
        made.setInterval(wait)
        made.timeout.connect(act)
        return made

    def _lay_out(self) -> None:
        self._picked = column(gap=0)
        self._said, self._mark = elided("", "sec", "ink2"), icon_label("circle-alert", "red", 16)
        self._mark.hide()
        take = button("Take the referral", "primary", "check", on_click=self.save)
        take.setToolTip("Ctrl+Enter")
        discard = button("Discard", "quiet", on_click=self.discard)
        keep = button("Keep for later", on_click=self.keep)
        for form in (self.who, self.what):
            form.setMaximumWidth(16_777_215)
        body = column(
            card(self._picked, self.who, title="Patient", gap=10),
            card(self.what, title="Referral", gap=10),
            None,
            gap=12,
            margins=(24, 12, 24, 20),
        )
        foot = action_bar(self._mark, (self._said, 1), discard, keep, take)
        head = title_line("New referral", label("Clocks start when it is taken", "cap"), margins=(24, 0, 16, 0))
        middle = column(12, head, 8, hairline(), (scroll(body), 1), hairline(), foot, gap=0)
        side = panel(self.proposals, None, margins=(16, 12, 16, 12))
        side.setFixedWidth(280)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(row((middle, 1), hairline(vertical=True), side, gap=0))

    def _connect(self) -> None:
        self.who.changed.connect(self._heard)
        self.what.changed.connect(self._heard)
        self.line.taken.connect(self._take_source)
        here = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.save, context=here)
        for number in range(1, 5):
            QShortcut(QKeySequence(f"Alt+{number}"), self, lambda n=number: self._pick_number(n), context=here)
        for form in (self.who, self.what):
            for name in form.names:
                form.editor(name).installEventFilter(self)

    # ---- what is typed

    def patient(self) -> Patient:
        """The patient as typed, or the one who was picked."""
        return self._known or cleaned(msgspec.structs.replace(self._base.patient, **self.who.values()))

    def referral(self) -> Referral:
        """The referral as typed."""
        typed: Referral = cleaned(msgspec.structs.replace(self._base.referral, **self.what.values()))
        same = self._source.text == typed.source_text
        return msgspec.structs.replace(
            typed,
            source_place=self._source.place if same else None,
            source_contact=self._source.contact if same and self._source.contact_text == typed.contact_text else None,
        )

    def _take_up(self) -> None:
        kept = read_draft(self.desk.store.drafts.get(DRAFT))
        self._base = kept or Draft(patient=Patient(), referral=Referral(channel=Channel.PHONE))
        self.who.set_values(self._base.patient)
        self.what.set_values(self._base.referral)
        held = self._base.referral
        self._source = Source(held.source_place, held.source_contact, held.source_text, held.contact_text)
        self._dirty = kept is not None
        self._show_known(self.desk.store.find(Patient, self._base.known))
        self._say("Taken up where you left it" if kept else "")
        self._propose()

    def start(self) -> None:
        """The keyboard on the first empty field."""
        fields = [] if self._known else [self.who.editor(name) for name in _WHO]
        fields += [self.what.editor(name) for name in self.what.names]
        empty = (one for one in fields if not one.value())
        next(empty, fields[-1]).setFocus(Qt.FocusReason.TabFocusReason)

    def _heard(self, name: str) -> None:
        self._dirty = True
        self._mark.hide()
        self._pause.start()
        if name in _WHO:
            self._look.start()

    def _take_source(self, source: Source) -> None:
        self._source = source
        self.what.set_values({"source_text": source.text, "contact_text": source.contact_text})
        self._heard("source_text")

    def save_draft(self) -> None:
        """Keep what was typed; durable when it returns."""
        self._pause.stop()
        if not self._dirty:
            return
        known = self._known.id if self._known else None
        typed = cleaned(msgspec.structs.replace(self._base.patient, **self.who.values()))
        self.desk.store.drafts.put(DRAFT, to_bytes(Draft(patient=typed, referral=self.referral(), known=known)))
        self._say(f"Draft kept {self.desk.clock():%H:%M:%S}")

    # ---- who it is

    def _propose(self) -> None:
        typed = self.patient()
        store = self.desk.store
        self.proposals.show_duplicates(() if self._known else duplicates(typed, born_like(store, typed.birth_date)))

    def _pick_number(self, number: int) -> None:
        shown = self.proposals.shown()
        if number <= len(shown):
            self.pick(shown[number - 1])

    def pick(self, patient_id: uuid.UUID) -> None:
        """It is somebody who is here already."""
        self._show_known(self.desk.store.find(Patient, patient_id))
        self._heard("family")
        self._propose()
        self.line.setFocus(Qt.FocusReason.TabFocusReason)

    def _another(self) -> None:
        self._show_known(None)
        self._heard("family")
        self.who.editor("family").setFocus(Qt.FocusReason.TabFocusReason)

    def _show_known(self, patient: Patient | None) -> None:
        self._known = patient
        self.who.setVisible(patient is None)
        if patient is None:
            refill(self._picked)
            return
        facts = " · ".join(filter(None, (birth_text(patient.birth_date), record_number(patient))))
        other = button("Somebody else", "link", small=True, on_click=self._another)
        running = current_referral(self.desk.store, patient.id)
        note: tuple[QWidget, ...] = ()
        if running is not None and running.work not in WORK_OVER:
            note = (
                icon_text("circle-alert", f"A referral is open already: {running.facts().lower()}", "sec", "amber"),
            )
        names = column(label(full_name(patient), "strong"), label(facts, "sec"), *note, gap=2)
        refill(self._picked, row((names, 1), other))

    # ---- the ways out

    def keep(self) -> None:
        """Leave; the draft stays."""
        self.save_draft()
        self.left.emit()

    def discard(self) -> None:
        """Throw away what was typed; a toast offers it back."""
        self.save_draft()
        store = self.desk.store
        kept = store.drafts.get(DRAFT)
        self._end()
        if kept is not None:
            self.desk.toast("Draft discarded.", lambda: store.drafts.put(DRAFT, kept))
        self.left.emit()

    def _end(self) -> None:
        self._pause.stop()
        self._look.stop()
        self._dirty = False
        self.desk.store.drafts.drop(DRAFT)

    def save(self) -> None:
        """Take the referral, or show beside each field what stands in the way."""
        unread = () if self._known else self.who.unread()
        if unread := (*unread, *self.what.unread()):
            self._refuse(unread)
            return
        try:
            taken, _patient = take_referral(
                self.desk.store, self.referral(), self.patient(), confirmed=self.proposals.confirmed()
            )
        except Refused as refusal:
            self._refuse(refusal.faults)
            return
        self._end()
        self.desk.toast("Referral taken. Its clocks run.")
        self.saved.emit(taken.id)

    def _refuse(self, faults: tuple[Fault, ...]) -> None:
        self.save_draft()
        self.proposals.show_questions(tuple(fault for fault in faults if fault.severity is Severity.CONFIRM))
        mine = [fault for fault in faults if fault.field in _WHO]
        self.who.show_faults(mine)
        others = [fault for fault in faults if fault.field not in _WHO]
        loose = self.what.show_faults(others, focus=not mine)
        asked = any(fault.severity is Severity.CONFIRM for fault in faults)
        words = "Say at the right whether it is the same person." if asked else f"{len(faults)} to mend."
        self._say(f"{loose[0].message if loose else words} What you typed is kept.", wrong=True)

    def _say(self, words: str, wrong: bool = False) -> None:
        self._mark.setVisible(wrong)
        self._said.set_text(words)
        self._said.set_tone("red" if wrong else "ink2")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes to the next field; on the last one it takes the referral."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
            and isinstance(watched, QLineEdit)
            and not (isinstance(watched, SuggestLine) and watched.is_open())
        ):
            if watched is self.what.editor("reason"):
                self.save()
            else:
                self.focusNextPrevChild(True)
            return True
        return super().eventFilter(watched, event)
