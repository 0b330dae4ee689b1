"""The hand-over: a sealed file with its passphrase told another way, or a script for the telephone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.errors import LiaisonError, Refused
from liaison_desktop.msl.safety.actions import hand_over, may_leave
from liaison_desktop.msl.safety.record import HandoverMethod, SafetyEvent
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.date_editors import MomentEditor
from liaison_desktop.ui.fields import LabelledField
from liaison_desktop.ui.inputs import LineEdit, TextArea
from liaison_desktop.ui.layout import card, column, hairline, panel, row, scroll
from liaison_desktop.ui.segmented import Segmented
from liaison_desktop.ui.text import elided, label, wrapped

if TYPE_CHECKING:
    from liaison_desktop.ui.desk import Desk

_FILE = "safety-report.sealed"
_WAYS = (
    (HandoverMethod.EMAIL_FILE, "Sealed file"),
    (HandoverMethod.PHONE, "Telephone"),
    (HandoverMethod.PORTAL, "Portal"),
    (HandoverMethod.PAPER, "Paper"),
)


class HandOverPanel(QWidget):
    """`handed` carries the report whose clock has stopped; `left` goes back without."""

    handed = Signal(object)
    left = Signal()

    def __init__(self, desk: Desk, event: SafetyEvent) -> None:
        super().__init__()
        from liaison_desktop.msl.safety.document import phone_script
        from liaison_desktop.security.passphrase import suggest

        self._desk, self._event, self._sealed = desk, event, ""
        self.way = Segmented(list(_WAYS), name="How", clears=False)
        self.way.set_value(HandoverMethod.EMAIL_FILE)
        self.secret = LineEdit(name="Passphrase of the file")
        self.secret.setText(suggest())
        self.script = TextArea(12, name="What to say")
        self.script.set_text(phone_script(event, desk.store.actor.name))
        self.script.setReadOnly(True)
        self.to = LineEdit(name="Who has it now", placeholder="Safety desk, Dr. Lind")
        self._to = LabelledField("Who has it now", self.to, required=True)
        self.at = MomentEditor("When", desk.clock)
        self.at.set_value(desk.clock())
        self._at = LabelledField("When", self.at)
        self._file_said = elided("No file is written yet.", "sec", "ink2")
        self._said = elided("", "sec", "red")
        self.seal_button = button("Write sealed file", "secondary", "lock", on_click=self.seal)
        self.done_button = button("Handed over", "danger", "send", on_click=self.done)
        self.done_button.setToolTip("Ctrl+Enter")
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.done, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._lay()
        self.way.changed.connect(lambda _value: self._show_way())
        self._show_way()
        self.setFocusProxy(self.way)

    def _lay(self) -> None:
        words = (
            "PDF and JSON in one file, encrypted with AES-256. Send the file one way and tell the passphrase another, "
            "such as on the telephone. It opens with: liaison-desktop safety open FILE"
        )
        self._file = column(
            wrapped(words, "sec", "ink2"),
            LabelledField("Passphrase of the file", self.secret),
            row(self.seal_button, (self._file_said, 1)),
            gap=12,
        )
        self._phone = column(LabelledField("What to say", self.script))
        box = card(
            LabelledField("How", self.way),
            self._file,
            self._phone,
            row((self._to, 3), (self._at, 2), gap=12),
            wrapped("Sending by this laptop comes with sync; until then it is not offered.", "cap", "ink2"),
            gap=12,
        )
        box.setMaximumWidth(720)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(scroll(column(box, None, margins=(24, 12, 24, 24))), 1)
        layout.addWidget(hairline())
        bar = panel(
            (self._said, 1),
            button("Back", on_click=self.left.emit),
            self.done_button,
            across=True,
            margins=(20, 8, 20, 8),
        )
        layout.addWidget(bar)
        self._label = label

    def _show_way(self) -> None:
        self._file.setVisible(self.way.value() is HandoverMethod.EMAIL_FILE)
        self._phone.setVisible(self.way.value() is HandoverMethod.PHONE)

    def seal(self) -> None:
        """Write the sealed file where the person says; Argon2id takes its time on purpose."""
        from liaison_desktop.msl.safety.document import seal_event
        from liaison_desktop.store import Act

        try:
            may_leave(self._desk.store, self._event)
        except Refused as refused:
            self._file_said.set_text(str(refused))
            return
        path = self._desk.files.save_file("Write the sealed report", _FILE)
        if path is None:
            return
        try:
            sealed = seal_event(self._event, self.secret.text(), reported_by=self._desk.store.actor.name)
            path.write_bytes(sealed.content)
        except LiaisonError as error:
            self._file_said.set_text(str(error))
            return
        except OSError as error:
            self._file_said.set_text(f"The file was not written: {error.strerror or 'the disk refused'}.")
            return
        self._sealed = sealed.sha256
        self._desk.store.note(Act.EXPORTED, kind=SafetyEvent.kind, subject=self._event.id, detail="sealed file")
        self._file_said.set_text("Written. Send it, then say who has it.")
        self.to.setFocus()

    def done(self) -> None:
        """Say who has it: the clock stops."""
        way = self.way.value()
        method = way if isinstance(way, HandoverMethod) else HandoverMethod.PHONE
        if method is HandoverMethod.EMAIL_FILE and not self._sealed:
            self._said.set_text("Write the sealed file first.")
            self.seal_button.setFocus()
            return
        # A moment shown without its seconds may lie before the capture in the same minute.
        at = self.at.value()
        if at is not None and self._event.captured_at is not None and at < self._event.captured_at:
            close = (self._event.captured_at - at).total_seconds() < 60
            at = self._event.captured_at if close else at
        try:
            saved = hand_over(
                self._desk.store, self._event, method=method, to=self.to.text(), at=at, sealed_sha256=self._sealed
            )
        except Refused as refused:
            for fault in refused.faults:
                held = {"handed_to": self._to, "handed_over_at": self._at}.get(fault.field)
                held.show_fault(fault.message) if held is not None else self._said.set_text(fault.message)
            self.to.setFocus()
            return
        except LiaisonError as error:
            self._said.set_text(str(error))
            return
        self.handed.emit(saved)
