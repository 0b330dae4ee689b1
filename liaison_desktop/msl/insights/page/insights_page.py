"""Insights: the board or the list, one of them opened, the questions we listen for, and files that bring answers."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import ClassVar

from PySide6.QtGui import QFocusEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from liaison_desktop.errors import Fault
from liaison_desktop.msl.insights.actions import begin_insight
from liaison_desktop.msl.insights.form import Turns
from liaison_desktop.msl.insights.form.kept import newest
from liaison_desktop.msl.insights.page.board import Board
from liaison_desktop.msl.insights.page.import_view import ImportView, Kind, Questions, Receipts
from liaison_desktop.msl.insights.page.insight_list import InsightList
from liaison_desktop.msl.insights.page.insight_pane import InsightPane
from liaison_desktop.msl.insights.page.panes import Panes
from liaison_desktop.msl.insights.page.questions_view import QuestionsView
from liaison_desktop.msl.insights.queries import InsightFilter, count_insights, priorities
from liaison_desktop.msl.insights.record import Category, Insight, ListeningPriority
from liaison_desktop.msl.materials.queries import products
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.chips import KeyCap
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.frames import page_header
from liaison_desktop.ui.inputs import line_edit
from liaison_desktop.ui.layout import column, row
from liaison_desktop.ui.page import Page
from liaison_desktop.ui.segmented import Segmented
from liaison_desktop.ui.suggest import ChoiceLine, Option
from liaison_desktop.ui.text import label
from liaison_desktop.ui.workspace import Command

ANSWERING = frozenset({"safety_event", "safety_dismissal"})
KINDS = frozenset({"insight", "insight_feedback", "listening_priority", "person", "product"})


class InsightsPage(Page):
    """Ctrl+N captures one; on the board arrows move and Enter opens; Ctrl+Enter saves, Ctrl+Shift+Enter sends."""

    key: ClassVar[str] = "insights"
    title: ClassVar[str] = "Insights"
    icon: ClassVar[str] = "lightbulb"

    def __init__(self, desk: Desk, turns: Turns) -> None:
        super().__init__(desk)
        self.search = line_edit(placeholder="Search insights", icon="search", quiet=True)
        self.search.setFixedWidth(240)
        self.shape = Segmented([("board", "Board"), ("list", "List")], stretch=False, name="Show as", clears=False)
        self.shape.set_value("board")
        self.category = ChoiceLine([Option(one, one.label) for one in Category], "Any category", "Category")
        self.priority = ChoiceLine([], "Any question", "Question")
        self.product = ChoiceLine([], "Any product", "Product")
        for line in (self.category, self.priority, self.product):
            line.setFixedWidth(176)
        self.board, self.list = Board(desk), InsightList(desk)
        self.panes = Panes(
            desk, turns, left=self.show_all, bring=lambda: self.bring(Questions()), imported=self._after_import
        )
        self._stack = self.panes.stack
        self._kind: Kind = Receipts()
        self._all, self._shapes, self._first = QWidget(), QStackedWidget(), self._nothing()
        self._lay()
        self._connect()
        self.load()

    @property
    def pane(self) -> InsightPane:
        """The pane of an insight."""
        return self.panes.insight

    @property
    def questions(self) -> QuestionsView:
        """The questions we listen for."""
        return self.panes.questions

    @property
    def importing(self) -> ImportView:
        """A file to bring in."""
        return self.panes.importing

    def ahead(self) -> tuple[Callable[[], object], ...]:
        """The panes, the one that is shown first before the others."""
        return (lambda: self.pane, lambda: self.questions, lambda: self.importing)

    def _lay(self) -> None:
        self._capture = button("Capture an insight", "primary", "lightbulb", on_click=self.new)
        asked = button("Questions", icon="ear", on_click=self.show_questions)
        head = page_header("Insights", self.search, self.shape, asked, self._capture)
        self._filters = row(self.category, self.priority, self.product, None, margins=(24, 0, 24, 8))
        for shape in (self.board, self.list):
            self._shapes.addWidget(shape)
        inner = QVBoxLayout(self._all)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        for widget, stretch in ((head, 0), (self._filters, 0), (self._shapes, 1), (self._first, 1)):
            inner.addWidget(widget, stretch)
        self._stack.addWidget(self._all)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)

    def _connect(self) -> None:
        self.search.textEdited.connect(lambda _text: self.load())
        self.search.returnPressed.connect(self.focus_rows)
        self.shape.changed.connect(lambda _value: self.load())
        for line in (self.category, self.priority, self.product):
            line.changed.connect(lambda _value: self.load())
        self.board.opened.connect(self._open_id)
        self.list.opened.connect(self._open_id)
        for keys, act in (
            ("Ctrl+Return", self._save),
            ("Ctrl+Enter", self._save),
            ("Ctrl+Shift+Return", lambda: self.pane.steps.send()),
            ("Ctrl+Shift+Enter", lambda: self.pane.steps.send()),
        ):
            QShortcut(QKeySequence(keys), self, act)

    def _nothing(self) -> QWidget:
        keys = row(
            None,
            label("Select a sentence in any visit and press", "sec"),
            KeyCap("Ctrl+I"),
            label("or start here", "sec"),
            None,
        )
        start = button("Capture an insight", "primary", "lightbulb", on_click=self.new)
        start.setFixedHeight(36)
        words = label("An insight is something a doctor said that should change what we do.", "section")
        return column(None, row(None, words, None), keys, 8, row(None, start, None), None, None, gap=8)

    # ---- what the window asks

    def refresh(self, kinds: frozenset[str]) -> None:
        """Insights, receipts, questions or people changed, or something was answered at the radar."""
        shown = self._stack.currentWidget()
        if kinds & ANSWERING and isinstance(shown, InsightPane):
            shown.take_settled()
        if not kinds & KINDS:
            return
        if isinstance(shown, InsightPane):
            shown.refresh()
        elif isinstance(shown, QuestionsView):
            shown.load()
        self.load()

    def new(self) -> None:
        """Capture an insight (Ctrl+N), or a question where questions are shown."""
        if isinstance(shown := self._stack.currentWidget(), QuestionsView):
            shown.new()
            return
        self.open(begin_insight(self.desk.store))
        self.pane.form.focus_on("headline")

    def show_record(self, id: uuid.UUID) -> None:
        """Show an insight or a question."""
        insight = self.desk.store.find(Insight, id)
        if insight is not None:
            self._open_id(insight.id)
        elif self.desk.store.find(ListeningPriority, id) is not None:
            self.show_questions()
            self.questions.show_priority(id)

    def point_out(self, faults: tuple[Fault, ...]) -> None:
        """Beside the fields of the insight that is shown."""
        self.pane.form.show_faults(faults, focus=True)

    def subject(self) -> tuple[str, uuid.UUID] | None:
        """The insight that is shown."""
        shown = self._stack.currentWidget()
        return (Insight.kind, shown.insight.id) if isinstance(shown, InsightPane) else None

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard comes to the page: it goes on to the board or the list."""
        super().focusInEvent(event)
        if self._stack.currentWidget() is self._all:
            self.focus_rows()

    def save_draft(self) -> None:
        """Keep what was typed."""
        self.panes.keep_draft()

    def commands(self) -> tuple[Command, ...]:
        """Questions, imports."""
        shown = self._stack.currentWidget()
        own = shown.commands() if isinstance(shown, InsightPane) else ()
        return (
            *own,
            Command("Questions we listen for", self.show_questions, "", "ear"),
            Command("Import receipts of insights", lambda: self.bring(Receipts()), "CSV, JSON or Excel", "upload"),
            Command("Import questions to listen for", lambda: self.bring(Questions()), "CSV, JSON or Excel", "upload"),
        )

    # ---- showing

    def wanted(self) -> InsightFilter:
        """What the lines above narrow to."""
        category, priority, product = (line.value() for line in (self.category, self.priority, self.product))
        return InsightFilter(
            text=self.search.text(),
            category=category if isinstance(category, Category) else None,
            priority_id=priority if isinstance(priority, uuid.UUID) else None,
            product_id=product if isinstance(product, uuid.UUID) else None,
        )

    def load(self) -> None:
        """Read board or list again."""
        store = self.desk.store
        some, as_list = bool(count_insights(store)), self.shape.value() == "list"
        asked = [Option(one.id, one.title(), one.facts()) for one in priorities(store)]
        made = [Option(one.id, one.name) for one in products(store).values()]
        self.priority.offer(asked)
        self.product.offer(made)
        for part in (self._filters, self.shape, self._capture):
            part.setVisible(some)
        self._first.setVisible(not some)
        self._shapes.setVisible(some or not as_list)
        self._shapes.setMaximumHeight(16_777_215 if some else 168)
        self._shapes.setCurrentWidget(self.list if as_list and some else self.board)
        (self.list if as_list and some else self.board).load(self.wanted())

    def open(self, insight: Insight) -> None:
        """Show one insight in place of the board."""
        self.pane.show_insight(insight)
        self._stack.setCurrentWidget(self.pane)

    def show_all(self) -> None:
        """The board or the list again, the keyboard where it was."""
        self.load()
        self._stack.setCurrentWidget(self._all)
        self.focus_rows()

    def show_questions(self) -> None:
        """The questions we listen for."""
        self.panes.put_down()
        self.questions.load()
        self._stack.setCurrentWidget(self.questions)
        self.questions.view.setFocus()
        if self.questions.view.current_key() is None:
            self.questions.view.select_first()

    def bring(self, kind: Kind) -> None:
        """Import a file."""
        self.panes.put_down()
        self._kind = kind
        if self.importing.ask(kind):
            self._stack.setCurrentWidget(self.importing)
            self.importing.rows.setFocus()

    def focus_rows(self) -> None:
        """Put the keyboard on the board or into the list."""
        if self._shapes.currentWidget() is self.list:
            self.list.view.setFocus()
            if self.list.view.current_key() is None:
                self.list.view.select_first()
        elif not self.board.focus_on(self.panes.last):
            self.search.setFocus()

    # ---- within

    def _open_id(self, insight_id: object) -> None:
        found = self.desk.store.find(Insight, insight_id) if isinstance(insight_id, uuid.UUID) else None
        if found is not None:
            self.open(found)
            self.pane.focus_next()

    def resume(self) -> None:
        """Typing that a crash or a lock interrupted is what one sees first."""
        insight_id = newest(self.desk.store)
        if insight_id is None:
            return
        found = self.desk.store.find(Insight, insight_id)
        self.open(found or Insight(id=insight_id))

    def _save(self) -> None:
        shown = self._stack.currentWidget()
        if isinstance(shown, InsightPane):
            shown.side.save_receipt() if shown.side.entering else shown.save()
        elif isinstance(shown, QuestionsView):
            shown.save()
        elif isinstance(shown, ImportView) and shown.go.isEnabled():
            shown.bring_in()

    def _after_import(self) -> None:
        if isinstance(self._kind, Questions):
            self.show_questions()
        else:
            self.show_all()
