"""The line a secret is typed into: dots, an eye to look at it, and a hint when Caps Lock seems to be on."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from liaison_desktop.i18n import tr
from liaison_desktop.ui.inputs import LineEdit
from liaison_desktop.ui.theme import theme_of


class SecretLine(LineEdit):
    """A line of dots with an eye. `caps_changed` tells whether Caps Lock seems to be on; Qt has no way to ask."""

    caps_changed = Signal(bool)

    def __init__(self, name: str, *, tall: bool = False) -> None:
        self._tall, self._caps = tall, False
        super().__init__(name=name)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        # A secret is not for the spelling checker, the word list of a keyboard on the screen, or drag and drop.
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._eye = QAction(self)
        self._eye.triggered.connect(self._look)
        self.addAction(self._eye, QLineEdit.ActionPosition.TrailingPosition)
        self._settle()

    @property
    def shown(self) -> bool:
        """Whether the secret can be read."""
        return self.echoMode() is QLineEdit.EchoMode.Normal

    def show_secret(self, on: bool) -> None:
        """Show the letters, or dots."""
        place = self.cursorPosition()
        self.setEchoMode(QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password)
        self.setCursorPosition(place)
        self._settle()

    def _look(self) -> None:
        self.show_secret(not self.shown)

    def _settle(self) -> None:
        super()._settle()
        if self._tall and self.height() < 36:
            self.setFixedHeight(36)
        if hasattr(self, "_eye"):
            self._eye.setIcon(theme_of(self).icon("eye-off" if self.shown else "eye", "ink3"))
            self._eye.setText(tr("Hide") if self.shown else tr("Show"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Guess Caps Lock from a letter that does not fit the Shift key."""
        text = event.text()
        if len(text) == 1 and text.isalpha() and text.upper() != text.lower():
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._guess(text.isupper() != shift)
        elif event.key() == Qt.Key.Key_CapsLock:
            self._guess(False)
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The hint belongs to the line that has the keyboard."""
        self._guess(False)
        super().focusOutEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)

    def _guess(self, caps: bool) -> None:
        if caps != self._caps:
            self._caps = caps
            self.caps_changed.emit(caps)
