"""Topics and products: what visits are about. A list at the left, the chosen one to change at the right."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from liaison_desktop.msl.directory.record import plain
from liaison_desktop.msl.materials.form import TaxonomyForm, TopicOrProduct, draft_key, read_draft
from liaison_desktop.msl.materials.queries import products, topics
from liaison_desktop.msl.materials.record import LabelStatus, Lifecycle, Product, ScientificTopic
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.chips import ChipSpec
from liaison_desktop.ui.empty_state import EmptyState
from liaison_desktop.ui.frames import title_line
from liaison_desktop.ui.inputs import line_edit
from liaison_desktop.ui.layout import hairline, panel, row
from liaison_desktop.ui.lists import ListRow
from liaison_desktop.ui.page import Page
from liaison_desktop.ui.rows_view import RowsView
from liaison_desktop.ui.workspace import Command

if TYPE_CHECKING:
    from liaison_desktop.ui.desk import Desk

_LIST = 340
_DRAFT = ChipSpec("Draft", "amber", "pencil")
_LABELS = {
    LabelStatus.ON_LABEL: ChipSpec("On-label", "green", "check"),
    LabelStatus.OFF_LABEL: ChipSpec("Off-label", "amber", "triangle-alert"),
    LabelStatus.INVESTIGATIONAL: ChipSpec("Investigational", "accent", "flask-conical"),
    LabelStatus.DISEASE_STATE: ChipSpec("Disease state"),
    LabelStatus.NON_PRODUCT: ChipSpec("No product", "outline"),
}
_STAGES = {
    Lifecycle.INVESTIGATIONAL: ChipSpec("Investigational", "accent", "flask-conical"),
    Lifecycle.APPROVED: ChipSpec("Approved", "green", "check"),
    Lifecycle.WITHDRAWN: ChipSpec("Withdrawn", "outline"),
}


class TopicsPage(Page):
    """Ctrl+N starts a topic; arrows choose, Enter goes into the form, Ctrl+Enter saves."""

    key: ClassVar[str] = "topics"
    title: ClassVar[str] = "Topics"
    icon: ClassVar[str] = "book-open"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.form: TaxonomyForm | None = None
        self._some, self._begun = False, frozenset[str]()  # whether there is anything, and the keys of what is typed
        self.view = RowsView("Topics and products")
        self.view.chosen.connect(self._choose)
        self.view.opened.connect(lambda _key: self._start())
        self.search = line_edit(placeholder="Search topics and products", icon="search", quiet=True)
        self.search.textEdited.connect(lambda _text: self._fill())
        self.search.returnPressed.connect(self._into_list)
        self._search_line = row((self.search, 1), margins=(16, 8, 16, 4))
        adding = (
            button("Topic", icon="plus", small=True, name="New topic", on_click=self.new),
            button("Product", icon="plus", small=True, name="New product", on_click=self.new_product),
        )
        left = panel(
            12, title_line("Topics", *adding, margins=(20, 0, 16, 0)), self._search_line, (self.view, 1), gap=0
        )
        left.setFixedWidth(_LIST)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addWidget(left)
        self._layout.addWidget(hairline(vertical=True))
        self._pane: QWidget = QWidget()
        self._shown: uuid.UUID | str = ""
        self._layout.addWidget(self._pane, 1)
        self.setFocusProxy(self.view)
        self._fill()
        self._rest()

    # ---- what is shown

    def _fill(self) -> None:
        chosen, typed = self.view.current_key(), plain(self.search.text())
        blocked = self.view.blockSignals(True)
        self.view.rows.set_rows(self._rows(typed))
        self.view.select(chosen)
        self.view.blockSignals(blocked)
        found = EmptyState("Nothing is found", "Try part of a name, a product or a short name.")
        self.view.set_empty(found if typed else QWidget())
        self._search_line.setVisible(self._some)

    def _rows(self, typed: str) -> list[ListRow | str]:
        known, subjects = products(self.desk.store), topics(self.desk.store)
        self._some, self._begun = bool(known or subjects), frozenset(self.desk.store.drafts.keys())
        every = [self._topic_row(each, known) for each in subjects.values() if each.active]
        gone = [self._topic_row(each, known) for each in subjects.values() if not each.active]
        meds = [self._product_row(each) for each in sorted(known.values(), key=lambda each: plain(each.name))]
        groups = (("Not finished", self._new_drafts()), ("Topics", every), ("Products", meds), ("Not in use", gone))
        rows: list[ListRow | str] = []
        for caption, held in groups:
            fits = [each for each in held if all(word in plain(each.spoken()) for word in typed.split())]
            rows += [caption, *fits] if fits else []
        return rows

    def _new_drafts(self) -> list[ListRow]:
        made = []
        for kind, name in ((ScientificTopic, "New topic"), (Product, "New product")):
            key = draft_key(kind())
            if (kept := self.desk.store.drafts.get(key)) is not None:
                draft = read_draft(kind, kept)
                said = draft is not None and (draft.label if isinstance(draft, ScientificTopic) else draft.name)
                made.append(ListRow(said or name, "Not saved yet", _DRAFT, key=key))
        return made

    def _topic_row(self, topic: ScientificTopic, known: dict[uuid.UUID, Product]) -> ListRow:
        product = known.get(topic.product_id) if topic.product_id else None
        about = product.title() if product else topic.therapeutic_area.strip()
        facts = " · ".join(filter(None, (about, f"#{topic.code}" if topic.code else "")))
        usual = _LABELS.get(topic.label_status) if topic.label_status else None
        return ListRow(topic.title(), facts, self._chip(topic, usual), key=topic.id)

    def _product_row(self, product: Product) -> ListRow:
        facts = " · ".join(filter(None, (product.generic.strip(), product.therapeutic_area.strip())))
        usual = _STAGES.get(product.lifecycle) if product.lifecycle else None
        return ListRow(product.title(), facts, self._chip(product, usual), key=product.id)

    def _chip(self, record: TopicOrProduct, usual: ChipSpec | None) -> ChipSpec | None:
        return _DRAFT if draft_key(record) in self._begun else usual

    # ---- the pane at the right

    def _choose(self, key: object) -> None:
        if isinstance(key, uuid.UUID):
            self.show_record(key)
        elif key == draft_key(ScientificTopic()):
            self._show(ScientificTopic())
        elif key == draft_key(Product()):
            self._show(Product())

    def show_record(self, id: uuid.UUID) -> None:
        """Show the form of this topic or product."""
        store = self.desk.store
        found: TopicOrProduct | None = store.find(ScientificTopic, id) or store.find(Product, id)
        if found is None:
            return
        self._show(found)
        if self.view.current_key() != id:
            self.search.clear()
            self._select(id)

    def new(self) -> None:
        """A new topic, or the one that was not finished."""
        self._show(ScientificTopic())
        self._start()

    def new_product(self) -> None:
        """A new product, or the one that was not finished."""
        self._show(Product())
        self._start()

    def _start(self) -> None:
        if self.form is not None:
            self.form.show()
            self.form.start()

    def _show(self, record: TopicOrProduct) -> None:
        typed = self.form is not None
        self.save_draft()
        self.form = TaxonomyForm(self.desk, record)
        self.form.saved.connect(self._saved)
        self.form.left.connect(self._left)
        self.form.kept.connect(self._kept)
        self._put(self.form)
        self._shown = self.form.key if record.version is None else record.id
        # Only what was typed before may look different now.
        self._select(self._shown, read=typed or record.version is None)

    def _kept(self) -> None:
        self._select(self._shown)

    def _put(self, pane: QWidget) -> None:
        gone, self._pane = self._pane, pane
        self._layout.replaceWidget(gone, pane)
        gone.hide()
        gone.deleteLater()

    def _select(self, key: uuid.UUID | str, *, read: bool = True) -> None:
        blocked = self.view.blockSignals(True)
        if read:
            self._fill()
        if not self.view.select(key):
            self.view.clearSelection()
            self.view.setCurrentIndex(self.view.rootIndex())
        self.view.blockSignals(blocked)

    def _rest(self) -> None:
        """Nothing is being changed: the first one, or in an empty store what to do."""
        self.form = None
        if self.view.rows.count():
            self.view.select_first()
            return
        words = "Topics are what visits are about. Give each a short name, and #dosing in quick entry finds it."
        self._put(EmptyState("No topics yet", words, "New topic", "plus", self.new, "Ctrl+N"))

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard goes to the list, or in an empty store to the one thing to do."""
        super().showEvent(event)
        if isinstance(self._pane, EmptyState) and self._pane.button is not None:
            self._pane.button.setFocus()
        else:
            self.view.setFocus()

    def _saved(self, id: uuid.UUID) -> None:
        self.search.clear()
        self.form = None
        self._fill()
        self.show_record(id)
        self.view.setFocus()

    def _left(self, kept: bytes | None) -> None:
        chosen, left = self.view.current_key(), self.form
        self.form = None
        self._fill()
        if isinstance(chosen, uuid.UUID):
            self.show_record(chosen)
        else:
            self._rest()
        self.view.setFocus()
        if kept is not None and left is not None:
            key = left.key
            self.desk.toast("Draft discarded.", lambda: self._take_back(key, kept))

    def _take_back(self, key: str, kept: bytes) -> None:
        if self.form is not None and self.form.key == key:
            # Otherwise leaving this form would write its own draft over the one that comes back.
            self.form = None
        self.desk.store.drafts.put(key, kept)
        kind, _, which = key.partition("/")
        if which != "new":
            self.show_record(uuid.UUID(which))
        elif kind == Product.kind:
            self.new_product()
        else:
            self.new()

    def _into_list(self) -> None:
        self.view.setFocus()
        self.view.select_first()

    # ---- what the window asks

    def refresh(self, kinds: frozenset[str]) -> None:
        """Query again when topics or products changed."""
        if kinds & {ScientificTopic.kind, Product.kind}:
            self._fill()

    def save_draft(self) -> None:
        """Keep what is being typed."""
        if self.form is not None:
            self.form.save_draft()

    def commands(self) -> tuple[Command, ...]:
        """What can be added here."""
        return (
            Command("New topic", self.new, "What a visit is about", "plus"),
            Command("New product", self.new_product, "A medicine, approved or not yet", "plus"),
            Command("Find a topic", self.search.setFocus, "In the list", "search", "Ctrl+F"),
        )
