"""The clock engine: every rule that ships starts, warns, runs out, stops and begins anew; zones and summer time hold."""

from __future__ import annotations

import datetime as dt
import random
import uuid
import zoneinfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liaison_desktop.policies import ClockRule, load_policy, read_span
from liaison_desktop.tasks.rules import Clock, ClockState, Event, clocks, running
from liaison_desktop.tasks.rules.calendar import after, before, day_end, next_turn
from tests.fakes import TODAY

RULES = load_policy("clinical").clocks()
HOLIDAYS = load_policy("clinical").clock_rules.holidays
UTC, HOUR, DAY = dt.UTC, dt.timedelta(hours=1), dt.timedelta(days=1)
PATIENT, EPISODE, RECORD = (uuid.UUID(int=n) for n in (1, 2, 3))
ZONE = TODAY.tzinfo


def event(name: str, at: dt.datetime, about: uuid.UUID = RECORD, **more: object) -> Event:
    return Event(**{"name": name, "at": at, "about": about, "subject": PATIENT, "episode": EPISODE, **more})  # type: ignore[arg-type]


def of(name: str, events: list[Event], now: dt.datetime, **more: object) -> Clock:
    found = clocks({name: RULES[name]}, events, now, zone=ZONE, **more)  # type: ignore[arg-type]
    assert len(found) == 1
    return found[0]


def length_of(rule: ClockRule) -> dt.timedelta:
    return after(TODAY, read_span(rule.limit or "5 d"), ZONE) - TODAY


@pytest.mark.parametrize("name", sorted(RULES))
def test_every_clock_runs_warns_runs_out_and_stops(name: str) -> None:
    rule = RULES[name]
    start = event(rule.starts, TODAY)
    ends = [event(end, TODAY + 5 * DAY) for end in rule.ends if not rule.limit]
    clock = of(name, [start, *ends], TODAY)
    assert TODAY < clock.due_at <= TODAY + length_of(rule) + DAY
    assert clock.state is ClockState.RUNNING or clock.warn_at <= TODAY
    assert of(name, [start, *ends], clock.warn_at).state is ClockState.WARNED
    assert of(name, [start, *ends], clock.due_at).state is ClockState.OVERDUE
    assert rule.stops
    assert rule.citation
    for stop in rule.stops:
        stopped = of(name, [start, *ends, event(stop, TODAY + HOUR / 4)], clock.due_at + DAY)
        assert (stopped.state, stopped.late) == (ClockState.STOPPED, False)
        assert stopped.left(clock.due_at) == clock.due_at - TODAY - HOUR / 4
        late = of(name, [start, *ends, event(stop, clock.due_at + HOUR)], clock.due_at + DAY)
        assert (late.state, late.late) == (ClockState.STOPPED, True)


@pytest.mark.parametrize("name", sorted(RULES))
def test_every_clock_is_silent_without_its_start(name: str) -> None:
    rule = RULES[name]
    others = [event(other, TODAY) for other in (*rule.stops, *rule.ends, "something_else")]
    assert clocks({name: rule}, others, TODAY + DAY, zone=ZONE) == ()
    # What is still to come has begun nothing yet.
    assert clocks({name: rule}, [event(rule.starts, TODAY + HOUR)], TODAY, zone=ZONE) == ()


@pytest.mark.parametrize("name", sorted(RULES))
def test_a_second_start_does_what_the_rule_says(name: str) -> None:
    rule = RULES[name]
    ends = [event(end, TODAY + 9 * DAY) for end in rule.ends if not rule.limit]
    first, second = event(rule.starts, TODAY), event(rule.starts, TODAY + HOUR)
    clock = of(name, [first, second, *ends], TODAY + 2 * HOUR)
    assert clock.started_at == (TODAY + HOUR if rule.restart == "latest" else TODAY)
    stop = event(rule.stops[0], TODAY + HOUR / 2)
    again = of(name, [first, stop, second, *ends], TODAY + 2 * HOUR)
    assert (again.state is ClockState.STOPPED) == (rule.restart == "once")


