"""Design tokens: the only place where a size or a colour of the window is written."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from typing import NamedTuple


class Mode(enum.StrEnum):
    """Which set of colours is shown; `SYSTEM` follows the desktop."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high_contrast"


class Density(enum.StrEnum):
    """How tall the controls are: for a mouse, or for a finger."""

    DESK = "desk"
    TOUCH = "touch"


class TypeStyle(NamedTuple):
    """A role of text: size and line height in px, weight of the font."""

    size: int
    weight: int
    line: int


TYPE: Mapping[str, TypeStyle] = {
    "title": TypeStyle(22, 600, 28),
    "number": TypeStyle(22, 600, 28),
    "clock": TypeStyle(28, 600, 32),
    "name": TypeStyle(18, 600, 24),
    "section": TypeStyle(16, 600, 24),
    "body": TypeStyle(14, 400, 20),
    "medium": TypeStyle(14, 500, 20),
    "strong": TypeStyle(14, 600, 20),
    "sec": TypeStyle(13, 400, 20),
    "secm": TypeStyle(13, 500, 20),
    "secs": TypeStyle(13, 600, 20),
    "cap": TypeStyle(12, 400, 16),
    "label": TypeStyle(12, 500, 16),
    "capstrong": TypeStyle(12, 600, 16),
    "key": TypeStyle(11, 500, 16),
    "patient_title": TypeStyle(34, 600, 44),
    "patient": TypeStyle(22, 400, 34),
    "patient_choice": TypeStyle(22, 600, 28),
    "patient_small": TypeStyle(20, 400, 28),
    # For people who read with difficulty: a quarter larger.
    "patient_title_large": TypeStyle(42, 600, 54),
    "patient_large": TypeStyle(28, 400, 42),
    "patient_small_large": TypeStyle(25, 400, 34),
}

# The tone a role has when nothing else is asked for.
ROLE_TONE: Mapping[str, str] = {"sec": "ink2", "cap": "ink3", "label": "ink2", "capstrong": "ink2", "key": "ink3"}

RADIUS: Mapping[str, int] = {"chip": 4, "control": 6, "card": 8, "choice": 10, "panel": 12}

HEIGHTS: Mapping[Density, Mapping[str, int]] = {
    Density.DESK: {"control": 32, "small": 28, "row": 34, "row2": 56, "caption": 28, "chip": 20, "filter": 24},
    Density.TOUCH: {"control": 44, "small": 36, "row": 44, "row2": 60, "caption": 28, "chip": 20, "filter": 36},
}

RAIL, RAIL_ICONS, RAIL_ROW, RAIL_ROW_ICONS = 176, 56, 34, 40
HEADER, ACTION_BAR, STATUS, BANNER, TOAST = 56, 52, 28, 64, 44
LIST, CONTEXT, FORM_MOST = 288, 272, 640
NARROW = 1100  # below this width of the window the rail shows icons only

_LIGHT: dict[str, str] = {
    "canvas": "#F4F6F8",
    "surface": "#FFFFFF",
    "sunken": "#EDF0F4",
    "hover": "#E8ECF1",
    "line": "#DDE3EA",
    "edge": "#818D9C",
    "ink": "#16202C",
    "ink2": "#455261",
    "ink3": "#5A6775",
    "track": "#E1E6EC",
    "handle": "#C4CCD6",
    "red": "#A8231C",
    "red_soft": "#FCEDEB",
    "red_line": "#E8B4AF",
    "red_fill": "#B3261E",
    "amber": "#7D4A00",
    "amber_soft": "#FDF2DC",
    "amber_line": "#E5C58A",
    "amber_fill": "#C27A0A",
    "green": "#1B6638",
    "green_soft": "#E4F3E9",
    "green_line": "#A9D3B8",
    "green_fill": "#2E8B57",
    "on_fill": "#FFFFFF",
    "toast": "#16202C",
    "on_toast": "#FFFFFF",
    "toast_edge": "#9AA6B3",
}
_DARK: dict[str, str] = {
    "canvas": "#11151A",
    "surface": "#191F26",
    "sunken": "#222931",
    "hover": "#28303A",
    "line": "#2C353F",
    "edge": "#6F7C8B",
    "ink": "#E7EBF0",
    "ink2": "#B6C0CB",
    "ink3": "#9AA6B3",
    "track": "#303A45",
    "handle": "#414C59",
    "red": "#FFA59C",
    "red_soft": "#3A1E1D",
    "red_line": "#7A3B37",
    "red_fill": "#C9423A",
    "amber": "#F2BE6B",
    "amber_soft": "#352A15",
    "amber_line": "#735A2A",
    "amber_fill": "#D8922A",
    "green": "#86D6A2",
    "green_soft": "#17301F",
    "green_line": "#356B48",
    "green_fill": "#3FA56B",
    "on_fill": "#FFFFFF",
    "toast": "#E7EBF0",
    "on_toast": "#11151A",
    "toast_edge": "#5A6775",
}
# Every edge is as strong as the ink, nothing is soft, and the selection is a solid block.
_HIGH: dict[str, str] = {
    "canvas": "#000000",
    "surface": "#000000",
    "sunken": "#000000",
    "hover": "#2B2B2B",
    "line": "#9A9A9A",
    "edge": "#FFFFFF",
    "ink": "#FFFFFF",
    "ink2": "#FFFFFF",
    "ink3": "#E6E6E6",
    "track": "#4A4A4A",
    "handle": "#FFFFFF",
    "red": "#FFB0A8",
    "red_soft": "#330000",
    "red_line": "#FF8A80",
    "red_fill": "#C62828",
    "amber": "#FFD166",
    "amber_soft": "#2B1F00",
    "amber_line": "#FFD166",
    "amber_fill": "#FFC233",
    "green": "#8CF0AE",
    "green_soft": "#00250F",
    "green_line": "#8CF0AE",
    "green_fill": "#4BD07C",
    "on_fill": "#FFFFFF",
    "toast": "#FFFFFF",
    "on_toast": "#000000",
    "toast_edge": "#000000",
}

