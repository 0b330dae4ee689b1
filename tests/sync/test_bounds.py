"""Where there is too much: a full disk on either side, and answers that end before everything was in them."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa

from liaison_desktop.errors import DiskFull
from liaison_desktop.msl.visits.record import Visit
from liaison_desktop.server import backups
from liaison_desktop.server.database import Database, open_database
from liaison_desktop.sync import wire
from liaison_desktop.sync.conversation import Objection
from tests.server.conftest import Central
from tests.sync.agreement import disagreements
from tests.sync.desks import Desk

Make = Callable[[str], Desk]


@contextlib.contextmanager
def full(engine: sa.Engine, *, spare: int) -> Iterator[None]:
    """The disk under a database has room for so many pages more and then for none."""

    def limit(connection: sa.Connection) -> None:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {min(pages + spare, most)}")

    with engine.connect() as connection:
        most = connection.exec_driver_sql("PRAGMA page_count").scalar_one() + spare
    sa.event.listen(engine, "begin", limit)
    try:
        yield
    finally:
        sa.event.remove(engine, "begin", limit)
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 4294967294")
        engine.dispose()


def a_lot(desk: Desk, count: int = 60) -> None:
    """More than a few pages of records."""
    for number in range(count):
        desk.store.save(Visit(notes=f"{number} " * 800))


@pytest.mark.parametrize("spare", [2, 20, 60])
def test_a_full_laptop_stops_between_two_records_and_goes_on(make_desk: Make, central: Central, spare: int) -> None:
    anna, ben = make_desk("Anna"), make_desk("Ben")
    mine = ben.store.save(Visit(notes="his own"))
    a_lot(anna)
    anna.sync()
    with full(ben.store._engine, spare=spare), pytest.raises(DiskFull):
        ben.sync()
    assert ben.store.get(Visit, mine.id) == mine
    assert ben.store.verify().verified
    for desk in (ben, anna, ben):
        desk.sync()
    assert disagreements(central.database, [anna.store, ben.store]) == []


@pytest.mark.expects_log
@pytest.mark.parametrize("spare", [1, 6])
def test_a_full_server_acknowledges_nothing_it_has_not(make_desk: Make, central: Central, spare: int) -> None:
    anna, ben = make_desk("Anna"), make_desk("Ben")
    a_lot(anna)
    waited = anna.store.central.outbox().lines
    with full(central.database.engine, spare=spare), pytest.raises(Objection) as told:
        anna.sync()
    assert told.value.told.code is wire.ProblemCode.BUSY
    assert anna.store.central.outbox().lines == waited
    for desk in (anna, ben, anna):
        desk.sync()
    assert disagreements(central.database, [anna.store, ben.store]) == []


def come_back(central: Central, copy: str) -> Database:
    """The server restored from a copy, in the same process."""
    folder, keys, clock = central.database.folder, central.database.keys, central.clock
    central.database.close()
    backups.restore(folder / copy, folder, keys)
    database = open_database("", folder, keys, clock=clock)
    backups.begin_again(database)
    return database


def test_a_comparison_fetches_all_it_wants(make_desk: Make, central: Central) -> None:
    """What differs is more than one answer holds: the rest is asked for again, and nothing is called equal before it is."""
    anna, ben = make_desk("Anna"), make_desk("Ben")
    a_lot(anna, 3)
    for number in range(60):
        anna.store.save(Visit(notes=f"{number} " + "x" * 60_000))
    anna.sync()
    ben.sync()
    with ben.store._engine.execution_options(writing=True).begin() as connection:
        connection.exec_driver_sql("DELETE FROM central_head")
        connection.exec_driver_sql("UPDATE central_feed SET digest = ?", ("0" * 64,))
        connection.exec_driver_sql("DELETE FROM visit")
    ben.line.asked.clear()
    ben.sync()
    assert ben.line.asked.count("POST /sync/v1/fetch") > 1
    assert disagreements(central.database, [anna.store, ben.store]) == []


def test_a_conflict_the_server_forgot_is_not_open_for_ever(make_desk: Make, central: Central) -> None:
    """The server comes back from before a conflict; it arises anew the other way round, and is one conflict for all."""
    anna, ben = make_desk("Anna"), make_desk("Ben")
    visit = anna.store.save(Visit(notes="one"))
    for desk in (anna, ben):
        desk.sync()
    backups.back_up(central.database, central.database.folder / "copy.db")
    for desk, words in ((anna, "hers"), (ben, "his")):
        desk.store.save(Visit(id=visit.id, version=visit.version, notes=words))
        desk.sync()
    anna.sync()
    assert len(anna.store.central.disputes()) == len(ben.store.central.disputes()) == 1
    database = come_back(central, "copy.db")
    again = Central(database, central.clock)
    for desk in (anna, ben):
        desk.line.wire = again.wire
    for desk in (ben, anna, ben):
        desk.sync()
    assert [len(desk.store.central.disputes()) for desk in (anna, ben)] == [1, 1]
    assert disagreements(database, [anna.store, ben.store]) == []
    again.close()
