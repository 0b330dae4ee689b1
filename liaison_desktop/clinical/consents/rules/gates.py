"""Rules V9, V10, V11, V36, V37, V38 and V39: the right procedure, explained by the right person, to someone who can decide."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from liaison_desktop.clinical.communication.rules import v10_faults
from liaison_desktop.clinical.consents.record import (
    Concern,
    Consent,
    ConsentStep,
    DecidedBy,
    Explainer,
)
from liaison_desktop.clinical.directives.record import CapacityNote
from liaison_desktop.clinical.directives.rules import (
    CapacityStanding,
    capacity_faults,
    names_practitioner,
    representative_faults,
)
from liaison_desktop.clinical.people.rules import same_person
from liaison_desktop.errors import Fault
from liaison_desktop.policies import Policy

_SIDE = re.compile(r"\b(left|right|both)\b", re.IGNORECASE)


def match_faults(consent: Consent, policy: Policy) -> Iterator[Fault]:
    """V36: order, form and the patient's own words name the same procedure on the same side."""
    if not consent.has(ConsentStep.MATCH):
        return
    for name, what in (
        ("procedure_on_order", "The procedure as ordered"),
        ("procedure_as_patient_says", "The procedure as the patient says it"),
    ):
        if not getattr(consent, name).strip():
            yield policy.fault("V36-ASK", field=name, what=what)
    if consent.procedure_matches is None:
        yield policy.fault("V36-ASK", field="procedure_matches", what="Your answer, whether all three are the same,")
    elif not consent.procedure_matches:
        yield policy.fault("V36", field="procedure_matches", what="Order, form and the patient's words")
    if not consent.needs_side:
        return
    for name, what in (
        ("laterality", "The side on the form"),
        ("side_on_order", "The side on the order"),
        ("side_as_patient_says", "The side as the patient says it"),
    ):
        if getattr(consent, name) is None:
            yield policy.fault("V36-ASK", field=name, what=what)
    for name, text, what in (
        ("side_on_order", consent.procedure_on_order, "The side on the order and on the form"),
        ("side_as_patient_says", consent.procedure_as_patient_says, "The side the patient names and on the form"),
    ):
        side = getattr(consent, name)
        # The words beside the answer are read too: "right knee" written under a left side is the mistake to catch.
        said = {word.lower() for word in _SIDE.findall(text)}
        if consent.laterality is None:
            continue
        wrong = side is not None and side is not consent.laterality
        if wrong or (len(said) == 1 and consent.laterality.value in ("left", "right") and said != {consent.laterality}):
            yield policy.fault("V36", field=name, what=what)


def discussion_faults(consent: Consent, policy: Policy, *, nurse: str, now: datetime.datetime) -> Iterator[Fault]:
    """V37: a practitioner, not the nurse, explained; and after the last stop, anew. V9 on the time of the talk."""
    if not consent.discussed_by.strip():
        yield policy.fault("V37", field="discussed_by")
    elif consent.explained_by is Explainer.PRACTITIONER and (
        is_nurse(consent.discussed_by_credential)
        or any(same_person(consent.discussed_by, other) for other in (nurse, consent.begun_by))
    ):
        yield policy.fault("V37-NURSE", field="discussed_by")
    if consent.discussed_at is None:
        yield policy.fault("V37", field="discussed_at")
        return
    if consent.discussed_at > now:
        yield policy.fault("V9-TALK", field="discussed_at")
    if consent.stopped_at is not None and consent.discussed_at <= consent.stopped_at:
        when = consent.stopped_at.strftime("%H:%M")
        yield policy.fault("V37-STOP", field="discussed_at", when=when)
    if consent.template_effective is not None and consent.template_effective > now.date():
        yield policy.fault("V9-FORM", field="template_version", day=consent.template_effective.isoformat())


def gate_faults(consent: Consent, policy: Policy, note: CapacityNote | None = None) -> Iterator[Fault]:
    """V10, V11, V38, V39: who decides, in what language, in what condition. `note` is what the chart says on capacity."""
    yield from _decider_faults(consent, policy)
    yield from _language_faults(consent, policy)
    represented = consent.decided_by not in (None, DecidedBy.PATIENT)
    yield from capacity_faults(capacity_of(consent, note), policy, represented=represented)
    hours = int(policy.number("sedation_hours"))
    if consent.sedated_recently is None:
        yield policy.fault("V39-ASK", field="sedated_recently", n=hours)
    elif consent.sedated_recently:
        yield policy.fault("V39", field="sedated_recently", n=hours)


def _decider_faults(consent: Consent, policy: Policy) -> Iterator[Fault]:
    if consent.decided_by is None:
        yield policy.fault("V36-ASK", field="decided_by", what="Who decides")
        return
    if consent.decided_by is DecidedBy.PATIENT:
        return
    if consent.decided_by is DecidedBy.EMERGENCY:
        if not consent.emergency_by.strip():
            yield policy.fault("V38", field="emergency_by", what="The practitioner who declared the emergency")
        return
    yield from representative_faults(
        name=consent.representative_name,
        relationship=consent.representative_relationship,
        basis=consent.authority_basis,
        seen=consent.document_seen,
        objects=consent.patient_objects,
        policy=policy,
    )


def _language_faults(consent: Consent, policy: Policy) -> Iterator[Fault]:
    if consent.interpreter_needed is None:
        yield policy.fault("V10-ASK", field="interpreter_needed")
        return
    if not consent.interpreter_needed:
        return
    yield from v10_faults(
        policy,
        name=consent.interpreter_name,
        modality=consent.interpreter_modality,
        qualified=consent.interpreter_qualified,
        adult=consent.interpreter_adult,
        exception=consent.interpreter_exception,
        waiver=consent.interpreter_waiver,
        prefix="interpreter_",
    )


def capacity_of(consent: Consent, note: CapacityNote | None) -> CapacityStanding:
    """What is known about deciding: the consent's own answers, and the note where its concern is the stronger one."""
    # The nurse screens: a determination in the nurse's own name is none.
    by = consent.determined_by if names_practitioner(consent.determined_by, consent.begun_by) else ""
    own = consent.determination is not None and bool(by)
    concern, determination = consent.capacity_concern, consent.determination
    if note is not None:
        if concern is not None and note.concern is not None:
            concern = max(concern, note.concern, key=list(Concern).index)
        if note.determined and not own:
            determination, by = note.determination, note.determined_by
    return CapacityStanding(concern=concern, determination=determination, determined_by=by, note=note)


def is_nurse(credential: str) -> bool:
    """Whether these letters are a nurse's who is no practitioner."""
    return credential.strip().casefold().rstrip(".") in ("rn", "lpn", "lvn", "registered nurse", "nurse")
