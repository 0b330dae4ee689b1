"""The time to count with: a clock that was set is noticed and told, and gives or takes nothing in silence."""

from __future__ import annotations

import datetime as dt

import pytest

from liaison_desktop.store import Act, Store
from liaison_desktop.tasks.actions import accept_clock, look_at_clock, ticking
from liaison_desktop.tasks.rules.moments import Mark, judged
from tests.fakes import TODAY, Clock

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def counter(monkeypatch: pytest.MonkeyPatch) -> dict[str, float]:
    """The laptop's own counter, in seconds, which the test moves."""
    held = {"ticks": 1_000.0}
    monkeypatch.setattr(ticking, "ticks", lambda: held["ticks"])
    monkeypatch.setattr(ticking, "counts_sleep", lambda: True)
    return held


def test_a_clock_that_goes_right_says_nothing(clinical_store: Store, clock: Clock, counter: dict[str, float]) -> None:
    assert look_at_clock(clinical_store).off == dt.timedelta()
    for hours in (0.01, 3, 200):  # asleep too
        clock.tick(hours * 3600)
        counter["ticks"] += hours * 3600
        now = look_at_clock(clinical_store)
        assert (now.at, now.off) == (clock(), dt.timedelta())


def test_a_clock_set_back_gives_nothing_and_is_told(
    clinical_store: Store, clock: Clock, counter: dict[str, float]
) -> None:
    look_at_clock(clinical_store)
    clock.tick(-5 * 3600)
    counter["ticks"] += 3600
    now = look_at_clock(clinical_store)
    assert (now.at, now.shown, now.off) == (TODAY + HOUR, TODAY - 5 * HOUR, -6 * HOUR)
    counter["ticks"] += 3600
    clock.tick(3600)
    assert look_at_clock(clinical_store).at == TODAY + 2 * HOUR
    # Put right again, it is as if nothing had been.
    clock.set(TODAY + 2 * HOUR)
    assert look_at_clock(clinical_store).off == dt.timedelta()


def test_a_clock_set_on_is_told_until_it_is_accepted(
    clinical_store: Store, clock: Clock, counter: dict[str, float]
) -> None:
    look_at_clock(clinical_store)
    clock.tick(30 * 3600)
    for _look in range(2):
        now = look_at_clock(clinical_store)
        assert (now.at, now.off) == (TODAY + 30 * HOUR, 30 * HOUR)
    assert accept_clock(clinical_store).off == dt.timedelta()
    assert clinical_store.lines(limit=1)[0].act == Act.CLOCK_ACCEPTED
    clock.tick(-30 * 3600)
    assert look_at_clock(clinical_store).off == -30 * HOUR
    accepted = accept_clock(clinical_store)
    assert (accepted.at, accepted.off) == (TODAY, dt.timedelta())


def test_over_a_restart_the_journal_is_the_witness(
    clinical_store: Store, clock: Clock, counter: dict[str, float], monkeypatch: pytest.MonkeyPatch
) -> None:
    look_at_clock(clinical_store)
    clock.tick(9 * 3600)
    counter["ticks"] += 9 * 3600
    clinical_store.note(Act.VIEWED)
    monkeypatch.setattr(ticking, "boot", lambda: "the next start")
    counter["ticks"] = 5.0
    clock.set(TODAY - 100 * HOUR)
    now = look_at_clock(clinical_store)
    assert (now.at, now.off) == (TODAY + 9 * HOUR, -109 * HOUR)
    counter["ticks"] += 3600
    assert look_at_clock(clinical_store).at == TODAY + 10 * HOUR


def test_a_spoilt_mark_is_no_mark(clinical_store: Store) -> None:
    clinical_store.drafts.put("clock/seen", b"{")
    assert look_at_clock(clinical_store).off == dt.timedelta()


def test_a_counter_that_stands_still_in_sleep_accuses_nobody() -> None:
    mark = Mark(TODAY, 10.0, "b")
    assert judged(mark, None, TODAY + 9 * HOUR, 11.0, "b", sleeps=False).off == dt.timedelta()
    assert judged(mark, None, TODAY + 9 * HOUR, 11.0, "b", sleeps=True).off > 8 * HOUR
    assert judged(None, None, TODAY, 0.0, "", sleeps=True).at == TODAY
