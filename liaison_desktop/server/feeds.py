"""Feeds: what happened, numbered without a gap, for everybody who may read it.

The number comes from a counter in the feed's row, held until the transaction commits: a reader can never pass a number
that is still to come, which with a plain sequence it does.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable

import msgspec
import sqlalchemy as sa

from liaison_desktop.server.tables import entry, feed
from liaison_desktop.sync.wire import ChangeKind, added, head_digest


class Item(msgspec.Struct, kw_only=True):
    """One entry to be. `seq` is given when it is written."""

    change: ChangeKind
    subject: uuid.UUID
    version: uuid.UUID | None = None
    conflict: uuid.UUID | None = None
    seq: int = 0


class FeedWriter:
    """The feeds that one transaction writes to. They are locked in the order of their numbers, so nobody waits in a ring."""

    def __init__(self, connection: sa.Connection, feeds: Iterable[int]) -> None:
        self._connection = connection
        query = sa.select(feed).where(feed.c.id.in_(sorted(set(feeds)))).order_by(feed.c.id).with_for_update()
        rows = {row["id"]: row for row in connection.execute(query).mappings()}
        self.names = {number: row["name"] for number, row in rows.items()}
        self._heads = {number: row["head"] for number, row in rows.items()}
        self._digests = {number: row["digest"] for number, row in rows.items()}
        self._items: list[tuple[int, Item]] = []

    def add(self, feed_id: int, item: Item) -> int:
        """Put an entry at the end of a feed; its number there."""
        self._heads[feed_id] += 1
        item.seq = self._heads[feed_id]
        self._items.append((feed_id, item))
        return item.seq

    def moved(self, feed_id: int, subject: uuid.UUID, *, old: uuid.UUID | None, new: uuid.UUID | None) -> None:
        """A live head went, came, or both."""
        self._digests[feed_id] = added(
            self._digests[feed_id],
            gone=head_digest(subject, old) if old else 0,
            come=head_digest(subject, new) if new else 0,
        )

    def write(self, at: str) -> None:
        """Write the entries and the new heads."""
        rows = [
            {
                "feed": feed_id,
                "seq": item.seq,
                "change": item.change.value,
                "at": at,
                "subject": item.subject,
                "version": item.version,
                "conflict": item.conflict,
            }
            for feed_id, item in self._items
        ]
        if not rows:
            return
        self._connection.execute(sa.insert(entry), rows)
        for number in sorted({feed_id for feed_id, _item in self._items}):
            self._connection.execute(
                sa.update(feed)
                .where(feed.c.id == number)
                .values(head=self._heads[number], digest=self._digests[number])
            )
