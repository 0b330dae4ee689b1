"""Everything that is recorded of one episode and its patient, gathered for another system."""

from __future__ import annotations

import uuid
from typing import TypeVar

import msgspec

from liaison_desktop.clinical.checklists.queries import checklists_of
from liaison_desktop.clinical.checklists.record import Checklist, ChecklistStatus
from liaison_desktop.clinical.consents.queries import consents_of, endings_of
from liaison_desktop.clinical.consents.record import Consent, ConsentWithdrawal
from liaison_desktop.clinical.coverage.record import Coverage
from liaison_desktop.clinical.episodes.queries import events_of
from liaison_desktop.clinical.episodes.record import Episode, StateEvent
from liaison_desktop.clinical.findings.record import Problem
from liaison_desktop.clinical.medications.record import Medicine
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.clinical.people.record import Facility
from liaison_desktop.clinical.referrals.record import Referral, ReferralDocument
from liaison_desktop.clinical.research.queries import endings_of as research_endings_of
from liaison_desktop.clinical.research.queries import research_consents_of
from liaison_desktop.clinical.research.record import ResearchConsent, ResearchWithdrawal
from liaison_desktop.errors import Missing
from liaison_desktop.records import Record
from liaison_desktop.store import Store
from liaison_desktop.tasks.record import Task

R = TypeVar("R", bound=Record)


class Gathered(msgspec.Struct, frozen=True, kw_only=True):
    """The records an episode is told by. Those that were entered in error are left out, consents in draft too."""

    patient: Patient
    episode: Episode
    ours: Facility | None
    events: tuple[StateEvent, ...]
    referrals: tuple[Referral, ...]
    documents: tuple[ReferralDocument, ...]
    tasks: tuple[Task, ...]
    problems: tuple[Problem, ...]
    medicines: tuple[Medicine, ...]
    coverages: tuple[Coverage, ...]
    consents: tuple[Consent, ...]
    endings: dict[uuid.UUID, tuple[ConsentWithdrawal, ...]]
    checklists: tuple[Checklist, ...]
    research: tuple[ResearchConsent, ...] = ()
    left_studies: dict[uuid.UUID, tuple[ResearchWithdrawal, ...]] = {}


def gather(store: Store, episode_id: uuid.UUID) -> Gathered:
    """Read an episode with all that hangs on it. Raises Missing."""
    episode = store.get(Episode, episode_id)
    if episode.patient is None:
        raise Missing("This episode has no patient.")
    patient = store.get(Patient, episode.patient)
    referrals = _where(store, Referral, "episode", episode.id)
    consents = tuple(one for one in consents_of(store, patient.id) if one.sealed())
    research = tuple(one for one in research_consents_of(store, patient.id) if one.sealed())
    papers = [paper for one in referrals for paper in _where(store, ReferralDocument, "referral", one.id)]
    return Gathered(
        patient=patient,
        episode=episode,
        ours=next((facility for facility in store.all(Facility) if facility.own), None),
        events=events_of(store, episode.id),
        referrals=referrals,
        documents=tuple(paper for paper in papers if not paper.missing and not paper.not_needed),
        tasks=_where(store, Task, "episode", episode.id),
        problems=_where(store, Problem, "patient", patient.id),
        medicines=_where(store, Medicine, "episode", episode.id),
        coverages=_where(store, Coverage, "patient", patient.id),
        consents=consents,
        endings=endings_of(store, *(one.id for one in consents)),
        research=research,
        left_studies=research_endings_of(store, research),
        checklists=tuple(
            one for one in checklists_of(store, patient.id) if one.status is not ChecklistStatus.ENTERED_IN_ERROR
        ),
    )


def _where(store: Store, kind: type[R], column: str, value: uuid.UUID) -> tuple[R, ...]:
    import sqlalchemy as sa

    table = store.table(kind)
    with store.reading() as connection:
        query = sa.select(table).where(table.c[column] == value).order_by(table.c.rid)
        return tuple(store.load(kind, row) for row in connection.execute(query).mappings())
