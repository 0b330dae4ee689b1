"""What a visit at the bedside needs, and what is worth a look: somebody in the room who must not be told."""

from __future__ import annotations

from liaison_desktop.clinical.patients.record import MayDiscuss, Patient
from liaison_desktop.clinical.referrals.record import Agreement, BedsideVisit
from liaison_desktop.errors import Fault
from liaison_desktop.policies import Policy


def visit_faults(visit: BedsideVisit, patient: Patient, policy: Policy) -> tuple[Fault, ...]:
    """Everything about a visit beside the identifiers: who is there, whether the patient agreed, who must not hear."""
    found = list(visit.faults())
    if visit.alone == bool(visit.present):
        found.append(policy.fault("VISIT-WHO", field="present"))
    if visit.agreement is None:
        found.append(policy.fault("VISIT-AGREE", field="agreement"))
    if visit.agreement is Agreement.REPRESENTATIVE and not visit.agreed_by.strip():
        found.append(policy.fault("VISIT-BY", field="agreed_by"))
    if visit.agreed and any(not row.agreed for row in visit.present):
        found.append(policy.fault("VISIT-PRESENT", field="present"))
    known = {person.id: person for person in patient.related}
    for row in visit.present:
        person = known.get(row.related) if row.related is not None else None
        if person is not None and person.may_discuss is MayDiscuss.NO:
            found.append(policy.fault("VISIT-NOT-TOLD", field="present", who=person.name))
        elif person is not None and person.may_discuss is MayDiscuss.LIMITED:
            limits = person.limits.strip().rstrip(".") or "within limits"
            found.append(policy.fault("VISIT-LIMITS", field="present", who=person.name, limits=limits))
    return tuple(found)
