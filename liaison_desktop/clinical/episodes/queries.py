"""Reading episodes and their events."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from liaison_desktop.clinical.episodes.record import AT_WORK, OVER, Episode, StateEvent
from liaison_desktop.store import Store


def episodes_of(store: Store, patient: uuid.UUID) -> tuple[Episode, ...]:
    """The episodes of one patient, newest first."""
    import sqlalchemy as sa

    table = store.table(Episode)
    with store.reading() as connection:
        query = sa.select(table).where(table.c.patient == patient).order_by(table.c.rid.desc())
        return tuple(store.load(Episode, row) for row in connection.execute(query).mappings())


def current_episode(store: Store, patient: uuid.UUID) -> Episode | None:
    """The newest episode of a patient that is not closed; None if there is none."""
    return next((episode for episode in episodes_of(store, patient) if episode.state not in OVER), None)


def episodes_for(store: Store, patients: Collection[uuid.UUID]) -> tuple[Episode, ...]:
    """Every episode of these patients."""
    import sqlalchemy as sa

    table, wanted = store.table(Episode), list(patients)
    with store.reading() as connection:
        found: list[Episode] = []
        for start in range(0, len(wanted), 400):  # SQLite takes so many values at once
            query = sa.select(table).where(table.c.patient.in_(wanted[start : start + 400]))
            found += (store.load(Episode, row) for row in connection.execute(query).mappings())
    return tuple(found)


def open_episodes(store: Store, most: int = 500) -> tuple[Episode, ...]:
    """The episodes that somebody still works on, from referral to the calls after discharge; newest first."""
    import sqlalchemy as sa

    table = store.table(Episode)
    query = sa.select(table).where(table.c.state.in_([state.value for state in AT_WORK]))
    with store.reading() as connection:
        rows = connection.execute(query.order_by(table.c.rid.desc()).limit(most)).mappings()
        return tuple(store.load(Episode, row) for row in rows)


def events_of(store: Store, episode: uuid.UUID) -> tuple[StateEvent, ...]:
    """The steps of an episode and of its referral, oldest first."""
    import sqlalchemy as sa

    table = store.table(StateEvent)
    with store.reading() as connection:
        query = sa.select(table).where(table.c.episode == episode).order_by(table.c.rid)
        return tuple(store.load(StateEvent, row) for row in connection.execute(query).mappings())


def next_episode_number(store: Store, year: int) -> str:
    """The next number of this device, such as E-2026-A0007. Numbers of two devices never meet."""
    import sqlalchemy as sa

    head = f"E-{year}-{store.device.prefix}"
    table = store.table(Episode)
    with store.reading() as connection:
        query = sa.select(table.c.number).where(table.c.number.startswith(head, autoescape=True))
        numbers = [str(row[0])[len(head) :] for row in connection.execute(query)]
    return f"{head}{max((int(number) for number in numbers if number.isdigit()), default=0) + 1:04d}"
