"""The printer: a PDF goes to paper page by page as an image, without a file on disk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from liaison_desktop.ui.turns import READER

if TYPE_CHECKING:
    from PySide6.QtGui import QImage
    from PySide6.QtPrintSupport import QPrinter

_POINTS_PER_INCH = 72
_MOST_DPI = 300  # beyond this a page image costs memory and prints no better


class Printer(Protocol):
    """Prints a document."""

    def print_pdf(self, content: bytes, copies: int = 1) -> bool:
        """Send the pages to the printer. False if there is no printer or the person cancelled."""
        ...


class DesktopPrinter:
    """The desktop's printers and its print dialog."""

    def print_pdf(self, content: bytes, copies: int = 1) -> bool:
        """Ask which printer, then print every page to the size of its sheet."""
        # Imported here: it loads slowly and most days print nothing.
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
        from PySide6.QtWidgets import QApplication

        # Without a printer the dialog offers only a file, which nobody asked for and nobody would find again.
        if not QPrinterInfo.availablePrinters():
            return False
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setCopyCount(copies)
        # The name of the job is seen by everyone at the printer, so it says nothing.
        printer.setDocName("Liaison Desktop")
        # With a parent, whose style it then has.
        if QPrintDialog(printer, QApplication.activeWindow()).exec() != QPrintDialog.DialogCode.Accepted:
            return False
        return paint_pages(content, printer)


def paint_pages(content: bytes, printer: QPrinter) -> bool:
    """Paint every page of a PDF on a printer. False if the printer could not be started."""
    import pypdfium2

    with READER:
        document = pypdfium2.PdfDocument(content)
        try:
            return _paint(document, printer)
        finally:
            document.close()


def _paint(document: Any, printer: QPrinter) -> bool:
    from PySide6.QtCore import QRectF, QSizeF
    from PySide6.QtGui import QPageSize, QPainter

    painter = QPainter()
    sheet = QSizeF(*document[0].get_size())
    printer.setFullPage(True)
    printer.setPageSize(QPageSize(sheet, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch))
    if not painter.begin(printer):
        return False
    try:
        for number in range(len(document)):
            if number:
                printer.newPage()
            image = page_image(document[number], min(printer.resolution(), _MOST_DPI))
            painter.drawImage(QRectF(printer.pageLayout().fullRectPixels(printer.resolution())), image)
    finally:
        painter.end()
    return True


def page_image(page: Any, dpi: int) -> QImage:
    """One page of a pypdfium2 document as an image that owns its pixels."""
    from PySide6.QtGui import QImage

    bitmap = page.render(scale=dpi / _POINTS_PER_INCH, rev_byteorder=True, prefer_bgrx=True)
    pixels = bytes(bitmap.buffer)
    return QImage(pixels, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGBX8888).copy()
