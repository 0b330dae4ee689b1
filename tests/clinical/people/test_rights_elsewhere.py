"""Rights hold in the actions of the other features: whoever may only read writes nothing, by whatever way they try."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from liaison_desktop.clinical.checklists import actions as checklists
from liaison_desktop.clinical.checklists.actions import Planned, open_checklist, start_checklist
from liaison_desktop.clinical.checklists.form import ChecklistForm
from liaison_desktop.clinical.checklists.form.paper import ChecklistPaper
from liaison_desktop.clinical.checklists.record import Checklist
from liaison_desktop.clinical.consents import actions as consents
from liaison_desktop.clinical.consents.queries import template
from liaison_desktop.clinical.consents.record import Answer, Consent, ConsentState, TeachBackState
from liaison_desktop.clinical.patients import actions as patients
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.clinical.people.record import Facility, LpnPolicy, StaffCredential, StaffRole
from liaison_desktop.clinical.workspace import WORKSPACE
from liaison_desktop.errors import Refused, Stale
from liaison_desktop.signing import Role
from liaison_desktop.store import Store
from liaison_desktop.ui.desk import Desk
from tests.builders import ACTOR_ID
from tests.clinical.checklists.filling import fill
from tests.clinical.consents.examples import a_draft, a_signature, filled
from tests.clinical.consents.examples import put as signed
from tests.clinical.people.staff import a_member, as_actor, put
from tests.fakes import FileDialogs, NoFrame, PaperTray


class Everything:
    """One of each, made while a liaison works here."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.consent = a_draft(store)
        found = self.consent.patient_id
        assert found is not None
        self.patient = store.get(Patient, found)
        self.checklist = start_checklist(store, self.patient.id, Planned(), form="capacity")
        self.sheet = open_checklist(store, self.checklist.id).sheet


ACTS: dict[str, Callable[[Everything], object]] = {
    "register_patient": lambda it: patients.register_patient(it.store, Patient(family="Vale", birth_date="1980")),
    "change_patient": lambda it: patients.change_patient(it.store, it.patient),
    "assert_allergies": lambda it: patients.assert_allergies(it.store, it.patient, None),
    "start_checklist": lambda it: start_checklist(it.store, it.patient.id, Planned()),
    "save_answer": lambda it: checklists.save_answer(it.store, it.checklist, it.sheet),
    "keep_checklist": lambda it: checklists.keep_checklist(it.store, it.checklist, it.sheet),
    "complete_checklist": lambda it: checklists.complete_checklist(it.store, it.checklist, it.sheet),
    "amend_checklist": lambda it: checklists.amend_checklist(it.store, it.checklist, "Wrong"),
    "stop_checklist": lambda it: checklists.stop_checklist(it.store, it.checklist, "Left"),
    "mark_error": lambda it: checklists.mark_entered_in_error(it.store, it.checklist, "Other patient"),
    "begin_consent": lambda it: consents.begin_consent(it.store, it.patient, template("OR-102")),
    "change_consent": lambda it: consents.change_consent(it.store, filled(it.consent, it.store.clock())),
    "record_discussion": lambda it: consents.record_discussion(it.store, it.consent),
    "start_teach_back": lambda it: consents.start_teach_back(it.store, it.consent),
    "record_teach_back": lambda it: consents.record_teach_back(
        it.store, it.consent, "a", TeachBackState.OK_FIRST, "So"
    ),
    "stop_and_return": lambda it: consents.stop_and_return(it.store, it.consent, reason="A question"),
    "make_ready": lambda it: consents.make_ready(it.store, it.consent),
    "sign": lambda it: signed(it.store, it.consent, a_signature(Role.PATIENT, "María"), agrees=Answer.YES),
    "refuse_consent": lambda it: consents.refuse_consent(it.store, it.consent, reason="", understood="", told=""),
    "withdraw_consent": lambda it: consents.withdraw_consent(it.store, it.consent, said_by="María"),
    "consent_in_error": lambda it: consents.mark_entered_in_error(
        it.store, it.consent, reason="Other patient", second_person="Lee Park"
    ),
}


def test_whoever_may_only_read_writes_nothing(clinical_store: Store) -> None:
    made = Everything(clinical_store)
    put(clinical_store, a_member(role=StaffRole.AUDITOR))
    before = len(clinical_store.lines(limit=5000))
    for name, act in ACTS.items():
        with pytest.raises(Refused) as caught:
            act(made)
        assert [fault.rule for fault in caught.value.faults] == ["RIGHT-NOBODY"], name
    assert len(clinical_store.lines(limit=5000)) == before
    assert clinical_store.drafts.keys() == ()


def test_the_same_acts_are_not_stopped_for_a_liaison(clinical_store: Store) -> None:
    made = Everything(clinical_store)
    put(clinical_store, a_member())
    for name, act in ACTS.items():
        assert not [rule for rule in refused_by(act, made) if rule.startswith("RIGHT")], name


def refused_by(act: Callable[[Everything], object], made: Everything) -> list[str]:
    try:
        act(made)
    except Refused as refused:
        return [fault.rule for fault in refused.faults]
    except Stale:
        pass  # another of these acts overtook it, which is no matter here
    return []


def collected_by_an_lpn(store: Store) -> Checklist:
    me, *_ = put(store, a_member("Lee Park", credential=StaffCredential.LPN))
    made = Everything(as_actor(store, me))
    fill(made.sheet, store.clock(), but=("K8",))
    done = checklists.complete_checklist(store, made.checklist, made.sheet)
    store.save(msgspec.structs.replace(me, actor=uuid.uuid4()))
    as_actor(store, ACTOR_ID, "Renee Okafor")
    return done


