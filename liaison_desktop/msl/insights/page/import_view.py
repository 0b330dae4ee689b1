"""A file that brings receipts or questions: read in a process of its own, shown row by row, taken whole or not at all."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.errors import Fault, LiaisonError
from liaison_desktop.interop import Table, read_table
from liaison_desktop.msl.insights.actions import import_feedback, import_priorities, take_back_priorities
from liaison_desktop.msl.insights.queries import by_number
from liaison_desktop.msl.insights.record import Insight
from liaison_desktop.msl.insights.rules import FeedbackRow, PriorityRow, feedback_rows, priority_rows
from liaison_desktop.msl.materials.queries import products
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.chips import ChipSpec
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.empty_state import EmptyState
from liaison_desktop.ui.frames import action_bar
from liaison_desktop.ui.layout import hairline, panel, row
from liaison_desktop.ui.lists import ListRow
from liaison_desktop.ui.rows_view import RowsView
from liaison_desktop.ui.text import elided, label

PATTERNS = "Lists (*.csv *.json *.xlsx *.txt);;All files (*)"


class Kind(Protocol):
    """What a file may bring: how its rows are read and saved."""

    title: str
    ask: str
    one: str
    many: str

    def read(self, desk: Desk, table: Table) -> Sequence[FeedbackRow | PriorityRow]:
        """The rows of a table."""
        ...

    def show(self, one: FeedbackRow | PriorityRow) -> ListRow:
        """A sound row of the preview."""
        ...

    def save(self, desk: Desk, rows: Sequence[FeedbackRow | PriorityRow]) -> Callable[[], object] | None:
        """Save them all; what takes them back, if anything does."""
        ...


class Receipts:
    """Receipts: matched to an insight by its number or its id."""

    title, ask, one, many = "Import receipts", "Import what came back about insights", "receipt", "receipts"

    def read(self, desk: Desk, table: Table) -> Sequence[FeedbackRow | PriorityRow]:
        """Each row with the insight it is about."""
        return feedback_rows(table, lambda said: _insight(desk, said))

    def show(self, one: FeedbackRow | PriorityRow) -> ListRow:
        """What changed, and about which insight."""
        assert isinstance(one, FeedbackRow)
        about = one.insight.title() if one.insight else ""
        facts = " · ".join(part for part in (one.said, about) if part)
        return ListRow(one.feedback.title(), facts, ChipSpec("New", "green", "plus"), f"row {one.number}", one.number)

    def save(self, desk: Desk, rows: Sequence[FeedbackRow | PriorityRow]) -> Callable[[], object] | None:
        """Save them; a receipt is kept as it came, so nothing takes it back."""
        import_feedback(desk.store, [one.feedback for one in rows if isinstance(one, FeedbackRow)])
        return None


class Questions:
    """Questions to listen for."""

    title, ask, one, many = "Import questions", "Import a list of questions", "question", "questions"

    def read(self, desk: Desk, table: Table) -> Sequence[FeedbackRow | PriorityRow]:
        """Each row as a question."""
        known = {one.name.casefold(): one.id for one in products(desk.store).values()}
        return priority_rows(table, lambda name: known.get(name.casefold()))

    def show(self, one: FeedbackRow | PriorityRow) -> ListRow:
        """The question, and who asks."""
        assert isinstance(one, PriorityRow)
        held = one.priority
        right = f"row {one.number}"
        return ListRow(
            held.title(), f"{held.facts()} · rank {held.rank}", ChipSpec("New", "green", "plus"), right, one.number
        )

    def save(self, desk: Desk, rows: Sequence[FeedbackRow | PriorityRow]) -> Callable[[], object] | None:
        """Save them, and offer to take them back."""
        saved = import_priorities(desk.store, [one.priority for one in rows if isinstance(one, PriorityRow)])
        return lambda: take_back_priorities(desk.store, saved)


class ImportView(QWidget):
    """Nothing is written before the last button, and nothing at all while one row has a fault."""

    def __init__(self, desk: Desk, *, left: Callable[[], object]) -> None:
        super().__init__()
        self._desk, self._left = desk, left
        self._kind: Kind = Receipts()
        self.found: Sequence[FeedbackRow | PriorityRow] = ()
        self.trouble = ""  # why the file cannot be taken at all
        self._title, self._sub = label("", "title"), elided("", "sec")
        self.rows = RowsView("Rows of the file")
        self._summary = elided("", "sec")
        self.go = button("Import", "primary", "check", on_click=self.bring_in)
        head = panel(row(self._title, None), self._sub, gap=2, margins=(24, 12, 24, 10))
        foot = action_bar((self._summary, 1), button("Cancel", on_click=left), self.go)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        body = panel((self.rows, 1), margins=(16, 8, 16, 8))
        for widget, stretch in ((head, 0), (hairline(), 0), (body, 1), (hairline(), 0), (foot, 0)):
            layout.addWidget(widget, stretch)

    def ask(self, kind: Kind) -> bool:
        """Ask for a file and start to read it; False if the person thought better of it."""
        path = self._desk.files.open_file(kind.ask, PATTERNS)
        if path is not None:
            self.read(path, kind)
        return path is not None

    def read(self, path: Path, kind: Kind) -> None:
        """Read a file away from the window, then show what is in it."""
        self._kind, self.found = kind, ()
        self._title.set_text(kind.title)
        self._sub.set_text(path.name)
        self._say("Reading the file …", "The file is read in a process of its own.")
        self._desk.jobs.run(
            lambda: read_table(path),
            owner=self,
            then=self._show,
            otherwise=lambda error: self._say("This file cannot be read", str(error)),
        )

    def _say(self, title: str, words: str) -> None:
        self.trouble = words
        self.rows.set_empty(EmptyState(title, words))
        self.rows.rows.set_rows([])
        self._summary.set_text("Nothing is saved yet.")
        self.go.setEnabled(False)
        self.go.set_text("Import")

    def _show(self, table: Table) -> None:
        self.found = self._kind.read(self._desk, table)
        self.rows.rows.set_rows([_faulty(one) if one.faults else self._kind.show(one) for one in self.found])
        bad = sum(bool(one.faults) for one in self.found)
        count = len(self.found)
        words = f"{count:,} {self._kind.one if count == 1 else self._kind.many}"
        self.go.set_text(f"Import {words}")
        self.go.setEnabled(bool(count) and not bad)
        if not count:
            self._say("No rows", "The file holds a header and nothing below it.")
        elif bad:
            rows = "row has" if bad == 1 else "rows have"
            self._summary.set_text(
                f"{bad:,} {rows} a fault. A file is taken whole or not at all: mend it and choose it again."
            )
        else:
            self._summary.set_text("Every row is sound. Nothing is saved yet.")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape thinks better of it."""
        if event.key() == Qt.Key.Key_Escape:
            self._left()
        else:
            super().keyPressEvent(event)

    def bring_in(self) -> None:
        """Save them all in one transaction."""
        count = len(self.found)
        if not count or any(one.faults for one in self.found):
            return
        try:
            undo = self._kind.save(self._desk, self.found)
        except LiaisonError as error:
            self._summary.set_text(f"Nothing was imported. {error}")
            return
        words = f"{count:,} {self._kind.one if count == 1 else self._kind.many} imported"
        self.found = ()
        self._left()
        self._desk.toast(words, (lambda: _quietly(undo)) if undo is not None else None)


def _quietly(undo: Callable[[], object]) -> None:
    undo()


def _faulty(one: FeedbackRow | PriorityRow) -> ListRow:
    name = one.feedback.title() if isinstance(one, FeedbackRow) else one.priority.title()
    first: Fault = one.faults[0]
    more = f" (and {len(one.faults) - 1} more)" if len(one.faults) > 1 else ""
    return ListRow(
        name, f"{first.message}{more}", ChipSpec("Fault", "red", "circle-alert"), f"row {one.number}", one.number
    )


def _insight(desk: Desk, said: str) -> Insight | None:
    try:
        return desk.store.find(Insight, uuid.UUID(said))
    except ValueError:
        return by_number(desk.store, said)
