"""One batch of proved operations, decided one after the other and then written: records, conflicts, feeds, files."""

from __future__ import annotations

import uuid
from typing import Any

import msgspec
import sqlalchemy as sa

from liaison_desktop.records import to_bytes
from liaison_desktop.server import organisations
from liaison_desktop.server.authorising import Caller
from liaison_desktop.server.feeds import FeedWriter, Item
from liaison_desktop.server.filing import missing_files, note_uses
from liaison_desktop.server.journal import Note
from liaison_desktop.server.standing import ERASED, LIVE, REMOVED, Row, Standing
from liaison_desktop.server.tables import conflict, line, record
from liaison_desktop.sync import wire
from liaison_desktop.sync.catalogue import KindEntry, catalogues
from liaison_desktop.sync.deciding import Decision, Incoming, Quarrel, decide
from liaison_desktop.sync.wire import ChangeKind, Op, Outcome, RejectCode, Result, bytes_of, raw

MOST_BODY = 1024 * 1024  # bytes of one record
_decode = msgspec.json.Decoder(dict[str, Any]).decode


class _Own(msgspec.Struct):
    id: uuid.UUID
    version: uuid.UUID


_own = msgspec.json.Decoder(_Own).decode


class Batch:
    """The operations of one push. `take` each in order, then `write`. `merges` are the lines of the server's merges."""

    def __init__(self, connection: sa.Connection, caller: Caller, ops: list[Op]) -> None:
        self._connection, self._caller = connection, caller
        self._kinds = catalogues()[caller.workspace].by_kind if caller.workspace in catalogues() else {}
        making = [op for op in ops if op.act in (wire.SAVED, wire.REMOVED) and op.subject is not None]
        subjects = {op.subject for op in making if op.subject is not None}
        self._mine = organisations.feeds_of(connection, caller.person, caller.workspace)
        self._past = organisations.feeds_of(connection, caller.person, caller.workspace, past=True)
        self._homes = {
            reference: organisations.home_feed(connection, caller.person, caller.workspace, reference=reference)
            for reference in (False, True)
        }
        # The feeds first: a record that another transaction moves is only looked at once its feed stands still.
        where = sa.select(record.c.feed).where(
            record.c.organisation == caller.organisation, record.c.subject.in_(subjects)
        )
        touched = set(connection.execute(where).scalars()) if subjects else set()
        self._feeds = FeedWriter(connection, touched | set(self._homes.values()))
        self._standing = Standing(connection, caller.organisation, subjects)
        self._taken = self._versions([op.version for op in making])
        self._missing = missing_files(connection, caller.organisation, {name for op in ops for name in op.files})
        self._touched: set[uuid.UUID] = set()
        self._quarrels: dict[uuid.UUID, tuple[uuid.UUID, Quarrel, uuid.UUID | None]] = {}
        self._uses: set[tuple[bytes, uuid.UUID]] = set()
        self.merges: list[Note] = []
        self._standing.read_bodies(
            row.head
            for op in making
            if (row := self._standing.rows.get(op.subject or op.version)) is not None
            and (entry := self._kinds.get(op.kind)) is not None
            and (entry.seals or entry.merging == "immutable" or row.head not in op.parents)
        )

    def _versions(self, versions: list[uuid.UUID]) -> set[uuid.UUID]:
        if not versions:
            return set()
        return set(self._connection.execute(sa.select(line.c.made).where(line.c.made.in_(versions))).scalars())

    def take(self, op: Op) -> Result:
        """What becomes of one operation."""
        if op.act not in (wire.SAVED, wire.REMOVED) or (op.body_hash and not bytes_of(op.body)):
            return Result(number=op.number, outcome=Outcome.KEPT)
        if op.version in self._taken:
            return Result(number=op.number, outcome=Outcome.DUPLICATE, version=op.version)
        refused = self._refused(op)
        if refused is not None or op.subject is None:
            code, detail = refused or (RejectCode.INVALID, "no subject")
            return Result(number=op.number, outcome=Outcome.REJECTED, code=code, detail=detail)
        entry = self._kinds[op.kind]
        new = Incoming(
            version=op.version,
            parents=op.parents,
            kind=op.kind,
            body=_decode(bytes_of(op.body)) if op.act == wire.SAVED else None,
        )
        subject, standing = op.subject, self._standing
        decision = decide(
            new,
            standing.held(subject, new, entry),
            entry,
            standing.quarrels.get(subject, []),
            lambda first, second: standing.ancestor(subject, first, second),
        )
        if decision.outcome is Outcome.REJECTED:
            return Result(number=op.number, outcome=Outcome.REJECTED, code=decision.code, detail=decision.detail)
        return self._apply(op, entry, new, subject, decision)

    # -- what is refused ----------------------------------------------------------------------------------------------
    def _refused(self, op: Op) -> tuple[RejectCode, str] | None:
        entry, row = self._kinds.get(op.kind), self._standing.rows.get(op.subject or op.version)
        if op.subject is None:
            return RejectCode.INVALID, "no subject"
        if entry is None:
            return RejectCode.SCHEMA_TOO_NEW, "this kind is not known here"
        if op.schema > entry.schema:
            return RejectCode.SCHEMA_TOO_NEW, f"schema {entry.schema} is known here"
        if row is not None and row.feed not in self._past:
            return RejectCode.FORBIDDEN, "this record is somebody else's"
        if row is not None and row.state == ERASED:
            return RejectCode.FORBIDDEN, "erased"
        if op.act == wire.REMOVED:
            return None if row is not None else (RejectCode.BAD_REFERENCE, "there is no such record")
        return self._malformed(op)

    def _malformed(self, op: Op) -> tuple[RejectCode, str] | None:
        content = bytes_of(op.body)
        if len(content) > MOST_BODY:
            return RejectCode.TOO_LARGE, f"{MOST_BODY} bytes at most"
        try:
            own = _own(content)
            _decode(content)
        except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
            return RejectCode.INVALID, "the body is not that of a record"
        if own.id != op.subject or own.version != op.version:
            return RejectCode.INVALID, "the body names another record or version"
        if any(name.encode() not in content for name in op.files):
            return RejectCode.INVALID, "a file is named that the record does not refer to"
        return None

    # -- what is accepted ---------------------------------------------------------------------------------------------
    def _apply(self, op: Op, entry: KindEntry, new: Incoming, subject: uuid.UUID, decision: Decision) -> Result:
        row = self._standing.rows.get(subject)
        if row is None:
            row = self._standing.rows[subject] = Row(
                subject=subject,
                kind=op.kind,
                state=REMOVED,
                head=op.version,
                feed=self._homes[entry.reference],
                owner=self._caller.person,
                new=True,
            )
        before = row.head if row.state == LIVE else None
        self._taken.add(op.version)
        self._touched.add(subject)
        self._standing.came(subject, op.version, op.parents, bytes_of(op.body) or None, op.files)
        self._uses |= {(bytes.fromhex(name), subject) for name in op.files}
        content = self._merge(op, entry, row, subject, decision)
        self._standing.settle(subject, decision, removed=new.body is None)
        seq = self._tell(row, subject, op, decision, before)
        return Result(
            number=op.number,
            outcome=decision.outcome,
            version=decision.head if decision.merged is not None else op.version,
            head=row.head,
            conflict=decision.opened.id if decision.opened else None,
            fields=decision.opened.fields if decision.opened else (),
            took=decision.took,
            feed=self._feeds.names[row.feed],
            seq=seq,
            missing=tuple(name for name in op.files if name in self._missing),
            review=row.feed not in self._mine,
            body=raw(content),
        )

    def _merge(self, op: Op, entry: KindEntry, row: Row, subject: uuid.UUID, decision: Decision) -> bytes:
        if decision.merged is None or decision.head is None:
            return b""
        content, parents = to_bytes(decision.merged), (row.head, op.version)
        known = dict.fromkeys((*self._standing.files.get(row.head, ()), *op.files))
        files = tuple(name for name in known if name.encode() in content)
        self.merges.append(
            Note(
                act=wire.SAVED,
                kind=op.kind,
                subject=subject,
                version=decision.head,
                parents=parents,
                content=content,
                schema=entry.schema,
                files=msgspec.json.encode(files).decode(),
            )
        )
        self._standing.came(subject, decision.head, parents, content, files)
        return content

    def _tell(self, row: Row, subject: uuid.UUID, op: Op, decision: Decision, before: uuid.UUID | None) -> int:
        """Put into the feed what came of it; the number of the last entry, 0 if there was nothing to tell."""
        seq = 0
        if decision.head is not None:
            change = ChangeKind.PUT if row.state == LIVE else ChangeKind.DELETE
            seq = self._feeds.add(row.feed, Item(change=change, subject=subject, version=row.head))
            self._feeds.moved(row.feed, subject, old=before, new=row.head if row.state == LIVE else None)
            for quarrel in self._standing.quarrels[subject]:
                self._quarrels[quarrel.id] = (subject, quarrel, None)
        for quarrel in decision.closed:
            self._quarrels[quarrel.id] = (subject, quarrel, op.version)
            item = Item(change=ChangeKind.RESOLVED, subject=subject, version=op.version, conflict=quarrel.id)
            seq = self._feeds.add(row.feed, item)
        if decision.opened is not None:
            quarrel = decision.opened
            self._quarrels[quarrel.id] = (subject, quarrel, None)
            item = Item(change=ChangeKind.CONFLICT, subject=subject, version=quarrel.side, conflict=quarrel.id)
            seq = self._feeds.add(row.feed, item)
        return seq

    # -- writing ------------------------------------------------------------------------------------------------------
    def write(self, at: str) -> None:
        """Write what was decided. The lines themselves are the caller's."""
        rows = [self._standing.rows[subject] for subject in sorted(self._touched, key=lambda one: one.bytes)]
        fresh = [self._row(row) for row in rows if row.new]
        if fresh:
            self._connection.execute(sa.insert(record), fresh)
        changed = [{"b_subject": row.subject, "b_head": row.head, "b_state": row.state} for row in rows if not row.new]
        if changed:
            query = (
                sa.update(record)
                .where(
                    record.c.organisation == self._caller.organisation, record.c.subject == sa.bindparam("b_subject")
                )
                .values(head=sa.bindparam("b_head"), state=sa.bindparam("b_state"))
            )
            self._connection.execute(query, changed)
        for subject, quarrel, closed_by in self._quarrels.values():
            self._write_quarrel(subject, quarrel, closed_by)
        note_uses(self._connection, self._caller.organisation, self._uses)
        self._feeds.write(at)

    def _row(self, row: Row) -> dict[str, Any]:
        return {
            "organisation": self._caller.organisation,
            "subject": row.subject,
            "workspace": self._caller.workspace,
            "kind": row.kind,
            "state": row.state,
            "head": row.head,
            "feed": row.feed,
            "owner": row.owner,
        }

    def _write_quarrel(self, subject: uuid.UUID, quarrel: Quarrel, closed_by: uuid.UUID | None) -> None:
        values = {
            "head": quarrel.head,
            "side": quarrel.side,
            "fields": msgspec.json.encode(quarrel.fields).decode(),
            "state": "open" if closed_by is None else "resolved",
            "closed_by": closed_by,
        }
        done = self._connection.execute(sa.update(conflict).where(conflict.c.id == quarrel.id).values(**values))
        if done.rowcount == 0:
            kind = self._standing.rows[subject].kind
            self._connection.execute(
                sa.insert(conflict).values(
                    id=quarrel.id,
                    organisation=self._caller.organisation,
                    subject=subject,
                    base=quarrel.base,
                    kind=kind,
                    **values,
                )
            )
