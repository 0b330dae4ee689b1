"""The verbs over a real encrypted store: the life of a consent from draft to withdrawn."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from liaison_desktop.clinical.consents.actions import (
    begin_consent,
    change_consent,
    make_ready,
    mark_entered_in_error,
    record_discussion,
    record_teach_back,
    refuse_consent,
    start_teach_back,
    stop_and_return,
    withdraw_consent,
)
from liaison_desktop.clinical.consents.queries import consents_of, count_open, endings_of, recent_consents, template
from liaison_desktop.clinical.consents.record import Answer, Consent, ConsentState, Ending, TeachBackState
from liaison_desktop.clinical.consents.rules import standing
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.errors import Refused
from liaison_desktop.records import fields_of
from liaison_desktop.signing import Role
from liaison_desktop.store import Store
from tests.clinical.consents.examples import DOCTOR, a_draft, a_signature, filled, put
from tests.fakes import Clock

S = ConsentState


def talked(store: Store, clock: Clock, consent: Consent) -> Consent:
    return record_discussion(store, filled(consent, clock(), teach_back=consent.teach_back))


def ready(store: Store, clock: Clock) -> Consent:
    consent = start_teach_back(store, talked(store, clock, a_draft(store)))
    for point in consent.teach_back:
        consent = record_teach_back(store, consent, point.code, TeachBackState.OK_FIRST, "in my own words")
    return make_ready(store, consent)


def active(store: Store, clock: Clock) -> Consent:
    consent = put(store, ready(store, clock), a_signature(Role.PATIENT, "María L. Álvarez"), agrees=Answer.YES)
    clock.tick(60)
    consent = put(store, consent, a_signature(Role.WITNESS, "Renee Okafor RN"))
    clock.tick(60)
    return put(store, consent, a_signature(Role.PRACTITIONER, DOCTOR, credential="MD"))


def refused(caught: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {fault.rule for fault in caught.value.faults}


def test_nothing_is_answered_in_a_new_consent(clinical_store: Store) -> None:
    consent = a_draft(clinical_store)
    assert consent.state is S.DRAFT
    assert all(choice.answer is None for choice in consent.choices)
    assert all(check.discussed is None for check in consent.elements)
    assert all(point.state is TeachBackState.NOT_DONE for point in consent.teach_back)
    unanswered = ("procedure_matches", "decided_by", "interpreter_needed", "capacity_concern", "sedated_recently")
    assert [name for name in unanswered if getattr(consent, name) is not None] == []


def test_the_consent_keeps_the_words_that_were_shown(clinical_store: Store) -> None:
    form = template("GI-014")
    consent = a_draft(clinical_store)
    assert (consent.template_code, consent.template_version, consent.template_sha256) == (
        "GI-014",
        form.version,
        form.sha256,
    )
    assert len(form.sha256) == 64
    assert "Wei Chen, MD is in charge" in consent.topics[1].words
    assert "(555) 010-4400" in consent.statements[1].words
    assert "{" not in "".join(topic.words for topic in consent.topics)


def test_a_name_with_braces_is_only_a_name(clinical_store: Store) -> None:
    patient = clinical_store.save(Patient(family="{phone}", given="<img src=x>", birth_date="1961"))
    consent = begin_consent(clinical_store, patient, template("GI-014"), practitioner="{0} {practitioner.__class__}")
    assert "{0} {practitioner.__class__} is in charge" in consent.topics[1].words
    assert consent.shown_allergies == "Allergies not recorded"
    assert not consent.allergies_recorded


def test_the_way_to_active(clinical_store: Store, clock: Clock) -> None:
    consent = ready(clinical_store, clock)
    assert consent.state is S.READY
    assert consent.document_number == "CS-2026-T0001"
    assert consent.valid_until == clock.today() + dt.timedelta(days=30)
    consent = put(clinical_store, consent, a_signature(Role.PATIENT, "María L. Álvarez"), agrees=Answer.YES)
    assert (consent.state, consent.agreed()) == (S.SIGNED, Answer.YES)
    consent = put(clinical_store, consent, a_signature(Role.WITNESS, "Renee Okafor RN"))
    assert consent.state is S.WITNESSED
    consent = put(clinical_store, consent, a_signature(Role.PRACTITIONER, DOCTOR))
    assert consent.state is S.ACTIVE
    assert consent.fingerprint == consent.content_fingerprint()
    assert clinical_store.get(Consent, consent.id).content_fingerprint() == consent.fingerprint
    given = consent.signatures[0]
    assert (given.signed_at, given.zone, given.device) == (clock(), "UTC-06:00", "test laptop")
    assert given.meaning == "I understand and I agree"
    acts = [line.act for line in clinical_store.lines(words="signed")]
    assert acts.count("signed") == 3


def test_after_signing_nothing_can_change(clinical_store: Store, clock: Clock) -> None:
    consent = active(clinical_store, clock)
    values = {"procedure_text": "Something else", "valid_until": dt.date(2030, 1, 1), "signatures": ()}
    values["state"] = S.DRAFT
    for name, value in values.items():
        with pytest.raises(Refused) as caught:
            clinical_store.save(msgspec.structs.replace(consent, **{name: value}))
        assert refused(caught) == {"SEAL"}
    assert clinical_store.get(Consent, consent.id) == consent


def test_every_field_of_a_signed_consent_is_guarded(clinical_store: Store, clock: Clock) -> None:
    consent = active(clinical_store, clock)
    for spec in fields_of(Consent):
        if spec.name in ("id", "version"):
            continue
        changed = msgspec.structs.replace(consent, **{spec.name: () if spec.name == "signatures" else object()})
        assert changed.guard(consent), spec.name


def test_between_signatures_only_a_signature_is_added(clinical_store: Store, clock: Clock) -> None:
    consent = ready(clinical_store, clock)
    consent = put(clinical_store, consent, a_signature(Role.PATIENT, "María L. Álvarez"), agrees=Answer.YES)
    for wrong in ({"present": "somebody"}, {"signatures": (a_signature(Role.PATIENT, "Another"),)}):
        with pytest.raises(Refused) as caught:
            clinical_store.save(msgspec.structs.replace(consent, **wrong))
        assert refused(caught) == {"SEAL"}


def test_the_nurses_stop(clinical_store: Store, clock: Clock) -> None:
    consent = start_teach_back(clinical_store, talked(clinical_store, clock, a_draft(clinical_store)))
    consent = record_teach_back(clinical_store, consent, "d", TeachBackState.NOT_OK, "Nothing can happen")
    consent = stop_and_return(clinical_store, consent, reason="Risks not clear", questions="What of my heart?")
    assert consent.state is S.RETURNED
    with pytest.raises(Refused):
        make_ready(clinical_store, consent)
    # The same talk does not open it again; a later one does, and the teach-back goes on where it was.
    with pytest.raises(Refused) as caught:
        record_discussion(clinical_store, consent)
    assert refused(caught) == {"V37-STOP"}
    clock.tick(1800)
    again = record_discussion(clinical_store, msgspec.structs.replace(consent, discussed_at=clock()))
    assert again.state is S.VERIFYING
    again = record_teach_back(clinical_store, again, "d", TeachBackState.OK_FIRST, "I could bleed")
    point = next(point for point in again.teach_back if point.code == "d")
    assert (point.state, point.attempts) == (TeachBackState.OK_AFTER_RETEACH, 2)


def test_a_stop_from_ready_closes_the_signing(clinical_store: Store, clock: Clock) -> None:
    consent = stop_and_return(clinical_store, ready(clinical_store, clock), reason="Wants to talk to the doctor")
    with pytest.raises(Refused) as caught:
        put(clinical_store, consent, a_signature(Role.PATIENT, "María L. Álvarez"), agrees=Answer.YES)
    assert refused(caught) == {"STATE"}


def test_a_changed_consent_is_no_longer_ready(clinical_store: Store, clock: Clock) -> None:
    consent = ready(clinical_store, clock)
    assert change_consent(clinical_store, consent).state is S.READY
    changed = change_consent(clinical_store, msgspec.structs.replace(consent, present="A brother"))
    assert changed.state is S.VERIFYING


@pytest.mark.parametrize("agrees", [None, Answer.NO, Answer.NA])
def test_only_a_yes_can_be_signed(clinical_store: Store, clock: Clock, agrees: Answer | None) -> None:
    with pytest.raises(Refused) as caught:
        put(clinical_store, ready(clinical_store, clock), a_signature(Role.PATIENT, "María L. Álvarez"), agrees=agrees)
    assert refused(caught) == {"V45"}


def test_a_clock_that_was_put_back_stops_the_signing(clinical_store: Store, clock: Clock) -> None:
    consent = ready(clinical_store, clock)
    clock.tick(-1)
    with pytest.raises(Refused) as caught:
        put(clinical_store, consent, a_signature(Role.PATIENT, "María L. Álvarez"), agrees=Answer.YES)
    assert refused(caught) == {"V9-CLOCK"}


def test_a_refusal_says_who_was_told(clinical_store: Store, clock: Clock) -> None:
    consent = ready(clinical_store, clock)
    with pytest.raises(Refused) as caught:
        refuse_consent(clinical_store, consent, reason="", understood="", told="")
    assert {fault.field for fault in caught.value.faults} == {"refusal_understood", "practitioner_told"}
    no = refuse_consent(clinical_store, consent, reason="", understood="It may bleed on", told="Dr. Chen, 14:10")
    assert (no.state, no.agreed()) == (S.REFUSED, Answer.NO)


def test_a_withdrawal_is_its_own_record(clinical_store: Store, clock: Clock) -> None:
    consent = active(clinical_store, clock)
    gone = withdraw_consent(clinical_store, consent, said_by="María L. Álvarez", reason="I want to wait")
    assert clinical_store.get(Consent, consent.id) == consent
    assert (gone.document_number, gone.fingerprint) == (consent.document_number, consent.fingerprint)
    endings = endings_of(clinical_store, consent.id)[consent.id]
    assert standing(consent, endings, clock.today()) is S.REVOKED
    with pytest.raises(Refused):
        clinical_store.save(msgspec.structs.replace(gone, reason="other"))


def test_a_draft_cannot_be_withdrawn_but_called_off(clinical_store: Store) -> None:
    consent = a_draft(clinical_store)
    with pytest.raises(Refused):
        withdraw_consent(clinical_store, consent, said_by="María L. Álvarez")
    withdraw_consent(clinical_store, consent, said_by="Wei Chen", ending=Ending.PRACTITIONER)
    assert clinical_store.get(Consent, consent.id).state is S.WITHDRAWN_BY_PRACTITIONER


def test_entered_in_error_takes_two_people(clinical_store: Store, clock: Clock) -> None:
    consent = active(clinical_store, clock)
    for second in ("", "Okafor, Renee"):
        with pytest.raises(Refused):
            mark_entered_in_error(clinical_store, consent, reason="Wrong patient", second_person=second)
    mark_entered_in_error(clinical_store, consent, reason="Wrong patient", second_person="Tom Hale RN")
    endings = endings_of(clinical_store, consent.id)[consent.id]
    assert standing(consent, endings, clock.today()) is S.ENTERED_IN_ERROR


def test_a_new_consent_replaces_the_old_one(clinical_store: Store, clock: Clock) -> None:
    old = active(clinical_store, clock)
    patient = clinical_store.get(Patient, old.patient_id)  # type: ignore[arg-type]
    new = begin_consent(clinical_store, patient, template("GI-014"), practitioner=DOCTOR, supersedes=old.id)
    new = start_teach_back(clinical_store, talked(clinical_store, clock, new))
    for point in new.teach_back:
        new = record_teach_back(clinical_store, new, point.code, TeachBackState.OK_FIRST, "")
    new = put(
        clinical_store,
        make_ready(clinical_store, new),
        a_signature(Role.PATIENT, "María L. Álvarez"),
        agrees=Answer.YES,
    )
    assert endings_of(clinical_store, old.id) == {}
    new = put(clinical_store, new, a_signature(Role.WITNESS, "Renee Okafor RN"))
    new = put(clinical_store, new, a_signature(Role.PRACTITIONER, DOCTOR))
    assert new.document_number == "CS-2026-T0002"
    assert standing(old, endings_of(clinical_store, old.id)[old.id], clock.today()) is S.SUPERSEDED
    assert [found.id for found in consents_of(clinical_store, patient.id)] == [new.id, old.id]


def test_an_active_consent_expires(clinical_store: Store, clock: Clock) -> None:
    consent = active(clinical_store, clock)
    assert standing(consent, (), clock.today() + dt.timedelta(days=30)) is S.ACTIVE
    assert standing(consent, (), clock.today() + dt.timedelta(days=31)) is S.EXPIRED


def test_lists_and_counts(clinical_store: Store, clock: Clock) -> None:
    a_draft(clinical_store)
    active(clinical_store, clock)
    assert count_open(clinical_store) == 1
    assert [consent.state for consent in recent_consents(clinical_store)] == [S.ACTIVE, S.DRAFT]


def test_the_practice_store_has_consents_to_work_on(clinical_store: Store) -> None:
    from liaison_desktop.clinical.workspace import WORKSPACE

    WORKSPACE.practice(clinical_store)
    release, video, begun, verifying = recent_consents(clinical_store)
    assert (begun.state, verifying.state) == (S.DRAFT, S.VERIFYING)
    assert (release.template_code, video.template_code) == ("RI-001", "TE-001")
    assert {release.state, video.state} == {S.DISCUSSED}
    left = [point.code for point in verifying.teach_back if point.state is TeachBackState.NOT_DONE]
    assert left == ["i", "j"]
    assert count_open(clinical_store) == 4


def test_no_teach_back_without_a_language_both_speak(clinical_store: Store, clock: Clock) -> None:
    draft = a_draft(clinical_store)
    alone = filled(draft, clock(), teach_back=draft.teach_back, interpreter_needed=True)
    explained = record_discussion(clinical_store, alone)
    with pytest.raises(Refused) as caught:
        start_teach_back(clinical_store, explained)
    assert refused(caught) == {"V10-CONSENT"}
