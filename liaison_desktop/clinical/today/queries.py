"""Reading what the day is made of: the patients in hand, what runs out, what waits, and what was printed."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterable, Mapping

import msgspec
import sqlalchemy as sa

from liaison_desktop.clinical.checklists.queries import open_checklists
from liaison_desktop.clinical.checklists.record import Checklist
from liaison_desktop.clinical.clocks.queries import running_clocks
from liaison_desktop.clinical.concerns.queries import open_concerns
from liaison_desktop.clinical.concerns.record import Concern
from liaison_desktop.clinical.consents.actions import to_ask_again
from liaison_desktop.clinical.consents.queries import consents_in
from liaison_desktop.clinical.consents.record import Consent, ConsentState
from liaison_desktop.clinical.consents.rules import Outdated
from liaison_desktop.clinical.episodes.record import AT_WORK, Episode
from liaison_desktop.clinical.patients.queries import opened_lately, patients
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.clinical.referrals.queries import open_referrals
from liaison_desktop.clinical.referrals.record import Referral
from liaison_desktop.clinical.research.actions import to_ask_again as in_studies
from liaison_desktop.clinical.research.queries import research_consents_in
from liaison_desktop.clinical.research.record import ResearchConsent, ResearchState
from liaison_desktop.clinical.research.rules import AskAgain
from liaison_desktop.store import Act, Store
from liaison_desktop.tasks.queries import open_tasks
from liaison_desktop.tasks.record import Task
from liaison_desktop.tasks.rules import Clock

_IN_WORK = (
    ConsentState.DRAFT,
    ConsentState.DISCUSSED,
    ConsentState.VERIFYING,
    ConsentState.RETURNED,
    ConsentState.READY,
    ConsentState.SIGNED,
    ConsentState.WITNESSED,
)
_RESEARCH = (
    ResearchState.GIVEN,
    ResearchState.HOME,
    ResearchState.CAPACITY,
    ResearchState.READY,
    ResearchState.SIGNED,
)
_LINES = 1000  # of the journal: more is printed by nobody in a day
_MOST = 60  # of each sort; a page shows a few and says how many there are
LEFT = frozenset({Act.PRINTED, Act.EXPORTED})


class Day(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that waits, read at one moment. `names` are the patients that any of it speaks of."""

    clocks: tuple[Clock, ...]
    mine: tuple[Task, ...]
    others: tuple[Task, ...]
    in_hand: tuple[Episode, ...]
    checklists: tuple[Checklist, ...]
    consents: tuple[Consent, ...]
    concerns: tuple[Concern, ...]
    referrals: tuple[Referral, ...]
    research: tuple[ResearchConsent, ...]
    outdated: tuple[Outdated, ...]
    ask_again: tuple[AskAgain, ...]
    lately: tuple[Patient, ...]
    names: Mapping[uuid.UUID, Patient]


class SentOut(msgspec.Struct, frozen=True, kw_only=True):
    """Something that left the store today, on paper or as a file: of which record, and when."""

    kind: str
    subject: uuid.UUID | None
    at: datetime.datetime
    printed: bool


def read_day(store: Store, now: datetime.datetime) -> Day:
    """What waits now."""
    clocks = running_clocks(store, now)
    mine, others = open_tasks(store, mine=True, most=_MOST), open_tasks(store, mine=False, most=_MOST)
    in_hand = _in_hand(store)
    checklists = open_checklists(store, _MOST)
    consents = consents_in(store, _IN_WORK, _MOST)
    concerns = tuple(concern for concern in open_concerns(store, most=_MOST) if concern.open)
    # Newest first as they were read; whoever waits longest stands at the top.
    referrals = tuple(one for one in reversed(open_referrals(store)) if one.responded_at is None)[:_MOST]
    wanted: list[Iterable[uuid.UUID | None]] = [
        (clock.subject for clock in clocks),
        (task.subject for task in (*mine, *others)),
        (episode.patient for episode in in_hand),
        (checklist.patient for checklist in checklists),
        (concern.patient for concern in concerns),
        (referral.patient for referral in referrals),
    ]
    ids = tuple({one for some in wanted for one in some if one is not None})
    return Day(
        clocks=clocks,
        mine=mine,
        others=others,
        in_hand=in_hand,
        checklists=checklists,
        consents=consents,
        concerns=concerns,
        referrals=referrals,
        research=research_consents_in(store, _RESEARCH, _MOST),
        outdated=to_ask_again(store),
        ask_again=in_studies(store),
        lately=opened_lately(store),
        names={patient.id: patient for patient in patients(store, ids)},
    )


def _in_hand(store: Store) -> tuple[Episode, ...]:
    """The episodes of whoever works here that are not over, the one that changed last at the top."""
    table = store.table(Episode)
    query = sa.select(table).where(
        table.c.state.in_([state.value for state in AT_WORK]), table.c.liaison == store.actor.name
    )
    with store.reading() as connection:
        rows = connection.execute(query.order_by(table.c.state_since.desc()).limit(_MOST)).mappings()
        return tuple(store.load(Episode, row) for row in rows)


def left_today(store: Store, day: datetime.date) -> tuple[SentOut, ...]:
    """What whoever works here printed or saved as a file on this day, newest first."""
    return tuple(
        SentOut(kind=line.kind, subject=line.subject, at=line.when, printed=line.act == Act.PRINTED)
        for line in store.lines(limit=_LINES)
        if line.act in LEFT and line.actor == store.actor.id and line.when.date() == day
    )
