"""V35 on an authorisation: what a step needs, what may follow it, and whether it covers a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from liaison_desktop.clinical.coverage.record import Asked, Authorisation, AuthorisationStatus
from liaison_desktop.clinical.patients.record import day_text
from liaison_desktop.errors import Fault
from liaison_desktop.policies import Policy

A = AuthorisationStatus

_ANSWERS = frozenset({A.APPROVED, A.PARTIALLY_APPROVED, A.DENIED})
# From each status, those that may follow. An approval that is reviewed again goes back to submitted, and keeps its steps.
NEXT: Mapping[AuthorisationStatus, frozenset[AuthorisationStatus]] = {
    A.NOT_REQUIRED: frozenset({A.TO_SUBMIT}),
    A.TO_SUBMIT: _ANSWERS | {A.SUBMITTED, A.NOT_REQUIRED, A.CANCELLED},  # some payers answer in the same call
    A.SUBMITTED: _ANSWERS | {A.PENDED, A.P2P_REQUESTED, A.CANCELLED},
    A.PENDED: _ANSWERS | {A.SUBMITTED, A.P2P_REQUESTED, A.CANCELLED},
    A.P2P_REQUESTED: _ANSWERS | {A.CANCELLED},
    A.APPROVED: _ANSWERS | {A.SUBMITTED, A.EXPIRED, A.CANCELLED},
    A.PARTIALLY_APPROVED: _ANSWERS | {A.SUBMITTED, A.P2P_REQUESTED, A.APPEALED, A.EXPIRED, A.CANCELLED},
    A.DENIED: frozenset({A.P2P_REQUESTED, A.APPEALED, A.APPROVED, A.PARTIALLY_APPROVED, A.CANCELLED}),
    A.APPEALED: _ANSWERS | {A.CANCELLED},
    A.EXPIRED: frozenset({A.SUBMITTED, A.APPROVED}),
    A.CANCELLED: frozenset(),
}
BEGINS = (A.NOT_REQUIRED, A.TO_SUBMIT, A.SUBMITTED, *_ANSWERS)  # with what one may be entered first
OPEN = (A.TO_SUBMIT, A.SUBMITTED, A.PENDED, A.P2P_REQUESTED, A.APPEALED)  # the payer, or we, still have to do something


def step_faults(before: AuthorisationStatus | None, after: AuthorisationStatus, policy: Policy) -> tuple[Fault, ...]:
    """Whether the life of an authorisation goes on that way; `before` is None for a new one."""
    allowed = BEGINS if before is None else NEXT[before] | {before}
    if after in allowed:
        return ()
    was = before.label.lower() if before is not None else "new"
    return (policy.fault("AUTH-STEP", field="status", before=was, after=after.label.lower()),)


def authorisation_faults(authorisation: Authorisation, policy: Policy) -> tuple[Fault, ...]:
    """What its status needs, and what is worth a look."""
    return (
        *authorisation.faults(),
        *_approved_faults(authorisation, policy),
        *_asked_faults(authorisation, policy),
        *_denied_faults(authorisation, policy),
    )


def _approved_faults(authorisation: Authorisation, policy: Policy) -> Iterator[Fault]:
    if authorisation.approved:
        for name, what in (
            ("number", "the number"),
            ("approved_from", "the first day"),
            ("approved_to", "the last day"),
        ):
            if not getattr(authorisation, name):
                yield policy.fault("V35", field=name, what=what)
    units, used = authorisation.units, authorisation.units_used
    if units is not None and used is not None and used > units:
        yield policy.fault("V35-USED", field="units_used", used=used, units=units)
    if units is not None and authorisation.unit is None:
        yield policy.fault("AUTH-UNIT", field="unit")


def _asked_faults(authorisation: Authorisation, policy: Policy) -> Iterator[Fault]:
    waiting = (A.SUBMITTED, A.PENDED, A.P2P_REQUESTED, A.APPEALED)
    if authorisation.status in waiting and authorisation.submitted_at is None:
        yield policy.fault("AUTH-SUBMITTED", field="submitted_at")
    if authorisation.peer_at is not None and not authorisation.peer_by.strip():
        yield policy.fault("AUTH-PEER", field="peer_by")


def _denied_faults(authorisation: Authorisation, policy: Policy) -> Iterator[Fault]:
    if authorisation.status is not A.DENIED:
        return
    if not authorisation.denial_reason.strip():
        yield policy.fault("AUTH-WHY", field="denial_reason")
    if authorisation.appeal_until is None:
        yield policy.fault("AUTH-APPEAL", field="appeal_until")


def authorised(authorisations: Iterable[Authorisation], on: dt.date) -> Authorisation | None:
    """The authorisation that covers this day, the newest first; None if there is none."""
    covering = [one for one in authorisations if one.covers(on)]
    return max(covering, key=lambda one: str(one.id), default=None)


def admission_faults(
    needed: Asked | None, authorisations: Iterable[Authorisation], on: dt.date, policy: Policy
) -> tuple[Fault, ...]:
    """V35 for an admission on that day. `needed` is what the payer said about needing one; None if nobody asked."""
    held = tuple(authorisations)
    if any(one.status is A.NOT_REQUIRED for one in held) or needed is Asked.NO:
        return ()
    if authorised(held, on) is not None:
        return ()
    approved = [one for one in held if one.approved]
    if approved:
        return (policy.fault("V35-OUTSIDE", field="authorisation", day=day_text(on), days=_span(approved[-1])),)
    waiting = next((one for one in held if one.status is not A.CANCELLED), None)
    if waiting is not None:
        return (policy.fault("V35-WAITING", field="authorisation", status=waiting.status.label.lower()),)
    return (policy.fault("V35-NONE" if needed is Asked.YES else "V35-ASK", field="authorisation"),)


def _span(authorisation: Authorisation) -> str:
    begins, ends = authorisation.approved_from, authorisation.approved_to
    return f"{day_text(begins)} to {day_text(ends)}" if begins and ends else "other days"
