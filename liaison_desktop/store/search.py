"""Full-text search over the titles, facts and searchable fields of records (FTS5, external content)."""

from __future__ import annotations

import re
import uuid

import msgspec
import sqlalchemy as sa

from liaison_desktop.records import Record, fields_of

_WORD = re.compile(r"\w+")


class Hit(msgspec.Struct, frozen=True):
    """One record that was found."""

    kind: str
    id: uuid.UUID
    title: str
    facts: str


def declare(metadata: sa.MetaData) -> sa.Table:
    """The table whose rows the full-text index reads. The index and its triggers: `migrations/common.py`."""
    return sa.Table(
        "search_entry",
        metadata,
        sa.Column("rid", sa.Integer, primary_key=True),
        sa.Column("id", sa.LargeBinary, nullable=False, unique=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("facts", sa.Text, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sqlite_strict=True,
    )


def _words(value: msgspec.Struct) -> list[str]:
    words: list[str] = []
    for spec in fields_of(type(value)):
        held = getattr(value, spec.name)
        for part in held if spec.many else (held,):
            if isinstance(part, msgspec.Struct):
                words.extend(_words(part))
            elif spec.field.search and part is not None:
                words.append(str(part))
    return words


def put(connection: sa.Connection, record: Record) -> None:
    """Index this version of a record in place of the one before."""
    connection.exec_driver_sql(
        "INSERT INTO search_entry(id, kind, title, facts, words) VALUES(?, ?, ?, ?, ?)"
        " ON CONFLICT(id) DO UPDATE SET title = excluded.title, facts = excluded.facts, words = excluded.words",
        (record.id.bytes, record.kind, record.title(), record.facts(), "\n".join(_words(record))),
    )


def drop(connection: sa.Connection, record_id: uuid.UUID) -> None:
    """Take a record out of the index."""
    connection.exec_driver_sql("DELETE FROM search_entry WHERE id = ?", (record_id.bytes,))


def expression(text: str) -> str:
    """What a person typed as an FTS5 expression: every word must occur, the last may be unfinished.

    Each word is quoted, so that no keystroke can be taken for an operator. Empty if no word was typed.
    """
    words = [f'"{word}"' for word in _WORD.findall(text.replace("_", " "))[:12]]
    return " ".join(words) + "*" if words else ""


def find(connection: sa.Connection, text: str, kinds: tuple[str, ...], limit: int) -> tuple[Hit, ...]:
    """The records with these words, newest first; no ranking, because ranking is what makes a short prefix slow."""
    if not (wanted := expression(text)):
        return ()
    marks = ", ".join("?" * len(kinds))
    rows = connection.exec_driver_sql(
        "SELECT e.kind, e.id, e.title, e.facts FROM search_index i JOIN search_entry e ON e.rid = i.rowid"
        f" WHERE search_index MATCH ?{f' AND e.kind IN ({marks})' if kinds else ''}"
        " ORDER BY i.rowid DESC LIMIT ?",
        (wanted, *kinds, limit),
    )
    return tuple(Hit(kind, uuid.UUID(bytes=id_), title, facts) for kind, id_, title, facts in rows)
