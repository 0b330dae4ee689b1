"""The door to the disk: open a store, read records, save records, ask its journal."""

from __future__ import annotations

import contextlib
import datetime as dt
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Self, TypeVar

import sqlalchemy as sa

from liaison_desktop.errors import Fault, Missing, StoreMissing
from liaison_desktop.records import Line, Record, from_bytes
from liaison_desktop.store import journal, migrations, rebuild, search, verifier
from liaison_desktop.store.attachments import Attachments
from liaison_desktop.store.central.door import Central
from liaison_desktop.store.device_keys import DeviceKeys
from liaison_desktop.store.drafts import Drafts
from liaison_desktop.store.engine import open_engine
from liaison_desktop.store.instance import InstanceLock
from liaison_desktop.store.journal import Act, Version
from liaison_desktop.store.parties import Actor, Device, Schema
from liaison_desktop.store.search import Hit
from liaison_desktop.store.tables import from_row, metadata_of
from liaison_desktop.store.transaction import Transaction, find
from liaison_desktop.store.wording import worded

R = TypeVar("R", bound=Record)


def store_path(folder: Path, name: str) -> Path:
    """Where the store of that name lies in a folder."""
    return folder / f"{name}.db"


def _now() -> dt.datetime:
    return dt.datetime.now().astimezone()


def _as_it_is(fault: Fault) -> Fault:
    return fault


