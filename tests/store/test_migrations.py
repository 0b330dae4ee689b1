"""The runner: a copy first, triggers and search kept through a table that is made anew, all of it or none of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import sqlalchemy as sa

from liaison_desktop.errors import Damaged
from liaison_desktop.msl.directory.record import Institution
from liaison_desktop.msl.workspace import SCHEMA
from liaison_desktop.store.engine import open_engine
from liaison_desktop.store.migrations.runner import HERE, migrate, scripts
from liaison_desktop.store.store import store_path
from tests import builders
from tests.fakes import Clock

_NEXT = '''"""A later form: the tables of two things are made anew, as Alembic does when a column changes."""

import sqlalchemy as sa
from alembic import op

revision = "9001"
down_revision = "{before}"


def upgrade() -> None:
    with op.batch_alter_table("search_entry", recreate="always") as batch:
        batch.add_column(sa.Column("later", sa.Text(), nullable=True))
    with op.batch_alter_table("journal", recreate="always") as batch:
        batch.add_column(sa.Column("later", sa.Text(), nullable=True))
    {then}
'''


@pytest.fixture
def later(tmp_path: Path) -> Path:
    """A folder of revisions that knows one more than we do."""
    folder = tmp_path / "revisions"
    shutil.copytree(HERE, folder)
    return folder


def write_next(folder: Path, then: str = "") -> None:
    """The revision after the newest."""
    before = scripts("msl").get_current_head()
    (folder / "msl" / "9001_later.py").write_text(_NEXT.format(before=before, then=then), encoding="utf-8")


def filled_store(folder: Path, clock: Clock) -> Path:
    """A store with a few records, closed."""
    store = builders.a_store(folder, SCHEMA, clock)
    for number in range(20):
        store.save(Institution(name=f"Place {number}"))
    store.close()
    return store_path(folder, SCHEMA.name)


def facts(engine: sa.Engine) -> tuple[int, int, tuple[str, ...], int]:
    """Rows, journal lines, triggers, and hits of a search."""
    with engine.connect() as connection:

        def one(statement: str) -> int:
            return int(connection.exec_driver_sql(statement).scalar_one())

        triggers = connection.exec_driver_sql("SELECT name FROM sqlite_schema WHERE type = 'trigger' ORDER BY name")
        return (
            one("SELECT count(*) FROM institution"),
            one("SELECT count(*) FROM journal"),
            tuple(row[0] for row in triggers),
            one("SELECT count(*) FROM search_index WHERE search_index MATCH '\"place\"*'"),
        )


def test_a_migration_keeps_rows_triggers_and_search_and_leaves_a_copy(
    tmp_path: Path, clock: Clock, later: Path
) -> None:
    """Tables made anew lose nothing: the journal is still append-only and the search is still fed."""
    path = filled_store(tmp_path / "stores", clock)
    write_next(later)
    engine = open_engine(path, builders.a_key())
    before = facts(engine)
    assert before[0] == 20
    assert len(before[2]) >= 5
    assert migrate(engine, "msl", path, later).endswith("to 9001")
    assert facts(engine) == before
    with pytest.raises(sa.exc.DBAPIError, match="append-only"), engine.connect() as connection:
        connection.exec_driver_sql("UPDATE journal SET reason = 'x'")
    assert migrate(engine, "msl", path, later) == "", "nothing is left to do"
    engine.dispose()
    copy = open_engine(path.with_name("msl.before-9001.db"), builders.a_key())
    assert facts(copy) == before
    copy.dispose()
    assert not path.with_name("msl.before-9001.db").read_bytes().startswith(b"SQLite format 3")


@pytest.mark.parametrize(
    "then",
    ["raise ValueError('half-way')", "op.execute('INSERT INTO nowhere VALUES (1)')"],
)
def test_a_failed_migration_leaves_the_store_as_it_was(tmp_path: Path, clock: Clock, later: Path, then: str) -> None:
    """The first steps of a revision that fails are undone with it."""
    path = filled_store(tmp_path / "stores", clock)
    write_next(later, then)
    engine = open_engine(path, builders.a_key())
    before = facts(engine)
    with pytest.raises((ValueError, sa.exc.DBAPIError, Damaged)):
        migrate(engine, "msl", path, later)
    assert facts(engine) == before
    with engine.connect() as connection:
        columns = {row[1] for row in connection.exec_driver_sql("PRAGMA table_info(search_entry)")}
    assert "later" not in columns
    engine.dispose()
