"""The frame around every form of findings: its draft, its faults, and the ways out."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from liaison_desktop.errors import Fault, LiaisonError, Refused, Severity
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.frames import action_bar, title_line
from liaison_desktop.ui.layout import column, hairline, scroll
from liaison_desktop.ui.text import elided, icon_label

_PAUSE = 500  # ms after the last key


class Body(Protocol):
    """What a form of findings can do for the frame around it."""

    changed: SignalInstance

    def widget(self) -> QWidget:
        """The fields."""
        ...

    def start(self) -> None:
        """Give the keyboard to the first field."""
        ...

    def typed(self) -> bytes:
        """Everything typed so far, what cannot be read too."""
        ...

    def take_up(self, kept: bytes) -> None:
        """Show what was typed before."""
        ...

    def unread(self) -> Sequence[Fault]:
        """What was typed and cannot be read."""
        ...

    def save(self) -> None:
        """Keep it as a record. Raises Refused."""
        ...

    def show_faults(self, faults: Sequence[Fault]) -> Sequence[Fault]:
        """Show each beside its field, the keyboard on the first; those that have no field here."""
        ...


class Entry(QFrame):
    """A form with its draft: pauses in typing are kept, Ctrl+Enter saves, Escape leaves and keeps what was typed."""

    left = Signal()

    def __init__(self, desk: Desk, title: str, body: Body, key: str, said: str, act: str = "Save") -> None:
        super().__init__()
        self.setProperty("fill", "canvas")
        self.desk, self.body, self._key, self._said_when_done = desk, body, key, said
        self._dirty = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.save_draft)
        self._mark = icon_label("circle-alert", "red", 16)
        self._said = elided("", "sec", "ink2")
        self.act = button(act, "primary", "check", on_click=self.save)
        self.act.setToolTip("Ctrl+Enter")
        foot = action_bar(
            self._mark,
            (self._said, 1),
            button("Discard", "quiet", on_click=self.discard),
            button("Keep for later", on_click=self.keep),
            self.act,
        )
        inside = column(body.widget(), None, margins=(24, 12, 24, 24))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(column(10, title_line(title, margins=(24, 0, 16, 0)), 6, gap=0))
        layout.addWidget(hairline())
        layout.addWidget(scroll(inside), 1)
        layout.addWidget(hairline())
        layout.addWidget(foot)
        self._mark.hide()
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.save, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        kept = desk.store.drafts.get(key)
        if kept is not None:
            body.take_up(kept)
            self._dirty = True
            self._say("Taken up where you left it")
        body.changed.connect(self._heard)

    def start(self) -> None:
        """Give the keyboard to the first field."""
        self.body.start()

    def _heard(self, *_told: object) -> None:
        self._dirty = True
        self._mark.hide()
        self._pause.start()

    def save_draft(self) -> None:
        """Keep what was typed; durable when it returns."""
        self._pause.stop()
        if self._dirty:
            self.desk.store.drafts.put(self._key, self.body.typed())
            moment = self.desk.clock()
            self._say(f"Draft kept {moment.hour:02d}:{moment.minute:02d}:{moment.second:02d}")

    def _end_draft(self) -> None:
        self._pause.stop()
        self._dirty = False
        self.desk.store.drafts.drop(self._key)

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
        if unread := tuple(self.body.unread()):
            self._refuse(unread)
            return
        try:
            self.body.save()
        except Refused as refused:
            self._refuse(refused.faults)
            return
        except LiaisonError as error:
            self.save_draft()
            self._say(str(error), wrong=True)
            return
        self._end_draft()
        self.desk.toast(self._said_when_done)
        self.left.emit()

    def _refuse(self, faults: Sequence[Fault]) -> None:
        self._dirty = True
        self.save_draft()
        others = self.body.show_faults(faults)
        wrong = len({fault.field for fault in faults if fault.severity is Severity.REFUSE})
        asked = len({fault.field for fault in faults if fault.severity is Severity.CONFIRM})
        if others:
            self._say(f"{' '.join(fault.message for fault in others)} What you typed is kept.", wrong=True)
            return
        parts = filter(None, (f"{wrong} to mend" if wrong else "", f"{asked} to look at again" if asked else ""))
        self._say(f"{', '.join(parts)}. What you typed is kept.", wrong=True)

    def _say(self, words: str, wrong: bool = False) -> None:
        self._mark.setVisible(wrong)
        self._said.set_text(words)
        self._said.set_tone("red" if wrong else "ink2")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves; what was typed is kept."""
        if event.key() == Qt.Key.Key_Escape:
            self.keep()
        else:
            super().keyPressEvent(event)


def draft_key(what: str, patient: uuid.UUID, record: uuid.UUID | None = None) -> str:
    """Where the draft of a form is kept."""
    return f"finding/{what}/{patient}" + (f"/{record}" if record is not None else "")
