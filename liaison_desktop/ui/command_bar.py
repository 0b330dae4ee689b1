"""The command bar (Ctrl+K): people, actions and records in one line that is typed into."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGraphicsDropShadowEffect, QLabel, QListView, QVBoxLayout, QWidget

from liaison_desktop.i18n import plural, tr
from liaison_desktop.ui.bar_rows import ROW, BarDelegate, BarModel, BarRow, matches, row_height
from liaison_desktop.ui.chips import KeyCap
from liaison_desktop.ui.fonts import font
from liaison_desktop.ui.inputs import LineEdit
from liaison_desktop.ui.layout import hairline, row
from liaison_desktop.ui.text import icon_label, label
from liaison_desktop.ui.tokens import NARROW, RAIL

WIDTH, TOP, INPUT, FOOT = 640, 64, 52, 32
_MOST_ROWS_HEIGHT = 352

Group = tuple[str, Sequence[BarRow]]


class CommandBar(QWidget):
    """Lies over the whole window while it is open. Enter runs what is chosen, Escape or a click beside it closes.

    `show_groups` gives what it knows at once; `asked` is emitted with what was typed, and whoever searches answers
    with `add_found`, at once or later; an answer to an older text is dropped.
    """

    asked = Signal(str)
    closed = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._groups: Sequence[Group] = ()
        self._found: Sequence[Group] = ()
        self._found_for = ""
        self._before: QWidget | None = None
        self.line = LineEdit(placeholder=tr("Type a name or what you want to do"), name=tr("Command bar"))
        self.line.setProperty("state", "bare")
        self.line.setFont(font("section", weight=400))
        self.model, self.view, self._delegate = BarModel(self), QListView(), BarDelegate(self)
        self.view.setModel(self.model)
        self.view.setItemDelegate(self._delegate)
        self.view.setAccessibleName(tr("What was found"))
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.clicked.connect(lambda index: self._run(index.row()))
        self._count: QLabel = label("", "cap", "ink2")
        self._panel = self._framed()
        self.line.textChanged.connect(self._typed)
        self.line.installEventFilter(self)
        window.installEventFilter(self)
        self.hide()

    def _framed(self) -> QFrame:
        frame = QFrame(self)
        frame.setObjectName("panel")
        layout = QVBoxLayout(frame)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        head = row(icon_label("search"), (self.line, 1), KeyCap("Esc"), gap=12, margins=(20, 0, 18, 0))
        head.setFixedHeight(INPUT)
        keys = row(self._count, None, KeyCap("↑+↓"), label(tr("move"), "cap", "ink2"), 6, KeyCap("Enter"),
                   label(tr("open"), "cap", "ink2"), gap=6, margins=(20, 0, 20, 0))  # fmt: skip
        keys.setFixedHeight(FOOT)
        for widget in (head, hairline(), self.view, hairline(), keys):
            layout.addWidget(widget)
        shadow = QGraphicsDropShadowEffect(frame)
        shadow.setBlurRadius(32)
        shadow.setOffset(0, 8)
        shadow.setColor(QColor(0, 0, 0, 90))
        frame.setGraphicsEffect(shadow)
        return frame

    # ---- what the window uses

    def open_with(self, groups: Sequence[Group]) -> None:
        """Open over the window and offer these groups."""
        if not self.isVisible():
            self._before = self.window().focusWidget()
        self._groups, self._found, self._found_for = groups, (), ""
        self._cover()
        self.show()
        self.raise_()
        self.line.clear()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._show_rows()

    def add_found(self, text: str, groups: Sequence[Group]) -> None:
        """What a search for `text` found; dropped if something else was typed since."""
        if self.isVisible() and text == self.line.text():
            self._found, self._found_for = groups, text
            self._show_rows()

    def close_bar(self) -> None:
        """Close; the keyboard goes back to where it was."""
        if not self.isVisible():
            return
        self.hide()
        before, self._before = self._before, None
        if before is not None and before.isVisible():
            before.setFocus()
        self.closed.emit()

    # ---- inside

    def _typed(self, text: str) -> None:
        if not self.isVisible():
            return
        # What was found for an older text stays until the answer comes, so that the list does not flicker.
        self._show_rows()
        self.asked.emit(text)

    def _show_rows(self) -> None:
        text = self.line.text()
        words = text.casefold().split()
        self._delegate.words = words
        merged: dict[str, list[BarRow]] = {}
        for name, rows in (*self._found, *self._groups):
            # What a search found for this very text matches by rules of its own.
            trusted = (name, rows) in self._found and self._found_for == text
            merged.setdefault(name, []).extend(row for row in rows if trusted or matches(row, words))
        items: list[BarRow | str] = []
        for name, held in merged.items():
            if held:
                items.extend((name, *held))
        count = sum(isinstance(item, BarRow) for item in items)
        self.model.show_items(items or [tr("Nothing matches. Try fewer letters.")])
        self._count.setText(plural(count, "{n} match", "{n} matches"))
        if count:
            self.view.setCurrentIndex(self.model.index(1, 0))
        high = sum(row_height(item, self._delegate.width) for item in self.model.items) + 8
        self.view.setFixedHeight(min(high, _MOST_ROWS_HEIGHT, max(ROW, self.height() - 2 * TOP - INPUT - FOOT)))
        self._panel.adjustSize()
        self._cover()

    def _run(self, number: int) -> None:
        item = self.model.items[number] if 0 <= number < len(self.model.items) else None
        if isinstance(item, BarRow):
            self.close_bar()
            # After the bar is gone, so that what it opens keeps the keyboard.
            QTimer.singleShot(0, self, _calling(item.run))

    def _step(self, by: int) -> None:
        at, size = self.view.currentIndex().row() + by, len(self.model.items)
        while 0 <= at < size and not isinstance(self.model.items[at], BarRow):
            at += by
        if 0 <= at < size:
            self.view.setCurrentIndex(self.model.index(at, 0))
            if at == 1:
                self.view.scrollToTop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the line; the size of the window."""
        if event.type() == QEvent.Type.Resize and watched is self.parent():
            self._cover()
        if watched is not self.line or event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 5, Qt.Key.Key_PageUp: -5}
        key = Qt.Key(event.key())
        if key in steps:
            for _ in range(abs(steps[key])):
                self._step(1 if steps[key] > 0 else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._run(self.view.currentIndex().row())
        elif key == Qt.Key.Key_Escape:
            self.close_bar()
        elif key not in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            return False
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside the panel closes."""
        if not self._panel.geometry().contains(event.position().toPoint()):
            self.close_bar()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The scrim: the window is there, and out of reach."""
        QPainter(self).fillRect(self.rect(), QColor(16, 22, 30, 102))

    def _cover(self) -> None:
        parent = self.parentWidget()
        if parent is None:
            return
        self.setGeometry(parent.rect())
        wide = min(WIDTH, self.width() - 32)
        self._panel.setFixedWidth(wide)
        self._delegate.width = wide - 2
        self._panel.resize(wide, self._panel.sizeHint().height())
        # Centred over the page, not over the rail.
        left = (self.width() + (RAIL if self.width() >= NARROW else 0) - wide) // 2
        self._panel.move(left, TOP if self.height() > 480 else 16)


def _calling(run: Callable[[], object]) -> Callable[[], None]:
    def call() -> None:
        run()

    return call
