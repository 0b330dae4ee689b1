"""Reading coverages in their order, what was said about them, and what was authorised."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from liaison_desktop.clinical.coverage.record import Authorisation, Coverage, CoverageVerification
from liaison_desktop.clinical.episodes.record import Episode, EpisodeState
from liaison_desktop.store import Store

if TYPE_CHECKING:
    import sqlalchemy as sa

CARED_FOR = (
    EpisodeState.REFERRED,
    EpisodeState.PRE_ADMISSION,
    EpisodeState.ADMITTED,
    EpisodeState.DISCHARGE_PLANNING,
)


def coverages_of(store: Store, patient: uuid.UUID, *, ended: bool = False) -> tuple[Coverage, ...]:
    """The coverages of a patient in the order in which they pay; the ended ones last, and only if asked for."""
    import sqlalchemy as sa

    table = store.table(Coverage)
    query = sa.select(table).where(table.c.patient == patient)
    if not ended:
        query = query.where(table.c.ended_at.is_(None))
    query = query.order_by(table.c.ended_at.is_not(None), table.c.rank, table.c.rid)
    with store.reading() as connection:
        return tuple(store.load(Coverage, row) for row in connection.execute(query).mappings())


def verifications_of(store: Store, patient: uuid.UUID) -> tuple[CoverageVerification, ...]:
    """Everything payers said about this patient, the newest first."""
    import sqlalchemy as sa

    table = store.table(CoverageVerification)
    query = sa.select(table).where(table.c.patient == patient).order_by(table.c.at.desc(), table.c.rid.desc())
    with store.reading() as connection:
        return tuple(store.load(CoverageVerification, row) for row in connection.execute(query).mappings())


def told_lately(store: Store, since: datetime.datetime, patient: uuid.UUID | None) -> tuple[CoverageVerification, ...]:
    """What payers said since then, of one patient, or of everybody who is on the way or in our care."""
    import sqlalchemy as sa

    table = store.table(CoverageVerification)
    query = sa.select(table).where(table.c.at >= since)
    query = query.where(_whose(store, table.c.patient, patient)).order_by(table.c.rid)
    with store.reading() as connection:
        return tuple(store.load(CoverageVerification, row) for row in connection.execute(query).mappings())


def authorisations_alive(store: Store, patient: uuid.UUID | None) -> tuple[Authorisation, ...]:
    """What was authorised, or denied, of one patient, or of everybody who is on the way or in our care."""
    import sqlalchemy as sa

    table = store.table(Authorisation)
    query = sa.select(table).where(_whose(store, table.c.patient, patient)).order_by(table.c.rid)
    with store.reading() as connection:
        return tuple(store.load(Authorisation, row) for row in connection.execute(query).mappings())


def coverages_by_id(store: Store, ids: Iterable[uuid.UUID]) -> tuple[Coverage, ...]:
    """These coverages."""
    import sqlalchemy as sa

    table = store.table(Coverage)
    with store.reading() as connection:
        query = sa.select(table).where(table.c.id.in_(list(ids)))
        return tuple(store.load(Coverage, row) for row in connection.execute(query).mappings())


def _whose(store: Store, column: sa.ColumnElement[Any], patient: uuid.UUID | None) -> sa.ColumnElement[bool]:
    import sqlalchemy as sa

    if patient is not None:
        return column == patient
    episodes = store.table(Episode)
    return column.in_(sa.select(episodes.c.patient).where(episodes.c.state.in_([state.value for state in CARED_FOR])))


def authorisations_of(store: Store, patient: uuid.UUID) -> tuple[Authorisation, ...]:
    """What was authorised for this patient, or asked for, the oldest first."""
    import sqlalchemy as sa

    table = store.table(Authorisation)
    query = sa.select(table).where(table.c.patient == patient).order_by(table.c.rid)
    with store.reading() as connection:
        return tuple(store.load(Authorisation, row) for row in connection.execute(query).mappings())
