"""The shapes that stand for a run of letters in one font, by HarfBuzz."""

from __future__ import annotations

import functools
from typing import Any

from liaison_desktop.documents.shaping.levels import UNSEEN


@functools.cache
def _font(face: str) -> tuple[Any, Any]:
    from reportlab.pdfbase import pdfmetrics

    font: Any = pdfmetrics.getFont(face)
    return font, font.hbFont(10)


@functools.lru_cache(maxsize=4_096)
def shaped(text: str, face: str, language: str, *, from_right: bool) -> tuple[tuple[str, Any], ...]:
    """Each shape as the writer's letter for it and its measures, in thousandths of the size, from left to right."""
    import uharfbuzz
    from reportlab.pdfbase.ttfonts import ShapeData

    font, shaper = _font(face)
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if from_right else "ltr"
    buffer.language = language
    uharfbuzz.shape(shaper, buffer, {"kern": True, "liga": True})
    found = []
    for glyph, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        if text[glyph.cluster] in UNSEEN:
            continue
        known = font.face.glyphToChar.get(glyph.codepoint)
        advance = font.pdfScale(place.x_advance)
        # A shape no single letter stands for gets a letter of the private area; the real letters go with it as ActualText.
        name = shaper.glyph_to_string(glyph.codepoint)
        letter = known[0] if known else font.hbAddPrivate(name, glyph.codepoint, advance)
        measures = ShapeData(
            glyph.cluster,
            advance,
            font.pdfScale(place.y_advance),
            font.pdfScale(place.x_offset),
            font.pdfScale(place.y_offset),
            font.face.charWidths.get(letter, 0),
        )
        found.append((chr(letter), measures))
    return tuple(found)


def run_width(text: str, face: str, language: str, *, from_right: bool) -> float:
    """How wide a run is, in thousandths of the size."""
    return float(sum(measures.x_advance for _letter, measures in shaped(text, face, language, from_right=from_right)))


def has(face: str, letter: str) -> bool:
    """Whether the font can draw it."""
    return ord(letter) in _font(face)[0].face.charToGlyph
