"""Running every migration gives exactly the store that the records declare: a changed record needs its revision."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import pytest
import sqlalchemy as sa

from liaison_desktop.clinical.workspace import SCHEMA as CLINICAL
from liaison_desktop.msl.workspace import SCHEMA as MSL
from liaison_desktop.records import Field, Record
from liaison_desktop.store import Schema, Store
from liaison_desktop.store.tables import metadata_of
from tests import builders
from tests.fakes import Clock
from tests.house.reading import PACKAGE

BOTH = pytest.mark.parametrize("schema", [MSL, CLINICAL], ids=lambda schema: schema.name)


def shape(connection: sa.Connection) -> Iterator[str]:
    """The tables, columns and indexes of a store, one line each."""
    skip = "name NOT LIKE 'search_index%' AND name NOT LIKE 'sqlite_%' AND name <> 'alembic_version'"
    tables = connection.exec_driver_sql(f"SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND {skip}").all()
    for name, sql in tables:
        yield f"{name} {'strict' if sql.rstrip().upper().endswith('STRICT') else 'lax'}"
        for column in connection.exec_driver_sql(f'SELECT * FROM pragma_table_xinfo("{name}")').mappings():
            needed = "needed" if column["notnull"] else "may be empty"
            # A value for the rows that were there when a column came is no part of the shape: every save names them all.
            yield f"{name}.{column['name']} {column['type']} {needed} key={column['pk']}"
        for index in connection.exec_driver_sql(f'SELECT * FROM pragma_index_list("{name}")').mappings():
            # An index that a UNIQUE constraint made has a name of SQLite's own, so its columns stand for it.
            of = connection.exec_driver_sql(f'SELECT name FROM pragma_index_info("{index["name"]}")').scalars().all()
            called = "" if index["name"].startswith("sqlite_autoindex") else index["name"]
            yield f"{name} index {called} on {','.join(map(str, of))} unique={index['unique']}"


def declared(schema: Schema) -> set[str]:
    """The shape of a store made straight from the records."""
    engine = sa.create_engine("sqlite://")
    with engine.begin() as connection:
        metadata_of(schema).create_all(connection)
        return set(shape(connection))


@BOTH
def test_migrations_build_what_the_records_declare(schema: Schema, tmp_path: Path, clock: Clock) -> None:
    store = builders.a_store(tmp_path, schema, clock)
    with store.reading() as connection:
        built = set(shape(connection))
    store.close()
    wanted = declared(schema)
    assert built == wanted, (
        f"write the revision: python3 packaging/dev.py revision {schema.name} 'what changed'\n"
        f"declared only: {sorted(wanted - built)}\nbuilt only: {sorted(built - wanted)}"
    )


def test_a_field_without_its_revision_is_caught(tmp_path: Path, clock: Clock) -> None:
    first: Any = MSL.kinds[0]

    class Added(first, frozen=True, kw_only=True):  # type: ignore[misc, call-arg]
        """The first kind with one more field."""

        shoe_size: Annotated[int | None, Field("Shoe size")] = None

    changed = Schema(name="msl", kinds=(Added, *MSL.kinds[1:]))
    assert declared(changed) - declared(MSL) == {f"{Added.kind}.shoe_size INTEGER may be empty key=0"}


def test_a_kind_without_its_revision_is_caught() -> None:
    class Kite(Record, frozen=True, kw_only=True):
        """A new kind."""

        kind = "kite"

    assert any(
        line.startswith("kite ") for line in declared(Schema(name="msl", kinds=(*MSL.kinds, Kite))) - declared(MSL)
    )


@BOTH
def test_revisions_stand_in_one_line(schema: Schema) -> None:
    found: dict[str, Any] = {}
    for path in sorted((PACKAGE / "store" / "migrations" / schema.name).glob("0*.py")):
        assert path.stem.replace("_", "").isalnum(), path.name
        named = {
            node.targets[0].id: ast.literal_eval(node.value)
            for node in ast.parse(path.read_text(encoding="utf-8")).body
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
        }
        assert path.name.startswith(named["revision"])
        found[named["revision"]] = named["down_revision"]
    assert list(found.values()) == [None, *list(found)[:-1]]


@BOTH
def test_opening_a_store_of_today_migrates_nothing(schema: Schema, tmp_path: Path, clock: Clock) -> None:
    builders.a_store(tmp_path, schema, clock).close()
    who = {"actor": builders.an_actor(), "device": builders.a_device(), "clock": clock}
    Store.open(tmp_path, schema, builders.a_key(), **who).close()
    # A migration first makes a copy of the store; there is none.
    assert len(list(tmp_path.rglob("*.db"))) == 1


def _plain(column: dict[str, Any]) -> object:
    """Something that fits a column of a store of the first form."""
    kinds = {"INTEGER": 0, "REAL": 0.0, "BLOB": bytes(16)}
    return kinds.get(column["type"], "[]" if column["name"].endswith("s") else "")


@BOTH
def test_a_store_of_the_first_form_with_rows_in_every_table_is_brought_on(schema: Schema) -> None:
    from alembic.operations import Operations
    from alembic.runtime.migration import MigrationContext

    from liaison_desktop.store.migrations.runner import run_revisions, scripts

    engine = sa.create_engine("sqlite://")
    script = scripts(schema.name)
    with engine.begin() as connection:

        def first(revision: Any, _context: Any) -> Any:
            return script._upgrade_revs("0001", revision)

        context = MigrationContext.configure(connection, opts={"fn": first})
        with Operations.context(context):
            context.run_migrations()
        for kind in schema.kinds:
            columns = connection.exec_driver_sql(f'SELECT * FROM pragma_table_xinfo("{kind.kind}")').mappings().all()
            if not columns:
                continue  # A kind that came later.
            values = {one["name"]: _plain(dict(one)) for one in columns if one["notnull"] and not one["pk"]}
            marks = ", ".join("?" * len(values))
            names = ", ".join(f'"{name}"' for name in values)
            connection.exec_driver_sql(f'INSERT INTO "{kind.kind}"({names}) VALUES({marks})', tuple(values.values()))
        run_revisions(connection, script)
        for kind in schema.kinds:
            assert connection.exec_driver_sql(f'SELECT count(*) FROM "{kind.kind}"').scalar() in (0, 1)
