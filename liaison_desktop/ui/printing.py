"""The printer: a PDF goes to paper without a file on disk, as it is where the system prints PDF, else page by page."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any, Protocol

import msgspec

from liaison_desktop.errors import Unprintable
from liaison_desktop.ui.turns import READER

if TYPE_CHECKING:
    from PySide6.QtGui import QImage
    from PySide6.QtPrintSupport import QPrinter

_POINTS_PER_INCH = 72
_MOST_DPI = 300  # beyond this a page image costs memory and prints no better
_PATIENCE = 60  # seconds until a printing system that says nothing is given up
# The name of the job is seen by everyone at the printer, so it says nothing.
_JOB = "Liaison Desktop"


class Printed(msgspec.Struct, frozen=True, kw_only=True):
    """What a printer took, for the journal and for the person: which printer, how many pages, how many copies."""

    printer: str
    pages: int
    copies: int = 1

    def words(self) -> str:
        """Such as "Ward 3, 2 pages"; never what was printed."""
        pages = "1 page" if self.pages == 1 else f"{self.pages} pages"
        return f"{self.printer}, {pages}" + (f", {self.copies} copies" if self.copies > 1 else "")


class Printer(Protocol):
    """Prints a document."""

    def names(self) -> tuple[str, ...]:
        """The printers there are; empty means that nothing can be printed now."""
        ...

    def print_pdf(self, content: bytes, copies: int = 1) -> Printed | None:
        """Send the pages to the printer. None if there is none or the person cancelled; Unprintable if it refuses."""
        ...


class DesktopPrinter:
    """The desktop's printers and its print dialog."""

    def names(self) -> tuple[str, ...]:
        """Asked anew each time: a printer may have been plugged in."""
        from PySide6.QtPrintSupport import QPrinterInfo

        return tuple(QPrinterInfo.availablePrinterNames())

    def print_pdf(self, content: bytes, copies: int = 1) -> Printed | None:
        """Ask which printer, then print every page to the size of its sheet."""
        # Without a printer Qt's own stands for a PDF file, and calls itself valid: nobody asked for that file.
        if not self.names():
            return None
        # Imported here: it loads slowly and most days print nothing.
        from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter
        from PySide6.QtWidgets import QApplication

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setCopyCount(copies)
        printer.setDocName(_JOB)
        # With a parent, whose style it then has.
        dialog = QPrintDialog(printer, QApplication.activeWindow())
        # A file would be a copy outside the store without a line in the journal; half a consent is none.
        for option in ("PrintToFile", "PrintPageRange", "PrintSelection"):
            dialog.setOption(getattr(QAbstractPrintDialog.PrintDialogOption, option), False)
        if dialog.exec() != QPrintDialog.DialogCode.Accepted:
            return None
        return send(content, printer)


def send(content: bytes, printer: QPrinter) -> Printed:
    """Print on the printer that was chosen. Raises Unprintable if it does not take the pages."""
    from PySide6.QtPrintSupport import QPrinter

    name, copies = printer.printerName(), printer.copyCount()
    if printer.outputFormat() is not QPrinter.OutputFormat.NativeFormat:
        raise Unprintable("This printer writes a file. Save a copy instead, so that the journal has a line for it.")
    lines = shutil.which("lp") if sys.platform != "win32" else None
    if lines is not None:
        long_edge = printer.duplex() in (QPrinter.DuplexMode.DuplexLongSide, QPrinter.DuplexMode.DuplexAuto)
        short_edge = printer.duplex() is QPrinter.DuplexMode.DuplexShortSide
        sides = "two-sided-long-edge" if long_edge else "two-sided-short-edge" if short_edge else "one-sided"
        grey = printer.colorMode() is QPrinter.ColorMode.GrayScale
        spool(lines, content, name, copies, sides, *(("print-color-mode=monochrome",) if grey else ()))
    elif not paint_pages(content, printer):
        raise Unprintable("The printer did not take the pages. See that it is switched on, then print again.")
    return Printed(printer=name, pages=page_count(content), copies=copies)


def spool(program: str, content: bytes, name: str, copies: int, sides: str, *options: str) -> None:
    """Give the bytes to the printing system through a pipe: no file, and lines and letters stay lines and letters.

    Raises Unprintable if it refuses. What the system itself keeps in its queue is up to its administrator.
    """
    said = [program, "-d", name, "-n", str(copies), "-t", _JOB, "-o", f"sides={sides}", "-o", "fit-to-page"]
    for option in options:
        said += ["-o", option]
    try:
        done = subprocess.run([*said, "-"], input=content, capture_output=True, timeout=_PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired):
        raise Unprintable("The printing system does not answer. Print again, or save a copy.") from None
    if done.returncode:
        raise Unprintable("The printing system refused the document. See that the printer is ready, then print again.")


def page_count(content: bytes) -> int:
    """How many pages a document of ours has."""
    import pypdfium2

    with READER:
        document = pypdfium2.PdfDocument(content)
        try:
            return len(document)
        finally:
            document.close()


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
