"""Arriving at the bedside: what to know before a word is said, two identifiers, who is in the room, and the agreement."""

from __future__ import annotations

import uuid

import msgspec
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout

from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.clinical.referrals.actions import Identity, check_visit, identity_faults, start_visit
from liaison_desktop.clinical.referrals.form.visit_parts import PersonHere, abreast, known_cards, warning
from liaison_desktop.clinical.referrals.record import Agreement, BedsideVisit, Present
from liaison_desktop.errors import Fault, Refused, Severity
from liaison_desktop.records import from_bytes, to_bytes
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.editors import ChoiceEditor, TextEditor
from liaison_desktop.ui.fields import LabelledField
from liaison_desktop.ui.frames import action_bar, title_line
from liaison_desktop.ui.layout import card, column, hairline, refill, row, scroll
from liaison_desktop.ui.tab_order import FollowsTheEye, one_stop
from liaison_desktop.ui.text import elided, icon_text, wrapped
from liaison_desktop.ui.ticks import TickEditor

_LOOK = 150  # ms


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A visit as it was left. The identifiers are asked anew: they are said at the bedside, not remembered."""

    visit: BedsideVisit


class VisitForm(FollowsTheEye):
    """Ctrl+Enter starts the visit; nothing starts before two identifiers match. `saved` carries the visit's id."""

    saved = Signal(uuid.UUID)
    left = Signal()

    def __init__(self, desk: Desk, patient: Patient) -> None:
        super().__init__()
        self.desk, self.patient = desk, patient
        self._key, self._dirty = f"bedside_visit/{patient.id}", False
        self.name, self.birth = TextEditor(placeholder="As the patient says it"), TextEditor(placeholder="14 Mar 1961")
        self.wristband = TextEditor(placeholder="Scan or type what the wristband says")
        self.place = TextEditor(placeholder="Hospital and ward")
        for editor, spoken in (
            (self.name, "Name, as said"),
            (self.birth, "Birth date, as said"),
            (self.wristband, "Wristband"),
            (self.place, "Place"),
        ):
            editor.setAccessibleName(spoken)
        self._fields = {
            "name": LabelledField("Name, as said", self.name),
            "birth": LabelledField("Birth date, as said", self.birth),
            "wristband": LabelledField("Or the wristband", self.wristband),
        }
        self.people = [PersonHere(person) for person in patient.related]
        self.other, self.other_agreed = TextEditor(), TickEditor("The patient agrees to talk with this person present")
        self.alone = TickEditor("Nobody else is in the room")
        self.agreement = one_stop(ChoiceEditor(Agreement, "Agreement to talk"))
        self.by = TextEditor()
        self._by = LabelledField("Representative who agreed", self.by)
        self._matched, self._warned = column(gap=4), column(gap=4)
        self._said = elided("", "sec", "ink2")
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.setInterval(_LOOK)
        self._look.timeout.connect(self._settle)
        self._lay_out()
        self._connect()
        self._take_up()

    def _lay_out(self) -> None:
        asking = "Ask for the name and the birth date; do not read them out. A room number never counts."
        identity = card(
            wrapped(asking, "sec", "ink2"),
            abreast(self._fields["name"], self._fields["birth"]),
            self._fields["wristband"],
            self._matched,
            title="Who this is",
            gap=10,
        )
        room = card(
            row((LabelledField("Place", self.place), 1), (column(18, self.alone), 1), gap=16),
            *self.people,
            LabelledField("Somebody else in the room", self.other),
            self.other_agreed,
            self._warned,
            title="In the room",
            gap=8,
        )
        agreement = card(self.agreement, self._by, title="Does the patient agree to talk now?", gap=10)
        left = column(identity, room, agreement, None, gap=12)
        right = column(*known_cards(self.patient), None, gap=12)
        body = row((left, 2), (right, 1), gap=12, margins=(20, 12, 20, 20))
        start = button("Start the visit", "primary", "check", on_click=self.save)
        start.setToolTip("Ctrl+Enter")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget, share in (
            (column(10, title_line("Start a visit", margins=(20, 0, 16, 0)), 6, gap=0), 0), (hairline(), 0),
            (scroll(body), 1), (hairline(), 0),
            (action_bar((self._said, 1), button("Not now", on_click=self.leave), start), 0),
        ):  # fmt: skip
            layout.addWidget(widget, share)

    def _connect(self) -> None:
        here = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.save, context=here)
        for editor in (self.name, self.birth, self.wristband, self.place, self.other, self.by):
            editor.changed.connect(self._heard)
        for tick in (self.alone, self.other_agreed, *(one for each in self.people for one in (each.here, each.agreed))):
            tick.changed.connect(self._heard)
        self.agreement.changed.connect(self._heard)

    # ---- what is typed

    def identity(self) -> Identity:
        """What was said or scanned."""
        return Identity(name=self.name.value(), birth=self.birth.value(), wristband=self.wristband.value())

    def visit(self) -> BedsideVisit:
        """The visit as it is filled in."""
        present = [held for one in self.people if (held := one.value()) is not None]
        if self.other.value():
            present.append(Present(who=self.other.value(), agreed=self.other_agreed.value()))
        agreement = self.agreement.value()
        return msgspec.structs.replace(
            self._base,
            patient=self.patient.id,
            place=self.place.value(),
            present=tuple(present),
            alone=self.alone.value(),
            agreement=agreement if isinstance(agreement, Agreement) else None,
            agreed_by=self.by.value() if agreement is Agreement.REPRESENTATIVE else "",
        )

    def _take_up(self) -> None:
        kept = self._kept()
        self._base = kept if kept is not None else BedsideVisit()
        held = {row_.related: row_ for row_ in self._base.present if row_.related is not None}
        for one in self.people:
            one.set_value(held.get(one.person.id))
        other = next((row_ for row_ in self._base.present if row_.related is None), Present())
        self.other.set_value(other.who)
        self.other_agreed.set_value(other.agreed)
        self.place.set_value(self._base.place)
        self.alone.set_value(self._base.alone)
        self.agreement.set_value(self._base.agreement)
        self.by.set_value(self._base.agreed_by)
        self._settle()

    def _kept(self) -> BedsideVisit | None:
        content = self.desk.store.drafts.get(self._key)
        try:
            return from_bytes(Draft, content).visit if content else None
        except msgspec.MsgspecError:
            return None

    def save_draft(self) -> None:
        """Keep what was filled in; durable when it returns."""
        self._look.stop()
        if self._dirty:
            self.desk.store.drafts.put(self._key, to_bytes(Draft(visit=self.visit())))

    def _heard(self, _value: object) -> None:
        self._dirty = True
        self._look.start()

    def _settle(self) -> None:
        """What the answers so far make a question, and what they tell."""
        store, identity = self.desk.store, self.identity()
        for field in self._fields.values():
            field.clear_fault()
        self.other_agreed.setVisible(bool(self.other.value()))
        self._by.setVisible(self.agreement.value() is Agreement.REPRESENTATIVE)
        whole = bool(identity.wristband or (identity.name and identity.birth))
        if whole:
            faults = identity_faults(store, self.patient, identity)
            self._show(faults)
            matched = (icon_text("circle-check", "Two identifiers match the chart", "secs", "green", size=16),)
            refill(self._matched, *(() if faults else matched))
        else:
            refill(self._matched)
        told = [one for one in check_visit(store, self.visit(), self.patient) if one.severity is Severity.WARN]
        refill(self._warned, *(warning(one.message) for one in told))
        if self._dirty:
            self.save_draft()

    def _show(self, faults: tuple[Fault, ...]) -> None:
        for fault in faults:
            if fault.field in self._fields:
                self._fields[fault.field].show_fault(fault.message)

    # ---- the ways out

    def save(self) -> None:
        """Start the visit, or show what is missing."""
        self.save_draft()
        try:
            made = start_visit(self.desk.store, self.visit(), self.identity())
        except Refused as refusal:
            self._refuse(refusal.faults)
            return
        self._dirty = False
        self.desk.store.drafts.drop(self._key)
        self.desk.toast("Visit begun.")
        self.saved.emit(made.id)

    def _refuse(self, faults: tuple[Fault, ...]) -> None:
        self._show(faults)
        self._said.set_text(faults[0].message)
        self._said.set_tone("red")
        targets = {
            "name": self.name,
            "birth": self.birth,
            "wristband": self.wristband,
            "present": self.people[0].here if self.people else self.alone,
            "agreement": self.agreement,
            "agreed_by": self.by,
        }
        targets.get(faults[0].field, self.name).setFocus()

    def leave(self) -> None:
        """Not now; what was filled in stays."""
        self.save_draft()
        self.left.emit()

    def start(self) -> None:
        """The keyboard on the first identifier."""
        self.name.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves; what was filled in stays."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)
