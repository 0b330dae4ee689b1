"""Two laptops with real stores, and a server in this process between them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from liaison_desktop.errors import Unreachable
from liaison_desktop.records import new_id
from liaison_desktop.store import Actor, Device, Store
from liaison_desktop.sync.account import account_of, key_of
from liaison_desktop.sync.conversation import Conversation
from liaison_desktop.sync.enrolment import Invitation, enrol
from liaison_desktop.sync.round import Round, synchronise
from liaison_desktop.sync.transport import Reply
from tests import builders
from tests.server.laptop import HOST, Wire

ADDRESS = f"https://{HOST}"


class InProcess:
    """Requests into the server of this process. `faults` are done to the next requests, oldest first."""

    host = HOST

    def __init__(self, wire: Wire) -> None:
        self.wire = wire
        self.faults: list[Callable[[Callable[[], Reply]], Reply]] = []
        self.asked: list[str] = []

    def send(self, method: str, target: str, content: bytes, headers: Mapping[str, str]) -> Reply:
        """One request."""
        self.asked.append(f"{method} {target.partition('?')[0]}")

        def really() -> Reply:
            answer = self.wire.send(method, target, content, dict(headers))
            named = {name.lower(): value for name, value in answer.headers.items()}
            return Reply(answer.status_code, named, answer.content)

        if self.faults:
            return self.faults.pop(0)(really)
        return really()

    def close(self) -> None:
        """Nothing to let go of."""


def lost_request(_send: Callable[[], Reply]) -> Reply:
    """It never arrives."""
    raise Unreachable("cut")


def lost_reply(send: Callable[[], Reply]) -> Reply:
    """It is done, and the reply is lost."""
    send()
    raise Unreachable("cut")


def fine(send: Callable[[], Reply]) -> Reply:
    """This one goes through."""
    return send()


class Desk:
    """A laptop: a store, its account, a line to the server."""

    def __init__(self, store: Store, wire: Wire) -> None:
        self.store, self.line = store, InProcess(wire)

    def enrol(self, code: str) -> None:
        """Come in by a code."""
        enrol(self.store, Invitation(server=ADDRESS, code=code.replace("-", "")), self.line)

    def conversation(self) -> Conversation:
        """A conversation as this device."""
        account = account_of(self.store.central)
        assert account is not None
        return Conversation(self.line, account.device, key_of(self.store.central))

    def sync(self) -> Round:
        """One synchronisation."""
        return synchronise(self.store, self.conversation())


def a_desk(folder: Path, schema: Any, wire: Wire, clock: Callable[[], dt.datetime], name: str = "Anna") -> Desk:
    """A laptop with a new store."""
    device = Device(id=new_id(), name=f"{name}'s laptop", prefix="T")
    actor = Actor(id=new_id(), name=name)
    store = Store.create(folder, schema, builders.a_key(), actor=actor, device=device, clock=clock)
    return Desk(store, wire)


def again(folder: Path, desk: Desk, wire: Wire, clock: Callable[[], dt.datetime]) -> Desk:
    """The laptop whose store lies in that folder, opened as after a start."""
    old = desk.store
    store = Store.open(folder, old.schema, builders.a_key(), actor=old.actor, device=old.device, clock=clock)
    return Desk(store, wire)
