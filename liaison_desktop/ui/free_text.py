"""What makes an editor one of free text: a form says so once, and whoever watches texts finds it on the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeGuard

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QLineEdit, QTextEdit, QWidget


@dataclass(frozen=True)
class FreeText:
    """The path of its field, such as `notes`, and where what was seen in it is shown; by default at the window's foot."""

    field: str
    place: QWidget | None = None


class FreeTextEditor(Protocol):
    """An editor of the kit whose words can be underlined and replaced."""

    free: FreeText | None
    textChanged: SignalInstance

    def text(self) -> str:
        """What is typed."""
        ...

    def set_marks(self, spans: Sequence[tuple[int, int]]) -> None:
        """Underline these spans; none takes the underlines away."""
        ...

    def marks(self) -> tuple[tuple[int, int], ...]:
        """The spans that are underlined."""
        ...

    def replace(self, start: int, end: int, words: str) -> None:
        """Write other words in place of a span, as one step that Ctrl+Z takes back."""
        ...

    def isReadOnly(self) -> bool:
        """Whether it can only be read."""
        ...

    def accessibleName(self) -> str:
        """What it is called."""
        ...

    def isVisible(self) -> bool:
        """Whether it is on the screen."""
        ...

    def isEnabled(self) -> bool:
        """Whether it takes the keyboard."""
        ...

    def hasFocus(self) -> bool:
        """Whether the keyboard is in it."""
        ...

    def setFocus(self) -> None:
        """Put the keyboard into it."""
        ...


def is_free_text(widget: object) -> TypeGuard[FreeTextEditor]:
    """Whether a widget is an editor of free text."""
    return getattr(widget, "free", None) is not None


def free_text_editors(page: QWidget) -> Iterator[FreeTextEditor]:
    """The editors of free text within a page that are on the screen and can be typed into: lines first, then areas."""
    # Asked by Qt's own types: a window holds a thousand widgets, and few of them take words.
    for widget in (*page.findChildren(QLineEdit), *page.findChildren(QTextEdit)):
        if is_free_text(widget) and widget.isVisible() and widget.isEnabled() and not widget.isReadOnly():
            yield widget
