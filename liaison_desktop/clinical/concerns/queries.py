"""Reading concerns: those of a patient, of an episode, and those that wait for an answer."""

from __future__ import annotations

import uuid

import sqlalchemy as sa

from liaison_desktop.clinical.concerns.record import Concern, ConcernState
from liaison_desktop.store import Store

_SETTLED = (ConcernState.CLOSED.value, ConcernState.HANDED_OVER.value)
_OPEN = tuple(state.value for state in ConcernState if state.value not in _SETTLED)


def _read(store: Store, query: sa.Select[tuple[object, ...]]) -> tuple[Concern, ...]:
    with store.reading() as connection:
        return tuple(store.load(Concern, row) for row in connection.execute(query).mappings())


def concerns_of(store: Store, patient: uuid.UUID) -> tuple[Concern, ...]:
    """The concerns of one patient, newest first."""
    table = store.table(Concern)
    return _read(store, sa.select(table).where(table.c.patient == patient).order_by(table.c.rid.desc()))


def open_concerns(
    store: Store, *, patient: uuid.UUID | None = None, episode: uuid.UUID | None = None, most: int = 200
) -> tuple[Concern, ...]:
    """Concerns that are neither closed by the patient nor handed over (V47), the first due at the top.

    With an episode those of its patient that name no episode count too: a worry told before it belongs to it as well.
    """
    table = store.table(Concern)
    query = sa.select(table).where(table.c.state.in_(_OPEN))
    if patient is not None:
        query = query.where(table.c.patient == patient)
    if episode is not None:
        of_it = table.c.episode == episode
        query = query.where(sa.or_(of_it, table.c.episode.is_(None)) if patient is not None else of_it)
    return _read(store, query.order_by(table.c.due_at.is_(None), table.c.due_at, table.c.rid).limit(most))


def concerns_from(store: Store, about: uuid.UUID) -> tuple[Concern, ...]:
    """The concerns that arose from this record, open or not, newest first."""
    table = store.table(Concern)
    return _read(store, sa.select(table).where(table.c.about == about).order_by(table.c.rid.desc()))


def count_open(store: Store) -> int:
    """How many concerns are open."""
    table = store.table(Concern)
    query = sa.select(sa.func.count()).select_from(table).where(table.c.state.in_(_OPEN))
    with store.reading() as connection:
        return connection.execute(query).scalar_one()
