"""Two laptops without a server: what one seals for the other, the other alone opens, and merges as a server would."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from liaison_desktop.errors import Damaged, Refused
from liaison_desktop.msl.directory.record import Institution
from liaison_desktop.msl.materials.record import Material, MaterialVersion
from liaison_desktop.msl.visits.record import Visit
from liaison_desktop.msl.workspace import SCHEMA
from liaison_desktop.records import new_id
from liaison_desktop.store import Actor, Device, Store
from liaison_desktop.sync.handing_over import Taken, make_parcel, parcel_given, take_parcel
from liaison_desktop.sync.laptops import Address, add_laptop, forget_laptop, known_laptops, own_address, read_address
from tests import builders
from tests.fakes import Clock


def a_laptop(folder: Path, name: str, clock: Clock) -> Store:
    device, actor = Device(id=new_id(), name=f"{name}'s laptop", prefix="T"), Actor(id=new_id(), name=name)
    return Store.create(folder, SCHEMA, builders.a_key(), actor=actor, device=device, clock=clock)


def address(store: Store) -> Address:
    return own_address(store.central, store.device.name, store.schema.name)


@pytest.fixture
def pair(tmp_path: Path, clock: Clock) -> Iterator[tuple[Store, Store]]:
    """Two laptops that have exchanged addresses as text."""
    anna, ben = a_laptop(tmp_path / "anna", "Anna", clock), a_laptop(tmp_path / "ben", "Ben", clock)
    add_laptop(anna.central, read_address(address(ben).text, "msl"))
    add_laptop(ben.central, read_address(address(anna).text, "msl"))
    yield anna, ben
    anna.close()
    ben.close()


def give(sender: Store, receiver: Store) -> Taken:
    to = address(receiver)
    content, _count = make_parcel(sender, to)
    parcel_given(sender, to)
    return take_parcel(receiver, content)


def test_records_go_over_once(pair: tuple[Store, Store]) -> None:
    anna, ben = pair
    visit = anna.save(Visit(notes="She asked about dosing."))
    hospital = anna.save(Institution(name="Northlake"))
    assert give(anna, ben).shown == 2
    assert (ben.get(Visit, visit.id), ben.get(Institution, hospital.id)) == (visit, hospital)
    assert [hit.id for hit in ben.search("dosing")] == [visit.id]
    assert [version.actor for version in ben.versions(visit.id)] == ["Anna"]
    assert make_parcel(anna, address(ben))[1] == 0
    again = take_parcel(ben, make_parcel(anna, address(ben), everything=True)[0])
    assert (again.shown, again.known) == (0, 2)
    assert ben.verify().verified


def test_changes_go_back_and_forth(pair: tuple[Store, Store]) -> None:
    anna, ben = pair
    visit = anna.save(Visit(notes="one"))
    give(anna, ben)
    second = ben.save(msgspec.structs.replace(ben.get(Visit, visit.id), notes="two"))
    give(ben, anna)
    assert anna.get(Visit, visit.id) == second
    anna.remove(second, reason="made twice")
    give(anna, ben)
    assert ben.find(Visit, visit.id) is None


def test_two_fields_are_merged_and_both_laptops_agree(pair: tuple[Store, Store]) -> None:
    anna, ben = pair
    visit = anna.save(Visit(notes="one"))
    give(anna, ben)
    anna.save(msgspec.structs.replace(anna.get(Visit, visit.id), notes="two"))
    ben.save(msgspec.structs.replace(ben.get(Visit, visit.id), heading="Room 4"))
    assert give(anna, ben).merged == 1
    merged = ben.get(Visit, visit.id)
    assert (merged.notes, merged.heading) == ("two", "Room 4")
    give(ben, anna)
    assert anna.get(Visit, visit.id) == merged


def test_one_field_changed_twice_waits_for_a_person(pair: tuple[Store, Store]) -> None:
    anna, ben = pair
    visit = anna.save(Visit(notes="one"))
    give(anna, ben)
    anna.save(msgspec.structs.replace(anna.get(Visit, visit.id), notes="hers"))
    mine = ben.save(msgspec.structs.replace(ben.get(Visit, visit.id), notes="his"))
    assert give(anna, ben).conflicts == 1
    assert ben.get(Visit, visit.id) == mine
    (dispute,) = ben.central.disputes()
    assert (dispute.fields, dispute.head, dispute.side_by) == (("notes",), mine.version, "Anna")
    with ben.transaction("decided") as transaction:
        kept = transaction.save(msgspec.structs.replace(mine, notes="both"), decides=(dispute.side,))
    assert ben.central.disputes() == ()
    give(ben, anna)
    assert anna.get(Visit, visit.id) == kept
    assert anna.central.disputes() == ()


def test_a_file_goes_with_the_record_that_names_it(pair: tuple[Store, Store]) -> None:
    anna, ben = pair
    with anna.transaction() as transaction:
        name = transaction.attach(b"%PDF-1.7 a label", most=1000)
        transaction.save(Material(name="Label", versions=(MaterialVersion(sha256=name),)))
    give(anna, ben)
    assert ben.attachments.get(name) == b"%PDF-1.7 a label"


def test_it_opens_nowhere_else_and_nothing_of_it_can_be_changed(
    pair: tuple[Store, Store], tmp_path: Path, clock: Clock
) -> None:
    anna, ben = pair
    anna.save(Visit(notes="Canary-Okonkwo"))
    content, _count = make_parcel(anna, address(ben))
    assert b"Canary" not in content
    third = a_laptop(tmp_path / "third", "Third", clock)
    add_laptop(third.central, address(anna))
    with pytest.raises(Refused, match="another laptop"):
        take_parcel(third, content)
    third.close()
    for at in range(0, len(content), max(1, len(content) // 150)):
        changed = bytearray(content)
        changed[at] ^= 1
        with pytest.raises((Damaged, Refused)):
            take_parcel(ben, bytes(changed))
    for cut in (0, 10, 40, len(content) - 1):
        with pytest.raises(Damaged):
            take_parcel(ben, content[:cut])
    assert ben.all(Visit) == ()


def test_it_runs_out(pair: tuple[Store, Store], clock: Clock) -> None:
    anna, ben = pair
    anna.save(Visit(notes="one"))
    content, _count = make_parcel(anna, address(ben))
    clock.tick(dt.timedelta(days=15).total_seconds())
    with pytest.raises(Refused, match="14 days"):
        take_parcel(ben, content)


def test_a_laptop_that_is_not_known_gives_nothing(pair: tuple[Store, Store]) -> None:
    anna, ben = pair
    anna.save(Visit(notes="one"))
    content, _count = make_parcel(anna, address(ben))
    forget_laptop(ben.central, address(anna))
    assert known_laptops(ben.central) == ()
    with pytest.raises(Refused, match="not added"):
        take_parcel(ben, content)


@pytest.mark.parametrize("text", ["", "liaison://laptop?n=&w=msl", "https://x", "liaison://laptop?n=a&w=msl&x=zz&s=1"])
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        read_address(text, "msl")


def test_the_two_workspaces_never_exchange(pair: tuple[Store, Store]) -> None:
    with pytest.raises(Refused, match="other kind"):
        read_address(address(pair[0]).text, "clinical")
