"""Saving and reading records: what is written is what comes back, all of it or none of it."""

from __future__ import annotations

import datetime as dt
import uuid
from pathlib import Path

import msgspec
import pytest

from liaison_desktop.errors import Damaged, DiskFull, InUse, Missing, Stale, StoreMissing, TooNew
from liaison_desktop.msl.directory.record import Institution, Person
from liaison_desktop.msl.workspace import SCHEMA
from liaison_desktop.store import Store
from tests import builders
from tests.fakes import Clock

HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "'; DROP TABLE journal; --",
    "\u202egnirts desrever\u202c",
    "a\u0301" * 500,
    "\ufeff zero width \u200d joined",
    "{{7*7}} %s %n ../../etc",
    "word " * 800,
    "🩺 Łódź 東京 שלום",
)


def open_again(folder: Path, clock: Clock) -> Store:
    """The store in that folder, opened as the application opens it."""
    return Store.open(
        folder, SCHEMA, builders.a_key(), actor=builders.an_actor(), device=builders.a_device(), clock=clock
    )


def test_a_saved_record_comes_back_equal(msl_store: Store) -> None:
    """Every type of field survives the way to the disk and back."""
    person = Person(first_name="Hannah", last_name="Okonkwo", privacy_notice_given_at=dt.datetime.now(dt.UTC))
    saved = msl_store.save(person)
    assert saved.version is not None
    assert msl_store.get(Person, person.id) == saved


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_only_text(msl_store: Store, text: str) -> None:
    """Whatever is typed is stored and found as it was typed."""
    saved = msl_store.save(Institution(name=text))
    assert msl_store.get(Institution, saved.id).name == text
    assert isinstance(msl_store.search(text), tuple)


def test_a_stale_copy_never_overwrites(msl_store: Store) -> None:
    """Two people editing the same record: the second is told, and nothing is lost."""
    first = msl_store.save(Institution(name="Northlake"))
    second = msl_store.save(msgspec.structs.replace(first, name="Northlake University Hospital"))
    with pytest.raises(Stale):
        msl_store.save(msgspec.structs.replace(first, name="Overwritten"))
    assert msl_store.get(Institution, first.id) == second


def test_saving_without_a_change_writes_nothing(msl_store: Store) -> None:
    """A save that changes nothing makes no new version."""
    saved = msl_store.save(Institution(name="Northlake"))
    assert msl_store.save(saved) == saved
    assert len(msl_store.versions(saved.id)) == 1


def test_a_transaction_is_all_or_nothing(msl_store: Store) -> None:
    """When the second of two saves fails, the first is not there either, in rows, search or journal."""
    heard: list[frozenset[str]] = []
    msl_store.listeners.append(heard.append)
    before = msl_store.verify().entries
    one = Institution(name="One")
    with pytest.raises(Stale), msl_store.transaction() as transaction:
        transaction.save(one)
        transaction.save(Institution(name="Two", version=uuid.uuid4()))
    assert msl_store.find(Institution, one.id) is None
    assert msl_store.search("One") == ()
    assert msl_store.verify().entries == before
    assert heard == []


def test_listeners_hear_after_the_commit(msl_store: Store) -> None:
    """A page that hears of a change can already read it."""
    seen: list[str] = []
    saved = Institution(name="Northlake")
    msl_store.listeners.append(lambda kinds: seen.append(msl_store.get(Institution, saved.id).name + str(kinds)))
    msl_store.save(saved)
    assert seen == ["Northlakefrozenset({'institution'})"]


def test_removed_records_keep_their_history(msl_store: Store) -> None:
    """The row goes; every version stays in the journal."""
    saved = msl_store.save(Institution(name="Northlake"))
    msl_store.remove(saved, reason="entered twice")
    with pytest.raises(Missing):
        msl_store.get(Institution, saved.id)
    assert [version.act for version in msl_store.versions(saved.id)] == ["removed", "saved"]
    assert saved.version is not None
    assert msl_store.version(Institution, saved.version).name == "Northlake"
    assert msl_store.search("Northlake") == ()


def test_the_file_is_encrypted(msl_store: Store, tmp_path: Path) -> None:
    """No word of a record is in the file, the write-ahead log or the shared memory."""
    msl_store.save(Institution(name="CANARYHOSPITAL", access_note="CANARYNOTE"))
    msl_store.drafts.put("visit/new", b"CANARYDRAFT")
    for path in (tmp_path / "msl").iterdir():
        content = path.read_bytes()
        assert b"CANARY" not in content, path.name
        assert not content.startswith(b"SQLite format 3"), path.name


def test_a_missing_store_is_never_replaced(tmp_path: Path, clock: Clock) -> None:
    """Opening what is not there, or is empty, creates nothing."""
    with pytest.raises(StoreMissing):
        open_again(tmp_path, clock)
    (tmp_path / "msl.db").touch()
    with pytest.raises(StoreMissing):
        open_again(tmp_path, clock)
    assert (tmp_path / "msl.db").stat().st_size == 0


def test_creating_over_a_store_is_refused(msl_store: Store, tmp_path: Path, clock: Clock) -> None:
    """A new store never takes the place of an old one."""
    with pytest.raises(FileExistsError):
        builders.a_store(tmp_path / "msl", SCHEMA, clock)


def test_a_damaged_store_is_told_from_a_wrong_key(tmp_path: Path, clock: Clock) -> None:
    """The key slot has already proved the key, so a store that does not open is damaged, and says so."""
    builders.a_store(tmp_path, SCHEMA, clock).close()
    path = tmp_path / "msl.db"
    content = bytearray(path.read_bytes())
    content[100] ^= 1
    path.write_bytes(content)
    with pytest.raises(Damaged, match="damaged"):
        open_again(tmp_path, clock)


def test_a_second_window_is_told(msl_store: Store, tmp_path: Path, clock: Clock) -> None:
    """One process holds a store."""
    with pytest.raises(InUse):
        open_again(tmp_path / "msl", clock)


def test_a_newer_store_is_not_touched(tmp_path: Path, clock: Clock) -> None:
    """A store of a later version is refused with the words for it, and left as it was."""
    store = builders.a_store(tmp_path, SCHEMA, clock)
    with store._engine.execution_options(writing=True).begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    store.close()
    before = (tmp_path / "msl.db").read_bytes()
    with pytest.raises(TooNew):
        open_again(tmp_path, clock)
    assert (tmp_path / "msl.db").read_bytes() == before


def test_closing_wipes_the_key(tmp_path: Path, clock: Clock) -> None:
    """After close the store's own copy of the key is zeros, and no pooled connection reads on."""
    store = builders.a_store(tmp_path, SCHEMA, clock)
    store.close()
    assert not any(store._key)
    with pytest.raises(Damaged):
        store.all(Institution)


def test_a_full_disk_is_said_in_words(msl_store: Store) -> None:
    """When the file cannot grow, the person is told, and what was saved before is still there."""
    saved = msl_store.save(Institution(name="Before"))

    def limit(connection: object) -> None:
        connection.execute("PRAGMA max_page_count = 1")  # type: ignore[attr-defined]

    with msl_store.reading() as connection:
        limit(connection.connection.driver_connection)
    with pytest.raises(DiskFull):
        for number in range(2000):
            msl_store.save(Institution(name=f"Full {number}", access_note="x" * 400))
    assert msl_store.get(Institution, saved.id) == saved
    assert msl_store.verify().verified
