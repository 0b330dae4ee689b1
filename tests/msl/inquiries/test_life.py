"""Every step of an inquiry's life that is allowed, and every other one refused by the store itself."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import msgspec
import pytest

from liaison_desktop.errors import Refused
from liaison_desktop.msl.inquiries import actions
from liaison_desktop.msl.inquiries.record import InquiryStatus, MedicalInquiry, Urgency
from liaison_desktop.store import Store
from tests.msl.builders import World, a_world
from tests.msl.inquiries.builders import a_reply, an_inquiry, in_progress, signed

S = InquiryStatus
LIFE = {
    S.DRAFT: {S.SIGNED, S.SUBMITTED, S.WITHDRAWN},
    S.SIGNED: {S.SUBMITTED, S.WITHDRAWN},
    S.SUBMITTED: {S.ACKNOWLEDGED, S.REJECTED, S.WITHDRAWN},
    S.ACKNOWLEDGED: {S.IN_PROGRESS, S.REJECTED, S.WITHDRAWN},
    S.IN_PROGRESS: {S.RESPONDED, S.REJECTED, S.WITHDRAWN},
    S.RESPONDED: {S.DELIVERED, S.WITHDRAWN},
    S.DELIVERED: {S.CLOSED},
    S.CLOSED: set(),
    S.REJECTED: {S.DRAFT, S.WITHDRAWN},
    S.WITHDRAWN: set(),
}


def _submitted(store: Store, world: World) -> MedicalInquiry:
    return actions.submit_inquiry(store, signed(store, world))


def _responded(store: Store, world: World) -> MedicalInquiry:
    inquiry = in_progress(store, world)
    return actions.record_response(store, inquiry, a_reply(inquiry))


def _delivered(store: Store, world: World) -> MedicalInquiry:
    return actions.deliver(store, _responded(store, world), "Handed over")


AT: dict[InquiryStatus, Callable[[Store, World], MedicalInquiry]] = {
    S.DRAFT: lambda store, world: actions.ready_for_signature(store, an_inquiry(store, world)),
    S.SIGNED: signed,
    S.SUBMITTED: _submitted,
    S.ACKNOWLEDGED: lambda store, world: actions.acknowledge(store, _submitted(store, world)),
    S.IN_PROGRESS: in_progress,
    S.RESPONDED: _responded,
    S.DELIVERED: _delivered,
    S.CLOSED: lambda store, world: actions.close(store, _delivered(store, world)),
    S.REJECTED: lambda store, world: actions.send_back(store, _submitted(store, world), "Which formulation?"),
    S.WITHDRAWN: lambda store, world: actions.withdraw(store, _submitted(store, world), "Asked by mistake"),
}


@pytest.mark.parametrize(("here", "there"), list(itertools.permutations(S, 2)), ids=lambda state: state.value)
def test_only_the_steps_of_its_life_are_taken(msl_store: Store, here: S, there: S) -> None:
    inquiry = AT[here](msl_store, a_world(msl_store))
    assert inquiry.status is here
    wanted = msgspec.structs.replace(inquiry, status=there, withdraw_reason=inquiry.withdraw_reason or "Asked twice")
    if there in LIFE[here] and not (here is S.DRAFT and there in (S.SIGNED, S.SUBMITTED)):
        assert msl_store.save(wanted).status is there
        return
    # A draft becomes signed or submitted with its signature or the reason why there is none, and no other way.
    with pytest.raises(Refused):
        msl_store.save(wanted)
    assert msl_store.get(MedicalInquiry, inquiry.id).status is here


def test_what_is_urgent_for_patients_is_due_sooner(msl_store: Store) -> None:
    world = a_world(msl_store)
    urgent = actions.submit_inquiry(msl_store, signed(msl_store, world, urgency=Urgency.URGENT))
    plain = _submitted(msl_store, world)
    assert urgent.due_at is not None
    assert plain.due_at is not None
    assert ((urgent.due_at - msl_store.clock()).days, (plain.due_at - msl_store.clock()).days) == (1, 10)
