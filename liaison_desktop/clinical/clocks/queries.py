"""The clocks of one patient or of everybody, worked out of what the features tell."""

from __future__ import annotations

import datetime
import uuid
import zoneinfo
from collections.abc import Callable, Iterable

from liaison_desktop.clinical.checklists.queries import screenings
from liaison_desktop.clinical.checklists.rules import screening_events
from liaison_desktop.clinical.concerns.queries import open_concerns
from liaison_desktop.clinical.concerns.rules import events as concern_events
from liaison_desktop.clinical.consents.queries import endings_of, lasting_consents
from liaison_desktop.clinical.consents.rules import consent_events
from liaison_desktop.clinical.episodes.queries import episodes_for, going_home
from liaison_desktop.clinical.episodes.rules import episode_events
from liaison_desktop.clinical.people.queries import own_facility
from liaison_desktop.clinical.referrals.queries import open_referrals, referrals_of
from liaison_desktop.clinical.referrals.rules.clock_events import referral_events
from liaison_desktop.policies import policy_of
from liaison_desktop.store import Store
from liaison_desktop.tasks.rules import Clock, Event, clocks, running

# How long ago something may have begun whose clock is still worth showing as run out.
_BACK = datetime.timedelta(days=30)

Gather = Callable[[Store, datetime.datetime, uuid.UUID | None], Iterable[Event]]


def _concerns(store: Store, now: datetime.datetime, patient: uuid.UUID | None) -> Iterable[Event]:
    for concern in open_concerns(store, patient=patient):
        yield from concern_events(concern)


def _screenings(store: Store, now: datetime.datetime, patient: uuid.UUID | None) -> Iterable[Event]:
    for checklist in screenings(store, now - _BACK, patient):
        yield from screening_events(checklist)


def _consents(store: Store, now: datetime.datetime, patient: uuid.UUID | None) -> Iterable[Event]:
    found = lasting_consents(store, now.date() - datetime.timedelta(days=7), patient)
    endings = endings_of(store, *(consent.id for consent in found))
    for consent in found:
        yield from consent_events(consent, endings.get(consent.id, ()))


def _referrals(store: Store, now: datetime.datetime, patient: uuid.UUID | None) -> Iterable[Event]:
    for referral in referrals_of(store, patient) if patient is not None else open_referrals(store):
        yield from referral_events(referral)


# Each feature with clocks has its line here.
GATHERED: tuple[Gather, ...] = (
    _referrals,
    _screenings,
    _consents,
    _concerns,
)


def clock_events(store: Store, now: datetime.datetime, patient: uuid.UUID | None = None) -> tuple[Event, ...]:
    """Everything that features tell of one patient, or of everybody whose clocks may run."""
    told = [event for gather in GATHERED for event in gather(store, now, patient)]
    people = {event.subject for event in told if event.subject is not None} | ({patient} if patient else set())
    episodes = {episode.id: episode for episode in episodes_for(store, people)}
    if patient is None:
        episodes |= {episode.id: episode for episode in going_home(store)}
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
