"""The form of one facility or practitioner, with its draft."""

from __future__ import annotations

import uuid

import msgspec
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from liaison_desktop.clinical.people.actions import save_facility, save_practitioner
from liaison_desktop.clinical.people.record import Credential, Facility, Practitioner
from liaison_desktop.errors import LiaisonError, Refused
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
from liaison_desktop.ui.text import elided, icon_label

PersonOrPlace = Facility | Practitioner
_PAUSE = 500


def draft_key(record: PersonOrPlace) -> str:
    """Where the draft of a form is kept."""
    return f"{record.kind}/{record.id if record.version else 'new'}"


def read_draft(kind: type[PersonOrPlace], content: bytes | None) -> PersonOrPlace | None:
    """A kept form; None if there is none, or another version of the application wrote it."""
    if content is None:
        return None
    try:
        return from_bytes(kind, content)
    except msgspec.MsgspecError:
        return None


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
        self.form = _form(record, desk.store)
        self.form.set_values(record)
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
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.save, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _lay_out(self) -> None:
        what = "facility" if isinstance(self._record, Facility) else "practitioner"
        title = self._record.title() if self._record.version else f"New {what}"
        head = column(title_line(elided(title, "title"), margins=(24, 0, 16, 0)), 8, gap=0)
        box = card(self.form)
        box.setMaximumWidth(680)
        keep = button(f"Save {what}", "primary", "check", on_click=self.save)
        keep.setToolTip("Ctrl+Enter")
        self._discard = button("Discard", "quiet", on_click=self.discard)
        # A record that was not touched offers nothing to throw away.
        self._discard.setVisible(self._record.version is None)
        body = scroll(column(box, None, margins=(24, 16, 24, 24)))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 12, 0, 0)
        layout.setSpacing(0)
        foot = action_bar(self._mark, (self._said, 1), self._discard, keep)
        parts: tuple[QWidget, ...] = (head, hairline(), body, hairline(), foot)
        for part in parts:
            layout.addWidget(part, 1 if part is body else 0)

    def _take_up(self) -> None:
        kept = read_draft(type(self._record), self.desk.store.drafts.get(self.key))
        if kept is None:
            return
        self.form.set_values(kept)
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
        return msgspec.structs.replace(self._record, **typed)

    def _touched(self) -> None:
        self._dirty = True
        self._discard.show()

    def _heard(self, _name: str) -> None:
        self._touched()
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
        record = self.record()
        try:
            if faults := self.form.unread():
                raise Refused(faults)
            done = self._write(record)
        except Refused as refusal:
            self.save_draft()
            self.form.show_faults(refusal.faults)
            wrong = len({fault.field for fault in refusal.faults})
            self._say(f"{wrong} to mend. What you typed is kept.", wrong=True)
            return
        except LiaisonError as error:
            self.save_draft()
            self._say(str(error), wrong=True)
            return
        self._end_draft()
        self.desk.toast("Facility saved." if isinstance(done, Facility) else "Practitioner saved.")
        self.saved.emit(done.id)

    def _say(self, words: str, wrong: bool = False) -> None:
        self._mark.setVisible(wrong)
        self._said.set_text(words)
        self._said.set_tone("red" if wrong else "ink2")

    def _write(self, record: PersonOrPlace) -> PersonOrPlace:
        if isinstance(record, Facility):
            return save_facility(self.desk.store, record)
        return save_practitioner(self.desk.store, record)

    def start(self) -> None:
        """Give the keyboard to the first field."""
        self.form.editor("name").setFocus()


def _clean(value: object) -> object:
    return storable(value) if type(value) is str else value
