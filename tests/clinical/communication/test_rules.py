"""Each rule of the log and of a session: once it speaks, once it is silent; and what was written stays."""

from __future__ import annotations

import datetime
from typing import Any

import msgspec
import pytest

from liaison_desktop.clinical.checklists.actions import Planned, open_checklist, start_checklist
from liaison_desktop.clinical.communication.actions import end_session, record_session, record_talk, use_session
from liaison_desktop.clinical.communication.queries import log_of, session_of_the_day, sessions_of
from liaison_desktop.clinical.communication.record import (
    Channel,
    Direction,
    InterpreterException,
    InterpreterSession,
    LogEntry,
    Party,
    ReadBack,
    Sbar,
    Topic,
    UsedFor,
)
from liaison_desktop.clinical.communication.rules import entry_faults, interpreter_faults, session_faults
from liaison_desktop.clinical.patients.record import InterpreterModality, Patient
from liaison_desktop.errors import Refused
from liaison_desktop.policies import policy_of
from liaison_desktop.questionnaires.marks import proposal
from liaison_desktop.store import Store

EMERGENCY, REQUEST = InterpreterException.EMERGENCY_TEMPORARY, InterpreterException.PATIENT_REQUEST_DOCUMENTED
MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def patient(clinical_store: Store) -> Patient:
    return clinical_store.save(Patient(family="Example", birth_date="1950-02-03"))


def entry(store: Store, patient: Patient, **changes: Any) -> LogEntry:
    """An entry that nothing is wrong with."""
    values: dict[str, Any] = {
        "patient": patient.id,
        "at": store.clock(),
        "direction": Direction.OUT,
        "channel": Channel.PHONE,
        "topic": Topic.CLINICAL,
        "parties": (Party(name="Sample Nurse", relation="charge nurse"),),
        "summary": "She is awake and eats.",
        "read_back": ReadBack.YES,
    }
    return LogEntry(**(values | changes))


def session(store: Store, patient: Patient, **changes: Any) -> InterpreterSession:
    """A session that a consent may stand on."""
    values: dict[str, Any] = {
        "patient": patient.id,
        "language": "es",
        "modality": InterpreterModality.VIDEO,
        "interpreter_name": "Sample Interpreter",
        "qualified": True,
        "started_at": store.clock() - MINUTE,
    }
    return InterpreterSession(**(values | changes))


@pytest.mark.parametrize(
    ("changes", "rules"),
    [
        ({}, set()),
        ({"summary": ""}, {"COM-1"}),
        ({"summary": "", "sbar": Sbar(situation="Fell")}, set()),
        ({"summary": "", "sbar": Sbar()}, {"COM-1"}),
        ({"sbar": Sbar(situation="Fell"), "read_back": ReadBack.NO}, {"COM-3"}),
        ({"read_back": ReadBack.NO}, set()),
        ({"at": 1}, {"COM-2"}),
    ],
)
def test_the_rules_of_an_entry(
    clinical_store: Store, patient: Patient, changes: dict[str, Any], rules: set[str]
) -> None:
    if "at" in changes:
        changes = {"at": clinical_store.clock() + MINUTE}
    found = entry_faults(
        entry(clinical_store, patient, **changes), policy_of(clinical_store), now=clinical_store.clock()
    )
    assert {fault.rule for fault in found} == rules


@pytest.mark.parametrize("name", ["direction", "channel", "topic", "parties", "read_back", "at"])
def test_an_entry_without_what_it_needs_is_refused(clinical_store: Store, patient: Patient, name: str) -> None:
    with pytest.raises(Refused) as caught:
        record_talk(clinical_store, entry(clinical_store, patient, **{name: () if name == "parties" else None}))
    assert name in {fault.field for fault in caught.value.faults}
    assert log_of(clinical_store, patient.id) == ()


def test_an_sbar_without_read_back_is_kept_and_what_stands_there_stays(clinical_store: Store, patient: Patient) -> None:
    told = entry(clinical_store, patient, sbar=Sbar(situation="Fell"), read_back=ReadBack.NO)
    kept = record_talk(clinical_store, told)
    assert kept.recorded_by == clinical_store.actor.name
    with pytest.raises(Refused):
        clinical_store.save(msgspec.structs.replace(kept, summary="Something else"))
    with pytest.raises(Refused):
        clinical_store.remove(kept, reason="tidy")
    right = record_talk(clinical_store, entry(clinical_store, patient, corrects=kept.id))
    assert [each.id for each in log_of(clinical_store, patient.id)] == [right.id, kept.id]


