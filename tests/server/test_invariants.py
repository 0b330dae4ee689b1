"""Any history of laptops and a server, on SQLite and on PostgreSQL at once: nothing is lost, both say the same.

Laptops write, send, lose replies, send twice, are restored from copies and cloned; clocks jump; the server is restored
from a copy and its feeds are shortened. At the end everybody synchronises, and then the invariants of the protocol hold.
`LIAISON_FUZZ=5000` asks for more histories.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
import tempfile
import uuid
from pathlib import Path
from typing import Any, ClassVar

import msgspec
import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from liaison_desktop.server import tending, verifying
from liaison_desktop.server.database import new_epoch, open_database, put_value
from liaison_desktop.server.journal import parents_of
from liaison_desktop.server.keys import ServerKeys
from liaison_desktop.server.tables import METADATA, conflict, device, entry, line, record
from liaison_desktop.sync import ancestry, wire
from tests.fakes import Clock
from tests.server.conftest import Central, fresh_schema
from tests.server.laptop import Laptop, digest_of

HISTORIES = int(os.environ.get("LIAISON_FUZZ", "0")) // 100 or 4
STEPS = 22
PEOPLE = ("Anna", "Anna", "Ben")  # two laptops of one person, one of another in the same unit
KINDS = ("visit", "visit", "safety_event", "insight_feedback", "product")
FIELDS = {
    "visit": ("notes", "outcome", "heard_priorities"),
    "safety_event": ("narrative", "description"),
    "insight_feedback": ("outcome", "told_at"),
    "product": ("generic", "therapeutic_area"),
}
which = st.integers(0, 7)
words = st.sampled_from(["a", "b", "c"])

Snapshot = dict[str, list[dict[str, Any]]]


def taken(central: Central) -> Snapshot:
    """Everything the server holds, as a copy of it would."""
    with central.database.reading() as connection:
        return {
            table.name: [dict(row) for row in connection.execute(sa.select(table)).mappings()]
            for table in METADATA.sorted_tables
        }


def put_back(central: Central, copy: Snapshot) -> None:
    """Come back from a copy: another epoch; who was enrolled and signed in since stays, as an administrator would see to."""
    keep = {"device", "token", "code", "person", "membership"}

    def work(connection: sa.Connection) -> None:
        for table in METADATA.sorted_tables:
            if table.name in keep:
                continue
            connection.execute(sa.delete(table))
            if copy[table.name]:
                connection.execute(sa.insert(table), copy[table.name])
        put_value(connection, "epoch", new_epoch())

    central.database.writing(work)


class World:
    """One server with its laptops."""

    def __init__(self, central: Central, clock: Clock) -> None:
        self.central, self.clock = central, clock
        self.laptops = [central.laptop(name) for name in PEOPLE]
        for at, laptop in enumerate(self.laptops):
            laptop.renewing = True
            laptop.name_ids(f"laptop {at}")
        for laptop, years in zip(self.laptops, (0, 10, -10), strict=True):
            laptop.skew = dt.timedelta(days=365 * years)
        self.copies: dict[int, Laptop] = {}
        self.copy: Snapshot | None = None
        self.authored: dict[uuid.UUID, bytes] = {}
        self.restored = False

    def laptop(self, at: int) -> Laptop:
        return self.laptops[at % len(self.laptops)]

    def note_authored(self) -> None:
        for laptop in self.laptops:
            for one in laptop.lines:
                if one.act in (wire.SAVED, wire.REMOVED):
                    self.authored[one.version] = one.content

    def on_server(self) -> set[uuid.UUID]:
        with self.central.database.reading() as connection:
            return set(connection.execute(sa.select(line.c.version)).scalars())

    def forget_lost(self, versions: set[uuid.UUID]) -> None:
        """Of these, what nobody has any more went with a disk, and is not asked for at the end."""
        kept = {one.version for laptop in self.laptops for one in laptop.lines} | self.on_server()
        for version in versions - kept:
            self.authored.pop(version, None)

    def heads(self) -> list[tuple[Any, ...]]:
        with self.central.database.reading() as connection:
            query = sa.select(record.c.subject, record.c.head, record.c.state).order_by(record.c.subject)
            return [tuple(row) for row in connection.execute(query)]


class Histories(RuleBasedStateMachine):
    """What may happen, in any order."""

    urls: ClassVar[tuple[str, ...]] = ()

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(dir=os.environ.get("PYTEST_DEBUG_TEMPROOT")))
        self.clock = Clock()
        self.worlds = []
        for at, url in enumerate(self.urls):
            where = fresh_schema(url) if url else ""
            keys = ServerKeys(b"k" * 32)
            database = open_database(where, self.folder / str(at), keys, create=True, clock=self.clock)
            self.worlds.append(World(Central(database, self.clock), self.clock))

    def each(self, does: Any) -> None:
        """Do it in every world, and see that it came out alike."""
        said = [does(world) for world in self.worlds]
        assert all(one == said[0] for one in said), said

    # -- laptops ------------------------------------------------------------------------------------------------------
    @rule(at=which, kind=st.sampled_from(KINDS), word=words)
    def writes(self, at: int, kind: str, word: str) -> None:
        self.each(lambda world: str(world.laptop(at).save(kind, {FIELDS[kind][0]: word})))

    @rule(at=which, pick=which, field=which, word=words)
    def edits(self, at: int, pick: int, field: int, word: str) -> None:
        def does(world: World) -> None:
            laptop = world.laptop(at)
            if laptop.rows:
                subject = sorted(laptop.rows)[pick % len(laptop.rows)]
                names = FIELDS[laptop.rows[subject][1]]
                name = names[field % len(names)]
                held = laptop.rows[subject][2].get(name)
                laptop.edit(subject, **{name: [*(held or []), word] if name == "heard_priorities" else word})

        self.each(does)

    @rule(at=which, pick=which)
    def removes(self, at: int, pick: int) -> None:
        def does(world: World) -> None:
            laptop = world.laptop(at)
            if laptop.rows:
                laptop.remove(sorted(laptop.rows)[pick % len(laptop.rows)])

        self.each(does)

    @rule(at=which)
    def looks(self, at: int) -> None:
        self.each(lambda world: world.laptop(at).append("viewed").number)

    @rule(at=which)
    def writes_nonsense(self, at: int) -> None:
        def does(world: World) -> None:
            laptop = world.laptop(at)
            laptop.append(wire.SAVED, kind="visit", subject=laptop.ids(), version=laptop.ids(), content=b'{"id":7}')

        self.each(does)

    @rule(at=which, most=st.sampled_from([1, 3, 500]))
    def pushes(self, at: int, most: int) -> None:
        self.each(lambda world: [told(result) for result in world.laptop(at).push(most)])

    @rule(at=which)
    def pushes_and_hears_nothing(self, at: int) -> None:
        def does(world: World) -> None:
            laptop = world.laptop(at)
            laptop.settle_chain()
            if laptop.acked < len(laptop.lines):
                laptop.call("POST", "/push", laptop.pushed(laptop.ops(laptop.acked, 2)), gives=wire.Pushed)

        self.each(does)

    @rule(at=which)
    def everything_comes_twice(self, at: int) -> None:
        def does(world: World) -> list[str]:
            laptop = world.laptop(at)
            laptop.push()
            before = held_by(world.central)
            found = []
            for start in (0, max(0, laptop.acked - 3)):
                ops = laptop.ops(start, 5)
                if ops and ops[-1].number <= laptop.acked:
                    reply = laptop.call("POST", "/push", laptop.pushed(ops), gives=wire.Pushed)
                    assert all(result.again for result in reply.results)
                    known = [laptop.results[r.number] for r in reply.results if r.number in laptop.results]
                    again = [r for r in reply.results if r.number in laptop.results]
                    assert [(r.number, r.outcome, r.code, r.version) for r in again] == [
                        (r.number, r.outcome, r.code, r.version) for r in known
                    ]
                    found += [told(result) for result in reply.results]
            assert held_by(world.central) == before
            return found

        self.each(does)

    @rule(at=which)
    def comes_too_early(self, at: int) -> None:
        def does(world: World) -> None:
            laptop = world.laptop(at)
            laptop.settle_chain()
            ops = laptop.ops(laptop.acked + 1)
            if ops:
                assert refusal(laptop, laptop.pushed(ops)) == "gap"

        self.each(does)

    @rule(at=which)
    def pulls(self, at: int) -> None:
        self.each(lambda world: world.laptop(at).pull(3))

    @rule(at=which, pick=which, word=words)
    def decides(self, at: int, pick: int, word: str) -> None:
        def does(world: World) -> None:
            laptop = world.laptop(at)
            known = sorted(one.id for one in laptop.conflicts.values() if one.subject in laptop.rows)
            if known:
                quarrel = laptop.conflicts[known[pick % len(known)]]
                name = FIELDS[laptop.rows[quarrel.subject][1]][0]
                laptop.decide(quarrel, **{name: f"decided {word}"})

        self.each(does)

    # -- what befalls them --------------------------------------------------------------------------------------------
    @rule(at=which)
    def is_copied(self, at: int) -> None:
        self.each(lambda world: world.copies.__setitem__(at % len(world.laptops), world.laptop(at).copied()))

    @rule(at=which)
    def is_restored(self, at: int) -> None:
        def does(world: World) -> None:
            copy = world.copies.pop(at % len(world.laptops), None)
            if copy is not None:
                # What it wrote and never sent went with the disk; what was sent must be on the server.
                gone = world.laptops[at % len(world.laptops)]
                world.note_authored()
                copy.name_ids(f"{at} restored after {len(gone.lines)}")
                world.laptops[at % len(world.laptops)] = copy
                world.forget_lost({one.version for one in gone.lines[0 if world.restored else gone.acked :]})

        self.each(does)

    @precondition(lambda self: len(self.worlds[0].laptops) < 5)
    @rule(at=which)
    def is_cloned(self, at: int) -> None:
        def does(world: World) -> None:
            twin = world.laptop(at).copied()
            twin.name_ids(f"twin {len(world.laptops)}")
            world.laptops.append(twin)

        self.each(does)

    @rule(days=st.sampled_from([-3650, -1, 1, 3650]))
    def the_clock_jumps(self, days: int) -> None:
        self.clock.tick(days * 86400.0)

    # -- the server ---------------------------------------------------------------------------------------------------
    @rule()
    def the_server_is_copied(self) -> None:
        self.each(lambda world: setattr(world, "copy", taken(world.central)))

    @precondition(lambda self: self.worlds[0].copy is not None)
    @rule()
    def the_server_is_restored(self) -> None:
        def does(world: World) -> None:
            assert world.copy is not None
            world.note_authored()
            world.restored = True
            before = world.on_server()
            put_back(world.central, world.copy)
            world.forget_lost(before - world.on_server())
            for laptop in world.laptops:
                laptop.forget_server()

        self.each(does)

    @rule(days=st.sampled_from([0, 90]))
    def feeds_are_shortened(self, days: int) -> None:
        base = [world.central.database for world in self.worlds]
        for database in base:
            database.writing(lambda connection, database=database: tending.compact(connection, database, days))

    # -- what holds ---------------------------------------------------------------------------------------------------
    @invariant()
    def one_open_conflict_for_each_branch(self) -> None:
        for world in getattr(self, "worlds", ()):
            with world.central.database.reading() as connection:
                sides = connection.execute(sa.select(conflict.c.side).where(conflict.c.state == "open")).scalars().all()
            assert len(sides) == len(set(sides))  # I6

    def teardown(self) -> None:
        try:
            if getattr(self, "worlds", None):
                self._settled()
        finally:
            for world in getattr(self, "worlds", ()):
                world.central.close()
            shutil.rmtree(getattr(self, "folder", Path("nowhere")), ignore_errors=True)

    def _settled(self) -> None:
        for world in self.worlds:
            world.note_authored()
            for _twice in range(2):
                for laptop in world.laptops:
                    laptop.sync()
            for laptop in world.laptops:
                laptop.pull()
            self._nothing_lost(world)
            self._all_agree(world)
            self._in_order(world)
            verdict = verifying.verify(world.central.database)  # I16
            assert verdict.findings == ()
        self.each(lambda world: [(str(subject), str(head), state) for subject, head, state in world.heads()])

    def _nothing_lost(self, world: World) -> None:
        with world.central.database.reading() as connection:
            rows = connection.execute(sa.select(line.c.version, line.c.body, line.c.outcome)).all()
        held: dict[uuid.UUID, set[bytes]] = {}
        for row in rows:
            held.setdefault(row.version, set()).add(bytes(row.body or b""))
        for version, content in world.authored.items():  # I1
            assert content in held.get(version, set()), f"{version} is lost"
        self._all_reachable(world)

    def _all_reachable(self, world: World) -> None:
        """I1 and I5: what was accepted is the head, went into it, or waits beside it for a person."""
        with world.central.database.reading() as connection:
            query = sa.select(line.c.subject, line.c.made, line.c.parents, line.c.act).where(line.c.made.is_not(None))
            rows = connection.execute(query).all()
            tips = set(connection.execute(sa.select(record.c.head)).scalars())
            tips |= set(connection.execute(sa.select(conflict.c.side)).scalars())
        parents = {row.made: parents_of(row.parents) for row in rows}
        reached = set().union(*(ancestry.ancestors(parents, tip) for tip in tips)) if tips else set()
        stray = [row for row in rows if row.made not in reached and row.act == wire.SAVED]
        assert not stray, f"{stray[0].made} is neither head nor ancestor nor side"

    def _all_agree(self, world: World) -> None:
        state = {subject: (head, what) for subject, head, what in world.heads()}
        with world.central.database.reading() as connection:
            open_ones = set(
                connection.execute(sa.select(conflict.c.subject).where(conflict.c.state == "open")).scalars()
            )
            sides = connection.execute(sa.select(conflict.c.side).where(conflict.c.state == "open")).scalars().all()
            made = set(connection.execute(sa.select(line.c.made).where(line.c.made.is_not(None))).scalars())
            outboxes = dict(connection.execute(sa.select(device.c.id, device.c.outbox)).all())
        assert set(sides) <= made  # I5: a side can be read
        for laptop in world.laptops:
            welcome = laptop.hello()
            digests = {head.id: head.digest for head in welcome.feeds}
            held = {subject: version for feed in laptop.feeds.values() for subject, version in feed.items()}
            live = {subject: head for subject, (head, what) in state.items() if what == "live"}
            mine = {name: digest_of(feed) for name, feed in laptop.feeds.items()}
            assert {name: digest for name, digest in mine.items() if digest != wire.NOTHING} == {
                name: digest for name, digest in digests.items() if digest != wire.NOTHING
            }  # I4
            assert {subject: held[subject] for subject in held if subject in live} == {
                subject: live[subject] for subject in held if subject in live
            }
            assert set(held) <= set(live)
            outbox = msgspec.json.decode(outboxes[laptop.device], type=wire.OutboxState)
            assert outbox.pending == 0 == len(laptop.lines) - laptop.acked  # I19
            assert {one.subject for one in laptop.conflicts.values()} <= open_ones

    def _in_order(self, world: World) -> None:
        with world.central.database.reading() as connection:
            query = sa.select(line.c.device, line.c.incarnation, line.c.number, line.c.at).order_by(
                line.c.device, line.c.incarnation, line.c.number
            )
            numbers: dict[Any, list[int]] = {}
            for row in connection.execute(query):
                numbers.setdefault((row.device, row.incarnation), []).append(row.number)
        for found in numbers.values():  # I2, I3: each number once, without a gap
            assert found == list(range(found[0], found[0] + len(found)))


def told(result: wire.Result) -> str:
    """A result as far as it must be the same on every database."""
    return (
        f"{result.number} {result.outcome} {result.code} {result.version} {result.conflict} {result.fields} "
        f"{result.took} {result.seq} {wire.bytes_of(result.body)!r}"
    )


def refusal(laptop: Laptop, push: wire.Push) -> str:
    """What the server says against a push."""
    from tests.server.laptop import Problem

    with pytest.raises(Problem) as caught:
        laptop.call("POST", "/push", push, gives=wire.Pushed)
    return caught.value.details.code.value


def held_by(central: Central) -> tuple[int, ...]:
    """How much the server holds."""
    with central.database.reading() as connection:
        return tuple(
            connection.execute(sa.select(sa.func.count()).select_from(table)).scalar() or 0
            for table in (line, record, entry, conflict)
        )


def run(urls: tuple[str, ...], histories: int) -> None:
    machine = type("Machine", (Histories,), {"urls": urls})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=histories,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize="LIAISON_FUZZ" not in os.environ,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.timeout(600)
def test_every_history_keeps_the_invariants() -> None:
    run(("",), HISTORIES)


@pytest.mark.timeout(600)
@pytest.mark.expects_socket
def test_both_databases_say_the_same(postgres: str) -> None:
    run(("", postgres), max(2, HISTORIES // 2))
