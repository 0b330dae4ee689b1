"""The form of one topic or product, with its draft."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QVBoxLayout

from liaison_desktop.errors import LiaisonError, Refused
from liaison_desktop.msl.materials.actions import save_product, save_topic
from liaison_desktop.msl.materials.queries import products, topics
from liaison_desktop.msl.materials.record import LabelStatus, Product, ScientificTopic
from liaison_desktop.records import from_bytes, to_bytes
from liaison_desktop.records.record import storable
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.editors import ChoiceEditor
from liaison_desktop.ui.frames import action_bar, title_line
from liaison_desktop.ui.layout import card, column, hairline, panel, scroll
from liaison_desktop.ui.picker import Picker
from liaison_desktop.ui.record_form import RecordForm
from liaison_desktop.ui.suggest import Option, matching
from liaison_desktop.ui.text import elided, icon_label

if TYPE_CHECKING:
    from liaison_desktop.store import Store
    from liaison_desktop.ui.desk import Desk

TopicOrProduct = ScientificTopic | Product
_PAUSE = 500  # ms after a key until what was typed is kept
_WIDEST = 680


def draft_key(record: TopicOrProduct) -> str:
    """Where the draft of a form is kept."""
    return f"{record.kind}/{record.id if record.version else 'new'}"


def read_draft(kind: type[TopicOrProduct], content: bytes | None) -> TopicOrProduct | None:
    """A kept form; None if there is none, or another version of the application wrote it."""
    if content is None:
        return None
    try:
        return from_bytes(kind, content)
    except msgspec.MsgspecError:
        return None


def _fields(record: TopicOrProduct, store: Store) -> RecordForm:
    if isinstance(record, Product):
        return RecordForm(Product, ("name", "generic"), "therapeutic_area", "lifecycle", "restricted", store=store)
    return RecordForm(
        ScientificTopic,
        "label",
        (("code", 2), ("therapeutic_area", 3)),
        "product_id",
        "label_status",
        ("proactive_allowed", "needs_material", "active"),
        store=store,
        # Five short answers fit side by side on this form, so that the label is one tap.
        editors={"product_id": product_line(store), "label_status": ChoiceEditor(LabelStatus)},
    )


def product_line(store: Store) -> Picker:
    """Choosing a product, or none."""

    def offered(text: str) -> Sequence[Option]:
        # Asked at every key, because a product may be added while the topic is being typed.
        return matching([Option(one.id, one.title(), one.facts()) for one in products(store).values()], text)

    picker = Picker(store, Product.kind, "Leave empty if it is about no product")
    picker.set_scope(offered)
    return picker


def topic_line(store: Store) -> Picker:
    """Choosing a topic, or none."""

    def offered(text: str) -> Sequence[Option]:
        return matching(
            [Option(one.id, one.title(), one.facts()) for one in topics(store).values() if one.active], text
        )

    picker = Picker(store, ScientificTopic.kind, "Leave empty if it is about several")
    picker.set_scope(offered)
    return picker


class TaxonomyForm(QFrame):
    """The fields and the ways out. `saved` carries the id; `left` carries the draft that was thrown away, if any.

    `kept` says that there is a draft now.
    """

    saved = Signal(uuid.UUID)
    left = Signal(object)
    kept = Signal()

    def __init__(self, desk: Desk, record: TopicOrProduct) -> None:
        super().__init__()
        self.setProperty("fill", "canvas")
        self.desk, self._record, self._dirty = desk, record, False
        self.key = draft_key(record)
        self.form = _fields(record, desk.store)
        self._said, self._mark = elided("", "sec", "ink2"), icon_label("circle-alert", "red", 16)
        self._mark.hide()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.save_draft)
        self._lay_out()
        self._take_up()
        self.form.changed.connect(self._heard)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.save, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _lay_out(self) -> None:
        what = "topic" if isinstance(self._record, ScientificTopic) else "product"
        title = self._record.title() if self._record.version else f"New {what}"
        head = panel(12, title_line(elided(title, "title"), margins=(24, 0, 16, 0)), 8, gap=0)
        box = card(self.form)
        box.setMaximumWidth(_WIDEST)
        self.save_button = button(f"Save {what}", "primary", "check", on_click=self.save)
        self.save_button.setToolTip("Ctrl+Enter")
        self._discard = button("Discard", "quiet", on_click=self.discard)
        foot = action_bar(self._mark, (self._said, 1), self._discard, self.save_button)
        body = scroll(column(box, None, margins=(24, 16, 24, 24)))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(column(head, hairline(), (body, 1), hairline(), foot, gap=0))
        # A record that was not touched offers nothing to throw away. Only here it has a parent: shown without one it
        # would be a window of its own for a moment, and take the keyboard along.
        self._discard.setVisible(self._record.version is None)

    def start(self) -> None:
        """Give the keyboard to the first field."""
        self.form.editor(self.form.names[0]).setFocus()

    # ---- the draft

    def _take_up(self) -> None:
        kept = read_draft(type(self._record), self.desk.store.drafts.get(self.key))
        self.form.set_values(kept or self._record)
        if kept is None:
            return
        self._touched()
        now = self.desk.store.find(type(self._record), self._record.id)
        if now is not None and now.version != kept.version:
            # Saved elsewhere since, so the draft goes on top of that version; the person is told to look.
            self._say("It was changed since you typed this. Look it over before you save.", wrong=True)
        else:
            self._say("Taken up where you left it")
        self._record = msgspec.structs.replace(kept, version=self._record.version)

    def record(self) -> TopicOrProduct:
        """What stands in the form, without characters that cannot be kept."""
        return msgspec.structs.replace(self._record, **{n: _clean(v) for n, v in self.form.values().items()})

    def _touched(self) -> None:
        self._dirty = True
        self._discard.show()

    def _heard(self, _name: str) -> None:
        self._touched()
        self._mark.hide()
        self._pause.start()

    def save_draft(self) -> None:
        """Keep what was typed; durable when it returns."""
        self._pause.stop()
        if self._dirty:
            self.desk.store.drafts.put(self.key, to_bytes(self.record()))
            if self._mark.isHidden():
                self._say(f"Draft kept {self.desk.clock():%H:%M:%S}")
            self.kept.emit()

    def _end_draft(self) -> None:
        self._pause.stop()
        self._dirty = False
        self.desk.store.drafts.drop(self.key)

    # ---- the ways out

    def discard(self) -> None:
        """Throw away what was typed; the page offers it back."""
        self.save_draft()
        kept = self.desk.store.drafts.get(self.key)
        self._end_draft()
        self.left.emit(kept)

    def save(self) -> None:
        """Save, or say beside each field what stands in the way."""
        record = self.record()
        if unread := self.form.unread():
            self._refuse(Refused(unread))
            return
        try:
            done = self._write(record)
        except Refused as refusal:
            self._refuse(refusal)
            return
        except LiaisonError as error:
            self.save_draft()
            self._say(str(error), wrong=True)
            return
        self._end_draft()
        self.desk.toast("Topic saved." if isinstance(done, ScientificTopic) else "Product saved.")
        self.saved.emit(done.id)

    def _write(self, record: TopicOrProduct) -> TopicOrProduct:
        if isinstance(record, ScientificTopic):
            return save_topic(self.desk.store, record)
        return save_product(self.desk.store, record)

    def _refuse(self, refusal: Refused) -> None:
        self.save_draft()
        self.form.show_faults(refusal.faults)
        wrong = len({fault.field for fault in refusal.faults})
        self._say(f"{wrong} to mend. What you typed is kept.", wrong=True)

    def _say(self, words: str, wrong: bool = False) -> None:
        self._mark.setVisible(wrong)
        self._said.set_text(words)
        self._said.set_tone("red" if wrong else "ink2")


def _clean(value: object) -> object:
    return storable(value) if type(value) is str else value