V10 = [
    ("a qualified one", {}, set()),
    ("a qualified one by number", {"interpreter_name": "", "interpreter_number": "60417"}, set()),
    ("nobody says how", {"modality": None}, {"V10-CONSENT"}),
    ("not qualified", {"qualified": False}, {"V10-CONSENT"}),
    ("an emergency", {"qualified": False, "exception": EMERGENCY}, set()),
    ("a child in an emergency", {"qualified": False, "adult": False, "exception": EMERGENCY}, set()),
    ("a child", {"qualified": False, "adult": False}, {"V10-MINOR", "V10-CONSENT"}),
    ("a qualified child", {"adult": False}, {"V10-MINOR"}),
    ("asked for", {"qualified": False, "adult": True, "exception": REQUEST, "waiver": "Note of 3 May"}, set()),
    ("asked for, nowhere", {"qualified": False, "adult": True, "exception": REQUEST}, {"V10-WAIVER"}),
    ("asked for, of what age", {"qualified": False, "exception": REQUEST, "waiver": "Note"}, {"V10-MINOR"}),
    (
        "asked for, a child",
        {"qualified": False, "adult": False, "exception": REQUEST, "waiver": "Note"},
        {"V10-MINOR"},
    ),
]


@pytest.mark.parametrize(("changes", "rules"), [(row[1], row[2]) for row in V10], ids=[row[0] for row in V10])
def test_v10_on_a_session(clinical_store: Store, patient: Patient, changes: dict[str, Any], rules: set[str]) -> None:
    found = interpreter_faults(session(clinical_store, patient, **changes), policy_of(clinical_store))
    assert {fault.rule for fault in found} == rules


@pytest.mark.parametrize(
    ("changes", "rules"),
    [
        ({}, set()),
        ({"interpreter_name": ""}, {"V10-WHO", "V10-RECORDED"}),
        ({"language": "no such tongue"}, {"V10-LANGUAGE"}),
        ({"qualified": False}, {"V10-RECORDED"}),
    ],
)
def test_the_rules_of_a_session(
    clinical_store: Store, patient: Patient, changes: dict[str, Any], rules: set[str]
) -> None:
    now = clinical_store.clock()
    found = session_faults(session(clinical_store, patient, **changes), policy_of(clinical_store), now=now)
    assert {fault.rule for fault in found} == rules


def test_a_session_ends_once_and_then_only_its_uses_grow(clinical_store: Store, patient: Patient) -> None:
    begun = record_session(clinical_store, session(clinical_store, patient))
    today = clinical_store.clock().date()
    assert session_of_the_day(clinical_store, patient.id, today) == begun
    with pytest.raises(Refused):
        end_session(clinical_store, begun, at=clinical_store.clock() - 2 * MINUTE)
    over = end_session(clinical_store, begun)
    used = use_session(clinical_store, over, UsedFor.CONSENT)
    assert used.used_for == (UsedFor.CONSENT,)
    assert use_session(clinical_store, used, UsedFor.CONSENT) == used
    for changes in ({"interpreter_name": "Another"}, {"ended_at": None}, {"used_for": ()}):
        with pytest.raises(Refused):
            clinical_store.save(msgspec.structs.replace(used, **changes))
    assert sessions_of(clinical_store, patient.id) == (used,)


def test_what_was_not_right_is_recorded_all_the_same(clinical_store: Store, patient: Patient) -> None:
    kept = record_session(clinical_store, session(clinical_store, patient, qualified=False, adult=False))
    assert kept.adult is False


def test_a_checklist_is_offered_who_interprets(clinical_store: Store, patient: Patient) -> None:
    record_session(clinical_store, session(clinical_store, patient, interpreter_number="60417"))
    checklist = start_checklist(clinical_store, patient.id, Planned())
    sheet = open_checklist(clinical_store, checklist.id).sheet
    name, qualified = sheet.nodes("B4.name")[0], sheet.nodes("B4.qualified")[0]
    assert proposal(name) is not None
    assert "Sample Interpreter 60417" in str(proposal(name))
    assert proposal(qualified) is not None
    assert not name.answers
