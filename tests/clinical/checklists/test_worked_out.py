"""What a checklist takes from elsewhere: the last weight, the days a consent counts; and tests that were only ordered."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from liaison_desktop.clinical.checklists.actions import (
    Planned,
    complete_checklist,
    open_checklist,
    start_checklist,
)
from liaison_desktop.clinical.checklists.document import checklist_document
from liaison_desktop.clinical.checklists.rules import completion_faults, inside
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.documents.reading import letters, read
from liaison_desktop.policies import policy_of
from liaison_desktop.questionnaires.progress import explain
from liaison_desktop.questionnaires.response import Sheet
from liaison_desktop.questionnaires.wording import attachment_words, told
from liaison_desktop.store import Store
from tests.clinical.checklists.filling import a_patient, fill
from tests.fakes import Clock


def weigh(sheet: Sheet, kg: str) -> None:
    amount = {"value": Decimal(kg), "unit": "kg", "code": "kg", "system": "http://unitsofmeasure.org"}
    sheet.answer(sheet.nodes("H7.weight")[0], ("valueQuantity", amount))


def weighed_before(store: Store, clock: Clock) -> tuple[Patient, Sheet]:
    """A patient who was 80 kg, and the sheet of a checklist begun ten days later."""
    patient = store.save(a_patient())
    first = start_checklist(store, patient.id, Planned())
    opened = open_checklist(store, first.id)
    fill(opened.sheet, store.clock())
    weigh(opened.sheet, "80")
    complete_checklist(store, first, opened.sheet, trail=opened.trail)
    clock.set(store.clock() + dt.timedelta(days=10))
    sheet = open_checklist(store, start_checklist(store, patient.id, Planned()).id).sheet
    fill(sheet, store.clock())
    return patient, sheet


@pytest.mark.parametrize(("kg", "asked"), [("88", False), ("88.1", True), ("72", False), ("71.9", True)])
def test_a_weight_that_changed_by_more_than_ten_percent_is_asked_about(
    kg: str, asked: bool, clinical_store: Store, clock: Clock
) -> None:
    _, sheet = weighed_before(clinical_store, clock)
    weigh(sheet, kg)
    found = inside(sheet, clinical_store.clock(), policy_of(clinical_store))
    assert [(one.rule, one.level) for one in found] == ([("V16-WEIGHT", "hard-warn")] if asked else [])


def test_it_says_how_much_and_since_when_and_wants_a_reason(clinical_store: Store, clock: Clock) -> None:
    _, sheet = weighed_before(clinical_store, clock)
    policy, now = policy_of(clinical_store), clinical_store.clock()
    weigh(sheet, "60")
    [found] = inside(sheet, now, policy)
    assert found.text == "It was 80 kg on 19 Nov 2026: 25 % less now. Weigh again, or say why it is right."
    assert [fault.rule for fault in completion_faults(sheet, policy, now=now)] == ["V16-WEIGHT"]
    explain(sheet.nodes("H7.weight")[0], "Fluid drawn off")
    assert completion_faults(sheet, policy, now=now) == ()


def test_the_reason_stands_in_the_document(clinical_store: Store, clock: Clock) -> None:
    patient, _ = weighed_before(clinical_store, clock)
    checklist = start_checklist(clinical_store, patient.id, Planned())
    opened = open_checklist(clinical_store, checklist.id)
    fill(opened.sheet, clinical_store.clock())
    weigh(opened.sheet, "60")
    explain(opened.sheet.nodes("H7.weight")[0], "Fluid drawn off")
    done = complete_checklist(clinical_store, checklist, opened.sheet, trail=opened.trail)
    answers = open_checklist(clinical_store, done.id).sheet
    made = checklist_document(done, answers, patient, None, policy_of(clinical_store))
    text = letters("".join(page.body for page in read(made.content, 0)))
    assert letters("Fluid drawn off") in text
    assert letters("It was 80 kg on 19 Nov 2026: 25 % less now.") in text


def test_a_first_weight_is_compared_with_nothing(clinical_store: Store) -> None:
    patient = clinical_store.save(a_patient())
    sheet = open_checklist(clinical_store, start_checklist(clinical_store, patient.id, Planned()).id).sheet
    weigh(sheet, "40")
    assert inside(sheet, clinical_store.clock(), policy_of(clinical_store)) == []


def test_how_long_a_consent_counts_is_worked_out_of_the_signature(clinical_store: Store) -> None:
    patient = clinical_store.save(a_patient())
    planned = Planned(service="PROC_ELECTIVE", procedure=True)
    sheet = open_checklist(clinical_store, start_checklist(clinical_store, patient.id, planned, form="pc").id).sheet
    sheet.choose(sheet.nodes("PC17")[0], "agrees")
    [until] = sheet.nodes("PC24")
    assert until.item.read_only
    assert until.value is None
    # Late in the evening it is the next day elsewhere; the day is the one where it was signed.
    sheet.answer(sheet.nodes("PC20.at")[0], ("valueDateTime", "2026-11-19T23:30:00-06:00"))
    assert until.value == "2026-12-19"
    sheet.clear(sheet.nodes("PC20.at")[0])
    assert until.value is None


def test_a_test_is_ordered_done_or_not_done_with_its_reason(clinical_store: Store) -> None:
    patient = clinical_store.save(a_patient())
    planned = Planned(service="PROC_ELECTIVE", procedure=True)
    sheet = open_checklist(clinical_store, start_checklist(clinical_store, patient.id, planned).id).sheet
    [labs] = sheet.nodes("O7.labs")
    assert [option.code for option in labs.item.options] == ["ordered", "done", "not-done", "na"]
    assert [option.code for option in labs.item.options if option.reason] == ["not-done"]
    sheet.choose(labs, "ordered")
    assert told(labs) == "Ordered"


def test_a_file_is_told_by_name_kind_size_and_the_first_digits_of_its_hash() -> None:
    held = {"title": "Wound", "contentType": "image/png", "data": "QSBub3Rl", "size": 6}
    assert attachment_words(held) == "Wound, image/png, 6 bytes, SHA-256 d265b9da9eeb"
    assert attachment_words({"contentType": "image/png", "data": "not base64!"}) == "image/png"
    assert attachment_words({"url": "http://example.org/scan"}) == "http://example.org/scan"
