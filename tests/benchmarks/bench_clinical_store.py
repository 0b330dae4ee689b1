"""What a clinical liaison of many years would have: everybody invented, saved directly in big transactions."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from liaison_desktop.clinical.checklists.record import Checklist
    from liaison_desktop.clinical.episodes.record import Episode
    from liaison_desktop.clinical.patients.record import Patient
    from liaison_desktop.records import Record
    from liaison_desktop.store import Store

IN_HAND = 200  # one episode of so many is not over; two a patient
_BATCH = 1_000  # patients a transaction
_FAMILY = ("Alvarez", "Chen", "Garcia", "Okafor", "Lindqvist", "Haddad", "Rose", "Young", "Park", "Moss")
_GIVEN = ("Maria", "Ann", "Wei", "Omar", "Lee", "Ruth", "Samuel", "Greta", "Dana", "Joan")
_PLACES = ("Northlake Medical Center", "Lakeside General", "St. Brigid Hospital", "Harrow Community Hospital")
_WORDS = ("Who feeds my cat?", "I am afraid of the stairs.", "Can my sister be there?", "Why another needle?")
_DAY = dt.timedelta(days=1)


def build(store: Store, count: int) -> None:
    """So many patients, with two episodes each and what belongs to them."""
    from liaison_desktop.clinical.checklists.actions import Planned, start_checklist
    from liaison_desktop.clinical.outreach.record import EventKind, OutreachEvent, SourceContact, SourcePlace
    from liaison_desktop.clinical.people.record import Credential, Facility, Practitioner

    with store.transaction() as transaction:
        transaction.save(Facility(name="Riverbend Regional Medical Center", own=True))
        for n in range(60):
            transaction.save(Practitioner(name=f"{_GIVEN[n % 10]} {_FAMILY[n // 10]}", credential=Credential.MD))
        places = [transaction.save(SourcePlace(name=name)) for name in _PLACES]
        people = [transaction.save(SourceContact(name=f"Contact {n}", place_id=places[n % 4].id)) for n in range(300)]
        for n in range(count // 10):
            day = (store.clock() - n % 700 * _DAY).date()
            who = (people[n % 300].id,)
            event = OutreachEvent(event_kind=EventKind.PHONE, held_on=day, place_id=places[n % 4].id, contact_ids=who)
            transaction.save(event)
    first = store.save(_patient(0))
    form = start_checklist(store, first.id, Planned(service="SNF"))
    for begin in range(1, count, _BATCH):
        with store.transaction() as transaction:
            for n in range(begin, min(begin + _BATCH, count)):
                patient = transaction.save(_patient(n))
                for record in _belongings(store, n, patient, form):
                    transaction.save(record)


def in_hand(store: Store, count: int) -> list[uuid.UUID]:
    """So many patients whose stay is not over and who have a referral."""
    from liaison_desktop.clinical.referrals.queries import open_referrals

    return [one.patient for one in open_referrals(store) if one.patient is not None][:count]


def _patient(n: int) -> Patient:
    from liaison_desktop.clinical.patients.record import AllergyAssertion, Identifier, Patient

    return Patient(
        family=f"{_FAMILY[n % 10]}{'' if n % 7 else f' {n}'}",
        given=_GIVEN[n // 10 % 10],
        birth_date=f"19{n % 80 + 10}-{n % 12 + 1:02d}-{n % 28 + 1:02d}",
        identifiers=(Identifier(value=f"{n:04d}-{n % 9999:04d}"),),
        allergy_assertion=AllergyAssertion.NKA if n % 3 else None,
    )


def _belongings(store: Store, n: int, patient: Patient, form: Checklist) -> Iterator[Record]:
    """Two episodes with their referrals, tasks, concerns and calls; a coverage that was verified; papers."""
    from liaison_desktop.clinical.coverage.record import Coverage, CoverageVerification, Method, Outcome, PlanType

    now = store.clock()
    coverage = Coverage(patient=patient.id, payer="Riverbend Advantage", plan_type=PlanType.PPO, member_id=f"RBA-{n}")
    yield coverage
    yield CoverageVerification(
        coverage=coverage.id,
        patient=patient.id,
        method=Method.PHONE,
        representative="Dana",
        call_reference=f"C-{n}",
        at=now - n % 30 * _DAY,
        outcome=Outcome.ACTIVE,
        valid_until=(now + (7 - n % 30) * _DAY).date(),
    )
    for which in (0, 1):
        yield from _stay(store, n * 2 + which, patient)
    if n % 2 == 0:
        yield _checklist(store, n, patient, form)
    if n % 4 == 0:
        yield _consent(store, n, patient)


def _stay(store: Store, n: int, patient: Patient) -> Iterator[Record]:
    from liaison_desktop.clinical.episodes.record import Episode, EpisodeState, Life, ServiceLine, StateEvent
    from liaison_desktop.clinical.referrals.record import Channel, Decision, Priority, Referral, WorkStatus

    at = store.clock() - n % 2_000 * _DAY / 2
    running = n % IN_HAND == 1
    if running:
        at = store.clock() - n % 5 * _DAY
    services = (ServiceLine.SNF, ServiceLine.IRF, ServiceLine.MED_ADMIT, ServiceLine.SNF)
    works = (WorkStatus.RECEIVED, WorkStatus.TRIAGED, WorkStatus.SCREENING, WorkStatus.SCREENED)
    referral = Referral(
        patient=patient.id,
        source_text=_PLACES[n % 4],
        contact_text=f"Contact {n % 300}",
        channel=Channel.PHONE,
        received_at=at,
        service=services[n % 4],
        priority=Priority.URGENT if n % 5 == 0 else Priority.ROUTINE,
        reason="Stroke, needs therapy",
        work=works[n // IN_HAND % 4] if running else WorkStatus.CLOSED,
        work_since=at,
        decision=Decision.NONE if running else Decision.ACCEPTED,
        responded_at=None if running and n % 3 else at,
        liaison=store.actor.name,
    )
    episode = Episode(
        patient=patient.id,
        number=f"E-{n:06}",
        service=services[n % 4],
        state=EpisodeState.PRE_ADMISSION if running else EpisodeState.CLOSED,
        state_since=at,
        referral=referral.id,
        liaison=store.actor.name,
    )
    yield episode
    yield _with_episode(referral, episode)
    yield StateEvent(episode=episode.id, life=Life.EPISODE, subject=episode.id, after=episode.state.value, at=at)
    yield from _work(store, n, episode, running)


def _with_episode(referral: Record, episode: Episode) -> Record:
    import msgspec

    return msgspec.structs.replace(referral, episode=episode.id)


def _work(store: Store, n: int, episode: Episode, running: bool) -> Iterator[Record]:
    """Tasks, a concern and a call of one stay."""
    from liaison_desktop.clinical.communication.record import Channel, Direction, LogEntry, Party, ReadBack, Topic
    from liaison_desktop.clinical.concerns.record import Concern, ConcernState
    from liaison_desktop.tasks.record import Task, TaskKind, TaskState

    at, patient = episode.state_since or store.clock(), episode.patient
    for k in range(3 if running else 1):
        yield Task(
            what=("Answer the referral source", "Read the packet", "Verify the insurance")[k],
            task_kind=(TaskKind.CALL, TaskKind.REVIEW, TaskKind.REVIEW)[k],
            subject=patient,
            episode=episode.id,
            about_kind="referral",
            about=episode.referral,
            owner=store.actor.name,
            owner_id=store.actor.id,
            due_at=at + dt.timedelta(hours=4 * k + 1),
            state=TaskState.REQUESTED if running else TaskState.COMPLETED,
            made_at=at,
            ended_at=None if running else at,
        )
    if n % 2 == 1:
        state = ConcernState.OPEN if running else ConcernState.CLOSED
        closed = None if running else at
        yield Concern(
            patient=patient, episode=episode.id, words=_WORDS[n // 2 % 4], raised_at=at, state=state, closed_at=closed
        )
    yield LogEntry(
        patient=patient,
        episode=episode.id,
        at=at,
        direction=Direction.OUT,
        channel=Channel.PHONE,
        topic=Topic.REFERRAL,
        parties=(Party(name=f"Contact {n % 300}"),),
        summary="Told that the packet is read today.",
        read_back=ReadBack.NOT_NEEDED,
        recorded_at=at,
        recorded_by=store.actor.name,
    )


def _checklist(store: Store, n: int, patient: Patient, form: Checklist) -> Record:
    from liaison_desktop.clinical.checklists.record import Checklist, ChecklistStatus

    at, running = store.clock() - n % 900 * _DAY, n % IN_HAND == 0
    return Checklist(
        patient=patient.id,
        name=form.name,
        form_url=form.form_url,
        form_version=form.form_version,
        form_hash=form.form_hash,
        status=ChecklistStatus.IN_PROGRESS if running else ChecklistStatus.COMPLETED,
        content=form.content,
        author=store.actor.name,
        started_at=at,
        completed_at=None if running else at,
        asked=60,
        answered=20 if running else 60,
        left=40 if running else 0,
    )


def _consent(store: Store, n: int, patient: Patient) -> Record:
    from liaison_desktop.clinical.consents.record import Consent, ConsentState

    at, running = store.clock() - n % 900 * _DAY, n % IN_HAND == 0
    return Consent(
        patient_id=patient.id,
        state=ConsentState.DRAFT if running else ConsentState.EXPIRED,
        document_number=f"CS-T-{n:06}",
        begun_at=at,
        begun_by=store.actor.name,
        shown_name=f"{patient.given} {patient.family}",
        procedure_text="Colonoscopy",
    )
