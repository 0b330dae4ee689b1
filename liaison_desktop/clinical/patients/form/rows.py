"""Rows inside a record as cards: add one, fill it, take it away. Each card is a small form over one row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Generic, TypeVar

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from liaison_desktop.errors import Fault
from liaison_desktop.records import Code, Row, fields_of
from liaison_desktop.store import Store
from liaison_desktop.ui.buttons import Button, button
from liaison_desktop.ui.layout import card, row
from liaison_desktop.ui.record_form import FormRow, RecordForm
from liaison_desktop.ui.text import label

R = TypeVar("R", bound=Row)
S = TypeVar("S", bound=msgspec.Struct)
Editors = Callable[[], Mapping[str, QWidget]]


def typed_over(held: S, values: Mapping[str, Any]) -> S:
    """The row or record with what was typed, and with nothing changed that was not.

    A code that may not be missing keeps its last value while its line is being typed in; several choices keep the
    order in which they were given.
    """
    typed = {}
    for spec in fields_of(type(held)):
        if spec.name not in values:
            continue
        value, before = values[spec.name], getattr(held, spec.name)
        if value is None and not spec.optional:
            continue
        coded = spec.many and isinstance(spec.type, type) and issubclass(spec.type, Code)
        typed[spec.name] = before if coded and set(value) == set(before) else value
    return msgspec.structs.replace(held, **typed)


class RowCard(QWidget, Generic[R]):
    """One row: its number, its fields, and the way to take it away."""

    changed = Signal()

    def __init__(self, held: R, form: RecordForm, word: str, on_remove: Callable[[], object]) -> None:
        super().__init__()
        self._held, self.form, self._word = held, form, word
        self._title = label("", "strong")
        self.remove = button("Remove", "quiet", "trash-2", small=True, on_click=on_remove)
        head = row(self._title, None, self.remove, gap=4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card(head, form, gap=6, margins=(14, 8, 14, 14)))
        form.set_values(held)
        form.changed.connect(lambda _name: self.changed.emit())

    def set_number(self, number: int) -> None:
        """Say which one it is."""
        self._title.set_text(f"{self._word} {number}")
        self.remove.setAccessibleName(f"Remove {self._word.lower()} {number}")

    def value(self) -> R:
        """The row as it stands. A code that may not be missing keeps its last value while its line is being typed in."""
        return typed_over(self._held, self.form.values())


class RowCards(QWidget, Generic[R]):
    """All rows of one kind, in order. `make` gives a new, empty one."""

    changed = Signal(object)

    def __init__(
        self,
        make: Callable[[], R],
        *layout_rows: FormRow,
        word: str,
        add: str,
        store: Store | None = None,
        editors: Editors | None = None,
    ) -> None:
        super().__init__()
        self._make, self._rows, self._word, self._store, self._editors = make, layout_rows, word, store, editors
        self.cards: list[RowCard[R]] = []
        self._box = QVBoxLayout()
        self._box.setSpacing(8)
        self.add: Button = button(add, "ghost", "plus", small=True, on_click=self.append)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(self._box)
        layout.addWidget(row(self.add, None))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def names(self) -> Sequence[str]:
        """The fields a card shows."""
        return self._card(self._make()).form.names

    def value(self) -> tuple[R, ...]:
        """The rows as they stand."""
        return tuple(each.value() for each in self.cards)

    def set_value(self, rows: Iterable[R]) -> None:
        """Show these rows and no others."""
        for each in self.cards:
            self._drop(each)
        self.cards = []
        for held in rows:
            self._append(held)
        self._number()

    def append(self) -> None:
        """Add an empty row and go to its first field."""
        made = self._append(self._make())
        self._number()
        made.form.editor(made.form.names[0]).setFocus()
        self.changed.emit(self.value())

    def complaints(self) -> tuple[Fault, ...]:
        """What was typed and cannot be read, by row: "0.since"."""
        return tuple(
            msgspec.structs.replace(fault, field=f"{number}.{fault.field}")
            for number, each in enumerate(self.cards)
            for fault in each.form.unread()
        )

    def show_faults(self, faults: Iterable[Fault], focus: bool) -> bool:
        """Show faults whose field is such as "0.since" on their cards; whether the keyboard went to one."""
        held: dict[int, list[Fault]] = {}
        for fault in faults:
            number, _, name = fault.field.partition(".")
            held.setdefault(int(number) if number.isdecimal() else 0, []).append(
                msgspec.structs.replace(fault, field=name)
            )
        taken = False
        for place, each in enumerate(self.cards):
            mine = held.get(place, [])
            each.form.show_faults(mine, focus=focus and not taken)
            taken = taken or any(fault.severity.value in ("refuse", "confirm") for fault in mine)
        return taken

    def _append(self, held: R) -> RowCard[R]:
        made = self._card(held)
        self.cards.append(made)
        self._box.addWidget(made)
        return made

    def _card(self, held: R) -> RowCard[R]:
        editors = self._editors() if self._editors else None
        form = RecordForm(type(held), *self._rows, store=self._store, editors=editors)
        made: RowCard[R] = RowCard(held, form, self._word, lambda: self._remove(made))
        made.changed.connect(lambda: self.changed.emit(self.value()))
        return made

    def _remove(self, gone: RowCard[R]) -> None:
        self.cards.remove(gone)
        self._drop(gone)
        self._number()
        self.add.setFocus()
        self.changed.emit(self.value())

    def _drop(self, gone: RowCard[R]) -> None:
        self._box.removeWidget(gone)
        gone.hide()
        gone.deleteLater()

    def _number(self) -> None:
        for number, each in enumerate(self.cards, 1):
            each.set_number(number)
