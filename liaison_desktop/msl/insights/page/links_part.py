"""How an insight stands to others, both ways, and a line to link it with any other."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.errors import LiaisonError
from liaison_desktop.msl.insights.actions import link_insights, unlink_insights
from liaison_desktop.msl.insights.queries import linking_to
from liaison_desktop.msl.insights.record import Insight, LinkKind
from liaison_desktop.store import Store
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.cards import CardRow
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.layout import Item, column, refill, row
from liaison_desktop.ui.picker import Picker
from liaison_desktop.ui.suggest import ChoiceLine, Option
from liaison_desktop.ui.text import label

# How the same link reads from its other end.
_BACK = {
    LinkKind.SIMILAR: "Similar to",
    LinkKind.SUPPORTS: "Supported by",
    LinkKind.CONTRADICTS: "Contradicted by",
    LinkKind.SUPERSEDES: "Its place is taken by",
}


class LinksPart(QWidget):
    """Rows that open the other insight, each with a button that takes the link away."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._insight = desk, Insight()
        self._rows = column(gap=2)
        self.how = ChoiceLine([Option(how, how.label) for how in LinkKind], "Link as …", "Link as")
        self.other = Picker(desk.store, Insight.kind, "Which insight", "Insight to link with")
        self.other.changed.connect(lambda _id: self._chosen())
        self.how.changed.connect(lambda _how: self._chosen())
        self._entry = column(self.how, self.other, gap=6)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        for part in (label("Linked with", "capstrong"), self._rows, self._entry):
            layout.addWidget(part)

    def show_insight(self, insight: Insight) -> None:
        """Show the links of this one; only what is saved can be linked."""
        if insight.id != self._insight.id:
            self._clear()
        self._insight, store = insight, self._desk.store
        rows: list[Item] = []
        for link in insight.links:
            other = store.find(Insight, link.insight_id)
            if other is not None:
                same = " · counted as the same" if insight.similar_to_id == other.id else ""
                drop = button("", "quiet", "x", small=True, name=f"Take the link away: {other.title()}")
                drop.clicked.connect(lambda _on=False, key=other.id: self._drop(key))
                rows.append(row((self._row(other, f"{link.link_kind.label}{same}"), 1), drop, gap=0))
        rows += [self._row(other, _BACK[how]) for other, how in linking_to(store, insight.id)]
        refill(self._rows, *rows)
        self._rows.setVisible(bool(rows))
        self.setVisible(insight.version is not None)

    def link(self, other_id: uuid.UUID, how: LinkKind) -> None:
        """Link it, and offer to undo that."""
        store, mine = self._desk.store, self._insight.id
        if store.find(Insight, mine) is None:
            self._desk.toast("Save this insight first, then link it")
            return
        try:
            link_insights(store, mine, other_id, how)
        except LiaisonError as error:
            self._desk.trouble(error)
            return
        self._desk.toast("Linked", lambda: _unlink(store, mine, other_id))

    def _chosen(self) -> None:
        other, how = self.other.value(), self.how.value()
        if other is not None and isinstance(how, LinkKind):
            self._clear()
            self.link(other, how)

    def _drop(self, other_id: uuid.UUID) -> None:
        unlink_insights(self._desk.store, self._insight.id, other_id)
        self._desk.toast("Link taken away")

    def _clear(self) -> None:
        self.other.set_value(None)
        self.how.set_value(None)

    def _row(self, other: Insight, how: str) -> QWidget:
        return CardRow(other.title(), f"{how} · {other.number}", "link", on_click=self._opener(other.id))

    def _opener(self, insight_id: uuid.UUID) -> Callable[[], object]:
        return lambda: self._desk.open(Insight.kind, insight_id)


def _unlink(store: Store, mine: uuid.UUID, other: uuid.UUID) -> None:
    unlink_insights(store, mine, other)
