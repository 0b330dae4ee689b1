"""The sentence at a place of a text, for a note that becomes a quote."""

from __future__ import annotations

import re

# An end is a full stop, question or exclamation mark before a blank, or a line's end; titles have a stop inside.
_END = re.compile(
    r"(?<!\bDr)(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bSt)(?<!\bProf)(?<!\bvs)(?<!\be\.g)(?<!\bi\.e)[.!?]+[”\"’')]*(?=\s|$)|\n"
)


def sentence_at(text: str, place: int) -> str:
    """The sentence in which the character at `place` stands; at the end of a text the last one. Never raises."""
    begin, place = 0, max(0, min(place, len(text.rstrip())))
    for end in _END.finditer(text):
        if end.end() >= place and text[begin : end.end()].strip():
            return text[begin : end.end()].strip()
        begin = end.end()
    return text[begin:].strip()
