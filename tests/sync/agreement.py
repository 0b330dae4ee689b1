"""What must hold once everybody has synchronised: nothing that was ever saved is lost, and all say the same."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from liaison_desktop.server import verifying
from liaison_desktop.server.database import Database
from liaison_desktop.server.journal import parents_of
from liaison_desktop.server.tables import conflict, feed, line, record
from liaison_desktop.store import Store
from liaison_desktop.sync import wire
from liaison_desktop.sync.ancestry import ancestors

VERSIONS = (wire.SAVED, wire.REMOVED)


def authored(store: Store) -> set[uuid.UUID]:
    """Every version that a laptop wrote, whatever became of it."""
    with store.reading() as connection:
        query = "SELECT version FROM journal WHERE act IN ('saved', 'removed')"
        return {uuid.UUID(bytes=version) for version in connection.exec_driver_sql(query).scalars()}


def disagreements(database: Database, stores: Sequence[Store], acknowledged: Iterable[uuid.UUID] = ()) -> list[str]:
    """What does not hold between a server and laptops that have all synchronised; empty if all is well.

    `acknowledged` are versions that were called saved: each must be in a journal, not only those that happen to be there.
    """
    written = [authored(store) for store in stores]
    wrong = _lost(database, set().union(set(acknowledged), *written))
    wrong += [f"the server: {finding}" for finding in verifying.verify(database).findings]
    for number, store in enumerate(stores):
        wrong += [f"laptop {number}: {said}" for said in _differs(database, store)]
    return wrong


def _lost(database: Database, wanted: set[uuid.UUID]) -> list[str]:
    """I1, I2, I3: each version is there once, and where a person finds it; operations follow one another without a gap."""
    wrong: list[str] = []
    with database.reading() as connection:
        rows = connection.execute(sa.select(line).order_by(line.c.device, line.c.incarnation, line.c.number)).all()
        heads = {row.subject: row.head for row in connection.execute(sa.select(record))}
        quarrels = connection.execute(sa.select(conflict)).all()
    count = Counter(row.version for row in rows if row.act in VERSIONS)
    wrong += [f"version {one} is not on the server" for one in wanted if one not in count]
    wrong += [f"version {one} is on the server {times} times" for one, times in count.items() if times > 1]
    parents = {row.made: parents_of(row.parents) for row in rows if row.made}
    reached: set[uuid.UUID] = set()
    for tip in {*heads.values(), *(one.side for one in quarrels), *(one.head for one in quarrels)}:
        reached |= ancestors(parents, tip)
    quarantined = {row.version for row in rows if row.outcome == "rejected"}
    # Two took the same record away, neither in sight of the other: the second has nothing to add to the first.
    twice = {row.version for row in rows if row.act == wire.REMOVED and row.outcome == "applied"}
    kept = reached | quarantined | twice
    wrong += [
        f"version {row.version} ({row.act} {row.kind}, {row.outcome}) is neither head, ancestor, side nor quarantined"
        for row in rows
        if row.act in VERSIONS and row.version in wanted - kept
    ]
    numbers: dict[tuple[uuid.UUID, int], list[int]] = {}
    for row in rows:
        numbers.setdefault((row.device, row.incarnation), []).append(row.number)
    wrong += [
        f"operations of {chain} have a gap"
        for chain, found in numbers.items()
        if found != list(range(found[0], found[0] + len(found)))
    ]
    return wrong


def _differs(database: Database, store: Store) -> list[str]:
    """I4: heads, digests and rows of a laptop against those of the server; its chain; nothing waits."""
    wrong: list[str] = []
    central = store.central
    if waits := central.outbox().lines:
        wrong.append(f"{waits} lines wait")
    if not store.verify().verified:
        wrong.append("the journal is broken")
    with database.reading() as connection:
        feeds = {row.name: row for row in connection.execute(sa.select(feed))}
        live = connection.execute(sa.select(record).where(record.c.state == "live")).all()
        open_ones = {row.id for row in connection.execute(sa.select(conflict).where(conflict.c.state == "open"))}
        about = {row.subject for row in connection.execute(sa.select(conflict).where(conflict.c.state == "open"))}
    shown: dict[uuid.UUID, uuid.UUID] = {}
    with store.reading() as connection:
        for kind in store.kinds.values():
            table = store.table(kind)
            shown.update({row.id: row.version for row in connection.execute(sa.select(table.c.id, table.c.version))})
    expected: dict[uuid.UUID, uuid.UUID] = {}
    for name, (cursor, digest) in central.feeds().items():
        there = feeds[name]
        heads = {row.subject: row.head for row in live if row.feed == there.id}
        expected |= heads
        if dict(central.heads(name)) != heads:
            wrong.append(f"the heads of {name} differ")
        if (cursor, digest or wire.NOTHING) != (there.head, there.digest or wire.NOTHING):
            wrong.append(f"cursor or digest of {name} differ: {cursor} {digest[:8]}, {there.head} {there.digest[:8]}")
    wrong += [f"{one} is shown in an older version" for one in expected if shown.get(one) != expected[one]]
    wrong += [f"{one} is shown and should not be" for one in set(shown) - set(expected)]
    disputes = central.disputes()
    wrong += [f"the dispute {one.id} is open here alone" for one in disputes if one.id not in open_ones]
    subjects = Counter((one.subject, one.side) for one in disputes)
    wrong += [f"two disputes about one version of {one[0]}" for one, times in subjects.items() if times > 1]
    readable = {one.subject for one in disputes}
    wrong += [f"the conflict about {one} is not shown" for one in about & set(expected) - readable]
    return wrong
