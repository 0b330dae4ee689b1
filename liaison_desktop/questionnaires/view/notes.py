"""A text of the form: an instruction, a warning, a heading."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from liaison_desktop.questionnaires import names
from liaison_desktop.questionnaires.definition import Item, extension
from liaison_desktop.questionnaires.view.question import CODE_WIDTH
from liaison_desktop.ui.layout import row
from liaison_desktop.ui.text import icon_label, wrapped

_ICONS = {"instructions": "info", "security": "lock"}


def note_for(item: Item, inset: bool = False) -> QWidget:
    """The text with the sign of its category; in a card it begins at the edge."""
    category = extension(item.raw, names.DISPLAY_CATEGORY, dict) or {}
    codings = category.get("coding")
    first = codings[0] if isinstance(codings, list) and codings else {}
    code = first.get("code", "") if isinstance(first, dict) else ""
    heading = bool(set(item.controls) & {"header", "page", "inline"})
    # The code of our own forms says nothing beside a text; a form from elsewhere may count its paragraphs.
    counted = "" if item.link_id.endswith(item.prefix) else f"{item.prefix} "
    words = wrapped(f"{counted}{item.text}", "strong" if heading else "sec", "ink" if heading else "ink2")
    icon = _ICONS.get(str(code), "")
    before = () if inset else (CODE_WIDTH,)
    lead = (icon_label(icon, "ink2", 14), 8) if icon else ()
    return row(*before, *lead, (words, 1), margins=(0, 2, 0, 2) if inset else (12, 8, 12, 8), gap=0)
