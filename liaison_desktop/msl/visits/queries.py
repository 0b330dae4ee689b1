"""Reads visits. A long list is read as row numbers with their day first, then a page of rows at a time."""

from __future__ import annotations

import datetime
import itertools
import operator
import uuid
from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import msgspec
import sqlalchemy as sa

from liaison_desktop.msl.directory.queries import found_ids, main_place, matching
from liaison_desktop.msl.directory.record import Institution, Person
from liaison_desktop.msl.visits.record import Channel, FollowUp, FollowUpStatus, Visit, VisitStatus
from liaison_desktop.store.at_once import numbers_and_words_at_once

if TYPE_CHECKING:
    from liaison_desktop.store import Store

OPEN_STATES = (VisitStatus.PLANNED.value, VisitStatus.DRAFT.value, VisitStatus.READY.value)


_NO_DAY = "~"  # after every day there is


class VisitRow(msgspec.Struct, frozen=True):
    """One visit as a list shows it: the visit and the name of the person."""

    rid: int
    visit: Visit
    name: str


class VisitFilter(msgspec.Struct, frozen=True, kw_only=True):
    """What a list of visits is narrowed to."""

    text: str = ""
    open_only: bool = False
    since: datetime.datetime | None = None


class Numbers(msgspec.Struct, frozen=True):
    """A month: visits that took place, different people met, promises kept."""

    visits: int
    people: int
    kept: int


class Promise(msgspec.Struct, frozen=True):
    """One open follow-up, the visit it belongs to and its place there."""

    visit_id: uuid.UUID
    visit_person: uuid.UUID | None
    number: int
    row: FollowUp
    last_name: str


def visit_days(store: Store, wanted: VisitFilter) -> tuple[array[int], tuple[tuple[int, str], ...]]:
    """The row numbers of the visits wanted, newest first, and where each local day begins among them.

    The second part holds (position, ISO day); a visit without a start comes first, under the day "".
    Safe on a worker's thread; it may be interrupted.
    """
    visits = store.table(Visit)
    start = sa.type_coerce(visits.c.start_at, sa.Text)
    # The stored text is UTC to the microsecond, a Z, and the offset of the place it was recorded in.
    day = sa.func.coalesce(sa.func.date(sa.func.substr(start, 1, 19), sa.func.substr(start, 28, 6)), _NO_DAY)
    query = sa.select(visits.c.rid, day.label("day")).order_by(start.desc(), visits.c.rid.desc())
    for condition in _conditions(store, wanted):
        query = query.where(condition)
    with store.reading() as connection:
        rids, on = numbers_and_words_at_once(connection, query)
    runs = [(day, len(list(held))) for day, held in itertools.groupby(on)]
    if any(later <= day for (later, _), (day, _) in itertools.pairwise(runs)):
        # Somebody travelled, and the clock of one visit was behind that of an earlier one: each day is brought together.
        paired = sorted(zip(on, rids, strict=True), key=operator.itemgetter(0), reverse=True)
        rids = [rid for _day, rid in paired]
        runs = [(day, len(list(held))) for day, held in itertools.groupby(day for day, _rid in paired)]
    starts = itertools.accumulate((many for _day, many in runs), initial=0)
    days = tuple((at, "" if day == _NO_DAY else day) for at, (day, _many) in zip(starts, runs, strict=False))
    return array("q", rids), days


def _conditions(store: Store, wanted: VisitFilter) -> list[Any]:
    visits, found = store.table(Visit), list[Any]()
    if wanted.text.strip():
        match = matching(wanted.text)
        found.append(visits.c.id.in_(found_ids("visit", match)) if match else sa.false())
    if wanted.open_only:
        found.append(visits.c.status.in_(OPEN_STATES))
    if wanted.since is not None:
        found.append(visits.c.start_at >= wanted.since)
    return found


