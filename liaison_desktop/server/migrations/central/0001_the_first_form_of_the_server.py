"""The first form of the server's database"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """The first form of the server's database"""
    op.create_table('backup',
    sa.Column('id', sa.LargeBinary(), autoincrement=False, nullable=False),
    sa.Column('at', sa.Text(), autoincrement=False, nullable=False),
    sa.Column('name', sa.Text(), autoincrement=False, nullable=False),
    sa.PrimaryKeyConstraint('id'),
    sqlite_strict=True
    )
    op.create_table('chain',
    sa.Column('device', sa.LargeBinary(), autoincrement=False, nullable=False),
    sa.Column('incarnation', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('parent', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('base', BIG, autoincrement=False, nullable=False),
    sa.Column('acked', BIG, autoincrement=False, nullable=False),
    sa.Column('durable', BIG, autoincrement=False, nullable=False),
    sa.Column('hash', sa.LargeBinary(), autoincrement=False, nullable=False),
    sa.Column('signature', sa.Text(), autoincrement=False, nullable=False),
    sa.PrimaryKeyConstraint('device', 'incarnation'),
    sqlite_strict=True
    )
    op.create_table('code',
    sa.Column('selector', sa.LargeBinary(), autoincrement=False, nullable=False),
    sa.Column('hash', sa.LargeBinary(), autoincrement=False, nullable=False),
    sa.Column('organisation', sa.LargeBinary(), autoincrement=False, nullable=False),
    sa.Column('person', sa.LargeBinary(), autoincrement=False, nullable=False),
    sa.Column('workspace', sa.Text(), autoincrement=False, nullable=False),
    sa.Column('expires', sa.Text(), autoincrement=False, nullable=False),
    sa.Column('tries', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('used', sa.Text(), autoincrement=False, nullable=True),
    sa.PrimaryKeyConstraint('selector'),
    sqlite_strict=True
    )
    op.create_table('conflict',
    sa.Column('id', sa.LargeBinary(), autoincrement=False, nullable=False),
    sa.Column('organisation', sa.LargeBinary(), autoincrement=False, nullable=False),
    sa.Column('subject', sa.LargeBinary(), autoincrement=False, nullable=False),
    sa.Column('head', sa.LargeBinary(), autoincrement=False, nullable=False),
    sa.Column('side', sa.LargeBinary(), autoincrement=False, nullable=False),
    sa.Column('base', sa.LargeBinary(), autoincrement=False, nullable=True),
    sa.Column('kind', sa.Text(), autoincrement=False, nullable=False),
    sa.Column('fields', sa.Text(), autoincrement=False, nullable=False),
    sa.Column('state', sa.Text(), autoincrement=False, nullable=False),
    sa.Column('closed_by', sa.LargeBinary(), autoincrement=False, nullable=True),
    sa.PrimaryKeyConstraint('id'),
    sqlite_strict=True
    )
    op.create_index('ix_conflict_subject', 'conflict', ['subject'], unique=False)
    op.create_table('device',
    sa.Column('id', sa.LargeBinary(), autoincrement=False, nullable=False),
    sa.Column('organisation', sa.LargeBinary(), autoincrement=False, nullable=False),
    sa.Column('person', sa.LargeBinary(), autoincrement=False, nullable=False),
    sa.Column('journal', sa.LargeBinary(), autoincrement=False, nullable=False),
    sa.Column('workspace', sa.Text(), autoincrement=False, nullable=False),
    sa.Column('key', sa.Text(), autoincrement=False, nullable=False),
    sa.Column('name', sa.Text(), autoincrement=False, nullable=False),
    sa.Column('app', sa.Text(), autoincrement=False, nullable=False),
    sa.Column('os', sa.Text(), autoincrement=False, nullable=False),
    sa.Column('state', sa.Text(), autoincrement=False, nullable=False),
    sa.Column('enrolled', sa.Text(), autoincrement=False, nullable=False),
    sa.Column('seen', sa.Text(), autoincrement=False, nullable=False),
    sa.Column('outbox', sa.Text(), autoincrement=False, nullable=False),
    sa.Column('lease_until', sa.Text(), autoincrement=False, nullable=False),
    sa.Column('incarnation', sa.Integer(), autoincrement=False, nullable=False),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('organisation', 'workspace', 'journal'),
    sqlite_strict=True
    )
    op.create_table('device_order',
    sa.Column('id', sa.LargeBinary(), autoincrement=False, nullable=False),
    sa.Column('device', sa.LargeBinary(), autoincrement=False, nullable=False),
    sa.Column('act', sa.Text(), autoincrement=False, nullable=False),
    sa.Column('at', sa.Text(), autoincrement=False, nullable=False),
    sa.Column('signature', sa.Text(), autoincrement=False, nullable=False),
    sa.Column('asked_by', sa.Text(), autoincrement=False, nullable=False),
    sa.Column('confirmed_by', sa.Text(), autoincrement=False, nullable=True),
    sa.Column('fetched', sa.Text(), autoincrement=False, nullable=True),
    sa.Column('done', sa.Text(), autoincrement=False, nullable=True),
    sa.PrimaryKeyConstraint('id'),
    sqlite_strict=True
    )
    op.create_index('ix_device_order_device', 'device_order', ['device'], unique=False)
    op.create_table('entry',
    sa.Column('feed', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('seq', BIG, autoincrement=False, nullable=False),
    sa.Column('change', sa.Text(), autoincrement=False, nullable=False),
    sa.Column('at', sa.Text(), autoincrement=False, nullable=False),
    sa.Column('subject', sa.LargeBinary(), autoincrement=False, nullable=False),
    sa.Column('version', sa.LargeBinary(), autoincrement=False, nullable=True),
    sa.Column('conflict', sa.LargeBinary(), autoincrement=False, nullable=True),
    sa.PrimaryKeyConstraint('feed', 'seq'),
    sqlite_strict=True
    )
    op.create_index('ix_entry_subject', 'entry', ['subject'], unique=False)
    op.create_table('feed',
    sa.Column('id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('organisation', sa.LargeBinary(), autoincrement=False, nullable=False),
    sa.Column('workspace', sa.Text(), autoincrement=False, nullable=False),
    sa.Column('name', sa.Text(), autoincrement=False, nullable=False),
    sa.Column('digest', sa.Text(), autoincrement=False, nullable=False),
    sa.Column('head', BIG, autoincrement=False, nullable=False),
    sa.Column('floor', BIG, autoincrement=False, nullable=False),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('organisation', 'name'),
    sqlite_strict=True
    )
    op.create_table('file',
    sa.Column('organisation', sa.LargeBinary(), autoincrement=False, nullable=False),
    sa.Column('sha256', sa.LargeBinary(), autoincrement=False, nullable=False),
    sa.Column('size', BIG, autoincrement=False, nullable=False),
    sa.Column('pieces', sa.LargeBinary(), autoincrement=False, nullable=False),
    sa.Column('complete', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('at', sa.Text(), autoincrement=False, nullable=False),
    sa.PrimaryKeyConstraint('organisation', 'sha256'),
    sqlite_strict=True
    )
    op.create_table('file_use',
    sa.Column('organisation', sa.LargeBinary(), autoincrement=False, nullable=False),
    sa.Column('sha256', sa.LargeBinary(), autoincrement=False, nullable=False),
    sa.Column('subject', sa.LargeBinary(), autoincrement=False, nullable=False),
    sa.PrimaryKeyConstraint('organisation', 'sha256', 'subject'),
    sqlite_strict=True
    )
    op.create_table('line',
    sa.Column('device', sa.LargeBinary(), autoincrement=False, nullable=False),
    sa.Column('incarnation', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('number', BIG, autoincrement=False, nullable=False),
    sa.Column('organisation', sa.LargeBinary(), autoincrement=False, nullable=False),
    sa.Column('journal', sa.LargeBinary(), autoincrement=False, nullable=False),
    sa.Column('version', sa.LargeBinary(), autoincrement=False, nullable=False),
    sa.Column('made', sa.LargeBinary(), autoincrement=False, nullable=True),
    sa.Column('parents', sa.LargeBinary(), autoincrement=False, nullable=False),
    sa.Column('act', sa.Text(), autoincrement=False, nullable=False),
    sa.Column('kind', sa.Text(), autoincrement=False, nullable=False),
    sa.Column('subject', sa.LargeBinary(), autoincrement=False, nullable=True),
    sa.Column('actor', sa.LargeBinary(), autoincrement=False, nullable=False),
    sa.Column('actor_name', sa.Text(), autoincrement=False, nullable=False),
    sa.Column('at', sa.Text(), autoincrement=False, nullable=False),
    sa.Column('received', sa.Text(), autoincrement=False, nullable=False),
    sa.Column('reason', sa.Text(), autoincrement=False, nullable=False),
    sa.Column('schema', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('body', sa.LargeBinary(), autoincrement=False, nullable=True),
    sa.Column('content_hash', sa.LargeBinary(), autoincrement=False, nullable=False),
    sa.Column('previous', sa.LargeBinary(), autoincrement=False, nullable=False),
    sa.Column('hash', sa.LargeBinary(), autoincrement=False, nullable=False),
    sa.Column('files', sa.Text(), autoincrement=False, nullable=False),
    sa.Column('outcome', sa.Text(), autoincrement=False, nullable=False),
    sa.Column('code', sa.Text(), autoincrement=False, nullable=False),
    sa.Column('detail', sa.Text(), autoincrement=False, nullable=False),
    sa.Column('result', sa.Text(), autoincrement=False, nullable=False),
    sa.PrimaryKeyConstraint('device', 'incarnation', 'number'),
    sa.UniqueConstraint('made'),
    sqlite_strict=True
    )
    op.create_index('ix_line_subject', 'line', ['subject'], unique=False)
    op.create_table('membership',
    sa.Column('id', sa.LargeBinary(), autoincrement=False, nullable=False),
    sa.Column('person', sa.LargeBinary(), autoincrement=False, nullable=False),
    sa.Column('unit', sa.LargeBinary(), autoincrement=False, nullable=False),
    sa.Column('since', sa.Text(), autoincrement=False, nullable=False),
    sa.Column('until', sa.Text(), autoincrement=False, nullable=True),
    sa.PrimaryKeyConstraint('id'),
    sqlite_strict=True
    )
    op.create_index('ix_membership_person', 'membership', ['person'], unique=False)
    op.create_table('meta',
    sa.Column('name', sa.Text(), autoincrement=False, nullable=False),
    sa.Column('value', sa.Text(), autoincrement=False, nullable=False),
    sa.PrimaryKeyConstraint('name'),
    sqlite_strict=True
    )
    op.create_table('organisation',
    sa.Column('id', sa.LargeBinary(), autoincrement=False, nullable=False),
    sa.Column('name', sa.Text(), autoincrement=False, nullable=False),
    sa.Column('server_key', sa.Text(), autoincrement=False, nullable=False),
    sa.Column('checkpoint_day', sa.Text(), autoincrement=False, nullable=False),
    sa.Column('journal', sa.LargeBinary(), autoincrement=False, nullable=False),
    sa.Column('number', BIG, autoincrement=False, nullable=False),
    sa.Column('hash', sa.LargeBinary(), autoincrement=False, nullable=False),
    sa.Column('lease_days', sa.Integer(), autoincrement=False, nullable=False),
    sa.PrimaryKeyConstraint('id'),
    sqlite_strict=True
    )
    op.create_table('person',
    sa.Column('id', sa.LargeBinary(), autoincrement=False, nullable=False),
    sa.Column('organisation', sa.LargeBinary(), autoincrement=False, nullable=False),
    sa.Column('name', sa.Text(), autoincrement=False, nullable=False),
    sa.Column('role', sa.Text(), autoincrement=False, nullable=False),
    sa.Column('state', sa.Text(), autoincrement=False, nullable=False),
    sa.Column('since', sa.Text(), autoincrement=False, nullable=False),
    sa.PrimaryKeyConstraint('id'),
    sqlite_strict=True
    )
    op.create_table('piece',
    sa.Column('organisation', sa.LargeBinary(), autoincrement=False, nullable=False),
    sa.Column('sha256', sa.LargeBinary(), autoincrement=False, nullable=False),
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('content', sa.LargeBinary(), autoincrement=False, nullable=False),
    sa.PrimaryKeyConstraint('organisation', 'sha256', 'number'),
    sqlite_strict=True
    )
    op.create_table('record',
    sa.Column('organisation', sa.LargeBinary(), autoincrement=False, nullable=False),
    sa.Column('subject', sa.LargeBinary(), autoincrement=False, nullable=False),
    sa.Column('workspace', sa.Text(), autoincrement=False, nullable=False),
    sa.Column('kind', sa.Text(), autoincrement=False, nullable=False),
    sa.Column('state', sa.Text(), autoincrement=False, nullable=False),
    sa.Column('head', sa.LargeBinary(), autoincrement=False, nullable=False),
    sa.Column('feed', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('owner', sa.LargeBinary(), autoincrement=False, nullable=False),
    sa.PrimaryKeyConstraint('organisation', 'subject'),
    sqlite_strict=True
    )
    op.create_index('ix_record_feed', 'record', ['feed'], unique=False)
    op.create_table('token',
    sa.Column('hash', sa.LargeBinary(), autoincrement=False, nullable=False),
    sa.Column('device', sa.LargeBinary(), autoincrement=False, nullable=False),
    sa.Column('nonce', sa.Text(), autoincrement=False, nullable=False),
    sa.Column('expires', sa.Text(), autoincrement=False, nullable=False),
    sa.PrimaryKeyConstraint('hash'),
    sa.UniqueConstraint('nonce'),
    sqlite_strict=True
    )
    op.create_index('ix_token_device', 'token', ['device'], unique=False)
    op.create_table('unit',
    sa.Column('id', sa.LargeBinary(), autoincrement=False, nullable=False),
    sa.Column('organisation', sa.LargeBinary(), autoincrement=False, nullable=False),
    sa.Column('workspace', sa.Text(), autoincrement=False, nullable=False),
    sa.Column('name', sa.Text(), autoincrement=False, nullable=False),
    sa.PrimaryKeyConstraint('id'),
    sqlite_strict=True
    )
