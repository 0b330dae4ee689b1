"""What is next first; Ctrl+N records an event. Nothing in here is about a patient."""

from __future__ import annotations

import uuid

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from liaison_desktop.clinical.outreach.form import ContactForm, EventForm, PlaceForm, draft_key
from liaison_desktop.clinical.outreach.page.import_view import ImportView
from liaison_desktop.clinical.outreach.page.listing import EVENTS, NEXT, SOURCES, Listing, Shown, draft_rows
from liaison_desktop.clinical.outreach.page.taking_out import take_out
from liaison_desktop.clinical.outreach.record import OutreachEvent, SourceContact, SourcePlace
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.empty_state import EmptyState
from liaison_desktop.ui.frames import title_line
from liaison_desktop.ui.inputs import line_edit
from liaison_desktop.ui.layout import column, hairline, panel, row
from liaison_desktop.ui.page import Page
from liaison_desktop.ui.rows_view import RowsView
from liaison_desktop.ui.segmented import Segmented
from liaison_desktop.ui.workspace import Command

_LIST = 380
_KINDS: dict[str, type[OutreachEvent] | type[SourceContact] | type[SourcePlace]] = {
    kind.kind: kind for kind in (OutreachEvent, SourceContact, SourcePlace)
}
Pane = EventForm | ContactForm | PlaceForm


