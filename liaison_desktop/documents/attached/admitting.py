"""Whether a file may come in, and what of it: photos and pictures without their metadata, PDF as it is."""

from __future__ import annotations

import datetime as dt
import re

import msgspec

from liaison_desktop.documents.attached.found import Broken, Picture
from liaison_desktop.documents.attached.jpeg import clean_jpeg
from liaison_desktop.documents.attached.png import HEAD as PNG_HEAD
from liaison_desktop.documents.attached.png import clean_png
from liaison_desktop.errors import Fault, Refused, Unprintable
from liaison_desktop.records import AttachedFile, FileSort
from liaison_desktop.store.attachments import megabytes

# A picture of so many pixels takes 200 MB while it is drawn; cameras of phones stay under it.
MOST_PIXELS = 50_000_000
_LONGEST_NAME = 120
_PHONE = re.compile(rb"....ftyp(heic|heix|hevc|mif1|msf1|avif)", re.DOTALL)


class Admitted(msgspec.Struct, frozen=True, kw_only=True):
    """A file that may be stored: its bytes as they will be kept."""

    content: bytes
    sort: FileSort
    name: str
    pages: int = 1
    cleaned: bool = False


def admit(content: bytes, name: str, *, most: int) -> Admitted:
    """The file as it may be kept; `most` is the greatest size in bytes.

    Raises Refused beside the field `file`: too large, empty, broken, or of a sort that cannot be shown.
    """
    if not content:
        raise _refused("This file is empty.")
    if len(content) > most:
        raise _refused(f"This file has {megabytes(len(content))}; the most is {megabytes(most)}.")
    called = plain_name(name)
    if content.startswith(b"\xff\xd8\xff"):
        return _picture(content, called, FileSort.JPEG)
    if content.startswith(PNG_HEAD):
        return _picture(content, called, FileSort.PNG)
    if b"%PDF-" in content[:1024]:
        return Admitted(content=content, sort=FileSort.PDF, name=called, pages=_pages(content))
    if _PHONE.match(content):
        raise _refused("This photo is in a phone's own format. Let the phone save it as JPEG, and choose it again.")
    raise _refused("Only photos (JPEG, PNG) and PDF can be kept and shown here.")


def _picture(content: bytes, name: str, sort: FileSort) -> Admitted:
    cleaner = clean_jpeg if sort is FileSort.JPEG else clean_png
    try:
        picture: Picture = cleaner(content)
    except Broken as error:
        raise _refused(str(error)) from None
    if picture.wide * picture.high > MOST_PIXELS:
        raise _refused("This picture has too many pixels to be shown safely. Make it smaller first.")
    return Admitted(content=picture.content, sort=sort, name=name, cleaned=True)


def _pages(content: bytes) -> int:
    # The reader of PDFs is loaded when the first one comes.
    from liaison_desktop.documents.foreign import look_over

    try:
        return look_over(content)
    except Unprintable as error:
        raise _refused(str(error).split(". Save", maxsplit=1)[0].rstrip(".") + ". It was not taken.") from None


def plain_name(name: str) -> str:
    """The last part of a file's name without what cannot be shown, at most 120 characters."""
    last = re.split(r"[/\\]", name)[-1]
    return "".join(mark for mark in last if mark.isprintable()).strip()[-_LONGEST_NAME:]


def attached_file(admitted: Admitted, sha256: str, *, by: str, at: dt.datetime) -> AttachedFile:
    """What a record keeps of a file that was put away under this SHA-256."""
    return AttachedFile(
        sha256=sha256,
        sort=admitted.sort,
        name=admitted.name,
        size=len(admitted.content),
        pages=admitted.pages,
        cleaned=admitted.cleaned,
        added_at=at,
        added_by=by,
    )


def _refused(words: str) -> Refused:
    return Refused((Fault(field="file", message=words),))
