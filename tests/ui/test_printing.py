"""Printing without a printer, and pages as images."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from liaison_desktop.errors import Unprintable
from liaison_desktop.ui.printing import DesktopPrinter, Printed, page_image, paint_pages, send, spool


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
    assert DesktopPrinter().names() == ()
    assert DesktopPrinter().print_pdf(_paper(1)) is None


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


@pytest.fixture
def queue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A printing system of the kind that takes PDF through a pipe: it keeps what it was told and what it was given."""
    program = tmp_path / "bin" / "lp"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/told\ncat > {tmp_path}/spooled\n[ ! -e {tmp_path}/jam ]\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    return tmp_path


@pytest.mark.skipif(sys.platform == "win32", reason="Windows takes page images")
def test_the_printing_system_gets_the_very_bytes(queue: Path) -> None:
    paper = _paper(2)
    spool(str(queue / "bin" / "lp"), paper, "Ward 3", 2, "two-sided-long-edge")
    assert (queue / "spooled").read_bytes() == paper
    assert (queue / "told").read_text().split(" -t ")[0] == "-d Ward 3 -n 2"
    assert "sides=two-sided-long-edge" in (queue / "told").read_text()
    assert (queue / "told").read_text().rstrip().endswith(" -")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows takes page images")
def test_a_printing_system_that_refuses_or_is_not_there_is_told(queue: Path) -> None:
    (queue / "jam").touch()
    with pytest.raises(Unprintable, match="refused"):
        spool(str(queue / "bin" / "lp"), _paper(1), "Ward 3", 1, "one-sided")
    with pytest.raises(Unprintable, match="does not answer"):
        spool(str(queue / "bin" / "nothing"), _paper(1), "Ward 3", 1, "one-sided")


def test_qts_own_printer_for_files_is_no_printer(qtbot: QtBot) -> None:
    from PySide6.QtPrintSupport import QPrinter

    # Where there is none, Qt's is valid and would write a PDF that nobody asked for.
    printer = QPrinter()
    assert printer.isValid()
    with pytest.raises(Unprintable, match="writes a file"):
        send(_paper(1), printer)


def test_what_a_printer_took_is_said_in_words() -> None:
    assert Printed(printer="Ward 3", pages=1).words() == "Ward 3, 1 page"
    assert Printed(printer="Ward 3", pages=2, copies=3).words() == "Ward 3, 2 pages, 3 copies"
