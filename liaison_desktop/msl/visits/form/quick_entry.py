"""The line a whole visit is typed into, with chips under it that show what was understood."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_desktop.msl.directory.queries import people_named, people_spelled_like
from liaison_desktop.msl.materials.queries import topics
from liaison_desktop.msl.visits.queries import usual_meeting
from liaison_desktop.msl.visits.rules import Understood, understand
from liaison_desktop.ui.chips import Chip, ChipSpec
from liaison_desktop.ui.inputs import LineEdit
from liaison_desktop.ui.layout import empty
from liaison_desktop.ui.multi_chips import Flow

if TYPE_CHECKING:
    from liaison_desktop.store import Store

EXAMPLE = "Quick entry: oko 14:00 30m #dosing"
_NOTE = 60  # letters of a note that a chip shows


class QuickEntry(QWidget):
    """Enter takes what was understood: `taken` carries it, the line is empty again.

    `strip` holds the chips; without `chips` whoever made this puts it where there is room.
    """

    taken = Signal(object)

    def __init__(self, store: Store, *, chips: bool = True) -> None:
        super().__init__()
        self._store = store
        self.line = LineEdit(placeholder=EXAMPLE, icon="pencil", quiet=True, name="Quick entry")
        self.strip = QWidget()
        self._flow = Flow(self.strip, 6)
        self.strip.setVisible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.line)
        if chips:
            layout.addWidget(self.strip)
        self.setFocusProxy(self.line)
        self.line.textEdited.connect(lambda _text: self._show())
        self.line.returnPressed.connect(self._take)

    def understood(self) -> Understood:
        """What the line says now."""
        return read_line(self._store, self.line.text())

    def _take(self) -> None:
        found = self.understood()
        if found == Understood():
            return
        self.line.clear()
        self._show()
        self.taken.emit(found)

    def _show(self) -> None:
        found = self.understood() if self.line.text().strip() else Understood()
        made = [Chip(text, tone, icon) for text, tone, icon in said(self._store, found)]
        empty(self._flow)
        for chip in made:
            self._flow.addWidget(chip)
        self.strip.setVisible(bool(made))


def read_line(store: Store, line: str) -> Understood:
    """What a line says, with the people and the topics of this store. No text raises."""
    taxonomy = topics(store).values()
    return understand(
        line,
        store.clock(),
        lambda text: people_named(store, text),
        taxonomy,
        lambda text: people_spelled_like(store, text),
    )


def said(store: Store, found: Understood) -> list[ChipSpec]:
    """What was understood, as chips: who, when, how long, how, where, what about, the flags; and what becomes a note.

    What the line does not say and the visit will hold all the same, the usual channel and place, is said as such.
    """
    words: list[ChipSpec] = []
    if found.person:
        more = f" or {found.others} more" if found.others else ""
        meant = f"{found.person}?" if found.guessed else found.person
        words.append(ChipSpec(meant + more, "amber" if found.guessed else "accent", "user-round"))
    if found.start_at:
        words.append(ChipSpec(_when(found.start_at), "neutral", "clock"))
    if found.minutes:
        words.append(ChipSpec(f"{found.minutes} min", "neutral", "timer"))
    words.extend(_meeting(store, found))
    words.extend(ChipSpec(topic.label, "neutral", "hash") for topic in found.topics)
    if found.heard:
        words.append(ChipSpec(_cut("Safety report", found.happened), "red", "siren"))
    if found.asked:
        words.append(ChipSpec(_cut("Medical inquiry", found.question), "accent", "circle-question-mark"))
    if found.notes:
        words.append(ChipSpec(_cut("Note", found.notes), "line", "notebook-pen"))
    return words


def _meeting(store: Store, found: Understood) -> list[ChipSpec]:
    if found.person_id is None:
        return [ChipSpec(found.channel.label, "neutral", "messages-square")] if found.channel else []
    channel, place = usual_meeting(store, found.person_id, found.channel)
    words: list[ChipSpec] = []
    if channel is not None:
        usual = "" if found.channel else ", as usual"
        words.append(ChipSpec(channel.label + usual, "line" if usual else "neutral", "messages-square"))
    if place is not None:
        words.append(ChipSpec(place.title(), "line", "building-2"))
    return words


def _cut(what: str, words: str) -> str:
    short = words if len(words) <= _NOTE else f"{words[: _NOTE - 1]}…"
    return f"{what}: {short}" if short else what


def _when(moment: datetime.datetime) -> str:
    return f"{moment:%a} {moment.day} {moment:%b}, {moment:%H:%M}"
