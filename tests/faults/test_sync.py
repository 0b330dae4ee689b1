"""Laptops and a server in processes of their own, killed, cut off, copied and restored: nothing saved is lost or doubled.

`LIAISON_OPERATIONS=20000` runs the long trial.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.faults.office import Office, dies
from tests.server.conftest import fresh_schema, postgres

OPERATIONS = int(os.environ.get("LIAISON_OPERATIONS", "2000"))
# What a laptop may be told while servers come and go; anything else is a fault of one of the two.
EXPECTED = {"unreachable", "problem busy", "problem epoch"}
# Module, attribute, and whether it still does its work before it dies.
LAPTOP_MOMENTS = [
    ("liaison_desktop.store.central.receiving:Receiving", "read_to", False),  # rows applied, the cursor not yet
    ("liaison_desktop.sync.pushing", "_keep", False),  # the server has it, the laptop does not know
    ("liaison_desktop.store.central.receiving:Receiving", "acknowledged", True),  # written, not committed
]
SERVER_MOMENTS = [
    ("liaison_desktop.server.receiving", "_take_in", True),  # everything written, nothing committed
    ("liaison_desktop.server.receiving", "receive", True),  # committed, no reply
    ("liaison_desktop.server.pulling", "_note", True),  # the journal says it was sent, and it was not
]
__all__ = ["postgres"]
pytestmark = [pytest.mark.expects_socket, pytest.mark.timeout(120 + OPERATIONS // 10)]


@pytest.fixture
def make_office(tmp_path: Path) -> Iterator[Callable[..., Office]]:
    """Makes offices: `make_office()` is one whose server has an SQLite file."""
    made: list[Office] = []

    def make(url: str = "", *, seed: int = 1) -> Office:
        made.append(Office(tmp_path / f"office-{len(made)}", url, seed=seed))
        return made[-1]

    yield make
    for office in made:
        office.close()


def test_everything_at_once(make_office: Callable[..., Office]) -> None:
    """Killed clients and servers, a bad line, clocks ten years off, a cloned laptop, a server restored from a copy."""
    office = make_office()
    office.start_server()
    for name, years in (("Anna", 10), ("Anna", 0), ("Ben", -10)):
        office.admit(name, years=years)
    office.bad.set()
    for number in range(3):
        office.begin(number, OPERATIONS // 3)
    step = OPERATIONS // 10
    for count in office.happenings():
        if count % max(40, step // 2) == 17:
            office.kill_server()
            office.start_server()
        if count % max(60, step // 2) == 31:
            running = office.running()
            number = running[count % len(running)] if running else 0
            if rest := office.kill(number):
                office.begin(number, rest)
        if count == 3 * step:
            office.back_up("one.db")
        if count == 5 * step:
            office.clone(0)
        if count == 7 * step:
            office.restore("one.db")
    assert office.settle() == []
    assert office.died == []
    assert set(office.heard) <= EXPECTED
    assert len(office.acknowledged) > OPERATIONS // 2


@pytest.mark.parametrize("at", [1, 3])
def test_at_the_worst_moments(make_office: Callable[..., Office], at: int) -> None:
    """Each moment between two steps that belong together, on the laptop and on the server, once early and once later."""
    office = make_office(seed=at)
    office.start_server()
    for name in ("Anna", "Ben"):
        office.admit(name)
    for moment in LAPTOP_MOMENTS:
        office.begin(0, 40, functools.partial(dies, *moment, at))
        office.begin(1, 20)
        for _count in office.happenings():
            pass
    for moment in SERVER_MOMENTS:
        office.kill_server()
        office.start_server(functools.partial(dies, *moment, at))
        for number in (0, 1):
            office.begin(number, 40)
        for _count in office.happenings():
            pass
    assert office.died == [-9] * (len(LAPTOP_MOMENTS) + len(SERVER_MOMENTS))
    assert office.settle() == []
    assert set(office.heard) <= EXPECTED


def test_a_database_that_ends_its_connections(make_office: Callable[..., Office], postgres: str) -> None:
    """PostgreSQL's backends are terminated in the middle of everything."""
    office = make_office(f"{fresh_schema(postgres)}&application_name=trial")
    office.start_server()
    for name in ("Anna", "Ben"):
        office.admit(name)
    office.bad.set()
    for number in (0, 1):
        office.begin(number, 100)
    engine = sa.create_engine("postgresql+psycopg://" + postgres.split("://", 1)[1])
    ended = 0
    for count in office.happenings():
        if count % 4 == 0:
            with engine.begin() as connection:
                query = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'trial'"
                ended += connection.exec_driver_sql(query).scalar_one()
    engine.dispose()
    assert ended > 0
    assert office.died == []
    assert office.settle() == []
    assert set(office.heard) <= EXPECTED
