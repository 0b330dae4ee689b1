"""What was acknowledged is on the disk: the server is killed at the worst moments, copied, restored, forged, and walked."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
import sqlalchemy as sa

from liaison_desktop.errors import Damaged, Refused
from liaison_desktop.server import backups, verifying
from liaison_desktop.server.authorising import Caller
from liaison_desktop.server.database import open_database
from liaison_desktop.server.keys import ServerKeys
from liaison_desktop.server.organisations import Role
from liaison_desktop.server.tables import chain, entry, feed, line
from liaison_desktop.sync import signed, wire
from tests.house.reading import ROOT
from tests.server.conftest import Central
from tests.server.laptop import Laptop, Problem

VISIT = {"heading": "At the clinic", "notes": ""}

# A server in a process of its own that kills itself: before the commit of the n-th push, or after it with no reply.
VICTIM = """
import os, signal, sys
import sqlalchemy as sa
from pathlib import Path
from liaison_desktop.server.database import open_database
from liaison_desktop.server.keys import ServerKeys
from liaison_desktop.server import receiving, authorising
import msgspec
from liaison_desktop.sync import wire
folder, moment = Path(sys.argv[1]), sys.argv[2]
database = open_database("", folder, ServerKeys(b"k" * 32))
pushes = msgspec.json.decode((folder / "pushes.json").read_bytes(), type=tuple[wire.Push, ...])
caller = msgspec.json.decode((folder / "caller.json").read_bytes(), type=authorising.Caller)
def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)
for at, push in enumerate(pushes):
    last = at == len(pushes) - 1
    if last and moment == "before":
        sa.event.listen(database.engine, "commit", die)
    if last and moment == "within":
        sa.event.listen(database.engine, "before_cursor_execute",
            lambda c, cur, statement, *_: die() if statement.startswith("UPDATE chain") else None)
    reply = receiving.receive(database, caller, push)
    if last:
        die()
    print(reply.acked_op, flush=True)
