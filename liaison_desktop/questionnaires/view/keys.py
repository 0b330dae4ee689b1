"""The keys of a form: the next required question, the next section, a jump, where a question comes from, and the end."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

if TYPE_CHECKING:
    from liaison_desktop.questionnaires.view.filler import FormFiller


def short_cuts(filler: FormFiller) -> list[QShortcut]:
    """The short cuts of a form, heard in it and in everything below it."""
    keys: tuple[tuple[str, Callable[[], object]], ...] = (
        ("Ctrl+.", filler.next_required),
        ("Ctrl+Return", filler.finalise_asked.emit),
        ("Ctrl+Enter", filler.finalise_asked.emit),
        ("Ctrl+Shift+Return", filler.finalise_asked.emit),
        ("F1", filler.show_sources),
        ("Ctrl+F", filler.jump),
        ("Ctrl+PgDown", lambda: filler.step(1)),
        ("Ctrl+PgUp", lambda: filler.step(-1)),
    )
    made = []
    for text, act in keys:
        shortcut = QShortcut(QKeySequence(text), filler)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)
        made.append(shortcut)
    return made
