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

    from liaison_desktop.shell.sync.syncing import Syncing
    from liaison_desktop.store import Store
    from liaison_desktop.ui.desk import Desk
    from liaison_desktop.ui.page import Page


def _none(desk: Desk) -> Sequence[QWidget]:
    return ()


def foot_pages(
    choices: Choices, syncing: Syncing, cards: Callable[[Desk], Sequence[QWidget]] = _none
) -> tuple[PageSpec, ...]:
    """Sync, journal and settings, each imported when it is first shown. `cards` are what the workspace adds to Settings."""

    def sync(desk: Desk) -> Page:
        from liaison_desktop.shell.sync.sync_page import SyncPage

        return SyncPage(desk, syncing)

    def journal(desk: Desk) -> Page:
        from liaison_desktop.shell.journal_page import JournalPage

        if words := desk.refuses("see_journal"):
            raise Refused((Fault(field="", message=words),))
        return JournalPage(desk)

    def settings(desk: Desk) -> Page:
        from liaison_desktop.shell.settings_page import SettingsPage

        return SettingsPage(desk, choices, syncing, cards(desk))

    return (
        PageSpec("sync", tr("Sync"), "refresh-cw", sync, count=_to_decide),
        PageSpec("journal", tr("Journal"), "scroll-text", journal),
        PageSpec("settings", tr("Settings"), "settings", settings),
    )


def _to_decide(store: Store) -> int:
    outbox = store.central.outbox()
    return outbox.conflicts + outbox.rejected
