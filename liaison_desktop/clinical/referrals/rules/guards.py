"""Every guard by name: what it is called, how it judges, and where what it misses is mended."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import msgspec

from liaison_desktop.clinical.episodes.record import Judgement
from liaison_desktop.clinical.referrals.rules import admission, deciding, screening, taking
from liaison_desktop.clinical.referrals.rules.facts import Facts, Found
from liaison_desktop.policies import Policy

Judge = Callable[[Facts, Policy], Found | None]


class Guard(msgspec.Struct, frozen=True):
    """A guard. `mend` is a part of the page (`details`, `packet`, `visit`, `decision`, `work`), `form:pan` or `chart:Medicines`.

    `judge` gives None where nobody keeps what it asks about; that never passes by itself.
    """

    title: str
    mend: str
    judge: Judge


GUARDS: Mapping[str, Guard] = {
    "source": Guard("Where it comes from", "details", taking.source),
    "identified": Guard("Who the patient is", "chart:Details", taking.identified),
    "packet": Guard("Packet read", "packet", taking.packet),
    "missing_listed": Guard("Missing documents asked for", "packet", taking.missing_listed),
    "priority": Guard("Priority", "details", taking.priority),
    "screening_time": Guard("Time of the screening", "details", taking.screening_time),
    "two_identifiers": Guard("Two identifiers at the bedside", "visit", screening.two_identifiers),
    "language": Guard("Language and interpreter", "chart:Details", screening.language),
    "agreement": Guard("Agreement to talk", "visit", screening.agreement),
    "nursing": Guard("Nursing checklist", "form:pan", screening.nursing),
    "screening": Guard("Pre-admission screening", "form:pas", screening.screening),
    "allergies": Guard("Allergies", "chart:Findings", screening.allergies),
    "medicine_sources": Guard("Medicines from a source", "chart:Medicines", screening.medicine_sources),
    "may_decide": Guard("Who decides", "people", deciding.may_decide),
    "screened": Guard("Screening finished", "work", deciding.screened),
    "capability": Guard("Capability check", "decision", deciding.capability),
    "coverage": Guard("Coverage verified", "chart:Coverage", deciding.coverage),
    "authorisation_known": Guard("Authorisation", "chart:Coverage", deciding.authorisation_known),
    "pending_named": Guard("What it waits for", "decision", deciding.pending_named),
    "bed_named": Guard("Bed", "decision", deciding.bed_named),
    "reason_facility": Guard("Reason", "decision", deciding.reason_facility),
    "reason_patient": Guard("The patient's reason", "decision", deciding.reason_patient),
    "note": Guard("Note", "decision", deciding.note),
    "alternative": Guard("Recommended alternative", "decision", deciding.alternative),
    "source_told": Guard("Source told", "decision", deciding.source_told),
    "time_lost": Guard("Time lost", "decision", deciding.time_lost),
    "declined": Guard("Why not admitted", "decision", deciding.ended),
    "accepted": Guard("Accepted", "decision", admission.accepted),
    "concurrence": Guard("Physician's concurrence", "form:pas", admission.concurrence),
    "authorisation": Guard("Authorisation on the day", "chart:Coverage", admission.authorisation),
    "handover": Guard("Handed over, read back", "chart:Hand-over", admission.handover),
    "high_alert": Guard("High-alert medicines", "chart:Medicines", admission.high_alert),
    "rights_given": Guard("Patient's rights explained", "chart:Decisions", admission.rights_given),
    "consents": Guard("Consents", "chart:Consents", admission.consents),
}


def judge(names: Iterable[str], facts: Facts, policy: Policy) -> tuple[Judgement, ...]:
    """What each of these guards says of the facts."""
    return tuple(_judged(name, facts, policy) for name in names)


def _judged(name: str, facts: Facts, policy: Policy) -> Judgement:
    guard = GUARDS[name]
    found = guard.judge(facts, policy)
    if found is None:
        words = policy.fault("REF-UNKNOWN", what=guard.title).message
        return Judgement(guard=name, passed=False, may_override=True, words=words)
    soft = name in policy.words("override_guards")
    return Judgement(guard=name, passed=found.holds, may_override=soft and not found.holds, words=found.words)


def mend_of(name: str) -> str:
    """Where what a guard misses is mended."""
    return GUARDS[name].mend if name in GUARDS else ""


def title_of(name: str) -> str:
    """What a guard is called."""
    return GUARDS[name].title if name in GUARDS else name.replace("_", " ").capitalize()
