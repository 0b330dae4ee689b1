"""Keys of this laptop alone: encrypted as everything in the store, outside the journal, so that they never leave it."""

from __future__ import annotations

import sqlalchemy as sa


def declare(metadata: sa.MetaData) -> sa.Table:
    """The table of this laptop's keys."""
    return sa.Table(
        "device_key",
        metadata,
        sa.Column("rid", sa.Integer, primary_key=True),
        sa.Column("name", sa.Text, nullable=False, unique=True),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sqlite_strict=True,
    )


class DeviceKeys:
    """The keys of this laptop by name, such as `seal`. May be used from any thread. A `put` that returned is on disk."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine, self._writing = engine, engine.execution_options(writing=True)

    def put(self, name: str, content: bytes) -> None:
        """Keep this key under this name, in place of what was there."""
        with self._writing.begin() as connection:
            connection.exec_driver_sql(
                "INSERT INTO device_key(name, content) VALUES(?, ?)"
                " ON CONFLICT(name) DO UPDATE SET content = excluded.content",
                (name, content),
            )

    def get(self, name: str) -> bytes | None:
        """The key of that name, or None."""
        with self._engine.connect() as connection:
            found = connection.exec_driver_sql("SELECT content FROM device_key WHERE name = ?", (name,)).scalar()
        return found if isinstance(found, bytes) else None
