"""What a pre-admission checklist answered is proposed to the chart, taken over by a press, and asked once."""

from __future__ import annotations

import pytest

from liaison_desktop.clinical.checklists.actions import (
    Planned,
    chart_proposals,
    complete_checklist,
    open_checklist,
    save_answer,
    start_checklist,
)
from liaison_desktop.clinical.checklists.record import Checklist
from liaison_desktop.clinical.checklists.rules.told import ORGANISMS
from liaison_desktop.clinical.directives.queries import capacity_notes_of
from liaison_desktop.clinical.directives.record import Concern
from liaison_desktop.clinical.findings.queries import lines_of, vitals_of, wounds_of
from liaison_desktop.clinical.findings.record import Device, Support, WoundType
from liaison_desktop.clinical.patients.actions import assert_allergies
from liaison_desktop.clinical.patients.record import (
    AllergyAnswer,
    AllergyAssertion,
    AllergyBand,
    AllergyCategory,
    AllergyTopic,
    IsolationStatus,
    Organism,
    Patient,
    Precaution,
    ReactionSeverity,
    allergy_statement,
    isolation_text,
)
from liaison_desktop.errors import Refused
from liaison_desktop.questionnaires.library import Entry, pinned, shipped
from liaison_desktop.questionnaires.nodes import Node
from liaison_desktop.questionnaires.response import Sheet
from liaison_desktop.records import Code
from liaison_desktop.store import Store
from tests.clinical.checklists.filling import a_patient, fill
from tests.fakes import Clock

MATCHED = ("A1", "name+dob")


def choose(sheet: Sheet, link_id: str, code: str, within: Node | None = None) -> None:
    node = within.children[link_id][0] if within is not None else sheet.first(link_id)
    assert node is not None
    option = node.item.option(code)
    assert option is not None, f"{link_id} has no {code}: {[one.code for one in node.item.options]}"
    sheet.answer(node, (option.key, option.value))


def write(sheet: Sheet, link_id: str, key: str, value: object, within: Node | None = None) -> None:
    node = within.children[link_id][0] if within is not None else sheet.first(link_id)
    assert node is not None
    sheet.answer(node, (key, value))


def measured(sheet: Sheet, link_id: str, value: int, unit: int = 0) -> None:
    node = sheet.first(link_id)
    assert node is not None
    held = node.item.units[unit]
    amount = {"value": value, "unit": held["display"], "code": held["code"], "system": held["system"]}
    sheet.answer(node, ("valueQuantity", amount))


@pytest.fixture
def begun(clinical_store: Store, clock: Clock) -> tuple[Patient, Checklist, Sheet]:
    patient = clinical_store.save(a_patient())
    checklist = start_checklist(clinical_store, patient.id, Planned())
    sheet = open_checklist(clinical_store, checklist.id).sheet
    identity = sheet.first("A1")
    assert identity is not None
    first = identity.item.options[0]
    sheet.answer(identity, (first.key, first.value))
    clock.tick(60)
    return patient, checklist, sheet


def allergic(sheet: Sheet) -> None:
    choose(sheet, "E1", "has")
    group = sheet.first("E2")
    assert group is not None
    write(sheet, "E2.substance", "valueString", "Penicillin", group)
    choose(sheet, "E2.kind", "medication", group)
    write(sheet, "E2.reaction", "valueString", "Hives", group)
    choose(sheet, "E3", "no")
    choose(sheet, "E8", "done")


def test_answered_allergies_reach_the_banner_by_a_press(
    clinical_store: Store, begun: tuple[Patient, Checklist, Sheet]
) -> None:
    patient, checklist, sheet = begun
    assert chart_proposals(clinical_store, patient) == ()
    allergic(sheet)
    save_answer(clinical_store, checklist, sheet)  # still in progress: it counts all the same
    assert allergy_statement(patient).headline == "Allergies not recorded"
    (one,) = chart_proposals(clinical_store, patient)
    assert one.title == "Has allergies: Penicillin"
    assert "just now" in one.facts
    one.take()
    known = clinical_store.get(Patient, patient.id)
    assert known.allergy_assertion is AllergyAssertion.HAS_ALLERGIES
    assert [(row.substance, row.confirmed) for row in known.allergies] == [("Penicillin", False)]
    assert known.allergies[0].reactions[0].manifestation == "Hives"
    assert [(row.topic, row.answer) for row in known.allergy_questions] == [(AllergyTopic.LATEX, AllergyAnswer.NO)]
    assert known.allergy_band is AllergyBand.APPLIED
    assert known.allergy_asserted_by
    assert chart_proposals(clinical_store, known) == ()


