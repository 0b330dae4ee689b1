"""Reads safety reports: the running clocks, the list, the next number, and what was dismissed about a record."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec
import sqlalchemy as sa

from liaison_desktop.msl.safety.record import RUNNING, Begun, SafetyDismissal, SafetyEvent

if TYPE_CHECKING:
    from liaison_desktop.store import Store

_LATEST = 200  # reports whose words are compared with what is typed elsewhere
_STATES = tuple(sorted(state.value for state in RUNNING))


def running_events(store: Store) -> tuple[SafetyEvent, ...]:
    """The reports not handed over, the most urgent first."""
    table = store.table(SafetyEvent)
    query = sa.select(table).where(table.c.status.in_(_STATES)).order_by(table.c.due_at, table.c.rid)
    with store.reading() as connection:
        return tuple(store.load(SafetyEvent, row) for row in connection.execute(query).mappings())


def count_running(store: Store) -> int:
    """How many clocks run."""
    table = store.table(SafetyEvent)
    with store.reading() as connection:
        found = connection.execute(sa.select(sa.func.count()).where(table.c.status.in_(_STATES)))
        return int(found.scalar_one())


def latest_states(store: Store, limit: int = 500) -> tuple[tuple[uuid.UUID, bool], ...]:
    """Which reports a list shows and whether their clock runs: those whose clock runs first, then the newest."""
    table = store.table(SafetyEvent)
    runs = table.c.status.in_(_STATES)
    query = sa.select(table.c.id, runs)
    query = query.order_by(runs.desc(), sa.case((runs, table.c.due_at)), table.c.rid.desc()).limit(limit)
    with store.reading() as connection:
        return tuple((row[0], bool(row[1])) for row in connection.execute(query))


def events_by_id(store: Store, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, SafetyEvent]:
    """These reports by their ids."""
    table = store.table(SafetyEvent)
    with store.reading() as connection:
        rows = connection.execute(sa.select(table).where(table.c.id.in_(ids))).mappings()
        return {one.id: one for one in (store.load(SafetyEvent, row) for row in rows)}


def latest_events(store: Store, limit: int = 500) -> tuple[SafetyEvent, ...]:
    """The reports, those whose clock runs first, then the newest."""
    order = [one for one, _runs in latest_states(store, limit)]
    found = events_by_id(store, order)
    return tuple(found[one] for one in order)


def events_of_visit(store: Store, visit_id: uuid.UUID) -> tuple[SafetyEvent, ...]:
    """The reports that came from a visit."""
    table = store.table(SafetyEvent)
    query = sa.select(table).where(table.c.interaction_id == visit_id).order_by(table.c.rid)
    with store.reading() as connection:
        return tuple(store.load(SafetyEvent, row) for row in connection.execute(query).mappings())


def dismissals_about(store: Store, record_id: uuid.UUID) -> tuple[SafetyDismissal, ...]:
    """What was marked in a record and said to be no report."""
    table = store.table(SafetyDismissal)
    query = sa.select(table).where(table.c.about_id == record_id).order_by(table.c.rid)
    with store.reading() as connection:
        return tuple(store.load(SafetyDismissal, row) for row in connection.execute(query).mappings())


def report_of(store: Store, words: str, sentence: str, visit_id: uuid.UUID | None) -> SafetyEvent | None:
    """The report that marked words stand in: one of their visit, or any that repeats their whole sentence."""
    for event in latest_events(store, _LATEST):
        here = visit_id is not None and event.interaction_id == visit_id and words in event.description
        if not event.error_reason and (here or (sentence and sentence in event.description)):
            return event
    return None


class Answered(msgspec.Struct, frozen=True):
    """What was said about marked words: dismissed ones of a record, and what stands in reports already."""

    words: frozenset[str]
    reported: str
    sentences: str

    def holds(self, words: str, sentence: str) -> bool:
        """Whether these marked words need no answer any more."""
        return words in self.words or words in self.reported or (bool(sentence) and sentence in self.sentences)


def answered_about(store: Store, record_id: uuid.UUID | None, begun: Begun) -> Answered:
    """What was answered about a record: its dismissals, the reports of its visit or inquiry, and what others repeat."""
    said = store.table(SafetyDismissal)
    told = store.table(SafetyEvent)
    # What was dismissed in a visit needs no second answer in the insight that quotes it.
    mine = [one for one in (record_id, begun.visit_id) if one is not None]
    about = said.c.about_id.in_(mine) if record_id is not None else said.c.about_id.is_(None)
    open_ones = told.c.error_reason == ""
    here = sa.or_(
        *(told.c.interaction_id == one for one in (begun.visit_id,) if one),
        *(told.c.inquiry_id == one for one in (begun.inquiry_id,) if one),
        sa.false(),
    )
    latest = sa.select(told.c.description).where(open_ones).order_by(told.c.rid.desc()).limit(_LATEST)
    with store.reading() as connection:
        words = frozenset(connection.execute(sa.select(said.c.words).where(about)).scalars())
        reported = connection.execute(sa.select(told.c.description).where(here, open_ones)).scalars().all()
        return Answered(words, "\n".join(reported), "\n".join(connection.execute(latest).scalars()))


def next_number(store: Store) -> str:
    """The next number of this laptop: SE, its prefix, a counter. No other laptop can issue the same."""
    head = f"SE-{store.device.prefix}-"
    table = store.table(SafetyEvent)
    query = sa.select(table.c.number).where(table.c.number.startswith(head, autoescape=True))
    with store.reading() as connection:
        used = [number.removeprefix(head) for number in connection.execute(query).scalars()]
    return f"{head}{max((int(one) for one in used if one.isdecimal()), default=0) + 1:04d}"
