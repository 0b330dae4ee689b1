"""Files kept inside the store: encrypted as everything in it, named by their SHA-256, written with what refers to them.

A file is cut into chunks, so that no page of the database has to hold more than a small piece of it. The same bytes
are kept once, however many records refer to them. Nothing here removes a file: old versions of records refer to it too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import AbstractContextManager

import sqlalchemy as sa

from liaison_desktop.errors import Damaged, Fault, Missing, Refused

CHUNK = 256 * 1024  # bytes


def declare(metadata: sa.MetaData) -> tuple[sa.Table, sa.Table]:
    """The tables of files and of their chunks."""
    files = sa.Table(
        "attachment",
        metadata,
        sa.Column("rid", sa.Integer, primary_key=True),
        sa.Column("sha256", sa.LargeBinary, nullable=False, unique=True),
        sa.Column("size", sa.Integer, nullable=False),
        sqlite_strict=True,
    )
    chunks = sa.Table(
        "attachment_chunk",
        metadata,
        sa.Column("rid", sa.Integer, primary_key=True),
        sa.Column("sha256", sa.LargeBinary, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.UniqueConstraint("sha256", "number"),
        sqlite_strict=True,
    )
    return files, chunks


class Attachments:
    """The files of a store, by the hexadecimal SHA-256 of their bytes. `Transaction.attach` puts one in."""

    def __init__(self, reading: Callable[[], AbstractContextManager[sa.Connection]]) -> None:
        self._reading = reading

    def has(self, sha256: str) -> bool:
        """Whether this file is here."""
        with self._reading() as connection:
            return _size(connection, _key(sha256)) is not None

    def get(self, sha256: str) -> bytes:
        """The bytes of a file, checked against its name. Raises Missing, or Damaged if they are not what was put in."""
        with self._reading() as connection:
            return read(connection, _key(sha256))

    def damaged(self) -> tuple[str, ...]:
        """The names of the files that cannot be read as they were put in; reads them all."""
        found = []
        with self._reading() as connection:
            names = connection.exec_driver_sql("SELECT sha256 FROM attachment ORDER BY rid").scalars().all()
            for key in names:
                try:
                    read(connection, key)
                except Damaged:
                    found.append(key.hex())
        return tuple(found)


def attach(connection: sa.Connection, content: bytes, most: int) -> str:
    """Put a file in, in the caller's transaction, and read it back; its SHA-256 in hexadecimal.

    `most` is the greatest size in bytes. Raises Refused for an empty or a larger one, Damaged if it reads back otherwise.
    """
    if not content:
        raise Refused((Fault(field="file", message="This file is empty."),))
    if len(content) > most:
        size, limit = megabytes(len(content)), megabytes(most)
        raise Refused((Fault(field="file", message=f"This file has {size}; the most is {limit}."),))
    key = hashlib.sha256(content).digest()
    if _size(connection, key) is None:
        connection.exec_driver_sql("INSERT INTO attachment(sha256, size) VALUES(?, ?)", (key, len(content)))
        for number, start in enumerate(range(0, len(content), CHUNK)):
            connection.exec_driver_sql(
                "INSERT INTO attachment_chunk(sha256, number, content) VALUES(?, ?, ?)",
                (key, number, content[start : start + CHUNK]),
            )
    read(connection, key)
    return key.hex()


def read(connection: sa.Connection, key: bytes) -> bytes:
    """The bytes of a file, checked. Raises Missing or Damaged."""
    size = _size(connection, key)
    if size is None:
        raise Missing("This file is no longer here.")
    rows = connection.exec_driver_sql(
        "SELECT content FROM attachment_chunk WHERE sha256 = ? ORDER BY number", (key,)
    ).scalars()
    content = b"".join(rows)
    if len(content) != size or hashlib.sha256(content).digest() != key:
        raise Damaged("This file is damaged and was not opened.")
    return content


def size_of(connection: sa.Connection, sha256: str) -> int | None:
    """The size in bytes of a file that is here, or None."""
    return _size(connection, _key(sha256))


def megabytes(size: int) -> str:
    """A size in words: `3.4 MB`."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} kB"
    return f"{size / 1_000_000:.1f} MB"


def _key(sha256: str) -> bytes:
    try:
        return bytes.fromhex(sha256)
    except ValueError:
        # A name that is none is the name of no file.
        return b""


def _size(connection: sa.Connection, key: bytes) -> int | None:
    found = connection.exec_driver_sql("SELECT size FROM attachment WHERE sha256 = ?", (key,)).scalar()
    return found if isinstance(found, int) else None
