"""Briefs read one after the other: the brief of a visit as one page, in place of the visit, and the visit again."""

from __future__ import annotations

import uuid
from collections.abc import Callable
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
        self.view = BriefView(page.desk, self.leave)
        stack.addWidget(self.view)

    @property
    def on(self) -> bool:
        """Whether a brief is read now."""
        return self._stack.currentWidget() is self.view

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

    def while_on(self, act: Callable[[], object]) -> Callable[[], object]:
        """This act, for keys that mean nothing while no brief is read."""
        return lambda: act() if self.on else None

    def commands(self) -> tuple[Command, ...]:
        """What can be done with the brief that is read."""
        return (
            Command("Print this brief", self.view.print_brief, "", "printer", "F9"),
            Command("Pin this brief to Today", self.view.pin_brief, "", "pin", "Shift+F9"),
        )
