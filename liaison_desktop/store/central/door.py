"""The way into a store for whatever speaks to the centre. Safe from any thread: each call takes its own connection."""

from __future__ import annotations

import contextlib
import datetime as dt
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager

import sqlalchemy as sa

from liaison_desktop.records import Line, Record
from liaison_desktop.store import journal
from liaison_desktop.store.central import disputes, keeping, outbox
from liaison_desktop.store.central.disputes import Dispute
from liaison_desktop.store.central.outbox import Fate, Outbox, Sent
from liaison_desktop.store.central.receiving import Came, Receiving

ACKED = "acked"


class Central:
    """What this store knows of the centre. `Store.central`."""

    def __init__(
        self,
        reading: Callable[[], AbstractContextManager[sa.Connection]],
        writing: Callable[[], AbstractContextManager[sa.Connection]],
        tables: Mapping[type[Record], sa.Table],
        *,
        device: uuid.UUID,
        clock: Callable[[], dt.datetime],
    ) -> None:
        self._reading, self._writing, self._tables = reading, writing, tables
        self.device, self._clock = device, clock

    # -- facts --------------------------------------------------------------------------------------------------------
    def fact(self, name: str) -> bytes | None:
        """A small fact kept under a name."""
        with self._reading() as connection:
            return keeping.fact(connection, name)

    def keep(self, **facts: bytes | None) -> None:
        """Keep facts by name, together; None forgets one."""
        with self._writing() as connection:
            for name, value in facts.items():
                if value is None:
                    keeping.forget_fact(connection, name)
                else:
                    keeping.keep_fact(connection, name, value)

    @property
    def acked(self) -> int:
        """The number of the last own line that is on the server's disk."""
        return int(self.fact(ACKED) or b"0")

    def feeds(self) -> dict[str, tuple[int, str]]:
        """Cursor and digest of each feed."""
        with self._reading() as connection:
            return keeping.feeds(connection)

    def read_again(self, feed: str = "") -> None:
        """Read a feed from its beginning, all of them if none is named: what the server told may no longer be so.

        Its conflicts are told again as they stand now. Rows and heads stay until something else takes their place.
        """
        with self._writing() as connection:
            keeping.read_again(connection, feed)

    def heads(self, feed: str) -> list[tuple[uuid.UUID, uuid.UUID]]:
        """Subject and version of every live head of a feed, as far as it was read."""
        with self._reading() as connection:
            return [(uuid.UUID(bytes=one), uuid.UUID(bytes=two)) for one, two in keeping.heads(connection, feed)]

    # -- the outbox ---------------------------------------------------------------------------------------------------
    def last(self) -> tuple[int, bytes]:
        """Number and hash of this device's newest line."""
        with self._reading() as connection:
            return outbox.last(connection, self.device.bytes)

    def hash_at(self, number: int) -> bytes | None:
        """The hash of an own line by its number."""
        with self._reading() as connection:
            return outbox.hash_at(connection, self.device.bytes, number)

    def lines_after(self, number: int, limit: int) -> tuple[Line, ...]:
        """The next own lines to send."""
        with self._reading() as connection:
            return outbox.lines_after(connection, self.device.bytes, number, limit)

    def outbox(self) -> Outbox:
        """How much waits."""
        with self._reading() as connection:
            return outbox.state(connection, self.device.bytes, int(keeping.fact(connection, ACKED) or b"0"))

    def waiting(self, limit: int = 200) -> tuple[Sent, ...]:
        """The records that wait to be sent, newest first."""
        with self._reading() as connection:
            return outbox.waiting(connection, self.device.bytes, int(keeping.fact(connection, ACKED) or b"0"), limit)

    def results(self, outcome: Fate) -> tuple[Sent, ...]:
        """Own lines of which this became and that wait for a person."""
        with self._reading() as connection:
            return outbox.results(connection, self.device.bytes, outcome)

    def settle(self, number: int) -> None:
        """A person has seen what became of an own line."""
        with self._writing() as connection:
            outbox.settle_result(connection, number)

    # -- what arrived -------------------------------------------------------------------------------------------------
    def disputes(self, subject: uuid.UUID | None = None) -> tuple[Dispute, ...]:
        """The conflicts that wait for a person."""
        with self._reading() as connection:
            return disputes.open_ones(connection, subject)

    def arrived(self, since: str, limit: int = 200) -> tuple[Came, ...]:
        """What others wrote and came here after a moment, newest first, each record once."""
        with self._reading() as connection:
            rows = connection.exec_driver_sql(
                "SELECT kind, subject, act, actor_name, at, max(came) FROM received WHERE came > ?"
                " AND act IN ('saved', 'removed') GROUP BY subject ORDER BY max(rid) DESC LIMIT ?",
                (since, limit),
            )
            return tuple(
                Came(
                    kind=row[0], subject=uuid.UUID(bytes=row[1]), act=row[2], actor_name=row[3], at=row[4], came=row[5]
                )
                for row in rows
            )

    def parents(self, subject: uuid.UUID) -> dict[uuid.UUID, tuple[uuid.UUID, ...]]:
        """Every known version of a record, with those it was written in sight of."""
        found: dict[uuid.UUID, tuple[uuid.UUID, ...]] = {}
        with self._reading() as connection:
            for table in ("journal", "received"):
                query = f"SELECT version, parents FROM {table} WHERE subject = ? AND act IN ('saved', 'removed')"
                for version, parents in connection.exec_driver_sql(query, (subject.bytes,)):
                    found[uuid.UUID(bytes=version)] = tuple(
                        uuid.UUID(bytes=parents[at : at + 16]) for at in range(0, len(parents), 16)
                    )
        return found

    def content(self, version: uuid.UUID) -> bytes | None:
        """What a version holds as it was written; None if it is not here or removed the record."""
        with self._reading() as connection:
            for table in ("journal", "received"):
                query = f"SELECT content FROM {table} WHERE version = ?"
                found = connection.exec_driver_sql(query, (version.bytes,)).scalar()
                if found:
                    return bytes(found)
        return None

    def is_own(self, version: uuid.UUID) -> bool:
        """Whether this device wrote a version."""
        with self._reading() as connection:
            query = "SELECT 1 FROM journal WHERE version = ? AND device = ?"
            return connection.exec_driver_sql(query, (version.bytes, self.device.bytes)).first() is not None

    def author(self, version: uuid.UUID) -> tuple[str, str]:
        """Who wrote a version, and when; both empty if it is not here."""
        with self._reading() as connection:
            for table in ("journal", "received"):
                query = f"SELECT actor_name, at FROM {table} WHERE version = ?"
                found = connection.exec_driver_sql(query, (version.bytes,)).first()
                if found is not None:
                    return found[0], found[1]
        return "", ""

    def removal_of(self, subject: uuid.UUID) -> uuid.UUID | None:
        """The line by which a record that has no row was taken away here."""
        with self._reading() as connection:
            where = "WHERE subject = ? AND act = 'removed'"
            lines = tuple(journal.history(connection, where, (subject.bytes,)))
            return lines[-1].version if lines else None

    def disputed(self, version: uuid.UUID) -> bool:
        """Whether a version is or was the side of a conflict here."""
        with self._reading() as connection:
            query = "SELECT 1 FROM central_conflict WHERE side = ?"
            return connection.exec_driver_sql(query, (version.bytes,)).first() is not None

    def files(self, way: str) -> tuple[str, ...]:
        """Files that one side lacks."""
        with self._reading() as connection:
            query = "SELECT sha256 FROM central_file WHERE way = ? ORDER BY rid"
            return tuple(key.hex() for key in connection.exec_driver_sql(query, (way,)).scalars())

    @contextlib.contextmanager
    def receiving(self) -> Iterator[Receiving]:
        """One transaction of what arrived. Its `changed` kinds are told by whoever runs it, on the window's thread."""
        with self._writing() as connection:
            acked = int(keeping.fact(connection, ACKED) or b"0")
            yield Receiving(connection, self._tables, device=self.device, acked=acked, clock=self._clock)
