"""Entering a patient: the form, its draft, the proposals of who it may be already, and what stands in the way."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import msgspec
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QVBoxLayout

from liaison_desktop.clinical.patients.actions import change_patient, look_over, register_patient
from liaison_desktop.clinical.patients.form.patient_form import PatientForm
from liaison_desktop.clinical.patients.form.proposals import Proposals
from liaison_desktop.clinical.patients.queries import born_like
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.clinical.patients.rules import duplicates
from liaison_desktop.errors import Fault, Refused, Severity, Stale
from liaison_desktop.records import from_bytes, to_bytes
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.frames import action_bar, title_line
from liaison_desktop.ui.layout import column, hairline, panel, row, scroll
from liaison_desktop.ui.text import elided, icon_label

NEW_DRAFT = "patient/new"
_PAUSE, _LONGEST = 500, 1500  # ms: after the last key, and at most after the first


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A form as it was left. `place` is the field that had the keyboard."""

    patient: Patient
    asked: bool = False
    place: str = ""


def draft_key(patient: Patient | None) -> str:
    """Where the draft of a patient's form is kept."""
    return NEW_DRAFT if patient is None or patient.version is None else f"patient/{patient.id}"


class PatientEntry(QFrame):
    """A new patient, or a change to one. Every pause in typing is kept; `saved` carries the id, `left` that one is done.

    A draft from before is taken up again on the field where it was left.
    """

    saved = Signal(uuid.UUID)
    left = Signal()

    def __init__(self, desk: Desk, patient: Patient | None = None) -> None:
        super().__init__()
        self.setProperty("fill", "canvas")
        self.desk, self._new = desk, patient is None
        self._key = draft_key(patient)
        self.form = PatientForm(desk.store)
        self.proposals = Proposals(self._open_instead, alike=self._new)
        self._pause, self._longest, self._look = self._timer(_PAUSE), self._timer(_LONGEST), QTimer(self)
        self._look.setSingleShot(True)
        self._look.setInterval(150)
        self._look.timeout.connect(self._propose)
        self._lay_out()
        self.form.changed.connect(self._heard)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.save, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        QShortcut(QKeySequence("Ctrl+Enter"), self, self.save, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._take_up(patient)

    def _timer(self, wait: int) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(True)
        made.setInterval(wait)
        made.timeout.connect(self.save_draft)
        return made

    def _lay_out(self) -> None:
        title = "New patient" if self._new else "Change details"
        self._scroll = scroll(self.form)
        side = panel(self.proposals, None, fill="surface", margins=(16, 12, 16, 12))
        side.setFixedWidth(300)
        if not self._new:
            side.hide()
        self._side = side
        self._said = elided("", "sec", "ink2")
        self._mark = icon_label("circle-alert", "red", 16)
        self._mark.hide()
        self._save = button("Save patient", "primary", "check", on_click=self.save)
        self._save.setToolTip("Ctrl+Enter")
        foot = action_bar(
            self._mark,
            (self._said, 1),
            button("Discard", "quiet", on_click=self.discard),
            button("Keep for later", on_click=self.keep),
            self._save,
        )
        head = title_line(title, margins=(24, 0, 16, 0))
        middle = column(12, head, 8, hairline(), (self._scroll, 1), hairline(), foot, gap=0)
        body = row((middle, 1), hairline(vertical=True), side, gap=0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(body)

    # ---- drafts

    def _take_up(self, patient: Patient | None) -> None:
        kept = self.desk.store.drafts.get(self._key)
        draft = read_draft(kept) if kept else None
        self._base = patient or Patient()
        if draft is not None:
            self._base = draft.patient
            self.form.set_patient(draft.patient, asked=draft.asked)
            self._say("Taken up where you left it")
        else:
            self.form.set_patient(self._base)
        self._place = draft.place if draft is not None else ""
        self._dirty = draft is not None
        self._propose()

    def start(self) -> None:
        """Give the keyboard to the field where one was, else to the first."""
        self.form.go_to(self._place)

    def _heard(self, name: str) -> None:
        self._dirty = True
        self._mark.hide()
        self._pause.start()
        if not self._longest.isActive():
            self._longest.start()
        if name in ("family", "birth_date", "phones", "identifiers"):
            self._look.start()

    def save_draft(self) -> None:
        """Keep what was typed; durable when it returns."""
        self._pause.stop()
        self._longest.stop()
        if not self._dirty:
            return
        draft = Draft(patient=self.form.patient(), asked=self.form.allergies.asked, place=self.form.place())
        self.desk.store.drafts.put(self._key, to_bytes(draft))
        moment = self.desk.clock()
        self._say(f"Draft kept {moment.hour:02d}:{moment.minute:02d}:{moment.second:02d}")

    def _end_draft(self) -> None:
        for timer in (self._pause, self._longest, self._look):
            timer.stop()
        self._dirty = False
        self.desk.store.drafts.drop(self._key)

    # ---- proposals

    def _propose(self) -> None:
        typed = self.form.patient()
        alike = duplicates(typed, born_like(self.desk.store, typed.birth_date)) if self._new else ()
        self.proposals.show_duplicates(alike)

    def _open_instead(self, id: uuid.UUID) -> None:
        self.save_draft()
        self.desk.open(Patient.kind, id)

    # ---- the ways out

    def keep(self) -> None:
        """Leave; the draft stays."""
        self.save_draft()
        self.left.emit()

    def discard(self) -> None:
        """Throw away what was typed; a toast offers it back."""
        self.save_draft()
        kept = self.desk.store.drafts.get(self._key)
        self._end_draft()
        if kept is not None:
            self.desk.toast("Draft discarded.", self._put_back(kept))
        self.left.emit()

    def _put_back(self, kept: bytes) -> Callable[[], None]:
        store, key = self.desk.store, self._key
        return lambda: store.drafts.put(key, kept)

    def save(self) -> None:
        """Save, or show beside each field what stands in the way."""
        patient, asked = self.form.patient(), self.form.allergies.asked
        if unread := self.form.unread():
            self._refuse((*unread, *look_over(self.desk.store, patient, allergies_asked=asked)))
            return
        write = register_patient if self._new else change_patient
        try:
            done = write(self.desk.store, patient, confirmed=self.proposals.confirmed(), allergies_asked=asked)
        except Refused as refusal:
            self._refuse(refusal.faults)
            return
        except Stale as error:
            self.save_draft()
            self._say(str(error), wrong=True)
            return
        self._end_draft()
        self.desk.toast("Patient saved.")
        self.saved.emit(done.id)

    def _refuse(self, faults: tuple[Fault, ...]) -> None:
        self.save_draft()
        questions = tuple(fault for fault in faults if fault.severity is Severity.CONFIRM)
        self.proposals.show_questions(questions)
        self._side.setVisible(self._new or bool(questions))
        self.form.show_faults(_one_each(faults))
        wrong = len({fault.field for fault in faults if fault.severity is Severity.REFUSE})
        asked = len({fault.rule for fault in faults if fault.severity is Severity.CONFIRM})
        loose = [fault.message for fault in faults if not fault.field]
        parts = [f"{wrong} to mend" if wrong else "", f"{asked} to confirm" if asked else ""]
        if loose:  # About no field, such as a right: its own words are the only place where it is said.
            self._say(f"{' '.join(loose)} What you typed is kept.", wrong=True)
            return
        self._say(f"{', '.join(filter(None, parts))}. What you typed is kept.", wrong=True)

    def _say(self, words: str, wrong: bool = False) -> None:
        self._mark.setVisible(wrong)
        self._said.set_text(words)
        self._said.set_tone("red" if wrong else "ink2")


def _one_each(faults: tuple[Fault, ...]) -> tuple[Fault, ...]:
    """One fault for each field: what cannot be read says more than what follows from it."""
    first: dict[str, Fault] = {}
    for fault in faults:
        first.setdefault(fault.field, fault)
    return tuple(first.values())


def read_draft(content: bytes) -> Draft | None:
    """A kept form; None if it was written by another version and cannot be read."""
    try:
        return from_bytes(Draft, content)
    except msgspec.MsgspecError:
        return None


def draft_title(content: bytes) -> str:
    """What a list calls a draft."""
    draft = read_draft(content)
    return (draft.patient.title() if draft is not None else "") or "New patient"
