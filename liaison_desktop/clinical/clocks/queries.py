"""The clocks of one patient or of everybody, worked out of what the features tell."""

from __future__ import annotations

import datetime
import uuid
import zoneinfo
from collections.abc import Callable, Collection, Iterable
from typing import TypeVar

import sqlalchemy as sa

from liaison_desktop.clinical.checklists.queries import screenings
from liaison_desktop.clinical.checklists.rules import pasrr_exempted, screening_events
from liaison_desktop.clinical.concerns.queries import open_concerns
from liaison_desktop.clinical.concerns.rules import events as concern_events
from liaison_desktop.clinical.consents.queries import endings_of, lasting_consents
from liaison_desktop.clinical.consents.rules import consent_events
from liaison_desktop.clinical.coverage.record import Authorisation, Coverage, CoverageVerification
from liaison_desktop.clinical.coverage.rules.events import authorisation_events, coverage_events
from liaison_desktop.clinical.discharge.queries import plans_under_way
from liaison_desktop.clinical.discharge.rules import events as discharge_events
from liaison_desktop.clinical.episodes.queries import episodes_for, open_episodes
from liaison_desktop.clinical.episodes.rules import episode_events
from liaison_desktop.clinical.people.queries import own_facility
from liaison_desktop.clinical.people.record import StaffMember
from liaison_desktop.clinical.people.rules import license_events, may
from liaison_desktop.clinical.referrals.queries import dated_of, open_referrals, referrals_of
from liaison_desktop.clinical.referrals.record import DocumentKind
from liaison_desktop.clinical.referrals.rules.clock_events import history_events, pasrr_events, referral_events
from liaison_desktop.clinical.research.queries import studies
from liaison_desktop.clinical.research.rules import approval_events
from liaison_desktop.policies import policy_of
from liaison_desktop.records import Record
from liaison_desktop.store import Store
from liaison_desktop.tasks.rules import Clock, Event, clocks, running

# How long ago something may have begun whose clock is still worth showing as run out.
_BACK = datetime.timedelta(days=30)

# One patient, or None for everybody; and the patients of the episodes that somebody works on, for what never ends by
# itself, such as a coverage.
Gather = Callable[[Store, datetime.datetime, uuid.UUID | None, Collection[uuid.UUID]], Iterable[Event]]
R = TypeVar("R", bound=Record)


def _concerns(
    store: Store, now: datetime.datetime, patient: uuid.UUID | None, _in_hand: Collection[uuid.UUID]
) -> Iterable[Event]:
    for concern in open_concerns(store, patient=patient):
        yield from concern_events(concern)


def _screenings(
    store: Store, now: datetime.datetime, patient: uuid.UUID | None, _in_hand: Collection[uuid.UUID]
) -> Iterable[Event]:
    for checklist in screenings(store, now - _BACK, patient):
        yield from screening_events(checklist)


def _consents(
    store: Store, now: datetime.datetime, patient: uuid.UUID | None, _in_hand: Collection[uuid.UUID]
) -> Iterable[Event]:
    found = lasting_consents(store, now.date() - datetime.timedelta(days=7), patient)
    endings = endings_of(store, *(consent.id for consent in found))
    for consent in found:
        yield from consent_events(consent, endings.get(consent.id, ()))


def _referrals(
    store: Store, now: datetime.datetime, patient: uuid.UUID | None, _in_hand: Collection[uuid.UUID]
) -> Iterable[Event]:
    for referral in referrals_of(store, patient) if patient is not None else open_referrals(store):
        yield from referral_events(referral)


def _coverage(
    store: Store, now: datetime.datetime, patient: uuid.UUID | None, in_hand: Collection[uuid.UUID]
) -> Iterable[Event]:
    whose = {patient} if patient is not None else in_hand
    yield from coverage_events(_of(store, Coverage, whose), _of(store, CoverageVerification, whose))
    yield from authorisation_events(_of(store, Authorisation, whose))


