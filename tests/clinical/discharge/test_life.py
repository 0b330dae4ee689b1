"""Whatever is done in whatever order, a stay is in no state whose guard does not hold in the record at that moment."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liaison_desktop.clinical.checklists.record import Checklist, ChecklistStatus
from liaison_desktop.clinical.concerns.record import Concern
from liaison_desktop.clinical.consents.record import TeachBackState
from liaison_desktop.clinical.discharge.actions import (
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
from liaison_desktop.clinical.discharge.record import AreaCode, Call, DischargePlan
from liaison_desktop.clinical.episodes.record import Episode, EpisodeState
from liaison_desktop.clinical.medications.record import MedicationHistory
from liaison_desktop.clinical.workspace import SCHEMA
from liaison_desktop.errors import LiaisonError
from liaison_desktop.store import Store
from tests import builders
from tests.clinical.discharge.staying import a_finished_checklist, a_patient, a_plan, a_stay, the_list_is_given

S = EpisodeState
ACTS = (
    "plan", "planning", "unclear", "clear", "list", "concern", "discharge", "miss", "reach", "close", "ama", "died",
    "forget_contact", "checklist",
)  # fmt: skip


def held(store: Store, stay: Episode) -> DischargePlan:
    """The plan as it is, or a new one with hardly anything in it."""
    return plan_of(store, stay.id) or DischargePlan(patient=stay.patient, episode=stay.id)


def whole(store: Store, stay: Episode) -> DischargePlan:
    """The plan with everything in it, as a new version of what is there."""
    now = held(store, stay)
    return msgspec.structs.replace(a_plan(stay), id=now.id, version=now.version, calls=now.calls)


def act(store: Store, stay: Episode, name: str) -> None:
    """Try one thing; what is refused changes nothing."""
    ways: dict[str, Callable[[], object]] = {
        "plan": lambda: save_plan(store, whole(store, stay)),
        "checklist": lambda: store.save(a_finished_checklist(store, stay)),
        "planning": lambda: begin_planning(store, stay.id),
        "unclear": lambda: teach(store, held(store, stay), AreaCode.WARNINGS, TeachBackState.NOT_OK, "?"),
        "clear": lambda: teach(store, held(store, stay), AreaCode.WARNINGS, TeachBackState.OK_FIRST, "I call"),
        "list": lambda: the_list_is_given(store, stay),
        "concern": lambda: store.save(Concern(patient=stay.patient, episode=stay.id, words="Who feeds my cat?")),
        "discharge": lambda: discharge(store, stay.id),
        "miss": lambda: record_call(store, held(store, stay), Call(reached=False)),
        "reach": lambda: record_call(store, held(store, stay), Call(reached=True, symptoms="Well")),
        "close": lambda: close_stay(store, stay.id),
        "ama": lambda: leave_against_advice(store, stay.id),
        "died": lambda: end_stay(store, stay.id, S.EXPIRED, reason="As the ward told"),
        "forget_contact": lambda: save_plan(store, msgspec.structs.replace(held(store, stay), contact_phone="")),
    }  # fmt: skip
    try:
        ways[name]()
    except LiaisonError:
        return


def wrong(store: Store, stay: Episode, before: EpisodeState, concerns: int) -> str:
    """What a second reading of the rules finds wrong with the state that was just reached; nothing if all is well."""
    now, plan = store.get(Episode, stay.id).state, plan_of(store, stay.id)
    if now is before:
        return ""
    if now is S.DISCHARGE_PLANNING:
        return "" if plan and plan.destination is not None and plan.caregiver else "planned without where to or who"
    if now is S.DISCHARGED:
        facts = (
            plan is not None and all(area.clear for area in plan.areas) and bool(plan.contact_phone),
            any(one.given_at for one in store.all(MedicationHistory)),
            any(one.status is ChecklistStatus.COMPLETED for one in store.all(Checklist)),
            not concerns,
        )
        return "" if all(facts) else f"left although clear, listed, checked, no concern are {facts}"
    if now is S.CLOSED and before is S.FOLLOW_UP:
        called = plan is not None and (plan.followed_up or len(plan.calls) >= 3)
        return "" if called else "closed without a call"
    return ""


NEARLY = ("plan", "planning", "list", "checklist")  # after these only what a sequence adds stands in the way


@settings(max_examples=16, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(st.sampled_from(ACTS), min_size=1, max_size=8))
def test_no_order_of_acts_gets_past_a_guard(tmp_path_factory: object, names: list[str]) -> None:
    folder: Path = tmp_path_factory.mktemp("stay")  # type: ignore[attr-defined]
    store = Store.create(folder, SCHEMA, builders.a_key(), actor=builders.an_actor(), device=builders.a_device())
    try:
        stay = a_stay(store, a_patient(store))
        for name in (*NEARLY, *names, "discharge", *reversed(names), "close"):
            before = store.get(Episode, stay.id).state
            act(store, stay, name)
            assert wrong(store, stay, before, len(store.all(Concern))) == "", name
    finally:
        store.close()


def test_the_whole_way_is_among_them(clinical_store: Store) -> None:
    stay = a_stay(clinical_store, a_patient(clinical_store))
    for name in ("plan", "planning", "list", "checklist", "discharge", "miss", "reach", "close"):
        act(clinical_store, stay, name)
    assert clinical_store.get(Episode, stay.id).state is S.CLOSED
