"""How a store gets from an older form to today's: Alembic revisions in one folder per workspace, run safely.

The revisions name tables, as history must; nothing else in `store` names a kind. `runner.py` runs them, `revise.py`
writes the next one from what the records declare, `common.py` holds what Alembic cannot see: triggers and the index.
"""

from liaison_desktop.store.migrations.runner import migrate

__all__ = ["migrate"]