_RAIL_NAMES = ("rail", "rail_ink", "rail_dim", "rail_sel", "rail_sel_ink")
_ACCENT_NAMES = ("accent", "accent_hover", "on_accent", "accent_ink", "accent_soft", "accent_line", *_RAIL_NAMES)


def _accent(*colours: str) -> dict[str, str]:
    return dict(zip(_ACCENT_NAMES, colours, strict=True))


# In the order of `_ACCENT_NAMES`.
_ACCENTS: dict[str, dict[Mode, dict[str, str]]] = {
    "msl": {
        Mode.LIGHT: _accent(
            "#3B4CB8", "#3240A0", "#FFFFFF", "#3240A0", "#EBEEFB", "#B4BDEC",
            "#23284F", "#CDD2EE", "#A3AADB", "#3A4180", "#FFFFFF",
        ),
        Mode.DARK: _accent(
            "#5867DB", "#5361D2", "#FFFFFF", "#B0BAFF", "#252B50", "#4A57AE",
            "#15182F", "#BAC0E4", "#8F97CB", "#2B3163", "#FFFFFF",
        ),
        Mode.HIGH_CONTRAST: _accent(
            "#A9B5FF", "#C6CFFF", "#000000", "#C3CBFF", "#1B2466", "#A9B5FF",
            "#000000", "#FFFFFF", "#E6E6E6", "#A9B5FF", "#000000",
        ),
    },
    "clinical": {
        Mode.LIGHT: _accent(
            "#0B6B70", "#085A5E", "#FFFFFF", "#085A5E", "#E1F1F0", "#9CCFCD",
            "#0F3B3F", "#C3E0DF", "#8FC0BF", "#1B5A5E", "#FFFFFF",
        ),
        Mode.DARK: _accent(
            "#137A7E", "#127376", "#FFFFFF", "#74D3D1", "#123436", "#23696B",
            "#0B2426", "#AFD3D2", "#7FB3B2", "#164649", "#FFFFFF",
        ),
        Mode.HIGH_CONTRAST: _accent(
            "#6FE0DC", "#9CEDEA", "#000000", "#8DEBE8", "#003B3D", "#6FE0DC",
            "#000000", "#FFFFFF", "#E6E6E6", "#6FE0DC", "#000000",
        ),
    },
}  # fmt: skip
ACCENTS = tuple(_ACCENTS)

# One hue per patient, the same for ever; never red, amber or green, which have a meaning.
STRIPES = ("#7C5CBF", "#2F7DB8", "#B0578D", "#5B6C9E", "#8A6A4F", "#2A8C99")


def colours(mode: Mode, accent: str) -> dict[str, str]:
    """Every colour of a theme by its token's name. `mode` is not SYSTEM; `accent` is one of ACCENTS."""
    base = {Mode.LIGHT: _LIGHT, Mode.DARK: _DARK, Mode.HIGH_CONTRAST: _HIGH}[mode]
    return {**base, **_ACCENTS[accent][mode]}
