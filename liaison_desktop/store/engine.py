"""The connection: SQLCipher under SQLAlchemy, with the key given as bytes that are wiped after use.

The settings and their reasons are measured facts about SQLCipher and SQLite, not taste: WAL with synchronous=FULL is
the only pair that lost nothing in power-cut trials; writers take BEGIN IMMEDIATE because a reader that turns writer
fails at once with SQLITE_BUSY.
"""

from __future__ import annotations

import sys
import threading
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import sqlcipher3.dbapi2 as driver
from sqlalchemy import event, pool

from liaison_desktop.errors import Damaged

KEY_BYTES = 32
PAGE_BYTES = 4096
_COPYING = threading.Lock()  # the default is one for the whole process
LEAST_SQLITE = (3, 51, 3)  # earlier versions can corrupt a WAL store (the WAL-reset bug)

_PRAGMAS = (
    "foreign_keys = ON",
    "journal_mode = WAL",
    "synchronous = FULL",
    "busy_timeout = 5000",
    "temp_store = MEMORY",  # a temp file would hold record text in the clear
    "trusted_schema = OFF",
    "mmap_size = 0",
    "cache_size = -32000",  # KiB a connection: a page that is not kept is decrypted again, which is what a list waits for
    *(("fullfsync = ON", "checkpoint_fullfsync = ON") if sys.platform == "darwin" else ()),
)


def _connect(path: Path, key: bytes | bytearray, mode: str) -> Any:
    connection = driver.connect(
        f"{path.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None, check_same_thread=False
    )
    # SQLCipher logs to standard error by default, which would tell a bystander what failed.
    connection.execute("PRAGMA cipher_log_level = NONE")
    # A malformed raw key would silently be taken for a passphrase, so its form is built here and nowhere else.
    text = bytearray(b"x'" + bytes(key).hex().encode() + b"'")
    try:
        connection.set_key(text)
    finally:
        text[:] = bytes(len(text))
    return connection


def open_engine(path: Path, key: bytearray, *, create: bool = False, page_bytes: int = PAGE_BYTES) -> sa.Engine:
    """An engine on the encrypted file at `path`. `key` is 32 raw bytes and stays the caller's to wipe.

    `page_bytes` is settled when the file is made and must be the same ever after.
    Raises Damaged if the file does not open with this key, ValueError if the key has the wrong length.
    """
    if len(key) != KEY_BYTES:
        raise ValueError("a store key has 32 bytes")
    if driver.sqlite_version_info < LEAST_SQLITE:
        raise RuntimeError("this SQLite can corrupt a store; sqlcipher3 0.6.4 or newer is needed")

    def connect() -> Any:
        # Creating is asked for once; every later connection may only open what is there.
        mode = "rwc" if create and not path.exists() else "rw"
        connection = _connect(path, key, mode)
        try:
            for pragma in (f"cipher_page_size = {page_bytes}", *_PRAGMAS):
                connection.execute(f"PRAGMA {pragma}")
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        except driver.DatabaseError as error:
            connection.close()
            raise Damaged("The key fits, but the store behind it is damaged and cannot be read.") from error
        return connection

    # The connection that was used last is used next: the pages it holds are decrypted already.
    engine = sa.create_engine(
        "sqlite+pysqlite://",
        module=driver,
        creator=connect,
        poolclass=pool.QueuePool,
        pool_use_lifo=True,
        hide_parameters=True,
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        writing = connection.get_execution_options().get("writing", False)
        # Given to the driver itself: a page begins forty times, and asking through SQLAlchemy costs as much as most answers.
        held: Any = connection.connection.driver_connection
        held.execute("BEGIN IMMEDIATE" if writing else "BEGIN DEFERRED")

    return engine


def copy_into(connection: Any, target: Path) -> None:
    """Copy the encrypted file behind a driver's connection, outside any transaction, under the same key.

    `VACUUM INTO` makes the copy with the default size of pages, whatever that of the file is, and then cannot be read
    back; so the default is that of the file while it runs. Nothing else depends on it: whoever opens a file says its size.
    """
    size = int(connection.execute("PRAGMA cipher_page_size").fetchone()[0])
    with _COPYING:
        connection.execute(f"PRAGMA cipher_default_page_size = {size}")
        try:
            connection.execute("VACUUM INTO ?", (str(target),))
        finally:
            connection.execute(f"PRAGMA cipher_default_page_size = {PAGE_BYTES}")
