"""The clock of a pre-admission screening and the order of its signatures, told live beside the form (V24, V29)."""

from __future__ import annotations

import datetime as dt
import itertools

from liaison_desktop.policies import Policy
from liaison_desktop.questionnaires.elapsed import moments
from liaison_desktop.questionnaires.facts import Fact
from liaison_desktop.questionnaires.response import Sheet
from liaison_desktop.ui.dates import short_day

_SCREENING = "pas"


def clock_facts(sheet: Sheet, now: dt.datetime, policy: Policy) -> list[Fact]:
    """How much of the window is left, and in which order was signed; nothing for another form."""
    if sheet.definition.url.rpartition("/")[2] != _SCREENING:
        return []
    signed = [at for link_id in ("S11c", "S12.at") for at, _ in moments(sheet, link_id)]
    admission = [at for at, _ in moments(sheet, "S0h")]
    concurred = [at for at, _ in moments(sheet, "S13d")]
    found = [_window(max(map(_aware, signed)), admission, now, policy)] if signed else [_waiting(policy)]
    return [*found, *_order(sheet, admission, concurred)]


def _aware(moment: dt.datetime) -> dt.datetime:
    return moment if moment.tzinfo is not None else moment.astimezone()


def _waiting(policy: Policy) -> Fact:
    hours = int(policy.number("screening_hours"))
    return Fact("timer", f"{hours} hour clock not started", "It starts when the clinician signs")


def _window(latest: dt.datetime, admission: list[dt.datetime], now: dt.datetime, policy: Policy) -> Fact:
    ends = latest + dt.timedelta(hours=policy.number("screening_hours"))
    until = f"Valid until {ends:%a} {short_day(ends.date())} {ends:%H:%M}"
    planned = _aware(admission[0]) if admission else None
    if planned is not None and planned > ends:
        return Fact("timer", "Ends before the planned admission", until, "red")
    left = ends - _aware(now)
    minutes = max(0, int(left.total_seconds() // 60))
    if not minutes:
        return Fact("timer", "Screening clock has run out", until, "red")
    tone = "amber" if minutes < 12 * 60 else "green"
    return Fact("timer", f"Screening clock {minutes // 60}:{minutes % 60:02d} left", until, tone)


def _order(sheet: Sheet, admission: list[dt.datetime], concurred: list[dt.datetime]) -> list[Fact]:
    steps = [("Screening", _latest(sheet, "S11c")), ("Update", _latest(sheet, "S12.at"))]
    steps += [("Physician", _aware(concurred[0]) if concurred else None)]
    steps += [("Admission", _aware(admission[0]) if admission else None)]
    known = [(name, at) for name, at in steps if at is not None]
    if len(known) < 2:
        return []
    kept = all(before <= after for (_, before), (_, after) in itertools.pairwise(known))
    told = "  ›  ".join(f"{name} {at:%a %H:%M}" for name, at in known)
    words = "Signed in the right order" if kept else "Not signed in the right order"
    return [Fact("check" if kept else "octagon-alert", words, told, "green" if kept else "red")]


def _latest(sheet: Sheet, link_id: str) -> dt.datetime | None:
    found = [_aware(at) for at, _ in moments(sheet, link_id)]
    return max(found) if found else None
