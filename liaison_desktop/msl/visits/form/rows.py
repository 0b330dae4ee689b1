"""The short rows of a visit: follow-ups, people also present."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

import msgspec
from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.errors import Fault, Severity
from liaison_desktop.msl.directory.record import Person
from liaison_desktop.msl.visits.record import (
    COMMERCIAL,
    Attendee,
    AttendeeRole,
    CompanyFunction,
    PresentForOffLabel,
)
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.editors import ComboEditor
from liaison_desktop.ui.fields import fault_line
from liaison_desktop.ui.layout import empty, row
from liaison_desktop.ui.segmented import Segmented
from liaison_desktop.ui.suggest import Option, SuggestLine
from liaison_desktop.ui.ticks import TickEditor

if TYPE_CHECKING:
    from liaison_desktop.store import Store


class RowEditor(Protocol):
    """One row under edit."""

    changed: SignalInstance
    removed: SignalInstance

    def value(self) -> msgspec.Struct:
        """The row as typed."""
        ...

    def set_read_only(self, on: bool) -> None:
        """Let nothing be changed."""
        ...


class EditedRow(QWidget):
    """The line of a row: its editors, a cross that removes it, and the faults under it."""

    changed = Signal()
    removed = Signal()

    def _lay(self, name: str, *items: Any, below: Sequence[Any] = ()) -> None:
        self._drop = button("", "quiet", "x", small=True, name=f"Remove {name}", on_click=self.removed.emit)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        opener: tuple[QWidget, ...] = ()
        if below:
            second = row(*below, None, margins=(36, 0, 0, 2))
            second.setVisible(False)
            turn = button("", "quiet", "chevron-down", small=True, name=f"More about {name}")
            turn.clicked.connect(lambda _on=False: second.setVisible(not second.isVisibleTo(self)))
            opener = (turn,)
        layout.addWidget(row(*items, *opener, self._drop))
        if below:
            layout.addWidget(second)
        self._faults = QVBoxLayout()
        layout.addLayout(self._faults)
        self._editors = [
            item[0] if isinstance(item, tuple) else item for item in (*items, *below) if not isinstance(item, int)
        ]
        for editor in self._editors:
            if hasattr(editor, "changed"):
                editor.changed.connect(lambda _value: self.changed.emit())

    def set_read_only(self, on: bool) -> None:
        """Let nothing be changed."""
        for editor in self._editors:
            editor.setReadOnly(on) if hasattr(editor, "setReadOnly") else editor.setEnabled(not on)
        self._drop.setVisible(not on)

    def show_faults(self, faults: Sequence[Fault]) -> None:
        """Show these under the row."""
        empty(self._faults)
        for fault in faults:
            self._faults.addWidget(fault_line(fault.message, fault.severity is not Severity.WARN))


class NameLine(SuggestLine):
    """Somebody of the directory, or a name that is only written down."""

    def __init__(self, store: Store) -> None:
        self._store = store
        super().__init__(self._search, "Name", "Name", icon="search")

    def _search(self, text: str) -> Sequence[Option]:
        found = [Option(hit.id, hit.title, hit.facts) for hit in self._store.search(text, "person", limit=8)]
        return [*found, Option(text, text, "name only")] if text else found

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A name that was typed and not taken from the list is only a name."""
        if self.value() is None and self.text().strip():
            self.take(Option(self.text().strip(), self.text().strip()))
        super().focusOutEvent(event)