def test_the_screening_clock_of_the_picture() -> None:
    start = event("screening_signed", TODAY, words="Collected Thu 19 Nov 14:00")
    clock = of("PAS-48", [start], TODAY + 17 * HOUR + HOUR / 6)
    assert clock.title == "Screening valid for 48 h"
    assert clock.left(TODAY + 17 * HOUR + HOUR / 6) == 30 * HOUR + HOUR * 5 / 6
    assert clock.used(TODAY + 12 * HOUR) == 0.25
    assert (clock.used(TODAY - HOUR), clock.used(TODAY + 99 * HOUR)) == (0.0, 1.0)
    assert clock.words == "Collected Thu 19 Nov 14:00"


def test_what_brings_its_own_end_counts_until_then() -> None:
    clock = of("CONSENT", [event("consent_active", TODAY, until=TODAY + 3 * DAY)], TODAY)
    assert clock.due_at == TODAY + 3 * DAY
    assert of("CONSENT", [event("consent_active", TODAY)], TODAY).due_at == day_end(TODAY + 30 * DAY, ZONE)


def test_insurance_ends_with_the_month_or_the_plan_year() -> None:
    def due(day: dt.datetime, *more: Event) -> dt.datetime:
        return of("COVERAGE-RECHECK", [event("coverage_verified", day), *more], day).due_at

    assert due(TODAY) == TODAY + 7 * DAY
    late = dt.datetime(2026, 11, 28, 10, 0, tzinfo=ZONE)
    assert due(late) == dt.datetime(2026, 12, 1, tzinfo=ZONE)
    turn = event("plan_year_turn", TODAY + 2 * DAY)
    assert due(TODAY, turn) == TODAY + 2 * DAY
    assert due(TODAY, event("plan_year_turn", TODAY + 2 * DAY, uuid.UUID(int=9), episode=None, subject=None)) != due(
        TODAY, turn
    )


def test_a_review_is_due_a_day_early() -> None:
    events = [event("authorised", TODAY), event("review_due", TODAY + 4 * DAY)]
    assert of("AUTH-REVIEW", events, TODAY).due_at == TODAY + 3 * DAY


def test_an_event_stops_only_what_it_is_about() -> None:
    one, other = uuid.UUID(int=11), uuid.UUID(int=12)
    starts = [event("coverage_verified", TODAY, one), event("coverage_verified", TODAY, other)]
    found = running(clocks(RULES, [*starts, event("coverage_ended", TODAY + HOUR, one)], TODAY + 2 * HOUR, zone=ZONE))
    assert [clock.about for clock in found] == [other]
    # An admission is about the episode, and with it about the screening of that episode, and of no other.
    screening = event("screening_signed", TODAY)
    for episode, state in ((EPISODE, ClockState.STOPPED), (uuid.UUID(int=77), ClockState.RUNNING)):
        admitted = event("admitted", TODAY + HOUR, episode, episode=episode)
        assert of("PAS-48", [screening, admitted], TODAY + 2 * HOUR).state is state
    # A form that knows no episode belongs to its patient's.
    loose = event("screening_signed", TODAY, episode=None)
    assert of("PAS-48", [loose, event("admitted", TODAY + HOUR, EPISODE)], TODAY + 2 * HOUR).state is ClockState.STOPPED


def test_what_runs_out_first_stands_first_and_stopped_ones_last() -> None:
    events = [
        event("referral_received", TODAY),
        event("referral_answered", TODAY + HOUR / 4),
        event("screening_signed", TODAY),
        event("hp_dated", TODAY - 29 * DAY),
    ]
    assert [clock.rule for clock in clocks(RULES, events, TODAY + HOUR, zone=ZONE)] == [
        "HP-30",
        "PAS-48",
        "FIRST-ANSWER",
    ]


# ---- calendar

CHICAGO = zoneinfo.ZoneInfo("America/Chicago")


@pytest.mark.parametrize(
    ("start", "span", "due"),
    [
        # Summer time ends on 1 November 2026 at 2:00 and began on 8 March 2026 at 2:00.
        ("2026-10-31T20:00:00-05:00", "24 h", "2026-11-01T19:00:00-06:00"),
        ("2026-10-31T20:00:00-05:00", "1 d", "2026-11-01T20:00:00-06:00"),
        ("2026-03-07T20:00:00-06:00", "24 h", "2026-03-08T21:00:00-05:00"),
        ("2026-03-07T20:00:00-06:00", "1 d", "2026-03-08T20:00:00-05:00"),
        ("2026-03-07T02:30:00-06:00", "1 d", "2026-03-08T03:30:00-05:00"),  # 2:30 does not exist that day
        ("2026-11-19T14:00:00-06:00", "2 business d", "2026-11-23T14:00:00-06:00"),
        ("2026-11-25T14:00:00-06:00", "1 business d", "2026-11-27T14:00:00-06:00"),  # Thanksgiving is none
        ("2026-11-19T14:00:00-06:00", "45 min", "2026-11-19T14:45:00-06:00"),
    ],
)
def test_lengths_by_clock_and_by_calendar(start: str, span: str, due: str) -> None:
    found = after(dt.datetime.fromisoformat(start), read_span(span), CHICAGO, HOLIDAYS)
    assert found.isoformat() == due


