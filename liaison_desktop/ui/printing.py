"""The printer: a PDF goes to paper page by page as an image, without a file on disk."""

from __future__ import annotations

from typing import Protocol

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
        # Imported here: both load slowly and most days print nothing.
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo

        # Without a printer the dialog offers only a file, which nobody asked for and nobody would find again.
        if not QPrinterInfo.availablePrinters():
            return False
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setCopyCount(copies)
        # The name of the job is seen by everyone at the printer, so it says nothing.
        printer.setDocName("Liaison Desktop")
        if QPrintDialog(printer).exec() != QPrintDialog.DialogCode.Accepted:
            return False
        return paint_pages(content, printer)


def paint_pages(content: bytes, printer: object) -> bool:
    """Paint every page of a PDF on a QPrinter. False if the printer could not be started."""
    import pypdfium2
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QPageSize, QPainter
    from PySide6.QtPrintSupport import QPrinter

    if not isinstance(printer, QPrinter):
        raise TypeError("Pages are painted on a QPrinter.")
    document = pypdfium2.PdfDocument(content)
    painter = QPainter()
    try:
        width, height = document[0].get_size()
        printer.setFullPage(True)
        printer.setPageSize(_sheet(width, height, QPageSize))
        if not painter.begin(printer):
            return False
        for number in range(len(document)):
            if number:
                printer.newPage()
            image = page_image(document[number], min(printer.resolution(), _MOST_DPI))
            painter.drawImage(QRectF(printer.pageLayout().fullRectPixels(printer.resolution())), image)
    finally:
        painter.end()
        document.close()
    return True


def _sheet(width: float, height: float, sizes: type) -> object:
    from PySide6.QtCore import QSizeF

    return sizes(QSizeF(width, height), sizes.Unit.Point, "", sizes.SizeMatchPolicy.FuzzyMatch)


def page_image(page: object, dpi: int) -> object:
    """One page of a pypdfium2 document as a QImage that owns its pixels."""
    from PySide6.QtGui import QImage

    bitmap = page.render(scale=dpi / _POINTS_PER_INCH, rev_byteorder=True, prefer_bgrx=True)  # type: ignore[attr-defined]
    pixels = bytes(bitmap.buffer)
    image = QImage(pixels, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGBX8888)
    return image.copy()
