"""A server, a bad line and laptops, each in a process of its own, so that each can be killed at any moment.

The sockets they listen on belong to the test: a server that died leaves its callers waiting in the queue of the next one.
"""

from __future__ import annotations

import datetime as dt
import importlib
import multiprocessing
import os
import random
import shutil
import signal
import socket
import uuid
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import msgspec
import sqlalchemy as sa

from liaison_desktop.errors import TurnedAway, Unreachable
from liaison_desktop.msl.directory.record import Institution
from liaison_desktop.msl.visits.record import Visit
from liaison_desktop.msl.workspace import SCHEMA
from liaison_desktop.records import new_id
from liaison_desktop.server import backups, enrolling, organisations
from liaison_desktop.server.database import Database, open_database
from liaison_desktop.server.keys import ServerKeys
from liaison_desktop.server.organisations import Role
from liaison_desktop.server.serving import Address, settled
from liaison_desktop.store import Actor, Device, Store
from liaison_desktop.sync.account import account_of, key_of
from liaison_desktop.sync.conversation import Conversation
from liaison_desktop.sync.enrolment import Invitation, enrol
from liaison_desktop.sync.round import synchronise
from liaison_desktop.sync.transport import HttpTransport, Transport
from tests import builders
from tests.faults import proxy
from tests.sync.agreement import disagreements

processes = multiprocessing.get_context("fork" if hasattr(os, "fork") else "spawn")
KEYS = ServerKeys(b"k" * 32)
Sabotage = Callable[[], None]


class Post(msgspec.Struct, frozen=True, kw_only=True):
    """A laptop: where its store lies, whose it is, how wrong its clock goes."""

    folder: Path
    name: str
    actor: uuid.UUID
    device: uuid.UUID
    years: int = 0

    def open(self, *, create: bool = False) -> Store:
        """Its store."""
        ahead = dt.timedelta(days=365 * self.years)
        way = Store.create if create else Store.open
        return way(
            self.folder,
            SCHEMA,
            builders.a_key(),
            actor=Actor(id=self.actor, name=self.name),
            device=Device(id=self.device, name=f"{self.name}'s laptop", prefix="T"),
            clock=lambda: dt.datetime.now(dt.UTC) + ahead,
        )


def changed(record: Any, **fields: object) -> Any:
    """A record with other values."""
    return msgspec.structs.replace(record, **fields)


def newest(store: Store) -> list[Visit]:
    """The visits that were made last."""
    table = store.table(Visit)
    with store.reading() as connection:
        rows = connection.execute(sa.select(table).order_by(table.c.id.desc()).limit(6)).mappings()
        return [store.load(Visit, row) for row in rows]


def act(store: Store, chance: random.Random) -> list[uuid.UUID]:
    """Do one thing a person does; the versions that were called saved."""
    visits = newest(store)
    what = chance.random()
    disputes = store.central.disputes()
    if disputes and what < 0.1:
        dispute = chance.choice(disputes)
        head = store.find(Visit, dispute.subject)
        if head is not None:
            with store.transaction("decided") as transaction:
                made = transaction.save(changed(head, notes=f"decided {chance.random()}"), decides=(dispute.side,))
            return [made.version]
    if visits and what < 0.6:
        # The newest of everybody's: the same few records are wanted by all, which is where histories part.
        visit = chance.choice(visits)
        if what < 0.16:
            store.remove(visit, reason="made twice")
            return []
        field = chance.choice(("notes", "heading"))
        return [store.save(changed(visit, **{field: f"{chance.random()}"})).version]
    if what > 0.9:
        return [store.save(Institution(name=f"Hospital {chance.random()}")).version]
    return [store.save(Visit(notes=f"{chance.random()}" * chance.randrange(1, 60))).version]


def work(post: Post, address: str, seed: int, times: int, told: Connection, sabotage: Sabotage | None) -> None:
    """What the process of a laptop does: save and synchronise, and say each thing once it was called saved."""
    if sabotage is not None:
        sabotage()
    chance, store = random.Random(seed), post.open()
    conversation = speaking(store, HttpTransport(address))
    for number in range(times):
        for version in act(store, chance):
            told.send_bytes(f"saved {version}".encode())
        told.send_bytes(b"did")
        if chance.random() < 0.1 or number == times - 1:
            try:
                synchronise(store, conversation)
            except Unreachable:
                told.send_bytes(b"unreachable")
            except TurnedAway as problem:
                told.send_bytes(f"problem {problem.code}".encode())
    store.close()
    told.send_bytes(b"done")


