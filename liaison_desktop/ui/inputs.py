"""Lines and areas to type into."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QInputMethodEvent, QKeyEvent, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QApplication, QLineEdit, QTextEdit, QWidget

from liaison_desktop.ui.fonts import font, line_height
from liaison_desktop.ui.free_text import FreeText
from liaison_desktop.ui.layout import restyle
from liaison_desktop.ui.theme import theme_of

_FIXED_HEIGHT = 2  # QTextBlockFormat.LineHeightTypes.FixedHeight


class LineEdit(QLineEdit):
    """One line of text with an icon before it, at the height of the density."""

    def __init__(
        self, text: str = "", placeholder: str = "", icon: str = "", quiet: bool = False, name: str = ""
    ) -> None:
        super().__init__(text)
        self.free: FreeText | None = None
        self._marks: tuple[tuple[int, int], ...] = ()
        self._icon = icon
        self._settled: tuple[object, int] = (None, 0)  # the theme it took its height and icon from
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name or placeholder)
        self.setFont(font("body"))
        self.setCursorPosition(0)
        if quiet:
            self.setProperty("state", "quiet")
        if icon:
            self._action = QAction(self)
            self.addAction(self._action, QLineEdit.ActionPosition.LeadingPosition)
        self._settle()

    def set_fault(self, on: bool) -> None:
        """Draw the red edge of a field with a fault, or take it away."""
        _set_fault(self, on)

    def set_marks(self, spans: Sequence[tuple[int, int]]) -> None:
        """Underline these spans of the text; none takes the underlines away."""
        if not spans and not self._marks:
            return
        self._marks, text, at = tuple(spans), self.text(), _units(self.text()[: self.cursorPosition()])
        # A line has no formats of its own; what an input method marks while it composes is drawn the same way.
        marks = [
            QInputMethodEvent.Attribute(
                QInputMethodEvent.AttributeType.TextFormat,
                _units(text[:start]) - at,
                _units(text[start:end]),
                _wave(self),
            )
            for start, end in spans
        ]
        QApplication.sendEvent(self, QInputMethodEvent("", marks))

    def marks(self) -> tuple[tuple[int, int], ...]:
        """The spans that are underlined."""
        return self._marks

    def replace(self, start: int, end: int, words: str) -> None:
        """Write other words in place of a span, as one step that Ctrl+Z takes back; as if it were typed."""
        self.setSelection(start, end - start)
        self.insert(words)
        self.textEdited.emit(self.text())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._settle()

    def _settle(self) -> None:
        theme = theme_of(self)
        if self._settled == (theme, theme.turn):
            return
        self._settled = theme, theme.turn
        self.setFixedHeight(theme.height("control"))
        if self._icon:
            self._action.setIcon(theme.icon(self._icon, "ink3"))


class TextArea(QTextEdit):
    """Several lines of plain text. Tab leaves it; phrases can be underlined as by a spell checker."""

    def __init__(self, lines: int = 3, name: str = "", placeholder: str = "") -> None:
        super().__init__()
        self.free: FreeText | None = None
        self._marks: tuple[tuple[int, int], ...] = ()
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setFont(font("body"))
        self.document().setDefaultFont(font("body"))
        self.document().setDocumentMargin(4)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.set_lines(lines)
        self.set_text("")

    def set_lines(self, lines: int) -> None:
        """How many lines are seen at once; the rest scrolls."""
        self.setFixedHeight(lines * line_height("body") + 18)

    def text(self) -> str:
        """The plain text."""
        return self.toPlainText()

    def set_text(self, text: str) -> None:
        """Show another text, at the line height of the kit."""
        self.setPlainText(text)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        block = QTextBlockFormat()
        block.setLineHeight(line_height("body"), _FIXED_HEIGHT)
        cursor.mergeBlockFormat(block)
        # What is shown first is not an edit that Ctrl+Z may take back.
        self.document().clearUndoRedoStacks()

    def mark(self, phrases: Sequence[str]) -> None:
        """Underline these phrases wherever they stand; no phrase takes the underlines away."""
        marks = []
        for phrase in filter(None, phrases):
            cursor = self.document().find(phrase)
            while not cursor.isNull():
                marks.append(self._wave(cursor))
                cursor = self.document().find(phrase, cursor)
        self.setExtraSelections(marks)

    def set_marks(self, spans: Sequence[tuple[int, int]]) -> None:
        """Underline these spans of the text, start and end counted in characters; none takes the underlines away."""
        self._marks = tuple(spans)
        self.setExtraSelections([self._wave(self._cursor(start, end)) for start, end in spans])

    def marks(self) -> tuple[tuple[int, int], ...]:
        """The spans that are underlined, as they were given."""
        return self._marks

    def replace(self, start: int, end: int, words: str) -> None:
        """Write other words in place of a span, as one step that Ctrl+Z takes back."""
        self._cursor(start, end).insertText(words)

    def _cursor(self, start: int, end: int) -> QTextCursor:
        # The document counts in UTF-16, where an emoji is two.
        text = self.text()
        first = _units(text[:start])
        last = first + _units(text[start:end])
        cursor = QTextCursor(self.document())
        cursor.setPosition(first)
        cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _wave(self, cursor: QTextCursor) -> QTextEdit.ExtraSelection:
        selection = QTextEdit.ExtraSelection()
        selection.cursor, selection.format = cursor, _wave(self)
        return selection

    def set_fault(self, on: bool) -> None:
        """Draw the red edge of a field with a fault, or take it away."""
        _set_fault(self, on)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter belongs to the form (save), so it adds no line."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
            return
        super().keyPressEvent(event)


def _units(text: str) -> int:
    """How long a text is as Qt counts: in UTF-16, where an emoji is two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _wave(widget: QWidget) -> QTextCharFormat:
    theme, wave = theme_of(widget), QTextCharFormat()
    wave.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
    wave.setUnderlineColor(theme.colour("red_fill"))
    wave.setBackground(theme.colour("red_soft"))
    return wave


def _set_fault(widget: QLineEdit | QTextEdit, on: bool) -> None:
    state = "fault" if on else ""
    if (widget.property("state") or "") != state and widget.property("state") not in ("quiet", "bare"):
        widget.setProperty("state", state)
        restyle(widget)


def line_edit(text: str = "", placeholder: str = "", icon: str = "", quiet: bool = False, name: str = "") -> LineEdit:
    """A line to type into; `quiet` for a search above a list. `name` is the accessible name, else the placeholder."""
    return LineEdit(text, placeholder, icon, quiet, name)
