"""Whatever is changed in the slot file, the change is noticed and no key comes out."""

from __future__ import annotations

import copy
import hashlib
import json
import re
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liaison_desktop.errors import Damaged, LiaisonError, TooNew, WrongPassphrase
from liaison_desktop.security.slot_file import Person, read_slots
from liaison_desktop.security.slots import KeySlots
from tests.security.conftest import SECRET

Made = tuple[KeySlots, str]
Again = Callable[[], KeySlots]


def rewrite(path: Path, slots: dict[str, Any]) -> None:
    """As a forger would: the file stays well-formed and its checksum fits."""
    inner = json.dumps(slots).encode()
    wrapper = {"format": slots["format"], "checksum": hashlib.sha256(inner).hexdigest(), "slots": "@"}
    path.write_bytes(json.dumps(wrapper).encode().replace(b'"@"', inner))


def changed(value: Any) -> Any:
    """Another value of the same type."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    try:
        return str(uuid.UUID(int=uuid.UUID(value).int ^ 1))
    except ValueError:
        pass
    if re.match(r"\d{4}-\d\d-\d\dT", value):
        return value.replace("2026", "2027")
    first = "A" if value[:1] != "A" else "B"
    return first + value[1:] if value else "x"


def leaves(tree: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(tree, dict):
        for name, below in tree.items():
            yield from leaves(below, (*path, name))
    elif isinstance(tree, list):
        for place, below in enumerate(tree):
            yield from leaves(below, (*path, place))
    else:
        yield path


def test_each_changed_field_of_the_file_is_noticed(tmp_path: Path, made: Made, again: Again, anna: Person) -> None:
    path = tmp_path / "clinical.slots.json"
    slots = json.loads(path.read_bytes())["slots"]
    tried = 0
    for leaf in leaves(slots):
        # A forger who changes the recovery slot does not change who gets in by passphrase; it has its own turn below.
        way_in = "recovery" if leaf[0] == "recovery" else "passphrase"
        forged = copy.deepcopy(slots)
        below = forged
        for step in leaf[:-1]:
            below = below[step]
        before = below[leaf[-1]]
        below[leaf[-1]] = changed(before)
        assert below[leaf[-1]] != before
        rewrite(path, forged)
        (tmp_path / "clinical.tries.json").unlink(missing_ok=True)
        with pytest.raises(LiaisonError):
            if way_in == "recovery":
                again().open_with_recovery(made[1])
            else:
                there = again()
                there.open_with_passphrase(there.persons[0].id, SECRET)
        tried += 1
    assert tried >= 20


def test_any_flipped_byte_says_damaged_not_wrong_passphrase(tmp_path: Path, made: Made) -> None:
    path = tmp_path / "clinical.slots.json"
    content = path.read_bytes()
    for place in range(0, len(content), 7):
        path.write_bytes(content[:place] + bytes([content[place] ^ 0x01]) + content[place + 1 :])
        with pytest.raises((Damaged, TooNew)):
            read_slots(path, "clinical")


@pytest.mark.parametrize(
    ("name", "value"),
    [("memory_kib", 1 << 30), ("memory_kib", 8), ("passes", 10**9), ("passes", 0), ("lanes", 1 << 20), ("lanes", -1)],
)
def test_hostile_work_is_refused_before_it_is_done(
    tmp_path: Path, made: Made, again: Again, name: str, value: int
) -> None:
    path = tmp_path / "clinical.slots.json"
    slots = json.loads(path.read_bytes())["slots"]
    slots["passphrases"][0]["cost"][name] = value
    rewrite(path, slots)
    with pytest.raises(Damaged, match="impossible amount of work"):
        again()


def test_slots_of_another_workspace_do_not_pass(tmp_path: Path, made: Made, again: Again) -> None:
    (tmp_path / "clinical.slots.json").rename(tmp_path / "msl.slots.json")
    with pytest.raises(Damaged):
        KeySlots.load(tmp_path, "msl")


def test_a_slot_moved_to_another_person_does_not_open(tmp_path: Path, made: Made, again: Again, anna: Person) -> None:
    slots, _ = made
    ben = Person(id=uuid.UUID(int=7), name="Ben Synthetic")
    slots.add_person(slots.open_with_passphrase(anna.id, SECRET), ben, "runa belo sita kumo")
    path = tmp_path / "clinical.slots.json"
    forged = json.loads(path.read_bytes())["slots"]
    first, second = forged["passphrases"]
    first["person"], second["person"] = second["person"], first["person"]
    rewrite(path, forged)
    with pytest.raises(WrongPassphrase):
        again().open_with_passphrase(ben.id, SECRET)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=st.one_of(st.binary(max_size=300), st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace")))
)
def test_rubbish_says_damaged_or_too_new(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.slots.json"
    path.write_bytes(content)
    with pytest.raises((Damaged, TooNew)):
        read_slots(path, "x")


@pytest.mark.parametrize(
    "content", [b"", b"[" * 100_000, b'{"format":1,"checksum":"","slots":{}}', b"{" * 300_000, b"\xff\xfe"]
)
def test_hostile_files_say_damaged(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.slots.json"
    path.write_bytes(content)
    with pytest.raises(Damaged):
        read_slots(path, "x")
