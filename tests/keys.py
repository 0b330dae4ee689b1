"""A keyboard for stories: whatever has the focus gets the keys, and Tab travels. Nothing here calls a page."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

KEY = Qt.Key
NONE, CTRL, SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
ALT = Qt.KeyboardModifier.AltModifier


def here() -> QWidget:
    """What has the keyboard."""
    found = QApplication.focusWidget()
    assert found is not None, "nothing has the keyboard"
    return found


def spoken() -> str:
    """What a screen reader would say of it."""
    held = here()
    words = held.accessibleName() or (held.text() if isinstance(held, QAbstractButton) else "")
    return words.strip()


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE, *, times: int = 1) -> None:
    """Press a key, with what is held down."""
    for _ in range(times):
        QTest.keyClick(here(), key, modifiers)
        QApplication.processEvents()


def types(text: str) -> None:
    """Type."""
    QTest.keyClicks(here(), text)
    QApplication.processEvents()


def pick(text: str) -> None:
    """Type into a line with choices and take the first match."""
    types(text)
    press(KEY.Key_Return)


def tab_to(name: str, most: int = 40, *, back: bool = False) -> None:
    """Tab until what has the keyboard is called so, or begins so; the names passed are told if it is never reached."""
    passed = []
    for _ in range(most):
        press(KEY.Key_Backtab if back else KEY.Key_Tab, SHIFT if back else NONE)
        if spoken().startswith(name):
            return
        passed.append(spoken())
    raise AssertionError(f"Tab does not reach {name!r}; it passes {passed}")
