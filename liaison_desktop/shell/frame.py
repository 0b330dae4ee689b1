"""The frame of an open workspace: rail, pages made at first show, status bar, toasts, command bar, keys."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from liaison_desktop.errors import Fault, LiaisonError
from liaison_desktop.i18n import plural, tr
from liaison_desktop.shell.command_search import CommandSearch
from liaison_desktop.shell.cover import Cover
from liaison_desktop.shell.leaving import Leaving
from liaison_desktop.shell.notice import NoticeWatch
from liaison_desktop.shell.page_shelf import PageShelf
from liaison_desktop.shell.practice_strip import practice_strip
from liaison_desktop.shell.shortcuts import Shortcuts
from liaison_desktop.shell.sync.syncing import Standing, Syncing
from liaison_desktop.shell.warming import Warming
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.page import Page
from liaison_desktop.ui.rail import Rail, RailPage
from liaison_desktop.ui.status_bar import StatusBar
from liaison_desktop.ui.toast import Toasts
from liaison_desktop.ui.tokens import NARROW, STATUS
from liaison_desktop.ui.workspace import Command, PageSpec, Workspace

_COUNT_PAUSE = 100  # ms after a commit before the rail counts again, so that a burst of saves counts once
# The frame's own keys; a page's command of the same keys is shown, and these run it.
OWN_KEYS = ("Ctrl+K", "Ctrl+N", "Ctrl+L", "F1", "Alt+Z")


class WorkFrame(QWidget):
    """What stands in the window while a store is open. It is the desk's `frame`.

    `foot` are the pages of every workspace, such as settings. `practice` marks made-up records the whole time.
    """

    lock_asked = Signal()

    def __init__(
        self,
        desk: Desk,
        workspace: Workspace,
        foot: tuple[PageSpec, ...],
        *,
        practice: bool = False,
        syncing: Syncing | None = None,
    ) -> None:
        super().__init__()
        self.desk, self.workspace = desk, workspace
        desk.frame = self
        self.specs: Mapping[str, PageSpec] = {spec.key: spec for spec in (*workspace.pages, *foot)}
        self._stale: dict[str, frozenset[str]] = {}
        self.strip = workspace.strip(desk) if workspace.strip is not None else None
        listed, feet = tuple(map(_line, workspace.listed)), tuple(map(_line, foot))
        # The rail is narrow: the name without the credential that documents print after it.
        self.rail = Rail(workspace.title, listed, feet, desk.store.actor.name.split(",")[0])
        self.rail.chosen.connect(self.go)
        self.stack = QStackedWidget()
        self._shelf = PageShelf(desk, self.stack)
        self.pages: Mapping[str, Page] = self._shelf.opened
        self.status = StatusBar()
        self.status.show_saved(tr("All saved"))
        self.status.lock_asked.connect(self.lock)
        self.leaving = Leaving(desk, workspace, lambda: self.covered, self.go)
        self._lay_out(practice)
        self.toasts = Toasts(self, lambda: self.rail.width(), self._foot)
        self.search = CommandSearch(self)
        self.status.bar_asked.connect(self.search.open_bar)
        self._shortcuts = Shortcuts(self, self._whole_keys())
        self._counting = QTimer(self, interval=_COUNT_PAUSE, singleShot=True)
        self._counting.timeout.connect(self._count)
        desk.store.listeners.append(self._changed)
        desk.jobs.started.connect(self.status.show_work)
        self._counting.start()
        self.syncing = syncing
        if syncing is not None:
            syncing.changed.connect(self._show_sync)
            self.status.sync_asked.connect(lambda: self.go("sync"))
        self._show_sync()
        self._notice = NoticeWatch(desk, workspace, self.status, self.go)
        self.warming = Warming(workspace.features, self, lambda: self.covered)

    def _show_sync(self) -> None:
        state = self.syncing.state() if self.syncing is not None else None
        if state is None or state.account is None:
            self.status.show_place(tr("This laptop only"))
            decide = plural(state.to_decide, "{n} to decide", "{n} to decide") if state and state.to_decide else ""
            self.status.show_sent("", decide)
            return
        self.status.show_place(state.account.organisation_name, "building-2")
        self.status.show_sent(tr("Sending") if state.standing is Standing.RUNNING else state.sent, state.waits)

    def _foot(self) -> int:
        return STATUS + sum(row.height() for row in (self.strip, self.leaving) if row is not None)

    def _lay_out(self, practice: bool) -> None:
        right = QVBoxLayout()
        right.setSpacing(0)
        if practice:
            right.addWidget(practice_strip())
        right.addWidget(self.stack, 1)
        for row in filter(None, (self.strip, self.leaving, self.status)):
            right.addWidget(row)
        work = QWidget()
        across = QHBoxLayout(work)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self.rail)
        across.addLayout(right, 1)
        self._cover = Cover(self, work)

    # -- what a page may ask of the window -----------------------------------------------------------------------------

    def open(self, kind: str, id: uuid.UUID, faults: Sequence[Fault] = ()) -> None:
        """Show that record on its page, and the faults beside its fields; nothing happens for a kind that has none."""
        key = self.workspace.opens.get(kind, "")
        if key in self.specs:
            self.go(key)
            if self.page_key == key:
                self.pages[key].show_record(id)
                if faults:
                    self.pages[key].point_out(tuple(faults))

    def go(self, page_key: str) -> None:
        """Show a page, making it if it was never shown; nothing happens for a key no page has."""
        spec = self.specs.get(page_key)
        if spec is None:
            return
        self.search.bar.close_bar()
        try:
            page = self._shelf.take(spec)
        except LiaisonError as error:
            self.toast(str(error), trouble=True)
            self.rail.set_page(self.page_key)
            return
        if self.page is not None and self.page is not page:
            self.page.left()
        stale = self._stale.pop(page_key, frozenset())
        if stale:
            page.refresh(stale)
        self.stack.setCurrentWidget(page)
        self.rail.set_page(page_key)
        self._shortcuts.take(page)
        page.setFocus(Qt.FocusReason.OtherFocusReason)

    def make_pages_ahead(self) -> None:
        """Make the pages that allow it before they are shown, a little at a time, while nobody waits."""
        self.warming.add(partial(self._make_ahead, spec) for spec in self.workspace.pages if spec.ahead is not None)

    def _make_ahead(self, spec: PageSpec) -> tuple[Callable[[], object], ...]:
        return self._shelf.make_ahead(spec) if self.page is not None else ()

    def toast(self, text: str, undo: Callable[[], None] | None = None, act: str = "", *, trouble: bool = False) -> None:
        """Say what was done, and offer to undo it, or what `act` says; `trouble`: what was not done."""
        self.toasts.show_toast(text, undo, act, trouble=trouble)

    def full_screen(self, widget: QWidget) -> None:
        """Cover everything with one widget; no page, rail or key but the lock can be reached behind it."""
        self.leave_full_screen()
        self.search.bar.close_bar()
        self.toasts.close()
        self._shortcuts.hold(False)
        self._cover.lay(widget)

    def leave_full_screen(self) -> None:
        """Take that widget away again."""
        if not self._cover.take_away():
            return
        self._shortcuts.hold(True)
        if self.page is not None:
            self.page.setFocus(Qt.FocusReason.OtherFocusReason)

    # ------------------------------------------------------------------------------------------------------------------

    @property
    def page(self) -> Page | None:
        """The page that is shown."""
        return self.pages.get(self.page_key)

    @property
    def page_key(self) -> str:
        """Its key."""
        shown = self.stack.currentWidget()
        return next((key for key, page in self.pages.items() if page is shown), "")

    @property
    def covered(self) -> bool:
        """Whether a page for the patient covers everything."""
        return self._cover.widget is not None

    def lock(self) -> None:
        """Ctrl+L."""
        self.toasts.close()
        if self.leaving.may(tr("Lock"), self.lock_asked.emit):
            self.lock_asked.emit()

    def new(self) -> None:
        """Ctrl+N: a new record on this page."""
        if self.page is not None:
            self.page.new()

    def save_drafts(self) -> tuple[str, ...]:
        """Keep what was typed on every page; the sentences of those that could not."""
        troubles = []
        for page in self.pages.values():
            try:
                page.save_draft()
            except LiaisonError as error:
                troubles.append(str(error))
        return tuple(troubles)

    def put_away(self) -> None:
        """Keep what was typed and listen no more, before the frame is deleted."""
        self._notice.stop()
        self._counting.stop()
        self.warming.stop()
        if self.syncing is not None:
            self.syncing.stop()
        self.save_drafts()
        if self._changed in self.desk.store.listeners:
            self.desk.store.listeners.remove(self._changed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Icons only in a narrow window."""
        super().resizeEvent(event)
        self.rail.set_compact(self.width() < NARROW)

    def _changed(self, kinds: frozenset[str]) -> None:
        self.status.show_saved(tr("Saved {time}", time=f"{self.desk.clock():%H:%M:%S}"))
        for key, page in self.pages.items():
            if page is self.page:
                page.refresh(kinds)
            else:
                self._stale[key] = self._stale.get(key, frozenset()) | kinds
        self.warming.add(partial(self._make_ahead, spec) for spec in self._shelf.drop(kinds))
        self._counting.start()

    def _count(self) -> None:
        for spec in self.specs.values():
            if spec.count is not None:
                self.rail.set_count(spec.key, spec.count(self.desk.store))
        self._notice.ask()

    def subject(self) -> tuple[str, uuid.UUID] | None:
        """Kind and id of the record that is worked on in the page that is shown."""
        return self.page.subject() if self.page is not None else None

    # -- keys ----------------------------------------------------------------------------------------------------------

    def _whole_keys(self) -> dict[str, Callable[[], object]]:
        """Those of the window first; a command of the workspace does not take them away."""
        own = (self.search.open_bar, self.new, self.lock, self.search.open_keys, self.toasts.undo)
        keys: dict[str, Callable[[], object]] = dict(zip(OWN_KEYS, own, strict=True))
        keys |= {f"Ctrl+{n}": partial(self.go, spec.key) for n, spec in enumerate(self.workspace.listed[:9], 1)}
        return {each.keys: each.run for each in self.workspace.commands(self.desk) if each.keys} | keys

    def commands(self) -> tuple[Command, ...]:
        """What can be done now, the page's own first."""
        page = self.page.commands() if self.page is not None else ()
        held = {each.keys for each in page if each.keys}
        own = [
            Command(tr("Lock"), self.lock, icon="lock", keys="Ctrl+L"),
            Command(tr("What can I press here?"), self.search.open_keys, icon="keyboard", keys="F1"),
            Command(tr("Undo what was just done"), self.toasts.undo, icon="rotate-ccw", keys="Alt+Z"),
        ]
        if self.page is not None and type(self.page).new is not Page.new:
            facts = self.specs[self.page_key].title
            own.insert(0, Command(tr("New"), self.new, facts=facts, icon="plus", keys="Ctrl+N"))
        whole = [each for each in self.workspace.commands(self.desk) if not each.keys or each.keys not in held]
        return (*page, *whole, *(each for each in own if each.keys not in held))


def _line(spec: PageSpec) -> RailPage:
    return RailPage(spec.key, spec.title, spec.icon, spec.alert)
