"""A server and laptops."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from liaison_desktop.msl.workspace import SCHEMA
from tests.fakes import Clock
from tests.server.conftest import Central, make_central
from tests.sync.desks import Desk, a_desk

__all__ = ["make_central"]


@pytest.fixture
def central(make_central: Callable[[str], Central]) -> Central:
    """A server on SQLite; what it decides is tested on both databases by its own tests."""
    return make_central("")


@pytest.fixture
def make_desk(central: Central, tmp_path: Path, clock: Clock) -> Iterator[Callable[[str], Desk]]:
    """Makes enrolled laptops: `make_desk("Anna")`; twice the same name is a second laptop of that person."""
    made: list[Desk] = []

    def make(name: str = "Anna") -> Desk:
        desk = a_desk(tmp_path / f"desk-{len(made)}", SCHEMA, central.wire, clock, name)
        made.append(desk)
        desk.enrol(central.code(name))
        return desk

    yield make
    for desk in made:
        desk.store.close()
