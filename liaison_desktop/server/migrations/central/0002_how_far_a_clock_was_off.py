"""How far the clock of a laptop was off when a line was written, and at its last hello"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """How far the clock of a laptop was off when a line was written, and at its last hello"""
    for table in ("line", "device"):
        op.add_column(table, sa.Column("skew_ms", BIG, nullable=False, server_default="0"))
