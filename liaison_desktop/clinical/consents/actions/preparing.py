"""From the first draft to ready: begin, change, the talk, the teach-back, the stop."""

from __future__ import annotations

import datetime
import uuid

import msgspec

from liaison_desktop.clinical.communication.actions import use_session
from liaison_desktop.clinical.communication.record import InterpreterSession, UsedFor
from liaison_desktop.clinical.concerns.actions import question_for_practitioner
from liaison_desktop.clinical.consents.actions.again import replaced_words
from liaison_desktop.clinical.consents.actions.forms import template_of
from liaison_desktop.clinical.consents.actions.second_language import with_second_language
from liaison_desktop.clinical.consents.actions.steps import move, note_on, stop_if, with_patient, with_words
from liaison_desktop.clinical.consents.queries import catalogue, next_document_number
from liaison_desktop.clinical.consents.record import (
    Choice,
    Consent,
    ConsentState,
    ConsentStep,
    SpecialCategory,
    SpecialRelease,
    TeachBack,
    TeachBackState,
    Template,
)
from liaison_desktop.clinical.consents.rules import (
    discussion_faults,
    gate_faults,
    match_faults,
    open_faults,
    ready_faults,
)
from liaison_desktop.clinical.patients.record import (
    InterpreterNeed,
    Patient,
    language_name,
)
from liaison_desktop.clinical.people.actions import require
from liaison_desktop.clinical.people.record import Facility
from liaison_desktop.errors import Severity
from liaison_desktop.policies import policy_of
from liaison_desktop.signing import Role
from liaison_desktop.store import Store


def begin_consent(
    store: Store,
    patient: Patient,
    form: Template,
    *,
    practitioner: str = "",
    credential: str = "",
    supersedes: uuid.UUID | None = None,
) -> Consent:
    """A new draft for this patient with the words of this form in it; nothing is answered or chosen."""
    require(store, "record_clinical")
    made = _begun(store, patient, form, practitioner=practitioner, credential=credential)
    before = store.find(Consent, supersedes)
    return store.save(
        msgspec.structs.replace(
            made, supersedes=supersedes, replaces=replaced_words(before) if before is not None else ""
        )
    )


def specimen_of(store: Store, form: Template) -> Consent:
    """What a form looks like with nobody's name in it: for its author and a surveyor. Nothing is saved."""
    nobody = Patient(family="Nobody", given="Specimen")
    return _begun(store, nobody, form, practitioner="", credential="")


def _begun(store: Store, patient: Patient, form: Template, *, practitioner: str, credential: str) -> Consent:
    place = next((facility for facility in store.all(Facility) if facility.own), None)
    spoken, need = patient.communication.spoken, patient.communication.interpreter
    rule = catalogue().of(form.type)
    steps = form.steps or rule.steps
    consent = Consent(
        patient_id=patient.id,
        begun_at=store.clock(),
        begun_by=store.actor.name,
        begun_by_id=store.actor.id,
        facility=place.name if place else "",
        unit=place.unit if place else "",
        facility_phone=place.phone if place else "",
        template_code=form.code,
        template_version=form.version,
        template_sha256=form.sha256,
        template_effective=form.effective,
        title_as_signed=form.title,
        procedure_text=form.procedure,
        procedure_on_form=form.procedure,
        agree_question=form.agree_question,
        sign_words=form.sign_words,
        plain_words=form.plain_words,
        sedation=form.sedation,
        needs_side=form.needs_side,
        type=form.type,
        steps=steps,
        # Nobody is named where the patient alone signs; an empty list is a consent from before forms said so.
        signers=(Role.PATIENT, *(form.signers or rule.signers)),
        explained_by=form.explained_by or rule.explained_by,
        release_special=tuple(SpecialRelease(category=kind) for kind in SpecialCategory)
        if ConsentStep.RELEASE in steps
        else (),
        anaesthesia_type=form.anaesthesia,
        practitioner_responsible=practitioner,
        practitioner_credential=credential,
        language=language_name(spoken) if spoken else form.language,
        # What nobody asked yet stays unanswered; a patient who declines an interpreter still needs one (V10).
        interpreter_needed=None if need is None else need is not InterpreterNeed.NO,
        interpreter_modality=patient.communication.modality,
        elements=form.checks(catalogue()),
        teach_back=tuple(
            TeachBack(code=point.code, ask=point.ask, listen_for=point.listen_for) for point in form.questions
        ),
        choices=tuple(
            Choice(code=it.code, words=it.words, elements=it.elements, may_not_apply=it.may_not_apply)
            for it in form.choices
        ),
    )
    return with_words(with_patient(consent, patient), form)


def change_consent(store: Store, consent: Consent) -> Consent:
    """Save what was filled in so far. A consent that was ready is no longer so when its content changes."""
    require(store, "record_clinical")
    before = store.get(Consent, consent.id)
    if before == consent:
        return consent
    if consent.state is ConsentState.READY:
        consent = msgspec.structs.replace(consent, state=ConsentState.VERIFYING)
    return store.save(with_second_language(store, consent))


