"""The life of a consent: which state may follow which, who has to sign, and where it stands today."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Protocol

from liaison_desktop.clinical.consents.record import Consent, ConsentState, ConsentWithdrawal, DecidedBy, Ending
from liaison_desktop.errors import Fault, Severity
from liaison_desktop.policies import Policy
from liaison_desktop.signing import Method, Role

S = ConsentState

# From each state, the states it may go to. Ends that are worked out (revoked, expired, superseded) are not written.
NEXT: Mapping[ConsentState, frozenset[ConsentState]] = {
    S.DRAFT: frozenset({S.DISCUSSED, S.REFUSED, S.WITHDRAWN_BY_PRACTITIONER, S.ENTERED_IN_ERROR, S.RETURNED}),
    S.DISCUSSED: frozenset({S.VERIFYING, S.RETURNED, S.REFUSED, S.WITHDRAWN_BY_PRACTITIONER, S.ENTERED_IN_ERROR}),
    S.VERIFYING: frozenset({S.READY, S.RETURNED, S.REFUSED, S.WITHDRAWN_BY_PRACTITIONER, S.ENTERED_IN_ERROR}),
    S.RETURNED: frozenset({S.DISCUSSED, S.VERIFYING, S.REFUSED, S.WITHDRAWN_BY_PRACTITIONER, S.ENTERED_IN_ERROR}),
    S.READY: frozenset({S.SIGNED, S.VERIFYING, S.RETURNED, S.REFUSED, S.WITHDRAWN_BY_PRACTITIONER, S.ENTERED_IN_ERROR}),
    S.SIGNED: frozenset({S.WITNESSED, S.ACTIVE}),
    S.WITNESSED: frozenset({S.ACTIVE}),
}
# These may sign when they come, after the patient has gone.
LATER = frozenset({Role.PRACTITIONER, Role.RN_REVIEWER, Role.PHYSICIAN_CONCURRENCE})
# Nothing is left to do on these.
FINISHED = (S.ACTIVE, S.REFUSED, S.WITHDRAWN_BY_PRACTITIONER, S.ENTERED_IN_ERROR)
_ENDINGS = {
    Ending.PATIENT: S.REVOKED,
    Ending.PRACTITIONER: S.WITHDRAWN_BY_PRACTITIONER,
    Ending.REPLACED: S.SUPERSEDED,
    Ending.ERROR: S.ENTERED_IN_ERROR,
}


def standing(consent: Consent, endings: Iterable[ConsentWithdrawal], today: datetime.date) -> ConsentState:
    """Where a consent stands today: its state, unless it ended since or its days are over."""
    last = max(endings, key=lambda ending: str(ending.id), default=None)
    if last is not None:
        return _ENDINGS[last.ending]
    if consent.state is S.ACTIVE and consent.valid_until is not None and today > consent.valid_until:
        return S.EXPIRED
    return consent.state


def may_become(consent: Consent, state: ConsentState, policy: Policy) -> tuple[Fault, ...]:
    """Whether the life of a consent goes on that way."""
    if state in NEXT.get(consent.state, frozenset()):
        return ()
    return (policy.fault("STATE", state=consent.state.label.lower()),)


class Confirming(Protocol):
    """Anything in which rules can be confirmed with a reason."""

    @property
    def confirm_reason(self) -> str:
        """The reason."""
        ...

    @property
    def confirmed(self) -> tuple[str, ...]:
        """The rules it stands for."""
        ...


def open_faults(consent: Confirming, faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Of these, what still stands in the way: refusals, and confirmations without a reason."""
    reason = bool(consent.confirm_reason.strip())
    return tuple(
        fault
        for fault in faults
        if fault.severity is Severity.REFUSE
        or (fault.severity is Severity.CONFIRM and not (reason and fault.rule in consent.confirmed))
    )


def roles_needed(consent: Consent) -> tuple[Role, ...]:
    """Who has to sign, in this order, before the consent is active."""
    asked = consent.signers or (Role.WITNESS, Role.PRACTITIONER)
    if consent.decided_by is DecidedBy.EMERGENCY:
        return (Role.PRACTITIONER, Role.WITNESS)
    first = Role.PATIENT if consent.decided_by in (None, DecidedBy.PATIENT) else Role.REPRESENTATIVE
    needed = [first]
    given = consent.signature(first)
    by_mark = given is not None and given.method in (Method.MARK_X, Method.VERBAL_WITNESSED)
    # A mark or a spoken yes is seen by two, whatever the form asks for.
    if Role.WITNESS in asked or by_mark:
        needed.append(Role.WITNESS)
    if by_mark:
        needed.append(Role.SECOND_WITNESS)
    if consent.interpreter_needed and consent.interpreter_name.strip():
        needed.append(Role.INTERPRETER)
    needed += [role for role in asked if role not in (*needed, Role.PATIENT)]
    return tuple(needed)


def to_countersign(consent: Consent) -> tuple[Role, ...]:
    """Who is still to countersign where everybody at the bedside has signed; nobody before that."""
    left = roles_left(consent) if consent.state in (S.SIGNED, S.WITNESSED) else ()
    return left if left and set(left) <= LATER else ()


def roles_left(consent: Consent) -> tuple[Role, ...]:
    """Who has not signed yet."""
    return tuple(role for role in roles_needed(consent) if consent.signature(role) is None)


def state_after(consent: Consent) -> ConsentState:
    """The state its signatures give a consent."""
    left = roles_left(consent)
    if not left:
        return S.ACTIVE
    if Role.WITNESS in roles_needed(consent) and Role.WITNESS not in left:
        return S.WITNESSED
    return S.SIGNED if consent.signatures else consent.state
