"""What every part of the tour stands on, and the two or three things they all do."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit

from liaison_desktop.app import Application
from liaison_desktop.shell.person_row import PersonRow
from liaison_desktop.tour.hand import NotSo, click, find, press, settle, shown, until, write
from liaison_desktop.tour.log import Log
from liaison_desktop.tour.props import ChosenFiles, KeptPapers
from liaison_desktop.ui.tokens import Mode

if TYPE_CHECKING:
    from liaison_desktop.shell.frame import WorkFrame
    from liaison_desktop.store import Store

Part = tuple[str, Callable[[], None]]


@dataclass
class Stage:
    """The application, what stands at its borders, and what one part leaves for the next."""

    application: Application
    log: Log
    files: ChosenFiles
    papers: KeptPapers
    passphrase: str
    out: Path
    patient: str = ""
    patient_id: uuid.UUID | None = None

    @property
    def store(self) -> Store:
        """The open store."""
        if self.application.store is None:
            raise NotSo("no store is open")
        return self.application.store

    @property
    def frame(self) -> WorkFrame:
        """The frame of the open workspace."""
        if self.application.frame is None:
            raise NotSo("no workspace is open")
        return self.application.frame

    def so(self, what: str, fact: bool) -> None:
        """Something that must be so."""
        self.log.so(what, fact)

    def picture(self, name: str) -> None:
        """A screenshot of the window."""
        self.log.picture(name, self.application.window)

    def pictures(self, name: str) -> None:
        """A screenshot of the window in light, and the same in dark."""
        self.picture(name)
        theme = self.application.theme
        before = theme.mode
        theme.set_mode(Mode.DARK)
        self.picture(f"{name}-dark")
        theme.set_mode(before)
        settle()

    def go(self, page: str) -> None:
        """Press a page in the rail."""
        press(self.frame.specs[page].title)

    def unlock(self, workspace: str) -> None:
        """Choose a workspace's person on the unlock page and type the passphrase."""
        rows = [row for row in shown(PersonRow) if row.door.place.workspace == workspace]
        if not rows:
            raise NotSo(f"the unlock page offers {workspace}")
        click(rows[0])
        line = find(QLineEdit, "Passphrase")
        line.clear()
        write(line, self.passphrase)
        press("Unlock")
        until(lambda: self.application.store is not None, "the store opens")
