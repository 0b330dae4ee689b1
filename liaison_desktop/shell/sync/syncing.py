"""Runs a synchronisation when one is due, off the window's thread, and says how it stands."""

from __future__ import annotations

import datetime as dt
import enum
import threading
from collections.abc import Callable

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal

from liaison_desktop import __version__
from liaison_desktop.errors import LiaisonError, TurnedAway
from liaison_desktop.i18n import plural, tr
from liaison_desktop.records.moments import moment_of
from liaison_desktop.store.central.outbox import Outbox
from liaison_desktop.sync.account import Account, account_of, key_of
from liaison_desktop.sync.conversation import Conversation
from liaison_desktop.sync.enrolment import Invitation, enrol
from liaison_desktop.sync.obeying import Act, Duty, duty_of, fetch_order, report_done
from liaison_desktop.sync.round import LAST, Round, synchronise
from liaison_desktop.sync.schedule import Schedule
from liaison_desktop.sync.transport import Transport
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.jobs import Cancelled

_LOOK = 5_000  # ms between two looks at whether one is due
_SOON = 3_000  # ms after a save: a burst of saves goes in one request


class Standing(enum.Enum):
    """How it stands, for the chip and for the page."""

    ALONE = "this laptop only"
    RUNNING = "sending"
    FINE = "everything is sent"
    WAITING = "some wait"
    PROBLEM = "a problem"


class State(msgspec.Struct, frozen=True, kw_only=True):
    """All that is said about sync. `last` is None before the first one that went well."""

    standing: Standing
    account: Account | None
    outbox: Outbox
    last: dt.datetime | None
    problem: str = ""

    @property
    def to_decide(self) -> int:
        """What waits for a person."""
        return self.outbox.conflicts + self.outbox.rejected

    @property
    def sent(self) -> str:
        """When the last one went well, as the status bar says it."""
        return tr("Sent {time}", time=f"{self.last:%H:%M}") if self.last is not None else ""

    @property
    def waits(self) -> str:
        """What waits, as the status bar says it; "" if nothing does."""
        if self.problem:
            return tr("Sync has a problem")
        if self.to_decide:
            return plural(self.to_decide, "{n} to decide", "{n} to decide")
        return plural(self.outbox.waiting, "{n} waiting", "{n} waiting") if self.outbox.waiting else ""


