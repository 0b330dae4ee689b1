"""Guards of the screening: two identifiers, language, agreement, the checklists, allergies, a source of medicines."""

from __future__ import annotations

from liaison_desktop.clinical.patients.record import InterpreterNeed
from liaison_desktop.clinical.referrals.record import Agreement, BedsideVisit
from liaison_desktop.clinical.referrals.rules.facts import Facts, FormFact, Found
from liaison_desktop.clinical.referrals.rules.said import counted, holds, lacks
from liaison_desktop.policies import Policy


def _latest(facts: Facts) -> BedsideVisit | None:
    return max(facts.visits, key=lambda visit: visit.at or facts.now, default=None)


def two_identifiers(facts: Facts, policy: Policy) -> Found:
    """V1: name and birth date, or the wristband, were matched at a visit."""
    found = next((visit for visit in facts.visits if visit.identified is not None), None)
    if found is None or found.identified is None:
        return lacks(policy, "REF-IDENTIFIERS")
    return holds(f"Matched: {found.identified.label.lower()}")


def language(facts: Facts, policy: Policy) -> Found:
    """Somebody asked whether an interpreter is needed."""
    patient = facts.patient
    need = patient.communication.interpreter if patient is not None else None
    if need is None:
        return lacks(policy, "REF-LANGUAGE")
    return holds("An interpreter is needed" if need is InterpreterNeed.YES else "Asked; no interpreter")


def agreement(facts: Facts, policy: Policy) -> Found:
    """The patient agreed to talk, or a representative did; the last visit counts."""
    last = _latest(facts)
    if last is None or not last.agreed or last.agreement is None:
        return lacks(policy, "REF-AGREEMENT")
    if last.agreement is Agreement.REPRESENTATIVE and not last.agreed_by.strip():
        return lacks(policy, "REF-AGREEMENT")
    return holds(last.agreement.label)


def _form(found: FormFact | None, policy: Policy, name: str) -> Found:
    if found is None or not found.begun:
        return lacks(policy, "REF-FORM-NONE", name=name)
    if found.waits_for_review:
        return lacks(policy, "REF-FORM-REVIEW", name=name)
    if found.finished:
        return holds("Finished")
    return lacks(policy, "REF-FORM-OPEN", name=name, left=counted(found.left, "question is", "questions are"))


def nursing(facts: Facts, policy: Policy) -> Found:
    """The pre-admission nursing checklist is finished."""
    return _form(facts.forms.get("pan"), policy, "nursing checklist")


def screening(facts: Facts, policy: Policy) -> Found:
    """The pre-admission screening, where the service line asks for one: signed by the clinician, nothing missing.

    V25 to V28 are findings of that form; what blocks there counts as missing here. The physician's part comes later.
    """
    service = facts.referral.service
    if service is None or service.value not in policy.words("screening_lines"):
        return holds("Not asked for by this service line")
    found = facts.forms.get("pas")
    if found is not None and found.begun and not found.finished and not found.left and found.screened_at:
        return holds("Signed by the clinician")
    return _form(found, policy, "pre-admission screening")


def allergies(facts: Facts, policy: Policy) -> Found:
    """V13: something is asserted about allergies."""
    patient = facts.patient
    if patient is None or patient.allergy_assertion is None:
        return lacks(policy, "REF-ALLERGIES")
    return holds(patient.allergy_assertion.label)


def medicine_sources(facts: Facts, _policy: Policy) -> Found | None:
    """At least one source of medicines was asked."""
    return facts.medicine_sources
