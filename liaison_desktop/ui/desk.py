"""The desk: all that a page may use, put together once in `app.py`."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QWidget

from liaison_desktop.errors import LiaisonError
from liaison_desktop.ui.files import Files
from liaison_desktop.ui.jobs import Jobs
from liaison_desktop.ui.printing import Printer
from liaison_desktop.ui.theme import Theme

if TYPE_CHECKING:
    from liaison_desktop.errors import Fault
    from liaison_desktop.store import Store


class Frame(Protocol):
    """What the window does for a page."""

    def open(self, kind: str, id: uuid.UUID, faults: Sequence[Fault] = ()) -> None:
        """Show that record on its page, and the faults beside its fields."""
        ...

    def go(self, page_key: str) -> None:
        """Show a page."""
        ...

    def subject(self) -> tuple[str, uuid.UUID] | None:
        """Kind and id of the record that is worked on in the page that is shown."""
        ...

    @property
    def strip(self) -> QWidget | None:
        """What the workspace put over the status bar, None if it has nothing there."""
        ...

    def save_drafts(self) -> tuple[str, ...]:
        """Keep what was typed on every page; the sentences of those that could not."""
        ...

    def toast(self, text: str, undo: Callable[[], None] | None = None, act: str = "", *, trouble: bool = False) -> None:
        """Say what was done, and offer to undo it, or what `act` says; `trouble`: what was not done."""
        ...

    def full_screen(self, widget: QWidget) -> None:
        """Cover everything with one widget, for the patient; nothing else can be reached."""
        ...

    def leave_full_screen(self) -> None:
        """Take that widget away again."""
        ...


class Desk:
    """Store, jobs, theme, clock, files, printer, and the few things a page may ask of the window."""

    def __init__(
        self,
        store: Store,
        *,
        jobs: Jobs,
        theme: Theme,
        clock: Callable[[], dt.datetime],
        files: Files,
        printer: Printer,
        frame: Frame | None = None,
        confirm_actor: Callable[[str], bool] = lambda passphrase: False,
        refuses: Callable[[str], str] = lambda right: "",
    ) -> None:
        self.store, self.jobs, self.theme, self.clock = store, jobs, theme, clock
        self.files, self.printer = files, printer
        self._frame = frame
        # Whether a passphrase is that of the person who works here; asked where a screen was given out of the hand.
        self.confirm_actor = confirm_actor
        # Why whoever works here may not do something of the frame or of the kits, such as "print"; empty lets them.
        self.refuses = refuses

    @property
    def frame(self) -> Frame:
        """The window's frame, which takes its place at the desk when it is made."""
        if self._frame is None:
            raise RuntimeError("no window stands around this desk yet")
        return self._frame

    @frame.setter
    def frame(self, frame: Frame) -> None:
        self._frame = frame

    def today(self) -> dt.date:
        """The day on the clock."""
        return self.clock().date()

    def open(self, kind: str, id: uuid.UUID, faults: Sequence[Fault] = ()) -> None:
        """Show that record on its page, with the keyboard on the first field that has one of these faults."""
        self.frame.open(kind, id, faults)

    def go(self, page_key: str) -> None:
        """Show a page."""
        self.frame.go(page_key)

    def toast(self, text: str, undo: Callable[[], None] | None = None, act: str = "") -> None:
        """Say what was done, and offer to undo it, or what `act` says. The text names no record's value that should
        not be seen."""
        self.frame.toast(text, undo, act)

    def trouble(self, said: LiaisonError | str, undo: Callable[[], None] | None = None, act: str = "") -> None:
        """Say what was refused or went wrong, where no field is beside it; never with the tick of what was done."""
        self.frame.toast(str(said), undo, act, trouble=True)

    def full_screen(self, widget: QWidget) -> None:
        """Cover everything with one widget, for the patient; nothing else can be reached."""
        self.frame.full_screen(widget)

    def leave_full_screen(self) -> None:
        """Take that widget away again."""
        self.frame.leave_full_screen()
