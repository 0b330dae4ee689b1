"""The kit by itself: pages, footers, tables, codes; what comes out is a document that other programs can read."""

from __future__ import annotations

import datetime as dt
import subprocess
from pathlib import Path
from shutil import which

import pytest
from reportlab.platypus import Flowable

from liaison_desktop.documents import fonts
from liaison_desktop.documents.boxes import alert_box, identifier_box, lead_box
from liaison_desktop.documents.canonical import fingerprint, grouped
from liaison_desktop.documents.codes import Qr, barcode
from liaison_desktop.documents.finish import finish
from liaison_desktop.documents.furniture import About, Footer, make
from liaison_desktop.documents.styles import PaperName, Styles, sheet
from liaison_desktop.documents.tables import heading, ruled, words
from tests.documents.samples import CENTRAL, HOSTILE, LONG_NAME, page_texts

ABOUT = About("A title", "A subject", "A place", dt.datetime(2026, 11, 22, 10, 21, 5, tzinfo=CENTRAL))
FOOTER = Footer(LONG_NAME, "F-1 v1", "Chart copy")


def _rows(texts: tuple[str, ...], paper: PaperName = "letter", large: bool = False) -> bytes:
    on = sheet(paper, large=large)
    fonts.register()
    cells: list[list[Flowable]] = [[words(text, Styles(on).cell), words("x", Styles(on).cell)] for text in texts]
    return make([*heading("Rows", on), ruled(("What", "Mark"), cells, (0.5, 0.5), on)], on, FOOTER, ABOUT)


@pytest.mark.parametrize(("paper", "size"), [("letter", (612, 792)), ("a4", (595.3, 841.9))])
def test_the_paper_has_its_size(paper: PaperName, size: tuple[float, float]) -> None:
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(_rows(("one",), paper))
    assert document[0].get_size() == pytest.approx(size, abs=0.1)
    document.close()


def test_the_same_story_gives_the_same_bytes() -> None:
    assert _rows(("one", "two")) == _rows(("one", "two"))


def test_the_file_knows_its_record_time_and_no_other() -> None:
    content = _rows(("one",))
    assert content.count(b"D:20261122102105-06'00'") == 2
    assert str(dt.date.today().year).encode() + b"0101" not in content


def test_pages_are_numbered() -> None:
    texts = page_texts(_rows(("a row of some words",) * 120))
    assert len(texts) > 2
    for number, text in enumerate(texts, start=1):
        assert f"Page {number} of {len(texts)}" in text
        assert "What Mark" in text  # column names on each page
        assert LONG_NAME in text


def test_a_row_is_not_broken_when_the_next_page_can_hold_it() -> None:
    row = "Twelve lines of words that belong together. " * 12
    for text in page_texts(_rows((row,) * 9)):
        assert text.count("Twelve") % 12 == 0


@pytest.mark.parametrize("large", [False, True])
def test_a_row_taller_than_a_page_goes_on_overleaf(large: bool) -> None:
    texts = page_texts(_rows(("short", "many words " * 1_200, "last"), large=large))
    assert len(texts) > 2
    assert sum(text.count("many words") + text.count("many x words") for text in texts) >= 1_190
    assert "last" in texts[-1]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_can_be_anywhere(text: str) -> None:
    on = sheet("letter")
    fonts.register()
    story = [
        identifier_box((("Patient", text), ("Number", text)), text, on),
        alert_box("Allergies", text, on, alert=True),
        lead_box("In plain words", (text, text), on),
    ]
    assert make(story, on, Footer(text, text, "Chart copy"), ABOUT).startswith(b"%PDF")


def test_every_font_is_inside_the_file(tmp_path: Path) -> None:
    content = _rows(("one",))
    assert b"/Helvetica" not in content
    path = tmp_path / "document.pdf"
    path.write_bytes(content)
    if which("pdffonts"):
        listed = subprocess.run(["pdffonts", path], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
        assert listed
        assert all(line.split()[-5] == "yes" for line in listed)
    if which("qpdf"):
        assert subprocess.run(["qpdf", "--check", path], capture_output=True, check=False).returncode == 0


def test_a_barcode_is_made_only_when_a_scanner_could_read_it() -> None:
    assert barcode("0049-3382", 20, 120) is not None
    assert barcode("", 20, 120) is None
    assert barcode("Ж123", 20, 120) is None
    assert barcode("9" * 60, 20, 120) is None


def test_a_code_is_one_path() -> None:
    on = sheet("letter")
    content = make([Qr("consent:CS-1?sha256=0123456789abcdef", 50)], on, FOOTER, ABOUT)
    from tests.documents.samples import filled_paths

    assert len(filled_paths(content, (0, 0, 0))) == 1


def test_a_fingerprint_is_64_digits_in_groups() -> None:
    from liaison_desktop.records import Row

    class Thing(Row, frozen=True, kw_only=True):
        name: str

    digest = fingerprint(Thing(name="a"))
    assert len(digest) == 64
    assert digest != fingerprint(Thing(name="b"))
    assert grouped(digest).replace(" ", "") == digest
    assert grouped(digest, 2) == f"{digest[:8]} {digest[8:16]}"


def test_stages_run_in_their_order() -> None:
    assert finish(b"a", [lambda content: content + b"b", lambda content: content + b"c"]) == b"abc"
