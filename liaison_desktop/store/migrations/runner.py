"""Runs Alembic revisions so that a store is either as it was or wholly as it should be.

Alembic's own way loses data here: batch mode drops triggers without a word, and with foreign keys on it empties child
tables. So: a copy first, foreign keys off outside the transaction, one BEGIN IMMEDIATE, triggers put back, checks.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError

from liaison_desktop.errors import Damaged, TooNew
from liaison_desktop.store.engine import copy_into

HERE = Path(__file__).parent
_TRIGGERS = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"


def scripts(name: str, folder: Path = HERE) -> ScriptDirectory:
    """The revisions of a workspace's store."""
    return ScriptDirectory(str(folder), version_locations=[str(folder / name)])


def migrate(engine: sa.Engine, name: str, path: Path, folder: Path = HERE) -> str:
    """Bring a store to the newest form; what was done, such as `0001 to 0002`, or an empty string.

    Raises TooNew if a newer application wrote the store; then nothing was changed. `folder` holds the revisions of
    all workspaces.
    """
    script = scripts(name, folder)
    with engine.connect() as connection:
        now = MigrationContext.configure(connection).get_current_revision()
    newest = script.get_current_head()
    if now == newest:
        return ""
    if now is not None:
        _require_known(script, now)
        _copy(engine, path.with_name(f"{path.stem}.before-{newest}.db"))
    _upgrade(engine, script)
    return f"{now or 'nothing'} to {newest}"


def _require_known(script: ScriptDirectory, revision: str) -> None:
    try:
        script.get_revision(revision)
    except CommandError as error:
        raise TooNew(
            "This store was written by a newer version. Update the application; nothing was changed."
        ) from error


def _copy(engine: sa.Engine, target: Path) -> None:
    """The store as it is, encrypted under the same key, before anything is changed."""
    target.unlink(missing_ok=True)
    with engine.connect() as connection:
        copy_into(connection.connection.driver_connection, target)


def _upgrade(engine: sa.Engine, script: ScriptDirectory) -> None:
    with engine.execution_options(writing=True).connect() as connection:
        raw: Any = connection.connection.driver_connection
        raw.execute("PRAGMA foreign_keys = OFF")  # inside a transaction this would do nothing
        try:
            with connection.begin():
                before = connection.exec_driver_sql(_TRIGGERS).all()
                run_revisions(connection, script)
                _put_triggers_back(connection, [(row[0], row[1]) for row in before])
                if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                    raise Damaged("The update could not be completed; the store is as it was.")
        finally:
            raw.execute("PRAGMA foreign_keys = ON")


def run_revisions(connection: sa.Connection, script: ScriptDirectory) -> None:
    """Run what is not yet run, in the caller's transaction."""

    def steps(revision: Any, _context: Any) -> Any:
        return script._upgrade_revs("head", revision)

    context = MigrationContext.configure(connection, opts={"fn": steps, "transactional_ddl": True})
    with Operations.context(context):
        context.run_migrations()


def _put_triggers_back(connection: sa.Connection, before: list[tuple[str, str]]) -> None:
    now = {row[0] for row in connection.exec_driver_sql(_TRIGGERS)}
    for name, statement in before:
        if name not in now:
            connection.exec_driver_sql(statement)
