"""Editors for money and for a share. What is no amount is said, never guessed; values are whole cents and hundredths."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent

from liaison_desktop.clinical.coverage.rules import share_text
from liaison_desktop.ui.inputs import LineEdit

_AMOUNT = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,9})(?:\.([0-9]{1,2}))?", re.ASCII)
_SHARE = re.compile(r"([0-9]{1,3})(?:[.,]([0-9]{1,2}))?", re.ASCII)


def read_cents(text: str) -> int | None:
    """Whole cents of an amount such as "1,250", "$1250.50"; None if it is none."""
    found = _AMOUNT.fullmatch("".join(text.split()).removeprefix("$"))
    return None if found is None else int(found[1].replace(",", "")) * 100 + int((found[2] or "").ljust(2, "0"))


def read_share(text: str) -> int | None:
    """Hundredths of a percent of a share such as "20", "12.5 %"; None if it is none."""
    found = _SHARE.fullmatch("".join(text.split()).removesuffix("%"))
    return None if found is None else int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))


class _ReadEditor(LineEdit):
    changed = Signal(object)

    def __init__(self, placeholder: str = "") -> None:
        super().__init__(placeholder=placeholder)
        self.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
        self.textEdited.connect(lambda _text: self.changed.emit(self.value()))

    def value(self) -> int | None:
        """The number, None where nothing, or nothing that can be read, was typed."""
        raise NotImplementedError

    def set_value(self, value: int | None) -> None:
        """Show a number."""
        raise NotImplementedError

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Spell it out, so that the person sees how it was understood."""
        if self.value() is not None:
            self.set_value(self.value())
        super().focusOutEvent(event)


class MoneyEditor(_ReadEditor):
    """An amount of money; its value is whole cents."""

    def __init__(self) -> None:
        super().__init__("0.00")

    def value(self) -> int | None:
        """Whole cents."""
        return read_cents(self.text()) if self.text().strip() else None

    def set_value(self, value: int | None) -> None:
        """Show an amount."""
        self.setText("" if value is None else f"{value // 100:,}.{value % 100:02d}")

    def complaint(self) -> str:
        """How an amount is written."""
        return "Write an amount such as 1,250.00." if self.text().strip() and self.value() is None else ""


class ShareEditor(_ReadEditor):
    """A share of an amount; its value is hundredths of a percent."""

    def __init__(self) -> None:
        super().__init__("20 %")

    def value(self) -> int | None:
        """Hundredths of a percent."""
        return read_share(self.text()) if self.text().strip() else None

    def set_value(self, value: int | None) -> None:
        """Show a share."""
        if value is None:
            self.setText("")
        else:
            self.setText(share_text(value))

    def complaint(self) -> str:
        """How a share is written."""
        return "Write a share such as 20 or 12.5." if self.text().strip() and self.value() is None else ""
