"""The clocks: worked out anew from events each time they are asked for, so that sleep, lock and restart lose nothing.

A feature tells what happened as `Event`s; `clocks` says what runs, how much is left, and what ran out. Pure: the time
and the place are given.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

import msgspec

from liaison_desktop.policies import ClockRule, read_span
from liaison_desktop.records import Code
from liaison_desktop.tasks.rules.calendar import after, before, day_end, next_turn


class ClockState(Code):
    """How a clock stands."""

    OVERDUE = "overdue", "Run out"
    WARNED = "warned", "Running out"
    RUNNING = "running"
    STOPPED = "stopped"


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """Something that happened, or is planned, in the words of the clocks' rules, such as `screening_signed`.

    `about` is the record it happened to, `about_kind` its kind; `subject` the person and `episode` the episode that
    record belongs to. `until` is an end of its own, such as the last moment a consent counts. `words` stand under the
    clock that begins with it.
    """

    name: str
    at: dt.datetime
    about: uuid.UUID
    about_kind: str = ""
    subject: uuid.UUID | None = None
    episode: uuid.UUID | None = None
    until: dt.datetime | None = None
    words: str = ""


class Clock(msgspec.Struct, frozen=True, kw_only=True):
    """One clock about one record. `rule` is the id of its rule; `stopped_at` is set once it stopped."""

    rule: str
    title: str
    words: str
    what_to_do: str
    severity: str
    started_at: dt.datetime
    due_at: dt.datetime
    warn_at: dt.datetime
    state: ClockState
    stopped_at: dt.datetime | None = None
    about: uuid.UUID
    about_kind: str = ""
    subject: uuid.UUID | None = None
    episode: uuid.UUID | None = None

    def left(self, now: dt.datetime) -> dt.timedelta:
        """What is left; below zero once it ran out. A stopped clock keeps what was left when it stopped."""
        return self.due_at - (self.stopped_at or now)

    def used(self, now: dt.datetime) -> float:
        """Which share of the time is used up, from 0 to 1."""
        whole = (self.due_at - self.started_at).total_seconds()
        gone = ((self.stopped_at or now) - self.started_at).total_seconds()
        return 1.0 if whole <= 0 else min(1.0, max(0.0, gone / whole))

    @property
    def late(self) -> bool:
        """Whether it ran out, before it was stopped too."""
        return self.state is ClockState.OVERDUE or (self.stopped_at is not None and self.stopped_at > self.due_at)


def clocks(
    rules: Mapping[str, ClockRule],
    events: Iterable[Event],
    now: dt.datetime,
    *,
    zone: dt.tzinfo | None = None,
    holidays: Collection[str] = (),
) -> tuple[Clock, ...]:
    """Every clock these events began, what runs out first at the top, the stopped ones last."""
    named: defaultdict[str, list[Event]] = defaultdict(list)
    for event in sorted(events, key=lambda event: event.at):
        named[event.name].append(event)
    found: list[Clock] = []
    for name, rule in rules.items():
        groups: defaultdict[uuid.UUID, list[Event]] = defaultdict(list)
        for start in named.get(rule.starts, ()):
            if start.at <= now:
                groups[_key(start, rule)].append(start)
        if groups:
            stops = _by_id(event for stop in rule.stops for event in named.get(stop, ()) if event.at <= now)
            ends = _by_id(event for end in rule.ends for event in named.get(end, ()))
            for group in groups.values():
                found += _clock(name, rule, group, stops, ends, now, zone, holidays)
    return tuple(sorted(found, key=lambda clock: (clock.state is ClockState.STOPPED, clock.due_at, clock.rule)))


def running(found: Iterable[Clock]) -> tuple[Clock, ...]:
    """Those that are not stopped."""
    return tuple(clock for clock in found if clock.state is not ClockState.STOPPED)


def _key(event: Event, rule: ClockRule) -> uuid.UUID:
    of = {"episode": event.episode or event.subject, "subject": event.subject}.get(rule.per)
    return of or event.about


# Events by each id they speak of: among a thousand patients a clock looks only at what may be its own.
_Told = Mapping[uuid.UUID, list[Event]]


def _by_id(events: Iterable[Event]) -> _Told:
    told: defaultdict[uuid.UUID, list[Event]] = defaultdict(list)
    for event in events:
        for one in {event.about, event.episode, event.subject}:
            if one is not None:
                told[one].append(event)
    return told


def _own(told: _Told, start: Event, rule: ClockRule) -> list[Event]:
    """The events that speak of the same thing as the start of a clock."""
    ids = {start.about, start.episode, start.subject}
    return [event for one in ids if one is not None for event in told.get(one, ()) if _belongs(event, start, rule)]


def _belongs(event: Event, start: Event, rule: ClockRule) -> bool:
    """Whether an event speaks of the same thing as the start of a clock, or of what that thing belongs to."""
    if event.about in (start.about, start.episode, start.subject) or start.about in (event.episode, event.subject):
        return True
    if rule.per == "about":
        return False
    if rule.per == "episode" and event.episode and start.episode:
        return event.episode == start.episode
    return event.subject is not None and event.subject == start.subject


def _clock(
    name: str,
    rule: ClockRule,
    starts: list[Event],
    stops: _Told,
    ends: _Told,
    now: dt.datetime,
    zone: dt.tzinfo | None,
    holidays: Collection[str],
) -> Iterable[Clock]:
    stopping = sorted(event.at for event in _own(stops, starts[0], rule))
    start, stopped = _period(rule, starts, stopping)
    due = _due(rule, start, _own(ends, start, rule), zone, holidays)
    if due is None:
        return ()
    warn = before(due, read_span(rule.warn), zone)
    clock = Clock(
        rule=name,
        title=rule.title,
        words=start.words,
        what_to_do=rule.words,
        severity=rule.severity.value,
        started_at=start.at,
        due_at=due,
        warn_at=warn,
        state=_state(due, warn, stopped, now),
        stopped_at=stopped,
        about=start.about,
        about_kind=start.about_kind,
        subject=start.subject,
        episode=start.episode,
    )
    return (clock,)


def _state(due: dt.datetime, warn: dt.datetime, stopped: dt.datetime | None, now: dt.datetime) -> ClockState:
    if stopped is not None:
        return ClockState.STOPPED
    if now >= due:
        return ClockState.OVERDUE
    return ClockState.WARNED if now >= warn else ClockState.RUNNING


def _period(rule: ClockRule, starts: list[Event], stopping: list[dt.datetime]) -> tuple[Event, dt.datetime | None]:
    """With which of the starts the clock runs now, and when it was stopped, None while it runs.

    What happens in the same moment as a start stops it, so that a start which is its own end never runs on.
    """
    begun, stopped = starts[0], _first_from(stopping, starts[0].at)
    for start in starts[1:]:
        ended = stopped is not None and stopped <= start.at
        if rule.restart == "once" or (rule.restart == "first" and not ended):
            continue
        begun, stopped = start, _first_from(stopping, start.at)
    return begun, stopped


def _first_from(stopping: list[dt.datetime], at: dt.datetime) -> dt.datetime | None:
    return next((moment for moment in stopping if moment >= at), None)


def _due(
    rule: ClockRule, start: Event, ends: list[Event], zone: dt.tzinfo | None, holidays: Collection[str]
) -> dt.datetime | None:
    found: list[dt.datetime] = []
    if start.until is not None:
        found.append(start.until)
    elif rule.limit:
        limit = after(start.at, read_span(rule.limit), zone, holidays)
        found.append(day_end(limit, zone) if rule.day_ends else limit)
    early = read_span(rule.early) if rule.early else None
    found += [before(end.at, early, zone) if early else end.at for end in ends]
    found += [next_turn(start.at, turn, zone) for turn in rule.turns]
    return min(found) if found else None
