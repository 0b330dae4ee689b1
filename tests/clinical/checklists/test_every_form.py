"""Every checklist that is shipped: it loads, is clean, can be filled in and completed, and passes the command."""

from __future__ import annotations

from pathlib import Path

import pytest

from liaison_desktop.clinical.checklists.actions import (
    Planned,
    complete_checklist,
    open_checklist,
    start_checklist,
)
from liaison_desktop.clinical.checklists.record import ChecklistStatus
from liaison_desktop.clinical.checklists.rules import completion_faults
from liaison_desktop.policies import load_policy
from liaison_desktop.questionnaires import library
from liaison_desktop.questionnaires.checking import check
from liaison_desktop.questionnaires.linting import lint
from liaison_desktop.questionnaires.progress import counts, findings
from liaison_desktop.questionnaires.response import Sheet
from liaison_desktop.store import Store
from tests.clinical.checklists.filling import a_patient, fill

NAMES = ("pan", "pas", "mr", "iv", "pc", "rc", "dc", "roi", "capacity")


def test_these_are_all() -> None:
    assert {entry.name for entry in library.newest_entries()} == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_it_is_clean_and_starts_without_an_answer(name: str) -> None:
    definition = library.newest(name)
    assert lint(definition.raw, None, library.sources()) == []
    sheet = Sheet.blank(definition)
    assert not [node.key for node in sheet.walk() if node.answers and not node.item.calculation]
    assert all(count.answered == 0 for count in counts(sheet).values())
    assert not [one for one in findings(sheet) if one.level == "block"]
    assert any(rule.id == "V1" for item in definition.index.values() for rule in item.rules)


@pytest.mark.parametrize("name", NAMES)
def test_it_is_filled_in_and_completed(name: str, clinical_store: Store, tmp_path: Path) -> None:
    patient = clinical_store.save(a_patient())
    planned = Planned(service="IRF", procedure=True, day_of=True)
    checklist = start_checklist(clinical_store, patient.id, planned, form=name)
    sheet = open_checklist(clinical_store, checklist.id).sheet
    now = clinical_store.clock()
    fill(sheet, now)
    assert completion_faults(sheet, load_policy("clinical"), now=now) == ()
    done = complete_checklist(clinical_store, checklist, sheet)
    assert done.status is ChecklistStatus.COMPLETED
    (tmp_path / "r.json").write_text(done.content, "utf-8")
    definition = library.newest(name)
    code, outcome = check(library.folder() / f"{name}-{definition.version}.json", tmp_path / "r.json")
    assert code == 0, outcome
