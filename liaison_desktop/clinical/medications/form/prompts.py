"""The prompt cards: seventeen things nobody tells unasked, each ticked when it was asked, with what was said."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from liaison_desktop.clinical.medications.record import Asked, Prompt
from liaison_desktop.ui.editors import TextEditor
from liaison_desktop.ui.ticks import TickEditor


class PromptCards(QWidget):
    """A tick for each prompt; where it was asked there is a line for what was said."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._ticks: dict[Prompt, TickEditor] = {}
        self._notes: dict[Prompt, TextEditor] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for number, prompt in enumerate(Prompt):
            # Made in turn, because Tab goes in the order in which they were made.
            tick = self._ticks[prompt] = TickEditor(prompt.label)
            note = self._notes[prompt] = TextEditor(f"{prompt.label}: what was said", "What was said")
            grid.addWidget(tick, number, 0)
            grid.addWidget(note, number, 1)
            grid.setRowMinimumHeight(number, 32)
            note.hide()
            tick.changed.connect(lambda on, one=prompt: self._ticked(one, on))
            note.changed.connect(lambda _text: self.changed.emit(self.value()))
        self.setFocusProxy(next(iter(self._ticks.values())))

    def _ticked(self, prompt: Prompt, on: bool) -> None:
        self._notes[prompt].setVisible(on)
        self.changed.emit(self.value())

    def value(self) -> tuple[Asked, ...]:
        """What was asked."""
        return tuple(
            Asked(prompt=prompt, note=self._notes[prompt].value()) for prompt in Prompt if self._ticks[prompt].value()
        )

    def set_value(self, value: tuple[Asked, ...] | None) -> None:
        """Show what was asked."""
        held = {asked.prompt: asked for asked in value or ()}
        for prompt in Prompt:
            self._ticks[prompt].set_value(prompt in held)
            self._notes[prompt].set_value(held[prompt].note if prompt in held else "")
            self._notes[prompt].setVisible(prompt in held)

    def complaint(self) -> str:
        """Ticks and words can always be read."""
        return ""
