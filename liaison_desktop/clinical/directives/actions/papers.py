"""Keeping a directive, ending one, and giving written information on rights."""

from __future__ import annotations

import datetime
import uuid

import msgspec

from liaison_desktop.clinical.directives.actions.common import RECORD, ask_for, episode_of, settle, stop_if
from liaison_desktop.clinical.directives.queries import rights_given_to
from liaison_desktop.clinical.directives.record import CopyOnFile, Directive, GivenTo, RightsGiven
from liaison_desktop.clinical.directives.record.directive import ORDERS
from liaison_desktop.clinical.directives.rules import directive_faults, rights_faults
from liaison_desktop.clinical.patients.record import CodeStatus, Patient
from liaison_desktop.clinical.people.actions import require
from liaison_desktop.errors import Refused
from liaison_desktop.policies import policy_of
from liaison_desktop.store import Store, Transaction
from liaison_desktop.tasks.record import Priority, TaskKind

replace = msgspec.structs.replace
TELL_NOW = "Tell the practitioner now: code status reported and chart differ"


def save_directive(store: Store, directive: Directive) -> Directive:
    """Keep what is known of a directive. A copy that was asked for is a task until it is here.

    A POLST or DNR order beside a full code as reported is told to the practitioner now (V12). Raises Refused, Stale.
    """
    require(store, RECORD)
    policy, now = policy_of(store), store.clock()
    stop_if(directive_faults(directive, policy))
    if directive.version is None:
        directive = replace(directive, recorded_by=store.actor.name, recorded_at=now)
    if directive.copy is CopyOnFile.REQUESTED and directive.asked_at is None:
        directive = replace(directive, asked_at=now)
    if directive.copy is CopyOnFile.YES and directive.seen_at is None:
        directive = replace(directive, seen_at=now)
    with store.transaction("Directive") as transaction:
        kept = transaction.save(directive)
        _follow(store, transaction, kept)
    return kept


def _follow(store: Store, transaction: Transaction, kept: Directive) -> None:
    about = (Directive.kind, kept.id)
    if kept.copy is CopyOnFile.REQUESTED and kept.ended_at is None:
        hours = datetime.timedelta(hours=policy_of(store).number("directive_copy_hours"))
        what = f"Get the copy: {kept.title()}"
        ask_for(
            store,
            transaction,
            what,
            "DIR-COPY",
            kind=TaskKind.OBTAIN_DOC,
            patient=kept.patient,
            about=about,
            due_at=store.clock() + hours,
        )
    elif kept.copy is CopyOnFile.YES:
        settle(store, transaction, "DIR-COPY", patient=kept.patient, about=kept.id, outcome="The copy is here.")
    patient = transaction.find(Patient, kept.patient)
    if patient is not None and kept.counts and kept.directive_kind in ORDERS and patient.code_status is CodeStatus.FULL:
        tell_now(store, transaction, patient.id, about)


def tell_now(store: Store, transaction: Transaction, patient: uuid.UUID, about: tuple[str, uuid.UUID]) -> None:
    """The task of V12: the practitioner is told at once."""
    ask_for(
        store,
        transaction,
        TELL_NOW,
        "V12",
        kind=TaskKind.ESCALATE,
        patient=patient,
        about=about,
        priority=Priority.STAT,
    )


def end_directive(store: Store, directive: Directive, reason: str) -> Directive:
    """It no longer counts, such as one that was revoked; it stays to be read. Raises Refused, Stale."""
    require(store, RECORD)
    if not reason.strip():
        raise Refused((policy_of(store).fault("DIR-WHY", field="ended_reason"),))
    ended = replace(directive, ended_at=store.clock(), ended_reason=reason.strip())
    return store.save(ended, reason="Directive ended")


def give_rights(store: Store, given: RightsGiven) -> RightsGiven:
    """Written information on rights was given. Where somebody took it for the patient, a task gives it again.

    Raises Refused.
    """
    require(store, RECORD)
    stamped = replace(
        given,
        episode=given.episode or episode_of(store, given.patient),
        by=given.by.strip() or store.actor.name,
        recorded_by=store.actor.name,
        recorded_at=store.clock(),
    )
    stop_if(rights_faults(stamped, policy_of(store), now=store.clock()))
    with store.transaction("Written information on rights") as transaction:
        kept = transaction.save(stamped)
        if kept.given_to is GivenTo.PATIENT:
            for earlier in rights_given_to(store, kept.patient) if kept.patient is not None else ():
                settle(store, transaction, "PSDA", patient=kept.patient, about=earlier.id, outcome="Given.")
        else:
            ask_for(
                store,
                transaction,
                "Give the written information on rights to the patient, once able",
                "PSDA",
                kind=TaskKind.TEACH,
                patient=kept.patient,
                about=(RightsGiven.kind, kept.id),
                due_at=store.clock() + datetime.timedelta(hours=policy_of(store).number("rights_again_hours")),
            )
    return kept
