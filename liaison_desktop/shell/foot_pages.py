"""The pages every workspace has, at the foot of the rail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liaison_desktop.errors import Fault, Refused
from liaison_desktop.i18n import tr
from liaison_desktop.shell.choices import Choices
from liaison_desktop.ui.workspace import PageSpec

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from liaison_desktop.ui.desk import Desk
    from liaison_desktop.ui.page import Page


def _none(desk: Desk) -> Sequence[QWidget]:
    return ()


def foot_pages(choices: Choices, cards: Callable[[Desk], Sequence[QWidget]] = _none) -> tuple[PageSpec, ...]:
    """Journal and settings; each is imported when it is first shown. `cards` are what the workspace adds to Settings."""

    def journal(desk: Desk) -> Page:
        from liaison_desktop.shell.journal_page import JournalPage

        if words := desk.refuses("see_journal"):
            raise Refused((Fault(field="", message=words),))
        return JournalPage(desk)

    def settings(desk: Desk) -> Page:
        from liaison_desktop.shell.settings_page import SettingsPage

        return SettingsPage(desk, choices, cards(desk))

    return (
        PageSpec("journal", tr("Journal"), "scroll-text", journal),
        PageSpec("settings", tr("Settings"), "settings", settings),
    )
