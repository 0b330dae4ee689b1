"""The base of every page in the rail."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import ClassVar

from PySide6.QtWidgets import QWidget

from liaison_desktop.errors import Fault
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.workspace import Command


class Page(QWidget):
    """One page. It asks the store itself, and asks again when it hears that what it shows has changed."""

    key: ClassVar[str] = ""
    title: ClassVar[str] = ""
    icon: ClassVar[str] = ""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    def resume(self) -> None:
        """Show what a crash or a lock interrupted; called once, when the page is first shown."""

    def ahead(self) -> tuple[Callable[[], object], ...]:
        """What is made only when it is asked for: each call makes one thing, while nobody waits and nothing shows."""
        return ()

    def refresh(self, kinds: frozenset[str]) -> None:
        """A commit changed these kinds; query again if the page shows one of them."""

    def new(self) -> None:
        """Start a new record here (Ctrl+N)."""

    def show_record(self, id: uuid.UUID) -> None:
        """Show this record."""

    def point_out(self, faults: tuple[Fault, ...]) -> None:
        """Show these faults of the record that is shown beside its fields, with the keyboard on the first."""

    def subject(self) -> tuple[str, uuid.UUID] | None:
        """Kind and id of the record that is worked on here, for what is captured from anywhere about it."""
        return None

    def save_draft(self) -> None:
        """Keep what was typed; called on lock and close, and durable when it returns."""

    def left(self) -> None:
        """One goes to another page; what that one asks about is in the store when this returns."""

    def commands(self) -> tuple[Command, ...]:
        """What the page adds to the command bar while it is shown."""
        return ()
