"""You are not the first: what was asked before in nearly these words, looked for while one types."""

from __future__ import annotations

import functools
import uuid
from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.msl.directory.page import Latest
from liaison_desktop.msl.inquiries.queries import Asked, asked_before
from liaison_desktop.policies import policy_of
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.dates import plain_day
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.layout import card, column, refill, row
from liaison_desktop.ui.text import elided, label, wrapped

_PAUSE = 120  # ms without a key before it is looked for


class AskedBefore(QWidget):
    """Up to three likenesses. `taken` carries the one that is to be used here, `opened` the one to look at."""

    taken = Signal(object)  # Asked
    opened = Signal(object)  # Asked
    settled = Signal()  # an answer is on the screen

    def __init__(self, desk: Desk, take: str, *, answered: bool = False) -> None:
        super().__init__()
        self._desk, self._take, self._answered = desk, take, answered
        self._latest = Latest(desk.jobs, self)
        self._text, self._but = "", uuid.UUID(int=0)
        self.found: tuple[Asked, ...] = ()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._look)
        self._head = label("", "capstrong")
        self._body = column(gap=6)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._head)
        layout.addWidget(self._body)
        self.hide()

    def look_for(self, text: str, but: uuid.UUID) -> None:
        """Look for what is like this text, once the keys rest; `but` is the inquiry that is written."""
        if (text, but) != (self._text, self._but):
            self._text, self._but = text, but
            self._timer.start()

    def stop(self) -> None:
        """Look no more, as for a question that stands."""
        self._timer.stop()
        self._show(())

    def _look(self) -> None:
        store, text, but = self._desk.store, self._text, self._but
        least = policy_of(store).number("similar_score")
        self._latest.ask(lambda: asked_before(store, text, but=but, least=least), self._show)

    def _show(self, found: Sequence[Asked]) -> None:
        self.found = tuple(one for one in found if one.answer is not None or not self._answered)
        count = len(self.found)
        what = "answered before" if self._answered else "asked before"
        self._head.set_text(f"{what.capitalize()}: {count} alike" if count > 1 else f"{what.capitalize()}, nearly so")
        refill(self._body, *(self._card(one) for one in self.found))
        self.setVisible(bool(self.found))
        self.settled.emit()

    def _card(self, one: Asked) -> QWidget:
        day = plain_day(one.inquiry.received_at.date()) if one.inquiry.received_at else ""
        answered = (one.answer.document() or one.answer.references) if one.answer else ""
        facts = (one.inquiry.number, day, one.inquiry.status.label.lower(), answered)
        take = button(self._take, small=True, name=f"{self._take}: {one.question.verbatim}")
        take.clicked.connect(functools.partial(self._taken, one))
        look = button("Open", "quiet", small=True, name=f"Open {one.inquiry.number}")
        look.clicked.connect(functools.partial(self._opened, one))
        return card(
            wrapped(f"“{one.question.verbatim.strip()}”", "sec", "ink"),
            row((elided(" · ".join(part for part in facts if part), "cap", "ink2"), 1), take, look, gap=4),
            gap=2,
            margins=(12, 8, 8, 6),
        )

    def _taken(self, one: Asked, _on: bool = False) -> None:
        self.taken.emit(one)

    def _opened(self, one: Asked, _on: bool = False) -> None:
        self.opened.emit(one)
