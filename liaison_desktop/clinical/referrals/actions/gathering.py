"""Gathering what the guards are asked about, out of the store as it is now."""

from __future__ import annotations

import datetime
import uuid

from liaison_desktop.clinical.checklists.actions import read_answers
from liaison_desktop.clinical.checklists.queries import checklists_of, steps_of
from liaison_desktop.clinical.checklists.record import FINISHED, Checklist
from liaison_desktop.clinical.checklists.rules import completion_faults, inside, standing
from liaison_desktop.clinical.consents.queries import consents_of
from liaison_desktop.clinical.consents.record import ConsentState
from liaison_desktop.clinical.episodes.record import Episode
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.clinical.people.actions import require, shown_name
from liaison_desktop.clinical.people.record import Approval
from liaison_desktop.clinical.referrals.actions.judging import DECIDE
from liaison_desktop.clinical.referrals.actions.neighbours import (
    authorised,
    covered,
    handed_over,
    medicines,
    rights,
)
from liaison_desktop.clinical.referrals.queries import papers_of, visits_of
from liaison_desktop.clinical.referrals.record import Referral
from liaison_desktop.clinical.referrals.rules import Facts, FormFact, Found, ReviewFact
from liaison_desktop.errors import Refused
from liaison_desktop.policies import policy_of
from liaison_desktop.questionnaires.elapsed import moments
from liaison_desktop.questionnaires.progress import findings
from liaison_desktop.questionnaires.response import Sheet
from liaison_desktop.store import Store

_SCREENING = "pas"
_ASKED_OF = ("pan", _SCREENING)
# The parts of the screening that come after the clinician's signature: physician, and decision.
_AFTER = ("S13", "S14")


def gather(
    store: Store,
    referral: Referral,
    *,
    admission_at: datetime.datetime | None = None,
    approval: Approval | None = None,
) -> Facts:
    """Everything that a guard of this referral may ask, as it stands now."""
    patient = store.find(Patient, referral.patient)
    patient_id = referral.patient or referral.id
    stay = referral.episode or referral.id
    sources, alert = medicines(store, stay)
    day = _day(store, referral, admission_at)
    return Facts(
        now=store.clock(),
        referral=referral,
        patient=patient,
        papers=papers_of(store, referral.id),
        visits=tuple(visit for visit in visits_of(store, patient_id) if visit.referral in (None, referral.id)),
        forms=_forms(store, patient_id, referral),
        consents=_consents(store, patient_id),
        admission_at=admission_at,
        coverage=covered(store, patient_id, day),
        authorisation=authorised(store, patient_id, day),
        medicine_sources=sources,
        high_alert=alert,
        handover=handed_over(store, patient_id, stay),
        rights=rights(store, patient_id, stay, referral.received_at),
        may_decide=_may_decide(store, approval),
    )


def _day(store: Store, referral: Referral, admission_at: datetime.datetime | None) -> datetime.date:
    """The day of the admission: as it is entered, else as it is planned, else today."""
    episode, now = store.find(Episode, referral.episode), store.clock()
    planned = episode.admit_planned_at if episode is not None else None
    moment = admission_at or (planned if planned is not None and planned > now else None) or now
    return moment.astimezone(now.tzinfo).date()


def _consents(store: Store, patient: uuid.UUID) -> tuple[ConsentState, ...]:
    return tuple(consent.state for consent in consents_of(store, patient))


def _may_decide(store: Store, approval: Approval | None) -> Found:
    """Whoever works here may decide, or somebody who may approved it just now."""
    try:
        return Found(True, shown_name(store, require(store, DECIDE, approval=approval)))
    except Refused as refusal:
        return Found(False, refusal.faults[0].message if refusal.faults else "")


# ---- checklists


def _forms(store: Store, patient: uuid.UUID, referral: Referral) -> dict[str, FormFact]:
    """The checklists that guards ask of; one finished before this referral came in is not about it."""
    since = referral.received_at
    about = [
        one
        for one in checklists_of(store, patient)
        if since is None or one.status not in FINISHED or (one.completed_at or since) >= since
    ]
    return {name: _form(store, one) for name, one in standing(about).items() if name in _ASKED_OF}


def _form(store: Store, checklist: Checklist) -> FormFact:
    name = checklist.form_url.rpartition("/")[2]
    finished = checklist.status in FINISHED
    plain = FormFact(
        finished=finished and not checklist.review_needed, waits_for_review=checklist.review_needed, left=checklist.left
    )
    return _screening(store, checklist, plain) if name == _SCREENING else plain


def _screening(store: Store, checklist: Checklist, plain: FormFact) -> FormFact:
    sheet, _pending = read_answers(store, checklist)
    policy = policy_of(store)
    faults = completion_faults(sheet, policy, now=store.clock()) if not plain.finished else ()
    open_before = [fault for fault in faults if not _comes_after(fault.field)]
    signed = tuple(at for link_id in ("S11c", "S12.at") for at, _ in moments(sheet, link_id))
    concurred = [at for at, whole_day in moments(sheet, "S13d") if not whole_day]
    return FormFact(
        finished=plain.finished,
        waits_for_review=plain.waits_for_review,
        left=len(open_before),
        screened_at=signed,
        concurred="concur" in _codes(sheet, "S13b"),
        physician=any(str(node.value or "").strip() for node in sheet.nodes("S13c") if node.enabled),
        signature=bool(_codes(sheet, "S13e")),
        concurred_at=concurred[0] if concurred else None,
        changed_at=_changed(store, checklist),
        review=_review(sheet, store) if not plain.finished else (),
    )


def _review(sheet: Sheet, store: Store) -> tuple[ReviewFact, ...]:
    """What stands beside the screening while it is filled in, also where it is decided; what was explained is no question."""
    found = [*findings(sheet), *inside(sheet, store.clock(), policy_of(store))]
    open_still = [one for one in found if not one.reason]
    told = [ReviewFact(one.title, one.text, one.level in ("block", "hard-warn")) for one in open_still]
    return tuple(sorted(told, key=lambda one: not one.stops))


def _codes(sheet: Sheet, link_id: str) -> tuple[str, ...]:
    return tuple(code for node in sheet.nodes(link_id) if node.enabled for code in node.codes)


def _comes_after(key: str) -> bool:
    """Whether a place in the form belongs to the parts after the screening; a finding names its question."""
    return any(part.startswith(_AFTER) for part in key.split("/"))


def _changed(store: Store, checklist: Checklist) -> datetime.datetime | None:
    """When something of the screening itself was answered last; what the application fills in does not count."""
    steps = [step for step in steps_of(store, checklist.id) if not _comes_after(step.key)]
    asked = [step.at for step in steps if step.at is not None and not step.key.startswith(("ctx", "finding"))]
    return max(asked, default=None)