def test_turns_and_day_ends_are_those_of_the_place() -> None:
    late = dt.datetime(2026, 12, 31, 23, 30, tzinfo=UTC)  # still 17:30 in Chicago, and the new year in Tokyo
    tokyo = zoneinfo.ZoneInfo("Asia/Tokyo")
    assert next_turn(late, "month", CHICAGO).isoformat() == "2027-01-01T00:00:00-06:00"
    assert next_turn(late, "year", tokyo).isoformat() == "2028-01-01T00:00:00+09:00"
    assert day_end(late, CHICAGO).isoformat() == "2026-12-31T23:59:59-06:00"
    assert before(late, read_span("1 d"), CHICAGO).isoformat() == "2026-12-30T17:30:00-06:00"


def test_without_a_place_the_laptop_s_own_is_taken() -> None:
    assert after(TODAY, read_span("48 h"), None) == TODAY + 48 * HOUR
    assert before(TODAY, read_span("1 d"), None) == TODAY - DAY


@pytest.mark.parametrize("text", ["", "48", "48 hours", "-1 h", "1.5 h", "2 weeks"])
def test_no_other_length_is_read(text: str) -> None:
    with pytest.raises(ValueError, match="written like"):
        read_span(text)


# ---- properties

NAMES = sorted({name for rule in RULES.values() for name in (rule.starts, *rule.stops, *rule.ends)})
EVENTS = st.lists(
    st.builds(
        event,
        st.sampled_from(NAMES),
        st.integers(-60 * 24, 60 * 24).map(lambda hours: TODAY + hours * HOUR),
        st.integers(10, 12).map(lambda n: uuid.UUID(int=n)),
        episode=st.sampled_from([None, EPISODE, uuid.UUID(int=5)]),
    ),
    max_size=12,
)
AFTER = st.integers(0, 100 * 24 * 60).map(lambda minutes: TODAY + dt.timedelta(minutes=minutes))


@settings(max_examples=60, deadline=None)
@given(EVENTS, AFTER, st.randoms(use_true_random=False))
def test_nothing_hangs_on_order_sleep_or_restart(events: list[Event], now: dt.datetime, chance: random.Random) -> None:
    found = clocks(RULES, events, now, zone=ZONE)
    mixed = [*events, *events]
    chance.shuffle(mixed)
    again = clocks(RULES, mixed, now, zone=ZONE)
    assert {(one.rule, one.due_at, one.state, one.stopped_at) for one in found} == {
        (one.rule, one.due_at, one.state, one.stopped_at) for one in again
    }
    for one in found:
        assert 0.0 <= one.used(now) <= 1.0
        assert one.started_at <= now
        assert one.warn_at <= one.due_at
        assert (one.state is ClockState.STOPPED) == (one.stopped_at is not None)
        if one.state is ClockState.OVERDUE:
            assert one.left(now) <= dt.timedelta()


@settings(max_examples=60, deadline=None)
@given(EVENTS, AFTER, st.integers(1, 5_000))
def test_time_alone_only_takes_away(events: list[Event], now: dt.datetime, minutes: int) -> None:
    # With everything that happened behind us, waiting stops no clock, begins none and gives no minute back.
    past = [
        one for one in events if one.at <= now or one.name in ("admission_planned", "review_due", "discharge_planned")
    ]
    then = now + dt.timedelta(minutes=minutes)
    before_, later_ = clocks(RULES, past, now, zone=ZONE), clocks(RULES, past, then, zone=ZONE)
    assert {(one.rule, one.about, one.due_at, one.stopped_at) for one in before_} == {
        (one.rule, one.about, one.due_at, one.stopped_at) for one in later_
    }
    for one in running(before_):
        assert one.left(then) == one.left(now) - (then - now)