class AttendeeEditor(EditedRow):
    """Somebody else who was there; a commercial colleague is asked whether they left before the off-label part."""

    def __init__(self, store: Store, held: Attendee) -> None:
        super().__init__()
        self._held = held
        self.name = NameLine(store)
        self.role = ComboEditor(AttendeeRole, name="Role")
        self.role.setFixedWidth(116)
        self.function = ComboEditor(CompanyFunction, name="Company function, for colleagues")
        self.function.setPlaceholderText("Colleague from …")
        self.function.setFixedWidth(152)
        self.left = Segmented(
            [(PresentForOffLabel.NO, "Left"), (PresentForOffLabel.YES, "Stayed")], stretch=False, name="Off-label part"
        )
        self.ate, self.signed = TickEditor("Ate"), TickEditor("Signed")
        known = store.find(Person, held.person_id)
        shown = Option(held.person_id, known.title()) if known else Option(held.external_name, held.external_name)
        self.name.show_option(shown if known or held.external_name else None)
        self.role.set_value(held.role)
        self.function.set_value(held.function)
        self.left.set_value(held.present_for_offlabel)
        self.ate.set_value(held.ate_meal)
        self.signed.set_value(held.signed)
        self.setFocusProxy(self.name)
        self._lay("this person", (self.name, 1), self.function, self.left, below=(self.role, self.ate, self.signed))
        self.function.changed.connect(lambda _value: self._settle())
        self._settle()

    def value(self) -> Attendee:
        """The person as typed."""
        function, name = self.function.value(), self.name.value()
        left = self.left.value() if function in COMMERCIAL else None
        return msgspec.structs.replace(
            self._held,
            person_id=name if isinstance(name, uuid.UUID) else None,
            external_name="" if isinstance(name, uuid.UUID) else self.name.text().strip(),
            role=self.role.value() or AttendeeRole.ATTENDEE,
            function=function,
            present_for_offlabel=left or PresentForOffLabel.NOT_APPLICABLE,
            ate_meal=self.ate.value(),
            signed=self.signed.value(),
        )

    def _settle(self) -> None:
        self.left.setVisible(self.function.value() in COMMERCIAL)


class RowList(QWidget):
    """Rows under one another. `make` builds the editor of one."""

    changed = Signal()

    def __init__(self, store: Store, make: Callable[[Store, Any], Any]) -> None:
        super().__init__()
        self._store, self._make = store, make
        self._rows: list[Any] = []
        self._read_only = False
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(6)

    def editors(self) -> tuple[Any, ...]:
        """The editors, in order."""
        return tuple(self._rows)

    def values(self) -> tuple[Any, ...]:
        """The rows as typed."""
        return tuple(held.value() for held in self._rows)

    def set_values(self, values: Iterable[Any]) -> None:
        """Show these rows."""
        for held in self._rows:
            self._layout.removeWidget(held)
            held.hide()
            held.deleteLater()
        self._rows = []
        for value in values:
            self._put(value)
        self.setVisible(bool(self._rows))

    def add(self, value: Any, *, focus: bool = True) -> Any:
        """One more row."""
        made = self._put(value)
        self.setVisible(True)
        if focus:
            made.setFocus()
        self.changed.emit()
        return made

    def set_read_only(self, on: bool) -> None:
        """Let nothing be changed."""
        self._read_only = on
        for held in self._rows:
            held.set_read_only(on)

    def _put(self, value: Any) -> Any:
        made = self._make(self._store, value)
        made.changed.connect(self.changed.emit)
        made.removed.connect(lambda: self._drop(made))
        made.set_read_only(self._read_only)
        self._rows.append(made)
        self._layout.addWidget(made)
        made.show()
        return made

    def _drop(self, gone: Any) -> None:
        self._rows.remove(gone)
        self._layout.removeWidget(gone)
        gone.hide()
        gone.deleteLater()
        self.setVisible(bool(self._rows))
        self.changed.emit()


def due_words(due: datetime.date | None, today: datetime.date) -> tuple[str, str]:
    """When something is due in words, and the tone of its chip."""
    if due is None:
        return "no day", "neutral"
    days = (due - today).days
    if days < 0:
        return f"{-days} d over", "red"
    if days == 0:
        return "today", "amber"
    if days == 1:
        return "tomorrow", "amber"
    return f"{due:%a} {due.day} {due:%b}", "neutral"
