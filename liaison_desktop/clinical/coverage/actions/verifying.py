"""A call to a payer, or a look at its portal: begun with what is known, kept once, with what follows from it."""

from __future__ import annotations

import msgspec

from liaison_desktop.clinical.coverage.actions.covering import RECORD, stop_if
from liaison_desktop.clinical.coverage.queries import authorisations_of, verifications_of
from liaison_desktop.clinical.coverage.record import (
    Asked,
    Authorisation,
    AuthorisationStatus,
    AuthorisationStep,
    BenefitDays,
    Coverage,
    CoverageVerification,
    Method,
    Outcome,
)
from liaison_desktop.clinical.coverage.rules import estimate_of, valid_until, verification_faults
from liaison_desktop.clinical.coverage.rules.verifying import benefits_of
from liaison_desktop.clinical.episodes.queries import current_episode
from liaison_desktop.clinical.people.actions import require
from liaison_desktop.errors import Refused
from liaison_desktop.policies import policy_of
from liaison_desktop.store import Store, Transaction
from liaison_desktop.tasks.actions import cancel_task, complete_task, make_task
from liaison_desktop.tasks.queries import tasks_about
from liaison_desktop.tasks.record import Priority, Task, TaskKind

replace = msgspec.structs.replace
CALL_AGAIN, SUBMIT = "Call the payer again: the call dropped", "Submit the authorisation"
_NEVER_CARRIED = frozenset(
    {
        "id", "version", "representative", "call_reference", "no_reference", "portal_reference", "at", "outcome",
        "disclaimer_given", "patient_words", "valid_until", "estimate", "by", "by_id", "recorded_at", "policy_version",
    }
)  # fmt: skip


def dropped_before(store: Store, coverage: Coverage) -> CoverageVerification | None:
    """The call about this coverage that dropped last, if nothing was said since."""
    said = (
        [one for one in verifications_of(store, coverage.patient) if one.coverage == coverage.id]
        if coverage.patient
        else []
    )
    return said[0] if said and said[0].outcome is Outcome.DROPPED else None


def begin_verification(store: Store, coverage: Coverage) -> CoverageVerification:
    """An empty verification by phone, now. After a dropped call it takes up the amounts that were said, to be confirmed."""
    now, episode = store.clock(), current_episode(store, coverage.patient) if coverage.patient is not None else None
    rows = tuple(BenefitDays(benefit=benefit) for benefit in benefits_of(coverage))
    begun = CoverageVerification(
        coverage=coverage.id,
        patient=coverage.patient,
        episode=episode.id if episode is not None else None,
        method=Method.PHONE,
        at=now,
        days=rows,
    )
    before = dropped_before(store, coverage)
    if before is None:
        return begun
    kept = {name: getattr(before, name) for name in before.__struct_fields__ if name not in _NEVER_CARRIED}
    return replace(begun, **kept)


def record_verification(store: Store, said: CoverageVerification) -> CoverageVerification:
    """Keep what the payer said, once. A dropped call is kept too, and asks for another one. Raises Refused.

    Where the payer asks for an authorisation and none is there, one is begun, with a task to submit it.
    """
    require(store, RECORD)
    policy, estimate = policy_of(store), estimate_of(said)
    counts = said.told and said.at is not None
    until = said.valid_until
    if counts and until is None and said.at is not None:
        until = valid_until(said.at.date(), int(policy.number("insurance_valid_days")))
    said = replace(
        said,
        days=tuple(row for row in said.days if row.total is not None or row.used is not None),
        estimate=estimate.cents if estimate is not None else None,
        valid_until=until if counts else None,
        by=store.actor.name,
        by_id=store.actor.id,
        recorded_at=store.clock(),
        policy_version=policy.version,
    )
    stop_if(verification_faults(said, policy, now=store.clock()))
    if said.version is not None:
        raise Refused(said.guard(said))
    with store.transaction("Coverage verified" if counts else "Coverage asked about") as transaction:
        kept = transaction.save(said)
        _follow(store, transaction, kept)
    return kept


def _follow(store: Store, transaction: Transaction, said: CoverageVerification) -> None:
    """The task that a dropped call leaves, or the end of it; and the authorisation that the payer asks for."""
    if said.coverage is None:
        return
    if said.outcome is Outcome.DROPPED:
        _task(store, transaction, said, CALL_AGAIN, TaskKind.CALL, "V33")
        return
    if not said.told:
        return
    for task in tasks_about(store, said.coverage):
        if task.what == CALL_AGAIN:
            complete_task(store, task, "The payer was asked again.", within=transaction)
    held = (
        [one for one in authorisations_of(store, said.patient) if one.coverage == said.coverage] if said.patient else []
    )
    open_ones = [one for one in held if one.status is not AuthorisationStatus.CANCELLED]
    if said.authorisation is Asked.YES and not open_ones:
        step = AuthorisationStep(status=AuthorisationStatus.TO_SUBMIT, at=store.clock(), by=store.actor.name)
        transaction.save(
            Authorisation(
                coverage=said.coverage,
                patient=said.patient,
                episode=said.episode,
                service=said.service or "Stay",
                steps=(step,),
            )
        )
        _task(store, transaction, said, SUBMIT, TaskKind.ESCALATE, "V35")


def _task(
    store: Store, transaction: Transaction, said: CoverageVerification, what: str, kind: TaskKind, rule: str
) -> None:
    make_task(
        store,
        Task(
            what=what,
            task_kind=kind,
            subject=said.patient,
            episode=said.episode,
            about_kind=Coverage.kind,
            about=said.coverage,
            due_at=store.clock(),
            priority=Priority.URGENT,
            rule=rule,
        ),
        within=transaction,
    )


def submitted(store: Store, transaction: Transaction, authorisation: Authorisation) -> None:
    """The authorisation is on its way, or not needed any more: the task to submit it ends."""
    if authorisation.coverage is None or authorisation.status is AuthorisationStatus.TO_SUBMIT:
        return
    for task in tasks_about(store, authorisation.coverage):
        if task.what != SUBMIT:
            continue
        if authorisation.status in (AuthorisationStatus.CANCELLED, AuthorisationStatus.NOT_REQUIRED):
            cancel_task(store, task, authorisation.status.label, within=transaction)
        else:
            complete_task(store, task, authorisation.status.label, within=transaction)
