"""Any history of real stores and a server: whatever happens in whatever order, nothing saved is lost and all agree.

Laptops save, change, remove, decide, synchronise over a line that loses requests and replies or delivers twice; they are
cloned and restored from copies; the server is restored from one; every clock jumps by ten years.
`LIAISON_HISTORIES=500` asks for more of them.
"""

from __future__ import annotations

import datetime as dt
import functools
import os
import shutil
import tempfile
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from liaison_desktop.errors import Unreachable
from liaison_desktop.msl.directory.record import Institution
from liaison_desktop.msl.safety.record import SafetyEvent
from liaison_desktop.msl.visits.record import Visit
from liaison_desktop.msl.workspace import SCHEMA
from liaison_desktop.records import Record
from liaison_desktop.server import backups
from liaison_desktop.server.database import open_database
from liaison_desktop.server.keys import ServerKeys
from liaison_desktop.store import Actor, Device, Store
from liaison_desktop.sync.transport import Reply
from tests import builders
from tests.fakes import TODAY
from tests.server.conftest import Central
from tests.sync.agreement import authored, disagreements
from tests.sync.desks import Desk, a_desk, fine, lost_reply, lost_request

HISTORIES = int(os.environ.get("LIAISON_HISTORIES", "12"))
STEPS = 16
PEOPLE = ("Anna", "Anna", "Ben")
KEYS = ServerKeys(b"k" * 32)
MOST = 5  # laptops at once, clones among them
which = st.integers(0, 7)
words = st.sampled_from(["a", "b", "c"])
FIELDS: dict[type[Record], tuple[str, ...]] = {
    Visit: ("notes", "heading"),
    SafetyEvent: ("narrative", "description"),
    Institution: ("name", "access_note"),
}


class Watch:
    """A clock that anybody may set."""

    def __init__(self) -> None:
        self.now = TODAY

    def __call__(self) -> dt.datetime:
        self.now += dt.timedelta(seconds=1)
        return self.now


def delivered_twice(send: Callable[[], Reply]) -> Reply:
    """It arrives, and again."""
    send()
    return send()


@functools.cache
def template() -> tuple[Path, tuple[Device, ...], tuple[Actor, ...]]:
    """A server and enrolled laptops, made once; a history begins with a copy of their files."""
    folder = Path(tempfile.mkdtemp(dir=os.environ.get("PYTEST_DEBUG_TEMPROOT")))
    watch = Watch()
    central = Central(open_database("", folder / "server", KEYS, create=True, clock=watch), watch)  # type: ignore[arg-type]
    desks = [a_desk(folder / f"laptop-{at}", SCHEMA, central.wire, watch, name) for at, name in enumerate(PEOPLE)]
    for desk, name in zip(desks, PEOPLE, strict=True):
        desk.enrol(central.code(name))
        desk.store.close()
    central.close()
    return folder, tuple(desk.store.device for desk in desks), tuple(desk.store.actor for desk in desks)


class Laptop:
    """One laptop: its desk, its clock, and copies of its disk."""

    def __init__(self, folder: Path, device: Device, actor: Actor, central: Central) -> None:
        self.folder, self.device, self.actor, self.watch = folder, device, actor, Watch()
        self.desk = Desk(self.opened(), central.wire)
        self.copy: Path | None = None

    def opened(self) -> Store:
        """Its store."""
        return Store.open(self.folder, SCHEMA, builders.a_key(), actor=self.actor, device=self.device, clock=self.watch)

    @property
    def store(self) -> Store:
        """Its store as it is open now."""
        return self.desk.store


