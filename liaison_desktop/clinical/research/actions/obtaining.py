"""From the first draft to ready: begin, give the form, ask the ten questions, and what came of it."""

from __future__ import annotations

import datetime

import msgspec

from liaison_desktop.clinical.consents.record import TeachBackState
from liaison_desktop.clinical.consents.rules import open_faults
from liaison_desktop.clinical.directives.actions import capacity_for
from liaison_desktop.clinical.directives.record import CapacityNote
from liaison_desktop.clinical.patients.record import (
    InterpreterNeed,
    Patient,
    day_text,
    full_name,
    language_name,
    record_number,
)
from liaison_desktop.clinical.people.actions import require, working
from liaison_desktop.clinical.people.queries import own_facility
from liaison_desktop.clinical.research.actions.steps import move, stop_if
from liaison_desktop.clinical.research.queries import (
    comprehension_of,
    endings_of,
    next_number,
    research_consents_of,
    words_of,
)
from liaison_desktop.clinical.research.record import (
    Again,
    Outcome,
    ResearchConsent,
    ResearchState,
    ResearchWords,
    Study,
)
from liaison_desktop.clinical.research.rules import (
    approval_faults,
    delegation_faults,
    given_faults,
    newest_version,
    ready_faults,
    standing,
    statement_faults,
)
from liaison_desktop.errors import Fault
from liaison_desktop.policies import policy_of
from liaison_desktop.store import Store

_STATES = {
    Outcome.HOME: ResearchState.HOME,
    Outcome.DECLINED: ResearchState.DECLINED,
    Outcome.NOT_ELIGIBLE: ResearchState.NOT_ELIGIBLE,
    Outcome.CAPACITY: ResearchState.CAPACITY,
}
_UNDER_WAY = (ResearchState.DRAFT, ResearchState.GIVEN, ResearchState.HOME, ResearchState.CAPACITY, ResearchState.READY)


def begin_research(
    store: Store,
    patient: Patient,
    study: Study,
    *,
    before: ResearchConsent | None = None,
    why: Again | None = None,
) -> ResearchConsent:
    """A new draft for this person on the newest approved form; nothing is answered or chosen. Raises Refused.

    `before` is the consent it takes the place of, asked again `why`; that one holds until the new one is complete.
    """
    require(store, "obtain_research_consent")
    policy, today = policy_of(store), store.clock().date()
    form = newest_version(study, today)
    if form is None:
        stop_if((policy.fault("V43-NONE", field="study"),))
        raise AssertionError("stop_if stops")
    stop_if(_already_in(store, patient, study, before))
    words, place, me = words_of(form.words), own_facility(store), working(store)
    spoken, need = patient.communication.spoken, patient.communication.interpreter
    consent = ResearchConsent(
        patient_id=patient.id,
        study_id=study.id,
        supersedes=before.id if before is not None else None,
        replaces=_replaces(before) if before is not None else "",
        again=why,
        begun_at=store.clock(),
        begun_by=store.actor.name,
        begun_by_id=store.actor.id,
        facility=place.name if place else "",
        unit=place.unit if place else "",
        form_version=form.version,
        form_language=form.language,
        obtained_by=store.actor.name,
        obtained_by_id=me.id if me.version is not None else None,
        language=language_name(spoken) if spoken else form.language,
        # What nobody asked yet stays unanswered; a patient who declines an interpreter still needs one (V10).
        interpreter_needed=None if need is None else need is not InterpreterNeed.NO,
        interpreter_modality=patient.communication.modality,
        comprehension=comprehension_of(words),
        choices=words.choices,
    )
    return store.save(_with_words(_with_study(_with_patient(consent, patient), study), words))


def _already_in(store: Store, patient: Patient, study: Study, before: ResearchConsent | None) -> tuple[Fault, ...]:
    """One consent at a time: whoever is asked already, or consented, is not begun anew beside it."""
    known = [one for one in research_consents_of(store, patient.id) if one.study_id == study.id]
    ended = endings_of(store, known)
    for one in known:
        state = standing(one, ended.get(one.id, ()))
        mine = before is not None and one.id == before.id
        if not mine and state in (*_UNDER_WAY, ResearchState.SIGNED, ResearchState.ACTIVE):
            fault = policy_of(store).fault(
                "RC-IN-STUDY",
                field="patient",
                who=full_name(patient),
                study=study.title(),
                state=state.label.lower(),
            )
            return (fault,)
    return ()


def _replaces(before: ResearchConsent) -> str:
    signed = f", signed {day_text(before.signed_at.date())}" if before.signed_at is not None else ""
    return f"Replaces consent {before.document_number} on version {before.form_version}{signed}"


def _with_patient(consent: ResearchConsent, patient: Patient) -> ResearchConsent:
    return msgspec.structs.replace(
        consent,
        shown_name=full_name(patient),
        shown_birth_date=patient.birth_date,
        shown_record_number=record_number(patient),
    )


def _with_study(consent: ResearchConsent, study: Study) -> ResearchConsent:
    form = study.version_named(consent.form_version)
    return msgspec.structs.replace(
        consent,
        study_name=study.name,
        study_short=study.short,
        protocol=study.protocol,
        sponsor=study.sponsor,
        board=study.board,
        board_number=study.board_number,
        investigator=study.investigator,
        study_phone=study.phone,
        regulated=study.regulated,
        approved_from=form.approved_from if form else None,
        approved_to=form.approved_to if form else None,
    )


