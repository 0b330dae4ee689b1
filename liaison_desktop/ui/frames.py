"""The frame of a page: header, title lines of its panes, action bar at the foot."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from liaison_desktop.ui.layout import Item, Margins, panel, row
from liaison_desktop.ui.text import label
from liaison_desktop.ui.tokens import ACTION_BAR, HEADER


def page_header(title: str, *right: Item, sub: str = "") -> QFrame:
    """The 56 px line on top of a page: its title, then what it offers, at most one primary button."""
    words: tuple[Item, ...] = (label(title, "title"), *((label(sub, "sec"),) if sub else ()))
    made = panel(*words, None, *right, fill="canvas", gap=12, margins=(24, 0, 24, 0), across=True)
    made.setFixedHeight(HEADER)
    return made


def title_line(title: str | QWidget, *right: Item, margins: Margins = (16, 0, 12, 0), role: str = "title") -> QWidget:
    """The 32 px title line that list, detail and context share, so that their titles stand on one line."""
    words = label(title, role) if isinstance(title, str) else title
    made = row(words, *(right if None in right else (None, *right)), margins=margins)
    # In the touch density its buttons are taller than the line, and it grows with them.
    made.setMinimumHeight(32)
    made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    return made


def action_bar(*items: Item) -> QFrame:
    """The foot of a detail: what is missing at the left, the primary button at the right. Put None between them."""
    made = panel(*items, fill="surface", gap=8, margins=(20, 0, 20, 0), across=True)
    made.setMinimumHeight(ACTION_BAR)
    return made
