"""The pages of a document under one another, drawn from its bytes as they come into view."""

from __future__ import annotations

import atexit
from typing import Any

from PySide6.QtCore import QPointF, QRect, QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from liaison_desktop.ui.theme import theme_of
from liaison_desktop.ui.turns import READER

_GAP, _EDGE = 16, 20  # px between pages, and around them
_LEAST, _MOST = 0.4, 4.0  # times the size on paper at 96 dots an inch
_DOTS = 96 / 72
_KEPT = 6  # page images kept in memory; a page of large zoom is some 20 MB


class Pages(QWidget):
    """The pages under one another. Only those in view are drawn, and only their images are kept."""

    def __init__(self) -> None:
        super().__init__()
        self._open: list[Any] = []
        # The widget may be taken away while it shows a document; the document is closed then too.
        left_open = self._open
        self._at_exit = lambda _gone=None: _close(left_open)
        self.destroyed.connect(self._at_exit)
        self._sizes: list[tuple[float, float]] = []
        self._images: dict[int, QImage] = {}
        self._scale = 1.0

    def load(self, content: bytes) -> None:
        """Show this document from its first page. `content` was made by us and read back before."""
        import pypdfium2 as pdfium

        self.clear()
        # The reader complains on the way out about documents left open; asked after its import, this runs before it.
        atexit.unregister(self._at_exit)
        atexit.register(self._at_exit)
        with READER:
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
        with READER:
            bitmap = self._open[0][number].render(
                scale=_DOTS * self._scale * sharp, rev_byteorder=True, prefer_bgrx=True
            )
            pixels = bytes(bitmap.buffer)
        image = QImage(pixels, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGBX8888).copy()
        image.setDevicePixelRatio(sharp)
        return image


def _close(documents: list[Any]) -> None:
    with READER:
        while documents:
            documents.pop().close()
