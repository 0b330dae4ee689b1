"""Visits: the list by day, the visit, and the brief of its person."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import ClassVar

import msgspec
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from liaison_desktop.errors import Fault
from liaison_desktop.msl.visits.page.asked import ask_inquiry, ask_standing
from liaison_desktop.msl.visits.page.beside import Beside
from liaison_desktop.msl.visits.page.brief import Brief
from liaison_desktop.msl.visits.page.flags import follow_flags
from liaison_desktop.msl.visits.page.kept import newest
from liaison_desktop.msl.visits.page.looks import Mode
from liaison_desktop.msl.visits.page.reading import Reading
from liaison_desktop.msl.visits.page.repeating import repeat
from liaison_desktop.msl.visits.page.room import Room
from liaison_desktop.msl.visits.page.sides import Sides
from liaison_desktop.msl.visits.page.turning import take_note
from liaison_desktop.msl.visits.page.visit_pane import VisitPane
from liaison_desktop.msl.visits.page.visits_list import VisitsList
from liaison_desktop.msl.visits.record import Visit
from liaison_desktop.msl.visits.rules import Understood
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.empty_state import EmptyState
from liaison_desktop.ui.layout import hairline
from liaison_desktop.ui.page import Page
from liaison_desktop.ui.workspace import Command

_KINDS = frozenset({"visit", "person", "institution", "affiliation"})


class VisitsPage(Page):
    """Record, look up, amend. Ctrl+Enter saves a draft, Ctrl+Shift+Enter submits."""

    key: ClassVar[str] = "visits"
    title: ClassVar[str] = "Visits"
    icon: ClassVar[str] = "messages-square"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._made: Sides | None = None
        self.list = VisitsList(desk, self.new)
        self._nothing = EmptyState("Choose a visit at the left", "Or press Ctrl+N to record one.")
        self._empty = EmptyState(
            "Nothing recorded yet",
            "A visit is one exchange with a doctor: who, when, what about, and on which ground.",
            "Record a visit",
            "plus",
            self.new,
            "Ctrl+N",
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self._nothing)
        self._stack.addWidget(self._empty)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        for part, share in ((self.list, 0), (hairline(vertical=True), 0), (self._stack, 1)):
            self._layout.addWidget(part, share)
        self.setFocusProxy(self.list.view)
        self._room = Room(self, self.list)
        self.reading = Reading(self, self._stack, self._room)
        self._connect()
        self.list.load()
        self._show_rest()

    def _connect(self) -> None:
        self.list.chosen.connect(self.choose)
        self.list.opened.connect(lambda _id: self._work())
        self.list.previewed.connect(self.reading.turn)
        for number in range(1, 6):
            QShortcut(QKeySequence(f"Alt+{number}"), self, self._ticker(number))
        for keys, act in (
            *((keys, lambda: self.sides.save()) for keys in ("Ctrl+Return", "Ctrl+Enter")),
            *((keys, lambda: self.sides.submit()) for keys in ("Ctrl+Shift+Return", "Ctrl+Shift+Enter")),
            ("Ctrl+I", self._capture),
            ("Ctrl+R", self._repeat),
            ("Ctrl+M", lambda: self._ask(ask_inquiry)),
            ("Ctrl+G", lambda: self._ask(ask_standing)),
            ("Alt+A", lambda: self.pane.form.ask_heard()),
            ("F9", self.reading.print_brief),
            ("Shift+F9", self.reading.pin_brief),
        ):
            QShortcut(QKeySequence(keys), self, act)

    @property
    def sides(self) -> Sides:
        """The visit and what stands beside it."""
        if self._made is None:
            self._made = made = Sides(self.desk, history=self._history, old=self._old)
            self._stack.addWidget(made.pane)
            for part in (made.line, made.beside):
                self._layout.addWidget(part)
            made.beside.calm.beside = self.list.view
            self._room.furnish((made.line, made.beside), made.beside.is_asked)
            made.beside.currentChanged.connect(lambda _number: self._room.settle())
            made.pane.finished.connect(self._finished)
            made.pane.removed.connect(self._after_removal)
            made.pane.person_changed.connect(self._show_brief)
            made.pane.form.quick.taken.connect(self._flagged)
        return self._made

    @property
    def pane(self) -> VisitPane:
        """The pane of a visit."""
        return self.sides.pane

    @property
    def brief(self) -> Brief:
        """The brief of its person."""
        return self.sides.brief

    @property
    def beside(self) -> Beside:
        """What stands at its right."""
        return self.sides.beside

    @property
    def _on_visit(self) -> bool:
        return isinstance(self._stack.currentWidget(), VisitPane)

    def ahead(self) -> tuple[Callable[[], object], ...]:
        """The pane of a visit with what is beside it, and the brief as one page."""
        return (lambda: self.sides, lambda: self.sides.rehearse(), lambda: self.reading.view)

    # ---- what the window asks

    def refresh(self, kinds: frozenset[str]) -> None:
        """Visits, people, or what was heard in a visit changed."""
        if self._made is not None and kinds & {"insight", "listening_priority"}:
            self._made.beside.refresh()
        if self._made is not None and kinds & {"safety_event", "safety_dismissal"}:
            self._made.take_reports()
        if not kinds & _KINDS:
            return
        self.list.load()
        if self.reading.on:
            self.reading.view.refresh()
        if self.reading.on or self._on_visit:
            self.pane.refresh()
            if not self.pane.heading.history.isChecked():
                self._show_brief()
        else:
            self._show_rest()

    def new(self) -> None:
        """A new visit, the keyboard in its quick line (Ctrl+N)."""
        self._open(Visit())
        self.list.view.clearSelection()
        self.pane.form.quick.setFocus()

    def show_record(self, id: uuid.UUID) -> None:
        """Show a visit."""
        self.choose(id)
        self.list.select(id)
        if self.pane.mode is Mode.EDIT:
            self.pane.form.add_note(take_note(self.desk.store, id))
            self.pane.form.focus_next()

    def point_out(self, faults: tuple[Fault, ...]) -> None:
        """Beside the fields of the visit."""
        if self.reading.on:
            self.reading.leave()
        self.pane.form.show_faults(faults, focus=True)

    def subject(self) -> tuple[str, uuid.UUID] | None:
        """The visit that is shown, once it is kept."""
        if self._made is not None:
            self._made.pane.keep_draft()
        return (Visit.kind, self.pane.visit.id) if self._on_visit and self.pane.visit.version is not None else None

    def save_draft(self) -> None:
        """Keep what was typed."""
        if self._made is not None:
            self._made.keep()

    def commands(self) -> tuple[Command, ...]:
        """Save, submit, show who and when; print the brief while it is shown."""
        if self.reading.on:
            return self.reading.commands()
        if not self._on_visit:
            return ()
        return (
            Command("Save this draft", self.pane.save, "", "check", "Ctrl+Enter"),
            Command("Submit and lock this visit", self.pane.submitting.submit, "", "lock", "Ctrl+Shift+Enter"),
            Command("Make an insight of this sentence", self._capture, "", "lightbulb", "Ctrl+I"),
            Command("Repeat the last visit with this person", self._repeat, "as it was, now", "rotate-ccw", "Ctrl+R"),
            Command("Answer the adverse event question", self.pane.form.ask_heard, "", "siren", "Alt+A"),
            Command("New medical inquiry", lambda: self._ask(ask_inquiry), "", "circle-question-mark", "Ctrl+M"),
            Command("New standing request", lambda: self._ask(ask_standing), "", "plus", "Ctrl+G"),
        )

    # ---- within

    def _ticker(self, number: int) -> Callable[[], None]:
        return lambda: self.pane.form.listening.toggle(number)

    def _capture(self) -> None:
        if self._on_visit:
            self.beside.begin()
            self._room.show_beside(True)

    def _repeat(self) -> None:
        if not self._on_visit:
            return
        if again := repeat(self.desk, self.pane):
            self.show_record(again)

    def _ask(self, what: Callable[[Desk, VisitPane], None]) -> None:
        if self._on_visit:
            what(self.desk, self.pane)

    def _flagged(self, found: Understood) -> None:
        """A line typed into the visit itself may have flags as well; the form has taken the rest of it by now."""
        if not (found.heard or found.asked):
            return
        self.pane.keep_draft()
        if self.pane.visit.version is not None:
            follow_flags(self.desk, self.pane.typed(), found, self.pane.form.topics.link_inquiry)

    def choose(self, visit_id: object) -> None:
        """Show this visit, or its brief while briefs are read; what was typed into the one before is saved."""
        if not isinstance(visit_id, uuid.UUID):
            return
        if self.reading.on:
            self.reading.read_on(visit_id)
            return
        if self._on_visit and visit_id == self.pane.visit.id:
            return
        self.pane.leave()
        visit = self.desk.store.find(Visit, visit_id)
        if visit is None:
            self._show_rest()
        else:
            self._open(visit)
            self.list.select(visit.id)  # What was left was saved, and took the mark in the list.

    def _open(self, visit: Visit) -> None:
        self.pane.show_visit(visit)
        self._stack.setCurrentWidget(self.pane)
        self.sides.watch.take_reports()
        self.pane.heading.history.setChecked(False)
        self._show_brief()
        self.beside.show_visit()
        self._room.show_beside(True)

    def resume(self) -> None:
        """Typing that a crash or a lock interrupted is what one sees first."""
        visit_id = newest(self.desk.store)
        visit = self.desk.store.find(Visit, visit_id) if visit_id else None
        if visit is not None:
            self.list.select(visit.id)
            self._open(visit)

    def _finished(self, visit: Visit) -> None:
        """A visit was saved; once it is locked nothing in it takes keys, so the keyboard goes back to the list."""
        self.list.load(select=visit.id)
        if visit.locked:
            self.list.view.setFocus()

    def _after_removal(self) -> None:
        self.list.load()
        self._show_rest()

    def _show_rest(self) -> None:
        self._stack.setCurrentWidget(self._nothing if self.list.some else self._empty)
        self._room.show_beside(False)

    def _show_brief(self) -> None:
        typed = self.pane.typed()
        self.brief.show_brief(msgspec.structs.replace(typed, id=self.pane.visit.id))

    def _work(self) -> None:
        """Enter in the list: the keyboard goes into the visit."""
        if self.reading.on:
            self.reading.leave()
        self.pane.form.focus_next()

    def _history(self, on: bool) -> None:
        self._room.show_beside(True)
        if on:
            self.brief.show_history(self.desk.store.versions(self.pane.visit.id), self.pane.visit.version)
        else:
            if self.pane.mode is Mode.OLD:
                self.pane.back()
            self._show_brief()

    def _old(self, version: uuid.UUID) -> None:
        self.pane.show_old(version)
        self.brief.show_history(self.desk.store.versions(self.pane.visit.id), version)
