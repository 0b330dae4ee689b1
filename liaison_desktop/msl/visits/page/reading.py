"""Briefs read one after the other: the brief of a visit as one page, in place of the visit, and the visit again."""

from __future__ import annotations

import functools
import uuid
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget

from liaison_desktop.msl.visits.page.brief_view import BriefView
from liaison_desktop.msl.visits.page.room import Room
from liaison_desktop.msl.visits.record import Visit
from liaison_desktop.ui.workspace import Command

if TYPE_CHECKING:
    from liaison_desktop.msl.visits.page.visits_page import VisitsPage


class Reading:
    """Turns the page of visits to the brief of the visit that is chosen, and back."""

    def __init__(self, page: VisitsPage, stack: QStackedWidget, room: Room) -> None:
        self._page, self._stack, self._room = page, stack, room

    @functools.cached_property
    def view(self) -> BriefView:
        """The page of a brief, made when the first one is read."""
        made = BriefView(self._page.desk, self.leave)
        self._stack.addWidget(made)
        return made

    @property
    def on(self) -> bool:
        """Whether a brief is read now."""
        return isinstance(self._stack.currentWidget(), BriefView)

    def turn(self, visit_id: object) -> None:
        """Space in the list: the brief as one page, and back."""
        if self.on:
            self.leave()
            return
        visit = self._page.desk.store.find(Visit, visit_id) if isinstance(visit_id, uuid.UUID) else None
        if visit is not None and self.view.show_visit(visit):
            self._stack.setCurrentWidget(self.view)
            self._room.show_beside(False)

    def read_on(self, visit_id: uuid.UUID) -> None:
        """While briefs are read, the arrows in the list turn to the next one."""
        self._stack.setCurrentWidget(self._page.pane)
        self._page.choose(visit_id)
        self.turn(visit_id)

    def leave(self) -> None:
        """The visit again, the keyboard in the list."""
        self._stack.setCurrentWidget(self._page.pane)
        self._room.show_beside(True)
        self._page.list.view.setFocus()

    def print_brief(self) -> None:
        """Print the brief that is read (F9)."""
        if self.on:
            self.view.print_brief()

    def pin_brief(self) -> None:
        """Pin it to Today, or take it off (Shift+F9)."""
        if self.on:
            self.view.pin_brief()

    def commands(self) -> tuple[Command, ...]:
        """What can be done with the brief that is read."""
        return (
            Command("Print this brief", self.view.print_brief, "", "printer", "F9"),
            Command("Pin this brief to Today", self.view.pin_brief, "", "pin", "Shift+F9"),
        )
