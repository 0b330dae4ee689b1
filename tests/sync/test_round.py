"""Two laptops and a server: what is saved on one is on the other, and nothing that goes wrong between loses or doubles it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from liaison_desktop.errors import TurnedAway, Unreachable
from liaison_desktop.msl.directory.record import Institution, Person
from liaison_desktop.msl.visits.record import Visit
from liaison_desktop.msl.workspace import SCHEMA
from liaison_desktop.server.tables import device
from liaison_desktop.sync.transport import Reply
from tests.fakes import Clock
from tests.server.conftest import Central
from tests.sync.desks import Desk, a_desk, again, fine, lost_reply, lost_request

Make = Callable[[str], Desk]


def changed(record: msgspec.Struct, **fields: object) -> msgspec.Struct:
    return msgspec.structs.replace(record, **fields)


def test_what_is_saved_on_one_laptop_is_on_the_other(make_desk: Make) -> None:
    anna, ben = make_desk("Anna"), make_desk("Ben")
    visit = anna.store.save(Visit(notes="She asked about dosing."))
    assert anna.store.central.outbox().waiting == 1
    anna.sync()
    assert anna.store.central.outbox().lines == 0
    done = ben.sync()
    assert (ben.store.get(Visit, visit.id), done.changed) == (visit, {"visit"})
    assert [hit.id for hit in ben.store.search("dosing")] == [visit.id]
    assert [version.actor for version in ben.store.versions(visit.id)] == ["Anna"]
    assert ben.store.verify().verified


def test_a_change_goes_back_and_history_is_whole_on_both(make_desk: Make) -> None:
    anna, ben = make_desk("Anna"), make_desk("Ben")
    visit = anna.store.save(Visit(notes="one"))
    anna.sync()
    ben.sync()
    second = ben.store.save(changed(ben.store.get(Visit, visit.id), notes="two"))
    ben.sync()
    anna.sync()
    assert anna.store.get(Visit, visit.id) == second
    assert [version.actor for version in anna.store.versions(visit.id)] == ["Ben", "Anna"]
    assert anna.store.version(Visit, second.version).notes == "two"
    third = anna.store.save(changed(second, notes="three"))
    anna.sync()
    ben.sync()
    assert ben.store.get(Visit, visit.id) == third
    for desk in (anna, ben):
        rows = desk.store.all(Visit)
        desk.store.rebuild()
        assert desk.store.all(Visit) == rows


def test_a_removal_travels(make_desk: Make) -> None:
    anna, ben = make_desk("Anna"), make_desk("Ben")
    visit = anna.store.save(Visit(notes="one"))
    anna.sync()
    ben.sync()
    anna.store.remove(visit, reason="made twice")
    anna.sync()
    ben.sync()
    assert ben.store.find(Visit, visit.id) is None
    assert ben.store.search("one") == ()


def test_two_fields_are_merged(make_desk: Make) -> None:
    anna, ben = make_desk("Anna"), make_desk("Ben")
    visit = anna.store.save(Visit(notes="one"))
    anna.sync()
    ben.sync()
    anna.store.save(changed(anna.store.get(Visit, visit.id), notes="two"))
    ben.store.save(changed(ben.store.get(Visit, visit.id), heading="Room 4"))
    anna.sync()
    ben.sync()
    anna.sync()
    merged = anna.store.get(Visit, visit.id)
    assert (merged.notes, merged.heading) == ("two", "Room 4")
    assert ben.store.get(Visit, visit.id) == merged
    assert ben.store.central.disputes() == ()


def test_the_same_field_keeps_both_until_a_person_decides(make_desk: Make) -> None:
    anna, ben = make_desk("Anna"), make_desk("Ben")
    visit = anna.store.save(Visit(notes="one"))
    anna.sync()
    ben.sync()
    anna.store.save(changed(anna.store.get(Visit, visit.id), notes="hers"))
    ben.store.save(changed(ben.store.get(Visit, visit.id), notes="his"))
    anna.sync()
    assert ben.store.get(Visit, visit.id).notes == "his"  # what he wrote stays until the server has decided
    ben.sync()
    (dispute,) = ben.store.central.disputes()
    assert (dispute.kind, dispute.fields) == ("visit", ("notes",))
    assert b'"his"' in dispute.side_body
    assert b'"one"' in dispute.base_body
    assert ben.store.get(Visit, visit.id).notes == "hers"
    with ben.store.transaction("decided") as transaction:
        head = ben.store.get(Visit, visit.id)
        transaction.save(changed(head, notes="hers and his"), decides=(dispute.side,))
    assert ben.store.central.disputes() == ()
    ben.sync()
    anna.sync()
    assert anna.store.get(Visit, visit.id).notes == "hers and his"
    assert anna.store.central.disputes() == () == ben.store.central.disputes()


def test_a_second_laptop_is_filled(make_desk: Make) -> None:
    first = make_desk("Anna")
    for number in range(120):
        first.store.save(Institution(name=f"Hospital {number}"))
    first.sync()
    second = make_desk("Anna")
    second.sync()
    assert second.store.all(Institution) == first.store.all(Institution)


@pytest.mark.parametrize("fault", [lost_request, lost_reply])
@pytest.mark.parametrize("at", range(6))
def test_a_cut_line_loses_and_doubles_nothing(make_desk: Make, fault: Callable[..., Reply], at: int) -> None:
    anna, ben = make_desk("Anna"), make_desk("Ben")
    visit = anna.store.save(Visit(notes="one"))
    anna.line.faults = [fine] * at + [fault]
    try:
        anna.sync()
    except Unreachable:
        anna.line.faults = []
        anna.sync()
    assert anna.store.central.outbox().lines == 0
    ben.sync()
    assert ben.store.all(Visit) == (visit,)


def test_a_sign_in_page_is_not_the_server(make_desk: Make) -> None:
    anna = make_desk("Anna")
    anna.store.save(Visit(notes="one"))

    def portal(_send: Callable[[], Reply]) -> Reply:
        return Reply(200, {"content-type": "text/html"}, b"<html>Welcome to the hotel</html>")

    def proxy(send: Callable[[], Reply]) -> Reply:
        return msgspec.structs.replace(send(), headers={"content-type": "text/html"})

    for fault in (portal, proxy):
        for at in range(5):
            anna.line.faults = [fine] * at + [fault]
            before = anna.store.central.outbox().lines
            try:
                anna.sync()
            except Unreachable:
                assert anna.store.central.outbox().lines in (before, 0)
            anna.line.faults = []
            anna.store.save(Visit(notes=f"{at}"))
    anna.sync()
    assert anna.store.central.outbox().lines == 0


def test_a_laptop_restored_from_a_copy_goes_on(make_desk: Make, central: Central, tmp_path: Path, clock: Clock) -> None:
    ben, anna = make_desk("Ben"), a_desk(tmp_path / "laptop", SCHEMA, central.wire, clock)
    anna.enrol(central.code("Anna"))
    anna.store.save(Institution(name="before the copy"))
    anna.sync()
    folder = anna.store.folder
    anna.store.close()
    shutil.copytree(folder, tmp_path / "copy")
    anna = again(folder, anna, central.wire, clock)
    anna.store.save(Institution(name="after the copy"))
    anna.sync()
    restored = again(tmp_path / "copy", anna, central.wire, clock)
    restored.store.save(Institution(name="on the restored one"))
    done = restored.sync()
    assert done.forked
    ben.sync()
    names = {one.name for one in ben.store.all(Institution)}
    assert names == {"before the copy", "after the copy", "on the restored one"}
    assert {one.name for one in restored.store.all(Institution)} == names
    anna.store.close()
    restored.store.close()


def test_a_kind_of_a_newer_version_is_kept_and_not_shown(make_desk: Make) -> None:
    anna, ben = make_desk("Anna"), make_desk("Ben")
    person = anna.store.save(Person(first_name="Hannah", last_name="Okonkwo"))
    anna.sync()
    kinds, tables = dict(ben.store.kinds), ben.store.central._tables
    ben.store.central._tables = {kind: table for kind, table in tables.items() if kind is not Person}
    ben.sync()
    assert ben.store.find(Person, person.id) is None
    assert kinds["person"] is Person
    ben.store.rebuild()


def test_a_revoked_laptop_is_turned_away(make_desk: Make, central: Central) -> None:
    anna = make_desk("Anna")
    central.database.writing(lambda connection: connection.execute(device.update().values(state="revoked")))
    with pytest.raises(TurnedAway) as told:
        anna.sync()
    assert told.value.code == "revoked"


def test_clinical_and_msl_codes_are_not_mixed(central: Central, tmp_path: Path, clock: Clock) -> None:
    desk = a_desk(tmp_path / "x", SCHEMA, central.wire, clock)
    with pytest.raises(TurnedAway):
        desk.enrol(central.code("Anna", workspace="clinical"))
    desk.store.close()
