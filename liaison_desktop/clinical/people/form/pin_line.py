"""The line a PIN is typed into: digits as dots, known to no spelling checker and no clipboard menu."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit

from liaison_desktop.security.pin import MOST
from liaison_desktop.ui.inputs import LineEdit

_WIDE = 160


class PinLine(LineEdit):
    """A line of dots. `changed` as it is typed."""

    changed = Signal(object)

    def __init__(self, name: str = "PIN") -> None:
        super().__init__(name=name)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setMaxLength(MOST)
        self.setMaximumWidth(_WIDE)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhDigitsOnly
            | Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.textEdited.connect(lambda _text: self.changed.emit(None))
