"""What the clocks are told of coverage: verified and ended; authorised, denied, appealed, and the payer's dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from liaison_desktop.clinical.coverage.record import (
    Authorisation,
    AuthorisationStatus,
    Coverage,
    CoverageVerification,
    Outcome,
)
from liaison_desktop.tasks.rules import Event

A = AuthorisationStatus
_STEPS = {
    A.APPROVED: "authorised",
    A.PARTIALLY_APPROVED: "authorised",
    A.DENIED: "authorisation_denied",
    A.APPEALED: "appealed",
    A.EXPIRED: "authorisation_ended",
    A.CANCELLED: "authorisation_ended",
}


def coverage_events(coverages: Iterable[Coverage], verifications: Iterable[CoverageVerification]) -> Iterator[Event]:
    """Each verification in which the payer said that it is active, and each end; about the coverage."""
    held = {coverage.id: coverage for coverage in coverages}
    for said in verifications:
        coverage = held.get(said.coverage) if said.coverage is not None else None
        if coverage is None or said.at is None or said.outcome is not Outcome.ACTIVE or not said.told:
            continue
        until = None
        if said.valid_until is not None:
            # It counts through its last day, where the laptop is.
            until = dt.datetime.combine(said.valid_until + dt.timedelta(days=1), dt.time(), said.at.tzinfo)
        yield _about(coverage, "coverage_verified", said.at, words=coverage.payer, until=until)
    for coverage in held.values():
        if coverage.ended_at is not None:
            yield _about(coverage, "coverage_ended", coverage.ended_at)


def authorisation_events(authorisations: Iterable[Authorisation]) -> Iterator[Event]:
    """Each step of an authorisation, and the dates that the payer set; about the authorisation."""
    for one in authorisations:
        yield from _steps(one)
        for name, moment in (
            ("review_due", one.review_due),
            ("appeal_deadline", one.appeal_until),
            ("peer_deadline", one.peer_until),
            ("peer_held", one.peer_at),
        ):
            if moment is not None:
                yield _about(one, name, moment)


def _steps(one: Authorisation) -> Iterator[Event]:
    before: AuthorisationStatus | None = None
    for step in one.steps:
        name = _STEPS.get(step.status, "")
        if step.status is A.SUBMITTED and before in (A.APPROVED, A.PARTIALLY_APPROVED):
            name = "review_sent"
        if name and step.at is not None and step.status is not before:
            yield _about(one, name, step.at, words=one.service)
        before = step.status


def _about(
    record: Coverage | Authorisation, name: str, at: dt.datetime, *, words: str = "", until: dt.datetime | None = None
) -> Event:
    return Event(
        name=name,
        at=at,
        about=record.id,
        about_kind=record.kind,
        subject=record.patient,
        episode=record.episode if isinstance(record, Authorisation) else None,
        until=until,
        words=words,
    )
