"""The form of one facility or practitioner, with its draft."""

from __future__ import annotations

import uuid

import msgspec
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from liaison_desktop.clinical.people.actions import save_facility, save_practitioner
from liaison_desktop.clinical.people.record import Credential, Facility, Practitioner
from liaison_desktop.errors import Refused, Stale
from liaison_desktop.records import from_bytes, to_bytes
from liaison_desktop.records.record import storable
from liaison_desktop.store import Store
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.editors import ComboEditor
from liaison_desktop.ui.frames import action_bar, title_line
from liaison_desktop.ui.layout import card, column, hairline, scroll
from liaison_desktop.ui.picker import Picker
from liaison_desktop.ui.record_form import RecordForm
from liaison_desktop.ui.suggest import Option, matching
from liaison_desktop.ui.text import elided

PersonOrPlace = Facility | Practitioner
_PAUSE = 500


def draft_key(record: PersonOrPlace) -> str:
    """Where the draft of a form is kept."""
    return f"{record.kind}/{record.id if record.version else 'new'}"


def _form(record: PersonOrPlace, store: Store) -> RecordForm:
    if isinstance(record, Facility):
        return RecordForm(Facility, "name", ("unit", "phone"), "address", "zone", "own", store=store)
    return RecordForm(
        Practitioner,
        "name",
        ("credential", "service"),
        ("phone", "facility"),
        "active",
        store=store,
        editors={"credential": ComboEditor(Credential), "facility": _facilities(store)},
    )


def _facilities(store: Store) -> Picker:
    picker = Picker(store, Facility.kind, "Any facility")
    options = [Option(each.id, each.title(), each.facts()) for each in store.all(Facility)]
    picker.set_scope(lambda text: matching(options, text))
    return picker


class PersonForm(QFrame):
    """Fields, and the ways out. `saved` carries the id."""

    saved = Signal(uuid.UUID)

    def __init__(self, desk: Desk, record: PersonOrPlace) -> None:
        super().__init__()
        self.setProperty("fill", "canvas")
        self.desk, self._record = desk, record
        self._key = draft_key(record)
        self.form = _form(record, desk.store)
        self.form.set_values(record)
        self._said = elided("", "sec", "ink2")
        self._dirty = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.save_draft)
        self._lay_out()
        self._take_up()
        self.form.changed.connect(self._heard)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.save, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _lay_out(self) -> None:
        what = "facility" if isinstance(self._record, Facility) else "practitioner"
        title = self._record.title() if self._record.version else f"New {what}"
        head = column(title_line(elided(title, "title"), margins=(24, 0, 16, 0)), 8, gap=0)
        box = card(self.form)
        box.setMaximumWidth(680)
        keep = button(f"Save {what}", "primary", "check", on_click=self.save)
        body = scroll(column(box, None, margins=(24, 16, 24, 24)))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 12, 0, 0)
        layout.setSpacing(0)
        parts: tuple[QWidget, ...] = (head, hairline(), body, hairline(), action_bar((self._said, 1), keep))
        for part in parts:
            layout.addWidget(part, 1 if part is body else 0)

    def _take_up(self) -> None:
        kept = self.desk.store.drafts.get(self._key)
        if kept is None:
            return
        try:
            self._record = from_bytes(type(self._record), kept)
        except msgspec.MsgspecError:
            return
        self.form.set_values(self._record)
        self._said.set_text("Taken up where you left it")

    def record(self) -> PersonOrPlace:
        """What stands in the form, without characters that cannot be kept."""
        typed = {name: _clean(value) for name, value in self.form.values().items()}
        return msgspec.structs.replace(self._record, **typed)

    def _heard(self, _name: str) -> None:
        self._dirty = True
        if not self._pause.isActive():
            self._pause.start()

    def save_draft(self) -> None:
        """Keep what was typed; durable when it returns."""
        self._pause.stop()
        if self._dirty:
            self.desk.store.drafts.put(self._key, to_bytes(self.record()))
            self._said.set_text("Draft kept")
            self._said.set_tone("ink2")

    def save(self) -> None:
        """Save, or say beside each field what is wrong."""
        record = self.record()
        try:
            if faults := self.form.unread():
                raise Refused(faults)
            done = self._write(record)
        except Refused as refusal:
            self.form.show_faults(refusal.faults)
            self._said.set_text(f"{len(refusal.faults)} to mend. What you typed is kept.")
            self._said.set_tone("red")
            return
        except Stale as error:
            self._said.set_text(str(error))
            self._said.set_tone("red")
            return
        self._dirty = False
        self._pause.stop()
        self.desk.store.drafts.drop(self._key)
        self.desk.toast("Saved.")
        self.saved.emit(done.id)

    def _write(self, record: PersonOrPlace) -> PersonOrPlace:
        if isinstance(record, Facility):
            return save_facility(self.desk.store, record)
        return save_practitioner(self.desk.store, record)

    def start(self) -> None:
        """Give the keyboard to the first field."""
        self.form.editor("name").setFocus()


def _clean(value: object) -> object:
    return storable(value) if type(value) is str else value
