"""A form over one record that keeps what is typed as a draft, saves by an action, and says beside each field what is wrong."""

from __future__ import annotations

from typing import Generic, TypeVar

import msgspec
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QVBoxLayout

from liaison_desktop.errors import Fault, LiaisonError, Refused
from liaison_desktop.records import Record, from_bytes, to_bytes
from liaison_desktop.ui.buttons import Button, button
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.frames import action_bar, title_line
from liaison_desktop.ui.layout import Item, column, hairline, scroll
from liaison_desktop.ui.text import elided, icon_label
from liaison_desktop.ui.tokens import FORM_MOST

R = TypeVar("R", bound=Record)
_PAUSE = 500  # ms after a key until what was typed is on the disk


class DraftedForm(QFrame, Generic[R]):
    """The frame, the draft and the ways out; whoever derives lays fields out and says how a record is read and written.

    `saved` carries the record, `left` says that nothing was saved. A draft of another version of the record is dropped.
    """

    saved = Signal(object)
    left = Signal()

    def __init__(self, desk: Desk, record: R, *, key: str, title: str, verb: str, icon: str = "check") -> None:
        super().__init__()
        self.setProperty("fill", "canvas")
        self.desk, self.held, self.key = desk, record, key
        self.heading = elided(title, "title")
        self._said, self._mark = elided("", "sec", "ink2"), icon_label("circle-alert", "red", 16)
        self._mark.hide()
        self.save_button: Button = button(verb, "primary", icon, on_click=self.save)
        self.save_button.setToolTip("Ctrl+Enter")
        self.discard_button: Button = button("Discard", "quiet", on_click=self.discard)
        self._dirty = False
        self._pause = QTimer(self, interval=_PAUSE, singleShot=True)
        self._pause.timeout.connect(self.save_draft)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.save, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    # ---- what whoever derives says

    def typed(self) -> R:
        """The record as it stands in the fields."""
        raise NotImplementedError

    def show_value(self, record: R) -> None:
        """Put a record into the fields."""
        raise NotImplementedError

    def write(self, record: R) -> R:
        """Save it by the action that does. Raises Refused."""
        raise NotImplementedError

    def unread(self) -> tuple[Fault, ...]:
        """What was typed and cannot be read."""
        return ()

    def show_faults(self, faults: tuple[Fault, ...]) -> None:
        """Put each beside its field, the keyboard on the first."""
        raise NotImplementedError

    def start(self) -> None:
        """Give the keyboard to the first field."""

    # ---- the frame

    def lay_out(self, *items: Item) -> None:
        """These, one under the other, between the title and the foot; then what was typed before comes back."""
        body = column(*items, None, gap=12, margins=(24, 16, 24, 24))
        body.setMaximumWidth(FORM_MOST + 48)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(title_line(self.heading, margins=(24, 0, 16, 0)))
        layout.addSpacing(4)
        layout.addWidget(hairline())
        layout.addWidget(scroll(body), 1)
        layout.addWidget(hairline())
        layout.addWidget(action_bar(self._mark, (self._said, 1), self.discard_button, self.save_button))
        self.show_value(self.held)
        self._take_up()

    def _take_up(self) -> None:
        content = self.desk.store.drafts.get(self.key)
        if content is None:
            return
        try:
            kept = from_bytes(type(self.held), content)
        except msgspec.MsgspecError:
            return
        if kept.version != self.held.version or (kept.id != self.held.id and self.held.version is not None):
            return
        self.held = kept
        self.show_value(kept)
        self._dirty = True
        self.say("Taken up where you left it")

    def heard(self, *_ignored: object) -> None:
        """Something was typed: to be connected to what the fields say."""
        self._dirty = True
        self._mark.hide()
        if not self._pause.isActive():
            self._pause.start()

    def say(self, words: str, wrong: bool = False) -> None:
        """A line at the foot."""
        self._mark.setVisible(wrong)
        self._said.set_text(words)
        self._said.set_tone("red" if wrong else "ink2")

    def save_draft(self) -> None:
        """Keep what was typed; durable when it returns."""
        self._pause.stop()
        if self._dirty:
            self.desk.store.drafts.put(self.key, to_bytes(self.typed()))
            if self._mark.isHidden():
                self.say("Draft kept")

    def _end_draft(self) -> None:
        self._pause.stop()
        self._dirty = False
        self.desk.store.drafts.drop(self.key)

    def save(self) -> None:
        """Save, or say beside each field what is wrong; what was typed is kept either way."""
        try:
            if faults := self.unread():
                raise Refused(faults)
            done = self.write(self.typed())
        except Refused as refusal:
            self.save_draft()
            self.show_faults(refusal.faults)
            wrong = len({fault.field for fault in refusal.faults})
            self.say(f"{wrong} to mend. What you typed is kept.", wrong=True)
            return
        except LiaisonError as error:
            self.save_draft()
            self.say(str(error), wrong=True)
            return
        self._end_draft()
        self.saved.emit(done)

    def discard(self) -> None:
        """Throw away what was typed; it can be taken back as long as the word stands."""
        self.save_draft()
        kept, drafts = self.desk.store.drafts.get(self.key), self.desk.store.drafts
        self._end_draft()
        if kept is not None:
            self.desk.toast("Discarded.", undo=lambda: drafts.put(self.key, kept))
        self.left.emit()

    def leave(self) -> None:
        """Go without saving; the draft stays."""
        self.save_draft()
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves, with the draft kept."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)
