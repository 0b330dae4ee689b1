"""The current rows, made again from the journal: the proof that the journal is the whole truth, and a repair."""

from __future__ import annotations

import uuid

import sqlalchemy as sa

from liaison_desktop.records import Record, from_bytes
from liaison_desktop.store import journal, search
from liaison_desktop.store.journal import Act
from liaison_desktop.store.tables import to_row


def current_from_journal(connection: sa.Connection, kinds: dict[str, type[Record]]) -> dict[uuid.UUID, Record]:
    """The newest version of every record that was not removed, read from the journal alone."""
    current: dict[uuid.UUID, Record] = {}
    for line in journal.history(connection, "WHERE act IN ('saved', 'removed')"):
        if line.subject is None:
            continue
        if line.act == Act.REMOVED:
            current.pop(line.subject, None)
        elif line.kind in kinds:
            current[line.subject] = from_bytes(kinds[line.kind], line.content)  # its own version is in it
    return current


def rebuild(connection: sa.Connection, tables: dict[type[Record], sa.Table]) -> int:
    """Replace every current row and search entry by what the journal says, in the caller's transaction; how many."""
    current = current_from_journal(connection, {kind.kind: kind for kind in tables})
    for table in tables.values():
        connection.execute(sa.delete(table))
    connection.exec_driver_sql("DELETE FROM search_entry")
    for record in current.values():
        connection.execute(sa.insert(tables[type(record)]).values(to_row(record)))
        search.put(connection, record)
    return len(current)
