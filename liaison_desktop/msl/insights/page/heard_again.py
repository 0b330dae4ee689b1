"""Who else said the same or the contrary: the votes of an insight, and a line to add one."""

from __future__ import annotations

import uuid

from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.errors import LiaisonError
from liaison_desktop.msl.directory.record import Person
from liaison_desktop.msl.insights.actions import hear_again, take_back_vote
from liaison_desktop.msl.insights.record import Insight, Vote
from liaison_desktop.store import Store
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.dates import short_day
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.inputs import LineEdit
from liaison_desktop.ui.layout import Item, column, refill, row
from liaison_desktop.ui.picker import Picker
from liaison_desktop.ui.text import elided, label, wrapped


class HeardAgain(QWidget):
    """The votes, newest last; under them from whom, a note, and +1 or −1."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._insight = desk, Insight()
        self._rows = column(gap=6)
        self.person = Picker(desk.store, Person.kind, "Heard from", "Heard again from")
        self.note = LineEdit(placeholder="In what words, if you like", name="Note to the vote")
        plus = button("+1 heard again", small=True, on_click=lambda: self._vote(1))
        minus = button("−1 the contrary", "quiet", small=True, on_click=lambda: self._vote(-1))
        self._entry = column(self.person, self.note, row(plus, minus, None, gap=4), gap=6)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        for part in (label("Heard again", "capstrong"), self._rows, self._entry):
            layout.addWidget(part)

    def show_insight(self, insight: Insight) -> None:
        """Show the votes of this one; a draft has none to give yet."""
        if insight.id != self._insight.id:
            self._clear()
        self._insight = insight
        refill(self._rows, *(self._row(vote) for vote in insight.votes))
        self._rows.setVisible(bool(insight.votes))
        self._entry.setVisible(insight.locked)
        self.setVisible(insight.locked or bool(insight.votes))

    def _row(self, vote: Vote) -> QWidget:
        person = self._desk.store.find(Person, vote.person_id)
        day = short_day(vote.at.astimezone(self._desk.clock().tzinfo).date()) if vote.at else ""
        score = f"{vote.score:+}".replace("-", "−")
        said = " · ".join(part for part in (score, person.title() if person else "", day) if part)
        under: list[Item] = [wrapped(f"“{vote.note}”", "cap", "ink2")] if vote.note else []
        if vote.by:
            under.append(elided(f"noted by {vote.by}", "cap", "ink3"))
        return column(elided(said, "sec", "ink"), *under, gap=0)

    def _vote(self, score: int) -> None:
        store = self._desk.store
        try:
            voted = hear_again(
                store, self._insight.id, score=score, person_id=self.person.value(), note=self.note.text()
            )
        except LiaisonError as error:
            self._desk.trouble(error)
            return
        self._clear()
        vote = voted.votes[-1]
        words = "Counted as heard again" if score > 0 else "Counted as the contrary"
        self._desk.toast(words, lambda: _undo(store, voted.id, vote))

    def _clear(self) -> None:
        self.person.set_value(None)
        self.note.clear()


def _undo(store: Store, insight_id: uuid.UUID, vote: Vote) -> None:
    take_back_vote(store, insight_id, vote)
