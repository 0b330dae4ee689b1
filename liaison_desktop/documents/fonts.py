"""The typeface on paper: Source Sans 3, embedded, and a check of what it can print before anything is made."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterable
from typing import Any

from liaison_desktop.documents.shaping.scripts import Script, script_of
from liaison_desktop.documents.text import LONGEST_TEXT, printable
from liaison_desktop.errors import Unprintable
from liaison_desktop.paths import resource

REGULAR, SEMIBOLD, BOLD, ITALIC = "Paper", "Paper-SemiBold", "Paper-Bold", "Paper-Italic"
_FILES = {REGULAR: "Regular", SEMIBOLD: "SemiBold", BOLD: "Bold", ITALIC: "Italic"}
_registering = threading.Lock()


def register() -> None:
    """Make the four faces known to the layout engine, once for each run of the program."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    with _registering:
        if REGULAR in pdfmetrics.getRegisteredFontNames():
            return
        for name in (SEMIBOLD, BOLD, ITALIC, REGULAR):
            path = resource("fonts", "source-sans-3", f"SourceSans3-{_FILES[name]}.ttf")
            pdfmetrics.registerFont(TTFont(name, str(path)))
        pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=SEMIBOLD, italic=ITALIC, boldItalic=SEMIBOLD)


def width(text: str, face: str, size: float) -> float:
    """How wide the text is on paper, in points."""
    from reportlab.pdfbase import pdfmetrics

    return float(pdfmetrics.stringWidth(printable(text), face, size))


def register_script(script: Script) -> None:
    """Make the faces of one more script known; half a megabyte each is read only where a text needs it."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    with _registering:
        for face in {script.regular, script.strong} - set(pdfmetrics.getRegisteredFontNames()):
            pdfmetrics.registerFont(TTFont(face, str(resource("fonts", script.folder, f"{face}.ttf"))))


@functools.cache
def _script_letters(script: Script) -> frozenset[int]:
    from reportlab.pdfbase import pdfmetrics

    register_script(script)
    faces: list[Any] = [pdfmetrics.getFont(face) for face in (script.regular, script.strong)]
    return frozenset.intersection(*(frozenset(face.face.charToGlyph) for face in faces))


@functools.cache
def _letters() -> frozenset[int]:
    from reportlab.pdfbase import pdfmetrics

    register()
    faces: list[Any] = [pdfmetrics.getFont(name) for name in _FILES]
    # Any of the four faces may carry a person's words, so a letter must be in all of them.
    return frozenset.intersection(*(frozenset(face.face.charToGlyph) for face in faces))


def missing_letters(text: str) -> tuple[str, ...]:
    """The characters of the text that would come out as empty boxes, each once, in order."""
    known, script = _letters(), script_of(text)
    if script is not None:
        known |= _script_letters(script)
    return tuple(dict.fromkeys(c for c in printable(text) if c != "\n" and ord(c) not in known))


def check_lengths(texts: Iterable[tuple[str, str]]) -> None:
    """Raise Unprintable, naming the labels, if any of these (label, text) pairs would fill dozens of pages."""
    long = dict.fromkeys(label for label, text in texts if len(text) > LONGEST_TEXT)
    if long:
        raise Unprintable(
            f"A text is longer than a document can hold, {LONGEST_TEXT:,} letters. Shorten these: {', '.join(long)}."
        )


def check_printable(texts: Iterable[tuple[str, str]]) -> None:
    """Raise Unprintable, naming the labels, if any of these (label, text) pairs cannot be printed letter for letter."""
    given = tuple(texts)
    check_lengths(given)
    labels = dict.fromkeys(label for label, text in given if missing_letters(text))
    if labels:
        raise Unprintable(
            "Some letters or signs cannot be printed with the fonts of this application. "
            f"Write these in other letters: {', '.join(labels)}."
        )
