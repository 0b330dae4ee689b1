"""Today: the day's visits, drafts, promises due, and this month in numbers. It shows what exists and nothing else."""

from __future__ import annotations

import datetime
import functools
import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from liaison_desktop.msl.today.page.clocks import ClockWatch, show_clocks
from liaison_desktop.msl.today.page.insight_cards import show_receipts, show_themes
from liaison_desktop.msl.today.page.month import Month, figures
from liaison_desktop.msl.today.page.pinned import show_pinned
from liaison_desktop.msl.today.page.slots import VisitSlot
from liaison_desktop.msl.today.page.standing import show_standing
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
from liaison_desktop.ui.layout import Item, card, column, hairline, panel, row, scroll
from liaison_desktop.ui.page import Page
from liaison_desktop.ui.parts import Part
from liaison_desktop.ui.text import label, wrapped
from liaison_desktop.ui.tokens import HEADER
from liaison_desktop.ui.workspace import Command

_MOST = 7
_TWO_COLUMNS = 1000  # px of the page: below, a row of the left column would be cut to a few letters
_RIGHT, _ANY = 440, 16_777_215


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
        self._lay_parts()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(row(None, self.quick.strip, margins=(24, 0, 24, 0)))
        self._stack = QStackedWidget()
        self._stack.addWidget(scroll(self._body))
        layout.addWidget(self._stack, 1)
        QShortcut(QKeySequence("F9"), self, self._print_view)
        QShortcut(QKeySequence("Shift+F9"), self, self._pin_view)
        self._clocks = ClockWatch(self, self._show)
        self._show()

    @functools.cached_property
    def view(self) -> BriefView:
        """The page of a brief, made when the first one is read."""
        made = BriefView(self.desk, self._leave_view)
        self._stack.addWidget(made)
        return made

    @property
    def _reads(self) -> bool:
        return isinstance(self._stack.currentWidget(), BriefView)

    def ahead(self) -> tuple[Callable[[], object], ...]:
        """The page of a brief."""
        return (lambda: self.view,)

    def _lay_parts(self) -> None:
        """Each part is made anew when what it shows has changed, and only then."""
        self._clock_cards, self._first = Part(), Part()
        self._visited, self._promised, self._month_under = Part(), Part(), Part()
        self._pinned, self._receipts, self._themes = Part(), Part(), Part()
        self._standing, self._begun, self._month_beside = Part(), Part(), Part()
        left = column(self._visited, self._promised, self._month_under, None, gap=16)
        beside = (self._pinned, self._receipts, self._themes, self._standing, self._begun, self._month_beside)
        self._right = column(*beside, None, gap=16)
        self._right.setFixedWidth(_RIGHT)
        self._columns = row((left, 1), self._right, gap=24, margins=(24, 8, 24, 16))
        self._body = column(self._clock_cards, (self._first, 1), (self._columns, 1), gap=0)

    def refresh(self, kinds: frozenset[str]) -> None:
        """Visits, people, insights or what came back about them changed."""
        if kinds & {"visit", "person", "standing_request", "insight", "insight_feedback", "safety_event"}:
            self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the right column goes under the left one."""
        super().resizeEvent(event)
        narrow, layout = self.width() < _TWO_COLUMNS, self._columns.layout()
        self._right.setMinimumWidth(0 if narrow else _RIGHT)
        self._right.setMaximumWidth(_ANY if narrow else _RIGHT)
        if isinstance(layout, QBoxLayout):
            layout.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)

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
        if self._reads:
            self.view.refresh()
        today = self.desk.today()
        self._sub.set_text(f"{today:%A} {today.day} {today:%B}")
        some = bool(count_visits(self.desk.store, most=1))
        show_clocks(self.desk, self._clock_cards)
        self._first.show_facts(some, lambda: () if some else ((self._nothing(), 1),))
        self._columns.setVisible(some)
        if some:
            self._show_day(today)

    def _show_day(self, today: datetime.date) -> None:
        soon = today + datetime.timedelta(days=7)
        promised = open_promises(self.desk.store, until=soon)
        self._show_visits(promised)
        near = [one for one in promised if one.row.due_on is None or one.row.due_on <= soon]
        self._promised.show_facts((near, today), lambda: self._promises(near))
        show_pinned(self.desk, self._pinned, lambda visit: self._reader(visit)(), self._show)
        came, heard = show_receipts(self.desk, self._receipts), show_themes(self.desk, self._themes)
        show_standing(self.desk, self._standing)
        begun = drafts(self.desk.store)
        names = names_of(self.desk.store, begun) if begun else {}
        self._begun.show_facts((begun, names), lambda: self._drafts(begun, names))
        self._show_month(under=came or heard)

    def _show_month(self, *, under: bool) -> None:
        """With insights to show at the right, the month stands under the promises."""
        shown = figures(self.desk.store, self.desk.clock())
        here, there = self._month_under, self._month_beside
        if not under:
            here, there = there, here
        here.show_facts(shown, lambda: (card(Month(shown), margins=(16, 12, 16, 14)),))
        there.show_facts(None, lambda: ())

    def _nothing(self) -> QWidget:
        return EmptyState(
            "Your day begins here",
            "Record a visit, and today's visits, what you promised and your month appear on this page.",
            "Record a visit",
            "plus",
            self.new,
            "Ctrl+N",
        )

    def _show_visits(self, promised: Sequence[Promise]) -> None:
        now = self.desk.clock()
        first = now.replace(hour=0, minute=0, second=0, microsecond=0)
        found = [
            visit
            for visit in visits_between(self.desk.store, first, first + datetime.timedelta(days=1))
            if visit.status is not VisitStatus.CANCELLED
        ]
        names = names_of(self.desk.store, found) if found else {}
        overdue = {one.visit_person for one in promised if one.row.due_on and one.row.due_on < now.date()}
        late = [visit.primary_person_id in overdue and not visit.locked for visit in found]
        to_come = [(visit.end_at or now) >= now for visit in found]
        self._visited.show_facts((found, names, late, to_come, now.date()), lambda: self._visits(found, names, late))

    def _visits(
        self, found: Sequence[Visit], names: Mapping[uuid.UUID | None, str], late: Sequence[bool]
    ) -> tuple[Item, ...]:
        now = self.desk.clock()
        head = _section("Today's visits", f"{len(found)} today" if found else "")
        if not found:
            return head, card(wrapped("Nothing is planned for today.", "sec", "ink2"))
        slots = []
        for visit, overdue in zip(found, late, strict=True):
            name = names.get(visit.primary_person_id, "No person yet")
            opens, reads = self._opener(visit.id), self._reader(visit)
            slots.append(VisitSlot(visit, name, now, late=overdue, on_click=opens, on_preview=reads))
        self.setFocusProxy(slots[0])
        return head, _listed(slots)

    def _promises(self, near: Sequence[Promise]) -> tuple[Item, ...]:
        if not near:
            return _section("Promises due", ""), card(wrapped("Nothing is due in the next seven days.", "sec", "ink2"))
        rows = [promise_row(self.desk, one, one.last_name) for one in near[:_MOST]]
        more = f"{len(near)} in 7 days" if len(near) <= _MOST else f"{_MOST} of {len(near)} in 7 days"
        return _section("Promises due", more), _listed(rows)

    def _drafts(self, found: Sequence[Visit], names: Mapping[uuid.UUID | None, str]) -> tuple[Item, ...]:
        if not found:
            return ()
        rows = []
        for visit in found[:_MOST]:
            day = f"{visit.start_at.day} {visit.start_at:%b}" if visit.start_at else "no day"
            facts = " · ".join(part for part in (day, about(visit)) if part)
            name = names.get(visit.primary_person_id, "No person yet")
            rows.append(CardRow(name, facts, chip=status_chip(visit), on_click=self._opener(visit.id)))
        return _section("To submit", str(len(found))), _listed(rows)

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
        if self._reads:
            self.view.print_brief()

    def _pin_view(self) -> None:
        if self._reads:
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
