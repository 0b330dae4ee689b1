"""The file dialogs, behind a border that tests can stand at."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QFileDialog, QWidget


class Files(Protocol):
    """Asks the person for a file."""

    def open_file(self, title: str, patterns: str) -> Path | None:
        """A file to read, None if the person thought better of it. `patterns` such as "Lists (*.csv *.xlsx)"."""
        ...

    def save_file(self, title: str, suggested: str) -> Path | None:
        """A file to write, None if the person thought better of it."""
        ...


class FileDialogs:
    """The desktop's own dialogs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._parent = parent

    def open_file(self, title: str, patterns: str) -> Path | None:
        """Ask for a file to read."""
        chosen, _filter = QFileDialog.getOpenFileName(self._parent, title, str(Path.home()), patterns)
        return Path(chosen) if chosen else None

    def save_file(self, title: str, suggested: str) -> Path | None:
        """Ask where to write; the dialog asks before a file is replaced."""
        chosen, _filter = QFileDialog.getSaveFileName(self._parent, title, str(Path.home() / suggested))
        return Path(chosen) if chosen else None
