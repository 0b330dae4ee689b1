"""Reading a made document back, as the person who receives it would, before it is handed out."""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from liaison_desktop.documents.shaping.scripts import script_of
from liaison_desktop.documents.text import printable
from liaison_desktop.errors import Unprintable
from liaison_desktop.ui.turns import READER

# Texts of this many letters may be broken over two pages; each part must be long enough not to be found by chance.
_MAY_BREAK, _SMALLEST_PART = 60, 12


@dataclasses.dataclass(frozen=True)
class Expected:
    """One text that must stand in a document, and what it is called when it does not."""

    label: str
    text: str


@dataclasses.dataclass(frozen=True)
class PageText:
    """The text of one page: the column, and the footer under it."""

    body: str
    foot: str


def read(content: bytes, footer_height: float) -> tuple[PageText, ...]:
    """The text of each page. Raises Unprintable if the document cannot be opened."""
    import pypdfium2 as pdfium

    with READER:
        try:
            document = pdfium.PdfDocument(content)
        except pdfium.PdfiumError as error:
            raise Unprintable("The document that was made cannot be opened.") from error
        try:
            return tuple(_page_text(page, footer_height) for page in document)
        finally:
            document.close()


def page_count(content: bytes) -> int:
    """How many pages a document of ours has."""
    import pypdfium2 as pdfium

    with READER:
        document = pdfium.PdfDocument(content)
        try:
            return len(document)
        finally:
            document.close()


def _page_text(page: Any, footer_height: float) -> PageText:
    text, (wide, high) = page.get_textpage(), page.get_size()
    body = text.get_text_bounded(0, footer_height, wide, high)
    return PageText(body, text.get_text_bounded(0, 0, wide, footer_height))


def ink_outlines(content: bytes, pen: str) -> int:
    """How many filled shapes of this colour, such as `#10214A`, stand in the document: one for each stroke of a pen."""
    import ctypes

    import pypdfium2 as pdfium
    from pypdfium2 import raw

    wanted = tuple(int(pen[place : place + 2], 16) for place in (1, 3, 5))
    found = 0
    with READER:
        document = pdfium.PdfDocument(content)
        try:
            for page in document:
                for shape in page.get_objects(filter=(raw.FPDF_PAGEOBJ_PATH,), max_depth=4):
                    mode, stroked = ctypes.c_int(), ctypes.c_int()
                    raw.FPDFPath_GetDrawMode(shape, mode, stroked)
                    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
                    raw.FPDFPageObj_GetFillColor(shape, red, green, blue, alpha)
                    found += bool(mode.value) and (red.value, green.value, blue.value) == wanted
        finally:
            document.close()
    return found


def refuse_without_ink(content: bytes, strokes: int, pen: str) -> None:
    """Raise Unprintable unless every stroke that was drawn stands in the document."""
    found = ink_outlines(content, pen)
    if found < strokes:
        raise Unprintable(
            "The document was made but is not handed out, because a signature's ink is missing in it: "
            f"{found} of {strokes} strokes."
        )


def letters(text: str) -> str:
    """The text as bare letters: no white space, no hyphen at a line's end, one form for each letter."""
    # The reader marks a hyphen before a line break with U+FFFE or U+0002; in what was written it is a plain hyphen.
    text = re.sub("[\ufffe\x02]", "-", text)
    text = unicodedata.normalize("NFKC", printable(text)).replace("\u2010", "-")
    return re.sub(r"\s+", "", text)


def _bare(text: str) -> str:
    """The text without marks above or below its letters."""
    taken_apart = unicodedata.normalize("NFKD", printable(text))
    return "".join(letter for letter in taken_apart if not unicodedata.combining(letter))


def _pieces(text: str) -> list[str]:
    """The stretches of letters between spaces, signs and marks: what the reader turns round as one."""
    plain = "".join(" " if unicodedata.combining(letter) else letter for letter in printable(text))
    return re.findall(r"\w+", _bare(plain))


def _from_right(text: str) -> bool:
    script = script_of(text)
    return script is not None and script.from_right


