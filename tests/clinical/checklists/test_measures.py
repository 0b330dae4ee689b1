"""V16 is one table: the released checklists agree with the policy, and a facility's own ranges hold in them too."""

from __future__ import annotations

import pytest

from liaison_desktop.clinical.checklists.actions import Planned, open_checklist, start_checklist
from liaison_desktop.clinical.checklists.rules.measures import MEASURED, as_in_force, bounds_of
from liaison_desktop.clinical.findings.actions import record_vital_signs
from liaison_desktop.clinical.findings.record import VitalSigns, WeightHow
from liaison_desktop.policies import Policy
from liaison_desktop.policies.own_file import apply_own
from liaison_desktop.questionnaires.library import newest
from liaison_desktop.store import Store
from tests.clinical.checklists.filling import a_patient
from tests.fakes import TODAY

WARD = Policy.load("clinical")


@pytest.mark.parametrize("form", MEASURED)
def test_the_released_form_and_the_policy_say_the_same(form: str) -> None:
    definition = newest(form)
    assert set(MEASURED[form]) <= set(definition.index)
    assert as_in_force(definition, WARD) is definition


def test_a_facilitys_range_holds_at_its_question_and_the_form_stays_the_released_one() -> None:
    own = apply_own('version = "w"\n[ranges.spo2]\nlow = 86\n', WARD)
    before, after = newest("pan"), as_in_force(newest("pan"), own)
    assert (before.index["H5.sat"].warn_low, after.index["H5.sat"].warn_low) == (90, 86)
    assert after.index["H5.sat"] in tuple(after.walk())
    assert after.index["H1.sys"] is before.index["H1.sys"]
    assert (after.hash, after.raw) == (before.hash, before.raw)
    assert list(after.index) == list(before.index)
    assert bounds_of("iv", own) == {}


def test_a_checklist_is_opened_with_the_facilitys_ranges_and_the_charts_weight(clinical_store: Store) -> None:
    (clinical_store.folder / "policy.toml").write_text('version = "w"\n[ranges.pulse]\nmost = 220\n')
    patient = clinical_store.save(a_patient())
    weighed = VitalSigns(patient=patient.id, taken_at=TODAY, weight=81.5, weight_how=WeightHow.MEASURED)
    record_vital_signs(clinical_store, weighed)
    checklist = start_checklist(clinical_store, patient.id, Planned())
    sheet = open_checklist(clinical_store, checklist.id).sheet
    assert sheet.definition.index["H2.rate"].high == 220
    assert sheet.definition.hash == checklist.form_hash
    assert sheet.nodes("ctx.last-weight")[0].value == 81.5