"""


@pytest.mark.parametrize("moment", ["before", "within", "after"])
def test_a_killed_server_has_all_it_acknowledged_and_nothing_by_halves(
    make_central: Callable[..., Central], tmp_path: Path, moment: str
) -> None:
    folder = tmp_path / "central"
    central = make_central("", folder)
    anna = central.laptop()
    for number in range(12):
        anna.save("visit", VISIT | {"notes": str(number)})
    pushes = tuple(anna.pushed(anna.ops(at, 4)) for at in (0, 4, 8))
    caller = caller_of(anna)
    (folder / "pushes.json").write_bytes(msgspec.json.encode(pushes))
    (folder / "caller.json").write_bytes(msgspec.json.encode(caller))
    central.database.close()
    done = subprocess.run(
        [sys.executable, "-c", VICTIM, str(folder), moment],
        cwd=ROOT,
        env=dict(os.environ, PYTHONPATH=str(ROOT)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == -9, done.stderr
    assert done.stdout.split() == ["4", "8"]
    central = make_central("", folder)
    with central.database.reading() as connection:
        acked = connection.execute(sa.select(chain.c.acked).where(chain.c.device == anna.device)).scalar_one()
        lines = connection.execute(
            sa.select(sa.func.count()).select_from(line).where(line.c.device == anna.device)
        ).scalar_one()
        told = connection.execute(sa.select(sa.func.max(feed.c.head))).scalar_one()
        entries = connection.execute(sa.select(sa.func.count()).select_from(entry)).scalar_one()
    assert acked == lines == told == entries == (12 if moment == "after" else 8)
    assert verifying.verify(central.database).findings == ()
    anna.wire = central.wire
    anna.push()
    assert anna.acked == 12
    assert [anna.results[number].outcome for number in (9, 12) if number in anna.results] in (
        [wire.Outcome.APPLIED] * 2,
        [],
    )


def caller_of(laptop: Laptop) -> Caller:
    """The laptop as the server knows it once it is let in."""
    enrolled = laptop.enrolled
    assert enrolled is not None
    return Caller(
        device=laptop.device,
        organisation=enrolled.organisation,
        person=enrolled.person,
        person_name="x",
        role=Role.LIAISON,
        workspace="msl",
        journal=laptop.journal,
        key=signed_key(laptop),
    )


def signed_key(laptop: Laptop) -> str:
    return signed.public_of(laptop.key)


@pytest.mark.expects_socket
def test_no_reader_passes_an_entry_that_is_still_to_come(postgres: str, make_central: Callable[..., Central]) -> None:
    """I7: writers in several threads, a reader that follows them; a plain sequence loses a third of the rows here."""
    from tests.server.conftest import fresh_schema

    central = make_central(fresh_schema(postgres))
    writers = [central.laptop(f"Writer {number}") for number in range(4)]
    reader = central.laptop("Reader")
    feed_id = next(head.id for head in reader.hello().feeds if "/t:" in head.id)
    from liaison_desktop.server import pulling, receiving

    batches = []
    for laptop in writers:
        for _ in range(24):
            laptop.save("visit", VISIT)
        batches.append((caller_of(laptop), [laptop.pushed(laptop.ops(at, 2)) for at in range(0, 24, 2)]))

    def write(caller: Caller, pushes: list[wire.Push]) -> None:
        for push in pushes:
            receiving.receive(central.database, caller, push)

    threads = [threading.Thread(target=write, args=batch) for batch in batches]
    seen: list[int] = []
    after = 0
    for thread in threads:
        thread.start()
    me = caller_of(reader)
    while True:
        alive = any(thread.is_alive() for thread in threads)
        page = pulling.pull(central.database, me, feed=feed_id, epoch="", after=after, limit=50)
        seen += [change.seq for change in page.changes]
        after = page.next
        if not alive and not page.changes:
            break
    for thread in threads:
        thread.join()
    assert seen == list(range(1, 97))
    assert verifying.verify(central.database).findings == ()


@pytest.mark.expects_socket
def test_a_database_that_drops_every_connection_loses_nothing(
    postgres: str, make_central: Callable[..., Central]
) -> None:
    from tests.server.conftest import fresh_schema

    central = make_central(fresh_schema(postgres))
    anna = central.laptop()
    for at in range(3):
        anna.save("visit", VISIT)
        with central.database.engine.connect() as connection:
            connection.exec_driver_sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        anna.push()
        assert anna.acked == at + 1
    assert verifying.verify(central.database).findings == ()


@pytest.mark.expects_socket
def test_two_laptops_that_make_the_same_record_at_once_keep_both(
    postgres: str, make_central: Callable[..., Central]
) -> None:
    """Nothing is locked yet for a record that is not there: the second writer looks again and finds it."""
    from liaison_desktop.records import new_id
    from liaison_desktop.server import receiving
    from tests.server.conftest import fresh_schema

    central = make_central(fresh_schema(postgres))
    laptops = [central.laptop(f"Writer {number}", unit=f"Unit {number}") for number in range(2)]
    subjects = [new_id() for _ in range(12)]
    results: list[list[wire.Outcome]] = [[], []]
    start = threading.Barrier(2)

    def write(at: int) -> None:
        laptop, caller = laptops[at], caller_of(laptops[at])
        for subject in subjects:
            laptop.save("product", {"name": f"by {at}", "generic": ""}, subject)
        start.wait()
        for number in range(len(subjects)):
            push = laptop.pushed(laptop.ops(number, 1))
            results[at] += [one.outcome for one in receiving.receive(central.database, caller, push).results]

    threads = [threading.Thread(target=write, args=(at,)) for at in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for one, two in zip(*results, strict=True):
        assert {one, two} == {wire.Outcome.APPLIED, wire.Outcome.CONFLICT}
    assert verifying.verify(central.database).findings == ()


def test_a_server_that_was_restored_gets_back_what_it_lost(
    make_central: Callable[..., Central], tmp_path: Path
) -> None:
    folder = tmp_path / "central"
    central = make_central("", folder)
    anna, ben = central.laptop("Anna"), central.laptop("Ben")
    first = anna.save("visit", VISIT | {"outcome": None})
    anna.sync()
    ben.sync()
    copied = backups.back_up(central.database, tmp_path / "copies" / "one.db")
    assert copied.path.stat().st_mode & 0o777 == 0o600
    assert b"clinic" not in copied.path.read_bytes()
    assert anna.hello().durable_op == len(anna.lines)
    anna.edit(first, notes="one")
    ben.edit(first, outcome="two")
    anna.push()
    ben.push()
    second = ben.save("visit", VISIT)
    ben.push()
    anna.pull()
    epoch = anna.epoch
    central.close()
    keys = ServerKeys(b"k" * 32)
    kept = backups.restore(copied.path, folder, keys)
    assert kept is not None
    assert kept.exists()
    database = open_database("", folder, keys)
    backups.begin_again(database)
    database.close()
    central = make_central("", folder)
    for laptop in (anna, ben):
        laptop.wire, laptop.renewing = central.wire, True
        assert laptop.hello().epoch != epoch
        laptop.forget_server()
        laptop.push()
    for laptop in (anna, ben):
        laptop.sync()
        assert laptop.rows[first][2]["notes"] == "one"
        assert laptop.rows[first][2]["outcome"] == "two"
        assert second in laptop.rows
    assert anna.rows[first] == ben.rows[first]
    assert verifying.verify(central.database).findings == ()


def test_a_copy_is_never_written_over_and_another_key_does_not_open_it(
    make_central: Callable[..., Central], tmp_path: Path
) -> None:
    central = make_central()
    target = tmp_path / "copy.db"
    backups.back_up(central.database, target)
    with pytest.raises(Refused):
        backups.back_up(central.database, target)
    with pytest.raises(Damaged):
        backups.restore(target, tmp_path / "elsewhere", ServerKeys(b"x" * 32))
    assert not (tmp_path / "elsewhere" / "central.db").exists()


FORGERIES = {
    "a content": lambda: sa.update(line).where(line.c.number == 2, line.c.kind == "visit").values(body=b"{}"),
    "a content and its hash": lambda: (
        sa.update(line)
        .where(line.c.number == 2, line.c.kind == "visit")
        .values(body=b"{}", content_hash=hashlib.sha256(b"{}").digest())
    ),
    "a name": lambda: sa.update(line).where(line.c.number == 2, line.c.kind == "visit").values(actor_name="Eve"),
    "a line that goes": lambda: sa.delete(line).where(line.c.number == 2, line.c.kind == "visit"),
    "the last line": lambda: sa.delete(line).where(line.c.number == 3, line.c.kind == "visit"),
    "the server's own": lambda: sa.update(line).where(line.c.act == "received").values(actor_name="Eve"),
}


@pytest.mark.parametrize("what", FORGERIES)
def test_a_forged_journal_is_found(make_central: Callable[..., Central], what: str) -> None:
    central = make_central()
    anna = central.laptop()
    for _ in range(3):
        anna.save("visit", VISIT)
    anna.push()
    assert verifying.verify(central.database).findings == ()
    central.database.writing(lambda connection: connection.execute(FORGERIES[what]()))
    assert verifying.verify(central.database).findings


def test_a_chain_that_was_forged_whole_does_not_fit_what_the_server_wrote_down(
    make_central: Callable[..., Central],
) -> None:
    """Whoever may write to the database makes a whole new chain for a device: its signature and the server's journal tell."""
    from liaison_desktop.server import journal

    central = make_central()
    anna = central.laptop()
    for _ in range(3):
        anna.save("visit", VISIT)
    anna.push()
    forger = anna.copied()
    forger.lines = []
    for _ in range(3):
        forger.save("visit", VISIT | {"notes": "forged"})

    def forge(connection: sa.Connection) -> None:
        connection.execute(sa.delete(line).where(line.c.device == anna.device))
        assert anna.enrolled is not None
        for one in forger.lines:
            row = journal.row_of(one, anna.enrolled.organisation, 1, received=one.at)
            connection.execute(sa.insert(line).values(**row | {"device": anna.device}))
        connection.execute(sa.update(chain).where(chain.c.device == anna.device).values(hash=forger.lines[-1].hash))

    central.database.writing(forge)
    faults = {finding.fault for finding in verifying.verify(central.database).findings}
    assert faults == {"the device did not sign this", "is not what was received"}


