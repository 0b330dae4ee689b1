"""One question of an inquiry, in the doctor's own words."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.errors import Fault
from liaison_desktop.msl.inquiries.form.asked_before import AskedBefore
from liaison_desktop.msl.inquiries.queries import Asked
from liaison_desktop.msl.inquiries.record import Question
from liaison_desktop.msl.materials.queries import products, topics
from liaison_desktop.msl.materials.record import Product, ScientificTopic
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.layout import card, row
from liaison_desktop.ui.picker import Picker
from liaison_desktop.ui.record_form import RecordForm
from liaison_desktop.ui.suggest import Option, matching
from liaison_desktop.ui.tab_order import one_stop
from liaison_desktop.ui.text import label

if TYPE_CHECKING:
    from liaison_desktop.store import Store

LOCKED = ("verbatim", "product_id")


def product_line(store: Store) -> Picker:
    """A line that offers the products."""

    def offered(text: str) -> Sequence[Option]:
        return matching([Option(one.id, one.title(), one.facts()) for one in products(store).values()], text)

    line = Picker(store, Product.kind, "Type a product")
    line.set_scope(offered)
    return line


def topic_line(store: Store) -> Picker:
    """A line that offers the topics in use."""

    def offered(text: str) -> Sequence[Option]:
        known = [Option(one.id, one.title(), one.facts()) for one in topics(store).values() if one.active]
        return matching(known, text)

    line = Picker(store, ScientificTopic.kind, "Type a topic")
    line.set_scope(offered)
    return line


class QuestionCard(QWidget):
    """The words, the product, and how the question stands to the label."""

    changed = Signal()
    removed = Signal()

    opened = Signal(object)  # Asked

    def __init__(self, desk: Desk, question: Question, number: int, inquiry_id: uuid.UUID) -> None:
        super().__init__()
        store = desk.store
        self._store, self._question, self._inquiry_id = store, question, inquiry_id
        self.form = RecordForm(
            Question,
            "verbatim",
            ("product_id", "topic_id"),
            "off_label",
            ("population", "keywords"),
            "patient_specific",
            store=store,
            editors={"product_id": product_line(store), "topic_id": topic_line(store)},
        )
        self.form.setMaximumWidth(16_777_215)
        self._title = label(f"Question {number}", "strong")
        self.drop = button("", "quiet", "x", small=True, name=f"Remove question {number}", on_click=self.removed.emit)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self.before = AskedBefore(desk, "Sort it alike")
        self.before.taken.connect(self._sort_alike)
        self.before.opened.connect(self.opened)
        head = row(self._title, None, self.drop)
        layout.addWidget(card(head, self.form, gap=6, margins=(12, 6, 12, 12)))
        within = self.form.layout()
        if isinstance(within, QVBoxLayout):
            # Under the words, where one looks while typing them.
            within.insertWidget(1, self.before)
        self.setFocusProxy(self.form.editor("verbatim"))
        one_stop(self.form.editor("off_label"))
        self.form.set_values(question)
        self.form.changed.connect(self._heard)

    def _heard(self, name: str) -> None:
        if name == "verbatim":
            self.before.look_for(self.form.editor("verbatim").value(), self._inquiry_id)
        # The topic knows its product; an answer that was given stays.
        if name == "topic_id" and self.form.editor("product_id").value() is None:
            topic = topics(self._store).get(self.form.editor("topic_id").value())
            if topic is not None and topic.product_id:
                self.form.editor("product_id").set_value(topic.product_id)
        self.changed.emit()

    def _sort_alike(self, one: Asked) -> None:
        """Take over how the earlier question was sorted, where nothing is chosen here; the words stay the doctor's."""
        for name in ("product_id", "topic_id", "off_label", "population", "keywords"):
            if not self.form.editor(name).value():
                self.form.editor(name).set_value(getattr(one.question, name))
        self.changed.emit()

    def value(self) -> Question:
        """The question as typed."""
        return msgspec.structs.replace(self._question, **self.form.values())

    def set_number(self, number: int, *, alone: bool) -> None:
        """Say which question it is; a lone one cannot be taken away."""
        self._title.set_text("Question" if alone else f"Question {number}")
        self.drop.setVisible(not alone)

    def show_faults(self, faults: Iterable[Fault]) -> None:
        """Show each fault beside its field; the path of the question is taken off before."""
        self.form.show_faults(faults, focus=False)

    def set_locked(self, signed: bool, closed: bool) -> None:
        """Signed words stay; how the question is sorted may still be set until the inquiry is closed."""
        if signed or closed:
            self.before.stop()
        for name in self.form.names:
            editor, off = self.form.editor(name), closed or (signed and name in LOCKED)
            if hasattr(editor, "setReadOnly"):
                editor.setReadOnly(off)
            else:
                editor.setEnabled(not off)
        self.drop.setVisible(not signed and not closed and self.drop.isVisibleTo(self))
