"""Each guard and rule of a discharge: once it stops, once it is silent; and no step goes past one."""

from __future__ import annotations

import datetime
from typing import Any

import msgspec
import pytest

from liaison_desktop.clinical.checklists.record import Checklist, ChecklistStatus
from liaison_desktop.clinical.clocks.queries import running_clocks
from liaison_desktop.clinical.concerns.record import Concern
from liaison_desktop.clinical.consents.record import TeachBackState
from liaison_desktop.clinical.discharge.actions import (
    begin_discharge_checklist,
    begin_planning,
    close_stay,
    discharge,
    end_stay,
    leave_against_advice,
    record_call,
    save_plan,
    teach,
)
from liaison_desktop.clinical.discharge.queries import plan_of
from liaison_desktop.clinical.discharge.record import AreaCode, Call, Offered, Ready
from liaison_desktop.clinical.discharge.rules import LEAVING, Facts, call_faults, events, judge, ready_faults
from liaison_desktop.clinical.episodes.queries import events_of
from liaison_desktop.clinical.episodes.record import Disposition, Episode, EpisodeState, Judgement
from liaison_desktop.clinical.medications.queries import history_of
from liaison_desktop.errors import Missing, Refused
from liaison_desktop.policies import policy_of
from liaison_desktop.questionnaires.library import newest
from liaison_desktop.questionnaires.marks import proposal
from liaison_desktop.questionnaires.reading import read_json
from liaison_desktop.questionnaires.response import Sheet
from liaison_desktop.store import Store
from liaison_desktop.tasks.queries import tasks_for
from tests.clinical.discharge.staying import a_finished_checklist, a_patient, a_plan, a_stay, the_list_is_given

S = EpisodeState
GIVEN = Judgement(guard="medicines_given", passed=True, words="Given.")
NOT_GIVEN = Judgement(guard="medicines_given", words="Not given.")
UNCLEAR = tuple(
    msgspec.structs.replace(one, state=TeachBackState.NOT_OK) if one.area is AreaCode.WARNINGS else one
    for one in a_plan(Episode()).areas
)
LISTED = (Offered(name="Sample Home Health", quality_shown=True),)


@pytest.fixture
def stay(clinical_store: Store) -> Episode:
    return a_stay(clinical_store, a_patient(clinical_store))


@pytest.mark.parametrize(
    ("plan", "more", "stopping"),
    [
        ({}, {}, set()),
        ({"areas": UNCLEAR}, {}, {"discharge_items"}),
        ({}, {"checklist": False}, {"discharge_items"}),
        ({"ready": None}, {}, {"discharge_items"}),
        ({"ready": Ready.NO}, {}, {"discharge_items"}),
        ({"ready": Ready.PARTLY, "ready_action": "Nurse calls tonight"}, {}, set()),
        ({"transport": " "}, {}, {"discharge_items"}),
        ({"medicare": True}, {}, {"discharge_items"}),
        ({"medicare": True, "imm_first_at": datetime.datetime.now(datetime.UTC)}, {}, set()),
        ({"home_health": True}, {}, {"discharge_items"}),
        ({"destination": Disposition.SNF, "offered": LISTED, "choice": "Sample Home Health"}, {}, {"discharge_items"}),
        ({"contact_hours": ""}, {}, {"contact_given"}),
        ({}, {"medicines": NOT_GIVEN}, {"medicines_given"}),
        ({}, {"open_concerns": 1}, {"concerns"}),
    ],
)
def test_the_guards_of_leaving(
    clinical_store: Store, stay: Episode, plan: dict[str, Any], more: dict[str, Any], stopping: set[str]
) -> None:
    facts = Facts(**({"plan": a_plan(stay, **plan), "checklist": True, "medicines": GIVEN} | more))
    said = judge(LEAVING, facts, policy_of(clinical_store))
    assert {one.guard for one in said if not one.passed} == stopping
    assert all(one.words for one in said)


def test_the_whole_list_was_given_and_chosen_from(clinical_store: Store, stay: Episode) -> None:
    now = clinical_store.clock()
    chosen = a_plan(stay, home_health=True, offered=LISTED, list_given_at=now, choice="Sample Home Health")
    facts = Facts(plan=chosen, checklist=True, medicines=GIVEN)
    assert all(one.passed for one in judge(LEAVING, facts, policy_of(clinical_store)))


@pytest.mark.parametrize(
    ("call", "rules"),
    [
        (Call(), {"DC-CALL-REACHED"}),
        (Call(reached=False), set()),
        (Call(reached=True), {"DC-CALL-HOW"}),
        (Call(reached=True, symptoms="Well", medicines=True), set()),
        (Call(reached=True, symptoms="Well", medicines=False), {"DC-CALL-PASS"}),
        (Call(reached=True, symptoms="Well", questions="Which pill?"), {"DC-CALL-PASS"}),
        (Call(reached=True, symptoms="Well", questions="Which pill?", passed_on="Pharmacist"), set()),
    ],
)
def test_the_rules_of_a_call(clinical_store: Store, call: Call, rules: set[str]) -> None:
    assert {fault.rule for fault in call_faults(call, policy_of(clinical_store))} == rules


