"""Files in the store: encrypted, named by their bytes, written with their record or not at all, checked when read."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from liaison_desktop.clinical.workspace import SCHEMA as CLINICAL
from liaison_desktop.errors import Damaged, Missing, Refused
from liaison_desktop.msl.materials.record import Product
from liaison_desktop.store import Store
from liaison_desktop.store.attachments import CHUNK, megabytes
from tests import builders
from tests.fakes import Clock

MOST = 10_000_000


def attach(store: Store, content: bytes, most: int = MOST) -> str:
    with store.transaction() as transaction:
        return transaction.attach(content, most=most)


@pytest.mark.parametrize("size", [1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_a_file_comes_back_as_it_went_in(msl_store: Store, size: int) -> None:
    content = os.urandom(size)
    name = attach(msl_store, content)
    assert name == hashlib.sha256(content).hexdigest()
    assert msl_store.attachments.get(name) == content
    assert msl_store.attachments.has(name)


def test_the_same_bytes_are_kept_once(msl_store: Store) -> None:
    content = os.urandom(2 * CHUNK)
    assert attach(msl_store, content) == attach(msl_store, content)
    with msl_store.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM attachment_chunk").scalar() == 2


def test_a_file_is_written_with_its_record_or_not_at_all(msl_store: Store) -> None:
    with pytest.raises(RuntimeError), msl_store.transaction() as transaction:
        name = transaction.attach(b"a file", most=MOST)
        transaction.save(Product(name="Nefrelin"))
        raise RuntimeError("the laptop fell asleep")
    assert not msl_store.attachments.has(name)
    assert msl_store.all(Product) == ()


def test_too_large_or_empty_is_refused_and_leaves_nothing(msl_store: Store) -> None:
    for content, words in ((b"", "empty"), (b"x" * 1001, "the most is 1 kB")):
        with pytest.raises(Refused, match=words):
            attach(msl_store, content, most=1000)
    with msl_store.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM attachment").scalar() == 0


def test_a_file_that_is_not_there_is_said_to_be_missing(msl_store: Store) -> None:
    for name in ("00" * 32, "", "../../etc/passwd", "zz"):
        with pytest.raises(Missing):
            msl_store.attachments.get(name)
        assert not msl_store.attachments.has(name)


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE attachment_chunk SET content = zeroblob(length(content)) WHERE number = 1",
        "DELETE FROM attachment_chunk WHERE number = 1",
        "UPDATE attachment SET size = size + 1",
    ],
)
def test_a_damaged_file_is_never_handed_out(msl_store: Store, harm: str) -> None:
    content = os.urandom(2 * CHUNK)
    name, sound = attach(msl_store, content), attach(msl_store, b"x")
    with msl_store._engine.execution_options(writing=True).begin() as connection:
        connection.exec_driver_sql(harm.replace("size + 1", f"size + (sha256 = x'{name}')"))
    with pytest.raises(Damaged):
        msl_store.attachments.get(name)
    assert msl_store.attachments.damaged() == (name,)
    assert msl_store.attachments.get(sound) == b"x"
    # Putting the same bytes in again must not say that all is well.
    with pytest.raises(Damaged):
        attach(msl_store, content)


def test_nothing_of_a_file_can_be_read_on_the_disk(tmp_path: Path, clock: Clock) -> None:
    mark = b"a sentence nobody else may read " * 20_000
    store = builders.a_store(tmp_path, CLINICAL, clock)
    name = attach(store, mark)
    store.close()
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in written) > len(mark)
    assert not any(mark[:32] in path.read_bytes() for path in written)
    again = Store.open(
        tmp_path, CLINICAL, builders.a_key(), actor=builders.an_actor(), device=builders.a_device(), clock=clock
    )
    assert again.attachments.get(name) == mark
    again.close()


def test_sizes_in_words() -> None:
    assert [megabytes(size) for size in (1, 999, 1500, 2_340_000)] == ["1 kB", "1 kB", "2 kB", "2.3 MB"]


def test_ten_megabytes_take_less_than_two_seconds(msl_store: Store) -> None:
    import time

    content, begun = os.urandom(10_000_000), time.perf_counter()
    msl_store.attachments.get(attach(msl_store, content))
    assert time.perf_counter() - begun < 2
