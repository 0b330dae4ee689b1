"""How a version from elsewhere is kept, and when it becomes the row that is shown.

Every line that arrives is kept as it was written. It becomes the row only while no own version of that record waits to
be sent: until the server has decided between the two, what the person sees is what they wrote.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Mapping

import msgspec
import sqlalchemy as sa

from liaison_desktop.records import Line, Record, from_bytes, line_hash
from liaison_desktop.records.moments import moment_text
from liaison_desktop.store import attachments, journal, search
from liaison_desktop.store.central import disputes, keeping, outbox
from liaison_desktop.store.central.disputes import Dispute
from liaison_desktop.store.journal import Act
from liaison_desktop.store.tables import insert_row, update_row

_FAR = 200  # versions looked at to tell whether one came from another
_COLUMNS = (
    "device, incarnation, number, version, parents, act, kind, subject, actor, actor_name, at, reason, content, previous,"
    " hash, came, arrived, shown"
)


class Came(msgspec.Struct, frozen=True, kw_only=True):
    """A version that came from elsewhere, as a list of arrivals shows it."""

    kind: str
    subject: uuid.UUID
    act: str
    actor_name: str
    at: str
    came: str


class Receiving:
    """One transaction of what arrived: all of it and the cursor behind it, or nothing."""

    def __init__(
        self,
        connection: sa.Connection,
        tables: Mapping[type[Record], sa.Table],
        *,
        device: uuid.UUID,
        acked: int,
        clock: Callable[[], dt.datetime],
    ) -> None:
        self._connection, self._tables = connection, tables
        self._kinds = {kind.kind: kind for kind in tables}
        self._device, self._acked, self._clock = device.bytes, acked, clock
        self._newest: int | None = None
        self.changed: set[str] = set()

    # -- lines --------------------------------------------------------------------------------------------------------
    def put(self, line: Line, feed: str, incarnation: int) -> uuid.UUID | None:
        """A version that is the head of its record in a feed from now on; the head it takes the place of there.

        Raises ValueError if the line is not as it was written.
        """
        if line.subject is None:
            raise ValueError("a version is of a record")
        self.keep(line, incarnation)
        subject = line.subject.bytes
        if line.act == Act.REMOVED:
            before = keeping.drop_head(self._connection, feed, subject)
            waits = outbox.is_pending(self._connection, self._device, self._acked, subject)
            if line.kind in self._kinds and not waits:
                self._take_away(line.kind, line.subject)
                self._mark_shown(line.version.bytes)
        else:
            before = keeping.put_head(self._connection, feed, subject, line.version.bytes)
            if not self._is_shown(line):
                self.show(line.subject)
        return _id(before)

    def keep(self, line: Line, incarnation: int) -> None:
        """Keep a line that another device wrote, as it is; one that is known stays. Raises ValueError for a broken one."""
        if line.hash != line_hash(line):
            raise ValueError("this line is not as it was written")
        own = self._connection.exec_driver_sql("SELECT 1 FROM journal WHERE version = ?", (line.version.bytes,)).first()
        if own is not None:
            return
        if self._newest is None:  # nobody else writes while this transaction is open
            query = "SELECT coalesce(max(rid), 0) FROM journal"
            self._newest = self._connection.exec_driver_sql(query).scalar_one()
        self._connection.exec_driver_sql(
            f"INSERT INTO received({_COLUMNS}) VALUES({', '.join('?' * 18)}) ON CONFLICT(version) DO NOTHING",
            (
                line.device.bytes,
                incarnation,
                line.number,
                line.version.bytes,
                b"".join(parent.bytes for parent in line.parents),
                line.act,
                line.kind,
                line.subject.bytes if line.subject else None,
                line.actor.bytes,
                line.actor_name,
                line.at,
                line.reason,
                line.content,
                line.previous,
                line.hash,
                moment_text(self._clock()),
                self._newest,
                0,
            ),
        )

    def _is_shown(self, line: Line) -> bool:
        """Whether this very version is the row already: most of what comes back after a push is what was sent."""
        kind = self._kinds.get(line.kind)
        if kind is None:
            return False
        query = f'SELECT 1 FROM "{self._tables[kind].name}" WHERE id = ? AND version = ?'
        values = (line.subject.bytes if line.subject else b"", line.version.bytes)
        return self._connection.exec_driver_sql(query, values).first() is not None

    def show(self, subject: uuid.UUID, *, back: bool = False) -> bool:
        """Make the newest version the server has the row that is shown, unless an own one waits; whether the row changed.

        A row that went on from that version stays, because the server told of an older one on its way to ours; `back`
        says that it rejected ours, and the row goes back.
        """
        if outbox.is_pending(self._connection, self._device, self._acked, subject.bytes):
            return False
        head = keeping.head_of(self._connection, subject.bytes)
        if head is None:
            return False
        found = self._line("version = ?", head)
        if found is None or (kind := self._kinds.get(found.kind)) is None:
            return False  # written by a newer version of the application: it is kept, and shown after the update
        table = self._tables[kind]
        held = self._connection.execute(sa.select(table.c.version).where(table.c.id == subject)).scalar()
        if held == found.version or (held is not None and not back and self._came_from(held, found.version)):
            return False
        return self._make_row(kind, found, subject)

    def take_over(self, line: Line) -> bool:
        """Make a kept line the row that is shown, whatever it was before; False if its kind or form is not known here."""
        if line.subject is None or (kind := self._kinds.get(line.kind)) is None:
            return False
        if line.act == Act.REMOVED:
            self._take_away(line.kind, line.subject)
            self._mark_shown(line.version.bytes)
            return True
        return self._make_row(kind, line, line.subject)

    def _make_row(self, kind: type[Record], line: Line, subject: uuid.UUID) -> bool:
        try:
            record = msgspec.structs.replace(from_bytes(kind, line.content), id=subject, version=line.version)
        except msgspec.ValidationError:
            return False
        table = self._tables[kind]
        if not update_row(self._connection, table, record):
            insert_row(self._connection, table, record)
        search.put(self._connection, record)
        self._mark_shown(line.version.bytes)
        self.changed.add(line.kind)
        return True

    def _came_from(self, version: uuid.UUID, earlier: uuid.UUID) -> bool:
        """Whether one version was written in sight of the other, directly or by versions between them."""
        seen: set[bytes] = set()
        ahead = [version.bytes]
        while ahead and len(seen) < _FAR:
            one = ahead.pop()
            if one in seen:
                continue
            seen.add(one)
            for table in ("journal", "received"):
                query = f"SELECT parents FROM {table} WHERE version = ?"
                parents = self._connection.exec_driver_sql(query, (one,)).scalar()
                if parents:
                    ahead += [parents[at : at + 16] for at in range(0, len(parents), 16)]
            if earlier.bytes in ahead:
                return True
        return False

    def _mark_shown(self, version: bytes) -> None:
        self._connection.exec_driver_sql(
            "UPDATE received SET shown = 1, arrived = (SELECT coalesce(max(rid), 0) FROM journal) WHERE version = ?",
            (version,),
        )

    def _take_away(self, kind: str, subject: uuid.UUID) -> None:
        table = self._tables[self._kinds[kind]]
        self._connection.execute(sa.delete(table).where(table.c.id == subject))
        search.drop(self._connection, subject)
        self.changed.add(kind)

    def _line(self, where: str, value: bytes) -> Line | None:
        for table in ("received", "journal"):
            query = f"SELECT {journal.COLUMNS} FROM {table} WHERE {where} ORDER BY rid DESC LIMIT 1"
            row = self._connection.exec_driver_sql(query, (value,)).mappings().first()
            if row is not None:
                return journal.line_of(row)
        return None

    # -- what leaves --------------------------------------------------------------------------------------------------
    def leave(self, subject: uuid.UUID, kind: str, feed: str) -> uuid.UUID | None:
        """A record is no longer for this person; the head it had in the feed.

        Its row goes, unless an own version of it waits to be sent or another feed has it.
        """
        before = keeping.drop_head(self._connection, feed, subject.bytes)
        elsewhere = keeping.head_of(self._connection, subject.bytes) is not None
        waits = outbox.is_pending(self._connection, self._device, self._acked, subject.bytes)
        if kind in self._kinds and not elsewhere and not waits:
            self._take_away(kind, subject)
        return _id(before)

    def leave_unknown(self, subject: uuid.UUID, feed: str) -> None:
        """As `leave`, where nobody told of what kind the record is."""
        found = self._line("subject = ?", subject.bytes)
        self.leave(subject, found.kind if found else "", feed)

    def leave_feed(self, feed: str) -> None:
        """A whole feed is no longer for this person."""
        for packed in keeping.drop_feed(self._connection, feed):
            self.leave_unknown(uuid.UUID(bytes=packed), feed)

    def purge(self, subject: uuid.UUID, kind: str, feed: str) -> uuid.UUID | None:
        """A law asked for it: the row goes and what others wrote of it is blanked; the head it had in the feed."""
        before = keeping.drop_head(self._connection, feed, subject.bytes)
        self._connection.exec_driver_sql("UPDATE received SET content = x'' WHERE subject = ?", (subject.bytes,))
        self._connection.exec_driver_sql(
            "UPDATE central_conflict SET side_body = x'', base_body = x'', open = 0 WHERE subject = ?", (subject.bytes,)
        )
        if kind in self._kinds:
            self._take_away(kind, subject)
        return _id(before)

    # -- the rest -----------------------------------------------------------------------------------------------------
    def dispute(self, dispute: Dispute) -> None:
        """Two versions that a person has to decide between."""
        disputes.keep(self._connection, dispute, moment_text(self._clock()))
        self.changed.add(dispute.kind)

    def decided(self, dispute: uuid.UUID) -> None:
        """A conflict was decided, here or elsewhere."""
        disputes.close(self._connection, dispute)

    def decided_by(self, line: Line) -> None:
        """A line that was written in sight of the side of a conflict decided it."""
        if line.subject is not None:
            disputes.close_about(self._connection, line.subject.bytes, line.parents)

    def read_to(self, feed: str, cursor: int, digest: str) -> None:
        """How far a feed was read now."""
        keeping.keep_feed(self._connection, feed, cursor, digest)

    def acknowledged(self, number: int, turned_down: set[uuid.UUID]) -> None:
        """Everything up to `number` is on the server. Rows of records it did not take ours of show what it has instead."""
        self._acked = number
        for subject in turned_down:
            self.show(subject, back=True)

    def result(self, number: int, outcome: str, code: str = "", detail: str = "") -> None:
        """What became of an own line."""
        outbox.keep_result(self._connection, number, outcome, code, detail, moment_text(self._clock()))

    def fact(self, name: str, value: bytes) -> None:
        """Keep a small fact in the same transaction."""
        keeping.keep_fact(self._connection, name, value)

    def want_file(self, sha256: str, way: str) -> None:
        """A file that one side lacks; `way` is `up` or `down`."""
        if way == "down" and attachments.size_of(self._connection, sha256) is not None:
            return
        self._connection.exec_driver_sql(
            "INSERT INTO central_file(sha256, way) VALUES(?, ?) ON CONFLICT(sha256, way) DO NOTHING",
            (bytes.fromhex(sha256), way),
        )

    def file_done(self, sha256: str, way: str, content: bytes | None = None) -> None:
        """A file has arrived on the side that lacked it; a downloaded one is put in."""
        if content is not None:
            attachments.attach(self._connection, content, len(content))
        self._connection.exec_driver_sql(
            "DELETE FROM central_file WHERE sha256 = ? AND way = ?", (bytes.fromhex(sha256), way)
        )


def _id(packed: bytes | None) -> uuid.UUID | None:
    return uuid.UUID(bytes=packed) if packed else None