class Syncing(QObject):
    """One open store and the centre. `changed` says that `state()` is another; `ordered` that an order came."""

    changed = Signal()
    ordered = Signal(object)  # a Duty

    def __init__(self, desk: Desk, connect: Callable[[str], Transport], parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._connect = desk, connect
        self._central = desk.store.central
        self.schedule = Schedule(self._central)
        self._running = False
        self._stopped = threading.Event()
        self._transport: Transport | None = None
        self._look = QTimer(self, interval=_LOOK)
        self._look.timeout.connect(self.look)
        self._soon = QTimer(self, interval=_SOON, singleShot=True)
        self._soon.timeout.connect(self._hurried)
        desk.store.listeners.append(self._saved)
        if account_of(self._central) is not None:
            self._look.start()

    def stop(self) -> None:
        """Listen no more, before the store is closed; one that runs ends before its next request."""
        self._stopped.set()
        self._look.stop()
        self._soon.stop()
        if self._saved in self._desk.store.listeners:
            self._desk.store.listeners.remove(self._saved)

    def state(self) -> State:
        """How it stands now."""
        account, outbox = account_of(self._central), self._central.outbox()
        found = (self._central.fact(LAST) or b"").decode()
        last = moment_of(found).astimezone(self._desk.clock().tzinfo) if found else None
        problem = self.schedule.problem if account is not None else ""
        if account is None:
            standing = Standing.ALONE
        elif self._running:
            standing = Standing.RUNNING
        elif problem or outbox.rejected or outbox.conflicts:
            standing = Standing.PROBLEM
        else:
            standing = Standing.WAITING if outbox.waiting else Standing.FINE
        return State(standing=standing, account=account, outbox=outbox, last=last, problem=problem)

    # -- when -----------------------------------------------------------------------------------------------------------
    def look(self) -> None:
        """Synchronise if it is time."""
        if not self._running and account_of(self._central) and self.schedule.is_due(self._desk.clock()):
            self._run()

    def now(self) -> None:
        """Synchronise at once, because a person asked."""
        if account_of(self._central) is not None and not self._running:
            self.schedule.hurry()
            self._run()

    def _saved(self, _kinds: frozenset[str]) -> None:
        if account_of(self._central) is not None:
            self._soon.start()
            self.changed.emit()

    def _hurried(self) -> None:
        # After a failure the wait it asked for stands: a save does not hammer a server that is away.
        if not self.schedule.problem:
            self.schedule.hurry()
        self.look()

    # -- one of them ------------------------------------------------------------------------------------------------------
    def _conversation(self) -> Conversation:
        account = account_of(self._central)
        assert account is not None
        if self._transport is None:
            self._transport = self._connect(account.server)
        return Conversation(self._transport, account.device, key_of(self._central))

    def _run(self) -> None:
        conversation, store = self._conversation(), self._desk.store

        def work() -> Round | None:
            with self.schedule.flight() as mine:
                return synchronise(store, conversation, app=__version__, step=self._step) if mine else None

        self._running = True
        self.changed.emit()
        self._desk.jobs.run(work, owner=self, then=self._went, otherwise=self._failed)

    def _step(self, _done: int, _total: int) -> None:
        if self._stopped.is_set():
            raise Cancelled(tr("Stopped. What was sent is sent; the rest waits."))

    def _went(self, done: Round | None) -> None:
        if self._stopped.is_set():
            return
        self._running = False
        if done is not None:
            self.schedule.went_well(self._desk.clock(), at_least_s=done.wait_s)
            self._desk.store.tell(done.changed)
            if done.order is not None:
                self._obey(done.order)
        self.changed.emit()

    def _failed(self, error: LiaisonError) -> None:
        if self._stopped.is_set():
            return
        self._running = False
        self.schedule.failed(self._desk.clock(), str(error))
        self.changed.emit()
        if isinstance(error, TurnedAway) and error.code == "revoked":
            self._ask_for_orders()

    # -- joining and orders -------------------------------------------------------------------------------------------
    def join(
        self, invitation: Invitation, then: Callable[[Account], object], otherwise: Callable[[LiaisonError], object]
    ) -> None:
        """Have this laptop admitted; the first synchronisation follows."""
        store = self._desk.store

        def work() -> Account:
            transport = self._connect(invitation.server)
            try:
                return enrol(store, invitation, transport, app=__version__)
            finally:
                transport.close()

        def joined(account: Account) -> None:
            from liaison_desktop.store import Act as Noted

            store.note(Noted.KEYS_CHANGED, detail="joined an organisation")
            self._look.start()
            then(account)
            self.now()

        self._desk.jobs.run(work, owner=self, then=joined, otherwise=otherwise)

    def _ask_for_orders(self) -> None:
        conversation, account, key = self._conversation(), account_of(self._central), key_of(self._central)
        assert account is not None

        def found(order: object) -> None:
            if order is not None:
                self._obey(order)

        self._desk.jobs.run(
            lambda: fetch_order(conversation, account, key), owner=self, then=found, otherwise=lambda _error: None
        )

    def _obey(self, order: object) -> None:
        from liaison_desktop.sync.wire import Order

        account = account_of(self._central)
        assert account is not None
        assert isinstance(order, Order)
        duty = duty_of(order, account, key_of(self._central))
        if duty is None:
            return  # not signed by our organisation: whoever sent it has no say here
        if duty.act is Act.PUSH_THEN_WIPE:
            self._push_first(duty)
        else:
            self.ordered.emit(duty)

    def _push_first(self, duty: Duty) -> None:
        """Nothing is wiped while something of it waits: it is sent first, however many tries that takes."""
        conversation, store = self._conversation(), self._desk.store
        self._running = True

        def sent(_done: Round) -> None:
            self._running = False
            if self._central.outbox().waiting == 0:
                self.ordered.emit(duty)

        self._desk.jobs.run(
            lambda: synchronise(store, conversation, app=__version__, despite_order=True),
            owner=self,
            then=sent,
            otherwise=self._failed,
        )


def reporting(duty: Duty, connect: Callable[[str], Transport]) -> Callable[[], None]:
    """The work that tells the server an order was carried out; it needs nothing of the store, which may be gone."""

    def work() -> None:
        transport = connect(duty.account.server)
        try:
            report_done(Conversation(transport), duty)
        finally:
            transport.close()

    return work
