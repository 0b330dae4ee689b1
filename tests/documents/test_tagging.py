"""Every document is tagged, carries its record and metadata, and has a place for the seal where one is wanted."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
from collections.abc import Iterator

import pikepdf
import pytest
from reportlab.platypus import Flowable

from liaison_desktop.documents import fonts
from liaison_desktop.documents.furniture import About, Footer, make
from liaison_desktop.documents.styles import Styles, sheet
from liaison_desktop.documents.tables import heading, ruled, words
from tests.documents.samples import CENTRAL

ABOUT = About(
    "A title & more", "A subject", "A place", dt.datetime(2026, 11, 22, 10, 21, 5, tzinfo=CENTRAL), record=b'{"a":1}'
)
FOOTER = Footer("Somebody", "F-1 v1", "Chart copy")


def a_document(about: About = ABOUT, texts: tuple[str, ...] = ("one", "two"), *, large: bool = False) -> bytes:
    on = sheet("letter", large=large)
    fonts.register()
    cells: list[list[Flowable]] = [[words(text, Styles(on).cell), words("x", Styles(on).cell)] for text in texts]
    return make([*heading("Rows", on), ruled(("What", "Mark"), cells, (0.5, 0.5), on)], on, FOOTER, about)


def attached(content: bytes) -> list[tuple[str, bytes]]:
    """Name and content of every file inside."""
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(content)
    try:
        found = [document.get_attachment(number) for number in range(document.count_attachments())]
        return [(one.get_name(), bytes(one.get_data())) for one in found]
    finally:
        document.close()


def operators(content: bytes) -> Iterator[str]:
    """What each page does, operator for operator."""
    with pikepdf.open(io.BytesIO(content)) as file:
        for page in file.pages:
            yield from (str(one.operator) for one in pikepdf.parse_content_stream(page))


def test_the_record_is_inside() -> None:
    assert attached(a_document()) == [("record.json", b'{"a":1}')]


def test_a_document_made_twice_is_the_same() -> None:
    assert a_document() == a_document()


def test_the_file_says_twice_what_it_is_and_both_agree() -> None:
    content = a_document()
    assert b'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">A title &amp; more</rdf:li>' in content
    assert b"<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1<" in content
    assert b"2026-11-22T10:21:05-06:00" in content
    assert b"D:20261122102105-06'00'" in content
    for key in (b"/StructTreeRoot", b"/MarkInfo", b"/DisplayDocTitle true", b"/Lang (en-US)", b"/Tabs /S", b"/AF ["):
        assert key in content, key


def test_the_older_form_for_archives_holds_no_file() -> None:
    content = a_document(dataclasses.replace(ABOUT, archive="1b"))
    assert content.startswith(b"%PDF-1.4")
    assert attached(content) == []
    assert b"<pdfaid:part>1</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>" in content
    assert b"<pdfuaid:part>" not in content


@pytest.mark.parametrize("seal", [False, True])
def test_the_place_of_the_seal_is_there_when_it_is_wanted(seal: bool) -> None:
    content = a_document(dataclasses.replace(ABOUT, seal=seal))
    assert (b"/T (LiaisonSeal)" in content) is seal
    assert (b"/AcroForm" in content) is seal


def test_what_is_drawn_is_in_an_element_or_an_artifact() -> None:
    """No text or path outside the brackets, on any page."""
    content = a_document(texts=("many words " * 1_200, "short"), large=True)
    shown, depth = 0, 0
    for operator in operators(content):
        depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(operator, 0)
        assert depth in (0, 1)
        if operator in ("Tj", "TJ", "f", "f*", "S", "B", "Do"):
            shown += 1
            assert depth == 1, operator
    assert shown > 100
    assert depth == 0


def test_a_row_that_goes_on_overleaf_is_one_row() -> None:
    content = a_document(texts=("many words " * 1_200, "short"))
    assert content.count(b"/S /TR") == 3
    assert content.count(b"/S /TH") == 4
    assert b"/Type /MCR" in content