class OutreachPage(Page):
    """Arrows choose, Enter goes into the form, Ctrl+Enter saves."""

    key = "outreach"
    title = "Outreach"
    icon = "megaphone"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.form: Pane | None = None
        self._shown: Shown | str = ""
        self.which = Segmented(
            ((NEXT, "Next"), (EVENTS, "Events"), (SOURCES, "Sources")), name="What is listed", clears=False
        )
        self.which.set_value(NEXT)
        self.which.changed.connect(lambda _value: self._turn())
        self.search = line_edit(placeholder="Filter", icon="search", quiet=True)
        self.search.textEdited.connect(lambda _text: self._fill(again=False))
        self.view = RowsView("Outreach")
        self.search.returnPressed.connect(self.view.setFocus)
        self.view.chosen.connect(self._choose)
        self.view.opened.connect(lambda _key: self._into_form())
        self._pane: QWidget = QWidget()
        self._side = row(self._list(), hairline(vertical=True), (self._pane, 1), gap=0)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._side)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self._fill()
        self._rest()

    def _list(self) -> QWidget:
        bring = button("", "quiet", "upload", small=True, name="Import sources", on_click=self.bring)
        out = button("", "quiet", "download", small=True, name="Export this list", on_click=self.export)
        for each in (bring, out):
            each.setToolTip(each.accessibleName())
        new = button("Event", "secondary", "plus", small=True, on_click=self.new)
        left = panel(
            title_line("Outreach", bring, out, new, margins=(20, 0, 12, 0)),
            column(self.which, self.search, gap=8, margins=(16, 0, 12, 0)),
            (self.view, 1),
            gap=8,
            margins=(0, 12, 0, 0),
        )
        left.setFixedWidth(_LIST)
        return left

    # ---- the list

    def _fill(self, again: bool = True) -> None:
        chosen, which = self.view.current_key(), str(self.which.value())
        if again:
            self.listing = Listing(self.desk.store, self.desk.today())
        rows = [*draft_rows(self.desk.store), *self.listing.rows(which, self.search.text())]
        blocked = self.view.blockSignals(True)
        words = {NEXT: "Nothing is next", EVENTS: "No events", SOURCES: "No sources"}[which]
        hint = (
            "Try other words."
            if self.search.text()
            else ("What an event leaves to do, and visits that are due, stand here.")
        )
        self.view.set_empty(EmptyState(words, hint))
        self.view.rows.set_rows(rows)
        self.view.select(chosen)
        self.view.blockSignals(blocked)

    def _turn(self) -> None:
        self.save_draft()
        self._fill()
        self._rest()

    def _rest(self) -> None:
        """Nothing is being changed: the first one, or how to begin."""
        self.form = None
        if self.listing.empty() and not draft_rows(self.desk.store):
            words = "Who sends patients, and what was done to be known there. Nothing about a patient belongs here."
            self._put(EmptyState("Record the first event", words, "New event", "megaphone", self.new))
        elif self.view.rows.count():
            self.view.select_first()
        else:
            self._put(QWidget())

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard goes to the list, or with nothing in it to the one thing to do."""
        super().showEvent(event)
        if isinstance(self._pane, EmptyState) and self._pane.button is not None:
            self._pane.button.setFocus()
        elif self._stack.currentIndex() == 0:
            self.view.setFocus()

    # ---- one of them

    def _choose(self, key: object) -> None:
        if isinstance(key, Shown):
            self._show_kept(key)
        elif isinstance(key, str):
            kind = next((kind for kind in _KINDS.values() if draft_key(kind()) == key), None)
            if kind is not None:
                self._show(_form(self.desk, kind()), key)

    def _show_kept(self, shown: Shown) -> None:
        record = self.desk.store.find(_KINDS[shown.kind], shown.id)
        if record is None:
            return
        if isinstance(record, SourceContact) and shown.due is not None:
            # A visit that is due is recorded, not looked at.
            event = OutreachEvent(held_on=self.desk.today(), place_id=record.place_id, contact_ids=(record.id,))
            if self.desk.store.drafts.get(draft_key(event)) is None:
                self._show(EventForm(self.desk, event), shown)
                return
        self._show(_form(self.desk, record), shown)

    def show_record(self, id: uuid.UUID) -> None:
        """Show the form of this one, in the list it stands in."""
        for kind in _KINDS.values():
            if self.desk.store.find(kind, id) is not None:
                self.save_draft()
                self._stack.setCurrentIndex(0)
                self.which.set_value(EVENTS if kind is OutreachEvent else SOURCES)
                self.search.clear()
                self._fill()
                self._show_kept(Shown(kind.kind, id))
                return

    def new(self) -> None:
        """A new event, today."""
        self._begin(EventForm(self.desk, OutreachEvent(held_on=self.desk.today())))

    def _follow(self, before: OutreachEvent) -> None:
        event = OutreachEvent(
            held_on=self.desk.today(),
            place_id=before.place_id,
            contact_ids=before.contact_ids,
            topic=before.next_action,
        )
        self._begin(EventForm(self.desk, event, closes=before))

    def new_contact(self) -> None:
        """A new contact."""
        self._begin(ContactForm(self.desk, SourceContact()))

    def new_place(self) -> None:
        """A new place."""
        self._begin(PlaceForm(self.desk, SourcePlace()))

    def _begin(self, form: Pane) -> None:
        self._stack.setCurrentIndex(0)
        self._show(form, form.key)
        self._into_form()

    def _into_form(self) -> None:
        if self.form is not None:
            self.form.show()
            self.form.start()

    def _show(self, form: Pane, shown: Shown | str) -> None:
        self.save_draft()
        self.form, self._shown = form, shown
        form.saved.connect(self._saved)
        form.left.connect(self._left)
        form.kept.connect(self._select)
        if isinstance(form, EventForm):
            form.followed.connect(self._follow)
        self._put(form)
        self._select()

    def _put(self, pane: QWidget) -> None:
        gone, self._pane = self._pane, pane
        layout = self._side.layout()
        assert layout is not None
        layout.replaceWidget(gone, pane)
        gone.hide()
        gone.deleteLater()

    def _select(self) -> None:
        blocked = self.view.blockSignals(True)
        self._fill()
        if not self.view.select(self._shown):
            self.view.clearSelection()
        self.view.blockSignals(blocked)

    def _saved(self, id: uuid.UUID) -> None:
        self.form = None
        self.show_record(id)
        self.view.setFocus()

    def _left(self, kept: bytes | None) -> None:
        left, self.form = self.form, None
        self._fill()
        self._rest()
        if kept is not None and left is not None:
            key = left.key
            self.desk.toast("Draft discarded.", lambda: self._take_back(key, kept))

    def _take_back(self, key: str, kept: bytes) -> None:
        if self.form is not None and self.form.key == key:
            self.form = None
        self.desk.store.drafts.put(key, kept)
        which = key.partition("/")[2]
        if which == "new":
            self._choose(key)
        else:
            self.show_record(uuid.UUID(which))

    # ---- in and out

    def bring(self) -> None:
        """Import a list of sources."""
        path = self.desk.files.open_file("Import a list of sources", "Lists (*.csv *.xlsx *.txt *.tsv);;All files (*)")
        if path is None:
            return
        self.save_draft()
        view = ImportView(self.desk, path)
        view.closed.connect(self._brought)
        self._stack.addWidget(view)
        self._stack.setCurrentWidget(view)
        view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _brought(self) -> None:
        view = self._stack.currentWidget()
        self._stack.setCurrentIndex(0)
        if view is not None and view is not self._side:
            self._stack.removeWidget(view)
            view.deleteLater()
        self.which.set_value(SOURCES)
        self._turn()
        self.view.setFocus()

    def export(self) -> None:
        """Save events or sources as an Excel workbook, or as CSV where the name ends so."""
        take_out(self.desk, SOURCES if self.which.value() == SOURCES else EVENTS)

    def refresh(self, kinds: frozenset[str]) -> None:
        """Query again when one of the kinds changed."""
        if kinds & _KINDS.keys():
            self._fill()

    def save_draft(self) -> None:
        """Keep what is being typed."""
        if self.form is not None:
            self.form.save_draft()

    def commands(self) -> tuple[Command, ...]:
        """What can be done here."""
        return (
            Command("New outreach event", self.new, "A visit, a talk, a call", "plus"),
            Command("New contact", self.new_contact, "Somebody who sends patients", "user-plus"),
            Command("New place", self.new_place, "Where patients come from", "building-2"),
            Command("Import sources", self.bring, "From CSV or Excel", "upload"),
            Command("Export this list", self.export, "As Excel or CSV", "download"),
        )


def _form(desk: Desk, record: OutreachEvent | SourceContact | SourcePlace) -> Pane:
    if isinstance(record, OutreachEvent):
        return EventForm(desk, record)
    return ContactForm(desk, record) if isinstance(record, SourceContact) else PlaceForm(desk, record)
