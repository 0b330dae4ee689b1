"""V7: what an LPN collected waits for an RN, who signs for it; and what only an RN answers."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from liaison_desktop.clinical.checklists.actions import (
    Planned,
    complete_checklist,
    open_checklist,
    plan_of,
    review_checklist,
    save_answer,
    start_checklist,
)
from liaison_desktop.clinical.checklists.record import Checklist, ChecklistStatus
from liaison_desktop.clinical.checklists.rules import called_for, completion_faults, standing
from liaison_desktop.errors import Refused
from liaison_desktop.policies import Policy, policy_of
from liaison_desktop.questionnaires.checking import check
from liaison_desktop.questionnaires.library import folder, newest_entries
from liaison_desktop.questionnaires.view.editors import Shown
from liaison_desktop.store import Store
from liaison_desktop.ui.desk import Desk
from tests.clinical.checklists.filling import a_patient, fill
from tests.clinical.checklists.windows import shown_page
from tests.fakes import NoFrame


def works_here(store: Store, name: str, role: str) -> None:
    store.actor = msgspec.structs.replace(store.actor, name=name, role=role)


def collected(store: Store, form: str = "capacity") -> Checklist:
    """What an LPN finished, but for what only an RN answers."""
    works_here(store, "Lee Park", "licensed practical nurse")
    patient = store.save(a_patient())
    checklist = start_checklist(store, patient.id, Planned(), form=form)
    sheet = open_checklist(store, checklist.id).sheet
    fill(sheet, store.clock(), but=("K8",))
    return complete_checklist(store, checklist, sheet)


@pytest.mark.parametrize("form", ["pan", "pas", "capacity", "pc"])
def test_it_waits_and_an_rn_signs_for_it(form: str, clinical_store: Store, tmp_path: Path) -> None:
    done = collected(clinical_store, form)
    assert (done.status, done.review_needed) == (ChecklistStatus.COMPLETED, True)
    sheet = open_checklist(clinical_store, done.id).sheet
    with pytest.raises(Refused) as refused:
        review_checklist(clinical_store, done, sheet)
    assert {fault.rule for fault in refused.value.faults} == {"V7-WHO"}
    works_here(clinical_store, "Renee Okafor", "registered nurse")
    if form == "capacity":
        with pytest.raises(Refused) as refused:
            review_checklist(clinical_store, done, sheet)
        assert [fault.field for fault in refused.value.faults] == ["C/K8"]
        sheet.choose(sheet.nodes("K8")[0], "no-concern")
    reviewed = review_checklist(clinical_store, done, sheet)
    assert (reviewed.review_needed, reviewed.reviewed_by) == (False, "Renee Okafor")
    assert reviewed.reviewed_at == clinical_store.clock()
    assert "Renee Okafor" in reviewed.content
    (tmp_path / "r.json").write_text(reviewed.content, "utf-8")
    assert check(folder() / f"{form}-{done.form_version}.json", tmp_path / "r.json")[0] == 0
    with pytest.raises(Refused) as refused:
        review_checklist(clinical_store, reviewed, sheet)
    assert {fault.rule for fault in refused.value.faults} == {"V7-NONE"}


def test_nobody_reviews_the_own_work(clinical_store: Store) -> None:
    done = collected(clinical_store, "pas")
    works_here(clinical_store, "Lee Park", "registered nurse")
    with pytest.raises(Refused) as refused:
        review_checklist(clinical_store, done, open_checklist(clinical_store, done.id).sheet)
    assert {fault.rule for fault in refused.value.faults} == {"V7-SELF"}


def test_the_facility_may_keep_it_to_rns(clinical_store: Store, tmp_path: Path) -> None:
    from liaison_desktop.paths import resource

    text = resource("policies", "clinical.toml").read_text("utf-8")
    (tmp_path / "p.toml").write_text(text.replace('["collect_then_rn_review"]', '["rn_only"]'), "utf-8")
    strict = Policy.read(tmp_path / "p.toml")
    patient = clinical_store.save(a_patient())
    checklist = start_checklist(clinical_store, patient.id, Planned(), form="roi")
    sheet = open_checklist(clinical_store, checklist.id).sheet
    fill(sheet, clinical_store.clock())
    assert [one.rule for one in completion_faults(sheet, strict, credential="LPN")] == ["V7-RN"]
    assert completion_faults(sheet, strict, credential="RN") == ()


def facility_says(store: Store, rule: str) -> None:
    """The facility's own policy beside the store, as it is read when the store opens."""
    text = f'version = "2026.1-f"\n[words]\nlpn_authors = ["{rule}"]\n'
    (store.folder / "policy.toml").write_text(text, "utf-8")
    assert policy_of(store).words("lpn_authors") == (rule,)


def test_a_facility_may_let_an_lpn_finish_without_review(clinical_store: Store) -> None:
    facility_says(clinical_store, "facility_defined")
    done = collected(clinical_store, "pan")
    assert (done.status, done.review_needed) == (ChecklistStatus.COMPLETED, False)
    sheet = open_checklist(clinical_store, done.id).sheet
    assert sheet.codes("P4.credential") == ("LPN",)
    assert not any(node.enabled for node in sheet.nodes("P5")), "no line for a review that nobody wants"
    works_here(clinical_store, "Renee Okafor", "registered nurse")
    with pytest.raises(Refused) as refused:
        review_checklist(clinical_store, done, sheet)
    assert {fault.rule for fault in refused.value.faults} == {"V7-NONE"}


def test_what_only_an_rn_answers_waits_for_one_whatever_the_facility_says(clinical_store: Store) -> None:
    facility_says(clinical_store, "facility_defined")
    assert collected(clinical_store, "capacity").review_needed


