"""The strip over every page of a practice store, so that made-up records are never taken for real ones."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from liaison_desktop.i18n import tr
from liaison_desktop.ui.chips import Chip
from liaison_desktop.ui.layout import panel
from liaison_desktop.ui.text import label


def practice_strip() -> QWidget:
    """The strip; it stays as long as the store is open."""
    strip = panel(
        Chip(tr("Practice data"), "amber", "flask-conical"),
        label(tr("Everybody here is made up. Do not enter real people."), "cap", "ink2"),
        None,
        fill="amber_soft",
        across=True,
        margins=(16, 4, 16, 4),
    )
    strip.setFixedHeight(28)
    strip.setObjectName("practice")
    return strip
