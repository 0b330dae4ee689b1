"""The topics of a visit: a card each, and a line to add one."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.errors import Fault, Severity
from liaison_desktop.msl.materials.queries import products, topics
from liaison_desktop.msl.materials.record import ScientificTopic
from liaison_desktop.msl.visits.form.order import one_stop
from liaison_desktop.msl.visits.form.topic_card import TopicCard
from liaison_desktop.msl.visits.record import Topic
from liaison_desktop.msl.visits.rules import row_of
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.fields import LabelledField
from liaison_desktop.ui.layout import column, row
from liaison_desktop.ui.picker import Picker
from liaison_desktop.ui.suggest import Option, matching
from liaison_desktop.ui.text import label

if TYPE_CHECKING:
    from liaison_desktop.store import Store


class TopicsSection(QWidget):
    """Cards in the order they came up."""

    changed = Signal()

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store = store
        self.cards: list[TopicCard] = []
        self.person: Callable[[], uuid.UUID | None] = lambda: None  # whose standing requests a topic may rest on
        self.line = Picker(store, ScientificTopic.kind, "Type a topic", "Add a topic")
        self.line.set_scope(self._offered)
        self.line.changed.connect(self._picked)
        self._field = LabelledField("", self.line)
        self._cards = column(gap=8)
        self._adding = button("Add topic", "link", "plus", small=True, on_click=self.ask)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(row(label("Topics", "strong"), None, self._adding))
        layout.addWidget(self._cards)
        layout.addWidget(self._field)
        self._field.setVisible(False)

    def values(self) -> tuple[Topic, ...]:
        """The topics as answered."""
        return tuple(held.value() for held in self.cards)

    def set_values(self, values: Iterable[Topic]) -> None:
        """Show these topics; without any, the line to add one is open."""
        for held in self.cards:
            self._let_go(held)
        self.cards = []
        for one in values:
            self._put(one)
        self._field.setVisible(not self.cards)
        self._cards.setVisible(bool(self.cards))

    def ask(self) -> None:
        """Offer the topics."""
        self._field.setVisible(True)
        self.line.setFocus()

    def add(self, topic: ScientificTopic) -> TopicCard:
        """One more topic; one that is there already stays as it is."""
        held = next((one for one in self.cards if one.value().topic_id == topic.id), None)
        if held is not None:
            return held
        made = self._put(row_of(topic, products(self._store)))
        self._field.setVisible(False)
        return made

    def link_inquiry(self, topic: Topic | None, inquiry_id: uuid.UUID) -> None:
        """Keep at a topic which inquiry its question became."""
        wanted = topic.topic_id if topic else None
        if held := next((one for one in self.cards if wanted and one.value().topic_id == wanted), None):
            held.link_inquiry(inquiry_id)

    def show_faults(self, faults: Iterable[Fault]) -> None:
        """Show each fault beside the topic it is about, or beside the line that adds one."""
        found = [one for one in faults if one.field.partition(".")[0] == "topics"]
        whole = [one for one in found if one.field == "topics"]
        severe = any(one.severity is not Severity.WARN for one in whole)
        self._field.show_fault(" ".join(one.message for one in whole), severe)
        if whole:
            self._field.setVisible(True)
        for number, held in enumerate(self.cards):
            path = f"topics.{number}."
            held.show_faults([(one.field.removeprefix(path), one) for one in found if one.field.startswith(path)])

    def focus_field(self, path: str) -> None:
        """Put the keyboard into one field, such as `0.direction`; an empty path is the line that adds a topic."""
        number, _, name = path.partition(".")
        if number.isdigit() and int(number) < len(self.cards):
            self.cards[int(number)].focus_field(name)
        else:
            self.ask()

    def focused(self, held: QWidget) -> str:
        """The path of the field this widget belongs to; empty if it is none of these."""
        for number, one in enumerate(self.cards):
            if name := one.focused(held):
                return f"topics.{number}.{name}"
        return "topics" if self._field.isAncestorOf(held) else ""

    def set_read_only(self, on: bool) -> None:
        """Let nothing be changed."""
        for held in self.cards:
            held.set_read_only(on)
        self._adding.setVisible(not on)
        if on:
            self._field.setVisible(False)

    def _offered(self, text: str) -> list[Option]:
        found = [Option(one.id, one.title(), one.facts()) for one in topics(self._store).values() if one.active]
        return list(matching(found, text))

    def _picked(self, id: object) -> None:
        topic = topics(self._store).get(id) if isinstance(id, uuid.UUID) else None
        if topic is None:
            return
        self.line.show_option(None)
        made = self.add(topic)
        made.setFocus()
        self.changed.emit()

    def _put(self, topic: Topic) -> TopicCard:
        made = TopicCard(self._store, topic)
        made.set_person(lambda: self.person())
        for segmented in (made.basis, made.direction, made.how_far, made.balance):
            one_stop(segmented)
        made.changed.connect(self.changed.emit)
        made.removed.connect(lambda: self._drop(made))
        self.cards.append(made)
        layout = self._cards.layout()
        if layout is not None:
            layout.addWidget(made)
        self._cards.setVisible(True)
        made.show()  # A layout shows what it is given only later, and the next key may already be meant for it.
        return made

    def _let_go(self, held: TopicCard) -> None:
        # Out of the layout first, because the Tab key goes by the layout.
        layout = self._cards.layout()
        if layout is not None:
            layout.removeWidget(held)
        held.hide()
        held.deleteLater()

    def _drop(self, gone: TopicCard) -> None:
        self.cards.remove(gone)
        self._let_go(gone)
        self._field.setVisible(not self.cards)
        self._cards.setVisible(bool(self.cards))
        self.changed.emit()
