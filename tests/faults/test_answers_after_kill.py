"""Kill -9 while a checklist is answered: every answer that was called saved is there, each with its line, and the field."""

from __future__ import annotations

import contextlib
import itertools
import multiprocessing
import random
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from liaison_desktop.clinical.checklists.actions import (
    Planned,
    Trail,
    keep_checklist,
    open_checklist,
    save_answer,
    start_checklist,
)
from liaison_desktop.clinical.checklists.queries import recent_checklists, steps_of
from liaison_desktop.clinical.workspace import SCHEMA
from liaison_desktop.questionnaires.response import Sheet
from liaison_desktop.store import Store
from tests import builders
from tests.clinical.checklists.filling import a_patient

TRIALS = 12
_processes = multiprocessing.get_context("fork")
Loop = Callable[[Path, Connection], None]


def open_store(folder: Path) -> Store:
    """The store, as after any crash."""
    return Store.open(folder, SCHEMA, builders.a_key(), actor=builders.an_actor(), device=builders.a_device())


def answer_loop(folder: Path, told: Connection) -> None:
    """Answers one question after another for ever, a version now and then; says each once it was called saved."""
    store = open_store(folder)
    opened = open_checklist(store, recent_checklists(store)[0][0].id)
    checklist, sheet, trail = opened.checklist, opened.sheet, opened.trail
    number = int(sheet.nodes("N5")[0].value or 0)
    while True:
        number += 1
        sheet.answer(sheet.nodes("N5")[0], ("valueString", str(number)))
        save_answer(store, checklist, sheet, section="N", focus=f"N/N5#{number}", trail=trail)
        told.send_bytes(str(number).encode())
        if number % 7 == 0:
            checklist = keep_checklist(store, checklist, sheet, trail)


def said_before_saved(folder: Path, told: Connection) -> None:
    """Sabotage: an answer is called saved before it is. At the third it waits there, so that the kill finds it."""
    import liaison_desktop.store.drafts as module

    put, numbers = module.Drafts.put, itertools.count(1)

    def told_first(self: module.Drafts, key: str, content: bytes) -> None:
        told.send_bytes(b"+")
        if next(numbers) == 3:
            signal.pause()
        put(self, key, content)

    module.Drafts.put = told_first  # type: ignore[method-assign]
    answer_loop(folder, told)


def without_its_line(folder: Path, told: Connection) -> None:
    """Sabotage: the answer is kept, its line is not."""
    Trail.take = lambda *_ignored, **_named: None  # type: ignore[method-assign]
    answer_loop(folder, told)


def killed(folder: Path, loop: Loop) -> int:
    """Run a loop, kill it at a random moment; how many answers it had called saved, counted on from the last life."""
    here, there = _processes.Pipe(duplex=False)
    process = _processes.Process(target=loop, args=(folder, there), daemon=True)
    process.start()
    there.close()
    last = 0
    with contextlib.suppress(EOFError):
        first = True
        while True:
            said = here.recv_bytes()
            last = last + 1 if said == b"+" else int(said)
            if first:
                first = False
                process.join(timeout=random.uniform(0, 0.12))
                process.kill()
    process.join()
    here.close()
    return last


def lost(folder: Path, called: int) -> str:
    """What is missing after a kill; empty if nothing is."""
    store = open_store(folder)
    try:
        checklist = recent_checklists(store)[0][0]
        opened = open_checklist(store, checklist.id)
        kept = int(opened.sheet.nodes("N5")[0].value or 0)
        if kept < called:
            return f"answer {called} was called saved, {kept} is there"
        if opened.focus != f"N/N5#{kept}":
            return f"the field is {opened.focus}"
        steps = (*steps_of(store, checklist.id), *opened.trail.pending)
        told = [int(step.after) for step in steps if step.key == "N/N5"]
        if told != list(range(1, kept + 1)):
            return f"{kept} answers, and {len(told)} lines"
        if [step.number for step in steps] != list(range(1, len(steps) + 1)):
            return "the lines are not numbered one after another"
        return "" if store.verify().verified else "the chain is broken"
    finally:
        store.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store with a checklist in which the patient is identified."""
    store = Store.create(tmp_path, SCHEMA, builders.a_key(), actor=builders.an_actor(), device=builders.a_device())
    checklist = start_checklist(store, store.save(a_patient()).id, Planned())
    opened = open_checklist(store, checklist.id)
    sheet: Sheet = opened.sheet
    sheet.choose(sheet.nodes("A1")[0], "name-dob")
    keep_checklist(store, checklist, sheet, opened.trail)
    store.close()
    return tmp_path


@pytest.mark.timeout(180)
def test_no_answer_that_was_called_saved_is_lost_and_each_has_its_line(folder: Path) -> None:
    for trial in range(TRIALS):
        called = killed(folder, answer_loop)
        assert lost(folder, called) == "", f"trial {trial}"
    assert called > TRIALS


@pytest.mark.timeout(180)
@pytest.mark.parametrize("sabotage", [said_before_saved, without_its_line])
def test_the_kill_test_has_teeth(folder: Path, sabotage: Loop) -> None:
    for _trial in range(30):
        called = killed(folder, sabotage)
        if lost(folder, called):
            return
    pytest.fail("thirty kills did not show the sabotage")