class Store:
    """The records of one workspace, encrypted at rest. Made by `create` and `open`; used from the window's thread.

    `listeners` are called after each commit with the names of the kinds that changed; `commits` counts those commits, and
    what was read at one count is true until the next. Other threads may use `reading()`, which takes a connection of its
    own.
    """

    def __init__(
        self,
        engine: sa.Engine,
        lock: InstanceLock,
        schema: Schema,
        *,
        actor: Actor,
        device: Device,
        clock: Callable[[], dt.datetime],
        key: bytearray,
        folder: Path,
    ) -> None:
        self.folder, self.schema = folder, schema
        self.actor, self.device, self.clock = actor, device, clock
        self.kinds: dict[str, type[Record]] = {kind.kind: kind for kind in schema.kinds}
        self.listeners: list[Callable[[frozenset[str]], None]] = []
        self.commits, self.drafts, self.device_keys = 0, Drafts(engine, clock), DeviceKeys(engine)
        self.attachments = Attachments(self.reading)
        # What higher floors keep for as long as this store is open, by its type: it goes when the store goes.
        self.companions: dict[type, Any] = {}
        # How a fault that a record's own guard raises is said; a facility may have words of its own for it.
        self.wording: Callable[[Fault], Fault] = _as_it_is
        self._engine, self._lock, self._key = engine, lock, key
        metadata = metadata_of(schema)
        self._tables = {kind: metadata.tables[kind.kind] for kind in schema.kinds}
        # What is known of the centre, and what arrives from it.
        self.central = Central(self.reading, self._writing, self._tables, device=device.id, clock=clock)

    # -- opening and closing ------------------------------------------------------------------------------------------
    @classmethod
    def create(
        cls,
        folder: Path,
        schema: Schema,
        key: bytearray,
        *,
        actor: Actor,
        device: Device,
        clock: Callable[[], dt.datetime] = _now,
    ) -> Self:
        """A new, empty store. Raises FileExistsError rather than replace anything that is there."""
        path = store_path(folder, schema.name)
        if path.exists():
            raise FileExistsError(path.name)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        store = cls._opened(path, schema, key, actor=actor, device=device, clock=clock, create=True)
        store.note(Act.CREATED)
        return store

    @classmethod
    def open(
        cls,
        folder: Path,
        schema: Schema,
        key: bytearray,
        *,
        actor: Actor,
        device: Device,
        clock: Callable[[], dt.datetime] = _now,
    ) -> Self:
        """The store that is there, brought to this version's form after a copy was made.

        Raises StoreMissing, Damaged, TooNew or InUse. A missing or empty file is never taken for a new store.
        """
        path = store_path(folder, schema.name)
        if not path.exists() or path.stat().st_size == 0:
            raise StoreMissing("The store that belongs here is missing. Nothing was created in its place.")
        return cls._opened(path, schema, key, actor=actor, device=device, clock=clock, create=False)

    @classmethod
    def _opened(
        cls,
        path: Path,
        schema: Schema,
        key: bytearray,
        *,
        actor: Actor,
        device: Device,
        clock: Callable[[], dt.datetime],
        create: bool,
    ) -> Self:
        lock = InstanceLock(path.with_suffix(".lock"))
        own_key = bytearray(key)
        engine = open_engine(path, own_key, create=create)
        try:
            migrated = migrations.migrate(engine, schema.name, path)
        except BaseException:
            engine.dispose()
            lock.release()
            raise
        store = cls(engine, lock, schema, actor=actor, device=device, clock=clock, key=own_key, folder=path.parent)
        if migrated and not create:
            store.note(Act.MIGRATED, detail=migrated)
        return store

    def close(self) -> None:
        """Let go of the file and wipe the key. Open pages must be gone before."""
        if self._key:
            with contextlib.suppress(sa.exc.DBAPIError), self._engine.connect() as connection:
                connection.rollback()
                connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # type: ignore[union-attr]
        self._engine.dispose()
        self._key[:] = bytes(len(self._key))
        self._lock.release()

    # -- reading ------------------------------------------------------------------------------------------------------
    @contextlib.contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A connection that reads one consistent state; for `queries.py` only."""
        with worded(), self._engine.connect() as connection:
            yield connection

    def table(self, kind: type[Record]) -> sa.Table:
        """The table of a kind's current rows; for `queries.py` only."""
        return self._tables[kind]

    def load(self, kind: type[R], row: Mapping[str, Any] | sa.RowMapping) -> R:
        """A row of that table as a record; for `queries.py` only."""
        return from_row(kind, row)

    def find(self, kind: type[R], record_id: uuid.UUID | None) -> R | None:
        """The record of that id, or None."""
        with self.reading() as connection:
            return find(connection, self._tables[kind], kind, record_id)

    def get(self, kind: type[R], record_id: uuid.UUID) -> R:
        """The record of that id. Raises Missing if there is none."""
        found = self.find(kind, record_id)
        if found is None:
            raise Missing("This record is no longer here.")
        return found

    def all(self, kind: type[R]) -> tuple[R, ...]:
        """Every record of a kind, oldest first; for kinds of which there are few."""
        table = self._tables[kind]
        with self.reading() as connection:
            rows = connection.execute(sa.select(table).order_by(table.c.rid)).mappings()
            return tuple(from_row(kind, row) for row in rows)

    def search(self, text: str, *kinds: str, limit: int = 50) -> tuple[Hit, ...]:
        """The records whose words begin like what was typed, newest first. Any text is safe to pass."""
        with self.reading() as connection:
            return search.find(connection, text, kinds, limit)

    # -- writing ------------------------------------------------------------------------------------------------------
    @contextlib.contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        with worded(), self._engine.execution_options(writing=True).begin() as connection:
            yield connection

    def tell(self, kinds: Iterable[str]) -> None:
        """Tell the listeners that records of these kinds changed; on the window's thread, after a commit."""
        if changed := frozenset(kinds):
            self.commits += 1
            for listener in tuple(self.listeners):
                listener(changed)

    @contextlib.contextmanager
    def transaction(self, reason: str = "") -> Iterator[Transaction]:
        """All of it or none of it; listeners hear of it once it is on disk."""
        with self._writing() as connection:
            transaction = Transaction(
                connection,
                self._tables,
                actor=self.actor,
                device=self.device,
                clock=self.clock,
                reason=reason,
                wording=self.wording,
            )
            yield transaction
        self.tell(transaction.changed)

    def save(self, record: R, *, reason: str = "") -> R:
        """Save one record; the record with its new version. When this returns, it is on disk."""
        with self.transaction(reason) as transaction:
            return transaction.save(record)

    def remove(self, record: Record, *, reason: str) -> None:
        """Take one record away; the journal keeps every version of it."""
        with self.transaction(reason) as transaction:
            transaction.remove(record)

    def note(self, act: Act, *, kind: str = "", subject: uuid.UUID | None = None, detail: str = "") -> None:
        """One line for something that was done but changed no record. `detail` never holds a record's value."""
        with self.transaction() as transaction:
            transaction.note(act, kind=kind, subject=subject, detail=detail)

    # -- the journal --------------------------------------------------------------------------------------------------
    def versions(self, record_id: uuid.UUID) -> tuple[Version, ...]:
        """Every saved version of a record, newest first."""
        with self.reading() as connection:
            where = "WHERE subject = ? AND act IN ('saved', 'removed')"
            found = [
                Version(
                    version=line.version,
                    number=line.number,
                    at=line.when,
                    actor=line.actor_name,
                    actor_id=line.actor,
                    act=line.act,
                    reason=line.reason,
                )
                for line in journal.history(connection, where, (record_id.bytes,))
            ]
        return tuple(reversed(found))

    def version(self, kind: type[R], version: uuid.UUID) -> R:
        """A version of a record as it was authored. Raises Missing if there is no such version."""
        with self.reading() as connection:
            for line in journal.history(connection, "WHERE version = ? AND act = 'saved'", (version.bytes,)):
                return from_bytes(kind, line.content)
        raise Missing("This version is not here.")

    def lines(self, *, limit: int = 500, words: str = "") -> tuple[Line, ...]:
        """The newest lines of the journal, newest first, at most `limit`; `words` filters by actor, act or kind."""
        like = f"%{words.replace('%', '').replace('_', '')}%"
        where = (
            "WHERE rid IN (SELECT rid FROM journal WHERE (act LIKE ? OR kind LIKE ? OR actor_name LIKE ? OR reason LIKE ?)"
            " ORDER BY rid DESC LIMIT ?)"
        )
        with self.reading() as connection:
            found = tuple(journal.lines(connection, where, (like, like, like, like, limit)))
        return tuple(reversed(found))

    def lately(self, act: Act, kind: str, *, most: int, lines: int) -> tuple[uuid.UUID, ...]:
        """The records of a kind to which whoever works here did this within the newest `lines`, the last one first."""
        with self.reading() as connection:
            return journal.subjects(connection, act, kind, self.actor.id, most=most, lines=lines)

    def verify(self) -> verifier.Verdict:
        """Walk the whole journal; about 100,000 lines a second."""
        with self.reading() as connection:
            return verifier.verify(connection)

    def rebuild(self) -> int:
        """Make every current row again from the journal; how many there are."""
        with self._writing() as connection:
            made = rebuild.rebuild(connection, self._tables)
        self.commits += 1
        return made
