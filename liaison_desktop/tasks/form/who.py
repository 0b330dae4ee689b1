"""A line for a name: anybody's may be typed, and those who are known are offered while it is."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence

from liaison_desktop.ui.suggest import Option, SuggestLine, matching

# The people a line offers: the id each is known by, the name, and what tells it from its namesakes.
Known = Callable[[], Sequence[tuple[uuid.UUID, str, str]]]


class WhoLine(SuggestLine):
    """A name as text. `chosen_id` is the id of whom was taken from the list, None for a name that was only typed."""

    def __init__(self, people: Known, placeholder: str = "Type a name", name: str = "") -> None:
        super().__init__(lambda text: matching([Option(*one) for one in people()], text), placeholder, name)
        self.textEdited.connect(lambda _text: self.changed.emit(self.value()))

    def set_name(self, name: str) -> None:
        """What it is called by the label above it, in place of the words that stand in it while it is empty."""
        self.setAccessibleName(name)

    def value(self) -> str:
        """The name that stands there."""
        return self.text().strip()

    def set_value(self, value: str | None) -> None:
        """Show a name."""
        self.show_option(Option(None, value or ""))

    def chosen_id(self) -> uuid.UUID | None:
        """Whom the name was taken for."""
        held = super().value()
        return held if isinstance(held, uuid.UUID) else None

    def show_chosen(self, name: str, id: uuid.UUID | None) -> None:
        """Show a name and whose it is."""
        self.show_option(Option(id, name))

    def complaint(self) -> str:
        """Any name will do."""
        return ""

    def _show_matches(self, text: str) -> None:
        # With nobody to offer the line is a plain one.
        if self._look(text.strip()):
            super()._show_matches(text)
        else:
            self._close()