@pytest.mark.parametrize(
    ("role", "rule"),
    [(StaffRole.RESEARCH_COORDINATOR, "RIGHT"), (StaffRole.REVIEWER_RN, ""), (StaffRole.LIAISON, "")],
)
def test_the_record_says_who_is_an_rn_and_the_role_who_reviews(
    clinical_store: Store, role: StaffRole, rule: str
) -> None:
    done = collected_by_an_lpn(clinical_store)
    assert done.review_needed
    put(clinical_store, a_member(role=role))
    sheet = open_checklist(clinical_store, done.id).sheet
    node = sheet.first("K8")
    assert node is not None
    option = node.item.options[0]
    sheet.answer(node, (option.key, option.value))
    if not rule:
        assert checklists.review_checklist(clinical_store, done, sheet).reviewed_by
        return
    with pytest.raises(Refused) as caught:
        checklists.review_checklist(clinical_store, done, sheet)
    assert {fault.rule[: len(rule)] for fault in caught.value.faults} == {rule}


@pytest.mark.parametrize("policy", [None, LpnPolicy.RN_ONLY])
def test_the_facility_says_what_an_lpn_may_do(clinical_store: Store, policy: LpnPolicy | None) -> None:
    put(clinical_store, a_member("Lee Park", credential=StaffCredential.LPN))
    made = Everything(clinical_store)
    ours, *_ = clinical_store.all(Facility)
    clinical_store.save(msgspec.structs.replace(ours, lpn_policy=policy))
    fill(made.sheet, clinical_store.clock(), but=("K8",))
    if policy is None:
        assert checklists.complete_checklist(clinical_store, made.checklist, made.sheet).review_needed
        return
    with pytest.raises(Refused) as caught:
        checklists.complete_checklist(clinical_store, made.checklist, made.sheet)
    assert caught.value.faults[0].rule == "V7-RN"


@pytest.mark.parametrize(
    ("who", "granted", "rule"),
    [
        ("Renee Okafor", True, ""),
        ("Renee Okafor", False, "RIGHT-WITNESS"),
        ("Okafor, Renee RN", False, "RIGHT-WITNESS"),
        ("A visitor", False, ""),
    ],
)
def test_a_witness_of_the_staff_has_to_be_granted_it(clinical_store: Store, who: str, granted: bool, rule: str) -> None:
    put(clinical_store, a_member(can_witness=granted))
    found = consents.witness_faults(clinical_store, a_signature(Role.WITNESS, who))
    assert [fault.rule for fault in found] == ([rule] if rule else [])


def signed_by_the_patient(store: Store) -> Consent:
    consent = consents.change_consent(store, filled(a_draft(store), store.clock()))
    consent = consents.make_ready(
        store, msgspec.structs.replace(consents.start_teach_back(store, consents.record_discussion(store, consent)))
    )
    return signed(store, consent, a_signature(Role.PATIENT, "María L. Álvarez"), agrees=Answer.YES)


def test_signing_as_a_witness_asks_for_the_grant(clinical_store: Store) -> None:
    me, *_ = put(clinical_store, a_member(can_witness=False))
    consent = signed_by_the_patient(clinical_store)
    with pytest.raises(Refused) as caught:
        signed(clinical_store, consent, a_signature(Role.WITNESS, "Renee Okafor"))
    assert caught.value.faults[0].rule == "RIGHT-WITNESS"
    clinical_store.save(msgspec.structs.replace(me, can_witness=True))
    done = signed(clinical_store, consent, a_signature(Role.WITNESS, "Renee Okafor"))
    assert done.state is ConsentState.WITNESSED


# -- what leaves, what is read -----------------------------------------------------------------------------------------


def test_who_may_only_read_sees_a_checklist_and_leaves_it(clinical_desk: Desk, qtbot: QtBot) -> None:
    made = Everything(clinical_desk.store)
    put(clinical_desk.store, a_member(role=StaffRole.AUDITOR))
    form = ChecklistForm(clinical_desk, made.checklist.id)
    qtbot.addWidget(form)
    with qtbot.waitSignal(form.left):
        form.leave()
    assert clinical_desk.store.drafts.keys() == ()


@pytest.mark.parametrize(
    ("role", "prints", "saves"),
    [(StaffRole.LIAISON, True, True), (StaffRole.REVIEWER_RN, True, False), (StaffRole.ADMIN, False, False)],
)
def test_printing_and_saving_a_copy_are_rights(
    clinical_desk: Desk,
    qtbot: QtBot,
    files: FileDialogs,
    printer: PaperTray,
    role: StaffRole,
    prints: bool,
    saves: bool,
) -> None:
    made = Everything(clinical_desk.store)
    put(clinical_desk.store, a_member(role=role))
    view = ChecklistPaper(clinical_desk, made.checklist, made.sheet)
    qtbot.addWidget(view)
    qtbot.waitUntil(lambda: bool(view.preview.content), timeout=20_000)
    view.print_document()
    view.save_answers()
    assert bool(printer.printed) is prints
    assert bool(files.asked) is saves
    frame = clinical_desk.frame
    assert isinstance(frame, NoFrame)
    assert sum("you may not" in text for text, _undo in frame.toasts) == (not prints) + (not saves)


@pytest.mark.parametrize(("role", "shut"), [(StaffRole.AUDITOR, False), (StaffRole.REVIEWER_RN, True)])
def test_the_journal_is_read_by_right(clinical_store: Store, role: StaffRole, shut: bool) -> None:
    put(clinical_store, a_member(role=role))
    assert bool(WORKSPACE.refuses(clinical_store, "see_journal")) is shut
