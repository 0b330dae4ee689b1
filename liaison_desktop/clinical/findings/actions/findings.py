"""Keeping problems, lines and wounds; and taking back what was entered in error, which is never removed."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TypeVar

import msgspec

from liaison_desktop.clinical.episodes.queries import current_episode
from liaison_desktop.clinical.findings.record import (
    LineDevice,
    Problem,
    ProblemVerification,
    ProposalAnswer,
    VitalSigns,
    Wound,
    WoundLook,
)
from liaison_desktop.clinical.findings.rules import line_faults, problem_faults, wound_faults
from liaison_desktop.clinical.people.actions import require
from liaison_desktop.errors import Fault, Refused, Severity
from liaison_desktop.policies import policy_of
from liaison_desktop.store import Store

replace = msgspec.structs.replace
F = TypeVar("F", VitalSigns, LineDevice, Wound, Problem)


def _refuse(faults: tuple[Fault, ...]) -> None:
    stopping = [fault for fault in faults if fault.severity in (Severity.REFUSE, Severity.CONFIRM)]
    if stopping:
        raise Refused(stopping)


def _stay(store: Store, patient: uuid.UUID | None) -> uuid.UUID | None:
    found = current_episode(store, patient) if patient is not None else None
    return found.id if found is not None else None


def record_problem(store: Store, problem: Problem) -> Problem:
    """Keep a problem, or a new state of one. Raises Refused."""
    require(store, "record_clinical")
    _refuse(problem_faults(problem, policy_of(store), today=store.clock().date()))
    return store.save(
        replace(
            problem,
            episode=problem.episode or _stay(store, problem.patient),
            noted_at=store.clock(),
            noted_by=store.actor.name,
        ),
        reason="Problem",
    )


def record_line(store: Store, line: LineDevice) -> LineDevice:
    """Keep a line, drain or device, or a new state of one. Raises Refused."""
    require(store, "record_clinical")
    _refuse(line_faults(line, policy_of(store), today=store.clock().date()))
    return store.save(
        replace(
            line,
            episode=line.episode or _stay(store, line.patient),
            noted_at=store.clock(),
            noted_by=store.actor.name,
        ),
        reason="Line or device",
    )


def remove_line(store: Store, line: LineDevice, on: dt.date) -> LineDevice:
    """It was taken out that day. Raises Refused."""
    return record_line(store, replace(line, removed_on=on))


def record_wound(store: Store, wound: Wound, look: WoundLook) -> Wound:
    """Keep a wound with one look at it: its first, or one more. Raises Refused."""
    require(store, "record_clinical")
    seen = replace(look, at=look.at or store.clock(), by=store.actor.name)
    whole = replace(wound, looks=(*wound.looks, seen), episode=wound.episode or _stay(store, wound.patient))
    _refuse(_of_last_look(wound_faults(whole, policy_of(store), today=store.clock().date()), len(wound.looks)))
    return store.save(whole, reason="Wound")


def look_at_wound(store: Store, wound_id: uuid.UUID, look: WoundLook) -> Wound:
    """One more look at a wound. Raises Missing, Refused."""
    return record_wound(store, store.get(Wound, wound_id), look)


def _of_last_look(faults: tuple[Fault, ...], number: int) -> tuple[Fault, ...]:
    """The faults with those of the new look named by its own fields, as its form knows them."""
    head = f"looks.{number}."
    return tuple(replace(fault, field=fault.field.removeprefix(head)) for fault in faults)


def heal_wound(store: Store, wound: Wound, on: dt.date) -> Wound:
    """It has healed. Raises Refused."""
    require(store, "record_clinical")
    healed = replace(wound, healed_on=on)
    _refuse(wound_faults(healed, policy_of(store), today=store.clock().date()))
    return store.save(healed, reason="Wound healed")


def take_back(store: Store, finding: F, reason: str) -> F:
    """It was entered in error; it stays, with the reason, and counts no more. Raises Refused."""
    require(store, "record_clinical")
    if not reason.strip():
        raise Refused((policy_of(store).fault("FIND-MISTAKE", field="mistake"),))
    if isinstance(finding, Problem):
        return store.save(replace(finding, verification=ProblemVerification.ENTERED_IN_ERROR), reason=reason.strip())
    return store.save(replace(finding, mistake=reason.strip()), reason="Entered in error")


def answer_proposal(store: Store, patient: uuid.UUID, checklist: uuid.UUID, topic: str, taken: bool) -> ProposalAnswer:
    """Somebody took a checklist's answer over into the chart, or left it. Raises Refused."""
    require(store, "record_clinical")
    by = store.actor.name
    return store.save(
        ProposalAnswer(patient=patient, checklist=checklist, topic=topic, taken=taken, at=store.clock(), by=by)
    )
