"""Small pictures of kept files, made in memory from their bytes. No file is written, and nothing large is drawn."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from liaison_desktop.documents.attached.admitting import MOST_PIXELS
from liaison_desktop.records import FileSort
from liaison_desktop.ui.turns import READER

_MOST_MEMORY = 256  # MB for one picture while it is drawn; Qt's own bound, said here so that it stays


def picture_of(content: bytes, sort: FileSort, within: QSize) -> QImage:
    """The picture, or the first page, no larger than `within` px; an empty image where it cannot be shown.

    Safe on any thread: the size is read before the pixels are, and a picture with too many of them is not begun.
    """
    return _page(content, within) if sort is FileSort.PDF else _photo(content, within)


def _photo(content: bytes, within: QSize) -> QImage:
    held = QByteArray(content)
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    QImageReader.setAllocationLimit(_MOST_MEMORY)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid() or size.width() * size.height() > MOST_PIXELS:
        return QImage()
    turned = reader.transformation().value & 4
    room = within.transposed() if turned else within
    if size.width() > room.width() or size.height() > room.height():
        reader.setScaledSize(size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1)))
    return reader.read()


def _page(content: bytes, within: QSize) -> QImage:
    import pypdfium2 as pdfium

    with READER:
        try:
            document = pdfium.PdfDocument(content)
        except pdfium.PdfiumError:
            return QImage()
        try:
            page = document[0]
            wide, high = page.get_size()
            scale = min(within.width() / wide, within.height() / high)
            bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=True)
            pixels = bytes(bitmap.buffer)
            image = QImage(pixels, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGBX8888).copy()
            page.close()
        finally:
            document.close()
    return image
