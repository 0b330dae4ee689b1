"""A store's slots with one person, as cheap to open as the product allows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from liaison_desktop.records import new_id
from liaison_desktop.security.passphrase import Cost
from liaison_desktop.security.slot_file import Person
from liaison_desktop.security.slots import KeySlots
from tests.fakes import Clock
from tests.security.rings import MemoryKeyring

CHEAP = Cost(memory_kib=19 * 1024, passes=1, lanes=1)
SECRET = "kadu mosi tepa vilo"


@pytest.fixture
def anna() -> Person:
    return Person(id=new_id(), name="Anna Synthetic", credential="RN", role="Clinical liaison")


@pytest.fixture
def ring() -> MemoryKeyring:
    return MemoryKeyring()


@pytest.fixture
def made(tmp_path: Path, anna: Person, clock: Clock, ring: MemoryKeyring) -> tuple[KeySlots, str]:
    return KeySlots.create(tmp_path, "clinical", anna, SECRET, clock=clock, keyring=ring, cost=CHEAP)


@pytest.fixture
def again(tmp_path: Path, clock: Clock, ring: MemoryKeyring) -> Callable[[], KeySlots]:
    """Read the slots from the disk, as after a restart."""
    return lambda: KeySlots.load(tmp_path, "clinical", clock=clock, keyring=ring, cost=CHEAP)
