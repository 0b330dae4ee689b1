"""What was heard before: looked for while one types, and taken as +1 instead of written down twice."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from liaison_desktop.msl.insights.queries import Similar, similar_insights
from liaison_desktop.msl.insights.record import Insight, LinkKind
from liaison_desktop.policies import policy_of
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.chips import ChipSpec
from liaison_desktop.ui.dates import short_day
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.layout import card, column, row
from liaison_desktop.ui.likenesses import Likenesses
from liaison_desktop.ui.suggest import ChoiceLine, Option
from liaison_desktop.ui.text import elided, wrapped


class SimilarList(Likenesses):
    """Up to three likenesses. `heard_again`, `denied` and `linked` carry what a person did with one of them."""

    heard_again = Signal(object)  # Insight
    denied = Signal(object)  # Insight
    linked = Signal(object, object)  # Insight, LinkKind

    def __init__(self, desk: Desk, *, links: bool = True) -> None:
        super().__init__(desk, gap=8)
        self._links = links
        self.found: tuple[Similar, ...] = ()

    def question(self, text: str, but: uuid.UUID) -> Callable[[], Sequence[Similar]]:
        """Nearly the same words in another insight."""
        store = self._desk.store
        least = policy_of(store).number("similar_score")
        return lambda: similar_insights(store, text, but=but, least=least)

    def answer(self, found: Sequence[Similar]) -> None:
        """A card for each."""
        self.found = tuple(found)
        count = len(self.found)
        words = f"{count} similar {'insight' if count == 1 else 'insights'} in your store"
        self.show_cards(words, [self._card(one.insight) for one in self.found])

    def _card(self, insight: Insight) -> QWidget:
        day = short_day(insight.heard_at.date()) if insight.heard_at else ""
        votes = f"+{insight.heard_again}" if insight.heard_again > 0 else ""
        facts = " · ".join(part for part in (insight.number, day, insight.status.label, votes) if part)
        plus = button("+1", small=True, name=f"Heard again: {insight.title()}")
        plus.setAutoDefault(True)  # Enter, too, takes it as heard again.
        plus.clicked.connect(lambda _on=False: self.heard_again.emit(insight))
        if not self._links:
            words = column(wrapped(insight.title(), "sec", "ink"), elided(facts, "cap", "ink3"), gap=0)
            return row((words, 1), (plus, Qt.AlignmentFlag.AlignTop), gap=8)
        minus = button("−1", "quiet", small=True, name=f"The contrary was heard: {insight.title()}")
        minus.clicked.connect(lambda _on=False: self.denied.emit(insight))
        link = ChoiceLine([Option(how, how.label) for how in LinkKind], "Link as …", f"Link with {insight.title()}")
        link.setFixedWidth(150)
        link.changed.connect(lambda how: self._link(insight, how))
        return card(
            wrapped(insight.title(), "secm", "ink"),
            elided(facts, "cap", "ink3"),
            row(plus, minus, None, link, gap=4),
            gap=2,
            margins=(12, 8, 8, 8),
        )

    def _link(self, insight: Insight, how: object) -> None:
        if isinstance(how, LinkKind):
            self.linked.emit(insight, how)


def chip_of_votes(insight: Insight) -> ChipSpec | None:
    """How often it was heard again, if it was."""
    again = insight.heard_again
    return ChipSpec(f"{again:+}", "accent" if again > 0 else "amber") if again else None
