"""How the server's database gets to this version's form: Alembic revisions in `central/`, run as the store runs its own."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic.runtime.migration import MigrationContext

from liaison_desktop.errors import TooNew
from liaison_desktop.store.migrations import runner

HERE = Path(__file__).parent
NAME = "central"
_TURN = 0x4C6961  # one process at a time; the rest wait and find the work done


def migrate(engine: sa.Engine, path: Path) -> str:
    """Bring the database to the newest form; what was done, such as `0001 to 0002`, or an empty string.

    Raises TooNew if a newer version made it; then nothing was changed. `path` is where an SQLite file lies.
    """
    if engine.dialect.name == "sqlite":
        return runner.migrate(engine, NAME, path, HERE)
    script = runner.scripts(NAME, HERE)
    newest = script.get_current_head()
    with engine.begin() as connection:
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_TURN)))
        now = MigrationContext.configure(connection).get_current_revision()
        if now == newest:
            return ""
        if now is not None and now not in {revision.revision for revision in script.walk_revisions()}:
            raise TooNew("This database was made by a newer version. Update the server; nothing was changed.")
        runner.run_revisions(connection, script)
    return f"{now or 'nothing'} to {newest}"