def test_what_was_left_is_not_asked_again_until_the_answer_changes(
    clinical_store: Store, begun: tuple[Patient, Checklist, Sheet], clock: Clock
) -> None:
    patient, checklist, sheet = begun
    choose(sheet, "E1", "NKA")
    save_answer(clinical_store, checklist, sheet)
    (one,) = chart_proposals(clinical_store, patient)
    one.leave()
    assert chart_proposals(clinical_store, patient) == ()
    assert clinical_store.get(Patient, patient.id).allergy_assertion is None
    clock.tick(60)
    choose(sheet, "E1", "NKDA")
    save_answer(clinical_store, checklist, sheet)
    assert [one.title for one in chart_proposals(clinical_store, patient)] == ["No known drug allergies"]


def test_a_chart_that_was_told_later_stands(
    clinical_store: Store, begun: tuple[Patient, Checklist, Sheet], clock: Clock
) -> None:
    patient, checklist, sheet = begun
    choose(sheet, "E1", "NKA")
    save_answer(clinical_store, checklist, sheet)
    clock.tick(60)
    told = assert_allergies(clinical_store, patient, AllergyAssertion.NKDA)
    assert chart_proposals(clinical_store, told) == ()


def test_a_rule_of_the_chart_still_stops_what_is_taken_over(
    clinical_store: Store, begun: tuple[Patient, Checklist, Sheet]
) -> None:
    patient, checklist, sheet = begun
    choose(sheet, "E1", "has")  # and no allergy is written yet
    save_answer(clinical_store, checklist, sheet)
    (one,) = chart_proposals(clinical_store, patient)
    with pytest.raises(Refused) as refused:
        one.take()
    assert refused.value.faults[0].rule == "V13-EMPTY"
    assert len(chart_proposals(clinical_store, patient)) == 1


def test_isolation_measures_lines_and_wounds(
    clinical_store: Store, begun: tuple[Patient, Checklist, Sheet], clock: Clock
) -> None:
    patient, checklist, sheet = begun
    choose(sheet, "J1", "contact")
    for link_id, value in (("H1.sys", 136), ("H1.dia", 82), ("H2.rate", 84)):
        measured(sheet, link_id, value)
    measured(sheet, "H4.temp", 99, unit=1)
    measured(sheet, "H5.sat", 88)
    line = sheet.first("I8")
    assert line is not None
    choose(sheet, "I8.what", "picc", line)
    write(sheet, "I8.site", "valueString", "left arm", line)
    choose(sheet, "I7", "no")
    wound = sheet.first("I7w")
    assert wound is not None
    write(sheet, "I7w.site", "valueString", "Sacrum", wound)
    choose(sheet, "I7w.type", "p2", wound)
    save_answer(clinical_store, checklist, sheet)
    found = {one.topic.rpartition(" ")[0]: one for one in chart_proposals(clinical_store, patient)}
    assert set(found) == {"isolation", "vital signs", "line", "wound"}
    assert found["vital signs"].title == "Vital signs: 136/82 · pulse 84 · SpO2 88 %"
    for one in found.values():
        one.take()
    (signs,) = vitals_of(clinical_store, patient.id)
    assert (signs.systolic, signs.spo2, signs.acknowledged) == (136, 88, ("spo2",))
    assert signs.temperature == pytest.approx(37.22)
    assert lines_of(clinical_store, patient.id)[0].title() == "PICC, left arm"
    assert wounds_of(clinical_store, patient.id)[0].title() == "Sacrum: pressure, stage 2"
    known = clinical_store.get(Patient, patient.id)
    assert isolation_text(known) == "Contact (Other)"
    assert chart_proposals(clinical_store, known) == ()


