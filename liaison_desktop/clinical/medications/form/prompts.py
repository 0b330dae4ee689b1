"""The prompt cards: seventeen things nobody tells unasked, each ticked when it was asked, with what was said."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from liaison_desktop.clinical.medications.record import Asked, Prompt
from liaison_desktop.ui.editors import TextEditor
from liaison_desktop.ui.ticks import TickEditor

_COLUMNS = 1


class PromptCards(QWidget):
    """A tick and a line for each prompt. A word in the line ticks it."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._ticks = {prompt: TickEditor(prompt.label) for prompt in Prompt}
        self._notes = {prompt: TextEditor(f"{prompt.label}: what was said", "What was said") for prompt in Prompt}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        high = -(-len(Prompt) // _COLUMNS)
        for number, prompt in enumerate(Prompt):
            place, down = number // high, number % high
            grid.addWidget(self._ticks[prompt], down, place * 2)
            grid.addWidget(self._notes[prompt], down, place * 2 + 1)
            grid.setColumnStretch(place * 2 + 1, 1)
            self._ticks[prompt].changed.connect(lambda _on: self.changed.emit(self.value()))
            self._notes[prompt].changed.connect(lambda _text, one=prompt: self._noted(one))
        self._in_order()

    def _in_order(self) -> None:
        before: QWidget | None = None
        for prompt in Prompt:
            for widget in (self._ticks[prompt], self._notes[prompt]):
                if before is not None:
                    QWidget.setTabOrder(before, widget)
                before = widget
        self.setFocusProxy(next(iter(self._ticks.values())))

    def _noted(self, prompt: Prompt) -> None:
        if self._notes[prompt].value():
            self._ticks[prompt].set_value(True)
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

    def complaint(self) -> str:
        """Ticks and words can always be read."""
        return ""
