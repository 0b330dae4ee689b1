"""The composition root: the only place where stores, jobs, workspaces and the window meet.

What opens a store is imported after the first paint: the unlock page stands while the database library loads.
"""

from __future__ import annotations

import datetime as dt
import importlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from liaison_desktop import settings as preferences
from liaison_desktop.i18n import tr
from liaison_desktop.security.os_keyring import Keyring, OsKeyring
from liaison_desktop.shell.main_window import MainWindow
from liaison_desktop.shell.places import Door, Places
from liaison_desktop.shell.warming import load_libraries
from liaison_desktop.sync.transport import HttpTransport, Transport
from liaison_desktop.ui.files import FileDialogs, Files
from liaison_desktop.ui.holding import all_held
from liaison_desktop.ui.jobs import Jobs
from liaison_desktop.ui.printing import DesktopPrinter, Printer
from liaison_desktop.ui.theme import Theme
from liaison_desktop.ui.tokens import Density, Mode
from liaison_desktop.ui.touch import TouchWatch

if TYPE_CHECKING:
    from liaison_desktop.security.keys import Keys
    from liaison_desktop.shell.frame import WorkFrame
    from liaison_desktop.shell.session import Session
    from liaison_desktop.store import Store
    from liaison_desktop.sync.obeying import Duty
    from liaison_desktop.ui.workspace import Workspace


def workspace_of(key: str) -> Workspace:
    """The workspace "msl" or "clinical". Loads the database library at first use."""
    if key not in ("msl", "clinical"):
        raise ValueError("there are two workspaces, msl and clinical")
    made: Workspace = importlib.import_module(f"liaison_desktop.{key}.workspace").WORKSPACE
    return made


