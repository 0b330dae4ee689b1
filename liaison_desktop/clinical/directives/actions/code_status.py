"""Recording a code status as reported. A difference goes to the practitioner at once; nothing here sets one."""

from __future__ import annotations

import msgspec

from liaison_desktop.clinical.directives.actions.common import RECORD, episode_of, stop_if
from liaison_desktop.clinical.directives.actions.papers import tell_now
from liaison_desktop.clinical.directives.queries import directives_of
from liaison_desktop.clinical.directives.record import CodeStatusReport
from liaison_desktop.clinical.directives.rules import code_status_faults, differs
from liaison_desktop.clinical.patients.actions import note_code_status
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.clinical.people.actions import require
from liaison_desktop.errors import Fault, Missing
from liaison_desktop.policies import policy_of
from liaison_desktop.store import Store

replace = msgspec.structs.replace


def look_at_report(store: Store, report: CodeStatusReport) -> tuple[Fault, ...]:
    """Every fault of a report as it would be kept now, V12 among them."""
    policy, patient = policy_of(store), store.find(Patient, report.patient)
    before = patient.code_status if patient is not None else None
    papers = directives_of(store, report.patient) if report.patient is not None else ()
    return (*code_status_faults(report, policy), *differs(report, before, papers, policy))


def report_code_status(store: Store, report: CodeStatusReport) -> CodeStatusReport:
    """Keep what was reported, and show it on the banner. One that differs needs words, and the practitioner is told now.

    Raises Refused (V12), Missing.
    """
    require(store, RECORD)
    faults = look_at_report(store, report)
    stop_if(faults, reason=report.reason)
    stamped = replace(
        report,
        episode=report.episode or episode_of(store, report.patient),
        differs=any(fault.rule.startswith("V12") for fault in faults),
        recorded_by=store.actor.name,
        recorded_at=store.clock(),
        policy_version=policy_of(store).version,
    )
    with store.transaction("Code status as reported") as transaction:
        patient = transaction.find(Patient, stamped.patient)
        if patient is None or stamped.status is None or stamped.source is None:
            raise Missing("This patient is no longer here.")
        kept = transaction.save(stamped)
        by = f"{stamped.reported_by.strip()} ({stamped.source.label.lower()})"
        note_code_status(transaction, patient, stamped.status, by=by, limits=stamped.limits)
        if kept.differs:
            tell_now(store, transaction, patient.id, (CodeStatusReport.kind, kept.id))
    return kept
