"""How a coverage stands on a day: unverified, verified until when, stale and why. Pure date arithmetic."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import msgspec

from liaison_desktop.clinical.coverage.record import Coverage, CoverageVerification, Outcome
from liaison_desktop.records import Code


class StandingState(Code):
    """In one word."""

    NONE = "none", "No coverage recorded"
    UNVERIFIED = "unverified", "Not verified yet"
    VERIFIED = "verified"
    STALE = "stale", "Verify again"
    INACTIVE = "inactive", "Not active"


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """How it stands: the state, the words for it, the verification it rests on, and from when it is stale."""

    state: StandingState
    words: str
    coverage: Coverage | None = None
    said: CoverageVerification | None = None
    stale_from: dt.date | None = None

    @property
    def good(self) -> bool:
        """Whether it is verified, active and not stale."""
        return self.state is StandingState.VERIFIED


def valid_until(verified: dt.date, days: int) -> dt.date:
    """The last day on which a verification counts, if nothing turns before."""
    return verified + dt.timedelta(days=days)


def month_turn(day: dt.date) -> dt.date:
    """The first day of the next month."""
    return dt.date(day.year + day.month // 12, day.month % 12 + 1, 1)


def plan_year_turn(day: dt.date, month: int) -> dt.date:
    """The first day of the plan year after the one in which this day lies; `month` is when one begins."""
    this = dt.date(day.year, month, 1)
    return this if day < this else dt.date(day.year + 1, month, 1)


def stale_from(verified: dt.date, until: dt.date, month: int = 1) -> dt.date:
    """The first day on which it is stale: after its last day, or when a month or the plan year turns, if sooner."""
    return min(until + dt.timedelta(days=1), month_turn(verified), plan_year_turn(verified, month))


def why_stale(verified: dt.date, until: dt.date, on: dt.date, month: int = 1) -> str:
    """Why it is stale on that day, in words; empty while it is not."""
    if on < stale_from(verified, until, month):
        return ""
    days = (on - verified).days
    if on >= plan_year_turn(verified, month):
        return "A new plan year began"
    if on >= month_turn(verified):
        return "A new month began"
    return f"Verified {days} d ago"


def coverage_standing_of(
    coverage: Coverage, verifications: Iterable[CoverageVerification], on: dt.date, days: int
) -> Standing:
    """How one coverage stands on a day. `days` is how long a verification counts that says nothing else."""
    said = newest(verifications)
    if not coverage.in_effect(on):
        ended = coverage.effective_to is not None and coverage.effective_to < on
        words = "The plan has ended" if ended else "The plan has not begun"
        return Standing(state=StandingState.INACTIVE, words=words, coverage=coverage, said=said)
    if said is None or said.at is None:
        return Standing(state=StandingState.UNVERIFIED, words="Nobody has asked the payer yet", coverage=coverage)
    verified = said.at.date()
    until = said.valid_until or valid_until(verified, days)
    if said.outcome is not Outcome.ACTIVE:
        words = f"The payer said: {said.title().lower()}"
        return Standing(state=StandingState.INACTIVE, words=words, coverage=coverage, said=said)
    first = stale_from(verified, until, coverage.plan_year_month)
    words = why_stale(verified, until, on, coverage.plan_year_month)
    state = StandingState.STALE if words else StandingState.VERIFIED
    told = words or age_words(verified, on)
    return Standing(state=state, words=told, coverage=coverage, said=said, stale_from=first)


def age_words(verified: dt.date, on: dt.date) -> str:
    """How old it is: "Verified today", "Verified 3 d ago"."""
    days = (on - verified).days
    return "Verified today" if days <= 0 else f"Verified {days} d ago"


def newest(verifications: Iterable[CoverageVerification]) -> CoverageVerification | None:
    """The newest one in which the payer said something; a dropped call and a card alone say nothing."""
    told = [said for said in verifications if said.told and said.at is not None]
    return max(told, key=lambda said: (said.at, str(said.id)), default=None)
