"""Looks at every widget of a screen for what no eye should have to find: cut texts, nameless controls, markup."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QLabel, QLineEdit, QTextEdit, QWidget

from liaison_desktop.ui.cards import CardRow, FollowUpRow
from liaison_desktop.ui.chips import Chip
from liaison_desktop.ui.text import Elided, Wrapped


def _seen(widget: QWidget) -> Iterator[QWidget]:
    yield from (held for held in (widget, *widget.findChildren(QWidget)) if held.isVisibleTo(widget))


def cut_texts(widget: QWidget) -> list[str]:
    """Texts of a shown widget that are narrower or lower than they need; eliding widgets may be."""
    cut = []
    for held in _seen(widget):
        if isinstance(held, (Elided, CardRow, FollowUpRow)):
            continue
        if isinstance(held, QLabel) and held.text():
            if held.wordWrap():
                whole = held.heightForWidth(held.width()) <= held.height() + 1
            else:
                whole = QFontMetrics(held.font()).horizontalAdvance(held.text()) <= held.width() + 1
                whole = whole and QFontMetrics(held.font()).height() <= held.height() + 2
            text = held.plain() if isinstance(held, Wrapped) else held.text()
        elif isinstance(held, (QAbstractButton, Chip)) and held.text():
            whole = _fits(held)
            text = held.text()
        else:
            continue
        if not whole:
            cut.append(f"{type(held).__name__}: {text}")
    return cut


def _fits(held: QWidget) -> bool:
    if not isinstance(held, QAbstractButton):
        return True
    if held.hasHeightForWidth():
        return held.heightForWidth(held.width()) <= held.height() + 1
    return held.sizeHint().width() <= held.width() + 1


def unnamed(widget: QWidget) -> list[str]:
    """Widgets that take the keyboard and have no accessible name."""
    found = []
    for held in _seen(widget):
        inner = isinstance(held.parent(), QAbstractSpinBox)
        takes_keys = held.focusPolicy() & Qt.FocusPolicy.TabFocus and held.focusProxy() is None
        if takes_keys and not inner and not held.accessibleName():
            found.append(f"{type(held).__name__} {held.objectName()}".strip())
    return found


def rich_labels(widget: QWidget) -> list[str]:
    """Labels that would take what they show for markup; the kit's wrapped text escapes, so it may be rich."""
    plain = Qt.TextFormat.PlainText
    labels = (held for held in widget.findChildren(QLabel) if not isinstance(held, Wrapped))
    return [held.text() for held in labels if held.textFormat() is not plain and held.text()]


def texts_of(widget: QWidget) -> list[str]:
    """Every text that a person can read on a shown widget, as it was given."""
    texts = []
    for held in _seen(widget):
        if isinstance(held, Wrapped):
            texts.append(held.plain())
        elif isinstance(held, QTextEdit):
            texts.append(held.toPlainText())
        elif isinstance(held, (QLabel, QAbstractButton, QLineEdit, Elided, Chip)):
            texts.append(held.text())
    return [text for text in texts if text]
