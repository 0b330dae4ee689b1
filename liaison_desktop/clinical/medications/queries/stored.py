"""Reading medicines, the rows of their comparison, and the interview of a stay."""

from __future__ import annotations

import uuid

from liaison_desktop.clinical.medications.record import MedicationHistory, Medicine, Reconciliation
from liaison_desktop.store import Store


def medicines_of(store: Store, episode: uuid.UUID) -> tuple[Medicine, ...]:
    """The medicines of a stay in the order they were entered, without those entered in error."""
    import sqlalchemy as sa

    table = store.table(Medicine)
    query = sa.select(table).where(table.c.episode == episode, table.c.status != "entered-in-error")
    with store.reading() as connection:
        rows = connection.execute(query.order_by(table.c.rid)).mappings()
        return tuple(store.load(Medicine, row) for row in rows)


def reconciliations_of(store: Store, episode: uuid.UUID) -> tuple[Reconciliation, ...]:
    """What was said of each medicine of a stay when it was compared."""
    import sqlalchemy as sa

    table = store.table(Reconciliation)
    with store.reading() as connection:
        query = sa.select(table).where(table.c.episode == episode).order_by(table.c.rid)
        return tuple(store.load(Reconciliation, row) for row in connection.execute(query).mappings())


def history_of(store: Store, episode: uuid.UUID) -> MedicationHistory | None:
    """The interview of a stay; None if nobody began it."""
    import sqlalchemy as sa

    table = store.table(MedicationHistory)
    with store.reading() as connection:
        query = sa.select(table).where(table.c.episode == episode).order_by(table.c.rid.desc()).limit(1)
        row = connection.execute(query).mappings().first()
        return store.load(MedicationHistory, row) if row is not None else None


def medicines_before(store: Store, patient: uuid.UUID, episode: uuid.UUID) -> tuple[Medicine, ...]:
    """The medicines of the last stay before this one that had any; newest stay first, in the order of its lists."""
    import sqlalchemy as sa

    table = store.table(Medicine)
    others = sa.select(table).where(table.c.patient == patient, table.c.episode != episode)
    with store.reading() as connection:
        rows = connection.execute(others.order_by(table.c.rid)).mappings()
        held = [store.load(Medicine, row) for row in rows]
    if not held:
        return ()
    last = held[-1].episode
    return tuple(each for each in held if each.episode == last)