@pytest.mark.parametrize(
    ("changes", "rules"),
    [
        ({"ready": Ready.YES}, set()),
        ({"ready": None}, {"V46-ASK"}),
        ({"ready": Ready.NO}, {"V46"}),
        ({"ready": Ready.NO, "ready_action": "Stays one more day"}, set()),
    ],
)
def test_v46(clinical_store: Store, stay: Episode, changes: dict[str, Any], rules: set[str]) -> None:
    assert {fault.rule for fault in ready_faults(a_plan(stay, **changes), policy_of(clinical_store))} == rules


def test_nothing_is_planned_without_a_destination_and_somebody_at_home(clinical_store: Store, stay: Episode) -> None:
    with pytest.raises(Missing):
        begin_planning(clinical_store, stay.id)
    plan = save_plan(clinical_store, a_plan(stay, destination=None, caregiver=""))
    with pytest.raises(Refused) as caught:
        begin_planning(clinical_store, stay.id)
    assert {fault.field for fault in caught.value.faults} == {"destination", "caregiver"}
    save_plan(
        clinical_store, msgspec.structs.replace(plan, destination=Disposition.HOME, nobody_why="Meals on wheels daily")
    )
    assert begin_planning(clinical_store, stay.id).state is S.DISCHARGE_PLANNING


def ready_to_go(store: Store, stay: Episode) -> Episode:
    """A stay for which every guard of leaving holds, but for what a test takes away."""
    save_plan(store, a_plan(stay))
    store.save(a_finished_checklist(store, stay))
    the_list_is_given(store, stay)
    return begin_planning(store, stay.id)


def test_the_patient_goes_is_called_and_the_stay_is_closed(clinical_store: Store, stay: Episode) -> None:
    store = clinical_store
    ready_to_go(store, stay)
    gone = discharge(store, stay.id)
    assert (gone.state, gone.disposition) == (S.DISCHARGED, Disposition.HOME)
    judged = events_of(store, stay.id)[-1].judgements
    assert {one.guard for one in judged} == set(LEAVING)
    (task,) = tasks_for(store, episode=stay.id)
    assert task.due_at is not None
    assert task.due_at - store.clock() == datetime.timedelta(hours=48)
    with pytest.raises(Refused):
        close_stay(store, stay.id)  # nobody has called yet, and it is no follow-up
    plan = plan_of(store, stay.id)
    assert plan is not None
    plan = record_call(store, plan, Call(reached=False))
    with pytest.raises(Refused):
        close_stay(store, stay.id)
    record_call(store, plan, Call(reached=True, symptoms="Walks to the mailbox"))
    assert tasks_for(store, episode=stay.id) == ()
    assert close_stay(store, stay.id).state is S.CLOSED


def test_three_tries_are_enough(clinical_store: Store, stay: Episode) -> None:
    store = clinical_store
    ready_to_go(store, stay)
    discharge(store, stay.id)
    plan = plan_of(store, stay.id)
    assert plan is not None
    for _try in range(3):
        plan = record_call(store, plan, Call(reached=False))
    assert close_stay(store, stay.id).state is S.CLOSED
    with pytest.raises(Refused):
        store.save(msgspec.structs.replace(plan, calls=plan.calls[:1]))


@pytest.mark.parametrize("missing", ["concern", "list", "checklist", "contact"])
def test_nobody_goes_past_a_guard(clinical_store: Store, stay: Episode, missing: str) -> None:
    store = clinical_store
    ready_to_go(store, stay)
    plan = plan_of(store, stay.id)
    assert plan is not None
    if missing == "concern":
        store.save(Concern(patient=stay.patient, episode=stay.id, words="Who feeds my cat?"))
    elif missing == "list":
        history = history_of(store, stay.id)
        assert history is not None
        store.save(msgspec.structs.replace(history, given_mark="of another list"))
    elif missing == "checklist":
        (checklist,) = store.all(Checklist)
        store.save(msgspec.structs.replace(checklist, status=ChecklistStatus.IN_PROGRESS))
    else:
        save_plan(store, msgspec.structs.replace(plan, contact_phone=""))
    with pytest.raises(Refused):
        discharge(store, stay.id)
    assert store.get(Episode, stay.id).state is S.DISCHARGE_PLANNING
    assert len(tasks_for(store, episode=stay.id)) == 0


def test_a_reason_alone_does_not_take_a_guard_on(clinical_store: Store, stay: Episode) -> None:
    store = clinical_store
    ready_to_go(store, stay)
    store.save(Concern(patient=stay.patient, episode=stay.id, words="Who feeds my cat?"))
    with pytest.raises(Refused):  # a liaison may not
        discharge(store, stay.id, reasons={"concerns": "The social worker takes it on"})


