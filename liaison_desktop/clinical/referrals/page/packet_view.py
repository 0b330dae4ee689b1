"""Reading a packet: its pages at the left; what it holds, what is missing and the details read in it at the right."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QVBoxLayout

from liaison_desktop.clinical.people.actions import require
from liaison_desktop.clinical.referrals.actions import (
    add_file,
    ask_for_missing,
    cite,
    date_document,
    mark_read,
    name_pages,
    not_needed,
    note_exported,
    note_printed,
    take_back_pages,
)
from liaison_desktop.clinical.referrals.actions.packet import MOST_BYTES
from liaison_desktop.clinical.referrals.form.page_naming import PageNaming
from liaison_desktop.clinical.referrals.form.read_details import ReadDetails
from liaison_desktop.clinical.referrals.page.packet_list import PacketList
from liaison_desktop.clinical.referrals.queries import papers_of
from liaison_desktop.clinical.referrals.record import DocumentKind, Referral, ReferralDocument
from liaison_desktop.clinical.referrals.rules import WORK_OVER
from liaison_desktop.clinical.referrals.rules.expected import keyed
from liaison_desktop.clinical.referrals.rules.pages import next_unnamed
from liaison_desktop.documents.preview import Preview, print_copy, save_copy
from liaison_desktop.errors import LiaisonError
from liaison_desktop.interop import read_whole
from liaison_desktop.policies import policy_of
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.date_editors import DayEditor
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.empty_state import EmptyState
from liaison_desktop.ui.layout import card, column, hairline, row, scroll
from liaison_desktop.ui.tab_order import FollowsTheEye
from liaison_desktop.ui.text import label, wrapped

_SIDE = 400


class PacketView(FollowsTheEye):
    """Over the pages: 1 to 9 name them up to the one that is seen, B begins here, R says read, M asks for the missing.

    F4 notes the page on which the detail with the keyboard was read. `changed` after anything was kept.
    """

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._referral, self._papers = Referral(), tuple[ReferralDocument, ...]()
        self._paper: ReferralDocument | None = None
        self.setAcceptDrops(True)
        self.preview, self.list, self.details = Preview(), PacketList(), ReadDetails(desk)
        self.naming, self._said = PageNaming(), wrapped("", "sec", "ink2")
        words = "Drag PDF files here, or choose them. They are kept encrypted; nothing is written beside the store."
        self._left = QStackedWidget()
        self._left.addWidget(EmptyState("No documents yet", words, "Add a file…", "file-up", self.choose))
        self._left.addWidget(self.preview)
        # The pages take what room there is: a packet that is not looked at must not widen the window.
        self._left.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._add = button("Add a file…", "secondary", "file-up", small=True, on_click=self.choose)
        self._read = button("Mark as read", "primary", "check", small=True, on_click=self.mark)
        self._back = button("Take back", "quiet", small=True, on_click=self.take_back)
        self._dated = DayEditor("Dated")
        self._dated.set_clock(self.desk.clock)
        self._dated.setFixedWidth(150)
        self._dated.editingFinished.connect(lambda: self._date(self._dated.value()))
        self._dated_row = row(label("Dated", "sec"), self._dated, None, gap=8)
        acts = column(row(self._add, self._read, self._back, None, gap=6), self._dated_row, gap=8)
        self._facts = card(self.details, title="Read in the packet", gap=8)
        side = scroll(
            column(acts, self._said, self.naming, self.list, self._facts, None, gap=12, margins=(12, 12, 16, 16))
        )
        side.setFixedWidth(_SIDE)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(row((self._left, 1), hairline(vertical=True), side, gap=0))

    def _connect(self) -> None:
        inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for number in range(1, 10):
            QShortcut(QKeySequence(str(number)), self.preview, lambda n=number: self.naming.name_key(n), context=inside)
        keys = (("B", self.begin_here), ("R", self.mark), ("M", self.ask))
        for key, act in keys:
            QShortcut(QKeySequence(key), self.preview, act, context=inside)
        QShortcut(QKeySequence("F4"), self, self.cite, context=inside)
        self.preview.page_changed.connect(self.naming.seen)
        self.naming.named.connect(self._name)
        self.preview.print_asked.connect(self._print)
        self.preview.save_asked.connect(self._save)
        self.list.opened.connect(self.open_paper)
        self.list.asked_all.connect(self.ask)
        self.list.unneeded.connect(self._unneeded)
        self.details.kept.connect(self.changed)

    # ---- showing

    def show_referral(self, referral: Referral) -> None:
        """Show the packet of this referral."""
        other = referral.id != self._referral.id
        self._referral, store = referral, self.desk.store
        self._papers = papers_of(store, referral.id)
        open_still = referral.work not in WORK_OVER
        self.list.show_papers(self._papers, store.clock(), open_still=open_still, none_came=referral.no_packet)
        self.details.show_referral(referral)
        self.naming.offer(keyed(referral.service, policy_of(store)))
        held = {one.id: one for one in self._papers if not one.missing}
        current = held.get(self._paper.id) if self._paper is not None and not other else None
        if current is None:
            current = next((one for one in held.values() if not one.reviewed), next(iter(held.values()), None))
        self._show(current)
        self._add.setVisible(open_still)
        self.naming.setVisible(open_still and self._paper is not None)

    def _show(self, paper: ReferralDocument | None) -> None:
        before, self._paper = self._paper, paper
        self._read.setVisible(paper is not None)
        self._dated_row.setVisible(paper is not None)
        self._dated.set_value(paper.dated_on if paper is not None else None)
        self._back.setVisible(paper is not None and paper.document is not DocumentKind.PACKET)
        if paper is None:
            self.preview.clear()
            self._left.setCurrentIndex(0)
            return
        # What undoes it is no invitation: after the reading the next step is another one.
        self._read.set_kind("quiet" if paper.reviewed else "primary")
        self._read.set_icon("undo-2" if paper.reviewed else "check")
        self._read.set_text("Not read after all" if paper.reviewed else "Mark as read")
        self._left.setCurrentWidget(self.preview)
        shown = before is not None and before.file_sha256 == paper.file_sha256 and self.preview.page_count
        if not shown:
            self.preview.show_document(self.desk.store.attachments.get(paper.file_sha256), paper.title())
        if before is None or before.id != paper.id:
            self.preview.go_to(paper.first_page or 1)
            self._offer_range()

    def _offer_range(self) -> None:
        sha = self._paper.file_sha256 if self._paper is not None else ""
        self.naming.begin(next_unnamed(self._papers, sha) or self.preview.page)
        self.naming.seen(self.preview.page)

    def open_paper(self, paper: ReferralDocument) -> None:
        """Show a document of the packet, with the keyboard on its pages."""
        self._show(paper)
        self.preview.setFocus()

    def start(self) -> None:
        """The keyboard on the pages, or on the way to add some."""
        (self.preview if self._paper is not None else self._add).setFocus()

    # ---- files

    def choose(self) -> None:
        """Ask for a file and add it."""
        path = self.desk.files.open_file("Add a file to the packet", "Documents (*.pdf)")
        if path is not None:
            self.add(path)

    def add(self, path: Path) -> None:
        """Add a file; what is wrong with it is said."""
        try:
            paper = add_file(self.desk.store, self._referral.id, read_whole(path, MOST_BYTES))
        except LiaisonError as error:
            self._say(str(error), wrong=True)
            return
        self._say("")
        self._paper = None
        self.changed.emit()
        self._papers = papers_of(self.desk.store, self._referral.id)
        self.open_paper(paper)
        self._offer_range()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take PDF files."""
        if any(url.isLocalFile() for url in event.mimeData().urls()) and self._referral.work not in WORK_OVER:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add each file that was dropped."""
        for url in event.mimeData().urls():
            if url.isLocalFile():
                self.add(Path(url.toLocalFile()))
        event.acceptProposedAction()

    # ---- pages

    def begin_here(self) -> None:
        """The pages to be named begin with the one that is seen."""
        self.naming.begin(self.preview.page)

    def _name(self, kind: DocumentKind) -> None:
        if self._paper is None:
            return
        sha = self._paper.file_sha256
        first, last = self.naming.pages()
        if not self._try(lambda: name_pages(self.desk.store, self._referral.id, sha, first, last, kind)):
            return
        self._say(f"Pages {first} to {last}: {kind.label}" if last > first else f"Page {first}: {kind.label}")
        self.naming.kind.set_value(None)
        follows = next_unnamed(papers_of(self.desk.store, self._referral.id), sha)
        if follows is not None:
            self.preview.go_to(follows)
            self.naming.begin(follows)

    def take_back(self) -> None:
        """These pages are something else after all."""
        paper = self._paper
        if paper is not None:
            self._try(lambda: take_back_pages(self.desk.store, paper.id))

    def mark(self) -> None:
        """The document was read; the next that was not is shown."""
        paper = self._paper
        if paper is None or not self._try(lambda: mark_read(self.desk.store, paper.id, not paper.reviewed)):
            return
        waiting = next((one for one in self._papers if not one.missing and not one.reviewed), None)
        if waiting is not None and not paper.reviewed:
            self._show(waiting)

    def _date(self, day: object) -> None:
        paper = self._paper
        if paper is not None and (day is None or isinstance(day, datetime.date)) and day != paper.dated_on:
            self._try(lambda: date_document(self.desk.store, paper.id, day))

    def ask(self) -> None:
        """Ask for everything that is missing; each gets a time to ask again, and a task."""
        if self._try(lambda: ask_for_missing(self.desk.store, self._referral.id)):
            self._say("Asked for. A task will remind you to ask again.")

    def _unneeded(self, paper: ReferralDocument, reason: str) -> None:
        self._try(lambda: not_needed(self.desk.store, paper.id, reason))

    def cite(self) -> None:
        """Note the page on which the detail with the keyboard was read."""
        name, paper, page = self.details.current(), self._paper, self.preview.page
        if not name or paper is None or not page:
            self._say("Put the keyboard into the detail first; F4 notes the page that is seen.", wrong=True)
            return
        self.details.save()
        self._try(lambda: cite(self.desk.store, self._referral.id, name, paper, page))

    def _try(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except LiaisonError as error:
            self._say(str(error), wrong=True)
            return False
        self.changed.emit()
        self.show_referral(self.desk.store.get(Referral, self._referral.id))
        return True

    def _say(self, words: str, wrong: bool = False) -> None:
        self._said.set_text(words)
        self._said.set_tone("red" if wrong else "ink2")
        self._said.setVisible(bool(words))

    # ---- ways out

    def _print(self) -> None:
        paper = self._paper
        if paper is not None:
            store = self.desk.store
            note = functools.partial(note_printed, store, paper)
            print_copy(self.desk, self.preview.content, note, lambda: require(store, "print"))

    def _save(self) -> None:
        paper = self._paper
        if paper is not None:
            name = f"document-{paper.file_sha256[:8]}.pdf"
            store = self.desk.store
            note = functools.partial(note_exported, store, paper)
            save_copy(self.desk, self.preview.content, name, note, lambda: require(store, "export"))

    def save_draft(self) -> None:
        """Keep what is being typed."""
        self.details.save()

    def forget(self) -> None:
        """Show nothing any more, as when the page is left."""
        self._paper = None
        self.preview.clear()
