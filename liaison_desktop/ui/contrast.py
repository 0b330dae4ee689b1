"""How well one colour can be read on another, and which pairs the window uses."""

from __future__ import annotations

from itertools import product

LEAST = 4.5  # WCAG 2.2, success criterion 1.4.3, text of any size

_TEXTS_ON_SURFACES = tuple(product(("ink", "ink2", "ink3"), ("surface", "canvas", "sunken", "hover", "accent_soft")))
_MEANING = tuple(
    pair
    for tone in ("red", "amber", "green")
    for pair in (
        (tone, "surface"),
        (tone, "canvas"),
        (tone, f"{tone}_soft"),
        ("ink", f"{tone}_soft"),
        ("ink2", f"{tone}_soft"),
    )
)
_ACCENT = (
    ("accent_ink", "surface"),
    ("accent_ink", "canvas"),
    ("accent_ink", "accent_soft"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("rail_ink", "rail"),
    ("rail_dim", "rail"),
    ("rail_sel_ink", "rail_sel"),
    ("on_fill", "red_fill"),
    ("on_toast", "toast"),
)

# (text, what it stands on): every pair of tokens in which words appear.
PAIRS = (*_TEXTS_ON_SURFACES, *_MEANING, *_ACCENT)


def luminance(colour: str) -> float:
    """Relative luminance of `#RRGGBB`, 0 black to 1 white (WCAG 2.2)."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 (none) to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
