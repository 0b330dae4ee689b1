"""The line a whole visit is typed into, with chips under it that show what was understood."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.msl.materials.queries import topics
from liaison_desktop.msl.visits.form.quick_line import Understood, understand
from liaison_desktop.ui.chips import Chip
from liaison_desktop.ui.inputs import LineEdit
from liaison_desktop.ui.layout import empty
from liaison_desktop.ui.multi_chips import Flow

if TYPE_CHECKING:
    from liaison_desktop.store import Store

EXAMPLE = "Quick entry: oko 14:00 30m #dosing"


class QuickEntry(QWidget):
    """Enter takes what was understood: `taken` carries it, the line is empty again."""

    taken = Signal(object)

    def __init__(self, store: Store, *, chips: bool = True) -> None:
        super().__init__()
        self._store = store
        self.line = LineEdit(placeholder=EXAMPLE, icon="pencil", quiet=True, name="Quick entry")
        self._chips = QWidget()
        self._flow = Flow(self._chips, 6)
        self._chips.setVisible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.line)
        if chips:
            layout.addWidget(self._chips)
        self.setFocusProxy(self.line)
        self.line.textEdited.connect(lambda _text: self._show())
        self.line.returnPressed.connect(self._take)

    def understood(self) -> Understood:
        """What the line says now."""
        store = self._store
        return understand(self.line.text(), store.clock(), self._people, topics(store).values())

    def _people(self, text: str) -> Sequence[tuple[uuid.UUID, str]]:
        hits = self._store.search(text, "person", limit=20)
        typed = text.casefold().split()
        # A name that begins as it was typed comes before one that only contains a word of the specialty.
        ranked = sorted(
            hits, key=lambda hit: not all(any(w.startswith(t) for w in hit.title.casefold().split()) for t in typed)
        )
        return [(hit.id, hit.title) for hit in ranked]

    def _take(self) -> None:
        found = self.understood()
        if found == Understood():
            return
        self.line.clear()
        self._show()
        self.taken.emit(found)

    def _show(self) -> None:
        found = self.understood() if self.line.text().strip() else Understood()
        made = [Chip(text, tone, icon) for text, tone, icon in _words(found)]
        empty(self._flow)
        for chip in made:
            self._flow.addWidget(chip)
        self._chips.setVisible(bool(made))


def _words(found: Understood) -> list[tuple[str, str, str]]:
    words: list[tuple[str, str, str]] = []
    if found.person:
        more = f" or {found.others} more" if found.others else ""
        words.append((found.person + more, "accent", "user-round"))
    if found.start_at:
        words.append((_when(found.start_at), "neutral", "clock"))
    if found.minutes:
        words.append((f"{found.minutes} min", "neutral", "timer"))
    if found.channel:
        words.append((found.channel.label, "neutral", "messages-square"))
    words.extend((topic.label, "neutral", "hash") for topic in found.topics)
    words.extend((f"{word}?", "amber", "triangle-alert") for word in found.left_over)
    return words


def _when(moment: datetime.datetime) -> str:
    return f"{moment:%a} {moment.day} {moment:%b}, {moment:%H:%M}"
