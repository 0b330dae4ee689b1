"""The page of checklists in a window of its own, as wide as beside the rail of a laptop."""

from __future__ import annotations

import uuid

from pytestqt.qtbot import QtBot

from liaison_desktop.clinical.checklists.page import ChecklistsPage
from liaison_desktop.ui.desk import Desk


def shown_page(qtbot: QtBot, desk: Desk, checklist: uuid.UUID | None = None) -> ChecklistsPage:
    """The page with the keyboard, and a checklist open on it where one is named."""
    page = ChecklistsPage(desk)
    qtbot.addWidget(page)
    page.resize(1310, 740)
    page.show()
    qtbot.waitExposed(page)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    if checklist is not None:
        page.show_record(checklist)
    return page