def record_discussion(store: Store, consent: Consent) -> Consent:
    """The practitioner's talk, with who and when. After a stop it has to be a new one. Raises Refused (V36, V37)."""
    require(store, "record_clinical")
    policy = policy_of(store)
    found = (
        *match_faults(consent, policy),
        *discussion_faults(consent, policy, nurse=store.actor.name, now=store.clock()),
    )
    stop_if(open_faults(consent, found))
    returned = consent.state is ConsentState.RETURNED and any(
        point.state is not TeachBackState.NOT_DONE for point in consent.teach_back
    )
    if consent.state in (ConsentState.DRAFT, ConsentState.RETURNED):
        consent = move(store, consent, ConsentState.VERIFYING if returned else ConsentState.DISCUSSED)
    told = with_words(consent, template_of(store, consent.template_code, consent.template_version))
    return store.save(with_second_language(store, told))


def take_session(store: Store, consent: Consent, session: InterpreterSession) -> Consent:
    """Let the talk stand on a session with an interpreter: the consent names it and holds what it said."""
    used = use_session(store, session, UsedFor.CONSENT)
    return change_consent(
        store,
        msgspec.structs.replace(
            consent,
            interpreter_needed=True,
            interpreter_session=used.id,
            interpreter_name=used.interpreter_name or f"Interpreter {used.interpreter_number}",
            interpreter_number=used.interpreter_number,
            interpreter_qualified=used.qualified,
            interpreter_adult=used.adult,
            interpreter_modality=used.modality,
            interpreter_from=used.started_at,
            interpreter_to=used.ended_at,
            interpreter_exception=used.exception,
            interpreter_waiver=used.waiver,
        ),
    )


def start_teach_back(store: Store, consent: Consent) -> Consent:
    """The nurse begins to check understanding, in a language and a condition in which that makes sense (V10, V11)."""
    require(store, "record_clinical")
    found = gate_faults(consent, policy_of(store), note_on(store, consent))
    stop_if(tuple(fault for fault in found if fault.severity is Severity.REFUSE))
    if consent.state is not ConsentState.VERIFYING:
        consent = move(store, consent, ConsentState.VERIFYING)
    if consent.teach_back_from is None:
        consent = msgspec.structs.replace(consent, teach_back_from=store.clock())
    return store.save(consent)


def record_teach_back(store: Store, consent: Consent, code: str, state: TeachBackState, words: str) -> Consent:
    """How clear one point was, in the patient's own words. Each call is one attempt.

    A point that was not clear before can only become clear after re-explaining, whatever was pressed.
    """
    require(store, "record_clinical")
    if consent.state is not ConsentState.VERIFYING:
        stop_if((policy_of(store).fault("STATE", state=consent.state.label.lower()),))
    points = []
    for point in consent.teach_back:
        if point.code == code:
            again = point.state in (TeachBackState.NOT_OK, TeachBackState.OK_AFTER_RETEACH)
            now = TeachBackState.OK_AFTER_RETEACH if again and state is TeachBackState.OK_FIRST else state
            point = msgspec.structs.replace(point, state=now, attempts=point.attempts + 1, patient_words=words)
        points.append(point)
    return store.save(msgspec.structs.replace(consent, teach_back=tuple(points), teach_back_to=store.clock()))


def stop_and_return(store: Store, consent: Consent, *, reason: str, questions: str = "") -> Consent:
    """The nurse's stop: back to the practitioner. Nobody can sign until a later talk is recorded.

    What the patient asks becomes a concern addressed to the practitioner, saved with the stop.
    """
    require(store, "record_clinical")
    stopped = msgspec.structs.replace(
        move(store, consent, ConsentState.RETURNED),
        stopped_at=store.clock(),
        stop_reason=reason,
        questions_for_practitioner=questions or consent.questions_for_practitioner,
    )
    with store.transaction("stopped and returned to the practitioner") as transaction:
        if stopped.patient_id is not None and (asked := questions.strip() or reason.strip()):
            question_for_practitioner(
                store,
                transaction,
                patient=stopped.patient_id,
                words=asked,
                to=stopped.discussed_by or stopped.practitioner_responsible,
                about_kind=Consent.kind,
                about=stopped.id,
            )
        return transaction.save(stopped)


def make_ready(store: Store, consent: Consent) -> Consent:
    """Everything was asked, explained and answered: the document gets its number and may be shown and signed."""
    require(store, "record_clinical")
    now = store.clock()
    patient = store.find(Patient, consent.patient_id)
    if patient is not None:
        consent = with_patient(consent, patient)
    found = ready_faults(consent, policy_of(store), nurse=store.actor.name, now=now, note=note_on(store, consent))
    stop_if(open_faults(consent, found))
    days = template_of(store, consent.template_code, consent.template_version).valid_days
    if consent.state is ConsentState.DISCUSSED and not consent.has(ConsentStep.TEACH):
        # Nothing is asked back on a paper that is about no treatment.
        consent = move(store, consent, ConsentState.VERIFYING)
    ready = msgspec.structs.replace(
        move(store, consent, ConsentState.READY),
        ready_at=now,
        valid_until=now.date() + datetime.timedelta(days=days),
        document_number=consent.document_number or next_document_number(store, now.year),
    )
    return store.save(ready)
