"""Reads a feed to its head in small transactions, and finds what is missing when the digests differ.

A slice of changes and the cursor behind it are one transaction, short enough that a save at the screen never waits
for more than a few milliseconds.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING
from urllib.parse import quote

from liaison_desktop.errors import Unreachable
from liaison_desktop.i18n import tr
from liaison_desktop.store.central.disputes import Dispute
from liaison_desktop.store.central.receiving import Receiving
from liaison_desktop.store.store import Store
from liaison_desktop.sync import wire
from liaison_desktop.sync.account import Account
from liaison_desktop.sync.conversation import Conversation, Objection

if TYPE_CHECKING:
    from liaison_desktop.sync.round import Round, Step

SLICE = 40  # changes in one transaction


def pull_feed(
    store: Store, account: Account, conversation: Conversation, feed: wire.FeedHead, done: Round, told: Step
) -> None:
    """Read a feed from where it was left to its head; compare, and mend what differs."""
    cursor, digest = store.central.feeds().get(feed.id, (0, wire.NOTHING))
    while True:
        target = (
            f"{wire.ROOT}/pull?feed={quote(feed.id, safe='')}&epoch={quote(account.epoch, safe='')}"
            f"&after={cursor}&limit={wire.LIMITS.ops}"
        )
        try:
            page = conversation.fetch(target, wire.Pulled)
        except Objection as problem:
            if problem.told.code is not wire.ProblemCode.CURSOR_EXPIRED or cursor == 0:
                raise
            store.central.read_again(feed.id)
            cursor = 0
            continue
        if page.feed != feed.id or page.next < cursor:
            raise Unreachable(tr("The server's answer was to another question. It is tried again."))
        told(done.received, done.received + max(0, page.head - page.next) + len(page.changes))
        digest = apply(store, feed.id, page.changes, digest, page.next, done)
        cursor = page.next
        if not page.more:
            break
    if digest != page.digest:
        reconcile(store, conversation, feed.id, cursor, done)


def apply(store: Store, feed: str, changes: tuple[wire.Change, ...], digest: str, last: int, done: Round) -> str:
    """Take in the changes of a page, slice by slice; the digest of what is held then."""
    slices = [changes[start : start + SLICE] for start in range(0, len(changes), SLICE)] or [()]
    for number, part in enumerate(slices):
        with store.central.receiving() as receiving:
            for change in part:
                digest = _take(receiving, feed, change, digest)
            cursor = last if number == len(slices) - 1 else part[-1].seq
            receiving.read_to(feed, cursor, digest)
        done.changed |= receiving.changed
        done.received += len(part)
    return digest


def _take(receiving: Receiving, feed: str, change: wire.Change, digest: str) -> str:
    kind = change.change
    if kind in (wire.ChangeKind.PUT, wire.ChangeKind.DELETE):
        line = wire.line_of_change(change)
        try:
            before = receiving.put(line, feed, change.incarnation)
        except ValueError:
            raise Unreachable(tr("A record arrived broken. It is fetched again.")) from None
        for name in change.files:
            receiving.want_file(name, "down")
        come = wire.head_digest(change.subject, change.version) if kind is wire.ChangeKind.PUT else 0
        return wire.added(digest, gone=_weight(change.subject, before), come=come)
    if kind is wire.ChangeKind.LEAVE:
        return wire.added(digest, gone=_weight(change.subject, receiving.leave(change.subject, change.kind, feed)))
    if kind is wire.ChangeKind.PURGE:
        return wire.added(digest, gone=_weight(change.subject, receiving.purge(change.subject, change.kind, feed)))
    if change.conflict is not None:
        if kind is wire.ChangeKind.CONFLICT and not change.conflict.resolved:
            receiving.dispute(_dispute(change.conflict))
        else:
            receiving.decided(change.conflict.id)
    return digest


def _weight(subject: uuid.UUID, version: uuid.UUID | None) -> int:
    return wire.head_digest(subject, version) if version else 0


def _dispute(told: wire.Conflict) -> Dispute:
    return Dispute(
        id=told.id,
        subject=told.subject,
        kind=told.kind,
        fields=told.fields,
        head=told.head,
        side=told.side,
        base=told.base,
        side_body=wire.bytes_of(told.side_body),
        base_body=wire.bytes_of(told.base_body),
        side_removed=told.side_removed,
        side_by=told.side_by,
        side_at=told.side_at,
    )


def reconcile(store: Store, conversation: Conversation, feed: str, cursor: int, done: Round) -> None:
    """Compare what both hold, bucket by bucket, and fetch or let go of what differs. Nothing that waits is touched.

    The cursor stays where it was read to: what the feed tells from there on, conflicts among it, is still to be read.
    """
    held = dict(store.central.heads(feed))
    asked = wire.Reconcile(feed=feed, buckets=_buckets(held))
    told = conversation.post(f"{wire.ROOT}/reconcile", asked, wire.Reconciled)
    wanted, gone = [], []
    for bucket, heads in told.buckets.items():
        theirs = {head.subject: head.version for head in heads}
        wanted += [subject for subject, version in theirs.items() if held.get(subject) != version]
        gone += [subject for subject in held if wire.bucket_of(subject) == bucket and subject not in theirs]
    while wanted:
        subjects = tuple(wanted[: wire.LIMITS.ops])
        changes = conversation.post(
            f"{wire.ROOT}/fetch", wire.Fetch(feed=feed, subjects=subjects), wire.Fetched
        ).changes
        for at in range(0, len(changes), SLICE):
            with store.central.receiving() as receiving:
                for change in changes[at : at + SLICE]:
                    _take(receiving, feed, change, wire.NOTHING)
            done.changed |= receiving.changed
            done.received += len(changes[at : at + SLICE])
        # A reply ends where it grows too large: what it left out is asked for again. None at all means that the rest
        # left the feed meanwhile.
        came = {change.subject for change in changes}
        wanted = [subject for subject in wanted if subject not in (came or set(subjects))]
    with store.central.receiving() as receiving:
        for subject in gone:
            receiving.leave_unknown(subject, feed)
    done.changed |= receiving.changed
    digest = wire.NOTHING
    for subject, version in store.central.heads(feed):
        digest = wire.added(digest, come=wire.head_digest(subject, version))
    with store.central.receiving() as receiving:
        receiving.read_to(feed, cursor, digest)


def _buckets(held: dict[uuid.UUID, uuid.UUID]) -> dict[int, str]:
    found: dict[int, str] = {}
    for subject, version in held.items():
        bucket = wire.bucket_of(subject)
        found[bucket] = wire.added(found.get(bucket, ""), come=wire.head_digest(subject, version))
    return found
