"""The capture of a report: one sentence, saved at once; everything else can follow."""

from __future__ import annotations

import datetime
import uuid
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.errors import LiaisonError, Refused
from liaison_desktop.msl.safety.actions import capture_event
from liaison_desktop.msl.safety.record import Begun, SafetyEvent, SafetyKind
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.date_editors import MomentEditor
from liaison_desktop.ui.editors import ChoiceEditor
from liaison_desktop.ui.fields import LabelledField
from liaison_desktop.ui.frames import action_bar, title_line
from liaison_desktop.ui.free_text import FreeText
from liaison_desktop.ui.inputs import TextArea
from liaison_desktop.ui.layout import card, column, hairline, panel, row, scroll
from liaison_desktop.ui.text import elided, label, wrapped

if TYPE_CHECKING:
    from liaison_desktop.ui.desk import Desk

DRAFT = "safety_event/new"
OPENS, NEW = "safety_report", uuid.UUID(int=0)  # what the window is asked to open for a report that is not saved yet
_MOMENT = 300  # px, enough for a day in words and a time
_PAUSE = 400  # ms after a key until what was typed is kept


def begun_of(desk: Desk) -> Begun | None:
    """What was typed before and not saved, None if there is nothing."""
    content = desk.store.drafts.get(DRAFT)
    try:
        return msgspec.json.decode(content, type=Begun) if content is not None else None
    except msgspec.MsgspecError:
        return None


def begin_about(desk: Desk, begun: Begun) -> None:
    """Go to the capture of a report that comes from somewhere. What was typed before and not saved comes first."""
    kept = begun_of(desk)
    if kept is not None and kept.description.strip():
        said, more = kept.description.rstrip(), begun.description.strip()
        begun = msgspec.structs.replace(
            begun,
            description=said if not more or more in said else f"{said}\n{more}",
            heard_at=min(filter(None, (begun.heard_at, kept.heard_at)), default=None),
            visit_id=begun.visit_id or kept.visit_id,
            inquiry_id=begun.inquiry_id or kept.inquiry_id,
            reporter_id=begun.reporter_id or kept.reporter_id,
            product_id=begun.product_id or kept.product_id,
        )
    desk.store.drafts.put(DRAFT, msgspec.json.encode(begun))
    desk.open(OPENS, NEW)


class CapturePanel(QWidget):
    """`captured` carries the saved report; `left` says that nothing was saved."""

    captured = Signal(object)
    left = Signal()

    def __init__(self, desk: Desk, begun: Begun) -> None:
        super().__init__()
        self._desk, self._begun = desk, begun
        self.text = TextArea(4, name="What happened, as it was told", placeholder="One sentence is enough")
        self.text.set_text(begun.description)
        self._field = LabelledField("What happened, as it was told", self.text, required=True)
        self.kind = ChoiceEditor(SafetyKind, name="Kind", clears=False)
        self.kind.set_value(begun.kind)
        self.text.free = FreeText("description")
        self.aware = MomentEditor("You knew since", desk.clock)
        self._shown = begun.heard_at or desk.clock()
        self.aware.set_value(self._shown)
        self._aware = LabelledField("You knew since", self.aware, hint="Day 0")
        self._said = elided("", "sec", "red")
        self.save_button = button("Save report", "danger", "siren", on_click=self.save)
        self.save_button.setToolTip("Ctrl+Enter")
        self._timer = QTimer(self, interval=_PAUSE, singleShot=True)
        self._timer.timeout.connect(self.keep)
        self.text.textChanged.connect(self._timer.start)
        for editor in (self.kind, self.aware):
            editor.changed.connect(lambda _value: self._timer.start())
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.save, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._lay()
        self.setFocusProxy(self.text)

    def _lay(self) -> None:
        linked = "It is linked to the visit you came from. " if self._begun.visit_id else ""
        words = (
            f"{linked}The clock runs from when you knew; afterwards that can be made earlier, not later. Patient, "
            "reporter and product can follow; nothing is needed but this sentence. No patient names."
        )
        self._aware.setFixedWidth(_MOMENT)
        box = card(
            self._field, LabelledField("Kind", self.kind), row(self._aware, None), wrapped(words, "sec", "ink2"), gap=12
        )
        box.setMaximumWidth(680)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(panel(12, title_line(label("New safety report", "title"), margins=(24, 0, 16, 0)), 8, gap=0))
        layout.addWidget(hairline())
        layout.addWidget(scroll(column(box, None, margins=(24, 16, 24, 24))), 1)
        layout.addWidget(hairline())
        discard = button("Discard", "quiet", on_click=self.discard)
        layout.addWidget(action_bar((self._said, 1), discard, self.save_button))

    def typed(self) -> Begun:
        """As it stands."""
        kind = self.kind.value()
        return msgspec.structs.replace(
            self._begun,
            description=self.text.text(),
            kind=kind if isinstance(kind, SafetyKind) else SafetyKind.ADVERSE_EVENT,
            heard_at=self._known_since(),
        )

    def _known_since(self) -> datetime.datetime | None:
        """When it was heard, None for the moment of saving; what cannot be read stands in nobody's way."""
        at = self.aware.value()
        return self._begun.heard_at if at is None or at == self._shown else at

    def keep(self) -> None:
        """Make what was typed durable; nothing is kept of an empty sentence."""
        self._timer.stop()
        typed = self.typed()
        if typed.description.strip():
            self._desk.store.drafts.put(DRAFT, msgspec.json.encode(typed))
        elif self._desk.store.drafts.get(DRAFT) is not None:
            self._desk.store.drafts.drop(DRAFT)

    def save(self) -> None:
        """Save: captured, and the clock runs."""
        typed = self.typed()
        try:
            event = capture_event(
                self._desk.store,
                typed.description,
                aware_at=typed.heard_at,
                kind=typed.kind,
                how=typed.how,
                visit_id=typed.visit_id,
                inquiry_id=typed.inquiry_id,
                reporter_id=typed.reporter_id,
                product_id=typed.product_id,
            )
        except Refused as refused:
            late = [fault.message for fault in refused.faults if fault.field == "aware_at"]
            said = [fault.message for fault in refused.faults if fault.field != "aware_at"]
            self._aware.show_fault(" ".join(late))
            self._field.show_fault(" ".join(said))
            (self.text if said else self.aware).setFocus()
            return
        except LiaisonError as error:
            self._said.set_text(str(error))
            return
        self._forget()
        self.captured.emit(event)

    def discard(self) -> None:
        """Nothing is reported."""
        self._forget()
        self.left.emit()

    def _forget(self) -> None:
        self._timer.stop()
        self._desk.store.drafts.drop(DRAFT)


def about(event: SafetyEvent) -> str:
    """A report in one line, for a list."""
    return event.description.strip().split("\n", 1)[0]
