"""Copies that leave: the label and the mark stand on every page, the original stays byte for byte, the lock holds."""

from __future__ import annotations

import io

import pikepdf
import pytest

from liaison_desktop.clinical.consents.document import make_summary
from liaison_desktop.documents.copies import Mark, carrying, stated_copy
from liaison_desktop.documents.made import SHORTEST
from liaison_desktop.documents.styles import sheet
from liaison_desktop.errors import Unprintable
from tests.documents.samples import a_summary, page_texts

PASSWORD = "three blue kettles"
WITHDRAWN = Mark(word="WITHDRAWN", sentence="Withdrawn by the patient 19 Nov 2026, 2:00 PM CST. It no longer holds.")


@pytest.fixture(scope="module", params=["letter", "a4", "large"])
def original(request: pytest.FixtureRequest) -> bytes:
    large = request.param == "large"
    return make_summary(a_summary(), sheet("letter" if large else request.param, large=large), "").content


def test_nothing_to_say_changes_nothing(original: bytes) -> None:
    assert stated_copy(original) == original


def test_every_page_says_whose_copy_it_is_and_that_it_does_not_hold(original: bytes) -> None:
    before = page_texts(original)
    after = page_texts(stated_copy(original, "Patient copy · 19 Nov 2026", WITHDRAWN))
    assert len(after) == len(before)
    for was, now in zip(before, after, strict=True):
        assert "Patient copy · 19 Nov 2026" in now
        assert WITHDRAWN.sentence in now
        assert "WITHDRAWN" in now
        assert was.strip() in now  # and nothing that was there is gone


def test_label_and_sentence_do_not_touch_each_other_or_the_letterhead(original: bytes) -> None:
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(
        stated_copy(original, "Participant copy · 30 Nov 2026, 12:00 PM UTC-05:30", WITHDRAWN)
    )
    for page in document:
        wide, high = page.get_size()
        text = page.get_textpage()
        places = {}
        for words in (WITHDRAWN.sentence, "Participant copy"):
            index, count = text.search(words).get_next()
            boxes = [text.get_charbox(n) for n in range(index, index + count)]
            places[words] = (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes))
        sentence, label = places[WITHDRAWN.sentence], places["Participant copy"]
        assert sentence[2] < label[0]
        assert min(sentence[1], label[1]) > high - 34 + 3
        assert label[2] < wide
    document.close()


def test_a_locked_copy_opens_with_its_password_alone(original: bytes) -> None:
    locked = carrying(stated_copy(original, mark=WITHDRAWN), original=original, name="CS-1.pdf", password=PASSWORD)
    assert b"consent" not in locked.lower()
    for wrong in ("", PASSWORD.upper(), PASSWORD + " "):
        with pytest.raises(pikepdf.PasswordError):
            pikepdf.open(io.BytesIO(locked), password=wrong)
    with pikepdf.open(io.BytesIO(locked), password=PASSWORD) as document:
        assert document.encryption.R == 6
        assert document.encryption.bits == 256
        assert str(document.encryption.stream_method) == "EncryptionMethod.aesv3"
        assert str(document.encryption.file_method) == "EncryptionMethod.aesv3"
        attached = document.attachments["CS-1.pdf"].get_file().read_bytes()
    # The original is inside, byte for byte: its seal can be checked after it was taken out.
    assert attached == original


def test_the_original_travels_inside_without_a_password_too(original: bytes) -> None:
    with pikepdf.open(io.BytesIO(carrying(original, original=original, name="CS-1.pdf"))) as document:
        assert not document.is_encrypted
        assert document.attachments["CS-1.pdf"].get_file().read_bytes() == original


def test_a_short_password_and_a_broken_document_are_refused() -> None:
    with pytest.raises(Unprintable, match=str(SHORTEST)):
        carrying(b"", original=b"", name="x.pdf", password="x" * (SHORTEST - 1))
    with pytest.raises(Unprintable, match="cannot be read"):
        stated_copy(b"no document", "Patient copy")
