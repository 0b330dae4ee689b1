"""The clock of a report survives a kill, a stop, a lock, and a clock that somebody set."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import os
import signal
import time
from multiprocessing.connection import Connection
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from liaison_desktop.msl.safety.actions import capture_event, hand_over, now_for, save_event, ticking
from liaison_desktop.msl.safety.queries import running_events
from liaison_desktop.msl.safety.record import HandoverMethod, SafetyEvent
from liaison_desktop.msl.safety.rules import Alarm, Mark, due_after, later, left
from liaison_desktop.msl.workspace import SCHEMA
from liaison_desktop.policies import load_policy
from liaison_desktop.policies.own_file import apply_own
from liaison_desktop.store import Store
from tests import builders
from tests.fakes import TODAY, Clock

POLICY = load_policy("msl")
HOUR = dt.timedelta(hours=1)
_processes = multiprocessing.get_context("fork" if hasattr(os, "fork") else "spawn")


def opened(folder: Path, clock: Clock) -> Store:
    return Store.open(
        folder, SCHEMA, builders.a_key(), actor=builders.an_actor(), device=builders.a_device(), clock=clock
    )


def capture_and_wait(folder: Path, told: Connection) -> None:
    """Captures one report, says so, and waits for its end."""
    store = opened(folder, Clock())
    told.send(capture_event(store, "One patient stopped after severe itching.").number)
    time.sleep(600)


@pytest.fixture
def empty_folder(tmp_path: Path, clock: Clock) -> Path:
    builders.a_store(tmp_path / "kept", SCHEMA, clock).close()
    return tmp_path / "kept"


@pytest.mark.parametrize("stopped_first", [False, True], ids=["killed", "asleep, then killed"])
def test_a_kill_and_a_sleep_lose_nothing_of_the_promise(empty_folder: Path, clock: Clock, stopped_first: bool) -> None:
    ours, theirs = _processes.Pipe()
    child = _processes.Process(target=capture_and_wait, args=(empty_folder, theirs), daemon=True)
    child.start()
    assert child.pid is not None
    number = ours.recv()
    if stopped_first:
        os.kill(child.pid, signal.SIGSTOP)
    os.kill(child.pid, signal.SIGKILL)
    child.join()
    clock.tick(3 * 3600)
    store = opened(empty_folder, clock)
    try:
        (event,) = running_events(store)
        assert event.number == number
        assert event.due_at == TODAY + 24 * HOUR
        assert left(event, now_for(store, event), POLICY).words == "21:00"
        assert store.verify().broken is None
    finally:
        store.close()


def test_a_lock_changes_nothing(empty_folder: Path, clock: Clock) -> None:
    store = opened(empty_folder, clock)
    event = capture_event(store, "Rash.")
    store.close()
    clock.tick(19 * 3600)
    store = opened(empty_folder, clock)
    (again,) = running_events(store)
    assert again == event
    rest = left(again, now_for(store, again), POLICY)
    assert (rest.words, rest.alarm) == ("05:00", Alarm.SOON)
    store.close()


def test_a_clock_set_back_gives_no_minute_more(msl_store: Store, clock: Clock) -> None:
    event = capture_event(msl_store, "Rash.")
    clock.tick(5 * 3600)
    assert left(event, now_for(msl_store, event), POLICY).words == "19:00"
    clock.tick(-48 * 3600)
    assert left(event, now_for(msl_store, event), POLICY).words in ("19:00", "18:59")
    # What nobody can set goes on: two hours of the laptop's own counter are two hours less.
    mark = Mark(TODAY + 5 * HOUR, 1_000.0, "boot")
    assert later(mark, clock(), 1_000.0 + 7_200, "boot") == TODAY + 7 * HOUR
    assert later(mark, clock(), 50.0, "another boot") == TODAY + 5 * HOUR


def test_a_clock_set_back_over_a_restart_gives_no_minute_more(empty_folder: Path, clock: Clock) -> None:
    store = opened(empty_folder, clock)
    event = capture_event(store, "Rash.")
    clock.tick(23 * 3600)
    now_for(store, event)
    store.close()
    clock.tick(-20 * 3600)
    store = opened(empty_folder, clock)
    assert left(event, now_for(store, event), POLICY).words in ("01:00", "00:59")
    store.close()


def test_after_a_restart_with_a_wrong_clock_the_counter_goes_on(msl_store: Store, clock: Clock) -> None:
    event = capture_event(msl_store, "Rash.")
    old = Mark(TODAY + 5 * HOUR, 1e12, "the start before this one")
    msl_store.drafts.put(f"safety_clock/{event.id}", msgspec.json.encode(old))
    clock.tick(-48 * 3600)  # the battery was empty
    assert left(event, now_for(msl_store, event), POLICY).words == "19:00"
    kept = msl_store.drafts.get(f"safety_clock/{event.id}")
    assert kept is not None
    mark = msgspec.json.decode(kept, type=Mark)
    assert (mark.seen, mark.boot) == (old.seen, ticking.boot())
    assert later(mark, clock(), mark.ticks + 3_600, mark.boot) == TODAY + 6 * HOUR


def test_a_report_captured_while_the_clock_was_ahead_gets_no_day_more(msl_store: Store, clock: Clock) -> None:
    clock.tick(10 * 24 * 3600)
    event = capture_event(msl_store, "Rash.")
    clock.set(TODAY)
    assert left(event, now_for(msl_store, event), POLICY).time <= 24 * HOUR


def test_a_sleep_of_hours_is_counted(msl_store: Store, clock: Clock) -> None:
    """The window is open all the while; the laptop wakes up eight hours later."""
    event = capture_event(msl_store, "Rash.")
    assert left(event, now_for(msl_store, event), POLICY).alarm is Alarm.RUNNING
    clock.tick(20 * 3600)
    rest = left(event, now_for(msl_store, event), POLICY)
    assert (rest.words, rest.alarm) == ("04:00", Alarm.SOON)


def test_awareness_made_earlier_never_gives_time(msl_store: Store, clock: Clock) -> None:
    event = capture_event(msl_store, "Rash.")
    clock.tick(-5 * 3600)  # whatever the wall says meanwhile
    assert event.aware_at is not None
    earlier = save_event(msl_store, msgspec.structs.replace(event, aware_at=event.aware_at - 3 * HOUR))
    assert earlier.due_at == event.aware_at + 21 * HOUR
    assert left(earlier, now_for(msl_store, earlier), POLICY).time <= 21 * HOUR


def test_a_company_may_count_working_days() -> None:
    friday = dt.datetime(2026, 11, 20, 16, 30, tzinfo=dt.UTC)
    own = apply_own('version = "x"\n[numbers]\nsafety_business_days = 1', POLICY)
    assert due_after(friday, own) == friday + dt.timedelta(days=3)
    assert due_after(friday - dt.timedelta(days=1), own) == friday
    assert due_after(friday, POLICY) == friday + 24 * HOUR


def test_a_clock_set_forward_is_overdue_and_a_new_report_is_not(msl_store: Store, clock: Clock) -> None:
    event = capture_event(msl_store, "Rash.")
    clock.tick(30 * 3600)
    assert left(event, now_for(msl_store, event), POLICY).alarm is Alarm.OVERDUE
    clock.set(TODAY)
    other = capture_event(msl_store, "Another.")
    assert left(other, now_for(msl_store, other), POLICY).alarm is Alarm.RUNNING


def test_the_mark_goes_when_the_clock_stops(msl_store: Store) -> None:
    event = capture_event(msl_store, "Rash.")
    assert msl_store.drafts.keys("safety_clock/")
    hand_over(msl_store, event, method=HandoverMethod.PHONE, to="Safety desk")
    assert msl_store.drafts.keys("safety_clock/") == ()


def test_a_damaged_mark_is_no_mark(msl_store: Store, clock: Clock) -> None:
    event = capture_event(msl_store, "Rash.")
    msl_store.drafts.put(f"safety_clock/{event.id}", b"not json")
    assert now_for(msl_store, event) == clock()


def test_the_counter_never_runs_backwards() -> None:
    assert ticking.ticks() <= ticking.ticks()
    assert ticking.boot() == ticking.boot() != ""


@given(st.integers(-10_000, 10_000), st.floats(0, 1e7), st.floats(0, 1e7), st.booleans())
def test_time_never_goes_back(hours: int, before: float, after: float, same: bool) -> None:
    mark = Mark(TODAY, before, "a")
    assert later(mark, TODAY + hours * HOUR, after, "a" if same else "b") >= TODAY
    event = SafetyEvent(due_at=TODAY + 24 * HOUR)
    assert 0.0 <= left(event, TODAY + hours * HOUR, POLICY).used <= 1.0
