"""V11, V12 and V38, and what a note, a report and a paper need: where each stops, and where it is silent."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from liaison_desktop.clinical.directives.record import (
    Ability,
    AbilityState,
    Concern,
    CopyOnFile,
    Determination,
    Directive,
    DirectiveKind,
    Factor,
    GivenTo,
    RightsGiven,
    SameChoice,
)
from liaison_desktop.clinical.directives.rules import (
    CapacityStanding,
    authority_faults,
    capacity_faults,
    code_status_faults,
    determination_faults,
    differs,
    directive_faults,
    in_order,
    note_faults,
    noted_concern,
    rights_faults,
)
from liaison_desktop.clinical.patients.record import (
    AuthorityBasis,
    CodeStatus,
    PersonRole,
    RelatedPerson,
    Relationship,
)
from liaison_desktop.policies import load_policy
from tests.clinical.directives.examples import (
    DOCTOR,
    HOUR,
    PATIENT,
    WEAK,
    a_marked_note,
    a_note,
    a_report,
    an_agent,
)
from tests.fakes import TODAY

POLICY = load_policy("clinical")
NURSE = "Renee Okafor RN"


@pytest.mark.parametrize(
    ("concern", "determination", "represented", "rules"),
    [
        (None, None, False, {"V11-ASK"}),
        (Concern.MARKED, None, False, {"V11"}),
        (Concern.SOME, None, False, {"V11-SOME"}),
        (Concern.NONE, Determination.LACKS_CAPACITY, False, {"V11-LACKS"}),
        (Concern.MARKED, Determination.LACKS_CAPACITY, False, {"V11-LACKS"}),
        (Concern.NONE, None, False, set()),
        (Concern.MARKED, Determination.HAS_CAPACITY, False, set()),
        (Concern.SOME, Determination.HAS_CAPACITY, False, set()),
        (Concern.MARKED, None, True, set()),
        (Concern.MARKED, Determination.LACKS_CAPACITY, True, set()),
    ],
)
def test_v11_before_a_signature(
    concern: Concern | None, determination: Determination | None, represented: bool, rules: set[str]
) -> None:
    standing = CapacityStanding(
        concern=concern, determination=determination, determined_by=DOCTOR if determination else ""
    )
    assert {fault.rule for fault in capacity_faults(standing, POLICY, represented=represented)} == rules


def test_a_determination_without_a_name_is_none() -> None:
    nameless = CapacityStanding(concern=Concern.MARKED, determination=Determination.HAS_CAPACITY, determined_by=" ")
    assert {fault.rule for fault in capacity_faults(nameless, POLICY)} == {"V11"}


def test_which_note_speaks_to_a_decision() -> None:
    consent, other = uuid.uuid4(), uuid.uuid4()
    about, elsewhere, plain = a_note(about=consent), a_note(about=other), a_note(at=TODAY + HOUR)
    before = a_note(at=TODAY - HOUR)
    assert noted_concern([elsewhere, before], consent, TODAY) is None
    assert noted_concern([about, elsewhere], consent, TODAY) == about
    assert noted_concern([plain, about], consent, TODAY) == plain


def noted(**changes: Any) -> set[str]:
    return {fault.rule or fault.field for fault in note_faults(a_note(**changes), POLICY, now=TODAY)}


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"understand": Ability()}, "CAP-ASK"),
        ({"reason": Ability(state=AbilityState.DEMONSTRATED)}, "CAP-WORDS"),
        ({"asked_again": None}, "CAP-AGAIN"),
        ({"asked_again": SameChoice.DIFFERENT}, "CAP-WORDS"),
        ({"concern": Concern.SOME}, "CAP-GROUND"),
        ({"concern": Concern.SOME, "disagrees": True}, "CAP-GROUND"),
        ({"concern": Concern.MARKED, "factors": (Factor.DELIRIUM,)}, "CAP-REFER"),
        ({"concern": None}, "concern"),
        ({"decision": " "}, "decision"),
        ({"at": TODAY + HOUR}, "V9-CALL"),
    ],
)
def test_a_note_is_stopped(changes: dict[str, Any], rule: str) -> None:
    assert rule in noted(**changes)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"disagrees": True},
        {"choice": Ability(state=AbilityState.NOT_ASSESSED)},
        {"understand": WEAK},
        {"understand": WEAK, "concern": Concern.SOME},
        {"concern": Concern.SOME, "factors": (Factor.SEDATED,)},
        {"concern": Concern.SOME, "seen": "Fell asleep twice while we talked"},
        {"concern": Concern.SOME, "asked_again": SameChoice.DIFFERENT, "asked_again_words": "No, not at all"},
        {"concern": Concern.MARKED, "understand": WEAK, "referred_to": DOCTOR},
    ],
)
def test_a_note_is_not_stopped(changes: dict[str, Any]) -> None:
    assert not noted(**changes)


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"determination": None}, "CAP-DET"),
        ({"determined_by": " "}, "CAP-DET-WHO"),
        ({"determined_by": NURSE}, "CAP-DET-NURSE"),
        ({"determined_by": "Somebody Else, RN"}, "CAP-DET-NURSE"),
        ({"determined_at": None}, "CAP-DET-WHEN"),
        ({"determined_at": TODAY + HOUR}, "CAP-DET-TIME"),
        ({"determined_at": TODAY - 2 * HOUR}, "CAP-DET-TIME"),
        ({}, ""),
    ],
)
def test_a_determination_is_a_practitioners(changes: dict[str, Any], rule: str) -> None:
    given = {"determination": Determination.HAS_CAPACITY, "determined_by": DOCTOR, "determined_at": TODAY, **changes}
    note = a_marked_note(at=TODAY - HOUR, by=NURSE, **given)
    found = [fault.rule for fault in determination_faults(note, POLICY, nurse=NURSE, now=TODAY)]
    assert found == ([rule] if rule else [])


POLST = Directive(patient=PATIENT, directive_kind=DirectiveKind.POLST, copy=CopyOnFile.YES, seen_by=NURSE)


@pytest.mark.parametrize(
    ("changes", "before", "papers", "rule"),
    [
        ({"in_chart": CodeStatus.DNR}, None, (), "V12"),
        ({"status": CodeStatus.DNR}, None, (), "V12"),
        ({"in_chart": None}, CodeStatus.DNR, (), "V12-BEFORE"),
        ({"in_chart": CodeStatus.UNKNOWN}, CodeStatus.DNR_DNI, (), "V12-BEFORE"),
        ({}, None, (POLST,), "V12-PAPER"),
        ({}, None, (), ""),
        ({}, CodeStatus.DNR, (), ""),
        ({"in_chart": None}, CodeStatus.FULL, (), ""),
        ({"in_chart": None}, None, (), ""),
        ({"status": CodeStatus.UNKNOWN, "in_chart": CodeStatus.DNR}, CodeStatus.FULL, (POLST,), ""),
        ({"status": CodeStatus.DNR, "in_chart": CodeStatus.DNR}, None, (POLST,), ""),
    ],
)
def test_v12(changes: dict[str, Any], before: CodeStatus | None, papers: tuple[Directive, ...], rule: str) -> None:
    found = [fault.rule for fault in differs(a_report(**changes), before, papers, POLICY)]
    assert found == ([rule] if rule else [])


def test_a_limited_status_says_what_is_limited() -> None:
    limited = a_report(status=CodeStatus.LIMITED)
    assert [fault.rule for fault in code_status_faults(limited, POLICY)] == ["V12-LIMITS"]
    assert not code_status_faults(a_report(status=CodeStatus.LIMITED, limits="No breathing tube"), POLICY)


@pytest.mark.parametrize(
    ("changes", "rule", "field"),
    [
        ({"authority_basis": None}, "V38", "authority_basis"),
        ({"name": ""}, "V38", "name"),
        ({"relationship": None}, "V38", "relationship"),
        ({"patient_objects": None}, "V38", "patient_objects"),
        ({"authority_seen_on": None}, "V38-PAPER", "authority_seen_on"),
        ({"patient_objects": True, "objection": "Not her."}, "V38-OBJECTS", "patient_objects"),
        ({"patient_objects": True, "objection": ""}, "V38-OBJECTION", "objection"),
        ({"authority_seen_by": ""}, "V38-SEEN-BY", "authority_seen_by"),
    ],
)
def test_v38(changes: dict[str, Any], rule: str, field: str) -> None:
    assert (rule, field) in {(fault.rule, fault.field) for fault in authority_faults(an_agent(**changes), POLICY)}
    assert not authority_faults(an_agent(), POLICY)


def test_the_order_in_which_people_decide() -> None:
    son = RelatedPerson(name="Son", relationship=Relationship.SON, authority_basis=AuthorityBasis.STATUTORY_SURROGATE)
    spouse = RelatedPerson(
        name="Spouse", relationship=Relationship.SPS, authority_basis=AuthorityBasis.STATUTORY_SURROGATE
    )
    named = RelatedPerson(name="Named", roles=(PersonRole.LEGAL_REPRESENTATIVE,))
    guardian = RelatedPerson(name="Guardian", authority_basis=AuthorityBasis.GUARDIAN, authority_seen_on=TODAY.date())
    friend = RelatedPerson(name="Friend", relationship=Relationship.FRND)
    found = in_order([named, son, friend, spouse, an_agent(), guardian], POLICY)
    assert [one.words for one in found] == [
        "The patient",
        "Guardian",
        "Lucía Álvarez, daughter",
        "Spouse, spouse",
        "Son, son",
        "Named",
    ]
    assert [one.missing for one in found] == ["", "", "", "paper not seen", "paper not seen", "no right recorded"]
    assert in_order([an_agent(patient_objects=True)], POLICY)[1].missing == "the patient objects"


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"copy": None}, "DIR-COPY"),
        ({"seen_by": ""}, "DIR-SEEN"),
        ({"copy": CopyOnFile.REQUESTED}, "asked_of"),
        ({"executed_on": "yesterday"}, "executed_on"),
        ({"directive_kind": None}, "directive_kind"),
    ],
)
def test_a_directive_is_stopped(changes: dict[str, Any], rule: str) -> None:
    import msgspec

    found = directive_faults(msgspec.structs.replace(POLST, **changes), POLICY)
    assert rule in {fault.rule or fault.field for fault in found}


def test_nobody_has_to_have_a_directive() -> None:
    assert not directive_faults(POLST, POLICY)
    for kind in (DirectiveKind.NONE_STATED, DirectiveKind.UNKNOWN):
        assert not directive_faults(Directive(patient=PATIENT, directive_kind=kind), POLICY)


def test_information_on_rights() -> None:
    episode = uuid.uuid4()
    given = RightsGiven(patient=PATIENT, given_to=GivenTo.PATIENT, at=TODAY, by=NURSE, episode=episode)
    family = RightsGiven(patient=PATIENT, given_to=GivenTo.FAMILY, at=TODAY, by=NURSE, episode=episode)
    assert not rights_faults(given, POLICY, now=TODAY)
    assert {fault.rule for fault in rights_faults(family, POLICY, now=TODAY)} == {"PSDA-NAME"}
    assert {fault.rule for fault in rights_faults(given, POLICY, now=TODAY - HOUR)} == {"V9-CALL"}
