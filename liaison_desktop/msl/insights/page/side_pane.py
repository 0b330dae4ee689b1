"""Beside an insight: what came back, what is like it, how it is linked, and who heard it again."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from liaison_desktop.errors import LiaisonError, Refused
from liaison_desktop.msl.directory.record import Person
from liaison_desktop.msl.insights.actions import (
    hear_again,
    record_feedback,
    take_back_vote,
    tell_source,
)
from liaison_desktop.msl.insights.form import FeedbackForm, SimilarList
from liaison_desktop.msl.insights.page.heard_again import HeardAgain
from liaison_desktop.msl.insights.page.links_part import LinksPart
from liaison_desktop.msl.insights.page.looks import receipt_card
from liaison_desktop.msl.insights.queries import Receipt, feedback_of
from liaison_desktop.msl.insights.record import Insight, InsightFeedback
from liaison_desktop.store import Store
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.layout import Item, card, column, hairline, panel, refill, row, scroll
from liaison_desktop.ui.text import label, wrapped

WIDE = 336


class SidePane(QWidget):
    """Everything about one insight that is not its own words."""

    def __init__(self, desk: Desk, *, typed: Callable[[], Insight], left: Callable[[], object]) -> None:
        super().__init__()
        self._desk, self._typed, self._left = desk, typed, left
        self._insight = Insight()
        self.similar = SimilarList(desk)
        self.receipt = FeedbackForm(desk.store)
        self._add = button("Add a receipt", "link", "plus", small=True, on_click=self.add_receipt)
        self._entry = card(
            self.receipt,
            row(
                None,
                button("Cancel", small=True, on_click=self._close_entry),
                button("Save receipt", "primary", small=True, on_click=self.save_receipt),
            ),
            margins=(12, 10, 12, 12),
        )
        self._entry.hide()
        self._back = column(gap=0)
        self.links, self.votes = LinksPart(desk), HeardAgain(desk)
        body = panel(
            row(label("What came back", "section"), None, self._add),
            self._entry,
            self._back,
            self.similar,
            self.links,
            self.votes,
            None,
            gap=12,
            margins=(16, 12, 16, 16),
        )
        body.setObjectName("beside")  # so that the pane keeps its own fill
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll(body))
        self.setFixedWidth(WIDE)
        self.similar.heard_again.connect(self._again)
        self.similar.denied.connect(lambda other: self._again(other, -1))
        self.similar.linked.connect(lambda other, how: self.links.link(other.id, how))

    def show_insight(self, insight: Insight) -> None:
        """Show what belongs to this insight."""
        if insight.id != self._insight.id:
            self._close_entry()
        self._insight = insight
        self._add.setVisible(insight.locked)
        store, zone = self._desk.store, self._desk.clock().tzinfo
        person = store.find(Person, insight.person_id)
        name = person.title() if person else ""
        cards: list[Item] = []
        for one in feedback_of(store, insight.id):
            made = receipt_card(Receipt(one, insight, name), zone, lambda b=one: self._tell(b), on_open=None)  # type: ignore[misc]
            cards += [made] if not cards else [hairline(), made]
        waits = "Nothing came back yet." if insight.locked else "Send it, and what comes back stands here."
        refill(self._back, card(*cards, gap=0, margins=0) if cards else wrapped(waits, "sec", "ink2"))
        self.links.show_insight(insight)
        self.votes.show_insight(insight)

    @property
    def entering(self) -> bool:
        """Whether a receipt is being typed, so that Ctrl+Enter saves that."""
        here = QApplication.focusWidget()
        return here is not None and self._entry.isAncestorOf(here)

    def look_for(self, insight: Insight) -> None:
        """Look for what is like the words typed."""
        self.similar.look_for(f"{insight.headline} {insight.quote}".strip(), insight.id)

    def add_receipt(self) -> None:
        """Open the form of a receipt."""
        empty = InsightFeedback(insight_id=self._insight.id, at=self._desk.today())
        self.receipt.begin(empty, self._insight.status)
        self._entry.show()
        self.receipt.editor("from_function").setFocus()

    def save_receipt(self) -> None:
        """Save what was typed."""
        if unread := self.receipt.unread():
            self.receipt.show_faults(unread)
            return
        try:
            record_feedback(self._desk.store, self.receipt.feedback())
        except Refused as refused:
            self.receipt.show_faults(refused.faults)
            return
        except LiaisonError as error:
            self._desk.trouble(error)
            return
        self._close_entry()
        self._desk.toast("Receipt saved")

    def _close_entry(self) -> None:
        self._entry.hide()

    def _tell(self, feedback: InsightFeedback) -> None:
        store = self._desk.store
        tell_source(store, feedback.id)
        self._desk.toast("Marked as told", lambda: _untell(store, feedback.id))

    def _again(self, other: Insight, score: int = 1) -> None:
        """+1 on the other one, and a draft that says nothing more is put away; −1 says the contrary, and both stay."""
        typed, store = self._typed(), self._desk.store
        voted = hear_again(
            store, other.id, score=score, person_id=typed.person_id, visit_id=typed.visit_id, note=typed.quote
        )
        vote = voted.votes[-1]

        def undo() -> None:
            take_back_vote(store, other.id, vote)

        self._desk.toast("Counted as heard again" if score > 0 else "Counted as the contrary", undo)
        if score > 0 and not typed.locked:
            self._left()


def _untell(store: Store, feedback_id: uuid.UUID) -> None:
    tell_source(store, feedback_id, told=False)
