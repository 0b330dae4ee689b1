"""What the clocks are told of a pre-admission screening (V24), and the order of its signatures, live beside the form."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import uuid
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from liaison_desktop.clinical.checklists.record import Checklist, ChecklistStatus
from liaison_desktop.policies import Policy
from liaison_desktop.questionnaires.elapsed import moment, moments
from liaison_desktop.questionnaires.facts import Fact
from liaison_desktop.questionnaires.response import Sheet
from liaison_desktop.tasks.rules import Clock, ClockState, Event, clocks
from liaison_desktop.ui.dates import short_day

SCREENING = "pas"
# Where the moments stand in the form: the clinician's signature and each update, the physician's, the admission.
_NAMES = {"S11c": "screening_signed", "S12.at": "screening_signed", "S13d": "concurred", "S0h": "admission_planned"}
_NOBODY = uuid.UUID(int=0)
_OVER = frozenset({ChecklistStatus.STOPPED, ChecklistStatus.ENTERED_IN_ERROR})

Found = Mapping[str, Sequence[dt.datetime]]


def screening_events(checklist: Checklist) -> tuple[Event, ...]:
    """What the clocks are told of a saved screening; nothing of another form, or of one that was given up."""
    if checklist.form_url.rpartition("/")[2] != SCREENING or checklist.status in _OVER:
        return ()
    found: dict[str, list[dt.datetime]] = {link_id: [] for link_id in _NAMES}
    for link_id, at in _answered(json.loads(checklist.content) if checklist.content else {}):
        found[link_id].append(at)
    return _events(found, about=checklist.id, subject=checklist.patient)


def pasrr_exempted(checklist: Checklist) -> bool:
    """Whether a screening says that a physician certified a stay under 30 days (42 CFR 483.106(b)(2))."""
    if checklist.form_url.rpartition("/")[2] != SCREENING or checklist.status in _OVER or not checklist.content:
        return False
    return "exempt" in _codes(json.loads(checklist.content), "S9c")


def _codes(item: Any, link_id: str) -> Iterator[str]:
    """The codes answered to a question, without reading the whole form."""
    for inner in item.get("item", ()):
        for answer in inner.get("answer", ()):
            if inner.get("linkId") == link_id:
                yield str(answer.get("valueCoding", {}).get("code", ""))
            yield from _codes(answer, link_id)
        yield from _codes(inner, link_id)


def _answered(item: Any) -> Iterator[tuple[str, dt.datetime]]:
    """The moments among the answers of a QuestionnaireResponse, without reading the whole form."""
    for inner in item.get("item", ()):
        for answer in inner.get("answer", ()):
            at = moment(answer.get("valueDateTime"))
            if at is not None and inner.get("linkId") in _NAMES:
                yield inner["linkId"], at
            yield from _answered(answer)
        yield from _answered(inner)


def _events(found: Found, *, about: uuid.UUID, subject: uuid.UUID | None) -> tuple[Event, ...]:
    told = []
    for link_id, name in _NAMES.items():
        for at in map(_aware, found.get(link_id, ())):
            words = f"Collected {at:%a} {short_day(at.date())} {at:%H:%M}" if name == "screening_signed" else ""
            told.append(Event(name=name, at=at, about=about, about_kind=Checklist.kind, subject=subject, words=words))
    return tuple(told)


def clock_facts(sheet: Sheet, now: dt.datetime, policy: Policy) -> list[Fact]:
    """How much of the window is left, and in which order was signed; nothing for another form."""
    if sheet.definition.url.rpartition("/")[2] != SCREENING:
        return []
    found = {link_id: [_aware(at) for at, _ in moments(sheet, link_id)] for link_id in _NAMES}
    rules = {name: rule for name, rule in policy.clocks().items() if name == "PAS-48"}
    running = clocks(rules, _events(found, about=_NOBODY, subject=_NOBODY), _aware(now))
    facts = [_window(running[0], found["S0h"], _aware(now))] if running else [_waiting(policy)] if rules else []
    return [*facts, *_order(found)]


def _aware(at: dt.datetime) -> dt.datetime:
    return at if at.tzinfo is not None else at.astimezone()


def _waiting(policy: Policy) -> Fact:
    hours = int(policy.number("screening_hours"))
    return Fact("timer", f"{hours} hour clock not started", "It starts when the clinician signs")


def _window(clock: Clock, admission: list[dt.datetime], now: dt.datetime) -> Fact:
    ends = clock.due_at.astimezone(clock.started_at.tzinfo)
    until = f"Valid until {ends:%a} {short_day(ends.date())} {ends:%H:%M}"
    if admission and admission[0] > ends:
        return Fact("timer", "Ends before the planned admission", until, "red")
    if clock.state is ClockState.OVERDUE:
        return Fact("timer", "Screening clock has run out", until, "red")
    minutes = int(clock.left(now).total_seconds() // 60)
    tone = "amber" if clock.state is ClockState.WARNED else "green"
    return Fact("timer", f"Screening clock {minutes // 60}:{minutes % 60:02d} left", until, tone)


def _order(found: Found) -> list[Fact]:
    latest = {
        name: max(found[link_id], default=None) for name, link_id in (("Screening", "S11c"), ("Update", "S12.at"))
    }
    first = {name: next(iter(found[link_id]), None) for name, link_id in (("Physician", "S13d"), ("Admission", "S0h"))}
    known = [(name, at) for name, at in (latest | first).items() if at is not None]
    if len(known) < 2:
        return []
    kept = all(before <= after for (_, before), (_, after) in itertools.pairwise(known))
    told = "  ›  ".join(f"{name} {at:%a %H:%M}" for name, at in known)
    words = "Signed in the right order" if kept else "Not signed in the right order"
    return [Fact("check" if kept else "octagon-alert", words, told, "green" if kept else "red")]
