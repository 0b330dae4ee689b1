"""The fonts of the window: Inter from `resources`, one cached QFont per role of text."""

from __future__ import annotations

import functools

from PySide6.QtGui import QFont, QFontDatabase

from liaison_desktop.paths import resource
from liaison_desktop.ui.tokens import TYPE

FAMILY = "Inter"


@functools.cache
def load_fonts() -> int:
    """Register the bundled font files with Qt, once. Returns how many were taken."""
    files = sorted(resource("fonts", "inter").glob("*.ttf"))
    return sum(QFontDatabase.addApplicationFont(str(file)) >= 0 for file in files)


@functools.cache
def font(role: str = "body", size: int = 0, weight: int = 0, figures: bool = False) -> QFont:
    """The font of a role. `figures` gives digits one width: only for texts without letters or hyphens.

    Inter's tabular figures also widen the hyphen, which tears "SE-0031" apart.
    """
    style = TYPE[role]
    made = QFont(FAMILY)
    made.setPixelSize(size or style.size)
    made.setWeight(QFont.Weight(weight or style.weight))
    # Vertical hinting spoils the spacing of Inter.
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if figures:
        made.setFeature(QFont.Tag("tnum"), 1)
    if (size or style.size) >= 18:
        made.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 98.5)
    return made


def font_for(text: str, role: str = "body") -> QFont:
    """The font for this text: digits of one width if it has neither letters nor a hyphen."""
    return font(role, figures=not any(letter.isalpha() or letter == "-" for letter in text))


def line_height(role: str) -> int:
    """Height of one line of a role, in px."""
    return TYPE[role].line
