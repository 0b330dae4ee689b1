"""A document that somebody else made, looked at before it is shown: it may be broken, locked or a trap."""

from __future__ import annotations

from liaison_desktop.errors import Unprintable
from liaison_desktop.ui.turns import READER

_PAGES = 2_000
_SIDE = 4_000  # points, some 1.4 m: a page beyond it would fill the memory when it is drawn


def look_over(content: bytes) -> int:
    """How many pages a document has. Raises Unprintable if it cannot be shown here, in words that say why."""
    import pypdfium2 as pdfium

    with READER:
        try:
            document = pdfium.PdfDocument(content)
        except pdfium.PdfiumError as error:
            locked = "password" in str(error).lower()
            words = "This document is locked with a password." if locked else "This document is broken."
            raise Unprintable(f"{words} Save a copy to open it elsewhere.") from None
        try:
            count = len(document)
            if not 0 < count <= _PAGES:
                raise Unprintable("This document has no pages, or too many to show. Save a copy instead.")
            for number in range(count):
                page = document[number]
                wide, high = page.get_size()
                page.close()
                if not (0 < wide <= _SIDE and 0 < high <= _SIDE):
                    raise Unprintable("A page of this document is too large to show. Save a copy instead.")
        except pdfium.PdfiumError:
            raise Unprintable("This document is broken. Save a copy to open it elsewhere.") from None
        finally:
            document.close()
    return count
