"""Reading discharge plans."""

from __future__ import annotations

import uuid

from liaison_desktop.clinical.discharge.record import DischargePlan
from liaison_desktop.clinical.episodes.record import Episode, EpisodeState
from liaison_desktop.store import Store

_GONE = (EpisodeState.DISCHARGED, EpisodeState.FOLLOW_UP, EpisodeState.LEFT_AMA)


def plan_of(store: Store, episode: uuid.UUID) -> DischargePlan | None:
    """The plan of a stay; None if nobody began it."""
    import sqlalchemy as sa

    table = store.table(DischargePlan)
    with store.reading() as connection:
        query = sa.select(table).where(table.c.episode == episode).order_by(table.c.rid.desc()).limit(1)
        row = connection.execute(query).mappings().first()
        return store.load(DischargePlan, row) if row is not None else None


def plans_under_way(store: Store, patient: uuid.UUID | None = None) -> tuple[tuple[DischargePlan, Episode], ...]:
    """The plans of stays that are not closed, each with its stay; of one patient, or of everybody."""
    import sqlalchemy as sa

    plans, episodes = store.table(DischargePlan), store.table(Episode)
    live = sa.select(episodes).where(episodes.c.state != EpisodeState.CLOSED.value)
    if patient is not None:
        live = live.where(episodes.c.patient == patient)
    begun = sa.select(plans.c.episode)
    with store.reading() as connection:
        rows = connection.execute(live.where(episodes.c.id.in_(begun))).mappings()
        stays = {row["id"]: store.load(Episode, row) for row in rows}
        wanted = list(stays)
        found: list[DischargePlan] = []
        for start in range(0, len(wanted), 400):  # SQLite takes so many values at once
            query = sa.select(plans).where(plans.c.episode.in_(wanted[start : start + 400])).order_by(plans.c.rid)
            found += (store.load(DischargePlan, row) for row in connection.execute(query).mappings())
    return tuple((plan, stays[plan.episode]) for plan in found if plan.episode in stays)


def waits_for_call(episode: Episode) -> bool:
    """Whether the patient is at home and somebody has to call."""
    return episode.state in _GONE
