"""The rules before a signature: V8, V9, V10, V11, V36, V37, V38, V39, V40."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
import pytest

from liaison_desktop.clinical.communication.record import InterpreterException
from liaison_desktop.clinical.consents.record import (
    Answer,
    AuthorityBasis,
    Concern,
    Consent,
    ConsentState,
    DecidedBy,
    Determination,
    Discussed,
    InterpreterModality,
    Laterality,
    OnForm,
    TeachBackState,
)
from liaison_desktop.clinical.consents.rules import (
    given_faults,
    open_faults,
    ready_faults,
    roles_needed,
    signature_faults,
    to_countersign,
)
from liaison_desktop.clinical.directives.record import CapacityNote
from liaison_desktop.errors import Severity
from liaison_desktop.policies import load_policy
from liaison_desktop.signing import Method, Role
from liaison_desktop.store import Store
from tests.clinical.consents.examples import DOCTOR, a_draft, a_signature, filled
from tests.fakes import TODAY

POLICY = load_policy("clinical")
NURSE = "Renee Okafor RN"


def rules_of(consent: Consent, now: dt.datetime = TODAY) -> set[str]:
    return {fault.rule for fault in ready_faults(consent, POLICY, nurse=NURSE, now=now)}


def blocking(consent: Consent) -> set[str]:
    found = ready_faults(consent, POLICY, nurse=NURSE, now=TODAY)
    return {fault.rule for fault in open_faults(consent, found)}


@pytest.fixture
def draft(clinical_store: Store) -> Consent:
    return a_draft(clinical_store)


@pytest.fixture
def knee(clinical_store: Store) -> Consent:
    return a_draft(clinical_store, "OR-102")


def test_a_filled_consent_has_nothing_against_it(draft: Consent) -> None:
    assert blocking(filled(draft, TODAY)) == set()


def test_a_new_draft_is_asked_for_everything(draft: Consent) -> None:
    asked = {"V36-ASK", "V37", "V39-ASK", "V10-ASK", "V11-ASK", "V40-TALK", "PC13", "V45", "V40-T17", "PC16"}
    assert asked <= blocking(draft)


CASES: list[tuple[str, dict[str, Any], str]] = [
    ("said no match", {"procedure_matches": False}, "V36"),
    ("nobody explained", {"discussed_by": " "}, "V37"),
    ("no time of the talk", {"discussed_at": None}, "V37"),
    ("the nurse explained", {"discussed_by": "Okafor, Renee"}, "V37-NURSE"),
    ("some nurse explained", {"discussed_by": "Joy Lim", "discussed_by_credential": "RN"}, "V37-NURSE"),
    ("the talk is to come", {"discussed_at": TODAY + dt.timedelta(minutes=1)}, "V9-TALK"),
    ("stopped after the talk", {"stopped_at": TODAY}, "V37-STOP"),
    ("emergency without a name", {"decided_by": DecidedBy.EMERGENCY}, "V38"),
    ("representative without basis", {"decided_by": DecidedBy.REPRESENTATIVE, "representative_name": "L"}, "V38"),
    ("no interpreter", {"interpreter_needed": True}, "V10-CONSENT"),
    (
        "unqualified interpreter",
        {"interpreter_needed": True, "interpreter_name": "Cousin", "interpreter_qualified": False},
        "V10-CONSENT",
    ),
    ("a child", {"interpreter_needed": True, "interpreter_adult": False}, "V10-MINOR"),
    (
        "request not documented",
        {"interpreter_needed": True, "interpreter_exception": InterpreterException.PATIENT_REQUEST_DOCUMENTED},
        "V10-WAIVER",
    ),
    ("marked concern", {"capacity_concern": Concern.MARKED}, "V11"),
    ("lacks capacity", {"determination": Determination.LACKS_CAPACITY, "determined_by": DOCTOR}, "V11-LACKS"),
    ("some concern", {"capacity_concern": Concern.SOME}, "V11-SOME"),
    ("sedated", {"sedated_recently": True}, "V39"),
    ("no hospital", {"facility": ""}, "V40"),
    ("no practitioner", {"practitioner_responsible": ""}, "V40"),
    ("no element table", {"elements": ()}, "V40"),
    ("no teach-back", {"teach_back": ()}, "PC13"),
]


@pytest.mark.parametrize(("why", "answers", "rule"), CASES, ids=[case[0] for case in CASES])
def test_each_rule_stands_in_the_way(draft: Consent, why: str, answers: dict[str, Any], rule: str) -> None:
    assert rule in blocking(filled(draft, TODAY, **answers))


@pytest.mark.parametrize(
    ("answers", "stopped"),
    [
        ({}, False),
        ({"side_on_order": Laterality.RIGHT}, True),
        ({"side_as_patient_says": Laterality.RIGHT}, True),
        ({"procedure_as_patient_says": "They do my RIGHT knee"}, True),
        ({"procedure_on_order": "Total knee replacement, right"}, True),
        ({"procedure_on_order": "Total knee replacement, left"}, False),
        ({"procedure_as_patient_says": "The left one, it was right to wait"}, False),
    ],
)
def test_the_side_is_the_same_everywhere(knee: Consent, answers: dict[str, Any], stopped: bool) -> None:
    assert ("V36" in blocking(filled(knee, TODAY, **answers))) is stopped


def test_a_knee_needs_its_side_three_times(knee: Consent) -> None:
    bare = filled(knee, TODAY, laterality=None, side_on_order=None, side_as_patient_says=None)
    fields = {fault.field for fault in ready_faults(bare, POLICY, nurse=NURSE, now=TODAY) if fault.rule == "V36-ASK"}
    assert fields == {"laterality", "side_on_order", "side_as_patient_says"}


def test_a_qualified_interpreter_opens_the_gate(draft: Consent) -> None:
    there = filled(
        draft,
        TODAY,
        interpreter_needed=True,
        interpreter_name="J. Molina",
        interpreter_qualified=True,
        interpreter_modality=InterpreterModality.VIDEO,
    )
    assert blocking(there) == set()
    assert Role.INTERPRETER in roles_needed(there)


def test_a_child_may_interpret_in_an_emergency_only(draft: Consent) -> None:
    answers: dict[str, Any] = {
        "interpreter_needed": True,
        "interpreter_name": "A son",
        "interpreter_adult": False,
        "interpreter_waiver": "chart",
    }
    request = {"interpreter_exception": InterpreterException.PATIENT_REQUEST_DOCUMENTED}
    emergency = {"interpreter_exception": InterpreterException.EMERGENCY_TEMPORARY}
    assert "V10-MINOR" in blocking(filled(draft, TODAY, **answers, **request))
    assert blocking(filled(draft, TODAY, **answers, **emergency)) == set()


@pytest.mark.parametrize(
    ("answers", "rule"),
    [
        ({"sedated_recently": True}, "V39"),
        ({"capacity_concern": Concern.SOME}, "V11-SOME"),
        (
            {
                "decided_by": DecidedBy.REPRESENTATIVE,
                "representative_name": "Lucía Álvarez",
                "representative_relationship": "daughter",
                "authority_basis": AuthorityBasis.HCPOA,
                "document_seen": False,
                "patient_objects": False,
            },
            "V38-PAPER",
        ),
    ],
)
def test_a_hard_warning_needs_a_typed_reason(draft: Consent, answers: dict[str, Any], rule: str) -> None:
    warned = filled(draft, TODAY, **answers)
    assert blocking(warned) == {rule}
    assert blocking(msgspec.structs.replace(warned, confirmed=(rule,))) == {rule}
    assert blocking(msgspec.structs.replace(warned, confirm_reason="Awake and clear")) == {rule}
    assert blocking(msgspec.structs.replace(warned, confirmed=(rule,), confirm_reason="Awake and clear")) == set()


def test_a_reason_never_lifts_a_refusal(draft: Consent) -> None:
    wrong = filled(draft, TODAY, procedure_matches=False, confirmed=("V36",), confirm_reason="it is fine")
    assert "V36" in blocking(wrong)


def test_each_of_the_minimum_elements_is_needed(draft: Consent) -> None:
    ready = filled(draft, TODAY)
    for place in range(6):
        elements = list(ready.elements)
        elements[place] = msgspec.structs.replace(elements[place], on_form=OnForm.NO)
        assert "V40" in blocking(msgspec.structs.replace(ready, elements=tuple(elements)))


def test_the_other_elements_only_warn(draft: Consent) -> None:
    ready = filled(draft, TODAY)
    elements = tuple(
        msgspec.structs.replace(check, discussed=Discussed.UNSURE) if check.element == "T16" else check
        for check in ready.elements
    )
    unsure = msgspec.structs.replace(ready, elements=elements)
    warned = [fault for fault in ready_faults(unsure, POLICY, nurse=NURSE, now=TODAY) if fault.rule == "V40-MORE"]
    assert [fault.severity for fault in warned] == [Severity.WARN]
    assert blocking(unsure) == set()


def test_students_exams_need_an_explicit_answer_under_sedation(draft: Consent) -> None:
    ready = filled(draft, TODAY)
    for answer in (None, Answer.NA):
        choices = tuple(
            msgspec.structs.replace(it, answer=answer) if it.code == "students_exams" else it for it in ready.choices
        )
        assert "V40-T17" in blocking(msgspec.structs.replace(ready, choices=choices))


@pytest.mark.parametrize("state", [TeachBackState.NOT_DONE, TeachBackState.NOT_OK])
def test_every_point_has_to_be_clear(draft: Consent, state: TeachBackState) -> None:
    ready = filled(draft, TODAY)
    first = msgspec.structs.replace(ready.teach_back[0], state=state)
    assert "PC13" in blocking(msgspec.structs.replace(ready, teach_back=(first, *ready.teach_back[1:])))


# -- signatures -------------------------------------------------------------------------------------------------------


def signed_by_patient(draft: Consent, **answers: object) -> Consent:
    ready = filled(draft, TODAY, state=ConsentState.SIGNED, **answers)
    return msgspec.structs.replace(ready, signatures=(a_signature(Role.PATIENT, "María L. Álvarez"),))


@pytest.mark.parametrize(
    "name", [DOCTOR, "Dr. Wei Chen, MD", "chen wei", "Maria L. Alvarez", "Lucía Álvarez", "J. Molina"]
)
def test_a_witness_is_nobody_who_has_a_part(draft: Consent, name: str) -> None:
    consent = signed_by_patient(draft, representative_name="Lucía Álvarez", interpreter_name="J. Molina")
    faults = signature_faults(consent, a_signature(Role.WITNESS, name), POLICY)
    assert [fault.rule for fault in faults] == ["V8"]


def test_the_nurse_may_witness_but_not_sign_for_the_practitioner(draft: Consent) -> None:
    consent = signed_by_patient(draft)
    assert signature_faults(consent, a_signature(Role.WITNESS, NURSE), POLICY) == ()
    nurse = signature_faults(consent, a_signature(Role.PRACTITIONER, NURSE), POLICY)
    assert [fault.rule for fault in nurse] == ["V8-NURSE"]
    other = signature_faults(consent, a_signature(Role.PRACTITIONER, "Joy Lim", credential="RN"), POLICY)
    assert [fault.rule for fault in other] == ["V8-NURSE"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"strokes": ()},
        {"method": Method.MARK_X, "strokes": ()},
        {"shown_sha256": ""},
        {"method": Method.VERBAL_WITNESSED, "strokes": ()},
        {"method": Method.WET_INK, "strokes": ()},
        {"given_at": TODAY + dt.timedelta(minutes=1)},
    ],
)
def test_a_signature_is_really_given(draft: Consent, wrong: dict[str, Any]) -> None:
    consent = filled(draft, TODAY)
    given = msgspec.structs.replace(a_signature(Role.PATIENT, "María L. Álvarez"), **wrong)
    given = given.on(consent.content_fingerprint())
    assert [fault.rule for fault in given_faults(consent, given, POLICY, now=TODAY)] == ["V9-SIGNED"]


def test_a_name_is_printed_beside_each_signature(draft: Consent) -> None:
    faults = signature_faults(filled(draft, TODAY), a_signature(Role.PATIENT, " "), POLICY)
    assert [fault.rule for fault in faults] == ["V9-SIGNED"]


@pytest.mark.parametrize(
    ("typed", "right"),
    [("Maria Alvarez", True), ("María L. Álvarez", True), ("Maria", False), ("", False), ("Renee Okafor", False)],
)
def test_a_typed_name_is_the_signers_own(draft: Consent, typed: str, right: bool) -> None:
    consent = filled(draft, TODAY)
    given = a_signature(Role.PATIENT, "María L. Álvarez", method=Method.TYPED, strokes=(), typed=typed)
    faults = given_faults(consent, given.on(consent.content_fingerprint()), POLICY, now=TODAY)
    assert [fault.rule for fault in faults] == ([] if right else ["SIGN-TYPED"])


def test_a_signature_counts_for_what_was_shown_and_nothing_else(draft: Consent) -> None:
    consent = filled(draft, TODAY)
    given = a_signature(Role.PATIENT, "María L. Álvarez").on(consent.content_fingerprint())
    assert given_faults(consent, given, POLICY, now=TODAY) == ()
    # The consent was changed after it was shown; or the strokes were put into a signature on something else.
    changed = msgspec.structs.replace(consent, procedure_text="Something else")
    assert [fault.rule for fault in given_faults(changed, given, POLICY, now=TODAY)] == ["SIGN-BOUND"]
    other = msgspec.structs.replace(
        a_signature(Role.PATIENT, "María L. Álvarez").on(changed.content_fingerprint()), strokes=given.strokes
    )
    assert [fault.rule for fault in given_faults(changed, other, POLICY, now=TODAY)] == ["SIGN-BOUND"]
    used = given_faults(consent, given, POLICY, now=TODAY, used=True)
    assert [fault.rule for fault in used] == ["SIGN-REUSED"]


def test_a_witness_is_an_adult(draft: Consent) -> None:
    consent = signed_by_patient(draft)
    for adult, rules in ((None, ["V8-ADULT"]), (False, ["V8-ADULT"]), (True, [])):
        faults = signature_faults(consent, a_signature(Role.WITNESS, "Tom Hale", adult=adult), POLICY)
        assert [fault.rule for fault in faults] == rules


@pytest.mark.parametrize("name", [NURSE, "María L. Álvarez", DOCTOR, "Lucía Álvarez"])
def test_the_interpreter_has_no_other_part(draft: Consent, name: str) -> None:
    consent = signed_by_patient(
        draft, interpreter_needed=True, interpreter_name="J. Molina", representative_name="Lucía Álvarez"
    )
    seen = msgspec.structs.replace(
        consent, signatures=(*consent.signatures, a_signature(Role.WITNESS, NURSE)), state=ConsentState.WITNESSED
    )
    faults = signature_faults(seen, a_signature(Role.INTERPRETER, name), POLICY)
    assert [fault.rule for fault in faults] == ["V8-INTERPRETER"]
    assert signature_faults(seen, a_signature(Role.INTERPRETER, "J. Molina"), POLICY) == ()


def test_who_signs_of_the_staff_is_what_the_form_says(draft: Consent) -> None:
    bare = signed_by_patient(draft, signers=(Role.PATIENT,))
    assert roles_needed(bare) == (Role.PATIENT,)
    mark = msgspec.structs.replace(bare.signatures[0], method=Method.MARK_X)
    assert roles_needed(msgspec.structs.replace(bare, signatures=(mark,))) == (
        Role.PATIENT,
        Role.WITNESS,
        Role.SECOND_WITNESS,
    )
    study = signed_by_patient(
        draft, signers=(Role.PATIENT, Role.WITNESS, Role.PERSON_OBTAINING, Role.PHYSICIAN_CONCURRENCE)
    )
    assert roles_needed(study)[1:] == (Role.WITNESS, Role.PERSON_OBTAINING, Role.PHYSICIAN_CONCURRENCE)
    nurse = signature_faults(study, a_signature(Role.PHYSICIAN_CONCURRENCE, NURSE, credential="RN"), POLICY)
    assert [fault.rule for fault in nurse] == ["V8-NURSE"]


def test_the_countersignature_waits_for_the_bedside(draft: Consent) -> None:
    consent = signed_by_patient(draft)
    assert to_countersign(consent) == ()
    seen = msgspec.structs.replace(
        consent, signatures=(*consent.signatures, a_signature(Role.WITNESS, NURSE)), state=ConsentState.WITNESSED
    )
    assert to_countersign(seen) == (Role.PRACTITIONER,)


def test_the_patient_signs_first_and_once(draft: Consent) -> None:
    faults = signature_faults(filled(draft, TODAY), a_signature(Role.WITNESS, NURSE), POLICY)
    assert "V8-TURN" in {fault.rule for fault in faults}
    again = signature_faults(signed_by_patient(draft), a_signature(Role.PATIENT, "María L. Álvarez"), POLICY)
    assert [fault.rule for fault in again] == ["V8-TURN"]


def test_a_mark_needs_two_witnesses(draft: Consent) -> None:
    mark = a_signature(Role.PATIENT, "María L. Álvarez", method=Method.MARK_X)
    consent = msgspec.structs.replace(filled(draft, TODAY), signatures=(mark,), state=ConsentState.SIGNED)
    assert roles_needed(consent) == (Role.PATIENT, Role.WITNESS, Role.SECOND_WITNESS, Role.PRACTITIONER)
    consent = msgspec.structs.replace(consent, signatures=(mark, a_signature(Role.WITNESS, NURSE)))
    same = signature_faults(consent, a_signature(Role.SECOND_WITNESS, "Okafor Renee"), POLICY)
    assert [fault.rule for fault in same] == ["V8-SECOND"]
    assert signature_faults(consent, a_signature(Role.SECOND_WITNESS, "Tom Hale"), POLICY) == ()


@pytest.mark.parametrize(
    ("own", "noted", "determined", "rules"),
    [
        (Concern.NONE, Concern.MARKED, False, {"V11"}),
        (Concern.NONE, Concern.SOME, False, {"V11-SOME"}),
        (Concern.NONE, Concern.MARKED, True, set()),
        (Concern.NONE, Concern.NONE, False, set()),
        (Concern.MARKED, Concern.NONE, False, {"V11"}),
        (None, Concern.NONE, False, {"V11-ASK"}),
    ],
)
def test_the_capacity_note_of_the_chart_counts(
    draft: Consent, own: Concern | None, noted: Concern, determined: bool, rules: set[str]
) -> None:
    note = CapacityNote(concern=noted, at=TODAY)
    if determined:
        note = msgspec.structs.replace(note, determination=Determination.HAS_CAPACITY, determined_by=DOCTOR)
    consent = filled(draft, TODAY, capacity_concern=own)
    found = {fault.rule for fault in ready_faults(consent, POLICY, nurse=NURSE, now=TODAY, note=note)}
    assert {rule for rule in found if rule.startswith("V11")} == rules


@pytest.mark.parametrize(("by", "stops"), [(NURSE, True), ("Somebody Else, RN", True), (" ", True), (DOCTOR, False)])
def test_a_nurse_never_determines_in_a_consent(draft: Consent, by: str, stops: bool) -> None:
    begun = msgspec.structs.replace(draft, begun_by=NURSE)
    consent = filled(
        begun,
        TODAY,
        capacity_concern=Concern.MARKED,
        determination=Determination.HAS_CAPACITY,
        determined_by=by,
    )
    found = {fault.rule for fault in ready_faults(consent, POLICY, nurse=NURSE, now=TODAY)}
    assert ("V11" in found) is stops
