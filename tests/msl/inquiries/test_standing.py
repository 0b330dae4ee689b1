"""Standing requests and SIUU packages: their ends, OFF-7 and OFF-8."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from liaison_desktop.errors import Refused
from liaison_desktop.msl.inquiries import actions
from liaison_desktop.msl.inquiries.queries import expiring, standing_requests
from liaison_desktop.msl.inquiries.record import (
    Disclosure,
    RequestStatus,
    ScientificInterest,
    SiuuPackage,
    SourceKind,
    Standing,
    StandingRequest,
)
from liaison_desktop.msl.inquiries.rules import months_later, package_fault, standing_fault
from liaison_desktop.msl.materials.record import Material, MaterialVersion
from liaison_desktop.policies import load_policy
from liaison_desktop.store import Store
from tests.fakes import Clock
from tests.msl.builders import World, a_world


def a_request(store: Store, world: World) -> StandingRequest:
    fresh = actions.new_request(
        store, person_id=world.person.id, topic_id=world.off_label.id, text="New data on renal dosing, as they come"
    )
    return actions.record_request(store, fresh, topic_id=world.off_label.id)


def a_package(world: World, **changes: object) -> SiuuPackage:
    package = SiuuPackage(
        name="Renal dosing reprint",
        product_id=world.approved.id,
        source_kind=SourceKind.REPRINT,
        source="Reyes et al. 2024",
        approval_ref="SIUU-2026-014",
        disclosures=tuple(Disclosure),
    )
    return msgspec.structs.replace(package, **changes)


def test_it_holds_a_year_and_cites_its_interest(msl_store: Store, clock: Clock) -> None:
    world = a_world(msl_store)
    one, other = a_request(msl_store, world), a_request(msl_store, world)
    assert one.expires_on == dt.date(2027, 11, 19)
    assert one.subject == "Renal dosing, Velacor"
    assert one.interest_id == other.interest_id
    assert len(msl_store.all(ScientificInterest)) == 1


def test_what_was_asked_stays_and_it_is_kept(msl_store: Store) -> None:
    request = a_request(msl_store, a_world(msl_store))
    for changes in ({"text": "everything"}, {"expires_on": dt.date(2030, 1, 1)}):
        with pytest.raises(Refused):
            msl_store.save(msgspec.structs.replace(request, **changes))
    with pytest.raises(Refused):
        msl_store.remove(request, reason="mine")


def test_renewed_and_withdrawn(msl_store: Store, clock: Clock) -> None:
    request = a_request(msl_store, a_world(msl_store))
    clock.tick(330 * 86_400)
    assert request.standing(clock.today(), 60) is Standing.EXPIRING
    assert expiring(msl_store, clock.today(), 60) == (request,)
    fresh = actions.renew_request(msl_store, request)
    assert fresh.renewed_from_id == request.id
    assert fresh.expires_on == months_later(clock.today(), 12)
    assert msl_store.get(StandingRequest, request.id).status is RequestStatus.RENEWED
    assert not expiring(msl_store, clock.today(), 60)
    with pytest.raises(Refused):
        actions.withdraw_request(msl_store, fresh, "")
    gone = actions.withdraw_request(msl_store, fresh, "Moved to another field")
    assert gone.standing(clock.today(), 60) is Standing.WITHDRAWN
    assert len(standing_requests(msl_store)) == 2


def test_off_8_on_the_day_of_the_visit(msl_store: Store) -> None:
    request = a_request(msl_store, a_world(msl_store))
    policy = load_policy("msl")
    assert standing_fault(request, dt.date(2027, 11, 19), policy, "x") is None
    fault = standing_fault(request, dt.date(2027, 11, 20), policy, "x")
    assert fault is not None
    assert fault.message == (
        "This standing request ended 19 Nov 2027. Renew it with the doctor or record a new question."
    )
    gone = actions.withdraw_request(msl_store, request, "no longer")
    assert standing_fault(gone, dt.date(2026, 11, 18), policy, "x") is None
    assert standing_fault(gone, dt.date(2026, 11, 19), policy, "x") is not None


def test_off_7_counts_what_is_missing(msl_store: Store) -> None:
    world, policy, day = a_world(msl_store), load_policy("msl"), dt.date(2026, 11, 19)
    assert package_fault(a_package(world), day, policy, "x") is None
    lacking = a_package(world, disclosures=tuple(Disclosure)[:11])
    fault = package_fault(lacking, day, policy, "x")
    assert fault is not None
    assert fault.message == "Attach the approved SIUU package; 2 disclosure(s) missing."
    none_at_all = package_fault(None, day, policy, "x")
    assert none_at_all is not None
    assert none_at_all.message == "Attach the approved SIUU package; 13 disclosure(s) missing."
    assert package_fault(a_package(world, expires_on=dt.date(2026, 11, 1)), day, policy, "x") is not None
    saved = actions.save_package(msl_store, lacking)
    assert saved.facts() == "2 disclosure(s) missing"
    with pytest.raises(Refused):
        actions.save_package(msl_store, a_package(world, approval_ref=""))


def test_months_end_on_a_day_that_exists() -> None:
    assert months_later(dt.date(2024, 2, 29), 12) == dt.date(2025, 2, 28)
    assert months_later(dt.date(2026, 12, 31), 2) == dt.date(2027, 2, 28)


def test_off_7_when_the_file_of_the_package_had_expired(msl_store: Store) -> None:
    world, policy, day = a_world(msl_store), load_policy("msl"), dt.date(2026, 11, 19)
    version = MaterialVersion(number="1", approved_on=dt.date(2026, 1, 1), expires_on=day)
    reprint = Material(name="Reprint", versions=(version,))
    package = a_package(world, material_id=reprint.id, version_id=version.id)
    held = {reprint.id: reprint}
    assert package_fault(package, day, policy, "x", held) is None
    late = package_fault(package, day + dt.timedelta(days=1), policy, "x", held)
    assert late is not None
    assert late.rule == "OFF-7"