def visit_rows(store: Store, rids: Sequence[int]) -> tuple[VisitRow, ...]:
    """These rows, in this order; rows that are gone are left out."""
    visits = store.table(Visit)
    with store.reading() as connection:
        found = connection.execute(sa.select(visits).where(visits.c.rid.in_(list(rids)))).mappings().all()
        records = {row["rid"]: store.load(Visit, row) for row in found}
        names = _names(store, connection, [visit.primary_person_id for visit in records.values()])
    return tuple(
        VisitRow(rid, records[rid], names.get(records[rid].primary_person_id, "No person yet"))
        for rid in rids
        if rid in records
    )


def _names(store: Store, connection: sa.Connection, ids: Sequence[uuid.UUID | None]) -> dict[uuid.UUID | None, str]:
    people = store.table(Person)
    rows = connection.execute(sa.select(people).where(people.c.id.in_([one for one in ids if one]))).mappings()
    return {person.id: person.title() for person in (store.load(Person, row) for row in rows)}


def _last_names(
    store: Store, connection: sa.Connection, ids: Sequence[uuid.UUID | None]
) -> dict[uuid.UUID | None, str]:
    people = store.table(Person)
    query = sa.select(people.c.id, people.c.last_name).where(people.c.id.in_([one for one in ids if one]))
    return {row[0]: row[1] for row in connection.execute(query)}


def rid_of_visit(store: Store, visit_id: uuid.UUID) -> int | None:
    """The row number of a visit."""
    visits = store.table(Visit)
    with store.reading() as connection:
        return connection.execute(sa.select(visits.c.rid).where(visits.c.id == visit_id)).scalar()


def count_visits(store: Store, *, open_only: bool = False, most: int | None = None) -> int:
    """How many visits there are, or how many are not yet submitted. With `most` no more than so many are counted."""
    visits = store.table(Visit)
    found = sa.select(visits.c.rid)
    if open_only:
        found = found.where(visits.c.status.in_(OPEN_STATES))
    query = sa.select(sa.func.count()).select_from(found.limit(most).subquery())
    with store.reading() as connection:
        return connection.execute(query).scalar_one()


def visits_with(
    store: Store, person_id: uuid.UUID, *, limit: int = 50, but: uuid.UUID | None = None
) -> tuple[Visit, ...]:
    """The visits with somebody, newest first; not those cancelled or still planned, and not the one `but` names."""
    visits = store.table(Visit)
    query = (
        sa.select(visits)
        .where(visits.c.primary_person_id == person_id)
        .where(visits.c.status.not_in([VisitStatus.CANCELLED.value, VisitStatus.PLANNED.value]))
        .order_by(visits.c.start_at.desc())
        .limit(limit)
    )
    if but is not None:
        query = query.where(visits.c.id != but)
    return _loaded(store, query)


def usual_channel(store: Store, person_id: uuid.UUID, *, but: uuid.UUID | None = None) -> Channel | None:
    """How one usually meets somebody: as the last time, else as they prefer, else not known."""
    last = last_visit_with(store, person_id, but=but)
    if last is not None and last.channel is not None:
        return last.channel
    person = store.find(Person, person_id)
    return Channel(person.preferred_channel.value) if person and person.preferred_channel else None


def usual_meeting(
    store: Store, person_id: uuid.UUID | None, channel: Channel | None = None, *, but: uuid.UUID | None = None
) -> tuple[Channel | None, Institution | None]:
    """How and where one meets somebody when nothing else is said: their usual channel, and in person their main place."""
    if channel is None and person_id is not None:
        channel = usual_channel(store, person_id, but=but)
    return channel, main_place(store, person_id) if channel in (Channel.IN_PERSON, None) else None


def last_visit_with(store: Store, person_id: uuid.UUID | None, *, but: uuid.UUID | None = None) -> Visit | None:
    """The last visit with somebody that took place."""
    return next(iter(visits_with(store, person_id, limit=1, but=but)), None) if person_id else None


