"""What is open for a patient is worked out from the record."""

from __future__ import annotations

import datetime as dt

import pytest

from liaison_desktop.clinical.chart.rules import (
    WAITING,
    checklist_items,
    concern_items,
    consent_items,
    in_order,
    patient_items,
    task_items,
)
from liaison_desktop.clinical.checklists.record import Checklist, ChecklistStatus
from liaison_desktop.clinical.concerns.record import Concern, ConcernState
from liaison_desktop.clinical.consents.record import Consent, ConsentState
from liaison_desktop.clinical.patients.record import (
    AllergyAssertion,
    Communication,
    InterpreterNeed,
    PersonRole,
    RelatedPerson,
)
from liaison_desktop.tasks.record import Task
from tests.clinical.patients.test_record import LATEX, PENICILLIN, a_patient
from tests.fakes import TODAY

ASKED = Communication(interpreter=InterpreterNeed.NO)


def test_nothing_asked_leaves_two_things_open() -> None:
    assert [item.title for item in patient_items(a_patient())] == [
        "Allergies not recorded",
        "Language and interpreter not asked",
    ]


def test_a_patient_may_have_nothing_open() -> None:
    patient = a_patient(allergy_assertion=AllergyAssertion.NKA, communication=ASKED)
    assert list(patient_items(patient)) == []


def test_what_is_not_sure_stays_open() -> None:
    agent = RelatedPerson(name="Lucía", roles=(PersonRole.HEALTH_CARE_AGENT,))
    patient = a_patient(
        allergy_assertion=AllergyAssertion.HAS_ALLERGIES,
        allergies=(PENICILLIN, LATEX),
        communication=ASKED,
        related=(agent,),
    )
    assert [item.title for item in patient_items(patient)] == ["Latex allergy not confirmed", "Paper not seen yet"]


@pytest.mark.parametrize("state", list(ConsentState))
def test_a_consent_is_open_until_it_is_over(state: ConsentState) -> None:
    items = list(consent_items([Consent(state=state, title_as_signed="Consent to colonoscopy")]))
    assert [item.title for item in items] == (["Consent to colonoscopy"] if state in WAITING else [])


def test_a_checklist_is_open_until_finished_and_reviewed() -> None:
    held = [
        Checklist(status=ChecklistStatus.IN_PROGRESS, answered=61, asked=116),
        Checklist(status=ChecklistStatus.COMPLETED),
        Checklist(status=ChecklistStatus.COMPLETED, review_needed=True),
        Checklist(status=ChecklistStatus.STOPPED, review_needed=True),
    ]
    assert [item.mark for item in checklist_items(held)] == ["61/116", "RN review"]


def test_the_loudest_comes_first() -> None:
    consents = consent_items([Consent(state=ConsentState.DRAFT), Consent(state=ConsentState.READY)])
    tones = [item.tone for item in in_order((*consents, *patient_items(a_patient())))]
    assert tones == ["red", "amber", "amber", "neutral"]


def test_tasks_and_concerns_are_open_too() -> None:
    concerns = [Concern(words="Who pays?", addressed_to="Desk", state=state) for state in ConcernState]
    told = list(concern_items(concerns))
    assert [item.mark for item in told] == ["nobody asked", "asked", "read it back", "escalated"]
    assert (told[0].title, told[0].kind) == ("“Who pays?”", "concern")
    tasks = [Task(what="Call", owner="Ana"), Task(what="Verify", due_at=TODAY - dt.timedelta(hours=2))]
    assert [(item.title, item.mark, item.tone) for item in task_items(tasks, TODAY)] == [
        ("Call", "to do", "neutral"),
        ("Verify", "02:00 over", "red"),
    ]
