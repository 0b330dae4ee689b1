"""The verbs over a real encrypted store: a research consent from the first draft to leaving the study."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from liaison_desktop.clinical.consents.record import Answer, Ending, TeachBackState
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.clinical.people.record import StaffMember
from liaison_desktop.clinical.research.actions import (
    approved_file,
    begin_research,
    change_research,
    decide,
    give_copy,
    give_form,
    keep_form,
    leave_study,
    make_ready,
    mark_entered_in_error,
    plan_procedure,
    record_answer,
    same_file,
    save_study,
    sign,
)
from liaison_desktop.clinical.research.queries import count_open, endings_of, participants_of, research_consents_of
from liaison_desktop.clinical.research.record import (
    Again,
    FormVersion,
    Outcome,
    Regulation,
    ResearchConsent,
    ResearchState,
    Study,
)
from liaison_desktop.clinical.research.rules import standing
from liaison_desktop.errors import Refused
from liaison_desktop.records import fields_of
from liaison_desktop.signing import Method, Role
from liaison_desktop.store import Store
from liaison_desktop.tasks.queries import tasks_about
from liaison_desktop.tasks.record import TaskState
from tests.clinical.consents.examples import a_signature
from tests.clinical.research.examples import (
    NURSE,
    STATEMENT,
    a_draft,
    a_form_file,
    a_study,
    filled,
    given,
    me_on_staff,
    somebody,
)
from tests.fakes import Clock

S = ResearchState
replace = msgspec.structs.replace


def ready(store: Store, study: Study | None = None) -> ResearchConsent:
    consent = given(store, a_draft(store, study))
    for point in consent.comprehension:
        consent = record_answer(store, consent, point.code, TeachBackState.OK_FIRST, "In my own words")
    return make_ready(store, filled(consent, comprehension=consent.comprehension))


def active(store: Store, study: Study | None = None) -> ResearchConsent:
    consent = ready(store, study)
    consent = sign(store, consent, a_signature(Role.PATIENT, consent.shown_name), agrees=Answer.YES)
    return sign(store, consent, a_signature(Role.PERSON_OBTAINING, NURSE))


def refused(caught: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {fault.rule for fault in caught.value.faults}


def test_nothing_is_answered_in_a_new_consent(clinical_store: Store) -> None:
    consent = a_draft(clinical_store)
    assert all(choice.answer is None for choice in consent.choices)
    assert all(point.state is TeachBackState.NOT_DONE for point in consent.comprehension)
    asked = {
        "short_form", "told_aloud", "summary_approved", "witness_impartial", "decided_by", "document_seen", "assent",
        "capacity_concern", "enough_time", "questions_answered", "authorisation", "outcome", "given_at", "again",
    }  # fmt: skip
    assert asked <= {spec.name for spec in fields_of(ResearchConsent)}
    assert {name: getattr(consent, name) for name in asked} == dict.fromkeys(asked)
    # The words of the study stand in it, with its own names.
    assert len(consent.key_points) == 6
    assert "(555) 010-7700" in next(part.words for part in consent.parts if part.code == "injury")
    assert not any("{" in part.words for part in consent.parts)


def test_from_the_form_to_the_copy(clinical_store: Store, clock: Clock) -> None:
    store = clinical_store
    study = a_study(store)
    consent = given(store, a_draft(store, study))
    assert (consent.state, consent.form_sha256) == (S.GIVEN, study.versions[0].approved_sha256)
    consent = record_answer(store, consent, "Q7", TeachBackState.NOT_OK, "Nothing")
    consent = record_answer(store, consent, "Q7", TeachBackState.OK_FIRST, "My heart")
    point = next(one for one in consent.comprehension if one.code == "Q7")
    assert (point.state, point.attempts) == (TeachBackState.OK_AFTER_RETEACH, 2)
    consent = make_ready(store, filled(consent))
    assert consent.document_number == f"RC-{clock().year}-T0001"
    with pytest.raises(Refused) as caught:
        sign(store, consent, a_signature(Role.PATIENT, consent.shown_name))
    assert refused(caught) == {"V45"}  # a signature without the person's own yes
    signed = sign(store, consent, a_signature(Role.PATIENT, consent.shown_name), agrees=Answer.YES)
    assert (signed.state, signed.minutes) == (S.SIGNED, 40)
    with pytest.raises(Refused):
        change_research(store, replace(signed, study_name="Another study"))
    done = sign(store, signed, a_signature(Role.PERSON_OBTAINING, NURSE))
    assert done.state is S.ACTIVE
    assert done.fingerprint == done.content_fingerprint()
    copied = give_copy(store, done)
    assert copied.copy_given_by == store.actor.name
    assert copied.fingerprint == copied.content_fingerprint()
    with pytest.raises(Refused) as caught:
        give_copy(store, copied)
    assert refused(caught) == {"RC-COPY"}
    with pytest.raises(Refused):
        store.save(replace(copied, choices=()))
    assert store.verify().verified


def test_what_changed_since_is_asked_again_before_the_first_signature(clinical_store: Store, clock: Clock) -> None:
    store = clinical_store
    study = a_study(store)
    consent = ready(store, study)
    mine = a_signature(Role.PATIENT, consent.shown_name)
    day = clock.today()

    def stops(changed: Study) -> set[str]:
        held = store.save(replace(changed, version=store.get(Study, study.id).version))
        with pytest.raises(Refused) as caught:
            sign(store, consent, mine, agrees=Answer.YES)
        assert held.id == study.id
        return refused(caught)

    one = study.versions[0]
    over = replace(one, approved_to=day - dt.timedelta(days=1))
    other_file = keep_form(store, replace(one, approved_sha256="", file=None), a_form_file(mark="1.2b"), "b.pdf")
    assert stops(replace(study, versions=(over,))) == {"V43"}
    assert stops(replace(study, versions=(other_file,))) == {"V43-HASH"}
    assert stops(replace(study, versions=(replace(one, statement="See ClinicalTrials.gov"),))) == {"V42"}
    assert stops(replace(study, delegates=())) == {"V44"}
    assert stops(replace(study, open=False)) == {"RC-CLOSED"}
    store.save(replace(study, version=store.get(Study, study.id).version))
    assert sign(store, consent, mine, agrees=Answer.YES).state is S.SIGNED


def test_taken_home_and_brought_back(clinical_store: Store, clock: Clock) -> None:
    store = clinical_store
    consent = given(store, a_draft(store))
    home = decide(store, replace(consent, outcome=Outcome.HOME))
    assert (home.state, home.home_at) == (S.HOME, clock())
    assert count_open(store) == 1
    clock.tick(3 * 86400)
    back = make_ready(store, filled(home))
    signed = sign(store, back, a_signature(Role.PATIENT, back.shown_name), agrees=Answer.YES)
    assert signed.minutes == 3 * 1440 + 40


@pytest.mark.parametrize(
    ("outcome", "words", "state"),
    [
        (Outcome.DECLINED, "", S.DECLINED),
        (Outcome.NOT_ELIGIBLE, "Takes warfarin", S.NOT_ELIGIBLE),
        (Outcome.CAPACITY, "Could not say what it is about", S.CAPACITY),
    ],
)
def test_other_outcomes(clinical_store: Store, outcome: Outcome, words: str, state: ResearchState) -> None:
    consent = a_draft(clinical_store)
    assert decide(clinical_store, replace(consent, outcome=outcome, outcome_words=words)).state is state


def test_an_outcome_without_its_words(clinical_store: Store) -> None:
    consent = a_draft(clinical_store)
    for outcome in (None, Outcome.CONSENTED, Outcome.NOT_ELIGIBLE, Outcome.CAPACITY):
        with pytest.raises(Refused) as caught:
            decide(clinical_store, replace(consent, outcome=outcome))
        assert refused(caught) == {"RC-ASK"}


def test_who_declined_may_be_asked_anew_and_nobody_twice_at_once(clinical_store: Store) -> None:
    store = clinical_store
    study = a_study(store)
    consent = a_draft(store, study)
    patient = store.get(Patient, consent.patient_id)
    with pytest.raises(Refused) as caught:
        begin_research(store, patient, study)
    assert refused(caught) == {"RC-IN-STUDY"}
    decide(store, replace(consent, outcome=Outcome.DECLINED))
    assert begin_research(store, patient, study).state is S.DRAFT
    assert len(participants_of(store, study.id)) == 2
    assert len(research_consents_of(store, patient.id)) == 2


def test_asked_again_on_a_new_version(clinical_store: Store, clock: Clock) -> None:
    store = clinical_store
    study = a_study(store)
    old = active(store, study)
    newer = FormVersion(version="2.0", approved_from=clock.today(), stamped=True, words="RW-101", again=Again.RISK)
    study = save_study(
        store, replace(study, versions=(*study.versions, keep_form(store, newer, a_form_file(mark="2.0"), "2.pdf")))
    )
    patient = store.get(Patient, old.patient_id)
    consent = begin_research(store, patient, study, before=old, why=Again.RISK)
    assert consent.form_version == "2.0"
    assert consent.replaces.startswith(f"Replaces consent {old.document_number} on version 1.2, signed ")
    assert standing(old, endings_of(store, (old,)).get(old.id, ())) is S.ACTIVE  # until the new one is complete
    consent = make_ready(store, filled(given(store, consent)))
    consent = sign(store, consent, a_signature(Role.PATIENT, consent.shown_name), agrees=Answer.YES)
    sign(store, consent, a_signature(Role.PERSON_OBTAINING, NURSE))
    (ending,) = endings_of(store, (old,))[old.id]
    assert ending.ending is Ending.REPLACED
    assert standing(old, (ending,)) is S.REPLACED


def test_v45_a_procedure_of_the_study_waits_for_the_signature(clinical_store: Store, clock: Clock) -> None:
    store = clinical_store
    consent = ready(store)
    for held in (consent, sign(store, consent, a_signature(Role.PATIENT, consent.shown_name), agrees=Answer.YES)):
        with pytest.raises(Refused) as caught:
            plan_procedure(store, held, "First blood draw", clock())
        assert refused(caught) == {"V45-PROCEDURE"}
    done = sign(store, held, a_signature(Role.PERSON_OBTAINING, NURSE))
    task = plan_procedure(store, done, "First blood draw", clock())
    assert task.what == "VELORIN-2: First blood draw"
    # Leaving the study calls off what was planned, and nothing more is planned.
    leave_study(store, done, said_by=done.shown_name, look_on=Answer.NO, destroy_samples=Answer.YES)
    (called_off,) = tasks_about(store, done.id, ended=True)
    assert called_off.state is TaskState.CANCELLED
    with pytest.raises(Refused) as caught:
        plan_procedure(store, done, "Second blood draw", clock())
    assert refused(caught) == {"V45-PROCEDURE"}


def test_leaving_is_its_own_record_in_the_words_of_the_study(clinical_store: Store) -> None:
    store = clinical_store
    done = active(store)
    with pytest.raises(Refused) as caught:
        leave_study(store, done, said_by="", look_on=None, destroy_samples=None)
    assert refused(caught) == {"RC-WITHDRAW"}
    assert {fault.field for fault in caught.value.faults} == {"said_by", "look_on", "destroy_samples"}
    gone = leave_study(
        store, done, said_by=done.shown_name, look_on=Answer.YES, destroy_samples=Answer.NO, reason="Too far"
    )
    assert "what was learned about you up to now stays in the study" in gone.told
    assert "(555) 010-7700" in gone.told
    assert (gone.fingerprint, gone.document_number) == (done.fingerprint, done.document_number)
    assert store.get(ResearchConsent, done.id) == done
    assert standing(done, (gone,)) is S.WITHDRAWN
    with pytest.raises(Refused) as caught:
        leave_study(store, done, said_by="x", look_on=Answer.YES, destroy_samples=Answer.NO)
    assert refused(caught) == {"STATE"}


def test_entered_in_error_takes_two(clinical_store: Store) -> None:
    consent = a_draft(clinical_store)
    with pytest.raises(Refused):
        mark_entered_in_error(clinical_store, consent, reason="Wrong person", second_person=NURSE)
    mark_entered_in_error(clinical_store, consent, reason="Wrong person", second_person="Marta Lindqvist")
    assert clinical_store.get(ResearchConsent, consent.id).state is S.ENTERED_IN_ERROR


def test_the_right_is_granted_by_name(clinical_store: Store) -> None:
    store = clinical_store
    study = a_study(store)
    me = store.all(StaffMember)[0]
    store.save(replace(me, can_consent_research=False))
    patient = somebody(store)
    for act in (
        lambda: begin_research(store, patient, study),
        lambda: save_study(store, study),
        lambda: give_form(store, ResearchConsent()),
    ):
        with pytest.raises(Refused) as caught:
            act()
        assert {rule.split("-")[0] for rule in refused(caught)} == {"RIGHT"}


def test_a_mark_takes_two_witnesses(clinical_store: Store) -> None:
    store = clinical_store
    consent = ready(store)
    mark = a_signature(Role.PATIENT, consent.shown_name, method=Method.MARK_X)
    consent = sign(store, consent, mark, agrees=Answer.YES)
    consent = sign(store, consent, a_signature(Role.WITNESS, "Pat Quill"))
    with pytest.raises(Refused) as caught:
        sign(store, consent, a_signature(Role.SECOND_WITNESS, "Pat Quill"))
    assert refused(caught) == {"V8-SECOND"}
    consent = sign(store, consent, a_signature(Role.SECOND_WITNESS, "Sam Reyes"))
    assert sign(store, consent, a_signature(Role.PERSON_OBTAINING, NURSE)).state is S.ACTIVE


def test_the_sentence_is_read_out_of_the_approved_file(clinical_store: Store) -> None:
    me_on_staff(clinical_store)
    form = FormVersion(version="1")
    kept = keep_form(clinical_store, form, a_form_file(), "form.pdf")
    assert kept.statement == STATEMENT
    assert kept.file is not None
    assert kept.approved_sha256 == kept.file.sha256
    other = a_form_file(STATEMENT.replace("At most", "At the most"))
    assert keep_form(clinical_store, form, other, "form.pdf").statement == ""
    assert same_file(kept, a_form_file())
    assert not same_file(kept, other)
    with pytest.raises(Refused):
        keep_form(clinical_store, form, b"not a pdf", "form.txt")


def test_a_study_says_what_is_missing(clinical_store: Store) -> None:
    study = a_study(clinical_store)
    assert approved_file(clinical_store, study, "1.2").startswith(b"%PDF")
    with pytest.raises(Refused):
        approved_file(clinical_store, study, "7")
    wrong = replace(
        study,
        regulated=Regulation.FDA,
        applicable_trial=None,
        versions=(
            replace(study.versions[0], approved_to=study.versions[0].approved_from - dt.timedelta(days=1)),
            replace(study.versions[0], approved_sha256="abc"),
        ),
    )
    with pytest.raises(Refused) as caught:
        save_study(clinical_store, wrong)
    assert {fault.field for fault in caught.value.faults} == {
        "applicable_trial", "versions.0.version", "versions.0.approved_to", "versions.1.version",
        "versions.1.approved_sha256",
    }  # fmt: skip
