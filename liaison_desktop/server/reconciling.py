"""Comparing what both sides hold of a feed without sending it: digests in buckets first, then the heads that differ."""

from __future__ import annotations

import sqlalchemy as sa

from liaison_desktop.server.authorising import Caller, require_feed
from liaison_desktop.server.database import Database
from liaison_desktop.server.tables import record
from liaison_desktop.sync.wire import NOTHING, Head, Reconcile, Reconciled, added, bucket_of, head_digest


def reconcile(database: Database, caller: Caller, request: Reconcile) -> Reconciled:
    """The buckets whose digests differ, with the live heads in them. Raises NotDone `not_found`."""
    with database.reading() as connection:
        here = require_feed(connection, caller, request.feed)
        query = sa.select(record.c.subject, record.c.head).where(
            record.c.organisation == caller.organisation, record.c.feed == here["id"], record.c.state == "live"
        )
        buckets: dict[int, list[Head]] = {}
        digests: dict[int, str] = {}
        for row in connection.execute(query.order_by(record.c.subject)):
            bucket = bucket_of(row.subject)
            buckets.setdefault(bucket, []).append(Head(subject=row.subject, version=row.head))
            digests[bucket] = added(digests.get(bucket, NOTHING), come=head_digest(row.subject, row.head))
        differing = [
            bucket
            for bucket in sorted({*digests, *request.buckets})
            if digests.get(bucket, NOTHING) != (request.buckets.get(bucket) or NOTHING)
        ]
        return Reconciled(
            feed=request.feed,
            epoch=database.epoch(connection),
            head=here["head"],
            digest=here["digest"],
            buckets={bucket: tuple(buckets.get(bucket, ())) for bucket in differing},
        )
