"""Sync as a page: how it stands, what waits, what was refused, what two people changed, what came."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from liaison_desktop.i18n import plural, tr
from liaison_desktop.records.moments import moment_of, moment_text
from liaison_desktop.shell.sync.deciding import DecidingPane
from liaison_desktop.shell.sync.laptops import LaptopsCard
from liaison_desktop.shell.sync.syncing import Standing, State, Syncing
from liaison_desktop.shell.sync.words import REASONS, kind_title, record_title
from liaison_desktop.store.central.disputes import Dispute
from liaison_desktop.store.central.outbox import Fate, Sent
from liaison_desktop.store.central.receiving import Came
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.cards import CardRow, list_card
from liaison_desktop.ui.chips import ChipSpec
from liaison_desktop.ui.dates import show_moment
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.frames import page_header
from liaison_desktop.ui.layout import card, column, refill, row, scroll
from liaison_desktop.ui.page import Page
from liaison_desktop.ui.staying import stays
from liaison_desktop.ui.text import icon_label, label, wrapped
from liaison_desktop.ui.tokens import FORM_MOST
from liaison_desktop.ui.workspace import Command

_MOST = 8  # rows of a card before it says how many more there are
_HEADS = {
    Standing.ALONE: (tr("Records are on this laptop only"), "laptop", "ink2"),
    Standing.RUNNING: (tr("Sending and fetching"), "refresh-cw", "accent"),
    Standing.FINE: (tr("Everything is sent"), "circle-check", "green"),
    Standing.WAITING: (tr("Some records wait to be sent"), "inbox", "ink2"),
    Standing.PROBLEM: (tr("Something needs a person"), "triangle-alert", "amber"),
}


class SyncPage(Page):
    """One column; a conflict takes its place until it is decided or put off."""

    key, title, icon = "sync", tr("Sync"), "refresh-cw"

    def __init__(self, desk: Desk, syncing: Syncing) -> None:
        super().__init__(desk)
        self.syncing = syncing
        self.now = button(tr("Sync now"), "primary", "refresh-cw", on_click=syncing.now)
        self.body = column(gap=12)
        self.body.setMaximumWidth(FORM_MOST)
        self.laptops = LaptopsCard(desk)
        listing = QWidget()
        layout = QVBoxLayout(listing)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(page_header(self.title, self.now))
        whole = column(self.body, self.laptops, None, gap=12)
        whole.setMaximumWidth(FORM_MOST)
        layout.addWidget(scroll(row((whole, 24), (QWidget(), 1), gap=0, margins=(24, 8, 24, 24))), 1)
        self.deciding = DecidingPane(desk, done=self.load, later=self.show_list)
        self.stack = QStackedWidget()
        self.stack.addWidget(listing)
        self.stack.addWidget(self.deciding)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self.stack)
        self.setFocusProxy(self.now)
        syncing.changed.connect(self.load)
        self.load()

    def refresh(self, kinds: frozenset[str]) -> None:
        """Every commit changes what waits."""
        self.load()

    def show_record(self, id: uuid.UUID) -> None:
        """Decide about that record, if two people changed it."""
        for dispute in self.desk.store.central.disputes(id):
            self.decide(dispute)
            return

    def commands(self) -> tuple[Command, ...]:
        """Sync, and the next to decide."""
        found = [Command(tr("Sync now"), self.syncing.now, icon="refresh-cw")]
        if disputes := self.desk.store.central.disputes():
            found.append(Command(tr("Decide between two versions"), lambda: self.decide(disputes[0]), icon="git-merge"))
        return tuple(found)

    # -- the list -------------------------------------------------------------------------------------------------------
    def show_list(self) -> None:
        """Back from a conflict."""
        self.stack.setCurrentIndex(0)
        self.load()
        self.now.setFocus(Qt.FocusReason.OtherFocusReason)

    def load(self) -> None:
        """Ask again how everything stands."""
        if self.stack.currentIndex() == 1:
            if self.deciding.still_open():
                return
            self.stack.setCurrentIndex(0)
        central, state = self.desk.store.central, self.syncing.state()
        self.now.setEnabled(state.account is not None and state.standing is not Standing.RUNNING)
        self.now.setVisible(state.account is not None)
        disputes, refused = central.disputes(), central.results(Fate.REJECTED)
        waiting = central.waiting() if state.account is not None else ()
        since = self.desk.clock() - dt.timedelta(days=1)
        came = central.arrived(moment_text(since.replace(hour=0, minute=0, second=0, microsecond=0)))
        put_back = stays(self.body)
        refill(
            self.body,
            self._head(state),
            *self._listed(tr("Two people changed these"), [self._dispute(one) for one in disputes], "amber"),
            *self._listed(tr("The server did not take these"), [self._refused(one) for one in refused], "amber"),
            *self._listed(tr("Waiting to be sent"), [self._waiting(one) for one in waiting]),
            *self._listed(tr("Came since yesterday"), [self._came(one) for one in came]),
        )
        put_back()

    def _head(self, state: State) -> QWidget:
        words, icon, tone = _HEADS[state.standing]
        lines: list[QWidget] = [label(words, "strong")]
        if state.account is not None:
            at = show_moment(state.last) if state.last is not None else tr("not yet")
            lines.append(
                wrapped(
                    tr("{organisation} · last done {at}", organisation=state.account.organisation_name, at=at), "sec"
                )
            )
            if state.outbox.waiting:
                lines.append(
                    wrapped(plural(state.outbox.waiting, "{n} record waits.", "{n} records wait."), "sec", "ink2")
                )
        else:
            lines.append(
                wrapped(tr("Join an organisation under Settings, or exchange parcels with a colleague."), "sec")
            )
        if state.problem:
            lines.append(wrapped(state.problem, "sec", "amber"))
        right = (
            []
            if state.account is not None
            else [button(tr("Settings"), icon="settings", on_click=lambda: self.desk.go("settings"))]
        )
        picture = icon_label(icon, tone, 20)
        return card(row(picture, (column(*lines, gap=2), 1), *right, gap=12), tone="amber" if state.problem else "")

    def _listed(self, title: str, rows: list[QWidget], tone: str = "") -> Iterable[QWidget]:
        if not rows:
            return ()
        more = plural(len(rows) - _MOST, "and {n} more", "and {n} more") if len(rows) > _MOST else ""
        shown = rows[:_MOST]
        for left in rows[_MOST:]:
            left.deleteLater()
        tail = [row(label(more, "cap", "ink2"), None, margins=(16, 6, 16, 4))] if more else []
        return (list_card(title, *shown, *tail, right=f"{len(rows):,}", tone=tone),)

    def _dispute(self, dispute: Dispute) -> QWidget:
        title = record_title(self.desk.store, dispute.kind, dispute.subject)
        facts = plural(len(dispute.fields), "{n} field differs", "{n} fields differ")
        return CardRow(
            title,
            f"{kind_title(dispute.kind)} · {facts} · {dispute.side_by}",
            "git-merge",
            ChipSpec(tr("Decide"), "amber", ""),
            on_click=lambda: self.decide(dispute),
        )

    def _refused(self, sent: Sent) -> QWidget:
        title = record_title(self.desk.store, sent.kind, sent.subject)
        why = REASONS.get(sent.code, tr("The server gave no reason. Tell your administrator."))
        opens = button(tr("Open"), on_click=lambda: self._open(sent.kind, sent.subject), small=True)
        done = button(tr("Done with it"), "quiet", small=True, on_click=lambda: self._settle(sent.number))
        words = column(label(title, "medium"), wrapped(f"{kind_title(sent.kind)} · {why}", "cap", "ink2"), gap=2)
        return row(icon_label("circle-x", "amber"), (words, 1), opens, done, gap=10, margins=(16, 8, 12, 8))

    def _waiting(self, sent: Sent) -> QWidget:
        at = show_moment(moment_of(sent.at))
        title = record_title(self.desk.store, sent.kind, sent.subject)
        return CardRow(
            title, kind_title(sent.kind), "inbox", right=at, on_click=lambda: self._open(sent.kind, sent.subject)
        )

    def _came(self, came: Came) -> QWidget:
        at = show_moment(moment_of(came.came).astimezone(self.desk.clock().tzinfo))
        title = record_title(self.desk.store, came.kind, came.subject)
        gone = tr("removed") if came.act == "removed" else ""
        facts = " · ".join(filter(None, (kind_title(came.kind), came.actor_name, gone)))
        return CardRow(title, facts, "arrow-down", right=at, on_click=lambda: self._open(came.kind, came.subject))

    def _open(self, kind: str, subject: uuid.UUID | None) -> None:
        if subject is not None:
            self.desk.open(kind, subject)

    def _settle(self, number: int) -> None:
        self.desk.store.central.settle(number)
        self.syncing.changed.emit()

    # -- a conflict -----------------------------------------------------------------------------------------------------
    def decide(self, dispute: Dispute) -> None:
        """Show both versions of a record, field by field."""
        self.deciding.show_dispute(dispute)
        self.stack.setCurrentIndex(1)
        self.deciding.setFocus(Qt.FocusReason.OtherFocusReason)