def _shown_from_right(text: str, shown: str) -> bool:
    """Whether each piece stands there. The reader gives one from right to left in either order, so both count."""
    return all(piece in shown or piece[::-1] in shown for piece in _pieces(text))


def _broken(text: str, pages: Sequence[str]) -> bool:
    """Whether the text stands on consecutive pages, its parts in order."""
    if len(text) < _MAY_BREAK:
        return False
    return any(_continued(text, pages, first) for first in range(len(pages) - 1))


def _continued(text: str, pages: Sequence[str], number: int) -> bool:
    while number < len(pages):
        if text in pages[number]:
            return True
        low, high = 0, len(text)
        while low < high:  # the longest beginning that stands on this page
            middle = (low + high + 1) // 2
            low, high = (middle, high) if text[:middle] in pages[number] else (low, middle - 1)
        if low < _SMALLEST_PART:
            return False
        text, number = text[low:], number + 1
    return False


def _goes_on(text: str, times: Iterable[str], bodies: Sequence[str]) -> bool:
    """Whether a longer text that holds this one goes on overleaf, perhaps in the midst of it."""
    around = (other for other in times if text in other and text != other)
    return any(not any(other in body for body in bodies) and _broken(other, bodies) for other in around)


def missing_texts(pages: Sequence[PageText], expected: Iterable[Expected]) -> tuple[str, ...]:
    """The labels of all texts that do not stand in the document as often as they should.

    Counting matters: a clinician's name stands beside each topic, and one of them left out would otherwise hide
    behind the others. So `expected` must list everything the layout writes, the fixed words too.
    """
    bodies, given = [letters(page.body) for page in pages], tuple(expected)
    wanted = [(item.label, letters(item.text)) for item in given if not _from_right(item.text)]
    times = Counter(text for _, text in wanted if text)
    whole = "".join(f"{text}\n" for _, text in wanted)
    bare = "\n".join(_bare(page.body) for page in pages)
    turns, bare_letters = any(_from_right(page.body) for page in pages), re.sub(r"\s+", "", bare)
    missing = [one.label for one in given if _from_right(one.text) and not _shown_from_right(one.text, bare)]
    for text in times:
        # Counted with its places inside longer texts: "Yes" also stands in "Yes, if needed".
        found = sum(body.count(text) for body in bodies)
        if found < whole.count(text) and _goes_on(text, times, bodies):
            found = "".join(bodies).count(text)
        short = found < whole.count(text)
        # On a line with letters from the right the reader turns signs between Latin words round as well.
        turned = turns and _shown_from_right(text, bare_letters)
        if short and not turned and not _broken(text, bodies):
            missing += [label for label, wanted_text in wanted if wanted_text == text]
    return tuple(dict.fromkeys(missing))


def missing_in_footers(pages: Sequence[PageText], expected: Iterable[Expected]) -> tuple[str, ...]:
    """The labels of all texts that are missing from the footer of any page. Page x of y is checked too."""
    given = tuple(expected)
    wanted = [(item.label, letters(item.text)) for item in given if not _from_right(item.text)]
    missing = []
    for number, page in enumerate(pages, start=1):
        foot, bare = letters(page.foot), _bare(page.foot)
        missing += [one.label for one in given if _from_right(one.text) and not _shown_from_right(one.text, bare)]
        missing += [label for label, text in wanted if text not in foot]
        if letters(f"Page {number} of {len(pages)}") not in foot:
            missing.append("Page number")
    return tuple(dict.fromkeys(missing))


def refuse_if_missing(
    content: bytes, footer_height: float, body: Iterable[Expected], footer: Iterable[Expected]
) -> int:
    """The number of pages. Raises Unprintable, naming the labels, unless everything expected can be read in it."""
    pages = read(content, footer_height)
    missing = (*missing_texts(pages, body), *missing_in_footers(pages, footer))
    if missing:
        raise Unprintable(
            "The document was made but is not handed out, because it does not show all that was recorded. "
            f"Missing: {', '.join(dict.fromkeys(missing))}."
        )
    return len(pages)