@pytest.mark.parametrize("name", ["ama_risks", "ama_choices", "ama_prescriptions", "ama_follow_up"])
def test_who_leaves_against_advice_is_told_and_given_what_they_need(
    clinical_store: Store, stay: Episode, name: str
) -> None:
    said = dict.fromkeys(("ama_risks", "ama_choices", "ama_prescriptions", "ama_follow_up"), True)
    plan = save_plan(clinical_store, a_plan(stay, **(said | {name: None})))
    with pytest.raises(Refused) as caught:
        leave_against_advice(clinical_store, stay.id)
    assert [fault.field for fault in caught.value.faults] == [name]
    save_plan(clinical_store, msgspec.structs.replace(plan, **{name: False}))
    assert leave_against_advice(clinical_store, stay.id).state is S.LEFT_AMA
    assert len(tasks_for(clinical_store, episode=stay.id)) == 1


@pytest.mark.parametrize("after", [S.EXPIRED, S.TRANSFERRED_OUT])
def test_a_stay_that_ends_otherwise_needs_a_reason(clinical_store: Store, stay: Episode, after: EpisodeState) -> None:
    with pytest.raises(Refused):
        end_stay(clinical_store, stay.id, after, reason=" ")
    assert end_stay(clinical_store, stay.id, after, reason="As told by the ward").state is after
    assert close_stay(clinical_store, stay.id).state is S.CLOSED


def test_what_was_not_clear_is_clear_only_after_explaining_again(clinical_store: Store, stay: Episode) -> None:
    plan = save_plan(clinical_store, a_plan(stay))
    plan = teach(clinical_store, plan, AreaCode.LIFE, TeachBackState.NOT_OK, "I do not know")
    plan = teach(clinical_store, plan, AreaCode.LIFE, TeachBackState.OK_FIRST, "My daughter cooks")
    area = plan.area(AreaCode.LIFE)
    assert (area.state, area.words) == (TeachBackState.OK_AFTER_RETEACH, "My daughter cooks")
    assert area.attempts == 3


def test_the_checklist_begins_with_what_the_plan_says(clinical_store: Store, stay: Episode) -> None:
    plan = save_plan(clinical_store, a_plan(stay, home_health=True))
    made = begin_discharge_checklist(clinical_store, plan)
    sheet = Sheet.read(newest("dc"), read_json(made.content.encode()))
    offered = {name: str(proposal(sheet.nodes(name)[0])) for name in ("D1.name", "D2", "D11", "D19.state", "D35")}
    for name, words in (
        ("D1.name", "Sample Daughter"),
        ("D2", "mailbox"),
        ("D11", "home-hha"),
        ("D19.state", "ok-first"),
        ("D35", "yes"),
    ):
        assert words in offered[name]
    assert begin_discharge_checklist(clinical_store, plan).id == made.id


def test_the_clocks_hear_of_it(clinical_store: Store, stay: Episode) -> None:
    now = clinical_store.clock()
    plan = a_plan(stay, medicare=True, imm_first_at=now, calls=(Call(reached=False, at=now),) * 3)
    heard = {event.name for event in events(plan, msgspec.structs.replace(stay, discharged_at=now))}
    assert heard == {"medicare_admitted", "imm_given", "followup_given_up"}
    reached = msgspec.structs.replace(plan, calls=(Call(reached=True, at=now),), medicare=False, imm_first_at=None)
    assert {event.name for event in events(reached, stay)} == {"followup_called"}


def test_the_call_afterwards_runs_as_a_clock_until_somebody_was_reached(clinical_store: Store, stay: Episode) -> None:
    store = clinical_store
    ready_to_go(store, stay)
    assert "FOLLOW-UP-CALL" not in {clock.rule for clock in running_clocks(store, store.clock(), stay.patient)}
    discharge(store, stay.id)
    assert "FOLLOW-UP-CALL" in {clock.rule for clock in running_clocks(store, store.clock(), stay.patient)}
    plan = plan_of(store, stay.id)
    assert plan is not None
    record_call(store, plan, Call(reached=True, symptoms="Walks to the mailbox"))
    assert "FOLLOW-UP-CALL" not in {clock.rule for clock in running_clocks(store, store.clock(), stay.patient)}
    assert "FOLLOW-UP-CALL" not in {clock.rule for clock in running_clocks(store, store.clock())}


def test_the_important_message_runs_from_admission(clinical_store: Store, stay: Episode) -> None:
    store = clinical_store
    plan = save_plan(store, a_plan(stay, medicare=True))
    assert "IMM-FIRST" in {clock.rule for clock in running_clocks(store, store.clock(), stay.patient)}
    save_plan(store, msgspec.structs.replace(plan, imm_first_at=store.clock()))
    assert "IMM-FIRST" not in {clock.rule for clock in running_clocks(store, store.clock(), stay.patient)}
