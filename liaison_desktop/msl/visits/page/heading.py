"""The head of a visit: with whom, its state, where and when in one line, and what else can be done with it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from liaison_desktop.msl.directory.record import Institution, Person
from liaison_desktop.msl.visits.page.looks import status_chip
from liaison_desktop.msl.visits.record import CancelReason, Visit
from liaison_desktop.ui.buttons import Button, button
from liaison_desktop.ui.chips import Chip
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.layout import column, panel, row
from liaison_desktop.ui.text import elided, icon_label, wrapped


class Heading(QWidget):
    """Two lines, and a third that says when this is not the visit as it is now."""

    def __init__(
        self,
        desk: Desk,
        *,
        details: Callable[[], object],
        history: Callable[[bool], object],
        cancel: Callable[[CancelReason], object],
        remove: Callable[[], object],
    ) -> None:
        super().__init__()
        self._desk = desk
        self._name, self._chip = elided("", "title"), Chip("Draft", "amber", "pencil")
        self._line = elided("", "sec", "ink2")
        self._note = wrapped("", "label", "ink2")
        self._note_row = row(icon_label("history", "ink2", 14), (self._note, 1), gap=6)
        self.details = button("Who and when", "secondary", "pencil", small=True, on_click=details)
        self.history: Button = button("", "quiet", "history", small=True, name="History")
        self.history.setCheckable(True)
        self.history.toggled.connect(history)
        self.menu_button = button("", "quiet", "ellipsis", small=True, name="More about this visit")
        self._menu = QMenu(self)
        self._actions(cancel, remove)
        self.menu_button.clicked.connect(self._open_menu)
        top = row(self._name, self._chip, None, self.details, self.history, self.menu_button, gap=8)
        top.setFixedHeight(32)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(panel(column(top, self._line, self._note_row, gap=2), margins=(20, 12, 12, 10)))

    def show_visit(self, visit: Visit, *, editable: bool, old: bool) -> None:
        """Show the head of a visit as it is typed now."""
        store = self._desk.store
        person = store.find(Person, visit.primary_person_id)
        place = store.find(Institution, visit.institution_id)
        self._name.set_text(person.title() if person else "New visit")
        self._chip.show_chip(*status_chip(visit))
        where = ", ".join(part for part in (person.specialty if person else "", place.name if place else "") if part)
        channel = visit.channel.label if visit.channel else ""
        room = ", ".join(part for part in (channel, visit.place_note) if part)
        self._line.set_text("  ·  ".join(part for part in (where, self._when(visit), room) if part))
        note = ""
        if old:
            note = "This is an old version. The current one is in the history."
        elif visit.amendment:
            times = "once" if visit.amendment == 1 else f"{visit.amendment} times"
            note = f"Amended {times}. Last reason: {visit.amend_reason}"
        elif visit.cancel_reason is not None:
            note = f"Cancelled: {visit.cancel_reason.label}"
        self._note.set_text(note)
        self._note_row.setVisible(bool(note))
        self.details.setVisible(editable)
        self.menu_button.setVisible(editable and visit.may_cancel())
        self.history.setVisible(visit.version is not None)

    def _when(self, visit: Visit) -> str:
        if visit.start_at is None:
            return ""
        start = visit.start_at.astimezone(self._desk.clock().tzinfo)
        end = visit.end_at.astimezone(start.tzinfo) if visit.end_at else start
        year = f" {start.year}" if start.year != self._desk.today().year else ""
        return f"{start:%a} {start.day} {start:%b}{year}, {start:%H:%M}–{end:%H:%M}"

    def _actions(self, cancel: Callable[[CancelReason], object], remove: Callable[[], object]) -> None:
        reasons = self._menu.addMenu("Did not take place")
        for reason in CancelReason:
            action = QAction(reason.label, self)
            action.triggered.connect(lambda _on=False, r=reason: cancel(r))
            reasons.addAction(action)
        drop = QAction("Remove this draft", self)
        drop.triggered.connect(lambda _on=False: remove())
        self._menu.addAction(drop)

    def _open_menu(self) -> None:
        self._menu.popup(self.menu_button.mapToGlobal(self.menu_button.rect().bottomLeft()))
