"""Today: the day's visits, drafts, promises due, and this month in numbers. It shows what exists and nothing else."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Callable, Sequence
from typing import ClassVar

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from liaison_desktop.msl.today.page.clocks import ClockWatch, clock_cards
from liaison_desktop.msl.today.page.insight_cards import receipt_part, theme_part
from liaison_desktop.msl.today.page.month import Month
from liaison_desktop.msl.today.page.pinned import pinned_part
from liaison_desktop.msl.today.page.slots import VisitSlot
from liaison_desktop.msl.today.page.standing import standing_part
from liaison_desktop.msl.visits.actions import begin_visit
from liaison_desktop.msl.visits.form import QuickEntry, Understood
from liaison_desktop.msl.visits.page import promise_row, status_chip
from liaison_desktop.msl.visits.page.brief_view import BriefView
from liaison_desktop.msl.visits.page.flags import begin_line
from liaison_desktop.msl.visits.page.looks import about
from liaison_desktop.msl.visits.queries import Promise, count_visits, drafts, names_of, open_promises, visits_between
from liaison_desktop.msl.visits.record import Visit, VisitStatus
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.cards import CardRow
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.empty_state import EmptyState
from liaison_desktop.ui.layout import Item, card, column, hairline, panel, refill, row, scroll
from liaison_desktop.ui.page import Page
from liaison_desktop.ui.text import label, wrapped
from liaison_desktop.ui.tokens import HEADER
from liaison_desktop.ui.workspace import Command

_MOST = 7


class TodayPage(Page):
    """The first page in the morning."""

    key: ClassVar[str] = "today"
    title: ClassVar[str] = "Today"
    icon: ClassVar[str] = "sun"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._sub = label("", "sec")
        self.quick = QuickEntry(desk.store, chips=False)
        self.quick.setFixedWidth(304)
        self.quick.taken.connect(self._take)
        head = panel(
            label("Today", "title"),
            self._sub,
            None,
            self.quick,
            button("New visit", "primary", "plus", on_click=self.new),
            fill="canvas",
            gap=12,
            margins=(24, 0, 24, 0),
            across=True,
        )
        head.setFixedHeight(HEADER)
        self._body = column(gap=0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(row(None, self.quick.strip, margins=(24, 0, 24, 0)))
        self.view = BriefView(desk, self._leave_view)
        self._stack = QStackedWidget()
        self._stack.addWidget(scroll(self._body))
        self._stack.addWidget(self.view)
        layout.addWidget(self._stack, 1)
        QShortcut(QKeySequence("F9"), self, self._print_view)
        QShortcut(QKeySequence("Shift+F9"), self, self._pin_view)
        self._clocks = ClockWatch(self, self._show)
        self._show()

    def refresh(self, kinds: frozenset[str]) -> None:
        """Visits, people, insights or what came back about them changed."""
        if kinds & {"visit", "person", "standing_request", "insight", "insight_feedback", "safety_event"}:
            self._show()

    def new(self) -> None:
        """A new visit (Ctrl+N)."""
        self.desk.open(Visit.kind, begin_visit(self.desk.store).id)

    def commands(self) -> tuple[Command, ...]:
        """Quick entry."""
        return (Command("Quick entry of a visit", self.quick.setFocus, "oko 14:00 30m #dosing", "pencil"),)

    # ---- within

    def _take(self, found: Understood) -> None:
        begin_line(self.desk, found)

    def _show(self) -> None:
        if self._stack.currentWidget() is self.view:
            self.view.refresh()
        today = self.desk.today()
        self._sub.set_text(f"{today:%A} {today.day} {today:%B}")
        if not count_visits(self.desk.store):
            refill(self._body, *clock_cards(self.desk), (self._nothing(), 1))
            return
        month = card(Month(self.desk.store, self.desk.clock()), margins=(16, 12, 16, 14))
        heard = (*receipt_part(self.desk), *theme_part(self.desk))
        # With insights to show at the right, the month stands under the promises.
        under, beside = ((8, month), ()) if heard else ((), (month,))
        soon = today + datetime.timedelta(days=7)
        promised = open_promises(self.desk.store, until=soon)
        left = column(*self._visits(promised), 8, *self._promises(promised, soon), *under, None, gap=8)
        pinned = pinned_part(self.desk, lambda visit: self._reader(visit)(), self._show)
        right = column(*pinned, *heard, *standing_part(self.desk), *self._drafts(), *beside, None, gap=8)
        right.setFixedWidth(440)
        refill(self._body, *clock_cards(self.desk), row((left, 1), right, gap=24, margins=(24, 8, 24, 16)), None)

    def _nothing(self) -> QWidget:
        return EmptyState(
            "Your day begins here",
            "Record a visit, and today's visits, what you promised and your month appear on this page.",
            "Record a visit",
            "plus",
            self.new,
            "Ctrl+N",
        )

    def _visits(self, promised: Sequence[Promise]) -> tuple[Item, ...]:
        now = self.desk.clock()
        first = now.replace(hour=0, minute=0, second=0, microsecond=0)
        found = [
            visit
            for visit in visits_between(self.desk.store, first, first + datetime.timedelta(days=1))
            if visit.status is not VisitStatus.CANCELLED
        ]
        names = names_of(self.desk.store, found)
        head = _section("Today's visits", f"{len(found)} today" if found else "")
        if not found:
            return head, card(wrapped("Nothing is planned for today.", "sec", "ink2"))
        overdue = {one.visit_person for one in promised if one.row.due_on and one.row.due_on < now.date()}
        slots = []
        for visit in found:
            late = visit.primary_person_id in overdue and not visit.locked
            name = names.get(visit.primary_person_id, "No person yet")
            opens, reads = self._opener(visit.id), self._reader(visit)
            slots.append(VisitSlot(visit, name, now, late=late, on_click=opens, on_preview=reads))
        if slots:
            self.setFocusProxy(slots[0])
        return head, _listed(slots)

    def _promises(self, promised: Sequence[Promise], soon: datetime.date) -> tuple[Item, ...]:
        near = [one for one in promised if one.row.due_on is None or one.row.due_on <= soon]
        if not near:
            return _section("Promises due", ""), card(wrapped("Nothing is due in the next seven days.", "sec", "ink2"))
        rows = [promise_row(self.desk, one, one.last_name) for one in near[:_MOST]]
        more = f"{len(near)} in 7 days" if len(near) <= _MOST else f"{_MOST} of {len(near)} in 7 days"
        return _section("Promises due", more), _listed(rows)

    def _drafts(self) -> tuple[Item, ...]:
        found = drafts(self.desk.store)
        if not found:
            return ()
        names = names_of(self.desk.store, found)
        rows = []
        for visit in found[:_MOST]:
            day = f"{visit.start_at.day} {visit.start_at:%b}" if visit.start_at else "no day"
            facts = " · ".join(part for part in (day, about(visit)) if part)
            name = names.get(visit.primary_person_id, "No person yet")
            rows.append(CardRow(name, facts, chip=status_chip(visit), on_click=self._opener(visit.id)))
        return _section("To submit", str(len(found))), _listed(rows), 8

    def _reader(self, visit: Visit) -> Callable[[], object]:
        def read() -> None:
            """Space on a row: the brief of its person as one page."""
            if self.view.show_visit(visit):
                self._stack.setCurrentWidget(self.view)
                self.view.setFocus()

        return read

    def _leave_view(self) -> None:
        self._stack.setCurrentIndex(0)
        self._show()  # The brief may have been pinned.
        self.setFocus()

    def _print_view(self) -> None:
        if self._stack.currentWidget() is self.view:
            self.view.print_brief()

    def _pin_view(self) -> None:
        if self._stack.currentWidget() is self.view:
            self.view.pin_brief()

    def _opener(self, visit_id: uuid.UUID) -> Callable[[], object]:
        return lambda: self.desk.open(Visit.kind, visit_id)


def _section(title: str, right: str) -> QWidget:
    return row(label(title, "section"), None, label(right, "sec"))


def _listed(rows: Sequence[QWidget]) -> QWidget:
    items: list[Item] = []
    for number, one in enumerate(rows):
        items += [one] if not number else [hairline(), one]
    return card(*items, gap=0, margins=(0, 4, 0, 4))
