"""Stand-ins for the real borders: clock, file dialogs, printer, operating system's safe. Never one of our own classes."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from liaison_desktop.errors import Fault
    from liaison_desktop.ui.printing import Printed

CHICAGO_WINTER = dt.timezone(dt.timedelta(hours=-6))
# A Thursday afternoon. Tests say how long before or after it something happened.
TODAY = dt.datetime(2026, 11, 19, 14, 0, tzinfo=CHICAGO_WINTER)


class Clock:
    """A clock that stands still until it is told to move. Call it for the time, as the application does."""

    def __init__(self, start: dt.datetime = TODAY) -> None:
        self._now = start

    def __call__(self) -> dt.datetime:
        """The time now."""
        return self._now

    def now(self) -> dt.datetime:
        """The time now."""
        return self._now

    def today(self) -> dt.date:
        """The day now, where the clock hangs."""
        return self._now.date()

    def tick(self, seconds: float = 1.0) -> dt.datetime:
        """Move on, and say what time it is then."""
        self._now += dt.timedelta(seconds=seconds)
        return self._now

    def set(self, moment: dt.datetime) -> None:
        """Move to a moment, which must know its time zone."""
        if moment.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        self._now = moment


class FileDialogs:
    """File dialogs that answer at once: `opens` and `saves` hold what a person would choose next, oldest first."""

    def __init__(self) -> None:
        self.opens: list[Path | None] = []
        self.saves: list[Path | None] = []
        self.asked: list[tuple[str, str]] = []

    def open_file(self, title: str, patterns: str) -> Path | None:
        """The next file to open; None, as after Cancel, when there is none."""
        self.asked.append((title, patterns))
        return self.opens.pop(0) if self.opens else None

    def save_file(self, title: str, suggested: str) -> Path | None:
        """The next place to save to; None, as after Cancel, when there is none."""
        self.asked.append((title, suggested))
        return self.saves.pop(0) if self.saves else None


class PaperTray:
    """A printer that keeps what it was given in `printed`; with `present` false there is no printer."""

    def __init__(self, present: bool = True) -> None:
        self.present = present
        self.printed: list[tuple[bytes, int]] = []

    def names(self) -> tuple[str, ...]:
        """The one printer, if it is there."""
        return ("Ward 3",) if self.present else ()

    def print_pdf(self, content: bytes, copies: int = 1) -> Printed | None:
        """Take a document. None: there is no printer."""
        from liaison_desktop.ui.printing import Printed

        if not self.present:
            return None
        self.printed.append((content, copies))
        return Printed(printer="Ward 3", pages=max(1, content.count(b"/Type /Page") - 1), copies=copies)


class NoFrame:
    """A frame for a page that stands alone, as in a test; it remembers what it was asked."""

    def __init__(self) -> None:
        self.opened: list[tuple[str, uuid.UUID]] = []
        self.gone: list[str] = []
        self.toasts: list[tuple[str, Callable[[], None] | None]] = []
        self.covering: QWidget | None = None

    def open(self, kind: str, id: uuid.UUID, faults: Sequence[Fault] = ()) -> None:
        """Remember the record."""
        self.opened.append((kind, id))

    def go(self, page_key: str) -> None:
        """Remember the page."""
        self.gone.append(page_key)

    def subject(self) -> tuple[str, uuid.UUID] | None:
        """Nothing is worked on."""
        return None

    @property
    def strip(self) -> QWidget | None:
        """Nothing stands over the status bar."""
        return None

    def save_drafts(self) -> tuple[str, ...]:
        """There is nothing to keep."""
        return ()

    def toast(self, text: str, undo: Callable[[], None] | None = None, act: str = "", *, trouble: bool = False) -> None:
        """Remember the toast."""
        self.toasts.append((text, undo))

    def full_screen(self, widget: QWidget) -> None:
        """Remember the widget."""
        self.covering = widget

    def leave_full_screen(self) -> None:
        """Forget the widget."""
        self.covering = None
