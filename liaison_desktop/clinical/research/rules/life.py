"""The life of a research consent: which state follows which, who signs, and where it stands today."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from liaison_desktop.clinical.consents.record import DecidedBy, Ending
from liaison_desktop.clinical.research.record import ResearchConsent, ResearchState, ResearchWithdrawal
from liaison_desktop.errors import Fault
from liaison_desktop.policies import Policy
from liaison_desktop.signing import Method, Role

S = ResearchState
_WAYS_OUT = frozenset({S.DECLINED, S.NOT_ELIGIBLE, S.CAPACITY, S.ENTERED_IN_ERROR})
NEXT: Mapping[ResearchState, frozenset[ResearchState]] = {
    S.DRAFT: _WAYS_OUT | {S.GIVEN},
    S.GIVEN: _WAYS_OUT | {S.HOME, S.READY},
    S.HOME: _WAYS_OUT | {S.GIVEN, S.READY},
    S.CAPACITY: _WAYS_OUT | {S.GIVEN, S.HOME, S.READY},
    S.READY: _WAYS_OUT | {S.GIVEN, S.HOME, S.SIGNED, S.ACTIVE},
    S.SIGNED: frozenset({S.ACTIVE}),
}
# Nothing is left to do on these.
FINISHED = (S.ACTIVE, S.DECLINED, S.NOT_ELIGIBLE, S.ENTERED_IN_ERROR)
_ENDINGS = {Ending.REPLACED: S.REPLACED, Ending.ERROR: S.ENTERED_IN_ERROR}


def standing(consent: ResearchConsent, endings: Iterable[ResearchWithdrawal]) -> ResearchState:
    """Where a consent stands: its state, unless somebody left the study since or a newer consent took its place."""
    last = max(endings, key=lambda ending: str(ending.id), default=None)
    return consent.state if last is None else _ENDINGS.get(last.ending, S.WITHDRAWN)


def may_become(consent: ResearchConsent, state: ResearchState, policy: Policy) -> tuple[Fault, ...]:
    """Whether the life of a consent goes on that way."""
    if state in NEXT.get(consent.state, frozenset()):
        return ()
    return (policy.fault("STATE", state=consent.state.label.lower()),)


def roles_needed(consent: ResearchConsent) -> tuple[Role, ...]:
    """Who signs, in this order. 45 CFR 46.117(b)(2): the short form takes an impartial witness; a mark takes two."""
    first = Role.PATIENT if consent.decided_by in (None, DecidedBy.PATIENT) else Role.REPRESENTATIVE
    needed, given = [first], consent.signature(first)
    mark = given is not None and given.method in (Method.MARK_X, Method.VERBAL_WITNESSED)
    if consent.short_form or mark:
        needed.append(Role.WITNESS)
    if mark:
        needed.append(Role.SECOND_WITNESS)
    if consent.interpreter_needed and consent.interpreter_name.strip():
        needed.append(Role.INTERPRETER)
    needed.append(Role.PERSON_OBTAINING)
    return tuple(needed)


def roles_left(consent: ResearchConsent) -> tuple[Role, ...]:
    """Who has not signed yet."""
    return tuple(role for role in roles_needed(consent) if consent.signature(role) is None)


def state_after(consent: ResearchConsent) -> ResearchState:
    """The state its signatures give a consent."""
    if not consent.signatures:
        return consent.state
    return S.SIGNED if roles_left(consent) else S.ACTIVE
