"""Kill -9 at random moments of a save loop: nothing acknowledged is lost, nothing is half-written, the chain verifies.

`LIAISON_KILLS=2000` runs the long trial. The two sabotaged loops at the end prove that the checks can fail.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import random
import uuid
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import msgspec
import pytest

from liaison_desktop.msl.directory.record import Institution
from liaison_desktop.msl.workspace import SCHEMA
from liaison_desktop.store import Act, Store, Transaction
from liaison_desktop.store.rebuild import current_from_journal
from tests import builders

KILLS = int(os.environ.get("LIAISON_KILLS", "100"))
_processes = multiprocessing.get_context("fork" if hasattr(os, "fork") else "spawn")
Acked = dict[uuid.UUID, str]
Loop = Callable[[Path, Connection], None]


def open_store(folder: Path) -> Store:
    """The store, as after any crash."""
    return Store.open(folder, SCHEMA, builders.a_key(), actor=builders.an_actor(), device=builders.a_device())


def save_loop(folder: Path, told: Connection) -> None:
    """Saves, changes and drafts for ever; says each once it was called saved."""
    store, number = open_store(folder), 0
    while True:
        number += 1
        place = store.save(Institution(name=f"Place {number}", access_note="x" * random.randrange(3000)))
        told.send_bytes(f"saved {place.id} {place.name}".encode())
        store.drafts.put("institution/new", str(number).encode())
        told.send_bytes(f"drafted {number}".encode())
        if number % 3 == 0:
            with store.transaction() as transaction:
                changed = transaction.save(msgspec.structs.replace(place, name=f"Place {number} changed"))
                transaction.note(Act.VIEWED, subject=place.id)
            told.send_bytes(f"saved {changed.id} {changed.name}".encode())


def said_too_early(folder: Path, told: Connection) -> None:
    """Sabotage: says "saved" before the commit."""
    store, number = open_store(folder), 0
    while True:
        number += 1
        place = Institution(name=f"Place {number}")
        told.send_bytes(f"saved {place.id} {place.name}".encode())
        store.save(place)


class _LineElsewhere(Transaction):
    """Sabotage: the row is written here, its line in the journal in a transaction of its own afterwards."""

    def _append(self, *line: Any) -> None:
        self._connection.commit()
        self._connection.begin()
        super()._append(*line)


def line_written_elsewhere(folder: Path, told: Connection) -> None:
    """Sabotage: the journal's line is outside the row's transaction."""
    import liaison_desktop.store.store as module

    module.Transaction = _LineElsewhere  # type: ignore[misc]
    save_loop(folder, told)


def killed_run(folder: Path, loop: Loop) -> tuple[Acked, int]:
    """Run a loop, kill it at a random moment; what it had called saved, and the last draft it had called kept."""
    here, there = _processes.Pipe(duplex=False)
    process = _processes.Process(target=loop, args=(folder, there), daemon=True)
    process.start()
    there.close()
    acked: Acked = {}
    draft = 0
    with contextlib.suppress(EOFError):
        for message in _messages(here, process):
            what, _, rest = message.partition(" ")
            if what == "drafted":
                draft = int(rest)
            else:
                record, _, name = rest.partition(" ")
                acked[uuid.UUID(record)] = name
    process.join()
    here.close()
    return acked, draft


def _messages(here: Connection, process: multiprocessing.process.BaseProcess) -> Iterator[str]:
    yield here.recv_bytes().decode()  # it runs
    process.join(timeout=random.uniform(0, 0.06))
    process.kill()
    while True:
        yield here.recv_bytes().decode()


def what_was_lost(folder: Path, acked: Acked, draft: int) -> str:
    """Open the store after a kill and compare it with what was acknowledged; empty if all is well."""
    store = open_store(folder)
    try:
        live = {place.id: place for place in store.all(Institution)}
        lost = [str(record) for record, name in acked.items() if record not in live or live[record].name < name]
        if lost:
            return f"{len(lost)} acknowledged saves lost"
        if draft and int(store.drafts.get("institution/new") or 0) < draft:
            return "an acknowledged draft was lost"
        if not (verdict := store.verify()).verified:
            return f"the chain is broken: {verdict.broken}"
        with store.reading() as connection:
            told = current_from_journal(connection, store.kinds)
        return "" if told == live else "the rows differ from the journal"
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    finally:
        store.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with an empty store."""
    Store.create(tmp_path, SCHEMA, builders.a_key(), actor=builders.an_actor(), device=builders.a_device()).close()
    return tmp_path


@pytest.mark.timeout(60 + KILLS * 2)
def test_kill_9_loses_nothing_acknowledged(folder: Path) -> None:
    """The promise: what was called saved is there after the process died."""
    acked: Acked = {}
    for trial in range(KILLS):
        new, draft = killed_run(folder, save_loop)
        acked.update(new)
        # Each trial's own saves are compared at once; the whole heap every tenth time, which is quadratic otherwise.
        wanted = acked if trial % 10 == 9 else new
        assert what_was_lost(folder, wanted, draft) == "", f"trial {trial}"


@pytest.mark.parametrize("sabotage", [said_too_early, line_written_elsewhere])
@pytest.mark.timeout(120)
def test_the_kill_test_has_teeth(folder: Path, sabotage: Loop) -> None:
    """A store that says "saved" too early, or writes the journal apart, is caught within a few dozen kills."""
    for _trial in range(60):
        acked, draft = killed_run(folder, sabotage)
        if what_was_lost(folder, acked, draft):
            return
    pytest.fail("sixty kills did not show the sabotage")
