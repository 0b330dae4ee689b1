"""A question that is left for the practitioner in the verification of a consent becomes a concern of the patient's."""

from __future__ import annotations

import pytest

from liaison_desktop.clinical.checklists.actions import Planned, open_checklist, start_checklist
from liaison_desktop.clinical.checklists.actions.asking import ask_practitioner
from liaison_desktop.clinical.checklists.record import Checklist
from liaison_desktop.clinical.concerns.queries import concerns_of
from liaison_desktop.clinical.concerns.record import ConcernState
from liaison_desktop.questionnaires.response import Sheet
from liaison_desktop.store import Store
from tests.clinical.checklists.filling import a_patient


@pytest.fixture
def asked(clinical_store: Store) -> tuple[Checklist, Sheet]:
    patient = clinical_store.save(a_patient())
    planned = Planned(service="PROC_ELECTIVE", procedure=True)
    checklist = start_checklist(clinical_store, patient.id, planned, form="pc")
    opened = open_checklist(clinical_store, checklist.id)
    said = {"PC2.name": "Wei Chen", "PC14.what": "What of my heart?"}
    for link_id, words in said.items():
        opened.sheet.answer(opened.sheet.nodes(link_id)[0], ("valueString", words))
    return opened.checklist, opened.sheet


def tell(store: Store, asked: tuple[Checklist, Sheet], *, finished: bool = False) -> list[tuple[str, str]]:
    checklist, sheet = asked
    with store.transaction() as transaction:
        ask_practitioner(store, transaction, checklist, sheet, finished=finished)
    assert checklist.patient is not None
    return [(one.words, one.addressed_to) for one in concerns_of(store, checklist.patient)]


def test_stopping_asks_the_practitioner_once(clinical_store: Store, asked: tuple[Checklist, Sheet]) -> None:
    checklist, sheet = asked
    assert tell(clinical_store, asked) == []
    sheet.answer(sheet.nodes("PC15s")[0], ("valueBoolean", True))
    assert tell(clinical_store, asked) == [("What of my heart?", "Wei Chen")]
    assert tell(clinical_store, asked, finished=True) == [("What of my heart?", "Wei Chen")]
    assert checklist.patient is not None
    found = concerns_of(clinical_store, checklist.patient)[0]
    assert (found.state, found.about, found.about_kind) == (ConcernState.WITH_PROVIDER, checklist.id, Checklist.kind)


def test_finishing_asks_what_nobody_answered(clinical_store: Store, asked: tuple[Checklist, Sheet]) -> None:
    assert tell(clinical_store, asked, finished=True) == [("What of my heart?", "Wei Chen")]


def test_an_answered_question_is_no_concern(clinical_store: Store, asked: tuple[Checklist, Sheet]) -> None:
    _checklist, sheet = asked
    sheet.answer(sheet.nodes("PC14.answer")[0], ("valueString", "Wei Chen, at the bedside"))
    assert tell(clinical_store, asked, finished=True) == []
