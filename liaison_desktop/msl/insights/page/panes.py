"""What takes the place of the board, each made when it is first shown, so that the board is there at once."""

from __future__ import annotations

import functools
import uuid
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import QStackedWidget, QWidget

from liaison_desktop.msl.insights.form import Turns
from liaison_desktop.msl.insights.page.import_view import ImportView
from liaison_desktop.msl.insights.page.insight_pane import InsightPane
from liaison_desktop.msl.insights.page.questions_view import QuestionsView
from liaison_desktop.ui.desk import Desk

W = TypeVar("W", bound=QWidget)


class Panes:
    """Makes the panes. `left` is told when one goes back to the board, `imported` when an import is over.

    `bring` asks for a file of questions.
    """

    def __init__(
        self,
        desk: Desk,
        turns: Turns,
        *,
        left: Callable[[], object],
        bring: Callable[[], object],
        imported: Callable[[], object],
    ) -> None:
        self.stack = QStackedWidget()
        self._desk, self._turns = desk, turns
        self._left, self._bring, self._imported = left, bring, imported
        self._opened: InsightPane | None = None

    @functools.cached_property
    def insight(self) -> InsightPane:
        """One insight."""
        self._opened = made = InsightPane(self._desk, self._turns)
        made.left.connect(self._left)
        return self._placed(made)

    @functools.cached_property
    def questions(self) -> QuestionsView:
        """The questions we listen for."""
        return self._placed(QuestionsView(self._desk, left=self._left, bring=self._bring))

    @functools.cached_property
    def importing(self) -> ImportView:
        """A file to bring in."""
        return self._placed(ImportView(self._desk, left=self._imported))

    def _placed(self, made: W) -> W:
        self.stack.addWidget(made)
        return made

    @property
    def last(self) -> uuid.UUID | None:
        """The insight that was opened last."""
        return self._opened.insight.id if self._opened is not None else None

    def keep_draft(self) -> None:
        """Make what was typed into an insight durable now."""
        if self._opened is not None:
            self._opened.keep_draft()

    def put_down(self) -> None:
        """Save or keep what was typed into an insight, as before something else is shown."""
        if self._opened is not None:
            self._opened.leave()
