"""What stands on medicines: a consent is offered what matters, the checklist of reconciliation is held against them."""

from __future__ import annotations

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from liaison_desktop.clinical.checklists.actions import (
    Planned,
    complete_checklist,
    open_checklist,
    start_checklist,
)
from liaison_desktop.clinical.consents.actions import charted_medicines
from liaison_desktop.clinical.consents.form.medicine_rows import MedicineRows
from liaison_desktop.clinical.episodes.record import Episode
from liaison_desktop.clinical.medications.actions import compare, row_of, save_history, save_medicine, standing_of
from liaison_desktop.clinical.medications.record import Action, Discrepancy, Intent, Keeper, Medicine
from liaison_desktop.errors import Refused
from liaison_desktop.questionnaires.response import proposal
from liaison_desktop.store import Store
from tests.clinical.checklists.filling import fill
from tests.clinical.medications.examples import a_history, a_medicine, a_stay, ordered

replace = msgspec.structs.replace


def here(stay: Episode, medicine: Medicine) -> Medicine:
    """The medicine in this stay."""
    return replace(medicine, patient=stay.patient, episode=stay.id)


def test_a_consent_is_offered_what_matters_before_a_procedure(clinical_store: Store, qtbot: QtBot) -> None:
    stay = a_stay(clinical_store)
    held = {"plan": "Hold from Friday", "plan_by": "Wei Chen"}
    save_medicine(clinical_store, here(stay, a_medicine("apixaban", "5 mg", **held)))
    save_medicine(clinical_store, here(stay, a_medicine("senna", "2 tablets")))
    (note,) = charted_medicines(clinical_store, stay.patient)
    assert (note.name, note.how_taken) == ("apixaban", "5 mg, by mouth, once a day")
    assert (note.what_to_do, note.alert) == ("Hold from Friday (Wei Chen)", True)

    rows = MedicineRows()
    qtbot.addWidget(rows)
    rows.show_notes((), locked=False)
    rows.offer((note,), locked=False)
    assert not rows.notes()  # offered, and not put in by itself
    rows.offer_button.click()
    assert rows.notes() == (note,)
    rows.offer((note,), locked=False)
    assert not rows.offer_button.isVisibleTo(rows)


def test_without_a_stay_a_consent_is_offered_nothing(clinical_store: Store) -> None:
    assert charted_medicines(clinical_store, None) == ()


def test_the_interview_is_offered_to_the_checklist_and_answers_nothing(clinical_store: Store) -> None:
    stay = a_stay(clinical_store)
    said = {"open_question": True, "list_reviewed": False, "pharmacy": "Example Pharmacy", "ran_out": False}
    save_history(
        clinical_store, replace(a_history(keepers=(Keeper.FAMILY,), **said), patient=stay.patient, episode=stay.id)
    )
    assert stay.patient is not None
    made = start_checklist(clinical_store, stay.patient, Planned(service="IRF"), form="mr")
    sheet = open_checklist(clinical_store, made.id).sheet
    offered = {}
    for link_id in ("M4", "M5", "M2.name", "M3", "M10"):
        node = sheet.first(link_id)
        assert node is not None
        assert not node.answers
        found = proposal(node)
        assert found is not None, link_id
        offered[link_id] = found[1]["code"] if isinstance(found[1], dict) else found[1]
    assert offered == {"M4": True, "M5": False, "M2.name": "Example Pharmacy", "M3": "family", "M10": "no"}


@pytest.mark.parametrize("name", ["warfarin", "lisinopril"])
def test_a_checklist_does_not_say_less_than_the_chart_of_a_high_alert_medicine(
    name: str, clinical_store: Store
) -> None:
    store, stay = clinical_store, a_stay(clinical_store)
    save_medicine(store, here(stay, a_medicine(name, "5 mg")))
    save_medicine(store, here(stay, ordered(name, "2.5 mg")))
    pair = standing_of(store, stay.id).pairs[0]
    found = {"action": Action.CLARIFY, "action_reason": "dose", "discrepancy": Discrepancy.DOSE}
    compare(store, pair, replace(row_of(pair), intent=Intent.PENDING, **found))
    assert stay.patient is not None
    made = start_checklist(store, stay.patient, Planned(service="IRF"), form="mr")
    opened = open_checklist(store, made.id)
    fill(opened.sheet, store.clock())
    rules = set()
    try:
        complete_checklist(store, made, opened.sheet, trail=opened.trail)
    except Refused as refusal:
        rules = {fault.rule for fault in refusal.faults}
    assert ("V32-CHART" in rules) is (name == "warfarin")
