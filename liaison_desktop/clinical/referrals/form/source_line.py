"""Where a referral comes from: the last contacts and outreach's places are offered, and any words will do."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent

from liaison_desktop.clinical.referrals.queries import Source, sources
from liaison_desktop.store import Store
from liaison_desktop.ui.suggest import Option, SuggestLine


class SourceLine(SuggestLine):
    """Type a name, or Down for the last contacts. `taken` carries the chosen Source; what is typed stays as words."""

    taken = Signal(object)

    def __init__(self, store: Store, name: str = "") -> None:
        self._store = store
        super().__init__(self._offered, "Type a place, or Down for the last contacts", name, icon="search")
        # A line that takes any words has another value with each key.
        self.textEdited.connect(lambda text: self.changed.emit(text))

    def _offered(self, text: str) -> Sequence[Option]:
        return [
            Option(one, one.text or one.contact_text, one.contact_text if one.text else "")
            for one in sources(self._store, text)
        ]

    def value(self) -> str:
        """The words in the line."""
        return self.text().strip()

    def set_value(self, value: str | None) -> None:
        """Show these words."""
        self.setText(value or "")
        self.setCursorPosition(0)

    def complaint(self) -> str:
        """Any words will do."""
        return ""

    def take(self, option: Option | None) -> None:
        """Take a contact: its place stays in the line, its person goes beside."""
        super().take(option)
        if option is not None and isinstance(option.value, Source):
            self.set_value(option.value.text)
            self.taken.emit(option.value)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving takes nothing by itself: a place of the same name may have another contact."""
        self._options = ()
        super().focusOutEvent(event)
