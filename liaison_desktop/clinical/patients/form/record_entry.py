"""Entering one record of a patient under a tab of the chart: its forms, its draft, what stands in the way, the ways out.

Features of the chart make their forms of it: they say which fields stand where and which action keeps the record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import msgspec
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from liaison_desktop.clinical.patients.form.entry_forms import EntryForms
from liaison_desktop.errors import Fault, Refused, Stale
from liaison_desktop.records import from_bytes, to_bytes
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.frames import action_bar, title_line
from liaison_desktop.ui.layout import Item, column, hairline, row, scroll
from liaison_desktop.ui.text import elided, icon_label
from liaison_desktop.ui.tokens import FORM_MOST

_PAUSE, _LONGEST = 500, 1500  # ms: after the last key, and at most after the first


class _Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A form as it was left: the record's bytes, and the field that had the keyboard."""

    record: bytes
    place: str = ""


class RecordEntry(EntryForms):
    """A new record, or a change to one. `saved` carries what was kept, `left` that one is done without.

    Every pause in typing is kept under `key`; a draft from before is taken up on the field where it was left.
    """

    saved = Signal(object)
    left = Signal()

    title, act, done = "", "Save", "Saved."

    def __init__(self, desk: Desk, record: msgspec.Struct, key: str) -> None:
        super().__init__(desk.store, record)
        self.setProperty("fill", "canvas")
        self.setAccessibleName(self.title)
        self.desk, self._key = desk, key
        self._dirty = False
        self._pause, self._longest = self._timer(_PAUSE), self._timer(_LONGEST)
        body = column(*self.parts(), None, gap=12, margins=(24, 16, 24, 24))
        body.setMaximumWidth(FORM_MOST + 80)
        self._lay_out(row((body, 100), None, gap=0))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.save, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._take_up(record)

    # ---- what a feature says

    def parts(self) -> Iterable[Item]:
        """The cards of the form, made of `self.form(...)`."""
        return ()

    def side(self) -> QWidget | None:
        """A pane at the right, such as what is worked out."""
        return None

    def write(self, record: Any) -> msgspec.Struct:
        """The action that keeps it."""
        raise NotImplementedError

    def arrange(self) -> None:
        """Show the fields that matter for what was answered."""

    # ---- what it does with it

    def _lay_out(self, body: QWidget) -> None:
        self._words = elided("", "sec", "ink2")
        self._mark = icon_label("circle-alert", "red", 16)
        self._mark.hide()
        self._save = button(self.act, "primary", "check", on_click=self.save)
        self._save.setToolTip("Ctrl+Enter")
        self._beside = row(gap=8)
        foot = action_bar(
            self._mark,
            (self._words, 1),
            button("Discard", "quiet", on_click=self.discard),
            button("Keep for later", on_click=self.keep),
            self._beside,
            self._save,
        )
        side = self.side()
        inside: tuple[Item, ...] = ((scroll(body), 1),)
        if side is not None:
            inside = (*inside, hairline(vertical=True), side)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        head = title_line(self.title, margins=(24, 0, 16, 0), role="section")
        layout.addWidget(column(8, head, 8, hairline(), (row(*inside, gap=0), 1), hairline(), foot, gap=0))

    def add_beside(self, widget: QWidget) -> None:
        """Put a further button at the foot, left of the primary one."""
        layout = self._beside.layout()
        if layout is not None:
            layout.addWidget(widget)

    def _timer(self, wait: int) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(True)
        made.setInterval(wait)
        made.timeout.connect(self.save_draft)
        return made

    def _take_up(self, record: msgspec.Struct) -> None:
        kept = self.store.drafts.get(self._key)
        draft = _read(type(record), kept) if kept is not None else None
        if draft is not None:
            self._base, self._place = draft
            self._dirty = True
            self.say("Taken up where you left it")
        self.show_record(self._base)
        self.arrange()

    def start(self) -> None:
        """Give the keyboard to the field where one was, else to the first."""
        found = self.findChild(QWidget, self._place) if self._place else None
        first = self._forms[0][1] if self._forms else None
        if found is not None and found.isVisibleTo(self):
            found.setFocus()
            if isinstance(found, QLineEdit):
                found.end(False)  # one goes on where one stopped
        elif first is not None:
            # As by Tab: what stands there is selected, and typing replaces it.
            first.editor(first.names[0]).setFocus(Qt.FocusReason.TabFocusReason)

    def heard(self, _name: str = "") -> None:
        """Something was typed."""
        self._dirty = True
        self._mark.hide()
        self.arrange()
        self._pause.start()
        if not self._longest.isActive():
            self._longest.start()

    def save_draft(self) -> None:
        """Keep what was typed; durable when it returns."""
        self._pause.stop()
        self._longest.stop()
        if not self._dirty:
            return
        self._place = self.place()
        draft = _Draft(record=to_bytes(self.read()), place=self._place)
        self.store.drafts.put(self._key, to_bytes(draft))
        moment = self.desk.clock()
        self.say(f"Draft kept {moment.hour:02d}:{moment.minute:02d}:{moment.second:02d}")

    def _end_draft(self) -> None:
        self._pause.stop()
        self._longest.stop()
        self._dirty = False
        self.store.drafts.drop(self._key)

    # ---- the ways out

    def keep(self) -> None:
        """Leave; the draft stays."""
        self.save_draft()
        self.left.emit()

    def discard(self) -> None:
        """Throw away what was typed; a toast offers it back."""
        self.save_draft()
        kept = self.store.drafts.get(self._key)
        self._end_draft()
        if kept is not None:
            self.desk.toast("Draft discarded.", self._put_back(kept))
        self.left.emit()

    def _put_back(self, kept: bytes) -> Callable[[], None]:
        store, key = self.store, self._key
        return lambda: store.drafts.put(key, kept)

    def save(self) -> None:
        """Keep the record, or show beside each field what stands in the way."""
        self.save_as(self.read())

    def save_as(self, record: msgspec.Struct) -> None:
        """Keep this record, or show what stands in the way."""
        if unread := self.unread():
            self._refuse(unread)
            return
        try:
            kept = self.write(record)
        except Refused as refusal:
            self._refuse(refusal.faults)
            return
        except Stale as error:
            self.save_draft()
            self.say(str(error), wrong=True)
            return
        self._end_draft()
        self.desk.toast(self.done)
        self.saved.emit(kept)

    def _refuse(self, faults: tuple[Fault, ...]) -> None:
        self.save_draft()
        left = self.show_faults(faults)
        count = len({fault.field for fault in faults})
        words = left[0].message if left else f"{count} to mend."
        self.say(f"{words} What you typed is kept.", wrong=True)

    def say(self, words: str, wrong: bool = False) -> None:
        """Say at the foot how it stands."""
        self._mark.setVisible(wrong)
        self._words.set_text(words)
        self._words.set_tone("red" if wrong else "ink2")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves the form; what was typed is kept."""
        if event.key() == Qt.Key.Key_Escape:
            self.keep()
        else:
            super().keyPressEvent(event)


def _read(kind: type[msgspec.Struct], content: bytes) -> tuple[msgspec.Struct, str] | None:
    """A kept form; None if it was written by another version and cannot be read."""
    try:
        draft = from_bytes(_Draft, content)
        return from_bytes(kind, draft.record), draft.place
    except msgspec.MsgspecError:
        return None
