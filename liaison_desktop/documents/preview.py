"""The preview: a document on the screen, straight from its bytes. No file is made on disk."""

from __future__ import annotations

import functools
from typing import Any

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.layout import hairline, panel
from liaison_desktop.ui.text import label
from liaison_desktop.ui.theme import theme_of

_GAP, _EDGE = 16, 20  # px between pages, and around them
_LEAST, _MOST, _STEP = 0.4, 4.0, 1.2  # times the size on paper at 96 dots an inch
_DOTS = 96 / 72
_KEPT = 6  # page images kept in memory; a page of large zoom is some 20 MB


class Pages(QWidget):
    """The pages under one another. Only those in view are drawn, and only their images are kept."""

    def __init__(self) -> None:
        super().__init__()
        self._open: list[Any] = []
        # The widget may be taken away while it shows a document; the document is closed then too.
        self.destroyed.connect(functools.partial(_close, self._open))
        self._sizes: list[tuple[float, float]] = []
        self._images: dict[int, QImage] = {}
        self._scale = 1.0

    def load(self, content: bytes) -> None:
        """Show this document from its first page. `content` was made by us and read back before."""
        import pypdfium2 as pdfium

        self.clear()
        document = pdfium.PdfDocument(content)
        self._open.append(document)
        self._sizes = [document.get_page_size(number) for number in range(len(document))]
        self._arrange()

    def clear(self) -> None:
        """Forget the document."""
        _close(self._open)
        self._sizes, self._images = [], {}
        self._arrange()

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self._sizes)

    @property
    def scale(self) -> float:
        """Times the size on paper."""
        return self._scale

    def set_scale(self, scale: float) -> None:
        """Show the pages larger or smaller, within bounds."""
        scale = min(_MOST, max(_LEAST, scale))
        if abs(scale - self._scale) > 1e-4:
            self._scale, self._images = scale, {}
            self._arrange()

    def fitting(self, width: int) -> float:
        """The scale at which the widest page fills this many px."""
        widest = max((size[0] for size in self._sizes), default=612.0)
        return (width - 2 * _EDGE) / (widest * _DOTS)

    def top(self, number: int) -> int:
        """How far down a page begins, in px, with the space above it."""
        return sum(self._size(before).height() + _GAP for before in range(number))

    def page_at(self, height: int) -> int:
        """Which page is that far down."""
        for number in range(self.count - 1):
            if height < self.top(number + 1):
                return number
        return max(0, self.count - 1)

    def image(self, number: int) -> QImage:
        """One page as an image at the present scale."""
        if number not in self._images:
            while len(self._images) >= _KEPT:
                del self._images[next(iter(self._images))]
            self._images[number] = self._render(number)
        return self._images[number]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pages in view."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for number in range(self.count):
            place = self._place(number)
            if place.intersects(event.rect()):
                painter.fillRect(place, QColor("white"))
                painter.drawImage(QPointF(place.topLeft()), self.image(number))
                painter.setPen(theme_of(self).colour("line"))
                painter.drawRect(QRectF(place).adjusted(-0.5, -0.5, 0.5, 0.5))

    def _size(self, number: int) -> QSize:
        wide, high = self._sizes[number]
        return QSize(round(wide * _DOTS * self._scale), round(high * _DOTS * self._scale))

    def _place(self, number: int) -> QRect:
        size = self._size(number)
        return QRect(
            max(_EDGE, (self.width() - size.width()) // 2), _EDGE + self.top(number), size.width(), size.height()
        )

    def _arrange(self) -> None:
        wide = max((self._size(number).width() for number in range(self.count)), default=0)
        self.setMinimumSize(wide + 2 * _EDGE, self.top(self.count) - _GAP + 2 * _EDGE if self.count else 0)
        self.updateGeometry()
        self.update()

    def _render(self, number: int) -> QImage:
        sharp = self.devicePixelRatioF()
        bitmap = self._open[0][number].render(scale=_DOTS * self._scale * sharp, rev_byteorder=True, prefer_bgrx=True)
        pixels = bytes(bitmap.buffer)
        image = QImage(pixels, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGBX8888).copy()
        image.setDevicePixelRatio(sharp)
        return image


def _close(documents: list[Any]) -> None:
    while documents:
        documents.pop().close()


class Preview(QWidget):
    """A document with its pages, zoom, and the two ways out: print, and save a copy. The page that owns it does both."""

    print_asked = Signal()
    save_asked = Signal()
    page_changed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
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
        self._save = button("Save a copy…", icon="download", on_click=self.save_asked.emit)
        self._print = button("Print", "primary", icon="printer", on_click=self.print_asked.emit)
        bar = panel(
            self._title, self._number, None, self._out, self._zoom, self._in, self._fit, 8, self._save, self._print,
            across=True, margins=(16, 8, 16, 8),
        )  # fmt: skip
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for part in (bar, hairline()):
            layout.addWidget(part)
        layout.addWidget(self._area, 1)
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
                Qt.Key.Key_P: self.print_asked.emit,
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
