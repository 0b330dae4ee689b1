"""Small facts about the centre, kept by name, and how far each feed was read."""

from __future__ import annotations

import sqlalchemy as sa

WHOLE = 1 << 256


def fact(connection: sa.Connection, name: str) -> bytes | None:
    """The value kept under a name."""
    found = connection.exec_driver_sql("SELECT value FROM central_fact WHERE name = ?", (name,)).scalar()
    return bytes(found) if found is not None else None


def keep_fact(connection: sa.Connection, name: str, value: bytes) -> None:
    """Keep a value under a name, in place of what was there."""
    connection.exec_driver_sql(
        "INSERT INTO central_fact(name, value) VALUES(?, ?) ON CONFLICT(name) DO UPDATE SET value = excluded.value",
        (name, value),
    )


def forget_fact(connection: sa.Connection, name: str) -> None:
    """Let go of what is kept under a name."""
    connection.exec_driver_sql("DELETE FROM central_fact WHERE name = ?", (name,))


def feeds(connection: sa.Connection) -> dict[str, tuple[int, str]]:
    """Cursor and digest of each feed that was read."""
    rows = connection.exec_driver_sql("SELECT name, cursor, digest FROM central_feed ORDER BY name")
    return {name: (cursor, digest) for name, cursor, digest in rows}


def keep_feed(connection: sa.Connection, name: str, cursor: int, digest: str) -> None:
    """How far a feed was read, and the digest of what is held of it."""
    connection.exec_driver_sql(
        "INSERT INTO central_feed(name, cursor, digest) VALUES(?, ?, ?)"
        " ON CONFLICT(name) DO UPDATE SET cursor = excluded.cursor, digest = excluded.digest",
        (name, cursor, digest),
    )


def read_again(connection: sa.Connection, feed: str = "") -> None:
    """Forget how far a feed was read, all of them if none is named, and which of its conflicts are open."""
    connection.exec_driver_sql("UPDATE central_feed SET cursor = 0 WHERE name = ? OR ? = ''", (feed, feed))
    connection.exec_driver_sql(
        "UPDATE central_conflict SET open = 0 WHERE ? = '' OR subject IN"
        " (SELECT subject FROM central_head WHERE feed = ?)",
        (feed, feed),
    )


def drop_feed(connection: sa.Connection, name: str) -> tuple[bytes, ...]:
    """Stop reading a feed; the subjects that were held of it."""
    held = connection.exec_driver_sql("SELECT subject FROM central_head WHERE feed = ?", (name,)).scalars().all()
    connection.exec_driver_sql("DELETE FROM central_head WHERE feed = ?", (name,))
    connection.exec_driver_sql("DELETE FROM central_feed WHERE name = ?", (name,))
    return tuple(held)


def head_of(connection: sa.Connection, subject: bytes) -> bytes | None:
    """The version that the server has as the head of a record, as far as was read."""
    query = "SELECT version FROM central_head WHERE subject = ? ORDER BY rid DESC LIMIT 1"
    return connection.exec_driver_sql(query, (subject,)).scalar()


def put_head(connection: sa.Connection, feed: str, subject: bytes, version: bytes) -> bytes | None:
    """Another head of a record in a feed; the one it takes the place of."""
    before = connection.exec_driver_sql(
        "SELECT version FROM central_head WHERE feed = ? AND subject = ?", (feed, subject)
    ).scalar()
    connection.exec_driver_sql(
        "INSERT INTO central_head(feed, subject, version) VALUES(?, ?, ?)"
        " ON CONFLICT(feed, subject) DO UPDATE SET version = excluded.version",
        (feed, subject, version),
    )
    return before


def drop_head(connection: sa.Connection, feed: str, subject: bytes) -> bytes | None:
    """A record is no longer in a feed; the head it had there."""
    before = connection.exec_driver_sql(
        "SELECT version FROM central_head WHERE feed = ? AND subject = ?", (feed, subject)
    ).scalar()
    connection.exec_driver_sql("DELETE FROM central_head WHERE feed = ? AND subject = ?", (feed, subject))
    return before


def heads(connection: sa.Connection, feed: str) -> list[tuple[bytes, bytes]]:
    """Subject and version of every live head of a feed."""
    rows = connection.exec_driver_sql("SELECT subject, version FROM central_head WHERE feed = ?", (feed,))
    return [(subject, version) for subject, version in rows]
