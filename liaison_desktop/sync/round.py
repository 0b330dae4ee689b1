"""One synchronisation, from hello to the last file: `synchronise(store, conversation)`. Runs off the window's thread.

Every step leaves the store as a next round can take it up: what was acknowledged, what was read of each feed and which
files are lacking is on disk before the next request goes out. Nothing here asks a clock what came first.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import msgspec

from liaison_desktop.records.moments import moment_of, moment_text
from liaison_desktop.store.central.door import ACKED, Central
from liaison_desktop.store.store import Store
from liaison_desktop.sync import wire
from liaison_desktop.sync.account import Account, account_of, keep_account
from liaison_desktop.sync.conversation import Conversation, Objection
from liaison_desktop.sync.filing import receive_files, send_files
from liaison_desktop.sync.forks import common_line
from liaison_desktop.sync.pulling import pull_feed
from liaison_desktop.sync.pushing import push_all

LAST, SKEW, LEASE, NEWEST = "last_sync", "skew_ms", "lease_until", "newest_server_time"
Step = Callable[[int, int], None]


class Round(msgspec.Struct, kw_only=True):
    """What a synchronisation did. `changed` are the kinds whose rows changed; an `order` waits to be carried out."""

    sent: int = 0
    received: int = 0
    changed: set[str] = msgspec.field(default_factory=set)
    order: wire.Order | None = None
    forked: bool = False
    wait_s: int = 0  # what the server asks us to wait before the next one


def synchronise(
    store: Store,
    conversation: Conversation,
    *,
    app: str = "",
    step: Step | None = None,
    despite_order: bool = False,
) -> Round:
    """Say hello, send what waits, read what is new, exchange files.

    An order of the organisation ends it at once, unless `despite_order` says that what waits is sent before it is obeyed.
    `step(done, total)` is told how far it is and may raise to stop it between two requests.
    Raises Unreachable or Objection; everything that was done until then is kept.
    """
    central = store.central
    account = account_of(central)
    if account is None:
        raise LookupError("this store has no account")
    told, done = step or (lambda _done, _total: None), Round()
    account, welcome = _greeted(store, account, conversation, app)
    _note_times(central, welcome, store.clock())
    done.wait_s = welcome.backoff_s
    if welcome.order is not None:
        done.order = welcome.order
        if not despite_order:
            return done
    account = _agree(central, account, conversation, welcome, done)
    for attempt in (1, 2):
        try:
            push_all(store, account, conversation, welcome, done, told)
            break
        except Objection as problem:
            if problem.told.code is not wire.ProblemCode.FORK or attempt == 2:
                raise
            account = _part(central, account, conversation, done)
    if done.sent:
        # What was merged, and what others sent meanwhile, stands in the feeds by now.
        welcome = _hello(store, account, conversation, app)
    send_files(store, conversation, told)
    if welcome.may_pull:
        _pull(store, account, conversation, welcome, done, told)
        receive_files(store, conversation, told)
    central.keep(**{LAST: moment_text(store.clock()).encode()})
    return done


def _greeted(store: Store, account: Account, conversation: Conversation, app: str) -> tuple[Account, wire.Welcome]:
    """The first hello, under the newest incarnation that the server knows of.

    A server that came back from a copy may have forgotten the one this laptop went on under. What was sent under it is
    still here, so that the laptop goes back to the one before and sends it again.
    """
    while True:
        try:
            return account, _hello(store, account, conversation, app)
        except Objection as objection:
            if objection.told.code is not wire.ProblemCode.NOT_FOUND or account.incarnation == 1:
                raise
            account = msgspec.structs.replace(account, incarnation=account.incarnation - 1)
            keep_account(store.central, account)


def _hello(store: Store, account: Account, conversation: Conversation, app: str) -> wire.Welcome:
    central = store.central
    acked, outbox = central.acked, central.outbox()
    feeds = {name: wire.FeedState(cursor=cursor, digest=digest) for name, (cursor, digest) in central.feeds().items()}
    hello = wire.Hello(
        device=account.device,
        incarnation=account.incarnation,
        app=app,
        epoch=account.epoch,
        last_op=central.last()[0],
        acked_op=acked,
        chain=(central.hash_at(acked) or bytes(32)).hex(),
        outbox=wire.OutboxState(
            pending=outbox.lines, rejected=outbox.rejected, conflicts=outbox.conflicts, oldest=outbox.oldest
        ),
        feeds=feeds,
        clock=moment_text(store.clock()),
    )
    return conversation.post(f"{wire.ROOT}/hello", hello, wire.Welcome)


def _note_times(central: Central, welcome: wire.Welcome, here: dt.datetime) -> None:
    """What the server's clock says is kept for people to read, and for the lease; nothing is ordered by it."""
    skew = round((here - moment_of(welcome.now)).total_seconds() * 1000)
    newest = (central.fact(NEWEST) or b"").decode()
    if not newest or moment_of(welcome.now) > moment_of(newest):
        newest = welcome.now
    central.keep(**{SKEW: str(skew).encode(), LEASE: welcome.lease_until.encode(), NEWEST: newest.encode()})


def _agree(
    central: Central, account: Account, conversation: Conversation, welcome: wire.Welcome, done: Round
) -> Account:
    """Come to one view of what the server has of this device's chain."""
    if welcome.epoch != account.epoch:
        # It came back from a copy: numbers of its feeds may mean something else now, and conflicts may stand otherwise.
        central.read_again()
        account = msgspec.structs.replace(account, epoch=welcome.epoch)
        keep_account(central, account)
    here = central.hash_at(welcome.acked_op)
    if here is None or here.hex() != welcome.chain:
        return _part(central, account, conversation, done)
    if welcome.acked_op != central.acked:
        # Fewer: the server was restored, and what it lost is sent again. More: a reply was lost on its way here.
        central.keep(**{ACKED: str(welcome.acked_op).encode()})
    return account


def _part(central: Central, account: Account, conversation: Conversation, done: Round) -> Account:
    """The chain on this disk is another one than the server's: it was restored or cloned. Go on under a new incarnation."""
    after = common_line(central, account, conversation)
    asked = wire.Incarnate(
        device=account.device,
        incarnation=account.incarnation,
        after=after,
        chain=(central.hash_at(after) or bytes(32)).hex(),
        reason="fork",
    )
    told = conversation.post(f"{wire.ROOT}/incarnate", asked, wire.Incarnated)
    account = msgspec.structs.replace(account, incarnation=told.incarnation, epoch=told.epoch)
    keep_account(central, account)
    central.keep(**{ACKED: str(told.acked_op).encode()})
    done.forked = True
    return account


def _pull(
    store: Store, account: Account, conversation: Conversation, welcome: wire.Welcome, done: Round, told: Step
) -> None:
    known = store.central.feeds()
    for gone in sorted(set(known) & set(welcome.dropped_feeds)):
        with store.central.receiving() as receiving:
            receiving.leave_feed(gone)
        done.changed |= receiving.changed
    for feed in welcome.feeds:
        cursor, digest = known.get(feed.id, (0, wire.NOTHING))
        if cursor != feed.head or digest != feed.digest:
            pull_feed(store, account, conversation, feed, done, told)
