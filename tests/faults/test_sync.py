"""Laptops and a server in processes of their own, killed, cut off, copied and restored: nothing saved is lost or doubled.

`LIAISON_OPERATIONS=20000` runs the long trial.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.office import Office

OPERATIONS = int(os.environ.get("LIAISON_OPERATIONS", "2000"))
# What a laptop may be told while servers come and go; anything else is a fault of one of the two.
EXPECTED = {"unreachable", "problem busy", "problem epoch"}
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
        if count % max(40, step // 4) == 17:
            office.kill_server()
            office.start_server()
        if count % max(60, step // 3) == 31:
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
    assert set(office.heard) <= EXPECTED
    assert len(office.acknowledged) > OPERATIONS // 2
