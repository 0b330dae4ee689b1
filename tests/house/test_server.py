"""The server knows records, the wire, and how the store opens an encrypted file; and its database is what its tables say."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from liaison_desktop.server.migrations import migrate
from liaison_desktop.server.tables import METADATA
from liaison_desktop.store.engine import open_engine
from tests.house.reading import PACKAGE

PERMITTED = (
    "liaison_desktop.server",
    "liaison_desktop.records",
    "liaison_desktop.sync",
    "liaison_desktop.errors",
    "liaison_desktop.logs",
    "liaison_desktop.paths",
    "liaison_desktop.store.engine",
    "liaison_desktop.store.columns",
    "liaison_desktop.store.migrations",
)
ROOMS_OF_SYNC = {"wire", "merge", "ancestry", "deciding", "signed", "catalogue"}


def imports_of(code: str) -> set[str]:
    """Every module of ours that a file imports, at its top or later."""
    found = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return {name for name in found if name.startswith("liaison_desktop")}


def forbidden(code: str) -> set[str]:
    """What of it the server may not know."""
    found = set()
    for name in imports_of(code):
        sync = name.startswith("liaison_desktop.sync.")
        if (not name.startswith(PERMITTED) and name not in ("liaison_desktop.logs", "liaison_desktop.paths")) or (
            sync and name.split(".")[2] not in ROOMS_OF_SYNC
        ):
            found.add(name)
    return found


def test_the_server_knows_only_what_it_may() -> None:
    for path in sorted((PACKAGE / "server").rglob("*.py")):
        assert not forbidden(path.read_text(encoding="utf-8")), path.name


@pytest.mark.parametrize(
    "crime",
    [
        "from liaison_desktop.store import Store",
        "from liaison_desktop.security.keys import Keys",
        "def late():\n    from liaison_desktop.sync.cataloguing import written",
        "import liaison_desktop.msl.workspace",
    ],
)
def test_a_crime_is_caught(crime: str) -> None:
    assert forbidden(crime)


def test_the_revisions_of_the_server_build_its_tables(tmp_path: Path) -> None:
    path = tmp_path / "central.db"
    engine = open_engine(path, bytearray(32), create=True)
    migrate(engine, path)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
        names = set(sa.inspect(connection).get_table_names()) - {"alembic_version"}
        strict = {row[1] for row in connection.exec_driver_sql("PRAGMA table_list") if row[5]}
    engine.dispose()
    assert names == set(METADATA.tables) == strict - {"alembic_version"}


def test_a_database_of_before_comes_along_and_its_copy_opens(tmp_path: Path) -> None:
    """The copy that is made before a revision has the server's size of pages, which the engine's own way does not keep."""
    from liaison_desktop.server.database import PAGE_BYTES
    from liaison_desktop.server.migrations import HERE, NAME
    from liaison_desktop.store.migrations import runner

    path, key = tmp_path / "central.db", bytearray(32)
    first = tmp_path / "first" / NAME
    first.mkdir(parents=True)
    (first / "0001.py").write_bytes(next((HERE / NAME).glob("0001*.py")).read_bytes())
    (first.parent / "script.py.mako").write_text("")
    engine = open_engine(path, key, create=True, page_bytes=PAGE_BYTES)
    assert runner.migrate(engine, NAME, path, first.parent) == "nothing to 0001"
    newest = runner.scripts(NAME, HERE).get_current_head()
    assert migrate(engine, path) == f"0001 to {newest}"
    engine.dispose()
    copy = open_engine(tmp_path / f"central.before-{newest}.db", key, page_bytes=PAGE_BYTES)
    with copy.connect() as connection:
        assert "skew_ms" not in {column["name"] for column in sa.inspect(connection).get_columns("line")}
    copy.dispose()
