"""A new referral: patient, referral, episode, expected documents and first tasks in one transaction."""

from __future__ import annotations

import datetime
from collections.abc import Collection

import msgspec

from liaison_desktop.clinical.episodes.actions import open_episode
from liaison_desktop.clinical.episodes.queries import episodes_of
from liaison_desktop.clinical.episodes.record import Life
from liaison_desktop.clinical.patients.actions import look_over, register_within
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.clinical.people.actions import require
from liaison_desktop.clinical.referrals.actions.following import FIRST
from liaison_desktop.clinical.referrals.actions.judging import RECORD, write_step
from liaison_desktop.clinical.referrals.record import Referral, ReferralDocument, WorkStatus
from liaison_desktop.clinical.referrals.rules.asking import new_faults
from liaison_desktop.clinical.referrals.rules.expected import lacking
from liaison_desktop.errors import Refused, Severity
from liaison_desktop.policies import Policy, policy_of
from liaison_desktop.store import Store, Transaction
from liaison_desktop.tasks.actions import make_task
from liaison_desktop.tasks.record import Task, TaskKind

replace = msgspec.structs.replace


def take_referral(
    store: Store, referral: Referral, patient: Patient, *, confirmed: Collection[str] = ()
) -> tuple[Referral, Patient]:
    """A referral that came in. A patient without a version is new and is registered with it.

    `confirmed` names the rules a person said yes to, such as V3: this is somebody else. Raises Refused.
    """
    require(store, RECORD)
    policy, now = policy_of(store), store.clock()
    about = look_over(store, patient) if patient.version is None else ()
    stopping = [
        fault
        for fault in (*about, *new_faults(referral, now, policy))
        if fault.severity is Severity.REFUSE or (fault.severity is Severity.CONFIRM and fault.rule not in confirmed)
    ]
    if stopping:
        raise Refused(stopping)
    earlier = episodes_of(store, patient.id) if patient.version is not None else ()
    with store.transaction("New referral") as transaction:
        known = patient
        if patient.version is None:
            known = register_within(store, transaction, patient, confirmed=confirmed)
        taken = replace(
            referral,
            patient=known.id,
            work=WorkStatus.NEW,
            work_since=now,
            received_at=referral.received_at or now,
            liaison=store.actor.name,
        )
        if taken.service is None:
            raise Refused(taken.faults())
        prior = earlier[0].id if earlier else None
        episode = open_episode(store, transaction, known.id, taken.service, referral=taken.id, prior=prior)
        saved = transaction.save(replace(taken, episode=episode.id))
        write_step(store, transaction, saved, Life.WORK, "", saved.work.value)
        list_missing(store, transaction, saved)
        make_first_tasks(store, transaction, saved)
    return saved, known


def list_missing(
    store: Store, transaction: Transaction, referral: Referral, papers: tuple[ReferralDocument, ...] = ()
) -> None:
    """A placeholder for each document that the service line expects and that has no line yet."""
    for kind in lacking(referral.service, papers, policy_of(store)):
        transaction.save(ReferralDocument(referral=referral.id, patient=referral.patient, document=kind, missing=True))


def make_first_tasks(
    store: Store, transaction: Transaction, referral: Referral, *, without: TaskKind | None = None
) -> None:
    """The tasks with which a referral for this service line begins; the facility's policy names them.

    One that is opened again begins with them too, `without` what was done already.
    """
    for what, kind, due in first_tasks(referral, policy_of(store)):
        if kind is without:
            continue
        make_task(
            store,
            Task(
                what=what,
                task_kind=kind,
                subject=referral.patient,
                episode=referral.episode,
                about_kind=Referral.kind,
                about=referral.id,
                due_at=due,
                rule=FIRST,
            ),
            transaction,
        )


def first_tasks(referral: Referral, policy: Policy) -> list[tuple[str, TaskKind, datetime.datetime | None]]:
    """The words, kind and time of each first task. A line of the policy reads "review | 2 | Read the packet"."""
    service = referral.service.value if referral.service is not None else "OTHER"
    lines = policy.words(f"first_tasks_{service}") or policy.words("first_tasks_OTHER")
    found = []
    for line in lines:
        kind, hours, words = (part.strip() for part in line.split("|", 2))
        due = referral.received_at + datetime.timedelta(hours=float(hours)) if referral.received_at else None
        found.append((words, TaskKind(kind), due))
    return found
