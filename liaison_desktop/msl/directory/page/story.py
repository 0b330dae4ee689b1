"""What happened with a person: everything, month by month, at home with thousands of entries."""

from __future__ import annotations

import uuid
from array import array
from collections.abc import Callable, Sequence
from typing import Protocol

import msgspec
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.empty_state import EmptyState
from liaison_desktop.ui.frames import title_line
from liaison_desktop.ui.latest import Latest
from liaison_desktop.ui.layout import panel
from liaison_desktop.ui.lists import ListRow
from liaison_desktop.ui.rows_view import RowsView
from liaison_desktop.ui.text import label
from liaison_desktop.ui.tokens import CONTEXT


class Happened(msgspec.Struct, frozen=True, kw_only=True):
    """Something that happened with a person, as another feature tells it."""

    kind: str
    id: uuid.UUID
    what: str
    facts: str
    when: str


class Story(Protocol):
    """Everything that happened with one person, the newest first; told a page at a time."""

    def months(self) -> Sequence[tuple[int, str]]:
        """Where each month begins, with its name."""
        ...

    def __len__(self) -> int:
        """How many there are."""
        ...

    def told(self, places: Sequence[int]) -> Sequence[Happened | None]:
        """What happened at these places, in this order; None for what is gone meanwhile."""
        ...


# The story of a person; with True also what names them in a row inside a record, which takes longer to find.
History = Callable[[uuid.UUID, bool], Story]


class StoryPane(QWidget):
    """The right pane of a profile. Enter or a click opens what happened.

    What an index finds is there at once; what is found inside other records follows from a worker.
    """

    def __init__(self, desk: Desk, history: History) -> None:
        super().__init__()
        self._desk, self._history = desk, history
        self._latest = Latest(desk.jobs, self)
        self._shown = 0
        self._count = label("", "sec")
        self.view = RowsView("What happened")
        self.view.set_empty(EmptyState("", "What you record about this person appears here."))
        body = panel(
            title_line("What happened", self._count, role="section"), (self.view, 1), gap=4, margins=(0, 12, 0, 0)
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(body)
        self.setFixedWidth(CONTEXT)
        self.view.opened.connect(self._open)
        self.view.clicked.connect(lambda _index: self._open(self.view.current_key()))

    def show_person(self, person_id: uuid.UUID) -> None:
        """Show what happened with somebody."""
        self._show(self._history(person_id, False))
        self._latest.ask(lambda: self._history(person_id, True), self._complete)

    def _complete(self, story: Story) -> None:
        if len(story) != self._shown:
            self._show(story)

    def _show(self, story: Story) -> None:
        self._shown = len(story)
        self._count.set_text(f"{len(story):,}" if len(story) else "")

        def rows(places: Sequence[int]) -> list[ListRow]:
            return [_row(one) for one in story.told(places)]

        self.view.rows.set_pages(array("q", range(len(story))), rows, list(story.months()))

    def _open(self, key: object) -> None:
        if isinstance(key, tuple):
            kind, id = key
            self._desk.open(kind, id)


def _row(one: Happened | None) -> ListRow:
    if one is None:
        return ListRow("No longer here")
    return ListRow(one.what, one.facts, right=one.when, key=(one.kind, one.id))
