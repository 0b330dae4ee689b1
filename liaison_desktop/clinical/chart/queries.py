"""Everything a chart shows of one patient, read in one go for the timeline, the documents and the summaries."""

from __future__ import annotations

import uuid

import msgspec

from liaison_desktop.clinical.checklists.queries import checklists_of
from liaison_desktop.clinical.checklists.record import Checklist
from liaison_desktop.clinical.communication.queries import log_of, sessions_of
from liaison_desktop.clinical.communication.record import InterpreterSession, LogEntry
from liaison_desktop.clinical.concerns.queries import concerns_of
from liaison_desktop.clinical.concerns.record import Concern
from liaison_desktop.clinical.consents.queries import consents_of
from liaison_desktop.clinical.consents.record import Consent
from liaison_desktop.clinical.coverage.queries import authorisations_of, coverages_of, verifications_of
from liaison_desktop.clinical.coverage.record import Authorisation, Coverage, CoverageVerification
from liaison_desktop.clinical.directives.queries import directives_of
from liaison_desktop.clinical.directives.record import Directive
from liaison_desktop.clinical.discharge.queries import plan_of
from liaison_desktop.clinical.discharge.record import DischargePlan
from liaison_desktop.clinical.episodes.queries import episodes_of, events_of
from liaison_desktop.clinical.episodes.record import Episode, StateEvent
from liaison_desktop.clinical.findings.queries import lines_of, problems_of, vitals_of, wounds_of
from liaison_desktop.clinical.findings.record import LineDevice, Problem, VitalSigns, Wound
from liaison_desktop.clinical.handover.queries import handovers_of
from liaison_desktop.clinical.handover.record import Handover
from liaison_desktop.clinical.medications.queries import medicines_of
from liaison_desktop.clinical.medications.record import Medicine
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.clinical.referrals.queries import papers_of, referrals_of
from liaison_desktop.clinical.referrals.record import Referral, ReferralDocument
from liaison_desktop.store import Store


class Charted(msgspec.Struct, frozen=True, kw_only=True):
    """One patient as the chart knows them; the stay is the newest."""

    patient: Patient
    episode: Episode | None = None
    events: tuple[StateEvent, ...] = ()
    referrals: tuple[Referral, ...] = ()
    papers: tuple[ReferralDocument, ...] = ()
    problems: tuple[Problem, ...] = ()
    vitals: tuple[VitalSigns, ...] = ()
    lines: tuple[LineDevice, ...] = ()
    wounds: tuple[Wound, ...] = ()
    medicines: tuple[Medicine, ...] = ()
    coverages: tuple[Coverage, ...] = ()
    verifications: tuple[CoverageVerification, ...] = ()
    authorisations: tuple[Authorisation, ...] = ()
    directives: tuple[Directive, ...] = ()
    checklists: tuple[Checklist, ...] = ()
    consents: tuple[Consent, ...] = ()
    log: tuple[LogEntry, ...] = ()
    sessions: tuple[InterpreterSession, ...] = ()
    concerns: tuple[Concern, ...] = ()
    handovers: tuple[Handover, ...] = ()
    plan: DischargePlan | None = None


def charted(store: Store, patient: Patient) -> Charted:
    """Read all of it."""
    id = patient.id
    stay = next(iter(episodes_of(store, id)), None)
    referrals = referrals_of(store, id)
    return Charted(
        patient=patient,
        episode=stay,
        events=events_of(store, stay.id) if stay is not None else (),
        referrals=referrals,
        papers=tuple(paper for one in referrals for paper in papers_of(store, one.id)),
        problems=problems_of(store, id),
        vitals=vitals_of(store, id),
        lines=lines_of(store, id),
        wounds=wounds_of(store, id),
        medicines=medicines_of(store, stay.id) if stay is not None else (),
        coverages=coverages_of(store, id),
        verifications=verifications_of(store, id),
        authorisations=authorisations_of(store, id),
        directives=directives_of(store, id),
        checklists=checklists_of(store, id),
        consents=consents_of(store, id),
        log=log_of(store, id),
        sessions=sessions_of(store, id),
        concerns=concerns_of(store, id),
        handovers=handovers_of(store, id),
        plan=plan_of(store, stay.id) if stay is not None else None,
    )


def newest_stay(store: Store, patient: uuid.UUID) -> Episode | None:
    """The newest stay of a patient, closed or not; None if there is none."""
    return next(iter(episodes_of(store, patient)), None)