class Histories(RuleBasedStateMachine):
    """What may happen, in any order."""

    @initialize()
    def begin(self) -> None:
        """A server and three laptops."""
        made, devices, actors = template()
        self.folder = Path(tempfile.mkdtemp(dir=os.environ.get("PYTEST_DEBUG_TEMPROOT")))
        shutil.copytree(made, self.folder / "all")
        self.watch = Watch()
        self.central = self.opened()
        self.laptops = [
            Laptop(self.folder / "all" / f"laptop-{at}", device, actor, self.central)
            for at, (device, actor) in enumerate(zip(devices, actors, strict=True))
        ]
        self.copies = 0
        self.server_copy: Path | None = None
        self.wanted: set[uuid.UUID] = set()

    def opened(self) -> Central:
        """The server over its file."""
        database = open_database("", self.folder / "all" / "server", KEYS, clock=self.watch)
        return Central(database, self.watch)  # type: ignore[arg-type]

    def laptop(self, at: int) -> Laptop:
        return self.laptops[at % len(self.laptops)]

    # -- people -------------------------------------------------------------------------------------------------------
    @rule(at=which, kind=st.sampled_from(tuple(FIELDS)), word=words)
    def saves(self, at: int, kind: type[Record], word: str) -> None:
        made: Any = kind(**{FIELDS[kind][0]: word})
        self.wanted.add(self.laptop(at).store.save(made).version)

    @rule(at=which, kind=st.sampled_from(tuple(FIELDS)), pick=which, field=st.integers(0, 1), word=words)
    def changes(self, at: int, kind: type[Record], pick: int, field: int, word: str) -> None:
        store = self.laptop(at).store
        if held := store.all(kind):
            record: Any = held[pick % len(held)]
            changed = msgspec.structs.replace(record, **{FIELDS[kind][field]: f"{word}{pick}"})
            self.wanted.add(store.save(changed).version)

    @rule(at=which, pick=which)
    def removes(self, at: int, pick: int) -> None:
        store = self.laptop(at).store
        if held := store.all(Visit):
            store.remove(held[pick % len(held)], reason="made twice")

    @rule(at=which, pick=which, word=words)
    def decides(self, at: int, pick: int, word: str) -> None:
        store = self.laptop(at).store
        if disputes := store.central.disputes():
            dispute = disputes[pick % len(disputes)]
            kind = store.kinds[dispute.kind]
            head: Any = store.find(kind, dispute.subject)
            if head is not None:
                decided = msgspec.structs.replace(head, **{FIELDS[kind][0]: f"decided {word}"})
                with store.transaction("decided") as transaction:
                    self.wanted.add(transaction.save(decided, decides=(dispute.side,)).version)

    # -- the line -----------------------------------------------------------------------------------------------------
    @rule(at=which)
    def synchronises(self, at: int) -> None:
        self.laptop(at).desk.sync()

    @rule(at=which, fault=st.sampled_from([lost_request, lost_reply, delivered_twice]), after=st.integers(0, 7))
    def the_line_breaks(self, at: int, fault: Any, after: int) -> None:
        desk = self.laptop(at).desk
        desk.line.faults = [fine] * after + [fault]
        try:
            desk.sync()
        except Unreachable:
            pass
        finally:
            desk.line.faults = []

    # -- what befalls them --------------------------------------------------------------------------------------------
    def copied(self, laptop: Laptop) -> Path:
        self.copies += 1
        there = self.folder / f"copy-{self.copies}"
        laptop.store.close()
        shutil.copytree(laptop.folder, there)
        laptop.desk.store = laptop.opened()
        return there

    @rule(at=which)
    def a_disk_is_copied(self, at: int) -> None:
        self.laptop(at).copy = self.copied(self.laptop(at))

    @precondition(lambda self: any(one.copy for one in self.laptops))
    @rule(at=which)
    def a_disk_is_restored(self, at: int) -> None:
        laptop = self.laptop(at)
        if laptop.copy is None:
            return
        went = authored(laptop.store)
        laptop.store.close()
        laptop.folder, laptop.copy = laptop.copy, None
        laptop.desk.store = laptop.opened()
        # What was never sent went with the disk; what anybody else has is still asked for.
        with self.central.database.reading() as connection:
            there = {row.version for row in connection.exec_driver_sql("SELECT version FROM line")}
        kept = {uuid.UUID(bytes=one) for one in there}.union(*(authored(one.store) for one in self.laptops))
        self.wanted -= went - kept

    @precondition(lambda self: len(self.laptops) < MOST)
    @rule(at=which)
    def a_laptop_is_cloned(self, at: int) -> None:
        laptop = self.laptop(at)
        self.laptops.append(Laptop(self.copied(laptop), laptop.device, laptop.actor, self.central))

    @rule()
    def the_server_is_copied(self) -> None:
        self.copies += 1
        self.server_copy = self.folder / f"server-{self.copies}.db"
        backups.back_up(self.central.database, self.server_copy)

    @precondition(lambda self: self.server_copy is not None)
    @rule()
    def the_server_is_restored(self) -> None:
        assert self.server_copy is not None
        self.central.close()
        backups.restore(self.server_copy, self.folder / "all" / "server", KEYS)
        self.central = self.opened()
        backups.begin_again(self.central.database)
        for laptop in self.laptops:
            laptop.desk.line.wire = self.central.wire
        # What a laptop had sent and then lost with its disk is nowhere now.
        with self.central.database.reading() as connection:
            there = {uuid.UUID(bytes=row.version) for row in connection.exec_driver_sql("SELECT version FROM line")}
        self.wanted &= there.union(*(authored(one.store) for one in self.laptops))

    @rule(at=st.integers(0, 3), years=st.sampled_from([-10, 10]))
    def a_clock_jumps(self, at: int, years: int) -> None:
        watches = [self.watch, *(one.watch for one in self.laptops)]
        watches[at].now = TODAY + dt.timedelta(days=365 * years)

    # -- the end ------------------------------------------------------------------------------------------------------
    def teardown(self) -> None:
        """Everybody synchronises twice; then nothing is lost and all agree."""
        if not hasattr(self, "laptops"):
            return
        try:
            for _round in (1, 2):
                for laptop in self.laptops:
                    laptop.desk.sync()
            stores = [laptop.store for laptop in self.laptops]
            assert disagreements(self.central.database, stores, self.wanted) == []
        finally:
            for laptop in self.laptops:
                laptop.store.close()
            self.central.close()
            shutil.rmtree(self.folder, ignore_errors=True)


@pytest.mark.timeout(120 + HISTORIES * 5)
def test_every_history_keeps_what_was_saved() -> None:
    run_state_machine_as_test(
        Histories,
        settings=settings(
            max_examples=HISTORIES,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize="LIAISON_HISTORIES" not in os.environ,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