def _licences(
    store: Store, now: datetime.datetime, patient: uuid.UUID | None, in_hand: Collection[uuid.UUID]
) -> Iterable[Event]:
    """One's own licence, and those of all the staff for whoever keeps the staff up."""
    if patient is not None:
        return
    staff, policy = store.all(StaffMember), policy_of(store)
    keeper = any(each.actor == store.actor.id and may(each, "manage_people", policy) for each in staff)
    for member in staff:
        if keeper or member.actor == store.actor.id:
            yield from license_events(member, policy, now=now)


def _discharges(
    store: Store, now: datetime.datetime, patient: uuid.UUID | None, _in_hand: Collection[uuid.UUID]
) -> Iterable[Event]:
    tries = int(policy_of(store).number("follow_up_tries"))
    for plan, episode in plans_under_way(store, patient):
        yield from discharge_events(plan, episode, tries=tries)


def _histories(
    store: Store, now: datetime.datetime, patient: uuid.UUID | None, in_hand: Collection[uuid.UUID]
) -> Iterable[Event]:
    papers = dated_of(store, DocumentKind.H_AND_P, {patient} if patient is not None else in_hand)
    yield from history_events(papers, episodes_for(store, {one.patient for one in papers if one.patient}), now.tzinfo)


def _pasrr(
    store: Store, now: datetime.datetime, patient: uuid.UUID | None, _in_hand: Collection[uuid.UUID]
) -> Iterable[Event]:
    held = screenings(store, now - 2 * _BACK, patient)
    exempted = {one.patient for one in held if one.patient is not None and pasrr_exempted(one)}
    reviews = dated_of(store, DocumentKind.PASRR, exempted)
    yield from pasrr_events(exempted, reviews, episodes_for(store, exempted), now.tzinfo)


def _approvals(
    store: Store, now: datetime.datetime, patient: uuid.UUID | None, _in_hand: Collection[uuid.UUID]
) -> Iterable[Event]:
    """The windows of the studies' forms; they are of the house, not of one patient."""
    for study in studies(store) if patient is None else ():
        yield from approval_events(study, place_of(store) or now.tzinfo)


# Each feature with clocks has its line here.
GATHERED: tuple[Gather, ...] = (
    _referrals,
    _licences,
    _screenings,
    _consents,
    _coverage,
    _concerns,
    _discharges,
    _histories,
    _pasrr,
    _approvals,
)


def _of(store: Store, kind: type[R], patients: Collection[uuid.UUID]) -> tuple[R, ...]:
    """Every record of a kind about these patients, the oldest first."""
    table, wanted, found = store.table(kind), list(patients), list[R]()
    with store.reading() as connection:
        for start in range(0, len(wanted), 400):  # SQLite takes so many values at once
            query = sa.select(table).where(table.c.patient.in_(wanted[start : start + 400])).order_by(table.c.rid)
            found += (store.load(kind, row) for row in connection.execute(query).mappings())
    return tuple(found)


def clock_events(store: Store, now: datetime.datetime, patient: uuid.UUID | None = None) -> tuple[Event, ...]:
    """Everything that features tell of one patient, or of everybody whose clocks may run."""
    episodes = {episode.id: episode for episode in open_episodes(store)} if patient is None else {}
    in_hand = {episode.patient for episode in episodes.values() if episode.patient is not None}
    told = [event for gather in GATHERED for event in gather(store, now, patient, in_hand)]
    people = {event.subject for event in told if event.subject is not None} | ({patient} if patient else set())
    episodes |= {episode.id: episode for episode in episodes_for(store, people)}
    return (*told, *(event for episode in episodes.values() for event in episode_events(episode)))


def running_clocks(store: Store, now: datetime.datetime, patient: uuid.UUID | None = None) -> tuple[Clock, ...]:
    """The clocks that run or ran out, what runs out first at the top; of one patient, or of everybody."""
    policy = policy_of(store)
    found = clocks(
        policy.clocks(),
        clock_events(store, now, patient),
        now,
        zone=place_of(store),
        holidays=policy.clock_rules.holidays,
    )
    return running(found)


def place_of(store: Store) -> datetime.tzinfo | None:
    """The zone of our facility, whose calendar the clocks go by; None takes the laptop's."""
    own = own_facility(store)
    try:
        return zoneinfo.ZoneInfo(own.zone) if own is not None and own.zone else None
    except (ValueError, zoneinfo.ZoneInfoNotFoundError, OSError):
        return None
