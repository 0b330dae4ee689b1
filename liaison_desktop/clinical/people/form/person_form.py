"""The form of one facility, practitioner or member of the staff, with its draft."""

from __future__ import annotations

import uuid

import msgspec
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from liaison_desktop.clinical.people.actions import save_facility, save_practitioner, save_staff
from liaison_desktop.clinical.people.form.approval import ApprovalForm
from liaison_desktop.clinical.people.form.capability_part import CapabilityPart
from liaison_desktop.clinical.people.form.fields import fields_for
from liaison_desktop.clinical.people.form.staff_part import StaffPart
from liaison_desktop.clinical.people.form.which import WORDS, PersonOrPlace, draft_key, read_draft
from liaison_desktop.clinical.people.record import Approval, Facility, StaffMember
from liaison_desktop.clinical.people.rules import license_fault
from liaison_desktop.errors import Fault, LiaisonError, Refused
from liaison_desktop.policies import policy_of
from liaison_desktop.records import to_bytes
from liaison_desktop.records.record import storable
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.frames import action_bar, title_line
from liaison_desktop.ui.layout import card, column, empty, hairline, row, scroll
from liaison_desktop.ui.text import elided, icon_label, wrapped

_PAUSE = 500
_WIDE = 680


class PersonForm(QFrame):
    """Fields, and the ways out. `saved` carries the id, `left` the draft that was thrown away, if any.

    `kept` says that there is a draft now.
    """

    saved = Signal(uuid.UUID)
    left = Signal(object)
    kept = Signal()

    def __init__(self, desk: Desk, record: PersonOrPlace) -> None:
        super().__init__()
        self.setProperty("fill", "canvas")
        self.desk, self._record = desk, record
        self.key = draft_key(record)
        self.form = fields_for(record, desk.store)
        self.capabilities = CapabilityPart(desk) if isinstance(record, Facility) else None
        self._fill(record)
        self._said, self._mark = elided("", "sec", "ink2"), icon_label("circle-alert", "red", 16)
        self._mark.hide()
        self._dirty = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.save_draft)
        self._lay_out()
        self._take_up()
        self.form.changed.connect(self._heard)
        if self.capabilities is not None:
            self.capabilities.changed.connect(lambda: self._heard("capabilities"))
        self._warn()
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.save, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _fill(self, record: PersonOrPlace) -> None:
        self.form.set_values(record)
        if self.capabilities is not None and isinstance(record, Facility):
            self.capabilities.set_value(record.capabilities)

    def _lay_out(self) -> None:
        what = WORDS[type(self._record)]
        title = self._record.title() if self._record.version else f"New {what}"
        head = column(title_line(elided(title, "title"), margins=(24, 0, 16, 0)), 8, gap=0)
        keep = button(f"Save {what}", "primary", "check", on_click=self.save)
        keep.setToolTip("Ctrl+Enter")
        self._discard = button("Discard", "quiet", on_click=self.discard)
        # A record that was not touched offers nothing to throw away.
        if self._record.version is not None:
            self._discard.hide()
        self._asking = QVBoxLayout()
        self._asking.setContentsMargins(24, 0, 24, 12)
        # Side by side with the rest, so that wrapped lines are counted in the width they really have.
        held = column(*self._cards(), None, gap=12)
        held.setMaximumWidth(_WIDE)
        body = scroll(row((held, 8), None, margins=(24, 16, 24, 24), gap=0))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 12, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(hairline())
        layout.addWidget(body, 1)
        layout.addLayout(self._asking)
        layout.addWidget(hairline())
        layout.addWidget(action_bar(self._mark, (self._said, 1), self._discard, keep))

    def _cards(self) -> list[QWidget]:
        made: list[QWidget] = [card(self.form)]
        if self.capabilities is not None:
            made.append(card(self.capabilities, title="What it can do"))
        if isinstance(self._record, StaffMember) and self._record.version is not None:
            self.proof = StaffPart(self.desk, self._record)
            self.proof.changed.connect(self._proved)
            made.append(self.proof)
        return made

    def _proved(self, done: StaffMember) -> None:
        self.save_draft()
        self.saved.emit(done.id)

    def _warn(self) -> None:
        """A licence that runs out is said beside it, and stops nothing."""
        if isinstance(self._record, StaffMember):
            fault = license_fault(self._record, policy_of(self.desk.store), today=self.desk.today())
            if fault is not None:
                self.form.show_faults((fault,), focus=False)

    def _take_up(self) -> None:
        kept = read_draft(type(self._record), self.desk.store.drafts.get(self.key))
        if kept is None:
            return
        self._fill(kept)
        self._touched()
        if kept.version != self._record.version:
            # Saved elsewhere since, so the draft goes on top of that version; the person is told to look.
            self._say("It was changed since you typed this. Look it over before you save.", wrong=True)
        else:
            self._say("Taken up where you left it")
        self._record = msgspec.structs.replace(kept, version=self._record.version)

    def record(self) -> PersonOrPlace:
        """What stands in the form, without characters that cannot be kept."""
        typed = {name: _clean(value) for name, value in self.form.values().items()}
        if self.capabilities is not None:
            typed["capabilities"] = self.capabilities.value()
        return msgspec.structs.replace(self._record, **typed)

    def _touched(self) -> None:
        self._dirty = True
        self._discard.show()

    def _heard(self, _name: str) -> None:
        self._touched()
        self._stop_asking()
        self._mark.hide()
        if not self._pause.isActive():
            self._pause.start()

    def save_draft(self) -> None:
        """Keep what was typed; durable when it returns."""
        self._pause.stop()
        if self._dirty:
            self.desk.store.drafts.put(self.key, to_bytes(self.record()))
            if self._mark.isHidden():
                self._say("Draft kept")
            self.kept.emit()

    def _end_draft(self) -> None:
        self._pause.stop()
        self._dirty = False
        self.desk.store.drafts.drop(self.key)

    def discard(self) -> None:
        """Throw away what was typed; the page offers it back."""
        self.save_draft()
        kept = self.desk.store.drafts.get(self.key)
        self._end_draft()
        self.left.emit(kept)

    def save(self) -> None:
        """Save, or say beside each field what is wrong."""
        self._save(None)

    def _save(self, approval: Approval | None) -> None:
        record = self.record()
        try:
            unread = self.capabilities.unread() if self.capabilities is not None else ()
            if faults := (*self.form.unread(), *unread):
                raise Refused(faults)
            done = self._write(record, approval)
        except Refused as refusal:
            self._refuse(refusal.faults)
            return
        except LiaisonError as error:
            self.save_draft()
            self._say(str(error), wrong=True)
            return
        self._end_draft()
        words = WORDS[type(done)]
        self.desk.toast(f"{words[0].upper()}{words[1:]} saved.")
        self.saved.emit(done.id)

    def _refuse(self, faults: tuple[Fault, ...]) -> None:
        self.save_draft()
        loose = self.form.show_faults(faults)
        if self.capabilities is not None:
            self.capabilities.show_faults(fault for fault in faults if fault.field.startswith("capabilities"))
        about = [fault for fault in loose if not fault.field.startswith("capabilities")]
        if about:
            self._say_why(about[0])
        wrong = len({fault.field for fault in faults if fault not in about})
        self._say(f"{f'{wrong} to mend' if wrong else 'Not saved'}. What you typed is kept.", wrong=True)

    def _say_why(self, fault: Fault) -> None:
        """What is about no field: who may, with the panel in which somebody who may lets it pass."""
        self._stop_asking()
        if fault.rule != "RIGHT-APPROVE":
            said = card(row(icon_label("circle-alert", "red"), (wrapped(fault.message, "sec", "ink"), 1)), tone="red")
            self._put_below(said)
            return
        asked = ApprovalForm(self.desk.store, "manage_people", fault.message)
        asked.approved.connect(self._approved)
        asked.rejected.connect(self._stop_asking)
        self._put_below(asked)
        asked.setFocus()

    def _put_below(self, panel: QWidget) -> None:
        panel.setMaximumWidth(_WIDE)
        self._asking.addWidget(panel)
        panel.show()

    def _approved(self, approval: Approval) -> None:
        self._stop_asking()
        self._save(approval)

    def _stop_asking(self) -> None:
        empty(self._asking)

    def _say(self, words: str, wrong: bool = False) -> None:
        self._mark.setVisible(wrong)
        self._said.set_text(words)
        self._said.set_tone("red" if wrong else "ink2")

    def _write(self, record: PersonOrPlace, approval: Approval | None) -> PersonOrPlace:
        store = self.desk.store
        if isinstance(record, Facility):
            return save_facility(store, record, approval=approval)
        if isinstance(record, StaffMember):
            return save_staff(store, record, approval=approval)
        return save_practitioner(store, record)

    def start(self) -> None:
        """Give the keyboard to the first field."""
        self.form.editor("name").setFocus()


def _clean(value: object) -> object:
    return storable(value) if type(value) is str else value
