"""What leaves in place of the original: a copy that says whose it is or that it no longer holds, and a locked file.

The original is never touched: a seal counts for its bytes alone, so a word added to it would break it. Label and mark are
drawn over the pages of a copy that says of itself that it is one. A locked file shows the same pages and carries the
original inside, byte for byte, so that whoever may open it can check the seal there.
"""

from __future__ import annotations

import io
import secrets
from typing import Any

import msgspec
from reportlab.lib.colors import Color, HexColor
from reportlab.pdfgen.canvas import Canvas

from liaison_desktop.documents import fonts
from liaison_desktop.documents.made import SHORTEST
from liaison_desktop.documents.styles import INK, RED
from liaison_desktop.documents.text import printable
from liaison_desktop.errors import Unprintable
from liaison_desktop.ui.turns import WRITER

_SIDE, _TOP, _SMALL, _HEAVY = 45.0, 17.0, 8.4, 9.4  # points; the label stands in the margin above the letterhead
_FAINT = 0.13  # of the red that says across the page what the band above says in words


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """That a document no longer holds: one word across each page, and a sentence above it."""

    word: str
    sentence: str


def stated_copy(content: bytes, label: str = "", mark: Mark | None = None) -> bytes:
    """The pages with whose copy it is, or that they no longer hold; the same bytes if there is nothing to say.

    Raises Unprintable if the pages cannot be read.
    """
    if not label and mark is None:
        return content
    with _opened(content) as document:
        for page in document.pages:
            left, low, right, high = (float(edge) for edge in page.mediabox)
            with _opened(_over(right - left, high - low, label, mark)) as over:
                page.add_overlay(over.pages[0])
        return _saved(document)


def carrying(content: bytes, *, original: bytes, name: str, password: str = "") -> bytes:
    """The pages, with the untouched original attached as `name`; under AES-256 if there is a password.

    PDF 2.0 encryption (ISO 32000-2, 7.6.4, revision 6); attachments and metadata are encrypted too. The owner's password
    is thrown away, so that nobody opens the file by another way. Raises Unprintable for a password that is too short.
    """
    if password and len(password) < SHORTEST:
        raise Unprintable(f"The password needs at least {SHORTEST} letters.")
    import pikepdf

    with _opened(content) as document:
        attached = pikepdf.AttachedFileSpec(document, original, filename=name, mime_type="application/pdf")
        document.attachments[name] = attached
        if not password:
            return _saved(document)
        lock = pikepdf.Encryption(user=password, owner=secrets.token_urlsafe(32), R=6, aes=True, metadata=True)
        return _saved(document, encryption=lock)


def _opened(content: bytes) -> Any:
    import pikepdf

    try:
        return pikepdf.open(io.BytesIO(content))
    except pikepdf.PdfError:
        raise Unprintable("The document cannot be read, so no copy was made of it.") from None


def _saved(document: Any, **lock: Any) -> bytes:
    out = io.BytesIO()
    document.save(out, **lock)
    return out.getvalue()


def _over(width: float, height: float, label: str, mark: Mark | None) -> bytes:
    """One page with nothing on it but label and mark, for pages of this size in points."""
    fonts.register()
    out = io.BytesIO()
    with WRITER:
        canvas: Any = Canvas  # the stubs take the name of the first font for a number
        page = canvas(out, (width, height), initialFontName=fonts.REGULAR, initialFontSize=10, invariant=1)
        # An artifact: a reader of the tagged pages underneath is not stopped by it (ISO 32000-2, 14.8.2.2).
        page.addLiteral("/Artifact BMC")
        if mark is not None:
            _draw_mark(page, width, height, mark)
        if label:
            page.setFillColor(HexColor(INK))
            page.setFont(fonts.SEMIBOLD, _SMALL)
            page.drawRightString(width - _SIDE, height - _TOP - _SMALL, printable(label))
        page.addLiteral("EMC")
        page.showPage()
        page.save()
    return out.getvalue()


def _draw_mark(page: Any, width: float, height: float, mark: Mark) -> None:
    red, word = HexColor(RED), printable(mark.word)
    # Across the page as an outline too: on black and white paper and by fax a faint red is nothing.
    size = min(96.0, 0.92 * width * 96 / max(1.0, fonts.width(word, fonts.BOLD, 96)))
    page.saveState()
    page.translate(width / 2, height / 2)
    page.rotate(52)
    page.setFillColor(Color(red.red, red.green, red.blue, alpha=_FAINT))
    page.setStrokeColor(Color(red.red, red.green, red.blue, alpha=3 * _FAINT))
    page.setLineWidth(0.6)
    text = page.beginText(-fonts.width(word, fonts.BOLD, size) / 2, -size * 0.35)
    text.setFont(fonts.BOLD, size)
    text.setTextRenderMode(2)
    text.textOut(word)
    page.drawText(text)
    page.restoreState()
    sentence = printable(mark.sentence)
    room = width - 2 * _SIDE - 170
    heavy = _HEAVY * min(1.0, room / max(1.0, fonts.width(sentence, fonts.SEMIBOLD, _HEAVY)))
    page.setFillColor(red)
    page.setFont(fonts.SEMIBOLD, heavy)
    page.drawString(_SIDE, height - _TOP - _SMALL, sentence)
