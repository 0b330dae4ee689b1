"""Which step of the work and of the decision may follow which, and which guards each needs. Tables, and one reading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from liaison_desktop.clinical.episodes.record import EpisodeState, Judgement
from liaison_desktop.clinical.episodes.rules import NEEDS as EPISODE_NEEDS
from liaison_desktop.clinical.referrals.record import Decision, Referral, WorkStatus
from liaison_desktop.errors import Fault
from liaison_desktop.policies import Policy

W, D = WorkStatus, Decision

WORK_OVER = frozenset({W.CLOSED, W.DUPLICATE, W.ENTERED_IN_ERROR})
OPEN = tuple(state for state in W if state not in WORK_OVER)
SCREENED = frozenset({W.SCREENED, W.PENDING_CONCURRENCE, W.PENDING_AUTH})

# From each state of the work, the states that somebody may choose next. Closing follows from a decision or an admission,
# `duplicate` and `entered in error` from any open state, and a closed one is opened again: those three are no choices.
WORK_NEXT: Mapping[WorkStatus, tuple[WorkStatus, ...]] = {
    W.NEW: (W.RECEIVED,),
    W.RECEIVED: (W.TRIAGED,),
    W.TRIAGED: (W.SCREENING, W.SCREENING_SCHEDULED),
    W.SCREENING_SCHEDULED: (W.SCREENING, W.TRIAGED),
    W.SCREENING: (W.SCREENED, W.TRIAGED),
    W.SCREENED: (W.PENDING_CONCURRENCE, W.PENDING_AUTH, W.SCREENING),
    W.PENDING_CONCURRENCE: (W.PENDING_AUTH, W.SCREENING),
    W.PENDING_AUTH: (W.PENDING_CONCURRENCE, W.SCREENING),
}
# These go back, which needs a reason, and are closed once a patient was accepted.
BACK = frozenset(
    {
        (W.SCREENING_SCHEDULED, W.TRIAGED),
        (W.SCREENING, W.TRIAGED),
        (W.SCREENED, W.SCREENING),
        (W.PENDING_CONCURRENCE, W.SCREENING),
        (W.PENDING_AUTH, W.SCREENING),
    }
)

# What each state of the work needs when it is reached from below.
WORK_NEEDS: Mapping[WorkStatus, tuple[str, ...]] = {
    W.RECEIVED: ("source", "identified"),
    W.TRIAGED: ("packet", "missing_listed", "priority"),
    W.SCREENING_SCHEDULED: ("screening_time",),
    W.SCREENING: ("two_identifiers", "language", "agreement"),
    W.SCREENED: ("nursing", "screening", "allergies", "medicine_sources"),
    W.PENDING_AUTH: (),
    W.PENDING_CONCURRENCE: (),
}

OFFERED = frozenset({D.ACCEPTED, D.BED_RESERVED})
REFUSING = frozenset({D.DECLINED_FACILITY, D.DECLINED_PATIENT})
ENDING = REFUSING | {D.WITHDRAWN_SOURCE, D.LOST_TO_OTHER, D.CANCELLED_AFTER_OFFER}

# After an offer the facility does not decline; it cancels, and says so.
DECISION_NEXT: Mapping[Decision, tuple[Decision, ...]] = {
    D.NONE: (
        D.ACCEPTED, D.ACCEPT_PENDING, D.DECLINED_FACILITY, D.DECLINED_PATIENT, D.WITHDRAWN_SOURCE, D.LOST_TO_OTHER,
    ),
    D.ACCEPT_PENDING: (
        D.ACCEPTED, D.DECLINED_FACILITY, D.DECLINED_PATIENT, D.WITHDRAWN_SOURCE, D.LOST_TO_OTHER,
    ),
    D.ACCEPTED: (D.BED_RESERVED, D.DECLINED_PATIENT, D.WITHDRAWN_SOURCE, D.LOST_TO_OTHER, D.CANCELLED_AFTER_OFFER),
    D.BED_RESERVED: (D.DECLINED_PATIENT, D.WITHDRAWN_SOURCE, D.LOST_TO_OTHER, D.CANCELLED_AFTER_OFFER),
}  # fmt: skip

DECISION_NEEDS: Mapping[Decision, tuple[str, ...]] = {
    D.ACCEPT_PENDING: ("may_decide", "packet", "capability", "pending_named"),
    D.ACCEPTED: ("may_decide", "screened", "capability", "coverage", "authorisation_known"),
    D.BED_RESERVED: ("bed_named",),
    D.DECLINED_FACILITY: ("may_decide", "reason_facility", "note", "alternative", "source_told"),
    D.DECLINED_PATIENT: ("reason_patient", "note"),
    D.WITHDRAWN_SOURCE: ("note",),
    D.LOST_TO_OTHER: ("note", "time_lost"),
    D.CANCELLED_AFTER_OFFER: ("note", "time_lost"),
}

ADMISSION_NEEDS = EPISODE_NEEDS[(EpisodeState.PRE_ADMISSION, EpisodeState.ADMITTED)]


def work_needs(before: WorkStatus, after: WorkStatus) -> tuple[str, ...]:
    """The guards of a step; one that goes back needs none but a reason."""
    return () if (before, after) in BACK else WORK_NEEDS.get(after, ())


def next_work(work: WorkStatus, decision: Decision) -> tuple[WorkStatus, ...]:
    """The states that may be chosen now; nothing goes back once the patient was accepted."""
    found = WORK_NEXT.get(work, ())
    return tuple(after for after in found if decision not in OFFERED or (work, after) not in BACK)


def offered_work(referral: Referral, policy: Policy) -> tuple[WorkStatus, ...]:
    """Of these, what is worth offering: nobody waits for a concurrence that the service line does not ask for."""
    asked = referral.service is not None and referral.service.value in policy.words("concurrence_lines")
    if referral.decision in OFFERED:
        return ()
    found = next_work(referral.work, referral.decision)
    return tuple(after for after in found if asked or after is not W.PENDING_CONCURRENCE)


def work_faults(
    before: WorkStatus, after: WorkStatus, decision: Decision, reason: str, policy: Policy
) -> tuple[Fault, ...]:
    """What forbids a step of the work whatever the guards say."""
    if after not in next_work(before, decision):
        return (policy.fault("REF-STEP", before=before.label.lower(), after=after.label.lower()),)
    if (before, after) in BACK and not reason.strip():
        return (policy.fault("REF-WHY", field="reason"),)
    return ()


def decision_faults(work: WorkStatus, before: Decision, after: Decision, policy: Policy) -> tuple[Fault, ...]:
    """What forbids a decision whatever the guards say."""
    if work in WORK_OVER or after not in DECISION_NEXT.get(before, ()):
        return (policy.fault("REF-STEP", before=before.label.lower(), after=after.label.lower()),)
    return ()


def standing_faults(needs: Iterable[str], judgements: Iterable[Judgement], policy: Policy) -> tuple[Fault, ...]:
    """A guard that was not asked, or one that does not hold and that nobody took on."""
    given = {judgement.guard: judgement for judgement in judgements}
    found = []
    for guard in needs:
        judged = given.get(guard)
        if judged is None:
            found.append(policy.fault("EPISODE-UNJUDGED", field=guard, guard=guard.replace("_", " ")))
        elif not judged.stands:
            found.append(policy.fault("EPISODE-GUARD", field=guard, words=judged.words))
    return tuple(found)
