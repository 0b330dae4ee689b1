"""Start, answer, resume, complete, amend: over a real encrypted store."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from liaison_desktop.clinical.checklists.actions import (
    Planned,
    amend_checklist,
    complete_checklist,
    keep_checklist,
    mark_entered_in_error,
    open_checklist,
    save_answer,
    start_checklist,
    stop_checklist,
)
from liaison_desktop.clinical.checklists.queries import amendment_of, checklists_of, count_open, recent_checklists
from liaison_desktop.clinical.checklists.record import Checklist, ChecklistStatus
from liaison_desktop.clinical.checklists.rules import completion_faults
from liaison_desktop.clinical.patients.record import AllergyAssertion, CodeStatus
from liaison_desktop.errors import Refused
from liaison_desktop.policies import load_policy
from liaison_desktop.questionnaires.checking import check
from liaison_desktop.questionnaires.library import folder, newest
from liaison_desktop.questionnaires.marks import proposal
from liaison_desktop.records import to_bytes
from liaison_desktop.store import Store
from tests.clinical.checklists.filling import a_patient, fill


def started(store: Store, **planned: object) -> Checklist:
    patient = store.save(a_patient())
    return start_checklist(store, patient.id, Planned(**planned))  # type: ignore[arg-type]


def rules(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {fault.rule for fault in refused.value.faults}


def test_a_new_checklist_is_pinned_and_knows_the_plan(clinical_store: Store) -> None:
    checklist = started(clinical_store, service="PROC_ELECTIVE", procedure=True, setting="outpatient")
    assert (checklist.form_version, len(checklist.form_hash)) == (newest("pan").version, 64)
    opened = open_checklist(clinical_store, checklist.id)
    assert opened.sheet.nodes("ctx.age")[0].value == 65
    assert opened.sheet.nodes("O")[0].enabled
    assert count_open(clinical_store) == 1
    assert [one.id for one in checklists_of(clinical_store, checklist.patient)] == [checklist.id]  # type: ignore[arg-type]
    assert [person.family for _, person in recent_checklists(clinical_store) if person] == ["Alvarez"]


def test_what_the_chart_says_is_offered_and_not_answered(clinical_store: Store) -> None:
    import msgspec

    known = msgspec.structs.replace(a_patient(), allergy_assertion=AllergyAssertion.NKA, code_status=CodeStatus.DNR_DNI)
    checklist = start_checklist(clinical_store, clinical_store.save(known).id, Planned())
    sheet = open_checklist(clinical_store, checklist.id).sheet
    for link_id, code in (("E1", "NKA"), ("D6", "dnr-dni")):
        node = sheet.nodes(link_id)[0]
        offered = proposal(node)
        assert offered is not None
        assert (offered[1]["code"], node.answers) == (code, [])


def test_v1_nothing_else_before_the_patient_is_identified(clinical_store: Store) -> None:
    checklist = started(clinical_store)
    sheet = open_checklist(clinical_store, checklist.id).sheet
    sheet.choose(sheet.nodes("F2")[0], "no")
    for act in (save_answer, keep_checklist):
        with pytest.raises(Refused) as refused:
            act(clinical_store, checklist, sheet)
        assert rules(refused) == {"V1"}
    sheet.choose(sheet.nodes("A1")[0], "name-dob")
    save_answer(clinical_store, checklist, sheet)


def test_an_answer_is_durable_and_comes_back_on_the_same_field(clinical_store: Store) -> None:
    checklist = started(clinical_store)
    sheet = open_checklist(clinical_store, checklist.id).sheet
    sheet.choose(sheet.nodes("A1")[0], "name-dob")
    sheet.choose(sheet.nodes("E1")[0], "has")
    allergy = sheet.add(sheet.nodes("E2")[0])
    substance = allergy.children["E2.substance"][0]
    sheet.answer(substance, ("valueString", "Penicillin"))
    save_answer(clinical_store, checklist, sheet, section="E", focus=substance.key)
    again = open_checklist(clinical_store, checklist.id)
    assert (again.section, again.focus) == ("E", substance.key)
    found = again.sheet.find(again.focus)
    assert found is not None
    assert found.value == "Penicillin"


def test_keeping_writes_a_version_only_when_something_changed(clinical_store: Store) -> None:
    checklist = started(clinical_store)
    sheet = open_checklist(clinical_store, checklist.id).sheet
    sheet.choose(sheet.nodes("A1")[0], "name-dob")
    kept = keep_checklist(clinical_store, checklist, sheet)
    assert kept.answered == 1
    assert keep_checklist(clinical_store, kept, sheet) is kept
    assert len(clinical_store.versions(checklist.id)) == 2


def test_v4_blanks_stop_completion_until_answered_or_unable_with_a_reason(clinical_store: Store, clock: object) -> None:
    checklist = started(clinical_store)
    sheet = open_checklist(clinical_store, checklist.id).sheet
    with pytest.raises(Refused) as refused:
        complete_checklist(clinical_store, checklist, sheet)
    assert {"V1", "V4", "V13"} <= rules(refused)
    fill(sheet, clinical_store.clock(), but=("D7", "E3"))
    with pytest.raises(Refused) as refused:
        complete_checklist(clinical_store, checklist, sheet)
    assert [fault.field for fault in refused.value.faults] == ["D/D7", "E/E3"]
    sheet.cannot_assess(sheet.nodes("D7")[0], "")
    sheet.choose(sheet.nodes("E3")[0], "unable")
    with pytest.raises(Refused):
        complete_checklist(clinical_store, checklist, sheet)
    sheet.cannot_assess(sheet.nodes("D7")[0], "no_informant")
    sheet.explain(sheet.nodes("E3")[0], "sedated")
    done = complete_checklist(clinical_store, checklist, sheet)
    assert done.status is ChecklistStatus.COMPLETED
    assert count_open(clinical_store) == 0
    assert clinical_store.drafts.keys() == ()


def test_a_completed_checklist_passes_the_command(clinical_store: Store, tmp_path: Path) -> None:
    checklist = started(clinical_store, service="PROC_ELECTIVE", procedure=True, setting="outpatient", day_of=True)
    sheet = open_checklist(clinical_store, checklist.id).sheet
    fill(sheet, clinical_store.clock())
    done = complete_checklist(clinical_store, checklist, sheet)
    (tmp_path / "r.json").write_text(done.content, "utf-8")
    assert check(folder() / f"pan-{done.form_version}.json", tmp_path / "r.json")[0] == 0
    held = json.loads(done.content)
    assert held["status"] == "completed"
    assert "findings" not in [item["linkId"] for item in held["item"]]
    broken = done.content.replace("name-dob", "room-number")
    (tmp_path / "b.json").write_text(broken, "utf-8")
    assert check(folder() / f"pan-{done.form_version}.json", tmp_path / "b.json")[0] == 1


def test_findings_that_block_and_findings_that_ask_why(clinical_store: Store) -> None:
    from liaison_desktop.questionnaires.progress import explain, findings

    checklist = started(clinical_store, procedure=True)
    sheet = open_checklist(clinical_store, checklist.id).sheet
    fill(sheet, clinical_store.clock())
    sheet.choose(sheet.nodes("I12")[0], "yes")
    sheet.choose(sheet.nodes("N4")[0], "no")
    policy = load_policy("clinical")
    assert {fault.rule for fault in completion_faults(sheet, policy)} == {"V17", "V21"}
    sheet.answer(sheet.nodes("I12e.who")[0], ("valueString", "Dr. Chen"))
    sheet.answer(sheet.nodes("I12e.when")[0], ("valueDateTime", "2026-11-19T14:00:00-06:00"))
    assert {fault.rule for fault in completion_faults(sheet, policy)} == {"V21"}
    [finding] = [one for one in findings(sheet) if one.rule == "V21"]
    node = sheet.find(finding.key)
    assert node is not None
    explain(node, "Surgeon told at 14:10, refusal form signed")
    assert completion_faults(sheet, policy) == ()


def test_v10_an_interpreter_who_is_not_qualified(clinical_store: Store) -> None:
    checklist = started(clinical_store)
    sheet = open_checklist(clinical_store, checklist.id).sheet
    fill(sheet, clinical_store.clock())
    sheet.choose(sheet.nodes("B3")[0], "yes")
    fill(sheet, clinical_store.clock())
    sheet.choose(sheet.nodes("B4.qualified")[0], "no")
    sheet.choose(sheet.nodes("B4.minor")[0], "no")
    policy = load_policy("clinical")
    assert [fault.rule for fault in completion_faults(sheet, policy)] == ["V10"]
    sheet.choose(sheet.nodes("B4.exception")[0], "patient-request")
    assert completion_faults(sheet, policy) == ()
    sheet.choose(sheet.nodes("B4.minor")[0], "yes")
    assert [fault.rule for fault in completion_faults(sheet, policy)] == ["V10"]


def test_v16_an_implausible_value_stops_completion(clinical_store: Store) -> None:
    from decimal import Decimal

    checklist = started(clinical_store)
    sheet = open_checklist(clinical_store, checklist.id).sheet
    fill(sheet, clinical_store.clock())
    unit = {"unit": "/min", "system": "http://unitsofmeasure.org", "code": "/min"}
    sheet.answer(sheet.nodes("H2.rate")[0], ("valueQuantity", {"value": Decimal(700), **unit}))
    assert [fault.rule for fault in completion_faults(sheet, load_policy("clinical"))] == ["V16"]


def test_v6_a_finished_checklist_is_amended_as_a_new_version(clinical_store: Store) -> None:
    checklist = started(clinical_store)
    sheet = open_checklist(clinical_store, checklist.id).sheet
    fill(sheet, clinical_store.clock())
    done = complete_checklist(clinical_store, checklist, sheet)
    for act in (save_answer, keep_checklist, complete_checklist):
        with pytest.raises(Refused) as refused:
            act(clinical_store, done, sheet)
        assert rules(refused) == {"V6"}
    with pytest.raises(Refused):
        amend_checklist(clinical_store, done, " ")
    amended = amend_checklist(clinical_store, done, "Wrong weight")
    assert (amended.amends, amended.status) == (done.id, ChecklistStatus.IN_PROGRESS)
    with pytest.raises(Refused):
        amend_checklist(clinical_store, done, "Twice")
    opened = open_checklist(clinical_store, amended.id)
    opened.sheet.answer(opened.sheet.nodes("P2")[0], ("valueString", "Corrected"))
    finished = complete_checklist(clinical_store, amended, opened.sheet)
    assert finished.status is ChecklistStatus.AMENDED
    assert "Corrected" in finished.content
    assert to_bytes(clinical_store.get(Checklist, done.id)) == to_bytes(done)
    newer = amendment_of(clinical_store, done.id)
    assert newer is not None
    assert newer.id == finished.id


def test_stopping_and_entered_in_error_need_a_reason_and_keep_everything(clinical_store: Store) -> None:
    checklist = started(clinical_store)
    for act in (stop_checklist, mark_entered_in_error):
        with pytest.raises(Refused):
            act(clinical_store, checklist, "")
    stopped = stop_checklist(clinical_store, checklist, "Patient went home")
    assert stopped.status is ChecklistStatus.STOPPED
    with pytest.raises(Refused):
        stop_checklist(clinical_store, stopped, "again")
    wrong = mark_entered_in_error(clinical_store, stopped, "Other patient")
    assert wrong.content == checklist.content


def test_an_lpn_s_checklist_waits_for_an_rn(clinical_store: Store) -> None:
    import msgspec

    checklist = started(clinical_store)
    sheet = open_checklist(clinical_store, checklist.id).sheet
    fill(sheet, clinical_store.clock())
    clinical_store.actor = msgspec.structs.replace(
        clinical_store.actor, name="Lee Park", role="licensed practical nurse"
    )
    assert complete_checklist(clinical_store, checklist, sheet).review_needed


def test_what_is_known_is_offered_with_its_source_and_is_no_answer(clinical_store: Store) -> None:
    patient = clinical_store.save(msgspec.structs.replace(a_patient(), allergy_assertion=AllergyAssertion.NKA))
    verified = start_checklist(clinical_store, patient.id, Planned(service="IRF"), form="iv")
    sheet = open_checklist(clinical_store, verified.id).sheet
    until = proposal(sheet.nodes("I34")[0])
    assert until is not None
    assert until[1] == "2026-11-26"
    fill(sheet, clinical_store.clock())
    complete_checklist(clinical_store, verified, sheet)
    screening = start_checklist(clinical_store, patient.id, Planned(service="IRF"), form="pas")
    held = open_checklist(clinical_store, screening.id).sheet
    payer, authorised = (proposal(held.nodes(link_id)[0]) for link_id in ("S9a", "S9b"))
    assert payer == ("valueString", "As told", "Insurance verification 19 Nov 2026")
    assert authorised is not None
    assert authorised[1]["code"] == "not-required"
    assert held.nodes("S9a")[0].answers == []
    medicines = start_checklist(clinical_store, patient.id, Planned(), form="mr")
    allergies = proposal(open_checklist(clinical_store, medicines.id).sheet.nodes("M12a")[0])
    assert allergies is not None
    assert allergies[2] == "Patient's chart"
