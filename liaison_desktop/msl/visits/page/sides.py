"""A visit and what stands beside it, made when the first visit is shown, so that the list is there at once."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from liaison_desktop.msl.visits.page.asked import person_of
from liaison_desktop.msl.visits.page.beside import Beside
from liaison_desktop.msl.visits.page.brief import Brief
from liaison_desktop.msl.visits.page.visit_pane import VisitPane
from liaison_desktop.msl.visits.page.watching import Watch
from liaison_desktop.msl.visits.record import Visit
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.layout import hairline


class Sides:
    """The pane of a visit in the middle, its brief and the capture of an insight at the right, and who watches them.

    `history` is told when the versions of the visit are asked for, `old` which of them.
    """

    def __init__(self, desk: Desk, *, history: Callable[[bool], object], old: Callable[[uuid.UUID], object]) -> None:
        self.pane = VisitPane(desk, history=history)
        self.watch = Watch(desk, self.pane)
        self.pane.form.topics.person = lambda: person_of(self.pane.form)
        self.brief = Brief(desk, old)
        self.beside = Beside(desk, self.pane, self.brief)
        self.line = hairline(vertical=True)
        self._nobody_s = self.pane.visit  # no visit was shown as long as it is this one

    def rehearse(self) -> None:
        """Show an empty visit where nobody sees it: statements and patterns are made ready when they are first used."""
        if self.pane.visit is self._nobody_s:
            self.pane.show_visit(Visit())

    def save(self) -> object:
        """Ctrl+Enter: the capture while it has the keyboard, else the visit."""
        return self.beside.with_keyboard(self.beside.capture.save, self.pane.save)()

    def submit(self) -> object:
        """Ctrl+Shift+Enter, likewise."""
        return self.beside.with_keyboard(self.beside.capture.send, self.pane.submitting.submit)()

    def take_reports(self) -> None:
        """A safety report was saved, or why there is none."""
        self.watch.take_reports()
        self.beside.capture.look_again()

    def keep(self) -> None:
        """Make what was typed durable now."""
        self.pane.keep_draft()
        self.beside.capture.keep()
