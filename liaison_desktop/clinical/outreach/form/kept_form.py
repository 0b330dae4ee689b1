"""What the three forms share: a draft that is kept, saving that says what is wrong, and the ways out."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from typing import Generic, TypeVar

import msgspec
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from liaison_desktop.clinical.outreach.record import OutreachEvent, SourceContact, SourcePlace
from liaison_desktop.errors import Fault, LiaisonError, Refused, Severity
from liaison_desktop.records.record import storable
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.confirm import Confirm
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.frames import action_bar, title_line
from liaison_desktop.ui.layout import card, column, empty, hairline, row, scroll
from liaison_desktop.ui.record_form import RecordForm
from liaison_desktop.ui.text import elided, icon_label, wrapped

K = TypeVar("K", bound=OutreachEvent | SourceContact | SourcePlace)
_PAUSE = 500
WIDE = 680


def draft_key(record: OutreachEvent | SourceContact | SourcePlace) -> str:
    """Where the draft of a form is kept."""
    return f"{record.kind}/{record.id if record.version else 'new'}"


class KeptForm(QFrame, Generic[K]):
    """`saved` carries the id, `left` the draft that was thrown away, if any; `kept` says that there is a draft now."""

    saved = Signal(uuid.UUID)
    left = Signal(object)
    kept = Signal()
    word = ""

    def __init__(self, desk: Desk, record: K) -> None:
        super().__init__()
        self.setProperty("fill", "canvas")
        self.desk, self._record = desk, record
        self.key = draft_key(record)
        self.forms = self.make_forms(record)
        self._said, self._mark = elided("", "sec", "ink2"), icon_label("circle-alert", "red", 16)
        self._mark.hide()
        self._dirty = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.save_draft)
        self._fill(record)
        self._lay_out()
        self._take_up()
        for form in self.forms:
            form.changed.connect(self._heard)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.save, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    # ---- what each kind says for itself

    def make_forms(self, record: K) -> tuple[RecordForm, ...]:
        """The forms, each in a card of its own."""
        raise NotImplementedError

    def above(self) -> tuple[QWidget, ...]:
        """What stands over the forms of a saved record."""
        return ()

    def beside(self) -> tuple[QWidget, ...]:
        """What stands under the forms of a saved record."""
        return ()

    def compose(self) -> K:
        """The record as typed."""
        return self._typed()

    def write(self, record: K, confirmed: Collection[str]) -> K:
        """Save it. Raises Refused."""
        raise NotImplementedError

    def record_of(self) -> K:
        """The record this form is about, as it was given or taken up."""
        return self._record

    def draft(self) -> bytes:
        """What was typed, to be kept."""
        return msgspec.json.encode(self.compose())

    def take_draft(self, content: bytes) -> K:
        """The record of a draft, shown; raises msgspec.MsgspecError for one of another version."""
        record = msgspec.json.decode(content, type=type(self._record))
        self._fill(record)
        return record

    # ---- the rest

    def _fill(self, record: K) -> None:
        for form in self.forms:
            form.set_values(record)

    def _typed(self) -> K:
        values: dict[str, object] = {}
        for form in self.forms:
            values |= {name: storable(held) if type(held) is str else held for name, held in form.values().items()}
        return msgspec.structs.replace(self._record, **values)

    def _lay_out(self) -> None:
        title = self._record.title() if self._record.version else f"New {self.word}"
        head = column(title_line(elided(title, "title"), margins=(24, 0, 16, 0)), 8, gap=0)
        keep = button(f"Save {self.word}", "primary", "check", on_click=self.save)
        keep.setToolTip("Ctrl+Enter")
        self._discard = button("Discard", "quiet", on_click=self.discard)
        if self._record.version is not None:  # a record that was not touched offers nothing to throw away
            self._discard.hide()
        kept = self._record.version is not None
        over, under = (self.above(), self.beside()) if kept else ((), ())
        cards = [*over, *(card(form) for form in self.forms), *under]
        # Side by side with the rest, so that wrapped lines are counted in the width they really have.
        held = column(*cards, None, gap=12)
        held.setMaximumWidth(WIDE)
        self._below = QVBoxLayout()
        self._below.setContentsMargins(24, 0, 24, 12)
        body = scroll(row((held, 8), None, margins=(24, 16, 24, 24), gap=0))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 12, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(hairline())
        layout.addWidget(body, 1)
        layout.addLayout(self._below)
        layout.addWidget(hairline())
        layout.addWidget(action_bar(self._mark, (self._said, 1), self._discard, keep))

    def _take_up(self) -> None:
        content = self.desk.store.drafts.get(self.key)
        if content is None:
            return
        try:
            kept = self.take_draft(content)
        except msgspec.MsgspecError:
            return
        self._touched()
        if kept.version != self._record.version:
            self._say("It was changed since you typed this. Look it over before you save.", wrong=True)
        else:
            self._say("Taken up where you left it")
        self._record = msgspec.structs.replace(kept, version=self._record.version)

    def _touched(self) -> None:
        self._dirty = True
        self._discard.show()

    def _heard(self, _name: str) -> None:
        self._touched()
        self._mark.hide()
        empty(self._below)
        if not self._pause.isActive():
            self._pause.start()

    def save_draft(self) -> None:
        """Keep what was typed; durable when it returns."""
        self._pause.stop()
        if self._dirty:
            self.desk.store.drafts.put(self.key, self.draft())
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
        self._save(())

    def _save(self, confirmed: Collection[str]) -> None:
        try:
            if faults := tuple(fault for form in self.forms for fault in form.unread()):
                raise Refused(faults)
            done = self.write(self.compose(), confirmed)
        except Refused as refusal:
            self._refuse(refusal.faults)
            return
        except LiaisonError as error:
            self.save_draft()
            self._say(str(error), wrong=True)
            return
        self._end_draft()
        self.desk.toast(f"{self.word[0].upper()}{self.word[1:]} saved.")
        self.saved.emit(done.id)

    def _refuse(self, faults: tuple[Fault, ...]) -> None:
        self.save_draft()
        empty(self._below)
        loose = set(faults)
        first = True
        for form in self.forms:
            left = set(form.show_faults(faults, focus=first))
            first = first and left == set(faults)
            loose &= left
        asked = [fault for fault in faults if fault.severity is Severity.CONFIRM]
        hard = [fault for fault in faults if fault.severity is Severity.REFUSE]
        if asked and not hard:
            self._ask(asked[0])
        elif loose:
            words = " ".join(fault.message for fault in faults if fault in loose)
            self._put_below(card(row(icon_label("circle-alert", "red"), (wrapped(words, "sec", "ink"), 1)), tone="red"))
        wrong = len({fault.field for fault in hard if fault not in loose})
        self._say(f"{f'{wrong} to mend' if wrong else 'Not saved'}. What you typed is kept.", wrong=True)

    def _ask(self, fault: Fault) -> None:
        panel = Confirm("Is this somebody else?", fault.message, "Yes, save it")
        panel.accepted.connect(lambda _reason: self._save((fault.rule,)))
        panel.rejected.connect(lambda: empty(self._below))
        self._put_below(panel)
        panel.setFocus()

    def _put_below(self, panel: QWidget) -> None:
        panel.setMaximumWidth(WIDE)
        self._below.addWidget(panel)
        panel.show()

    def _say(self, words: str, wrong: bool = False) -> None:
        self._mark.setVisible(wrong)
        self._said.set_text(words)
        self._said.set_tone("red" if wrong else "ink2")

    def start(self) -> None:
        """Give the keyboard to the first field."""
        form = self.forms[0]
        form.editor(form.names[0]).setFocus()
