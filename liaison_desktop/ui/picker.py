"""Choosing another record: search as you type over one kind, known here only by its name."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from liaison_desktop.i18n import tr
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.layout import refill, row
from liaison_desktop.ui.suggest import Option, SuggestLine
from liaison_desktop.ui.text import elided

if TYPE_CHECKING:
    from liaison_desktop.store import Store

_MOST = 30


def _found(store: Store, kind: str, text: str) -> Sequence[Option]:
    found = store.search(text, kind, limit=_MOST)
    held = {hit.id: store.find(store.kinds[kind], hit.id) for hit in found}
    return [Option(hit.id, hit.title, hit.facts) for hit in found if (one := held[hit.id]) is not None and one.stands()]


def option_of(store: Store, kind: str, id: uuid.UUID | None) -> Option | None:
    """The record of that id as an option; a record that is gone is called so, and keeps its id."""
    if id is None:
        return None
    record = store.find(store.kinds[kind], id)
    return Option(id, record.title(), record.facts()) if record is not None else Option(id, tr("No longer here"))


class Picker(SuggestLine):
    """A reference to one record of a kind. `changed` carries its id or None."""

    def __init__(self, store: Store, kind: str, placeholder: str = "", name: str = "") -> None:
        self._store, self._kind = store, kind
        super().__init__(self._search, placeholder or tr("Type a name"), name, icon="search")
        self._scope: Callable[[str], Sequence[Option]] | None = None

    def set_scope(self, look: Callable[[str], Sequence[Option]]) -> None:
        """Offer only what `look(text)` gives; it is asked with an empty text when the list is opened."""
        self._scope = look

    def value(self) -> uuid.UUID | None:
        """The id of the chosen record."""
        held = super().value()
        return held if isinstance(held, uuid.UUID) else None

    def set_value(self, value: uuid.UUID | None) -> None:
        """Show the record of this id."""
        self.show_option(option_of(self._store, self._kind, value))

    def _search(self, text: str) -> Sequence[Option]:
        return self._scope(text) if self._scope is not None else _found(self._store, self._kind, text)


class ManyPicker(QWidget):
    """References to several records of a kind: a line to find them, and what was taken under it."""

    changed = Signal(object)

    def __init__(self, store: Store, kind: str, placeholder: str = "", name: str = "") -> None:
        super().__init__()
        self._store, self._kind = store, kind
        self._held: tuple[uuid.UUID, ...] = ()
        self.line = Picker(store, kind, placeholder, name)
        self.line.changed.connect(self._take)
        self._rows = QWidget()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.line)
        layout.addWidget(self._rows)
        inner = QVBoxLayout(self._rows)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(2)
        self._rows.hide()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setFocusProxy(self.line)

    def set_name(self, name: str) -> None:
        """Name the line."""
        self.setAccessibleName(name)
        self.line.setAccessibleName(name)

    def value(self) -> tuple[uuid.UUID, ...]:
        """The ids, in the order they were taken."""
        return self._held

    def set_value(self, value: tuple[uuid.UUID, ...] | None) -> None:
        """Show these records."""
        self._held = tuple(value or ())
        rows = []
        for id in self._held:
            option = option_of(self._store, self._kind, id)
            title = option.title if option is not None else ""
            drop = button(
                "", "quiet", "x", small=True, name=tr("Remove {title}", title=title), on_click=partial(self._drop, id)
            )
            facts = option.facts if option is not None else ""
            rows.append(row((elided(title, "medium"), 2), (elided(facts, "sec"), 3), drop, margins=(10, 0, 0, 0)))
        refill(self._rows, *rows)
        self._rows.setVisible(bool(rows))

    def complaint(self) -> str:
        """What is wrong with what stands in the line."""
        return self.line.complaint()

    def _take(self, id: object) -> None:
        if isinstance(id, uuid.UUID):
            self.line.show_option(None)
            if id not in self._held:
                self.set_value((*self._held, id))
                self.changed.emit(self._held)

    def _drop(self, id: uuid.UUID) -> None:
        self.set_value(tuple(held for held in self._held if held != id))
        self.changed.emit(self._held)
