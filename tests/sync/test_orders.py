"""Orders: only our organisation's are obeyed; a wipe takes the keys first, and is told to whoever asked for it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from liaison_desktop.errors import TurnedAway
from liaison_desktop.msl.visits.record import Visit
from liaison_desktop.security.slot_file import Person, slot_path
from liaison_desktop.server import orders
from liaison_desktop.server.tables import device, order
from liaison_desktop.shell.places import Places
from liaison_desktop.sync import signed
from liaison_desktop.sync.account import account_of, key_of
from liaison_desktop.sync.obeying import Act, duty_of, fetch_order, report_done
from tests.fakes import Clock
from tests.security.rings import MemoryKeyring
from tests.server.conftest import Central
from tests.sync.desks import Desk

Make = Callable[[str], Desk]


def tell(central: Central, desk: Desk, act: orders.Act) -> None:
    account = account_of(desk.store.central)
    assert account is not None
    central.database.writing(
        lambda connection: orders.give_order(connection, central.database, account.device, act, "Nora")
    )
    if act is orders.Act.WIPE:
        central.database.writing(
            lambda connection: orders.confirm_order(connection, central.database, account.device, "Olu")
        )


@pytest.mark.parametrize("act", list(orders.Act))
def test_an_order_comes_with_the_hello_and_nothing_else_is_done(
    make_desk: Make, central: Central, act: orders.Act
) -> None:
    desk = make_desk("Anna")
    tell(central, desk, act)
    desk.store.save(Visit(notes="one"))
    done = desk.sync()
    assert done.order is not None
    account = account_of(desk.store.central)
    assert account is not None
    duty = duty_of(done.order, account, key_of(desk.store.central))
    assert duty is not None
    assert duty.act == Act(act.value)


def test_a_revoked_laptop_fetches_its_order_and_reports(make_desk: Make, central: Central) -> None:
    desk = make_desk("Anna")
    tell(central, desk, orders.Act.WIPE)
    account, key = account_of(desk.store.central), key_of(desk.store.central)
    assert account is not None
    central.database.writing(lambda connection: orders.revoke(connection, central.database, account.device, "Nora"))
    with pytest.raises(TurnedAway):
        desk.sync()
    told = fetch_order(desk.conversation(), account, key)
    assert told is not None
    duty = duty_of(told, account, key)
    assert duty is not None
    report_done(desk.conversation(), duty)
    with central.database.reading() as connection:
        assert connection.execute(order.select()).mappings().one()["done"] is not None
        assert connection.execute(device.select()).mappings().one()["state"] == "wiped"


def test_an_order_of_somebody_else_is_no_order(make_desk: Make, central: Central) -> None:
    desk = make_desk("Anna")
    tell(central, desk, orders.Act.WIPE)
    told = desk.sync().order
    account, key = account_of(desk.store.central), key_of(desk.store.central)
    assert told is not None
    assert account is not None
    private = signed.new_key()
    forged = msgspec.structs.replace(told, signature=signed.sign(private, signed.order_message(told)))
    assert duty_of(forged, account, key) is None
    assert duty_of(msgspec.structs.replace(told, act="lock"), account, key) is None
    assert duty_of(msgspec.structs.replace(told, device=uuid.uuid4()), account, key) is None
    assert duty_of(msgspec.structs.replace(told, signature=""), account, key) is None


def test_a_destroyed_store_leaves_nothing_and_its_keys_go_first(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = Places(tmp_path, clock=clock, keyring=MemoryKeyring())
    person = Person(id=uuid.uuid4(), name="Anna", credential="PharmD", role="MSL")
    place, _recovery = places.begin("msl", person, "seven purple otters dance")
    (place.folder / "msl.db").write_bytes(b"x" * 9000)
    (place.folder / "backups").mkdir()
    (place.folder / "backups" / "one.db").write_bytes(b"y")
    places.finished(place)

    def fails(_folder: Path) -> None:
        raise OSError("the disk went away")

    with monkeypatch.context() as broken:
        broken.setattr("liaison_desktop.shell.places.destroy_files", fails)
        with pytest.raises(OSError, match="went away"):
            places.destroy(place)
    assert not list(place.folder.glob("*slots*"))
    assert not slot_path(place.folder, "msl").exists()
    places.destroy(place)
    assert not place.folder.exists()
    assert places.all() == ()
