"""A line that offers matching choices under it while you type."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QHideEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from liaison_desktop.i18n import tr
from liaison_desktop.ui.floating import Floating
from liaison_desktop.ui.inputs import LineEdit
from liaison_desktop.ui.lists import ListRow, RowsModel
from liaison_desktop.ui.rows_view import RowsView
from liaison_desktop.ui.theme import theme_of

_MOST_HEIGHT = 288
_NARROWEST = 240


@dataclass(frozen=True)
class Option:
    """Something that can be chosen: its value, what it is called, and what tells it from its namesakes."""

    value: object
    title: str
    facts: str = ""


class SuggestLine(LineEdit):
    """Type to narrow, arrows to move, Enter to take. What was typed but not taken is not a value."""

    changed = Signal(object)

    def __init__(
        self, look: Callable[[str], Sequence[Option]], placeholder: str = "", name: str = "", icon: str = ""
    ) -> None:
        super().__init__(placeholder=placeholder, name=name, icon=icon)
        self._look = look
        self._chosen: Option | None = None
        self._popup: _Popup | None = None
        self._options: Sequence[Option] = ()
        self._chevron = QAction(self)
        self._chevron.triggered.connect(self._open)
        self.addAction(self._chevron, QLineEdit.ActionPosition.TrailingPosition)
        self.textEdited.connect(self._typed)
        self._settle_chevron()

    def value(self) -> object:
        """The value that was taken, None if there is none."""
        return self._chosen.value if self._chosen is not None else None

    def show_option(self, option: Option | None) -> None:
        """Show this as taken."""
        self._chosen = option
        self.setText(option.title if option is not None else "")
        self.setCursorPosition(0)

    def complaint(self) -> str:
        """What is wrong with what stands in the line: typed, but nothing taken."""
        if self._chosen is None and self.text().strip():
            return tr("Choose one from the list, or clear the field.")
        return ""

    def take(self, option: Option | None) -> None:
        """Take a choice as the person does, and say so."""
        self.show_option(option)
        self._close()
        self.changed.emit(self.value())

    def is_open(self) -> bool:
        """Whether the list is seen."""
        return self._popup is not None and self._popup.isVisible()

    def _typed(self, text: str) -> None:
        had = self._chosen is not None
        self._chosen = None
        if had or not text.strip():
            self.changed.emit(None)
        self._show_matches(text)

    def _open(self) -> None:
        if self.is_open():
            self._close()
        elif self.isEnabled() and not self.isReadOnly():
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            self.selectAll()
            self._show_matches("")

    def _show_matches(self, text: str) -> None:
        self._options = tuple(self._look(text.strip()))
        if self._popup is None:
            self._popup = _Popup(self)
            self._popup.view.opened.connect(self._take_number)
            self._popup.view.clicked.connect(lambda index: self._take_number(index.row()))
        rows = [ListRow(option.title, option.facts, key=number) for number, option in enumerate(self._options)]
        self._popup.show_rows(rows or [tr("Nothing matches")])

    def _take_number(self, number: object) -> None:
        if isinstance(number, int) and 0 <= number < len(self._options):
            self.take(self._options[number])

    def _close(self) -> None:
        if self._popup is not None:
            self._popup.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down opens and moves, Enter takes, Escape closes."""
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            if not self.is_open():
                self._open()
            elif self._popup is not None:
                self._popup.step(1 if key == Qt.Key.Key_Down else -1)
        elif self.is_open() and self._popup is not None and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take_number(self._popup.view.current_key())
        elif self.is_open() and key == Qt.Key.Key_Escape:
            self._close()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click shows what there is to choose."""
        super().mousePressEvent(event)
        if not self.is_open():
            self._open()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving takes the only match, so that a typed name needs no Enter; else the list closes."""
        if self.is_open() and len(self._options) == 1 and self.text().casefold() == self._options[0].title.casefold():
            self.take(self._options[0])
        self._close()
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """The list goes with its line, as when another page is shown."""
        super().hideEvent(event)
        self._close()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_chevron"):
            self._settle_chevron()

    def _settle_chevron(self) -> None:
        self._chevron.setIcon(theme_of(self).icon("chevron-down", "ink3"))


class _Popup(Floating):
    """The choices, floating over the page under their line."""

    def __init__(self, line: SuggestLine) -> None:
        super().__init__(line)
        self._line = line
        self.view = RowsView(tr("Choices"), RowsModel())
        self.view.rows.setParent(self.view)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 5, 1, 5)
        layout.addWidget(self.view)

    def show_rows(self, rows: list[ListRow] | list[str]) -> None:
        """Show these, the first one chosen."""
        plain = not any(isinstance(row, ListRow) and row.facts for row in rows)
        self.view.set_one_line(plain)
        self.view.rows.set_rows(rows)
        self.view.select_first()
        high = sum(self._height(row, plain) for row in rows[:8]) + 20
        self.float_at(QSize(max(self._line.width(), _NARROWEST), min(high, _MOST_HEIGHT)))

    def _height(self, row: ListRow | str, plain: bool) -> int:
        return theme_of(self).height("caption" if isinstance(row, str) else "row" if plain else "row2")

    def step(self, by: int) -> None:
        """Choose the next one, or the one before."""
        size = self.view.rows.rowCount()
        here = self.view.currentIndex().row()
        if size:
            self.view.setCurrentIndex(self.view.rows.index(min(max(here + by, 0), size - 1)))


def matching(options: Sequence[Option], text: str) -> Sequence[Option]:
    """The options in which every typed word occurs, in any order."""
    words = text.casefold().split()
    return [o for o in options if all(word in f"{o.title} {o.facts}".casefold() for word in words)]


class ChoiceLine(SuggestLine):
    """One out of a fixed, long list."""

    def __init__(self, options: Sequence[Option], placeholder: str = "", name: str = "") -> None:
        self._all = tuple(options)
        super().__init__(lambda text: matching(self._all, text), placeholder or tr("Type to choose"), name)

    def offer(self, options: Sequence[Option]) -> None:
        """Offer these from now on; what was taken stays."""
        self._all = tuple(options)

    def set_value(self, value: object) -> None:
        """Show a value; one that is no option, or None, clears the line."""
        self.show_option(next((option for option in self._all if option.value == value), None))
