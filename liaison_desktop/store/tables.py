"""Records as tables: one column a field, derived from the record's own declaration."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

import sqlalchemy as sa

from liaison_desktop.records import Record, fields_of
from liaison_desktop.store import attachments, device_keys, drafts, journal, search
from liaison_desktop.store.central import tables as central
from liaison_desktop.store.columns import column_type, column_value, readers_of
from liaison_desktop.store.parties import Schema

R = TypeVar("R", bound=Record)


def metadata_of(schema: Schema) -> sa.MetaData:
    """Every table of a store: the current rows of each kind, and the journal, drafts, keys, search entries and files."""
    metadata = sa.MetaData()
    for kind in schema.kinds:
        _table_for(kind, metadata)
    own = (journal.declare, drafts.declare, device_keys.declare, search.declare, attachments.declare, central.declare)
    for declare in own:
        declare(metadata)
    return metadata


def _table_for(kind: type[Record], metadata: sa.MetaData) -> sa.Table:
    columns = [sa.Column("rid", sa.Integer, primary_key=True)]
    for spec in fields_of(kind):
        # Every saved row has a version, though a record that was never saved has none.
        nullable = spec.optional and spec.name != "version"
        columns.append(sa.Column(spec.name, column_type(spec), nullable=nullable, unique=spec.name == "id" or None))
    indexes = [sa.Index(f"ix_{kind.kind}_{'_'.join(names)}", *names) for names in kind.indexes]
    return sa.Table(kind.kind, metadata, *columns, *indexes, sqlite_strict=True)


def to_row(record: Record) -> dict[str, Any]:
    """A record as column values."""
    return {spec.name: column_value(spec, getattr(record, spec.name)) for spec in fields_of(type(record))}


def insert_row(connection: sa.Connection, table: sa.Table, record: Record) -> None:
    """Put a new row in. Values go beside the statement, not into it: it is then compiled once, not for each row."""
    connection.execute(sa.insert(table), to_row(record))


def update_row(connection: sa.Connection, table: sa.Table, record: Record) -> int:
    """Put a record in the place of its row; how many there were, 0 or 1."""
    query = sa.update(table).where(table.c.id == sa.bindparam("of"))
    return connection.execute(query, to_row(record) | {"of": record.id}).rowcount


def from_row(kind: type[R], row: Mapping[str, Any] | sa.RowMapping) -> R:
    """Column values as a record."""
    # Not `dict(row)`, which asks a row for each of its columns by name: it is what long lists wait for.
    held = dict(zip(row.keys(), row.values(), strict=True))
    values = {}
    for name, read in readers_of(kind):
        value = held[name]
        values[name] = value if read is None or value is None else read(value)
    return kind(**values)
