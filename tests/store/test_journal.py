"""The journal: complete, append-only, chained, and enough to make every row again."""

from __future__ import annotations

import msgspec
import pytest
import sqlalchemy as sa

from liaison_desktop.msl.directory.record import Institution, Person
from liaison_desktop.store import Act, Store
from liaison_desktop.store.migrations.common import _JOURNAL
from tests.fakes import Clock


def write(store: Store, statement: str, *values: object) -> None:
    """Change the file behind the store's back, as an attacker with the key would."""
    with store._engine.execution_options(writing=True).begin() as connection:
        connection.exec_driver_sql(statement, values)


def without_guards(store: Store) -> None:
    """Drop the triggers that keep the journal append-only."""
    for trigger in _JOURNAL:
        write(store, f"DROP TRIGGER {trigger.split()[2]}")


def filled(store: Store, clock: Clock) -> Store:
    """A store with a little history."""
    for number in range(12):
        clock.tick(60)
        place = store.save(Institution(name=f"Place {number}"))
        store.save(msgspec.structs.replace(place, city="Riverbend"), reason="city learned")
        store.save(Person(first_name="Ada", last_name=f"Number {number}"))
    store.note(Act.VIEWED, kind="person", subject=place.id)
    return store


def test_every_save_is_one_line(msl_store: Store, clock: Clock) -> None:
    """Who, when, why, which version after which."""
    place = msl_store.save(Institution(name="Northlake"))
    clock.tick(90)
    changed = msl_store.save(msgspec.structs.replace(place, city="Riverbend"), reason="city learned")
    newest, first = msl_store.versions(place.id)
    assert (newest.version, newest.reason, newest.actor) == (changed.version, "city learned", msl_store.actor.name)
    assert newest.at == clock.now()
    assert first.version == place.version
    line = msl_store.lines(limit=1)[0]
    assert line.parents == (place.version,)
    assert line.number == msl_store.verify().entries


@pytest.mark.parametrize("statement", ["UPDATE journal SET reason = 'x'", "DELETE FROM journal WHERE number = 1"])
def test_the_database_itself_refuses_to_touch_a_line(msl_store: Store, statement: str) -> None:
    """Neither a change nor a deletion gets past the triggers."""
    with pytest.raises(sa.exc.DBAPIError, match="append-only"):
        write(msl_store, statement)


@pytest.mark.parametrize(
    ("statement", "number", "words"),
    [
        ("UPDATE journal SET reason = 'nothing to see' WHERE number = 5", 5, "changed"),
        ("UPDATE journal SET content = x'7b7d' WHERE number = 7", 7, "changed"),
        ("UPDATE journal SET actor_name = 'Somebody Else' WHERE number = 9", 9, "changed"),
        ("UPDATE journal SET at = '2020-01-01T00:00:00.000000Z+00:00' WHERE number = 2", 2, "changed"),
        ("DELETE FROM journal WHERE number = 6", 7, "missing"),
        ("UPDATE journal SET hash = zeroblob(32) WHERE number = 4", 4, "changed"),
    ],
)
def test_the_first_broken_line_is_named(
    msl_store: Store, clock: Clock, statement: str, number: int, words: str
) -> None:
    """A line that was changed, or a gap, is found and named by its number."""
    filled(msl_store, clock)
    assert msl_store.verify().verified
    without_guards(msl_store)
    write(msl_store, statement)
    verdict = msl_store.verify()
    assert not verdict.verified
    assert verdict.broken is not None
    assert verdict.broken.number == number
    assert words in verdict.broken.fault
    assert verdict.entries == (number - 1 if words != "missing" else number - 2)


def test_rebuilt_rows_equal_the_live_ones(msl_store: Store, clock: Clock) -> None:
    """The current rows are a projection: made again from the journal they are the same."""
    filled(msl_store, clock)
    msl_store.remove(msl_store.all(Institution)[3], reason="entered twice")
    live = (msl_store.all(Institution), msl_store.all(Person), msl_store.search("place"))
    write(msl_store, "UPDATE institution SET city = 'garbled'")
    write(msl_store, "DELETE FROM person")
    assert msl_store.rebuild() == len(live[0]) + len(live[1])
    again = (msl_store.all(Institution), msl_store.all(Person), msl_store.search("place"))
    assert set(again[0]) == set(live[0])
    assert set(again[1]) == set(live[1])
    assert set(again[2]) == set(live[2])


def test_access_events_are_lines(msl_store: Store) -> None:
    """Looking, printing and exporting leave a line; no value of a record is in it."""
    place = msl_store.save(Institution(name="Northlake"))
    for act in (Act.VIEWED, Act.PRINTED, Act.EXPORTED, Act.LOCKED):
        msl_store.note(act, kind="institution", subject=place.id)
    acts = [line.act for line in msl_store.lines(limit=4)]
    assert acts == ["locked", "exported", "printed", "viewed"]
    assert msl_store.verify().verified