def speaking(store: Store, line: Transport) -> Conversation:
    """A conversation of that store's device."""
    account = account_of(store.central)
    assert account is not None
    return Conversation(line, account.device, key_of(store.central))


def serve(folder: Path, url: str, listening: socket.socket, sabotage: Sabotage | None) -> None:
    """What the process of a server does."""
    if sabotage is not None:
        sabotage()
    database = open_database(url, folder, KEYS)
    settled(database, Address(host="127.0.0.1", port=0)).run(sockets=[listening])


def die(*_told: object) -> None:
    """As by a power cut."""
    os.kill(os.getpid(), signal.SIGKILL)


def dies(place: str, name: str, works: bool, times: int) -> None:
    """Make something kill its process when it is called for the n-th time, before or after it did its work."""
    module, _colon, inside = place.partition(":")
    owner = importlib.import_module(module)
    owner = getattr(owner, inside) if inside else owner
    really, left = getattr(owner, name), [times]

    def deadly(*told: Any, **more: Any) -> Any:
        left[0] -= 1
        if left[0] > 0:
            return really(*told, **more)
        if works:
            really(*told, **more)
        return die()

    setattr(owner, name, deadly)


class Office:
    """Everything of one trial."""

    def __init__(self, folder: Path, url: str = "", *, seed: int = 1) -> None:
        self.folder, self.url, self.seed = folder, url, seed
        self.chance = random.Random(seed)
        self.bad = processes.Event()
        self._server_socket, self._proxy_socket = _listening(), _listening()
        self.direct = f"http://127.0.0.1:{self._server_socket.getsockname()[1]}"
        self.address = f"http://127.0.0.1:{self._proxy_socket.getsockname()[1]}"
        self.posts: list[Post] = []
        self.acknowledged: set[uuid.UUID] = set()
        self.heard: list[str] = []
        self.died: list[int | None] = []  # how processes ended that nobody here killed
        self._running: dict[Connection, tuple[int, BaseProcess, int]] = {}
        self.server: BaseProcess | None = None
        open_database(url, folder / "server", KEYS, create=True).close()
        target = self._server_socket.getsockname()
        self._proxy = self._start(proxy.run, self._proxy_socket, target, seed, self.bad)

    def _start(self, does: Callable[..., None], *told: Any) -> BaseProcess:
        process = processes.Process(target=does, args=told, daemon=True)
        process.start()
        return process

    # -- the server ---------------------------------------------------------------------------------------------------
    def database(self) -> Database:
        """The server's database, opened beside it as its administrator's command does."""
        return open_database(self.url, self.folder / "server", KEYS)

    def start_server(self, sabotage: Sabotage | None = None) -> None:
        """Start the server, or another one in the place of the one that died."""
        self.server = self._start(serve, self.folder / "server", self.url, self._server_socket, sabotage)

    def kill_server(self) -> None:
        """kill -9."""
        assert self.server is not None
        self.server.kill()
        self.server.join()

    def back_up(self, name: str) -> None:
        """Copy the server while it runs."""
        database = self.database()
        backups.back_up(database, self.folder / "copies" / name)
        database.close()

    def restore(self, name: str) -> None:
        """Stop the server, put the copy in its place, and go on."""
        self.kill_server()
        backups.restore(self.folder / "copies" / name, self.folder / "server", KEYS)
        database = self.database()
        backups.begin_again(database)
        database.close()
        self.start_server()

    # -- laptops ------------------------------------------------------------------------------------------------------
    def admit(self, name: str, *, years: int = 0) -> int:
        """Another laptop, enrolled over the wire; its number."""
        database = self.database()

        def code(connection: sa.Connection) -> str:
            place = organisations.place_person(
                connection,
                database,
                organisation_name="Acme",
                name=name,
                role=Role.LIAISON,
                unit_name="North",
                workspace="msl",
            )
            return enrolling.new_code(connection, database, place.person, "msl", "test")

        given = database.writing(code).replace("-", "")
        database.close()
        folder = self.folder / f"laptop-{len(self.posts)}"
        post = Post(folder=folder, name=name, actor=new_id(), device=new_id(), years=years)
        store = post.open(create=True)
        line = HttpTransport(self.direct)
        enrol(store, Invitation(server=self.direct, code=given), line)
        line.close()
        store.close()
        self.posts.append(post)
        return len(self.posts) - 1

    def begin(self, number: int, times: int, sabotage: Sabotage | None = None) -> None:
        """Let a laptop work."""
        here, there = processes.Pipe(duplex=False)
        seed = self.chance.randrange(1 << 30)
        process = self._start(work, self.posts[number], self.address, seed, times, there, sabotage)
        there.close()
        self._running[here] = (number, process, times)

    def kill(self, number: int) -> int:
        """kill -9 of a laptop; how much it had still to do. 0 if it does not run."""
        for here, (one, process, _times) in list(self._running.items()):
            if one == number:
                process.kill()
                process.join()
                self._drain(here)
                return self._running.pop(here)[2]
        return 0

    def clone(self, number: int) -> int:
        """Copy the disk of a laptop as it is after a power cut; the number of the second one."""
        rest = self.kill(number)
        post = self.posts[number]
        folder = self.folder / f"laptop-{len(self.posts)}"
        shutil.copytree(post.folder, folder)
        self.posts.append(changed(post, folder=folder))
        for one in (number, len(self.posts) - 1):
            self.begin(one, rest // 2)
        return len(self.posts) - 1

    def running(self) -> list[int]:
        """The laptops that are at work."""
        return [number for number, _process, _times in self._running.values()]

    def happenings(self) -> Iterator[int]:
        """Each thing that was done, counted, until all laptops are done or dead."""
        count = 0
        while self._running:
            assert self.server is not None
            for here in wait([*self._running, self.server.sentinel]):
                if here == self.server.sentinel:
                    # Laptops may be waiting in its queue and say nothing: another takes its place at once.
                    self.server.join()
                    self.died.append(self.server.exitcode)
                    self.start_server()
                elif isinstance(here, Connection) and here in self._running and self._hear(here):
                    count += 1
                    yield count

    def _hear(self, here: Connection) -> bool:
        """One message of a laptop; whether it did something."""
        try:
            said = here.recv_bytes().decode()
        except EOFError:
            said = "done"
        number, process, times = self._running[here]
        if said == "done":
            process.join()
            if process.exitcode != 0:
                self.died.append(process.exitcode)
            del self._running[here]
        elif said == "did":
            self._running[here] = (number, process, times - 1)
            return True
        elif said.startswith("saved "):
            self.acknowledged.add(uuid.UUID(said[6:]))
        else:
            self.heard.append(said)
        return False

    def _drain(self, here: Connection) -> None:
        try:
            while here in self._running and here.poll():
                said = here.recv_bytes().decode()
                if said.startswith("saved "):
                    self.acknowledged.add(uuid.UUID(said[6:]))
        except EOFError:
            pass

    # -- the end ------------------------------------------------------------------------------------------------------
    def settle(self) -> list[str]:
        """Two quiet rounds of everybody, and then what does not hold."""
        self.bad.clear()
        stores = [post.open() for post in self.posts]
        for _round in (1, 2):
            for store in stores:
                line = HttpTransport(self.address)
                synchronise(store, speaking(store, line))
                line.close()
        database = self.database()
        wrong = disagreements(database, stores, self.acknowledged)
        database.close()
        for store in stores:
            store.close()
        return wrong

    def close(self) -> None:
        """End whatever still runs."""
        ours = [process for _number, process, _times in self._running.values()]
        for process in (*ours, self.server, self._proxy):
            if process is not None:
                process.kill()
                process.join()
        self._server_socket.close()
        self._proxy_socket.close()


def _listening() -> socket.socket:
    made = socket.socket()
    made.bind(("127.0.0.1", 0))
    made.listen(128)
    return made
