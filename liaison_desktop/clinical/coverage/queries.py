"""Reading coverages in their order, what was said about them, and what was authorised."""

from __future__ import annotations

import uuid

from liaison_desktop.clinical.coverage.record import Authorisation, Coverage, CoverageVerification
from liaison_desktop.store import Store


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


def covered_by(store: Store, id: uuid.UUID) -> uuid.UUID | None:
    """Whose coverage or authorisation has this id; None if it is the id of neither."""
    found = store.find(Coverage, id) or store.find(Authorisation, id)
    return found.patient if found is not None else None


def authorisations_of(store: Store, patient: uuid.UUID) -> tuple[Authorisation, ...]:
    """What was authorised for this patient, or asked for, the oldest first."""
    import sqlalchemy as sa

    table = store.table(Authorisation)
    query = sa.select(table).where(table.c.patient == patient).order_by(table.c.rid)
    with store.reading() as connection:
        return tuple(store.load(Authorisation, row) for row in connection.execute(query).mappings())
