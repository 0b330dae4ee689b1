"""What a document says about itself: the fingerprints printed on its pages, and the files attached to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from liaison_desktop.documents.sealing.limits import MOST_ATTACHED
from liaison_desktop.errors import Unprintable
from liaison_desktop.ui.turns import READER

# Eight groups of eight digits, as `canonical.grouped` prints them; a line may end between two groups.
_PRINTED = re.compile(r"(?<![0-9a-f])[0-9a-f]{8}(?:\s+[0-9a-f]{8}){7}(?![0-9a-f])")


def printed_fingerprints(content: bytes) -> tuple[str, ...]:
    """Every whole fingerprint that can be read on the pages, in order. Raises Unprintable if it cannot be opened."""
    found = (re.sub(r"\s+", "", each) for text in _texts(content) for each in _PRINTED.findall(text))
    return tuple(dict.fromkeys(found))


def _texts(content: bytes) -> Iterator[str]:
    import pypdfium2 as pdfium

    with READER:
        try:
            document = pdfium.PdfDocument(content)
        except pdfium.PdfiumError as error:
            raise Unprintable("The document cannot be opened.") from error
        try:
            for page in document:
                yield page.get_textpage().get_text_range()
        except pdfium.PdfiumError as error:
            raise Unprintable("A page of the document cannot be read.") from error
        finally:
            document.close()


def attached_files(reader: Any) -> tuple[tuple[str, bytes], ...]:
    """Name and content of each file attached to a document (a pyHanko reader of the sealed revision)."""
    try:
        tree = reader.root["/Names"]["/EmbeddedFiles"]["/Names"]
    except KeyError:
        return ()
    found = []
    for number in range(0, min(len(tree), 2 * MOST_ATTACHED) - 1, 2):
        stream = tree[number + 1].get_object()["/EF"]["/F"]
        found.append((str(tree[number]), stream.data))
    return tuple(found)
