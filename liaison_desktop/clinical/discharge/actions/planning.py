"""Keeping the plan while it grows, and asking the patient to say back what was explained."""

from __future__ import annotations

import msgspec

from liaison_desktop.clinical.consents.record import TeachBackState
from liaison_desktop.clinical.discharge.record import Area, AreaCode, DischargePlan
from liaison_desktop.clinical.people.actions import require
from liaison_desktop.errors import Refused
from liaison_desktop.store import Store


def save_plan(store: Store, plan: DischargePlan) -> DischargePlan:
    """Keep the plan as it is; nothing in it is needed before the step that asks for it. Raises Refused, Stale."""
    require(store, "record_clinical")
    if faults := plan.faults():
        raise Refused(faults)
    return store.save(plan)


def teach(store: Store, plan: DischargePlan, code: AreaCode, state: TeachBackState, words: str) -> DischargePlan:
    """How clear one area was, in the patient's own words; each call is one attempt.

    An area that was not clear before can only become clear after re-explaining, whatever was pressed.
    """
    held = plan.area(code)
    again = held.state in (TeachBackState.NOT_OK, TeachBackState.OK_AFTER_RETEACH)
    now = TeachBackState.OK_AFTER_RETEACH if again and state is TeachBackState.OK_FIRST else state
    taught = Area(area=code, state=now, attempts=held.attempts + 1, words=words, at=store.clock(), by=store.actor.name)
    areas = tuple(taught if one.area is code else one for one in plan.areas)
    return save_plan(store, msgspec.structs.replace(plan, areas=areas))
