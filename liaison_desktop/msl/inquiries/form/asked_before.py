"""You are not the first: what was asked before in nearly these words, looked for while one types."""

from __future__ import annotations

import functools
import uuid
from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from liaison_desktop.msl.inquiries.queries import Asked, asked_before
from liaison_desktop.policies import policy_of
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.dates import plain_day
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.layout import card, row
from liaison_desktop.ui.likenesses import Likenesses
from liaison_desktop.ui.text import elided, wrapped


class AskedBefore(Likenesses):
    """Up to three likenesses. `taken` carries the one that is to be used here, `opened` the one to look at."""

    taken = Signal(object)  # Asked
    opened = Signal(object)  # Asked

    def __init__(self, desk: Desk, take: str, *, answered: bool = False) -> None:
        super().__init__(desk, above=4, gap=6)
        self._take, self._answered = take, answered
        self.found: tuple[Asked, ...] = ()

    def question(self, text: str, but: uuid.UUID) -> Callable[[], Sequence[Asked]]:
        """Nearly the same question in another inquiry."""
        store = self._desk.store
        least = policy_of(store).number("similar_score")
        return lambda: asked_before(store, text, but=but, least=least)

    def answer(self, found: Sequence[Asked]) -> None:
        """A card for each; where an answer is wanted, for those that have one."""
        self.found = tuple(one for one in found if one.answer is not None or not self._answered)
        count = len(self.found)
        what = "Answered before" if self._answered else "Asked before"
        words = f"{what}: {count} alike" if count > 1 else f"{what}, nearly so"
        self.show_cards(words, [self._card(one) for one in self.found])

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