class Application:
    """The whole application over one home folder. Needs a QApplication; `start()` shows the window.

    `home` holds the stores, `settings_folder` the settings. `after_lock(door_key, page_key)`, when given, is called
    when everything is shut after a lock: it replaces the process, so that nothing readable stays in memory.
    With `pages_ahead` the pages of an open workspace are made while nobody waits, before they are first shown; with
    `paper_apart` documents are made in a process of their own.
    """

    def __init__(
        self,
        home: Path,
        *,
        clock: Callable[[], dt.datetime] = lambda: dt.datetime.now().astimezone(),
        files: Files | None = None,
        printer: Printer | None = None,
        keyring: Keyring | None = None,
        settings_folder: Path | None = None,
        after_lock: Callable[[str, str], None] | None = None,
        pages_ahead: bool = False,
        paper_apart: bool = False,
        connect: Callable[[str], Transport] = HttpTransport,
    ) -> None:
        app = QApplication.instance()
        if not isinstance(app, QApplication):
            raise RuntimeError("Make a QApplication first.")
        self.home, self.clock, self.after_lock, self._pages_ahead = home, clock, after_lock, pages_ahead
        self._paper_apart = paper_apart
        self._settings_folder, self._connect = settings_folder or home, connect
        self.settings = preferences.load(self._settings_folder)
        density = Density.TOUCH if self.settings.density == "touch" else Density.DESK
        self.theme = Theme(app, Mode(self.settings.theme), self.settings.workspace or "msl", density)
        self._touch = TouchWatch(self.theme)
        self.jobs = Jobs()
        self.printer: Printer = printer or DesktopPrinter()
        self.places = Places(home, clock=clock, keyring=keyring or OsKeyring())
        self.window = MainWindow(closing=self._closing, may_close=self._may_close)
        self.theme.dress(self.window)
        self.files: Files = files or FileDialogs(self.window)
        self.session: Session | None = None
        self._resume: tuple[str, str] = ("", "")
        self._told = False  # that the window is to be closed, whatever is open
        self.jobs.failed.connect(self.window.say)

    # -- what stands in the window -----------------------------------------------------------------------------------

    def start(self, door_key: str = "", page_key: str = "") -> None:
        """Show the window: first run, or unlock. `door_key` and `page_key` lead back to where it was locked."""
        self._resume = (door_key, page_key)
        self.show_way_in(locked=bool(door_key))
        self.window.open_at(self.settings.window)
        if self.settings.density == "auto":
            self._touch.listen(self.window.windowHandle())
        # Once the page is painted.
        QTimer.singleShot(50, self.window, lambda: load_libraries(self.jobs, self.window))

    def show_way_in(self, *, locked: bool = False) -> None:
        """The unlock page; the first run when no store was ever made here."""
        from liaison_desktop.errors import LiaisonError

        try:
            anything = bool(self.places.all())
        except LiaisonError:
            anything = True  # the unlock page says what is wrong with the list
        if anything:
            self._show_unlock(locked)
        else:
            self.show_first_run()

    def _show_unlock(self, locked: bool) -> None:
        from liaison_desktop.shell.unlock import UnlockPage

        self.window.show_content(
            UnlockPage(
                self.places,
                self.jobs,
                self.theme,
                enter=self.enter,
                set_up=self.show_first_run,
                chosen=self._resume[0],
                locked=locked,
            )
        )

    def show_first_run(self) -> None:
        """Set a workspace up."""
        from liaison_desktop.shell.first_run import FirstRunPage

        back, outside = self.show_way_in if self.places.all() else None, (self.printer, self.files)
        page = FirstRunPage(
            self.places, self.jobs, self.theme, *outside, create=self.create, enter=self.enter_new, back=back
        )
        self.window.show_content(page)

    # -- in and out --------------------------------------------------------------------------------------------------

    def create(self, door: Door, keys: Keys) -> None:
        """Make a new store, with practice records in a practice store, and leave it closed. Not on the window's thread."""
        from liaison_desktop.shell.stores import create_store

        create_store(self.places, door, keys, workspace_of(door.place.workspace))

    def enter_new(self, door: Door, keys: Keys) -> None:
        """Open a store that was just made; trouble is shown on the unlock page."""
        from liaison_desktop.errors import LiaisonError

        try:
            self.enter(door, keys)
        except LiaisonError as error:
            keys.close()
            self.show_way_in()
            self.window.say(error)

    def enter(self, door: Door, keys: Keys) -> None:
        """Open a store and show its window. Raises StoreMissing, Damaged, TooNew or InUse; the keys stay the caller's."""
        from liaison_desktop.documents.workshop.warm import WarmWorkshop
        from liaison_desktop.documents.workshop.workshop import Workshop
        from liaison_desktop.sealed.actions import sealer_of
        from liaison_desktop.shell.choices import Choices
        from liaison_desktop.shell.foot_pages import foot_pages
        from liaison_desktop.shell.frame import WorkFrame
        from liaison_desktop.shell.lock_screen import IdleWatch
        from liaison_desktop.shell.session import Session
        from liaison_desktop.shell.stores import is_actor, open_store, said_on_entry
        from liaison_desktop.shell.sync.syncing import Syncing
        from liaison_desktop.ui.desk import Desk

        workspace = workspace_of(door.place.workspace)
        store, before = open_store(self.places, door, keys, workspace)
        sealer_of(store, self.places.keyring)
        if self._paper_apart:
            store.companions[Workshop] = WarmWorkshop()
        desk = Desk(
            store,
            jobs=self.jobs,
            theme=self.theme,
            clock=self.clock,
            files=self.files,
            printer=self.printer,
            confirm_actor=lambda passphrase: is_actor(self.places, door, store, passphrase),
            refuses=lambda right: workspace.refuses(store, right),
        )
        syncing = Syncing(desk, self._connect, self.window)
        syncing.ordered.connect(self._obey, Qt.ConnectionType.QueuedConnection)
        choices = Choices(lambda: self.settings, self.save_settings, places=self.places, door=door, keys=keys)
        foot = foot_pages(choices, syncing, workspace.settings)
        frame = WorkFrame(desk, workspace, foot, practice=door.place.practice, syncing=syncing)
        idle = IdleWatch(lambda: self.settings.idle_minutes(door.place.workspace), self.clock, frame)
        # After the event that asked for it, because locking deletes the widget whose event it was.
        for asked in (frame.lock_asked, idle.idle):
            asked.connect(self.lock, Qt.ConnectionType.QueuedConnection)
        self.session = Session(door=door, keys=keys, store=store, frame=frame, idle=idle)
        self.theme.set_accent(door.place.workspace)
        self.window.show_content(frame)
        self.window.setWindowTitle(f"Liaison Desktop · {workspace.title}")
        page = self._resume[1] if self._resume[0] == door.key else ""
        frame.go(page if page in frame.specs else workspace.pages[0].key)
        if self._pages_ahead:
            frame.make_pages_ahead()
        if words := said_on_entry(store, before):
            frame.toast(words)
        self._resume = (door.key, page)
        self.save_settings(workspace=door.place.workspace)

    def lock(self, patience: int = 20) -> None:
        """Keep drafts, shut everything, show the unlock page. Nothing of the workspace is left behind it."""
        if self.session is None:
            return
        over = QApplication.activeModalWidget() or QApplication.activePopupWidget()
        if over is not None and patience:
            # Whoever opened it waits for its answer on a page that is about to go: the answer comes first.
            over.close()
            QTimer.singleShot(0, self.window, lambda: self.lock(patience - 1))
            return
        door, page = self.session.door, self.session.frame.page_key
        self.shut()
        self._resume = (door.key, page)
        self._show_unlock(locked=True)
        self._keep_place()
        if self.after_lock is not None:
            self.after_lock(door.key, page)

    def _obey(self, duty: Duty) -> None:
        from liaison_desktop.shell.sync.carrying_out import carry_out

        carry_out(duty, self, self.session, self._connect)

    def close(self) -> None:
        """Shut everything and close the window; nothing is asked."""
        self._told = True
        self.window.close()

    def _may_close(self) -> bool:
        if self._told or self.frame is None:
            return True
        # Later, because closing deletes the button that was pressed.
        return self.frame.leaving.may(tr("Quit"), lambda: QTimer.singleShot(0, self.window, self.close))

    @property
    def frame(self) -> WorkFrame | None:
        """The open workspace's frame, None while locked."""
        return self.session.frame if self.session is not None else None

    @property
    def store(self) -> Store | None:
        """The open store, None while locked."""
        return self.session.store if self.session is not None else None

    def save_settings(self, **changed: object) -> None:
        """Change settings and keep them."""
        import msgspec

        self.settings = msgspec.structs.replace(self.settings, **changed)
        self._settings_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        preferences.save(self.settings, self._settings_folder)
        if self.settings.density != "auto":
            self._touch.stop()

    def shut(self) -> None:
        """Shut the open store; nothing leads back to where it was."""
        self._resume = ("", "")
        session, self.session = self.session, None
        if session is not None:
            session.put_away()
            self.window.show_content(QWidget())
            # The pages must be gone, not only hidden, before the store is closed and the keys are wiped.
            with all_held():
                QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            self.jobs.wait(2_000)
            session.shut()

    def _closing(self) -> None:
        self._touch.stop()
        self.shut()
        self._keep_place()
        self.jobs.wait(3_000)

    def _keep_place(self) -> None:
        place = self.window.place()
        if place is not None:
            self.save_settings(window=place)

    def keep_drafts(self) -> None:
        """Keep what was typed on every page, as before a crash is shown."""
        if self.session is not None:
            self.session.frame.save_drafts()
