"""Practice records on decisions for two of the invented patients."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from liaison_desktop.clinical.directives.record import (
    Ability,
    AbilityState,
    CapacityNote,
    CodeStatusReport,
    Concern,
    CopyOnFile,
    Directive,
    DirectiveKind,
    Executed,
    Factor,
    GivenTo,
    ReportedBy,
    RightsGiven,
    SameChoice,
)
from liaison_desktop.clinical.patients.record import CodeStatus, Patient
from liaison_desktop.policies import policy_of
from liaison_desktop.records import Record
from liaison_desktop.store import Store

_DAY = datetime.timedelta(days=1)


def fill_practice_directives(store: Store) -> None:
    """Put invented directives, reports and notes into a new store, in one transaction."""
    held = {patient.family: patient for patient in store.all(Patient)}
    with store.transaction("synthetic practice record") as transaction:
        for record in (
            *(_alvarez(store, held["Álvarez"]) if "Álvarez" in held else ()),
            *(_whitfield(store, held["Whitfield"]) if "Whitfield" in held else ()),
        ):
            transaction.save(record)


def _report(
    store: Store, patient: Patient, status: CodeStatus, source: ReportedBy, by: str, days: int
) -> CodeStatusReport:
    at = store.clock() - days * _DAY
    return CodeStatusReport(
        patient=patient.id,
        status=status,
        source=source,
        reported_by=by,
        at=at,
        in_chart=status,
        recorded_by=store.actor.name,
        recorded_at=at,
        policy_version=policy_of(store).version,
    )


def _alvarez(store: Store, patient: Patient) -> Iterator[Record]:
    now, who = store.clock(), store.actor.name
    agent = next((person.id for person in patient.related if person.decides), None)
    yield _report(store, patient, CodeStatus.FULL, ReportedBy.PATIENT, "María Álvarez", 2)
    yield Directive(
        patient=patient.id,
        directive_kind=DirectiveKind.HCPOA,
        executed=Executed.UNKNOWN,
        copy=CopyOnFile.REQUESTED,
        asked_of="Lucía Álvarez, daughter",
        asked_at=now - _DAY,
        agent=agent,
        told_by="Patient",
        recorded_by=who,
        recorded_at=now - _DAY,
    )
    yield RightsGiven(
        patient=patient.id,
        given_to=GivenTo.PATIENT,
        language="Spanish",
        at=now - 2 * _DAY,
        by=who,
        recorded_by=who,
        recorded_at=now - 2 * _DAY,
    )


def _whitfield(store: Store, patient: Patient) -> Iterator[Record]:
    now, who = store.clock(), store.actor.name
    agent = next((person.id for person in patient.related if person.decides), None)
    yield _report(store, patient, CodeStatus.DNR_DNI, ReportedBy.REPRESENTATIVE, "Arthur Whitfield", 3)
    for kind, signed in ((DirectiveKind.POLST, "2024-05"), (DirectiveKind.HCPOA, "2023-09-20")):
        yield Directive(
            patient=patient.id,
            directive_kind=kind,
            executed=Executed.YES,
            executed_on=signed,
            copy=CopyOnFile.YES,
            seen_by=who,
            seen_at=now - 3 * _DAY,
            in_force=True,
            agent=agent if kind is DirectiveKind.HCPOA else None,
            told_by="Arthur Whitfield, son",
            recorded_by=who,
            recorded_at=now - 3 * _DAY,
        )
    yield CapacityNote(
        patient=patient.id,
        decision="Whether to go to skilled nursing after the hospital",
        understand=Ability(state=AbilityState.DEMONSTRATED, quote="They want me somewhere with nurses for a while."),
        appreciate=Ability(state=AbilityState.PARTIAL, quote="I would be fine at home, I think. Maybe not at night."),
        reason=Ability(state=AbilityState.DEMONSTRATED, quote="There I get help to walk. At home the cat is waiting."),
        choice=Ability(state=AbilityState.DEMONSTRATED, quote="The place with the garden."),
        asked_again=SameChoice.SAME,
        asked_again_words="The garden one, I said so.",
        factors=(Factor.HEARING, Factor.FATIGUE),
        concern=Concern.SOME,
        referred_to="Dr. Grace Lin, MD",
        referred_at=now - _DAY,
        at=now - _DAY,
        by=who,
        by_id=store.actor.id,
    )
