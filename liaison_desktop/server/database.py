"""The door to the server's database: an encrypted SQLite file, or PostgreSQL by URL. The same SQL runs on both."""

from __future__ import annotations

import contextlib
import datetime as dt
import threading
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import sqlalchemy as sa

from liaison_desktop.errors import Damaged, StoreMissing
from liaison_desktop.records.moments import moment_text
from liaison_desktop.server.keys import ServerKeys
from liaison_desktop.server.migrations import migrate
from liaison_desktop.server.tables import meta
from liaison_desktop.store.engine import open_engine

FILE = "central.db"
PAGE_BYTES = 16384  # rows of about 1 KB are written half as fast again as in pages of 4096
_TRIES = 4
T = TypeVar("T")


def now() -> dt.datetime:
    """The server's clock. It is told to laptops and written down; it decides nothing."""
    return dt.datetime.now(dt.UTC)


class Database:
    """What the server keeps, and the keys to it. Safe to use from several threads."""

    def __init__(
        self, engine: sa.Engine, keys: ServerKeys, folder: Path, clock: Callable[[], dt.datetime] = now
    ) -> None:
        self.engine, self.keys, self.folder, self.clock = engine, keys, folder, clock
        self.is_sqlite = engine.dialect.name == "sqlite"
        # SQLite has one writer: a queue in here is fairer than its busy handler, which sleeps and tries again.
        self._writer = threading.Lock() if self.is_sqlite else contextlib.nullcontext()

    @contextlib.contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """One consistent state."""
        level = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}
        with self.engine.connect().execution_options(**level) as connection:
            yield connection

    def writing(self, work: Callable[[sa.Connection], T]) -> T:
        """Run `work` in one transaction and commit it; again from the start where another got in between."""
        for attempt in range(1, _TRIES + 1):
            try:
                with self._writer, self.engine.execution_options(writing=True).begin() as connection:
                    return work(connection)
            except (sa.exc.IntegrityError, sa.exc.OperationalError):
                # Two devices made the same record, or PostgreSQL broke a deadlock: the second look decides as ever.
                if attempt == _TRIES:
                    raise
        raise AssertionError("unreachable")

    def moment(self) -> str:
        """The time now, as lines are dated."""
        return moment_text(self.clock())

    def epoch(self, connection: sa.Connection) -> str:
        """Which life of the database this is: a restored one has another."""
        return str(value_of(connection, "epoch"))

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()


def value_of(connection: sa.Connection, name: str) -> str | None:
    """One of the few values the server keeps about itself."""
    return connection.execute(sa.select(meta.c.value).where(meta.c.name == name)).scalar()


def put_value(connection: sa.Connection, name: str, value: str) -> None:
    """Keep one of them."""
    if connection.execute(sa.update(meta).where(meta.c.name == name).values(value=value)).rowcount == 0:
        connection.execute(sa.insert(meta).values(name=name, value=value))


def new_epoch() -> str:
    """A name for another life of the database."""
    return f"ep_{uuid.uuid4().hex}"


def engine_for(url: str, folder: Path, keys: ServerKeys, *, create: bool) -> sa.Engine:
    """The engine of a PostgreSQL URL, or of the encrypted file in `folder` where none is given.

    Raises StoreMissing where the file is not there and should not be made, Damaged where the key does not open it.
    """
    if url:
        return _postgres(url)
    path = folder / FILE
    if not path.exists() and not create:
        raise StoreMissing("There is no server here yet. Make one with: liaison-desktop server migrate")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return open_engine(path, keys.database(), create=not path.exists(), page_bytes=PAGE_BYTES)


def _postgres(url: str) -> sa.Engine:
    plain = url.split("://", 1)[-1]
    # A connection that the database dropped since is found out before it is used, not by whoever asks next.
    options = {"pool_size": 8, "max_overflow": 8, "pool_pre_ping": True, "hide_parameters": True}
    return sa.create_engine(f"postgresql+psycopg://{plain}", **options)


def open_database(
    url: str,
    folder: Path,
    keys: ServerKeys,
    *,
    create: bool = False,
    clock: Callable[[], dt.datetime] = now,
) -> Database:
    """The database in this version's form. Raises StoreMissing, TooNew, or Damaged where another key made it."""
    engine = engine_for(url, folder, keys, create=create)
    try:
        migrate(engine, folder / FILE)
        if engine.dialect.name == "sqlite":
            (folder / FILE).chmod(0o600)
        database = Database(engine, keys, folder, clock)
        database.writing(lambda connection: _settle(connection, keys))
    except BaseException:
        engine.dispose()
        raise
    return database


def _settle(connection: sa.Connection, keys: ServerKeys) -> None:
    known = value_of(connection, "key_check")
    if known is None:
        put_value(connection, "key_check", keys.check())
        put_value(connection, "epoch", new_epoch())
    elif known != keys.check():
        raise Damaged("This database belongs to another key. Give the server the key it was made with.")
