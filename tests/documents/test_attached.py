"""What may be kept with a record, and what is taken out of a photo before it is."""

from __future__ import annotations

import random

import pytest

from liaison_desktop.documents.attached import admit
from liaison_desktop.errors import Refused
from liaison_desktop.records import FileSort
from tests.documents import photos

MOST = 20_000_000


@pytest.mark.parametrize("make", [photos.photo, photos.picture])
def test_place_camera_and_what_hangs_on_are_gone_and_the_pixels_are_the_same(make: object) -> None:
    before = make()  # type: ignore[operator]
    kept = admit(before, "ward.jpg", most=MOST)
    assert photos.PLACE in before
    for secret in (photos.PLACE, photos.CAMERA, b"xap", b"ftyp", b"eXIf"):
        assert secret not in kept.content
    assert kept.cleaned
    assert photos.read(kept.content) == photos.read(before)
    assert admit(kept.content, "ward.jpg", most=MOST).content == kept.content  # nothing is left to take out


@pytest.mark.parametrize("up", range(1, 9))
def test_which_way_is_up_stays(up: int) -> None:
    from PySide6.QtCore import QBuffer, QByteArray
    from PySide6.QtGui import QImageReader

    def turned(content: bytes) -> object:
        held = QByteArray(content)
        buffer = QBuffer(held)
        buffer.open(QBuffer.OpenModeFlag.ReadOnly)
        return QImageReader(buffer, b"jpeg").transformation()

    before = photos.photo(up)
    assert turned(admit(before, "", most=MOST).content) == turned(before)


def test_the_colour_profile_stays_and_other_notes_of_the_same_kind_go() -> None:
    profile = photos.segment(0xE2, b"ICC_PROFILE\0\1\1" + b"colours")
    more = photos.segment(0xE2, b"MPF\0" + photos.PLACE) + photos.segment(0xED, b"Photoshop" + photos.PLACE)
    kept = admit(photos.photo(more=profile + more), "", most=MOST).content
    assert profile in kept
    assert photos.PLACE not in kept


def test_a_preview_in_the_head_of_the_file_goes() -> None:
    plain = photos.saved(photos.drawn(), "JPG")
    assert plain[2:4] == b"\xff\xe0"
    preview = photos.segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\2\2" + photos.PLACE[:12])
    kept = admit(b"\xff\xd8" + preview + plain[20:], "", most=MOST).content
    assert photos.PLACE[:12] not in kept
    assert photos.read(kept) == photos.read(plain)


def test_a_photo_that_was_cut_off_behind_its_pixels_is_taken() -> None:
    plain = photos.saved(photos.drawn(), "JPG")
    assert admit(plain[:-2], "", most=MOST).content[-2:] == b"\xff\xd9"


def test_a_pdf_comes_in_as_it_is_with_its_pages() -> None:
    content = photos.a_pdf(3)
    kept = admit(content, "C:\\scans\\MAR\u202e.pdf", most=MOST)
    assert (kept.content, kept.sort, kept.pages, kept.cleaned) == (content, FileSort.PDF, 3, False)
    assert kept.name == "MAR.pdf"


def _many_scans() -> bytes:
    plain = photos.saved(photos.drawn(), "JPG")
    start = plain.index(b"\xff\xda")
    return plain[:-2] + plain[start:-2] * 70 + b"\xff\xd9"


def _huge_jpeg() -> bytes:
    plain = photos.saved(photos.drawn(), "JPG")
    place = plain.index(b"\xff\xc0")
    return plain[: place + 5] + b"\xff\x00\xff\x00" + plain[place + 9 :]


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: b"", "empty"),
        (lambda: b"x" * (MOST + 1), "the most is 20.0 MB"),
        (lambda: b"MZ\x90\0 a program", "Only photos"),
        (lambda: b"\0\0\0\x18ftypheic\0\0\0\0", "phone's own format"),
        (photos.bomb_png, "too many pixels"),
        (_huge_jpeg, "too many pixels"),
        (_many_scans, "takes too long"),
        (lambda: photos.picture()[:80], "broken"),
        (lambda: photos.photo()[:60], "broken"),
        (lambda: photos.picture().replace(b"IHDR", b"IHDX"), "broken"),
        (lambda: b"%PDF-1.7 and nothing behind it", "broken"),
    ],
)
def test_what_cannot_be_shown_is_refused_in_words(make: object, words: str) -> None:
    with pytest.raises(Refused, match=words) as refused:
        admit(make(), "a", most=MOST)  # type: ignore[operator]
    assert refused.value.faults[0].field == "file"


@pytest.mark.parametrize("make", [photos.photo, photos.picture])
def test_whatever_is_flipped_or_cut_it_is_taken_or_refused_and_nothing_else(make: object) -> None:
    chance, whole = random.Random(7), make()  # type: ignore[operator]
    for _ in range(300):
        spoilt = bytearray(whole[: chance.randrange(1, len(whole))] if chance.random() < 0.4 else whole)
        for _flip in range(chance.randrange(1, 6)):
            spoilt[chance.randrange(min(len(spoilt), 400))] = chance.randrange(256)
        try:
            kept = admit(bytes(spoilt), "x", most=MOST)
        except Refused:
            continue
        assert photos.CAMERA not in kept.content
