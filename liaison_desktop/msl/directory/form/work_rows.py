"""Where somebody works: places that are known or new, the first one the main place."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.msl.directory.record import Affiliation, AffiliationRole, Institution
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.editors import ComboEditor
from liaison_desktop.ui.layout import row
from liaison_desktop.ui.record_form import RecordForm
from liaison_desktop.ui.suggest import Option, SuggestLine

if TYPE_CHECKING:
    from liaison_desktop.store import Store


class Job(msgspec.Struct, frozen=True):
    """One place of work as typed: a known place, or the name of a new one."""

    affiliation: Affiliation
    new_place: str = ""


class PlaceLine(SuggestLine):
    """A known institution, or a new one by the name that was typed."""

    def __init__(self, store: Store) -> None:
        self._store = store
        super().__init__(self._search, "Type a hospital, clinic or society", "Institution", icon="search")

    def _search(self, text: str) -> Sequence[Option]:
        found = [Option(hit.id, hit.title, hit.facts) for hit in self._store.search(text, Institution.kind, limit=12)]
        if text and not any(one.title.casefold() == text.casefold() for one in found):
            found.append(Option(text, text, "new institution"))
        return found

    def focusOutEvent(self, event: object) -> None:
        """A name that was typed and not taken from the list is a new place."""
        text = self.text().strip()
        if self.value() is None and text:
            exact = next((one for one in self._search(text) if one.title.casefold() == text.casefold()), None)
            self.take(exact or Option(text, text, "new institution"))
        super().focusOutEvent(event)  # type: ignore[arg-type]


class WorkRow(QWidget):
    """One place and the role there."""

    changed = Signal()
    removed = Signal()

    def __init__(self, store: Store, affiliation: Affiliation) -> None:
        super().__init__()
        self.affiliation = affiliation
        self.place = PlaceLine(store)
        self.role = ComboEditor(AffiliationRole, name="Role")
        known = store.find(Institution, affiliation.institution_id)
        if known is not None:
            self.place.show_option(Option(known.id, known.title(), known.facts()))
        self.role.set_value(affiliation.role)
        self.more = RecordForm(Affiliation, ("start_on", "end_on", ("source", 2)), "confidence", store=store)
        self.more.set_values(affiliation)
        self.more.setVisible(bool(affiliation.start_on or affiliation.end_on))
        turn = button("", "quiet", "chevron-down", name="Since when, learned from", on_click=self._turn)
        drop = button("", "quiet", "x", name="Remove this place", on_click=self.removed.emit)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(row((self.place, 3), (self.role, 2), turn, drop))
        layout.addWidget(self.more)
        self.setFocusProxy(self.place)
        self.place.changed.connect(lambda _value: self.changed.emit())
        self.role.changed.connect(lambda _value: self.changed.emit())
        self.more.changed.connect(lambda _name: self.changed.emit())

    def job(self) -> Job | None:
        """The place of work; None while no place is named."""
        place, role = self.place.value(), self.role.value()
        role = role if isinstance(role, AffiliationRole) else None
        typed = msgspec.structs.replace(self.affiliation, role=role, institution_id=None, **self.more.values())
        if isinstance(place, uuid.UUID):
            return Job(msgspec.structs.replace(typed, institution_id=place))
        text = str(place or self.place.text()).strip()
        return Job(typed, text) if text else None

    def _turn(self) -> None:
        self.more.setVisible(not self.more.isVisibleTo(self))


class WorkRows(QWidget):
    """Every place of work of one person."""

    changed = Signal()

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store = store
        self._rows: list[WorkRow] = []
        self._before: tuple[Affiliation, ...] = ()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        self.adding = button("Add a place", "link", "plus", small=True, on_click=self.add)
        self._layout.addWidget(row(self.adding, None))

    def show_works(self, affiliations: Sequence[Affiliation]) -> None:
        """Show these; with none, one empty line to type into."""
        for held in self._rows:
            self._layout.removeWidget(held)
            held.hide()
            held.deleteLater()
        self._rows, self._before = [], tuple(affiliations)
        for affiliation in affiliations or (Affiliation(),):
            self._put(affiliation)

    def add(self) -> None:
        """One more line, with the keyboard in it."""
        self._put(Affiliation()).setFocus()

    def jobs(self) -> tuple[Job, ...]:
        """The places of work; the first is the main one."""
        jobs = [job for job in (held.job() for held in self._rows) if job is not None]
        return tuple(
            msgspec.structs.replace(job, affiliation=msgspec.structs.replace(job.affiliation, is_primary=number == 0))
            for number, job in enumerate(jobs)
        )

    def gone(self) -> tuple[Affiliation, ...]:
        """The affiliations that were there and are not any more."""
        kept = {job.affiliation.id for job in self.jobs()}
        return tuple(one for one in self._before if one.id not in kept)

    def _put(self, affiliation: Affiliation) -> WorkRow:
        made = WorkRow(self._store, affiliation)
        made.changed.connect(self.changed.emit)
        made.removed.connect(lambda: self._drop(made))
        self._rows.append(made)
        self._layout.insertWidget(len(self._rows) - 1, made)
        return made

    def _drop(self, gone: WorkRow) -> None:
        self._rows.remove(gone)
        self._layout.removeWidget(gone)
        gone.hide()
        gone.deleteLater()
        self.changed.emit()
