"""One finding by itself: what is known of it, its looks and photos, and what can be done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from liaison_desktop.errors import LiaisonError
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.confirm import Confirm
from liaison_desktop.ui.frames import title_line
from liaison_desktop.ui.layout import card, column, hairline, row, scroll
from liaison_desktop.ui.text import label, wrapped

Pairs = Sequence[tuple[str, str]]


class Deed(NamedTuple):
    """A button: its word, its icon, what it does. With `reason` it first asks for one; `kind` as of a button.

    `opens` says that it only opens a form, so that a hasty Enter on it does no harm.
    """

    word: str
    icon: str
    act: Callable[[str], object]
    reason: str = ""
    kind: str = "secondary"
    opens: bool = False


class Detail(QFrame):
    """A finding with its facts and its deeds. Escape goes back; a refusal is said under the title."""

    left = Signal()

    def __init__(self, title: str, pairs: Pairs, deeds: Sequence[Deed], more: Sequence[QWidget] = ()) -> None:
        super().__init__()
        self.setProperty("fill", "canvas")
        self.setAccessibleName(title)
        self.back = button("Back", "quiet", "chevron-left", small=True, on_click=self.left.emit)
        self._said = wrapped("", "sec", "red")
        self._said.hide()
        self._asking = column(gap=0)
        self._asking.hide()
        self.deeds = [self._button(deed) for deed in deeds]
        facts = [_pair(name, value) for name, value in pairs if value]
        body = column(
            row(*self.deeds, None, gap=8), self._said, self._asking, *([card(*facts, gap=8)] if facts else []), *more,
            None, gap=12, margins=(24, 12, 24, 24),
        )  # fmt: skip
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(column(10, title_line(title, self.back, margins=(24, 0, 16, 0)), 6, gap=0))
        layout.addWidget(hairline())
        layout.addWidget(scroll(body), 1)
        harmless = (made for made, deed in zip(self.deeds, deeds, strict=True) if deed.opens)
        self._first = next(harmless, self.back)
        self.setFocusProxy(self._first)

    def said(self) -> str:
        """Why a deed was refused; empty if none was."""
        return self._said.plain()

    def _button(self, deed: Deed) -> QWidget:
        return button(deed.word, deed.kind, deed.icon, small=True, on_click=lambda: self._press(deed))

    def _press(self, deed: Deed) -> None:
        if not deed.reason:
            self._do(deed, "")
            return
        asked = Confirm(
            deed.word, "It stays in the record with your reason and counts no more.", deed.word, True, deed.reason
        )
        asked.accepted.connect(lambda reason: self._do(deed, reason))
        asked.rejected.connect(self._put_away)
        self._put_away()
        inside = self._asking.layout()
        if inside is not None:
            inside.addWidget(asked)
        self._asking.show()
        asked.show()
        asked.setFocus(Qt.FocusReason.OtherFocusReason)

    def _put_away(self) -> None:
        inside = self._asking.layout()
        while inside is not None and inside.count():
            taken = inside.takeAt(0)
            widget = taken.widget() if taken is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._asking.hide()
        self._first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _do(self, deed: Deed, reason: str) -> None:
        try:
            deed.act(reason)
        except LiaisonError as error:
            self._said.set_text(str(error))
            self._said.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _pair(name: str, value: str) -> QWidget:
    caption = label(name, "sec", "ink2")
    caption.setFixedWidth(156)
    return row(caption, (wrapped(value, "body", "ink"), 1), gap=12)
