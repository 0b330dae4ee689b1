"""The preview itself: a bar with the ways out, and the pane the pages scroll in."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from liaison_desktop.documents.preview.pages import Pages
from liaison_desktop.documents.preview.ways_out import WaysOut
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.layout import hairline, panel
from liaison_desktop.ui.text import label

_STEP = 1.2  # how much one press zooms


class Preview(QWidget):
    """A document with its pages, zoom, and the two ways out: print, and save a copy. The page that owns it does both.

    With `copies`, such as Patient copy and Chart copy, it asks first: `copy_asked` tells whose copy is printed,
    `saving_asked` the password of the file, empty for none. Without, `print_asked` and `save_asked` come at once.
    """

    print_asked = Signal()
    save_asked = Signal()
    copy_asked = Signal(str)
    saving_asked = Signal(str)
    page_changed = Signal(int)

    def __init__(self, copies: Sequence[str] = ()) -> None:
        super().__init__()
        self.ways_out = WaysOut(copies) if copies else None
        self._fits, self._page = True, 0
        self._content = b""
        self._pages = Pages()
        self._pages.setAccessibleName("Document")
        self._area = _Area(self._pages)
        self._title = label("", "strong")
        self._number = label("", "sec")
        self._zoom = label("", "sec")
        self._out = button(icon="zoom-out", kind="quiet", small=True, name="Smaller", on_click=self.zoom_out)
        self._in = button(icon="zoom-in", kind="quiet", small=True, name="Larger", on_click=self.zoom_in)
        self._fit = button("Fit width", "quiet", small=True, on_click=self.fit_width)
        self._save = button("Save a copy…", icon="download", on_click=self.ask_save)
        self._print = button("Print", "primary", icon="printer", on_click=self.ask_print)
        bar = panel(
            self._title, self._number, None, self._out, self._zoom, self._in, self._fit, 8, self._save, self._print,
            across=True, margins=(16, 8, 16, 8),
        )  # fmt: skip
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        # The document comes first in the order of Tab, so that the page keys work as soon as it is shown.
        layout.addWidget(self._area, 1)
        if self.ways_out is not None:
            layout.insertWidget(0, self.ways_out)
            self.ways_out.printed.connect(self.copy_asked.emit)
            self.ways_out.saved.connect(self.saving_asked.emit)
            self.ways_out.closed.connect(self._area.setFocus)
        layout.insertWidget(0, hairline())
        layout.insertWidget(0, bar)
        QWidget.setTabOrder(self._area, self._out)
        self._area.verticalScrollBar().valueChanged.connect(self._tell_page)
        self._area.resized.connect(self._refit)
        self.setFocusProxy(self._area)
        self._settle()

    def show_document(self, content: bytes, title: str) -> None:
        """Show a document from its bytes. `title` is its number, never a patient's name."""
        self._content = content
        self._title.setText(title)
        self._pages.load(content)
        self._area.verticalScrollBar().setValue(0)
        self._page = 0
        self._refit()
        self._settle()

    def clear(self) -> None:
        """Show nothing and forget the document, as before the window is locked."""
        self._content = b""
        self._title.setText("")
        self._pages.clear()
        if self.ways_out is not None and self.ways_out.isVisibleTo(self):
            self.ways_out.close_it()
        self._settle()

    @property
    def content(self) -> bytes:
        """The document that is shown; empty when there is none."""
        return self._content

    @property
    def page_count(self) -> int:
        """How many pages it has."""
        return self._pages.count

    @property
    def page(self) -> int:
        """The page at the top of the view, from 1; 0 when nothing is shown."""
        return self._page + 1 if self._pages.count else 0

    @property
    def scale(self) -> float:
        """Times the size on paper."""
        return self._pages.scale

    def ask_print(self) -> None:
        """Print: at once, or asked whose copy first."""
        if self.ways_out is None:
            self.print_asked.emit()
        elif self._pages.count:
            self.ways_out.ask_print()

    def ask_save(self) -> None:
        """Save a copy: at once, or asked first whether it is locked."""
        if self.ways_out is None:
            self.save_asked.emit()
        elif self._pages.count:
            self.ways_out.ask_save()

    def go_to(self, page: int) -> None:
        """Bring a page, counted from 1, to the top of the view."""
        wanted = min(max(0, page - 1), max(0, self._pages.count - 1))
        self._area.verticalScrollBar().setValue(self._pages.top(wanted))
        # The last page may be too short to reach the top; it was still asked for.
        self._page = wanted
        self._settle()

    def zoom_in(self) -> None:
        """One step larger."""
        self._scale_to(self._pages.scale * _STEP)

    def zoom_out(self) -> None:
        """One step smaller."""
        self._scale_to(self._pages.scale / _STEP)

    def fit_width(self) -> None:
        """As wide as the view, also when the view changes."""
        self._fits = True
        self._refit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page keys turn pages; Home and End go to the ends; Ctrl with plus, minus and zero zooms."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            zooms = {
                Qt.Key.Key_Plus: self.zoom_in,
                Qt.Key.Key_Equal: self.zoom_in,
                Qt.Key.Key_Minus: self.zoom_out,
                Qt.Key.Key_0: self.fit_width,
                Qt.Key.Key_P: self.ask_print,
                Qt.Key.Key_S: self.ask_save,
            }
            act = zooms.get(Qt.Key(event.key()))
            if act is not None:
                act()
                return
        turns = {
            Qt.Key.Key_PageDown: self.page + 1,
            Qt.Key.Key_PageUp: self.page - 1,
            Qt.Key.Key_Home: 1,
            Qt.Key.Key_End: self._pages.count,
        }
        wanted = turns.get(Qt.Key(event.key()))
        if wanted is None:
            super().keyPressEvent(event)
        else:
            self.go_to(wanted)

    def _scale_to(self, scale: float) -> None:
        self._fits = False
        here = self._page
        self._pages.set_scale(scale)
        self.go_to(here + 1)

    def _refit(self) -> None:
        if self._fits and self._pages.count:
            here = self._page
            self._pages.set_scale(min(1.6, self._pages.fitting(self._area.viewport().width())))
            self.go_to(here + 1)

    def _tell_page(self, height: int) -> None:
        # A page counts as the one being read once its upper third has come into view.
        page = self._pages.page_at(height + self._area.viewport().height() // 3)
        if page != self._page:
            self._page = page
            self._settle()

    def _settle(self) -> None:
        there = bool(self._pages.count)
        self._number.setText(f"Page {self.page} of {self._pages.count}" if there else "")
        self._zoom.setText(f"{round(self._pages.scale * 100)} %" if there else "")
        for each in (self._out, self._in, self._fit, self._save, self._print):
            each.setEnabled(there)
        self.page_changed.emit(self.page)


class _Area(QScrollArea):
    """The pane the pages scroll in; it leaves the page keys to the preview."""

    resized = Signal()

    def __init__(self, pages: Pages) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setWidget(pages)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows scroll; the rest is for the preview."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say so."""
        super().resizeEvent(event)
        self.resized.emit()
