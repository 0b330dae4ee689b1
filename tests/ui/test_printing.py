"""Printing without a printer, and pages as images."""

from __future__ import annotations

import io
from pathlib import Path

from pytestqt.qtbot import QtBot

from liaison_desktop.ui.printing import DesktopPrinter, page_image, paint_pages


def _paper(pages: int) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(612, 792))
    for number in range(pages):
        canvas.drawString(72, 700, f"Page {number + 1}")
        canvas.rect(72, 72, 200, 200, fill=1)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def test_without_a_printer_nothing_is_printed_and_nothing_opens(qtbot: QtBot) -> None:
    from PySide6.QtPrintSupport import QPrinterInfo

    assert QPrinterInfo.availablePrinters() == []
    assert DesktopPrinter().print_pdf(_paper(1)) is False


def test_every_page_is_painted(qtbot: QtBot, tmp_path: Path) -> None:
    import pypdfium2
    from PySide6.QtPrintSupport import QPrinter

    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    assert paint_pages(_paper(3), printer)
    printed = pypdfium2.PdfDocument(tmp_path / "out.pdf")
    assert len(printed) == 3
    width, height = printed[0].get_size()
    assert (round(width), round(height)) == (612, 792)
    image = page_image(printed[2], 72)
    assert image.pixelColor(150, 792 - 150).lightness() < 40  # the black square is where it was
    printed.close()


def test_a_page_image_owns_its_pixels(qtbot: QtBot) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(_paper(1))
    image = page_image(document[0], 144)
    document.close()
    assert (image.width(), image.height()) == (1224, 1584)
    assert image.pixelColor(10, 10).lightness() == 255