def visits_between(store: Store, first: datetime.datetime, last: datetime.datetime) -> tuple[Visit, ...]:
    """The visits that start in this span, `last` not included, in the order of the day."""
    visits = store.table(Visit)
    inside = (visits.c.start_at >= first) & (visits.c.start_at < last)
    return _loaded(store, sa.select(visits).where(inside).order_by(visits.c.start_at))


def counted_between(store: Store, edges: Sequence[datetime.datetime]) -> tuple[int, ...]:
    """How many visits took place between each moment and the next; the later moment is not included."""
    visits = store.table(Visit)
    spans = [
        sa.func.count(sa.case(((visits.c.start_at >= first) & (visits.c.start_at < last), 1)))
        for first, last in itertools.pairwise(edges)
    ]
    query = (
        sa.select(*spans)
        .where((visits.c.start_at >= edges[0]) & (visits.c.start_at < edges[-1]))
        .where(visits.c.status.not_in([VisitStatus.CANCELLED.value, VisitStatus.PLANNED.value]))
    )
    with store.reading() as connection:
        return tuple(connection.execute(query).one())


def month_numbers(store: Store, now: datetime.datetime) -> Numbers:
    """The month of `now` in numbers."""
    first = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    visits = store.table(Visit)
    took_place = (
        sa.select(sa.func.count(), sa.func.count(sa.distinct(visits.c.primary_person_id)))
        .where((visits.c.start_at >= first) & (visits.c.start_at < now))
        .where(visits.c.status.not_in([VisitStatus.CANCELLED.value, VisitStatus.PLANNED.value]))
    )
    with store.reading() as connection:
        held, people = connection.execute(took_place).one()
    kept = sum(
        row.status is FollowUpStatus.DONE and row.done_at is not None and row.done_at >= first
        for visit in _loaded(store, sa.select(visits).where(visits.c.last_done_at >= first))
        for row in visit.follow_ups
    )
    return Numbers(held, people, kept)


def names_of(store: Store, visits: Sequence[Visit]) -> dict[uuid.UUID | None, str]:
    """The names of the people of these visits."""
    with store.reading() as connection:
        return _names(store, connection, [visit.primary_person_id for visit in visits])


def drafts(store: Store, limit: int = 20) -> tuple[Visit, ...]:
    """The visits that were begun and not submitted, newest first."""
    visits = store.table(Visit)
    states = [VisitStatus.DRAFT.value, VisitStatus.READY.value]
    return _loaded(
        store, sa.select(visits).where(visits.c.status.in_(states)).order_by(visits.c.start_at.desc()).limit(limit)
    )


def open_promises(
    store: Store, person_id: uuid.UUID | None = None, *, until: datetime.date | None = None
) -> tuple[Promise, ...]:
    """The follow-ups not yet done, the most urgent first; of one person's visits if one is named.

    With `until`, only of visits of which one is due by that day."""
    visits = store.table(Visit)
    query = (
        sa.select(visits)
        .where(visits.c.next_due.is_not(None))
        .where(visits.c.status != VisitStatus.CANCELLED.value)
        .order_by(visits.c.next_due)
    )
    if until is not None:
        query = query.where(visits.c.next_due <= until)
    if person_id is not None:
        query = query.where(visits.c.primary_person_id == person_id)
    with store.reading() as connection:
        found = [store.load(Visit, row) for row in connection.execute(query).mappings()]
        names = _last_names(store, connection, [visit.primary_person_id for visit in found])
    promises = [
        Promise(visit.id, visit.primary_person_id, number, row, names.get(visit.primary_person_id, ""))
        for visit in found
        for number, row in enumerate(visit.follow_ups)
        if row.status is FollowUpStatus.OPEN and row.text.strip()
    ]
    return tuple(sorted(promises, key=lambda one: (one.row.due_on or datetime.date.max, one.row.text)))


def _loaded(store: Store, query: Any) -> tuple[Visit, ...]:
    with store.reading() as connection:
        return tuple(store.load(Visit, row) for row in connection.execute(query).mappings())
