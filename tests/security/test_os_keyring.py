"""Quick unlock helps or asks for the passphrase; it never makes a key of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from liaison_desktop.security.os_keyring import AskPassphrase, OsKeyring, Trouble
from liaison_desktop.security.slot_file import Person
from liaison_desktop.security.slots import KEYRING_DAYS, KeySlots
from tests.fakes import Clock
from tests.security.conftest import SECRET
from tests.security.rings import FailKeyring, LockedKeyring, MemoryKeyring, NullKeyring

Made = tuple[KeySlots, str]
Again = Callable[[], KeySlots]


@pytest.fixture
def quick(made: Made, anna: Person) -> bytes:
    keys = made[0].open_with_passphrase(anna.id, SECRET)
    made[0].use_keyring(keys, anna.id)
    return bytes(keys.database())


def test_quick_unlock_opens_the_same_keys(quick: bytes, again: Again, anna: Person, ring: MemoryKeyring) -> None:
    assert again().has_keyring(anna.id)
    assert bytes(again().open_with_keyring(anna.id).database()) == quick
    assert all(len(secret) == 44 for secret in ring.kept.values()), "fits the smallest keyring"


@pytest.mark.parametrize(
    ("ring_now", "trouble"),
    [
        (MemoryKeyring(), Trouble.MISSING),
        (MemoryKeyring("another.Backend"), Trouble.CHANGED),
        (LockedKeyring(), Trouble.LOCKED),
        (FailKeyring(), Trouble.ABSENT),
    ],
)
def test_a_keyring_that_does_not_help_asks_for_the_passphrase_and_changes_nothing(
    tmp_path: Path, quick: bytes, anna: Person, clock: Clock, ring_now: MemoryKeyring, trouble: Trouble
) -> None:
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    slots = KeySlots.load(tmp_path, "clinical", clock=clock, keyring=ring_now)
    with pytest.raises(AskPassphrase) as asked:
        slots.open_with_keyring(anna.id)
    assert asked.value.trouble is trouble
    assert "Enter your passphrase" in str(asked.value)
    assert ring_now.kept == {}, "nothing was put into the keyring"
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before
    assert bytes(slots.open_with_passphrase(anna.id, SECRET).database()) == quick


@pytest.mark.parametrize("secret", ["", "not base 64!", "c2hvcnQ=", "A" * 43 + "="])
def test_another_secret_in_the_keyring_asks_for_the_passphrase(
    quick: bytes, again: Again, anna: Person, ring: MemoryKeyring, secret: str
) -> None:
    for place in ring.kept:
        ring.kept[place] = secret
    with pytest.raises(AskPassphrase) as asked:
        again().open_with_keyring(anna.id)
    assert asked.value.trouble is Trouble.CHANGED


@pytest.mark.parametrize("broken", [NullKeyring(), FailKeyring(), LockedKeyring()])
def test_a_keyring_that_keeps_nothing_is_not_used(
    tmp_path: Path, made: Made, anna: Person, clock: Clock, broken: MemoryKeyring
) -> None:
    slots = KeySlots.load(tmp_path, "clinical", clock=clock, keyring=broken)
    keys = slots.open_with_passphrase(anna.id, SECRET)
    with pytest.raises(AskPassphrase):
        slots.use_keyring(keys, anna.id)
    assert not KeySlots.load(tmp_path, "clinical").has_keyring(anna.id)


def test_the_passphrase_is_asked_from_time_to_time(quick: bytes, again: Again, anna: Person, clock: Clock) -> None:
    clock.tick(KEYRING_DAYS * 86_400 + 1)
    with pytest.raises(AskPassphrase) as asked:
        again().open_with_keyring(anna.id)
    assert asked.value.trouble is Trouble.EXPIRED


def test_switching_it_off_takes_the_secret_away(
    quick: bytes, made: Made, again: Again, anna: Person, ring: MemoryKeyring
) -> None:
    made[0].forget_keyring(anna.id)
    assert ring.kept == {}
    assert not again().has_keyring(anna.id)
    with pytest.raises(AskPassphrase):
        again().open_with_keyring(anna.id)


def test_the_real_keyring_of_a_computer_without_one_asks_for_the_passphrase() -> None:
    with pytest.raises(AskPassphrase) as asked:
        OsKeyring().get("Liaison Desktop test", "nobody")
    assert asked.value.trouble is Trouble.ABSENT
    with pytest.raises(AskPassphrase):
        OsKeyring().put("Liaison Desktop test", "nobody", "secret")
    OsKeyring().drop("Liaison Desktop test", "nobody")