def test_unable_is_nothing_to_put_into_the_chart_but_for_allergies(
    clinical_store: Store, begun: tuple[Patient, Checklist, Sheet]
) -> None:
    patient, checklist, sheet = begun
    for link_id in ("E1", "J1", "I1"):
        node = sheet.first(link_id)
        assert node is not None
        option = next((one for one in node.item.options if one.unable), None)
        if option is not None:
            sheet.answer(node, (option.key, option.value))
    measured(sheet, "H2.rate", 84)
    save_answer(clinical_store, checklist, sheet)
    titles = [one.title for one in chart_proposals(clinical_store, patient)]
    assert titles == ["Unable to obtain", "Vital signs: pulse 84"]


def test_a_catheter_comes_with_what_it_is_for(clinical_store: Store, begun: tuple[Patient, Checklist, Sheet]) -> None:
    patient, checklist, sheet = begun
    choose(sheet, "I6.catheter", "yes")
    write(sheet, "I6.why", "valueString", "Retention")
    save_answer(clinical_store, checklist, sheet)
    (one,) = chart_proposals(clinical_store, patient)
    one.take()
    (line,) = lines_of(clinical_store, patient.id)
    assert (line.device, line.indication) == (Device.FOLEY, "Retention")


@pytest.mark.parametrize("entry", [one for one in shipped() if one.name == "pan"], ids=lambda entry: entry.version)
@pytest.mark.parametrize(
    ("link_id", "codes", "told"),
    [
        ("E2.kind", AllergyCategory, {}),
        ("E2.severity", ReactionSeverity, {}),
        ("I1", Support, {}),
        ("I7w.type", WoundType, {}),
        ("I8.what", Device, {}),
        ("J1", Precaution, {}),
        ("J2.organism", Organism, ORGANISMS),
        ("J2.status", IsolationStatus, {}),
    ],
)
def test_every_answer_of_every_release_has_its_place_in_the_chart(
    entry: Entry, link_id: str, codes: type[Code], told: dict[str, Code]
) -> None:
    offered = {option.code for option in pinned(entry.url, entry.version).index[link_id].options if not option.unable}
    assert offered
    assert {code for code in offered if code not in told} <= set(codes)


def capacity(store: Store, impression: str, *, words: str = "They want to cut it out") -> tuple[Patient, Checklist]:
    """A finished capacity checklist about one decision."""
    patient = store.save(a_patient())
    checklist = start_checklist(store, patient.id, Planned(), form="capacity")
    opened = open_checklist(store, checklist.id)
    fill(opened.sheet, store.clock())
    for name in ("K4", "K5", "K6", "K7"):
        node = opened.sheet.first(f"{name}.words")
        assert node is not None
        opened.sheet.answer(node, ("valueString", words))
    choose(opened.sheet, "K8", impression)
    choose(opened.sheet, "K4.state", "partial" if impression == "refer" else "shown")
    fill(opened.sheet, store.clock())
    return patient, complete_checklist(store, checklist, opened.sheet, trail=opened.trail)


def test_a_capacity_checklist_proposes_the_note_that_gates_ask_for(clinical_store: Store, clock: Clock) -> None:
    patient, checklist = capacity(clinical_store, "refer")
    assert capacity_notes_of(clinical_store, patient.id) == ()
    clock.tick(24 * 3600)
    (one,) = chart_proposals(clinical_store, patient)
    assert (one.checklist, "capacity note" in one.title.lower()) == (checklist.id, True)
    one.take()
    (note,) = capacity_notes_of(clinical_store, patient.id)
    assert (note.decision, note.concern, note.referred_to) == ("As told", Concern.MARKED, "As told")
    assert note.understand.quote == "They want to cut it out"
    assert not note.determined, "a practitioner determines, by name, on the note"
    assert chart_proposals(clinical_store, patient) == ()


def test_a_capacity_note_that_was_left_is_not_asked_again(clinical_store: Store) -> None:
    patient, _ = capacity(clinical_store, "no-concern")
    (one,) = chart_proposals(clinical_store, patient)
    one.leave()
    assert (chart_proposals(clinical_store, patient), capacity_notes_of(clinical_store, patient.id)) == ((), ())
