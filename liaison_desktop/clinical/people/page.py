"""Our own house, whose name stands on every paper, who works here, and those who explain and perform."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from liaison_desktop.clinical.people.actions import own_entry, working
from liaison_desktop.clinical.people.form import PersonForm, PersonOrPlace, draft_key, read_draft
from liaison_desktop.clinical.people.record import Facility, Practitioner, StaffMember
from liaison_desktop.clinical.people.rules import license_fault
from liaison_desktop.policies import policy_of
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.chips import ChipSpec
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.empty_state import EmptyState
from liaison_desktop.ui.frames import title_line
from liaison_desktop.ui.layout import hairline, panel, row
from liaison_desktop.ui.lists import ListRow
from liaison_desktop.ui.page import Page
from liaison_desktop.ui.rows_view import RowsView
from liaison_desktop.ui.workspace import Command

_LIST = 340
_DRAFT = ChipSpec("Draft", "amber", "pencil")
_ME = "staff/me"


class PeoplePage(Page):
    """Ctrl+N adds a practitioner; arrows choose, Enter goes into the form, Ctrl+Enter saves."""

    key = "people"
    title = "Care team"
    icon = "hospital"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.form: PersonForm | None = None
        self.view = RowsView("Care team")
        self.view.chosen.connect(self._choose)
        self.view.opened.connect(lambda _key: self._into_form())
        add = row(
            button("Practitioner", icon="plus", small=True, on_click=self.new),
            button("Staff", icon="plus", small=True, on_click=self.new_staff),
            button("Facility", icon="plus", small=True, on_click=self.new_facility),
            None,
            margins=(16, 8, 16, 8),
        )
        left = panel(12, title_line("Care team", margins=(20, 0, 16, 0)), add, (self.view, 1), gap=0)
        left.setFixedWidth(_LIST)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addWidget(left)
        self._layout.addWidget(hairline(vertical=True))
        self._pane: QWidget = QWidget()
        self._shown: uuid.UUID | str = ""
        self._layout.addWidget(self._pane, 1)
        self._fill()
        self._rest()

    def _rest(self) -> None:
        """Nothing is being changed: the first one, or in an empty store what to do and why."""
        self.form = None
        if self.view.rows.count():
            self.view.select_first()
            return
        words = "Consent summaries carry its name, unit and phone. Then add the practitioners who explain and perform."
        self._put(EmptyState("Name your facility first", words, "Name your facility", "hospital", self.new_facility))

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard goes to the list, or in an empty store to the one thing to do."""
        super().showEvent(event)
        if isinstance(self._pane, EmptyState) and self._pane.button is not None:
            self._pane.button.setFocus()
        else:
            self.view.setFocus()

    def _fill(self) -> None:
        chosen = self.view.current_key()
        store = self.desk.store
        places = sorted(store.all(Facility), key=lambda each: (not each.own, each.name.casefold()))
        people = sorted(store.all(Practitioner), key=lambda each: (not each.active, each.name.casefold()))
        groups = (
            ("Not finished", self._new_drafts()),
            ("Your facility", [self._row(each) for each in places if each.own] or self._not_named(places, people)),
            ("Other facilities", [self._row(each) for each in places if not each.own]),
            ("Staff", self._staff(bool(places or people))),
            ("Practitioners", [self._row(each) for each in people]),
        )
        rows: list[ListRow | str] = []
        for caption, held in groups:
            rows += [caption, *held] if held else []
        blocked = self.view.blockSignals(True)
        self.view.rows.set_rows(rows)
        self.view.select(chosen)
        self.view.blockSignals(blocked)

    def _new_drafts(self) -> list[ListRow]:
        made = []
        named: tuple[tuple[PersonOrPlace, str], ...] = (
            (Facility(), "New facility"),
            (StaffMember(), "New member of staff"),
            (Practitioner(), "New practitioner"),
        )
        for blank, name in named:
            key = draft_key(blank)
            if (kept := self.desk.store.drafts.get(key)) is not None:
                draft = read_draft(type(blank), kept)
                made.append(ListRow((draft.name if draft else "") or name, "Not saved yet", _DRAFT, key=key))
        return made

    def _not_named(self, places: Sequence[Facility], people: Sequence[Practitioner]) -> list[ListRow]:
        key = draft_key(Facility())
        if not (places or people) or self.desk.store.drafts.get(key) is not None:
            return []
        chip = ChipSpec("Needed", "amber", "triangle-alert")
        return [ListRow("Not named yet", "Consent summaries carry its name", chip, key=key)]

    def _staff(self, begun: bool) -> list[ListRow]:
        store = self.desk.store
        staff = sorted(store.all(StaffMember), key=lambda each: (not each.active, each.name.casefold()))
        rows = [self._row(each) for each in staff]
        if (begun or rows) and working(store).version is None and store.drafts.get(draft_key(StaffMember())) is None:
            me = own_entry(store)
            rows.insert(0, ListRow(me.title(), "You, not recorded yet", ChipSpec("Add yourself", "outline"), key=_ME))
        return rows

    def _row(self, record: PersonOrPlace) -> ListRow:
        chip = _DRAFT if self.desk.store.drafts.get(draft_key(record)) is not None else None
        if chip is None and not isinstance(record, Facility) and not record.active:
            chip = ChipSpec("No longer here", "outline")
        if chip is None and isinstance(record, StaffMember):
            chip = self._licence(record)
        mine = isinstance(record, StaffMember) and record.actor == self.desk.store.actor.id
        return ListRow(record.title(), f"{record.facts()} · you" if mine else record.facts(), chip, key=record.id)

    def _licence(self, member: StaffMember) -> ChipSpec | None:
        fault = license_fault(member, policy_of(self.desk.store), today=self.desk.today())
        if fault is not None:
            over = fault.rule == "V24-LICENCE-OVER"
            return ChipSpec(
                "Licence over" if over else "Licence ends soon", "red" if over else "amber", "calendar-clock"
            )
        return None

    def _choose(self, key: object) -> None:
        if isinstance(key, uuid.UUID):
            self.show_record(key)
        elif key == draft_key(Facility()):
            self._show(Facility(own=True))
        elif key == draft_key(Practitioner()):
            self._show(Practitioner())
        elif key == draft_key(StaffMember()):
            self._show(StaffMember())
        elif key == _ME:
            self._show(own_entry(self.desk.store))

    def show_record(self, id: uuid.UUID) -> None:
        """Show the form of this one."""
        store = self.desk.store
        found: PersonOrPlace | None = (
            store.find(Practitioner, id) or store.find(StaffMember, id) or store.find(Facility, id)
        )
        if found is not None:
            self._show(found)

    def new(self) -> None:
        """A new practitioner."""
        self._show(Practitioner(facility=next((each.id for each in self.desk.store.all(Facility) if each.own), None)))
        self._into_form()

    def new_staff(self) -> None:
        """Somebody who works here; oneself first, as long as one is not recorded."""
        recorded = working(self.desk.store).version is not None
        self._show(StaffMember() if recorded else own_entry(self.desk.store))
        self._into_form()

    def new_facility(self) -> None:
        """A new facility; our own as long as we have none."""
        self._show(Facility(own=not any(each.own for each in self.desk.store.all(Facility))))
        self._into_form()

    def _into_form(self) -> None:
        if self.form is not None:
            self.form.show()
            self.form.start()

    def _show(self, record: PersonOrPlace) -> None:
        self.save_draft()
        self.form = PersonForm(self.desk, record)
        self.form.saved.connect(self._saved)
        self.form.left.connect(self._left)
        self.form.kept.connect(self._select)
        self._put(self.form)
        self._shown = record.id if record.version else self.form.key
        self._select()

    def _put(self, pane: QWidget) -> None:
        gone, self._pane = self._pane, pane
        self._layout.replaceWidget(gone, pane)
        gone.hide()
        gone.deleteLater()

    def _select(self) -> None:
        blocked = self.view.blockSignals(True)
        self._fill()
        if not self.view.select(self._shown):
            self.view.clearSelection()
            self.view.setCurrentIndex(QModelIndex())
        self.view.blockSignals(blocked)

    def _saved(self, id: uuid.UUID) -> None:
        self.form = None
        self.show_record(id)
        self.view.setFocus()

    def _left(self, kept: bytes | None) -> None:
        left, shown, self.form = self.form, self._shown, None
        self._fill()
        if isinstance(shown, uuid.UUID):
            self.show_record(shown)
        else:
            self._rest()
        if kept is not None and left is not None:
            key = left.key
            self.desk.toast("Draft discarded.", lambda: self._take_back(key, kept))

    def _take_back(self, key: str, kept: bytes) -> None:
        if self.form is not None and self.form.key == key:
            # Otherwise leaving this form would write its own draft over the one that comes back.
            self.form = None
        self.desk.store.drafts.put(key, kept)
        which = key.partition("/")[2]
        self._choose(key if which == "new" else uuid.UUID(which))

    def refresh(self, kinds: frozenset[str]) -> None:
        """Query again when one of the kinds changed."""
        if kinds & {Facility.kind, Practitioner.kind, StaffMember.kind}:
            self._fill()

    def save_draft(self) -> None:
        """Keep what is being typed."""
        if self.form is not None:
            self.form.save_draft()

    def commands(self) -> tuple[Command, ...]:
        """What can be added here."""
        return (
            Command("New practitioner", self.new, "Who explains or performs", "plus"),
            Command("New member of staff", self.new_staff, "Who works with this laptop", "user-plus"),
            Command("New facility", self.new_facility, "A hospital, unit or clinic", "plus"),
        )
