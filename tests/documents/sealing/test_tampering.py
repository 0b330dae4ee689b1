"""Whatever is done to a sealed file is seen. `LIAISON_FLIPS=600` asks for more flipped bits than the usual 120."""

from __future__ import annotations

import io
import os
import random
from collections.abc import Callable
from typing import Any

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from liaison_desktop.documents.sealing.verifying import Verdict, check
from tests.documents.sealing.examples import ROOTS, a_sealed

FLIPS = int(os.environ.get("LIAISON_FLIPS", "120"))
Change = Callable[[IncrementalPdfFileWriter], object]


def the_hole(content: bytes) -> range:
    """Where the signature itself stands, with the zeros behind it."""
    begin = content.rindex(b"/Contents <")
    return range(begin, content.index(b">", begin))


@pytest.mark.timeout(300)
def test_each_flipped_bit_is_seen() -> None:
    content, dice = a_sealed(), random.Random(20261119)
    missed = []
    for _ in range(FLIPS):
        at, bit = dice.randrange(len(content)), dice.randrange(8)
        flipped = bytearray(content)
        flipped[at] ^= 1 << bit
        if check(bytes(flipped), ROOTS).verdict is not Verdict.CHANGED:
            missed.append((at, bit, at in the_hole(content)))
    assert missed == []


@pytest.mark.timeout(120)
def test_each_flipped_bit_of_the_signature_itself_is_seen() -> None:
    # Its padding too: nothing can be hidden in the room that the seal leaves unsigned.
    content, dice = a_sealed(), random.Random(7)
    hole = the_hole(content)
    for _ in range(40):
        flipped = bytearray(content)
        flipped[dice.choice(hole)] ^= 1 << dice.randrange(8)
        assert check(bytes(flipped), ROOTS).verdict is Verdict.CHANGED


def appended(change: Change) -> bytes:
    """The sealed file with an update behind it; what was sealed stands there untouched."""
    writer = IncrementalPdfFileWriter(io.BytesIO(a_sealed()), strict=False)
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    assert out.getvalue().startswith(a_sealed())
    return out.getvalue()


def overlay(writer: IncrementalPdfFileWriter) -> None:
    drawn = generic.StreamObject(stream_data=b"q 1 1 1 rg 60 400 300 60 re f Q")
    writer.add_stream_to_page(0, writer.add_object(drawn))


def note(writer: IncrementalPdfFileWriter) -> None:
    name = generic.pdf_name
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    box = generic.ArrayObject(map(generic.NumberObject, (60, 400, 360, 460)))
    words = {
        name("/Type"): name("/Annot"),
        name("/Subtype"): name("/FreeText"),
        name("/Rect"): box,
        name("/Contents"): generic.pdf_string("The patient said no."),
    }
    page[name("/Annots")] = generic.ArrayObject([writer.add_object(generic.DictionaryObject(words))])
    writer.update_container(page)


def attachment(writer: IncrementalPdfFileWriter) -> None:
    from pyhanko.pdf_utils.embed import EmbeddedFileObject, FileSpec, embed_file

    stream = EmbeddedFileObject.from_file_data(writer, data=b'{"agrees": "no"}', mime_type="application/json")
    embed_file(writer, FileSpec(file_spec_string="record.json", embedded_data=stream))


def title(writer: IncrementalPdfFileWriter) -> None:
    writer.set_info(writer.add_object(generic.DictionaryObject({generic.pdf_name("/Title"): generic.pdf_string("X")})))


def page_gone(writer: IncrementalPdfFileWriter) -> None:
    pages = writer.root["/Pages"]
    pages[generic.pdf_name("/Kids")] = generic.ArrayObject([pages["/Kids"].raw_get(0)])
    pages[generic.pdf_name("/Count")] = generic.NumberObject(1)
    writer.update_container(pages)


@pytest.mark.parametrize("change", [overlay, note, attachment, title, page_gone])
def test_each_appended_update_is_seen(change: Change) -> None:
    found = check(appended(change), ROOTS)
    assert found.verdict is Verdict.CHANGED
    assert "Something was added to the file after it was sealed." in [each.words for each in found.findings]


def test_a_second_signature_is_seen() -> None:
    from pyhanko.sign.fields import SigFieldSpec
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

    from liaison_desktop.documents.sealing.seal import _key_elsewhere
    from tests.documents.sealing.examples import a_sealing, the_identity

    signer: Any = _key_elsewhere(a_sealing(), the_identity().sign_document)
    about = PdfSignatureMetadata(field_name="Second", md_algorithm="sha256")
    out = io.BytesIO()
    writer = IncrementalPdfFileWriter(io.BytesIO(a_sealed()), strict=False)
    PdfSigner(about, signer=signer, new_field_spec=SigFieldSpec("Second")).sign_pdf(writer, output=out)
    assert check(out.getvalue(), ROOTS).verdict is Verdict.CHANGED


@pytest.mark.parametrize("behind", [b"\n", b"% a remark\n", b"%PDF-1.7 another"])
def test_bytes_behind_the_end_are_seen(behind: bytes) -> None:
    assert check(a_sealed() + behind, ROOTS).verdict is Verdict.CHANGED
