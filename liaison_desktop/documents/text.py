"""Text for paper: what people typed, made printable and harmless to the layout engine."""

from __future__ import annotations

import re
import unicodedata
from xml.sax.saxutils import escape

_LINE_ENDS = {"\r\n": "\n", "\r": "\n", "\v": "\n", "\f": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"}
_NO_BREAK = "\u00a0"

# The layout engine looks for a break inside an endless word letter by letter, in time that grows with the square of
# its length. Nothing that long is a word, so it is cut here, where a space costs nothing to a reader.
LONGEST_WORD = 400

# Some twelve pages. The engine measures a text again for every page it goes on to, so a book in one field would take
# minutes; it was pasted there by mistake, and whoever did it is told where.
LONGEST_TEXT = 40_000

_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_UNITS = "AM|PM|mg|g|kg|mcg|mL|ml|L|units?|%"
# A telephone number, a date, a time and a dose stay on one line: broken over two they are misread.
_TOGETHER = re.compile(
    rf"(?<=\)) (?=\d)|(?<=\d) (?=(?:{_MONTHS})\b)|(?<=\d[ \u00a0](?:{_MONTHS})) (?=\d{{4}}\b)|(?<=\d) (?=(?:{_UNITS})(?!\w))"
)


def printable(text: str) -> str:
    """The text as it can stand on paper: composed letters, line feeds, nothing invisible.

    Controls, lone surrogates, direction overrides, joiners and variation selectors have no ink of their own and are
    left out, so that the printed order of letters is the order in which they were typed.
    """
    for found, wanted in _LINE_ENDS.items():
        text = text.replace(found, wanted)
    kept = []
    for letter in unicodedata.normalize("NFC", text):
        category = unicodedata.category(letter)
        if letter == "\n":
            kept.append(letter)
        elif letter == "\t" or (category == "Zs" and letter != _NO_BREAK):
            kept.append(" ")
        elif category not in ("Cc", "Cf", "Cs") and not "\ufe00" <= letter <= "\ufe0f":
            kept.append(letter)
    return "".join(kept)


def _cut(word: str) -> str:
    return " ".join(word[start : start + LONGEST_WORD] for start in range(0, len(word), LONGEST_WORD))


def markup(text: str) -> str:
    """The text for a paragraph: nothing in it is read as a tag, an entity or a path, and line ends are kept."""
    lines = []
    for line in printable(text).strip().split("\n"):
        words = _TOGETHER.sub(_NO_BREAK, line).split(" ")
        lines.append(" ".join(_cut(word) if len(word) > LONGEST_WORD else word for word in words))
    return "<br/>".join(escape(line) for line in lines)
