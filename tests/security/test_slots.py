"""Who gets in, with what, and the words for those who do not."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from liaison_desktop.errors import Damaged, Locked, Missing, Refused, StoreMissing, Throttled, TooNew, WrongPassphrase
from liaison_desktop.records import new_id
from liaison_desktop.security.keys import Keys
from liaison_desktop.security.recovery import Mistyped
from liaison_desktop.security.slot_file import Person
from liaison_desktop.security.slots import KeySlots
from tests.fakes import Clock
from tests.security.conftest import SECRET

Made = tuple[KeySlots, str]
Again = Callable[[], KeySlots]
NEW = "runa belo sita kumo"


def opened(slots: KeySlots, person: Person, text: str = SECRET) -> bytes:
    keys = slots.open_with_passphrase(person.id, text)
    try:
        return bytes(keys.database())
    finally:
        keys.close()


def test_passphrase_and_recovery_key_open_the_same_keys(made: Made, again: Again, anna: Person) -> None:
    _, recovery = made
    keys = again().open_with_recovery(recovery.lower().replace("0", "o").replace("-", " "))
    assert bytes(keys.database()) == opened(again(), anna)
    assert len({bytes(keys.database()), bytes(keys.journal()), bytes(keys.key("backup"))}) == 3


def test_closing_keys_zeroes_everything_handed_out(made: Made, anna: Person) -> None:
    keys = made[0].open_with_passphrase(anna.id, SECRET)
    database, journal = keys.database(), keys.journal()
    assert any(database)
    assert any(journal)
    keys.close()
    keys.close()
    assert not any(database)
    assert not any(journal)
    with pytest.raises(Locked):
        keys.database()


def test_master_key_of_a_wrong_length_is_refused() -> None:
    with pytest.raises(ValueError, match="32"):
        Keys(bytearray(31), new_id(), 1)


def test_two_stores_share_no_key(tmp_path: Path, made: Made, anna: Person, clock: Clock) -> None:
    other, _ = KeySlots.create(tmp_path, "msl", anna, SECRET, clock=clock)
    assert opened(other, anna) != opened(made[0], anna)
    with pytest.raises(WrongPassphrase, match="not of this store"):
        other.open_with_recovery(made[1])


def test_umlauts_composed_and_decomposed_are_the_same(tmp_path: Path, anna: Person, clock: Clock) -> None:
    slots, _ = KeySlots.create(tmp_path, "msl", anna, "grüne gärten über bäche", clock=clock)
    assert opened(slots, anna, "gru\u0308ne ga\u0308rten u\u0308ber ba\u0308che") == opened(
        slots, anna, "grüne gärten über bäche"
    )


def test_wrong_damaged_missing_and_too_new_have_different_words(
    tmp_path: Path, made: Made, again: Again, anna: Person
) -> None:
    path = tmp_path / "clinical.slots.json"
    said = []
    with pytest.raises(WrongPassphrase) as wrong:
        again().open_with_passphrase(anna.id, "not the passphrase at all")
    said.append(str(wrong.value))
    assert "not damaged" in said[0]
    content = path.read_bytes()
    path.write_bytes(content[:-20])
    with pytest.raises(Damaged) as damaged:
        again()
    said.append(str(damaged.value))
    path.write_bytes(content.replace(b'{"format":1', b'{"format":2', 1))
    with pytest.raises(TooNew) as new:
        again()
    said.append(str(new.value))
    path.unlink()
    with pytest.raises(StoreMissing) as missing:
        again()
    said.append(str(missing.value))
    assert len(set(said)) == 4
    assert not path.exists(), "a missing slot file is never made anew"


def test_a_person_unknown_here_is_not_told_the_passphrase_is_wrong(made: Made) -> None:
    with pytest.raises(Missing):
        made[0].open_with_passphrase(new_id(), SECRET)


def test_slots_are_never_written_over(tmp_path: Path, made: Made, anna: Person, clock: Clock) -> None:
    before = (tmp_path / "clinical.slots.json").read_bytes()
    with pytest.raises(FileExistsError):
        KeySlots.create(tmp_path, "clinical", anna, NEW, clock=clock)
    assert (tmp_path / "clinical.slots.json").read_bytes() == before


def test_changing_a_passphrase_keeps_the_keys_and_closes_the_old_way(made: Made, again: Again, anna: Person) -> None:
    before = opened(made[0], anna)
    made[0].change_passphrase(anna.id, SECRET, NEW)
    assert opened(again(), anna, NEW) == before
    with pytest.raises(WrongPassphrase):
        opened(again(), anna)
    with pytest.raises(Refused):
        again().change_passphrase(anna.id, NEW, "short")
    assert opened(again(), anna, NEW) == before


def test_recovery_key_sets_a_new_passphrase(made: Made, again: Again, anna: Person) -> None:
    before = opened(made[0], anna)
    slots = again()
    keys = slots.open_with_recovery(made[1])
    slots.set_passphrase(keys, anna.id, NEW)
    text = slots.new_recovery_key(keys)
    assert opened(again(), anna, NEW) == before
    with pytest.raises(WrongPassphrase):
        again().open_with_recovery(made[1])
    assert bytes(again().open_with_recovery(text).database()) == before


def test_every_person_has_their_own_passphrase_and_the_last_stays(made: Made, again: Again, anna: Person) -> None:
    ben = Person(id=new_id(), name="Ben Synthetic", role="Clinical liaison")
    slots = made[0]
    keys = slots.open_with_passphrase(anna.id, SECRET)
    slots.add_person(keys, ben, NEW)
    with pytest.raises(Refused, match="works here already"):
        slots.add_person(keys, Person(id=new_id(), name="BEN synthetic"), NEW)
    assert opened(again(), ben, NEW) == opened(again(), anna)
    with pytest.raises(WrongPassphrase):
        opened(again(), ben, SECRET)
    slots.remove_person(anna.id)
    assert [person.name for person in again().persons] == ["Ben Synthetic"]
    with pytest.raises(Missing):
        opened(again(), anna)
    with pytest.raises(Refused, match="last person"):
        slots.remove_person(ben.id)


def test_throttle_survives_a_restart_and_a_success_clears_it(
    made: Made, again: Again, anna: Person, clock: Clock
) -> None:
    for left in (3, 2, 1):
        with pytest.raises(WrongPassphrase, match=f"{left} more before a pause"):
            opened(again(), anna, "not this one either")
    with pytest.raises(WrongPassphrase):
        opened(again(), anna, "not this one either")
    with pytest.raises(Throttled) as stopped:
        opened(again(), anna)
    assert stopped.value.seconds == 1
    clock.tick(1)
    with pytest.raises(WrongPassphrase):
        opened(again(), anna, "not this one either")
    assert again().seconds_left(anna.id) == 2
    clock.tick(-3600)
    assert again().seconds_left(anna.id) == 2, "a clock set back does not lengthen the wait"
    clock.tick(3602)
    opened(again(), anna)
    assert again().opened(anna.id).failures == 5
    assert again().tries(anna.id).failures == 0
    assert again().tries(anna.id).opened_at == clock()


def test_the_copy_before_the_last_change_can_be_put_back(
    tmp_path: Path, made: Made, again: Again, anna: Person
) -> None:
    before = opened(made[0], anna)
    assert not KeySlots.can_restore(tmp_path, "clinical")
    made[0].change_passphrase(anna.id, SECRET, NEW)
    (tmp_path / "clinical.slots.json").write_bytes(b"\x00" * 900)
    assert KeySlots.can_restore(tmp_path, "clinical")
    KeySlots.restore_previous(tmp_path, "clinical")
    assert opened(again(), anna) == before
    assert (tmp_path / "clinical.slots.json.damaged").exists()


def test_no_secret_stands_in_any_file(tmp_path: Path, made: Made, anna: Person) -> None:
    keys = made[0].open_with_passphrase(anna.id, SECRET)
    made[0].use_keyring(keys, anna.id)
    everything = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.is_file())
    for secret in (SECRET.encode(), made[1].encode(), bytes(keys.database()), bytes(keys.database()).hex().encode()):
        assert secret not in everything
    assert json.loads((tmp_path / "clinical.slots.json").read_bytes())["slots"]["persons"][0]["name"] == anna.name


def test_slot_file_is_for_its_owner_only(tmp_path: Path, made: Made) -> None:
    assert (tmp_path / "clinical.slots.json").stat().st_mode & 0o077 == 0


def test_mistyped_recovery_key_says_so(made: Made) -> None:
    text = made[1]
    swapped = ("1" if text[0] != "1" else "2") + text[1:]
    with pytest.raises(Mistyped, match="typing error"):
        made[0].open_with_recovery(swapped)
