"""The rows of the reconciliation checklist come out of the medicines of the chart, once it is said who the patient is."""

from __future__ import annotations

import msgspec

from liaison_desktop.clinical.checklists.actions import (
    Planned,
    keep_checklist,
    open_checklist,
    save_answer,
    start_checklist,
)
from liaison_desktop.clinical.checklists.record import Checklist
from liaison_desktop.clinical.medications.record import Action, Discrepancy, Frequency, Intent, Source, Told
from liaison_desktop.questionnaires.marks import proposal
from liaison_desktop.questionnaires.response import Sheet
from liaison_desktop.store import Store
from tests.clinical.medications.examples import a_medicine, a_row, a_stay, asked_through, ordered, says

replace = msgspec.structs.replace


def begun(store: Store, **identified: str) -> tuple[Checklist, Sheet]:
    """A stay with three medicines, one of them only taken over from before, and one compared; the checklist begun."""
    stay = a_stay(store)
    of = {"patient": stay.patient, "episode": stay.id}
    asked = asked_through(a_medicine())
    home = store.save(a_medicine("lisinopril", **of, **asked, says=(says(Source.BOTTLE, "10 mg"),)))
    store.save(a_medicine("warfarin", "5 mg", **of, **(asked | {"strength": ""}), frequency=Frequency.OTHER,
                          frequency_text="5 mg on Mondays"))  # fmt: skip
    store.save(a_medicine("metformin", "500 mg", **of, prefilled="Last stay"))
    order = store.save(ordered("lisinopril", "20 mg", **of))
    told = {"told_to": "Wei Chen, MD", "told_how": Told.PHONE, "told_at": store.clock()}
    row = a_row(home, order, action=Action.CHANGE_DOSE, action_reason="Pressure is high", discrepancy=Discrepancy.DOSE,
                intent=Intent.UNDOCUMENTED, **told)  # fmt: skip
    store.save(replace(row, **of))
    assert stay.patient is not None
    checklist = start_checklist(store, stay.patient, Planned(service="IRF"), form="mr")
    return checklist, open_checklist(store, checklist.id).sheet


def said(sheet: Sheet, row: str, name: str) -> list[object]:
    """What stands in a field of every row of a kind."""
    found = [group.children.get(f"{row}.{name}", []) for group in sheet.nodes(row)]
    return [next((node.codes[0] if node.codes else node.value for node in nodes), None) for nodes in found]


def test_nothing_stands_there_before_it_is_said_who_it_is(clinical_store: Store) -> None:
    checklist, sheet = begun(clinical_store)
    assert sheet.first("M7a").answers == []  # type: ignore[union-attr]
    save_answer(clinical_store, checklist, sheet)
    assert said(sheet, "M7", "name") in ([], [None])
    sheet.choose(sheet.nodes("A1")[0], "name-dob")
    save_answer(clinical_store, checklist, sheet)
    assert said(sheet, "M7", "name") == ["lisinopril", "warfarin"], "what nobody asked about yet stays unanswered"
    assert said(sheet, "M7", "dose") == ["10 mg", "5 mg"]
    assert said(sheet, "M7", "route") == ["PO", "PO"]
    assert said(sheet, "M7", "frequency") == ["daily", "other"]
    assert said(sheet, "M7", "times") == [None, "5 mg on Mondays"]
    assert said(sheet, "M7", "strength") == ["not known", "Not known"]
    assert said(sheet, "M7", "adherence") == ["as-prescribed", "as-prescribed"]
    assert said(sheet, "M7", "from") == ["bottle", None]
    assert said(sheet, "M7", "alert") == ["none", "anticoag"]


def test_what_was_compared_is_a_row_with_its_difference(clinical_store: Store) -> None:
    checklist, sheet = begun(clinical_store)
    sheet.choose(sheet.nodes("A1")[0], "name-dob")
    save_answer(clinical_store, checklist, sheet)
    assert said(sheet, "M11", "what") == ["lisinopril"]
    assert said(sheet, "M11", "order") == ["20 mg PO daily"]
    assert (said(sheet, "M11", "action"), said(sheet, "M11", "reason")) == (["dose"], ["Pressure is high"])
    assert (said(sheet, "M11", "discrepancy"), said(sheet, "M11", "intent")) == (["dose"], ["undocumented"])
    assert said(sheet, "M11", "told") == ["Wei Chen, MD, phone"]
    assert said(sheet, "M11", "answer") == [None], "a prescriber's answer is not made up"
    kept = keep_checklist(clinical_store, checklist, sheet)
    assert "Medicines of the chart" in kept.content


def test_a_row_that_was_taken_out_does_not_come_back(clinical_store: Store) -> None:
    checklist, sheet = begun(clinical_store)
    sheet.choose(sheet.nodes("A1")[0], "name-dob")
    save_answer(clinical_store, checklist, sheet)
    sheet.remove(sheet.nodes("M7")[1])
    save_answer(clinical_store, checklist, sheet)
    assert said(sheet, "M7", "name") == ["lisinopril"]
    again = open_checklist(clinical_store, checklist.id).sheet
    assert said(again, "M7", "name") == ["lisinopril"]
    assert all(proposal(node) is None for node in again.nodes("M7")[0].walk())