def _with_words(consent: ResearchConsent, words: ResearchWords) -> ResearchConsent:
    """The consent with the words of its study, the study's own names filled in."""

    def filled(text: str) -> str:
        # Two plain replacements cannot trip over braces that a person typed into a name.
        said = text.replace("{investigator}", consent.investigator or "the investigator")
        return said.replace("{phone}", consent.study_phone or "the number on your copy")

    replace = msgspec.structs.replace
    return replace(
        consent,
        words_code=words.code,
        words_version=words.version,
        words_sha256=words.sha256,
        lead=filled(words.lead),
        agree_question=words.agree_question,
        sign_words=filled(words.sign_words),
        key_points=tuple(replace(one, words=filled(one.words)) for one in words.key_points),
        parts=tuple(replace(one, words=filled(one.words)) for one in words.parts),
        authorisation_lines=tuple(replace(one, words=filled(one.words)) for one in words.authorisation),
    )


def change_research(store: Store, consent: ResearchConsent) -> ResearchConsent:
    """Save what was filled in so far. A consent that was ready is no longer so when its content changes."""
    require(store, "record_clinical")
    if store.get(ResearchConsent, consent.id) == consent:
        return consent
    if consent.state is ResearchState.READY:
        consent = msgspec.structs.replace(consent, state=ResearchState.GIVEN)
    return store.save(consent)


def give_form(store: Store, consent: ResearchConsent) -> ResearchConsent:
    """The approved form is given now, or was at `given_at`. Raises Refused (V42, V43, V44, V45).

    What was given is fixed by its fingerprint; whoever came back with it later has it given once.
    """
    require(store, "obtain_research_consent")
    policy, now = policy_of(store), store.clock()
    study = store.get(Study, consent.study_id or consent.id)
    form = study.version_named(consent.form_version)
    given = msgspec.structs.replace(
        _with_study(consent, study),
        given_at=consent.given_at or now,
        form_sha256=form.file.sha256 if form is not None and form.file is not None else "",
    )
    stop_if(
        (
            *given_faults(given, policy, now),
            *approval_faults(study, given.form_version, given.form_sha256, (given.given_at or now).date(), policy),
            *(statement_faults(study, form, policy) if form is not None else ()),
            *delegation_faults(study, given.obtained_by, given.obtained_by_id, now.date(), policy),
        )
    )
    if given.state in (ResearchState.DRAFT, ResearchState.HOME):
        given = move(store, given, ResearchState.GIVEN)
    return store.save(given, reason="form given")


def record_answer(
    store: Store, consent: ResearchConsent, code: str, state: TeachBackState, words: str
) -> ResearchConsent:
    """How clear one of the ten points was, in the person's own words. Each call is one attempt.

    A point that was not clear before can only become clear after re-explaining, whatever was pressed.
    """
    require(store, "record_clinical")
    points = []
    for point in consent.comprehension:
        if point.code == code:
            again = point.state in (TeachBackState.NOT_OK, TeachBackState.OK_AFTER_RETEACH)
            now = TeachBackState.OK_AFTER_RETEACH if again and state is TeachBackState.OK_FIRST else state
            point = msgspec.structs.replace(point, state=now, attempts=point.attempts + 1, patient_words=words)
        points.append(point)
    return change_research(store, msgspec.structs.replace(consent, comprehension=tuple(points)))


def decide(store: Store, consent: ResearchConsent) -> ResearchConsent:
    """Record an outcome that signs nothing: taken home, declined, not eligible, a concern. Raises Refused.

    Whoever declines needs no reason. A dissent of the person ends it whatever the representative wants.
    """
    require(store, "obtain_research_consent")
    policy = policy_of(store)
    state = _STATES.get(consent.outcome) if consent.outcome is not None else None
    if state is None:
        stop_if((policy.fault("RC-ASK", field="outcome", what="What came of it"),))
        raise AssertionError("stop_if stops")
    if state is ResearchState.NOT_ELIGIBLE and not consent.outcome_words.strip():
        stop_if((policy.fault("RC-ASK", field="outcome_words", what="Why they cannot take part"),))
    if state is ResearchState.CAPACITY and not (consent.capacity_words.strip() or consent.outcome_words.strip()):
        stop_if((policy.fault("RC-ASK", field="outcome_words", what="What you noticed"),))
    moved = consent if consent.state is state else move(store, consent, state)
    home = moved.home_at or (store.clock() if state is ResearchState.HOME else None)
    return store.save(msgspec.structs.replace(moved, home_at=home), reason=state.label)


def facts_before(store: Store, consent: ResearchConsent) -> tuple[Study, CapacityNote | None, datetime.datetime]:
    """What the rules before a signature are asked with: the study, the chart's note on capacity, the clock."""
    study = store.get(Study, consent.study_id or consent.id)
    return study, capacity_for(store, consent.patient_id, consent.id, consent.begun_at), store.clock()


def make_ready(store: Store, consent: ResearchConsent) -> ResearchConsent:
    """Everything was given, asked and answered: the document gets its number and may be shown and signed."""
    require(store, "obtain_research_consent")
    patient = store.find(Patient, consent.patient_id)
    if patient is not None:
        consent = _with_patient(consent, patient)
    study, note, now = facts_before(store, consent)
    found = ready_faults(consent, study, policy_of(store), now=now, note=note)
    stop_if(open_faults(consent, found))
    ready = msgspec.structs.replace(
        move(store, consent, ResearchState.READY),
        ready_at=now,
        document_number=consent.document_number or next_number(store, now.year),
    )
    return store.save(ready)