def test_each_day_has_its_signed_checkpoint(make_central: Callable[..., Central]) -> None:
    central = make_central()
    anna = central.laptop()
    anna.renewing = True
    for _ in range(3):
        central.clock.tick(86400)
        anna.append("viewed")
        anna.push()
    verdict = verifying.verify(central.database)
    assert (verdict.checkpoints, verdict.findings) == (3, ())


def test_a_full_disk_writes_nothing_by_halves(make_central: Callable[..., Central]) -> None:
    central = make_central()
    anna = central.laptop()
    for _ in range(40):
        anna.save("visit", VISIT | {"notes": "x" * 4000})
    with central.database.engine.connect() as connection:
        connection.rollback()
        raw = connection.connection.driver_connection
        pages = raw.execute("PRAGMA page_count").fetchone()[0]

    def narrow(driver: object, _record: object, _proxy: object = None) -> None:
        driver.execute(f"PRAGMA max_page_count = {pages + 2}")  # type: ignore[attr-defined]

    sa.event.listen(central.database.engine, "checkout", narrow)
    with pytest.raises(Problem) as caught:
        anna.push()
    assert caught.value.details.code is wire.ProblemCode.BUSY
    sa.event.remove(central.database.engine, "checkout", narrow)
    sa.event.listen(
        central.database.engine, "checkout", lambda driver, *_: driver.execute("PRAGMA max_page_count = 1000000")
    )
    with central.database.reading() as connection:
        assert connection.execute(sa.select(chain.c.acked).where(chain.c.device == anna.device)).scalar_one() == 0
    anna.push()
    assert verifying.verify(central.database).findings == ()


test_a_full_disk_writes_nothing_by_halves = pytest.mark.expects_log(test_a_full_disk_writes_nothing_by_halves)
