"""Reading tasks: whose they are, what is due first, and what a rule has asked for already."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import sqlalchemy as sa

from liaison_desktop.store import Store
from liaison_desktop.tasks.record import ENDED, OPEN, Task

_OPEN = tuple(sorted(state.value for state in OPEN))
_ENDED = tuple(sorted(state.value for state in ENDED))


def _is_open(table: sa.Table) -> sa.ColumnElement[bool]:
    return table.c.state.in_(_OPEN)


def _mine(store: Store, table: sa.Table) -> sa.ColumnElement[bool]:
    # A name alone counts where nobody's id stands beside it, such as a task that came by hand-over.
    named = sa.and_(table.c.owner_id.is_(None), table.c.owner == store.actor.name)
    return sa.or_(table.c.owner_id.is_not_distinct_from(store.actor.id), named)


def _read(store: Store, query: sa.Select[tuple[object, ...]]) -> tuple[Task, ...]:
    with store.reading() as connection:
        return tuple(store.load(Task, row) for row in connection.execute(query).mappings())


def _by_due(query: sa.Select[tuple[object, ...]], table: sa.Table) -> sa.Select[tuple[object, ...]]:
    return query.order_by(table.c.due_at.is_(None), table.c.due_at, table.c.rid)


def open_tasks(
    store: Store, *, mine: bool | None = None, due_before: dt.datetime | None = None, most: int = 500
) -> tuple[Task, ...]:
    """Open tasks, what is due first at the top; `mine` true or false keeps to those of whoever works, or of others."""
    table = store.table(Task)
    query = _open(store, sa.select(table), mine, due_before)
    return _read(store, _by_due(query, table).limit(most))


def count_open(
    store: Store, *, mine: bool | None = None, due_before: dt.datetime | None = None, most: int = 500
) -> int:
    """How many open tasks `open_tasks` gives."""
    found = _open(store, sa.select(store.table(Task).c.rid), mine, due_before).limit(most).subquery()
    with store.reading() as connection:
        return connection.execute(sa.select(sa.func.count()).select_from(found)).scalar_one()


def _open(store: Store, query: Any, mine: bool | None, due_before: dt.datetime | None) -> Any:
    table = store.table(Task)
    query = query.where(_is_open(table))
    if mine is not None:
        query = query.where(_mine(store, table) if mine else sa.not_(_mine(store, table)))
    return query if due_before is None else query.where(table.c.due_at < due_before)


def ended_tasks(store: Store, most: int = 200) -> tuple[Task, ...]:
    """Tasks that ended, the newest first."""
    table = store.table(Task)
    query = sa.select(table).where(table.c.state.in_(_ENDED)).order_by(table.c.ended_at.desc(), table.c.rid.desc())
    return _read(store, query.limit(most))


def tasks_for(
    store: Store, *, subject: uuid.UUID | None = None, episode: uuid.UUID | None = None, ended: bool = False
) -> tuple[Task, ...]:
    """The tasks for one person, or of one episode, what is due first at the top; the ended ones too if asked."""
    table = store.table(Task)
    query = sa.select(table)
    if subject is not None:
        query = query.where(table.c.subject == subject)
    if episode is not None:
        query = query.where(table.c.episode == episode)
    if not ended:
        query = query.where(_is_open(table))
    return _read(store, _by_due(query, table))


def tasks_about(store: Store, about: uuid.UUID, *, ended: bool = False) -> tuple[Task, ...]:
    """The tasks about one record, what is due first at the top; the ended ones too if asked."""
    table = store.table(Task)
    query = sa.select(table).where(table.c.about == about)
    if not ended:
        query = query.where(_is_open(table))
    return _read(store, _by_due(query, table))


def asked_already(
    store: Store, rule: str, what: str, *, about: uuid.UUID | None, subject: uuid.UUID | None
) -> Task | None:
    """The open task that this rule made with these words about this record or person, if there is one."""
    table = store.table(Task)
    query = sa.select(table).where(
        _is_open(table),
        table.c.rule == rule,
        table.c.what == what,
        table.c.about == about if about is not None else table.c.about.is_(None),
        table.c.subject == subject if subject is not None else table.c.subject.is_(None),
    )
    return next(iter(_read(store, query.limit(1))), None)


def count_mine(store: Store) -> int:
    """How many open tasks wait for whoever works here."""
    table = store.table(Task)
    query = sa.select(sa.func.count()).select_from(table).where(_is_open(table), _mine(store, table))
    with store.reading() as connection:
        return connection.execute(query).scalar_one()
