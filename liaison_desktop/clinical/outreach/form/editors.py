"""A place and people that are known, or new by the name that was typed; and money."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.clinical.outreach.queries import contacts, contacts_at, places
from liaison_desktop.clinical.outreach.record import SourceContact, SourcePlace
from liaison_desktop.store import Store
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.layout import refill, row
from liaison_desktop.ui.number_editors import DecimalEditor
from liaison_desktop.ui.suggest import Option, SuggestLine, matching
from liaison_desktop.ui.text import elided


class KnownOrNew(SuggestLine):
    """Takes one of what is offered, or the name as typed, which is new then and called so."""

    def __init__(self, offered: Callable[[], Sequence[Option]], placeholder: str, name: str, new: str) -> None:
        self._offered, self._new = offered, new
        super().__init__(self._search, placeholder, name, icon="search")

    def _search(self, text: str) -> Sequence[Option]:
        found = list(matching(tuple(self._offered()), text))
        if text and not any(one.title.casefold() == text.casefold() for one in found):
            found.append(Option(text, text, self._new))
        return found

    def complaint(self) -> str:
        """Any name may stand here."""
        return ""

    def settle(self) -> None:
        """Take what was typed and not taken: the known one of that name, else a new one."""
        text = self.text().strip()
        if self.value() is None and text:
            exact = next((one for one in self._search(text) if one.title.casefold() == text.casefold()), None)
            self.take(exact or Option(text, text, self._new))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A name that was typed is not lost."""
        self.settle()
        super().focusOutEvent(event)


class PlaceLine(KnownOrNew):
    """Where it was: the id of a known place, or the name of a new one."""

    def __init__(self, store: Store) -> None:
        self._store = store
        super().__init__(self._places, "Type a place", "Place", "new place")

    def _places(self) -> Sequence[Option]:
        return [Option(each.id, each.title(), each.facts()) for each in places(self._store)]

    def set_value(self, value: uuid.UUID | str | None) -> None:
        """Show a known place, or the name of a new one."""
        if isinstance(value, str):
            self.show_option(Option(value, value, self._new) if value else None)
            return
        known = self._store.find(SourcePlace, value) if value is not None else None
        self.show_option(Option(known.id, known.title(), known.facts()) if known is not None else None)


class PeopleLine(QWidget):
    """With whom it was: any number of contacts, known or new. Those of the chosen place are offered first."""

    changed = Signal(object)

    def __init__(self, store: Store, place: Callable[[], object]) -> None:
        super().__init__()
        self._store, self._place = store, place
        self._held: tuple[uuid.UUID | str, ...] = ()
        self.line = KnownOrNew(self._people, "Type a name, Enter takes it", "With whom", "new contact")
        self.line.changed.connect(self._take)
        self._rows = row()
        self._rows.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.line)
        layout.addWidget(self._rows)
        self.setFocusProxy(self.line)

    def set_name(self, name: str) -> None:
        """Name the line."""
        self.setAccessibleName(name)
        self.line.setAccessibleName(name)

    def _people(self) -> Sequence[Option]:
        place = self._place()
        here = contacts_at(self._store, place) if isinstance(place, uuid.UUID) else ()
        ids = {each.id for each in here}
        others = [each for each in contacts(self._store) if each.id not in ids]
        return [Option(each.id, each.title(), each.facts()) for each in (*here, *others) if each.id not in self._held]

    def value(self) -> tuple[uuid.UUID | str, ...]:
        """Ids of the known, names of the new, as they were taken."""
        self.line.settle()
        return self._held

    def set_value(self, value: Sequence[uuid.UUID | str] | None) -> None:
        """Show these."""
        self._held = tuple(value or ())
        parts: list[QWidget] = []
        for one in self._held:
            known = self._store.find(SourceContact, one) if isinstance(one, uuid.UUID) else None
            words = known.title() if known is not None else f"{one}, new" if isinstance(one, str) else "No longer here"
            name = elided(words, "medium")
            drop = button("", "quiet", "x", small=True, name=f"Remove {words}", on_click=partial(self._drop, one))
            parts.append(row((name, 1), drop, gap=4, margins=(10, 0, 0, 0)))
        refill(self._rows, *parts)
        self._rows.setVisible(bool(parts) and self._rows.parentWidget() is not None)

    def complaint(self) -> str:
        """Any name may stand here."""
        return ""

    def _take(self, one: object) -> None:
        if isinstance(one, (uuid.UUID, str)) and one:
            self.line.show_option(None)
            if one not in self._held:
                self.set_value((*self._held, one))
                self.changed.emit(self._held)

    def _drop(self, gone: uuid.UUID | str) -> None:
        self.set_value(tuple(one for one in self._held if one != gone))
        self.line.setFocus()
        self.changed.emit(self._held)


class MoneyEditor(DecimalEditor):
    """An amount in US dollars as typed, in whole cents as kept."""

    def value(self) -> int | None:
        """Cents."""
        read = super().value()
        return None if read is None else round(read * 100)

    def set_value(self, value: int | float | None) -> None:
        """Show cents as dollars."""
        self.setText("" if value is None else f"{value / 100:.2f}")
        self.setCursorPosition(0)