def test_a_facility_may_keep_finishing_to_rns(clinical_store: Store) -> None:
    facility_says(clinical_store, "rn_only")
    with pytest.raises(Refused) as refused:
        collected(clinical_store, "pan")
    assert {fault.rule for fault in refused.value.faults} == {"V7-RN"}


def test_what_is_in_the_way_is_told_in_the_head_and_what_is_about_no_question_in_words(
    qtbot: QtBot, clinical_desk: Desk
) -> None:
    store = clinical_desk.store
    checklist = start_checklist(store, store.save(a_patient()).id, Planned(), form="capacity")
    opened = open_checklist(store, checklist.id)
    fill(opened.sheet, store.clock(), but=("K1", "K8"))
    save_answer(store, checklist, opened.sheet, trail=opened.trail)
    page = shown_page(qtbot, clinical_desk, checklist.id)
    assert page.form is not None
    page.form.finalise()
    assert page.form.filler.middle.so_far.text() == "2 things are in the way."
    assert cast(NoFrame, clinical_desk.frame).toasts == []
    store.companions.clear()
    facility_says(store, "rn_only")
    works_here(store, "Lee Park", "licensed practical nurse")
    page = shown_page(qtbot, clinical_desk, checklist.id)
    assert page.form is not None
    page.form.finalise()
    [(said, _)] = cast(NoFrame, clinical_desk.frame).toasts
    assert said.startswith("At this facility an RN completes a checklist.")


def test_what_only_an_rn_answers_is_read_only_for_an_lpn(qtbot: QtBot, clinical_desk: Desk) -> None:
    store = clinical_desk.store
    works_here(store, "Lee Park", "licensed practical nurse")
    patient = store.save(a_patient())
    checklist = start_checklist(store, patient.id, Planned(), form="capacity")
    page = shown_page(qtbot, clinical_desk, checklist.id)
    assert page.form is not None
    sheet = page.form.filler.sheet
    sheet.choose(sheet.nodes("A1")[0], "name-dob")
    page.form.filler.show_section("C")
    [asked] = [one for one in page.form.filler.view.questions() if one.node.item.link_id == "K8"]  # type: ignore[union-attr]
    assert isinstance(asked.editor, Shown)
    assert not asked.editor.isEnabled()
    fill(sheet, store.clock(), but=("K8",))
    page.form.filler.next_required()
    assert page.form.filler.middle.so_far.text() == "Nothing required is left"


def test_an_rn_finds_it_answers_the_rest_and_signs(qtbot: QtBot, clinical_desk: Desk) -> None:
    store = clinical_desk.store
    done = collected(store)
    works_here(store, "Renee Okafor", "registered nurse")
    page = shown_page(qtbot, clinical_desk, done.id)
    form = page.form
    assert form is not None
    form.review_button.click()
    assert form is page.form, "what only an RN answers is still blank"
    assert set(form.filler.filling.faults) == {"C/K8"}
    [asked] = [one for one in form.filler.view.questions() if one.node.item.link_id == "K8"]  # type: ignore[union-attr]
    asked.editor.line.set_value("no-concern")  # type: ignore[attr-defined]
    asked.editor.changed.emit()
    form.review_button.click()
    assert store.get(Checklist, done.id).reviewed_by == "Renee Okafor"


def test_stop_and_entered_in_error_from_the_screen(qtbot: QtBot, clinical_desk: Desk) -> None:
    store = clinical_desk.store
    patient = store.save(a_patient())
    page = shown_page(qtbot, clinical_desk)
    for act, status in (("stop", ChecklistStatus.STOPPED), ("mark_error", ChecklistStatus.ENTERED_IN_ERROR)):
        made = start_checklist(store, patient.id, Planned(), form="roi")
        page.show_record(made.id)
        assert page.form is not None
        getattr(page.form, act)()
        assert store.get(Checklist, made.id).status is ChecklistStatus.IN_PROGRESS, "no reason was given"
        page.form.reason.set_value("Wrong patient")
        getattr(page.form, act)()
        held = store.get(Checklist, made.id)
        assert (held.status, held.reason) == (status, "Wrong patient")
        page.show_list()


def test_which_are_called_for_and_why() -> None:
    def now(**plan: object) -> set[str]:
        found = called_for(newest_entries(), **plan)  # type: ignore[arg-type]
        assert all(call.why for call in found)
        return {call.form for call in found if call.now}

    assert now(service="IRF", procedure=False, setting="inpatient") == {"pan", "pas", "mr", "iv", "dc"}
    assert now(service="PROC_ELECTIVE", procedure=True, setting="outpatient") == {"pan", "mr", "iv", "pc"}
    assert now(service="PSYCH", procedure=False, setting="outpatient") == {"pan", "mr"}


def test_the_plan_is_known_again_and_the_one_in_progress_stands(clinical_store: Store) -> None:
    patient = clinical_store.save(a_patient())
    assert plan_of(clinical_store, patient.id) is None
    planned = Planned(service="IRF", procedure=True, mri=True)
    first = start_checklist(clinical_store, patient.id, planned, form="roi")
    assert plan_of(clinical_store, patient.id) == planned
    sheet = open_checklist(clinical_store, first.id).sheet
    fill(sheet, clinical_store.clock())
    done = complete_checklist(clinical_store, first, sheet)
    second = start_checklist(clinical_store, patient.id, planned, form="roi")
    assert standing((second, done)) == {"roi": second}
    assert standing((done,)) == {"roi": done}
    assert second.left > 0
