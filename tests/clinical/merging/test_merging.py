"""Two records of one patient become one, nothing is lost, and they can be taken apart again."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from liaison_desktop.clinical.checklists.queries import checklists_of
from liaison_desktop.clinical.consents.queries import consents_of
from liaison_desktop.clinical.consents.record import Consent
from liaison_desktop.clinical.episodes.queries import episodes_of
from liaison_desktop.clinical.episodes.record import Episode, EpisodeState
from liaison_desktop.clinical.merging.actions import merge_patients, preview_merge, undo_merge
from liaison_desktop.clinical.merging.queries import references, referring
from liaison_desktop.clinical.merging.record import PatientMerge
from liaison_desktop.clinical.merging.rules import combined, differences
from liaison_desktop.clinical.patients.actions import change_patient
from liaison_desktop.clinical.patients.queries import (
    born_like,
    count_patients,
    patient_rows,
    patients_in_rows,
    search_patients,
)
from liaison_desktop.clinical.patients.record import (
    Allergy,
    AllergyAssertion,
    CodeStatus,
    Communication,
    InterpreterNeed,
    Patient,
)
from liaison_desktop.clinical.people.record import StaffRole
from liaison_desktop.clinical.referrals.actions import take_referral
from liaison_desktop.clinical.workspace import WORKSPACE
from liaison_desktop.errors import Refused
from liaison_desktop.shell.frame import WorkFrame
from liaison_desktop.store import Store
from liaison_desktop.tasks.queries import open_tasks
from liaison_desktop.ui.desk import Desk
from tests.clinical.consents.test_actions import active
from tests.clinical.people.staff import PIN, a_member, a_supervisor, put
from tests.clinical.referrals.making import a_patient, a_referral, forms_done, others_done, packet_done
from tests.fakes import Clock
from tests.flows.keyboard import CTRL, KEY, command, named, opened, press, tab_to, types

replace = msgspec.structs.replace
HAS, NKA = AllergyAssertion.HAS_ALLERGIES, AllergyAssertion.NKA


def two(store: Store) -> tuple[Patient, Patient]:
    """The same woman twice: the second time from a referral, under another spelling and with everything recorded."""
    kept = store.save(a_patient(phones=("(555) 010-0171",), allergy_assertion=NKA))
    penicillin = Allergy(substance="Penicillin")
    referral, other = take_referral(
        store,
        a_referral(),
        a_patient(family="Exampel", allergy_assertion=HAS, allergies=(penicillin,), phones=("(555) 010-0199",)),
        confirmed=("V3",),
    )
    packet_done(store, referral)
    forms_done(store, referral, "pan")
    others_done(store, referral)
    return kept, store.get(Patient, other.id)


def supervised(store: Store) -> None:
    """Whoever works here is a supervisor."""
    put(store, a_member(role=StaffRole.SUPERVISOR))


def test_everything_that_refers_to_the_other_record_moves(clinical_store: Store) -> None:
    store = clinical_store
    kept, other = two(store)
    supervised(store)
    before = {(one.kind, one.id) for one, _ in referring(store, other.id)}
    assert {"episode", "referral", "referral_document", "checklist", "coverage", "task"} <= {kind for kind, _ in before}
    merge = merge_patients(store, kept.id, other.id, reason="Same Medicare number on both cards")
    assert list(referring(store, other.id)) == []
    assert before <= {(one.kind, one.id) for one, _ in referring(store, kept.id)}
    assert {(one.record_kind, one.record_id) for one in merge.moved} == before
    assert checklists_of(store, kept.id)
    assert episodes_of(store, kept.id)
    assert [task for task in open_tasks(store) if task.subject == other.id] == []
    one = store.get(Patient, kept.id)
    assert {row.substance for row in one.allergies} == {"Penicillin"}
    assert (one.allergy_assertion, one.phones) == (HAS, ("(555) 010-0171", "(555) 010-0199"))
    assert one.other_names == ("Ada Exampel",)
    assert store.versions(kept.id)[0].reason == "merged: Same Medicare number on both cards"


def test_the_absorbed_record_stays_and_is_only_read(clinical_store: Store) -> None:
    store = clinical_store
    kept, other = two(store)
    supervised(store)
    merge_patients(store, kept.id, other.id, reason="Same person")
    gone = store.get(Patient, other.id)
    assert (gone.family, gone.merged_into) == ("Exampel", kept.id)
    assert "Merged into another record" in gone.facts()
    with pytest.raises(Refused, match="only read"):
        change_patient(store, replace(gone, preferred_name="Addie"))
    assert count_patients(store) == 1
    assert [one.id for one in patients_in_rows(store, patient_rows(store))] == [kept.id]
    assert [one.id for one in born_like(store, "1950-02-03")] == [kept.id]
    assert kept.id in search_patients(store, "Exampel"), "under the old spelling the one that stayed is found"


def test_a_merge_is_taken_apart_again(clinical_store: Store) -> None:
    store = clinical_store
    kept, other = two(store)
    supervised(store)
    held = {(one.kind, one.id) for one, _ in referring(store, other.id)}
    merge = merge_patients(store, kept.id, other.id, reason="Same person")
    added = store.save(Episode(patient=kept.id, number="E-2026-A0099"))
    undone = undo_merge(store, merge.id, reason="Two sisters")
    assert {(one.kind, one.id) for one, _ in referring(store, other.id)} == held
    assert store.get(Patient, other.id).merged_into is None
    assert store.get(Episode, added.id).patient == kept.id, "what came afterwards stays"
    after = store.get(Patient, kept.id)
    assert replace(after, version=None) == replace(kept, version=None)
    assert (undone.undone_reason, undone.undone_by) == ("Two sisters", store.actor.name)
    with pytest.raises(Refused, match="apart already"):
        undo_merge(store, merge.id, reason="Again")


def test_what_was_changed_since_is_not_taken_back(clinical_store: Store) -> None:
    store = clinical_store
    kept, other = two(store)
    supervised(store)
    merge = merge_patients(store, kept.id, other.id, reason="Same person")
    changed = change_patient(store, replace(store.get(Patient, kept.id), preferred_name="Addie"))
    undo_merge(store, merge.id, reason="Two sisters")
    assert store.get(Patient, kept.id) == changed


def test_what_forbids_it(clinical_store: Store) -> None:
    store = clinical_store
    kept, other = two(store)
    with pytest.raises(Refused, match="Supervisor"):
        merge_patients(store, kept.id, other.id, reason="Same person")
    supervised(store)
    with pytest.raises(Refused, match="by what you know it"):
        merge_patients(store, kept.id, other.id, reason=" ")
    with pytest.raises(Refused, match="the same record"):
        merge_patients(store, kept.id, kept.id, reason="Same person")
    store.drafts.put(f"patient/{other.id}", b"{}")
    with pytest.raises(Refused, match="not saved yet"):
        merge_patients(store, kept.id, other.id, reason="Same person")
    store.drafts.drop(f"patient/{other.id}")
    for whose in (kept.id, other.id):
        store.save(Episode(patient=whose, state=EpisodeState.ADMITTED))
    with pytest.raises(Refused, match="two beds"):
        merge_patients(store, kept.id, other.id, reason="Same person")
    assert preview_merge(store, kept.id, other.id).faults
    assert store.all(PatientMerge) == ()
    assert store.get(Patient, other.id).merged_into is None


def test_contradicting_statements_are_asked_anew_and_need_of_an_interpreter_stands() -> None:
    one = a_patient(allergy_assertion=NKA, communication=Communication(interpreter=InterpreterNeed.NO))
    other = a_patient(
        allergy_assertion=AllergyAssertion.UNABLE,
        allergy_note="Sedated",
        code_status=CodeStatus.DNR,
        communication=Communication(interpreter=InterpreterNeed.YES, spoken="es"),
    )
    both = combined(one, other)
    assert both.allergy_assertion is None
    assert (both.communication.interpreter, both.communication.spoken) == (InterpreterNeed.YES, "es")
    assert both.code_status is CodeStatus.DNR
    assert combined(replace(one, code_status=CodeStatus.FULL), other).code_status is CodeStatus.FULL
    told = differences(replace(one, code_status=CodeStatus.FULL), replace(other, email="ada@example.org"))
    assert {each.label for each in told if each.grave} == {"Allergies", "Code status, as reported"}
    assert "E-mail" not in {each.label for each in told}, "only one says it"


def test_every_kind_that_names_a_patient_is_known(clinical_store: Store) -> None:
    found = {name for name, kind in clinical_store.kinds.items() if references(kind)}
    held = {
        name for name, kind in clinical_store.kinds.items() if {"patient", "patient_id"} & set(kind.__struct_fields__)
    }
    assert held | {"task"} <= found


def test_what_is_signed_stays_as_it_was_signed_and_is_shown_all_the_same(clinical_store: Store, clock: Clock) -> None:
    store = clinical_store
    signed = active(store, clock)
    supervised(store)
    kept = store.save(a_patient())
    merge_patients(store, kept.id, signed.patient_id or signed.id, reason="Same person")
    assert store.get(Consent, signed.id) == signed
    assert signed.fingerprint == store.get(Consent, signed.id).content_fingerprint()
    assert signed.id in {one.id for one in consents_of(store, kept.id)}


@pytest.fixture
def frame(qtbot: QtBot, clinical_desk: Desk) -> Iterator[WorkFrame]:
    """The clinical window over two records of one woman; a supervisor has a PIN."""
    store = clinical_desk.store
    two(store)
    put(store, a_member())
    a_supervisor(store)
    made = opened(qtbot, clinical_desk, WORKSPACE)
    yield made
    made.put_away()


def test_by_keys_from_the_chart_with_a_second_person(frame: WorkFrame, qtbot: QtBot) -> None:
    store = frame.desk.store
    kept = next(one for one in store.all(Patient) if one.family == "Example")
    other = next(one for one in store.all(Patient) if one.family == "Exampel")
    frame.desk.open(Patient.kind, kept.id)
    command("merge a dupl")
    qtbot.waitUntil(lambda: "The other record" in named())
    types("Exampel")
    press(KEY.Key_Return)
    tab_to("Why they are one patient")
    types("Same Medicare number")
    press(KEY.Key_Return, CTRL)
    assert store.get(Patient, other.id).merged_into is None, "a liaison asks a supervisor"
    tab_to("Reason")
    types("Checked both cards")
    tab_to("PIN")
    types(PIN)
    press(KEY.Key_Return)
    assert store.get(Patient, other.id).merged_into == kept.id
    (merge,) = store.all(PatientMerge)
    assert merge.approval is not None
    assert merge.by == merge.approval.by
    qtbot.waitUntil(lambda: frame.page_key == "patients")
    tab_to("Read it")
    press(KEY.Key_Space)
    assert named().startswith("Open Ada Example")
    press(KEY.Key_Space)
    assert frame.pages["patients"].subject() == (Patient.kind, kept.id)
