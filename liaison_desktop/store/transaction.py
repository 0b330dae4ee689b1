"""One transaction: every row it writes has its line in the journal, or neither is there."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import TypeVar

import msgspec
import sqlalchemy as sa

from liaison_desktop.errors import Fault, Missing, Refused, Stale
from liaison_desktop.records import Record, fields_of, new_id, to_bytes
from liaison_desktop.store import attachments, journal, search
from liaison_desktop.store.central import disputes
from liaison_desktop.store.journal import Act
from liaison_desktop.store.parties import Actor, Device
from liaison_desktop.store.tables import from_row, insert_row, update_row

R = TypeVar("R", bound=Record)


class Transaction:
    """What may be done inside one transaction. Made by `Store.transaction()` only."""

    def __init__(
        self,
        connection: sa.Connection,
        tables: dict[type[Record], sa.Table],
        *,
        actor: Actor,
        device: Device,
        clock: Callable[[], dt.datetime],
        reason: str,
        wording: Callable[[Fault], Fault],
    ) -> None:
        self._connection = connection
        self._tables = tables
        self._actor, self._device, self._clock, self._reason = actor, device, clock, reason
        self._wording = wording
        self.changed: set[str] = set()

    def find(self, kind: type[R], record_id: uuid.UUID | None) -> R | None:
        """The record of that id as this transaction sees it, or None."""
        return find(self._connection, self._tables[kind], kind, record_id)

    def get(self, kind: type[R], record_id: uuid.UUID) -> R:
        """The record of that id. Raises Missing if there is none."""
        found = self.find(kind, record_id)
        if found is None:
            raise Missing("This record is no longer here.")
        return found

    def save(self, record: R, *, decides: tuple[uuid.UUID, ...] = ()) -> R:
        """Write the next version of a record; the record with its new version.

        `decides` names versions that stood beside it in a conflict, which this one was written in sight of.
        Raises Stale if it was changed since it was read, Refused if it may not follow the version before.
        """
        return self._write(record, guarded=True, decides=decides)

    def erase(self, record: R) -> R:
        """Write the version of a record from which a person was taken out; raises Stale as `save` does.

        A lock is not asked, because a law asked for this: the reason of the transaction stands in the journal beside it.
        """
        return self._write(record, guarded=False)

    def move(self, record: R) -> R:
        """Write the version of a record that refers to another one and says the same besides. Raises Stale.

        A lock is not asked, because what was recorded stays word for word; Refused if the reference itself is signed.
        """
        previous = self.get(type(record), record.id)
        told = {spec.name for spec in fields_of(type(record)) if spec.type is not uuid.UUID} - {"version"}
        if any(getattr(record, name) != getattr(previous, name) for name in told):
            raise ValueError("a move changes references only")
        if previous.stays_put():
            raise Refused((Fault(field="", message="This is signed as it is and cannot be moved.", rule="SEAL"),))
        return self._write(record, guarded=False)

    def _write(self, record: R, *, guarded: bool, decides: tuple[uuid.UUID, ...] = ()) -> R:
        table = self._tables[type(record)]
        previous = self.find(type(record), record.id)
        if (previous.version if previous else None) != record.version:
            raise Stale("This was changed somewhere else since you opened it. Nothing was overwritten.")
        if previous is not None:
            if previous == record and not decides:
                return record
            if guarded and (faults := record.guard(previous)):
                raise Refused(map(self._wording, faults))
        saved = msgspec.structs.replace(record, version=new_id())
        if previous is None:
            insert_row(self._connection, table, saved)
        else:
            update_row(self._connection, table, saved)
        search.put(self._connection, saved)
        self._append(Act.SAVED, saved, saved.version, to_bytes(saved), previous, decides)
        return saved

    def remove(self, record: Record, *, decides: tuple[uuid.UUID, ...] = ()) -> None:
        """Take a record away; the journal keeps every version of it. Raises Stale as `save` does.

        Raises Refused if this kind of record, as it stands in the store, is never taken away.
        """
        previous = self.find(type(record), record.id)
        if previous is None or previous.version != record.version:
            raise Stale("This was changed somewhere else since you opened it. Nothing was removed.")
        if faults := previous.guard_removal():
            raise Refused(map(self._wording, faults))
        table = self._tables[type(record)]
        self._connection.execute(sa.delete(table).where(table.c.id == record.id))
        search.drop(self._connection, record.id)
        self._append(Act.REMOVED, record, None, b"", previous, decides)

    def attach(self, content: bytes, *, most: int) -> str:
        """Keep a file beside the records of this transaction; the SHA-256 a record refers to it by.

        `most` is the greatest size in bytes. Raises Refused if it is empty or larger, Damaged if it reads back otherwise.
        """
        return attachments.attach(self._connection, content, most)

    def note(self, act: Act, *, kind: str = "", subject: uuid.UUID | None = None, detail: str = "") -> None:
        """A line for something that was done but changed no record. `detail` never holds a record's value."""
        journal.append(
            self._connection,
            act,
            actor=self._actor,
            device=self._device,
            at=self._clock(),
            kind=kind,
            subject=subject,
            reason=detail,
        )

    def _append(
        self,
        act: Act,
        record: Record,
        version: uuid.UUID | None,
        content: bytes,
        previous: Record | None,
        decides: tuple[uuid.UUID, ...],
    ) -> None:
        # The version that the row holds: a newer one from elsewhere may have been kept and not be shown yet.
        before = previous.version if previous is not None else self._removal_of(record.id)
        journal.append(
            self._connection,
            act,
            actor=self._actor,
            device=self._device,
            at=self._clock(),
            version=version,
            parents=(*((before,) if before else ()), *decides),
            kind=record.kind,
            subject=record.id,
            reason=self._reason,
            content=content,
        )
        disputes.close_about(self._connection, record.id.bytes, decides)
        self.changed.add(record.kind)

    def _removal_of(self, record_id: uuid.UUID) -> uuid.UUID | None:
        """The line by which a record was taken away that is written again."""
        where = "WHERE subject = ? AND act IN ('saved', 'removed')"
        before = None
        for line in journal.history(self._connection, where, (record_id.bytes,)):
            before = line.version
        return before


def find(connection: sa.Connection, table: sa.Table, kind: type[R], record_id: uuid.UUID | None) -> R | None:
    """The current row of a record, or None."""
    if record_id is None:
        return None
    row = connection.execute(sa.select(table).where(table.c.id == record_id)).mappings().first()
    return from_row(kind, row) if row is not None else None
