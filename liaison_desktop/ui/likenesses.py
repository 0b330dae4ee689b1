"""A list that comes while one types: what is like the words, looked for on a worker once the keys rest."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.latest import Latest
from liaison_desktop.ui.layout import column, refill
from liaison_desktop.ui.text import label

_PAUSE = 120  # ms without a key before it is looked for


class Likenesses(QWidget):
    """A line that says what was found, and a card for each; hidden while there is nothing.

    What it is for says `question`, the work of looking, and `answer`, which shows what was found by `show_cards`.
    """

    settled = Signal()  # an answer is on the screen

    def __init__(self, desk: Desk, *, above: int = 0, gap: int) -> None:
        super().__init__()
        self._desk = desk
        self._latest = Latest(desk.jobs, self)
        self._text, self._but = "", uuid.UUID(int=0)
        self._timer = QTimer(self, interval=_PAUSE, singleShot=True)
        self._timer.timeout.connect(self._look)
        self._head, self._body = label("", "capstrong"), column(gap=gap)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, above, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._head)
        layout.addWidget(self._body)
        self.hide()

    def question(self, text: str, but: uuid.UUID) -> Callable[[], Sequence[Any]]:
        """The work of looking for what is like this text, done on a worker."""
        raise NotImplementedError

    def answer(self, found: Sequence[Any]) -> None:
        """Show what was found."""
        raise NotImplementedError

    def look_for(self, text: str, but: uuid.UUID) -> None:
        """Look for what is like this text, once the keys rest; `but` is the record that is written."""
        if (text, but) != (self._text, self._but):
            self._text, self._but = text, but
            self._timer.start()

    def stop(self) -> None:
        """Look no more, as for words that stand."""
        self._timer.stop()
        self.answer(())

    def show_cards(self, words: str, cards: Sequence[QWidget]) -> None:
        """Say this above these cards."""
        self._head.set_text(words)
        refill(self._body, *cards)
        self.setVisible(bool(cards))
        self.settled.emit()

    def _look(self) -> None:
        self._latest.ask(self.question(self._text, self._but), self.answer)
