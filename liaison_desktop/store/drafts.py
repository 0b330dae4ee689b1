"""What is being typed: durable at once, outside the journal, back on the same field after a crash."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import sqlalchemy as sa

from liaison_desktop.records.moments import moment_text


def declare(metadata: sa.MetaData) -> sa.Table:
    """The table of drafts."""
    return sa.Table(
        "draft",
        metadata,
        sa.Column("rid", sa.Integer, primary_key=True),
        sa.Column("key", sa.Text, nullable=False, unique=True),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sqlite_strict=True,
    )


class Drafts:
    """The drafts of a store, by key, such as `visit/<id>` or `visit/new`. A `put` that returned is on disk."""

    def __init__(self, engine: sa.Engine, clock: Callable[[], dt.datetime]) -> None:
        self._writing = engine.execution_options(writing=True)
        self._engine = engine
        self._clock = clock

    def put(self, key: str, content: bytes) -> None:
        """Keep this content under this key, in place of what was there."""
        with self._writing.begin() as connection:
            connection.exec_driver_sql(
                "INSERT INTO draft(key, content, at) VALUES(?, ?, ?)"
                " ON CONFLICT(key) DO UPDATE SET content = excluded.content, at = excluded.at",
                (key, content, moment_text(self._clock())),
            )

    def get(self, key: str) -> bytes | None:
        """The content kept under this key, or None."""
        with self._engine.connect() as connection:
            found = connection.exec_driver_sql("SELECT content FROM draft WHERE key = ?", (key,)).scalar()
        return found if isinstance(found, bytes) else None

    def drop(self, key: str) -> None:
        """Forget this draft, usually because what it held was saved."""
        with self._writing.begin() as connection:
            connection.exec_driver_sql("DELETE FROM draft WHERE key = ?", (key,))

    def keys(self, prefix: str = "") -> tuple[str, ...]:
        """The keys that begin so, newest first."""
        with self._engine.connect() as connection:
            rows = connection.exec_driver_sql(
                "SELECT key FROM draft WHERE substr(key, 1, ?) = ? ORDER BY at DESC, rid DESC", (len(prefix), prefix)
            )
            return tuple(row[0] for row in rows)
