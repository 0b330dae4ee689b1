"""Editors for numbers. They are typed into; what is no number is said, never guessed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from liaison_desktop.i18n import tr
from liaison_desktop.ui.inputs import LineEdit


class _NumberEditor(LineEdit):
    """A line in which a number is typed."""

    changed = Signal(object)

    @property
    def _wanted(self) -> str:
        raise NotImplementedError

    def __init__(self, name: str = "", placeholder: str = "") -> None:
        super().__init__(name=name, placeholder=placeholder)
        self.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
        self.textEdited.connect(lambda _text: self.changed.emit(self.value()))

    def _read(self, text: str) -> int | float | None:
        raise NotImplementedError

    def value(self) -> int | float | None:
        """The number, None where nothing, or nothing that can be read, was typed."""
        text = "".join(self.text().split())
        return self._read(text) if text else None

    def set_value(self, value: int | float | None) -> None:
        """Show a number."""
        self.setText("" if value is None else f"{value:.15g}" if isinstance(value, float) else str(value))

    def complaint(self) -> str:
        """What kind of number is wanted."""
        return self._wanted if self.text().strip() and self.value() is None else ""


class WholeEditor(_NumberEditor):
    """A whole number."""

    @property
    def _wanted(self) -> str:
        return tr("Write a whole number.")

    def _read(self, text: str) -> int | None:
        digits = text.removeprefix("-")
        return int(text) if digits.isascii() and digits.isdigit() and len(digits) <= 15 else None


class DecimalEditor(_NumberEditor):
    """A number; a comma is taken for a decimal point."""

    @property
    def _wanted(self) -> str:
        return tr("Write a number, such as 12.5.")

    def _read(self, text: str) -> float | None:
        written = text.replace(",", ".")
        if not written.isascii() or not set(written) <= set("0123456789.-"):
            return None
        try:
            return float(written)
        except ValueError:
            return None
