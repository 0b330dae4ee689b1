"""The small files beside the stores: device, list of stores, durable writing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from liaison_desktop.errors import Damaged
from liaison_desktop.records import new_id
from liaison_desktop.security import atomic
from liaison_desktop.security.device import this_device
from liaison_desktop.security.manifest import Manifest, known_stores, remember_store
from liaison_desktop.security.slot_file import Person
from liaison_desktop.security.slots import KeySlots
from liaison_desktop.security.throttle import wait_after
from tests.fakes import TODAY
from tests.security.conftest import CHEAP, SECRET


def test_the_device_stays_the_same(tmp_path: Path) -> None:
    first = this_device(tmp_path, "Ward laptop")
    assert this_device(tmp_path, "Ward laptop") == first
    assert len(first.prefix) == 2


def test_a_damaged_device_file_is_kept_aside(tmp_path: Path) -> None:
    first = this_device(tmp_path, "Ward laptop")
    (tmp_path / "device.json").write_bytes(b"{")
    assert this_device(tmp_path, "Ward laptop").id != first.id
    assert (tmp_path / "device.json.damaged").read_bytes() == b"{"


def test_a_fresh_laptop_has_no_stores_and_a_lost_one_is_still_known(tmp_path: Path) -> None:
    assert known_stores(tmp_path) == ()
    made = Manifest(workspace="msl", folder="msl", store=new_id(), created=TODAY)
    remember_store(tmp_path, made)
    assert known_stores(tmp_path) == (made,)
    remember_store(tmp_path, Manifest(workspace="msl", folder="msl", store=made.store, created=TODAY, ready=False))
    assert [known.ready for known in known_stores(tmp_path)] == [False]


def test_a_lost_list_is_made_again_from_the_slot_files(tmp_path: Path) -> None:
    slots, _ = KeySlots.create(tmp_path / "msl", "msl", Person(id=new_id(), name="Anna"), SECRET, cost=CHEAP)
    assert [known.store for known in known_stores(tmp_path)] == [slots.store_id]
    (tmp_path / "stores.json").write_bytes(b"rubbish")
    assert [known.store for known in known_stores(tmp_path)] == [slots.store_id]
    (tmp_path / "msl" / "msl.slots.json").write_bytes(b"rubbish")
    assert [known.workspace for known in known_stores(tmp_path)] == ["msl"], "damaged slots still prove a store"


def test_a_damaged_list_without_any_store_says_so(tmp_path: Path) -> None:
    (tmp_path / "stores.json").write_bytes(b"\x00")
    with pytest.raises(Damaged):
        known_stores(tmp_path)


def test_a_failed_write_leaves_the_old_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.json"
    atomic.write_atomically(path, b"old", keep_previous=True)
    atomic.write_atomically(path, b"new", keep_previous=True)
    assert (path.read_bytes(), atomic.previous_of(path).read_bytes()) == (b"new", b"old")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        atomic.write_atomically(path, b"newer", keep_previous=True)
    monkeypatch.undo()
    assert sorted(entry.name for entry in tmp_path.iterdir() if entry.is_file()) == ["x.json", "x.json.prev"]
    assert path.read_bytes() == b"new"


def test_waits_double_up_to_five_minutes() -> None:
    assert [wait_after(failures) for failures in range(14)] == [0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300]
    assert wait_after(10**9) == 300
