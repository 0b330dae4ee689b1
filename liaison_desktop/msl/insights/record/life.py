"""The life of an insight: which state may follow which."""

from __future__ import annotations

from liaison_desktop.msl.insights.record.codes import InsightStatus as Status

_ORDER = (Status.ACTION_PLANNED, Status.ACTIONED, Status.OUTCOME_RECORDED, Status.CLOSED)

# A function may answer without naming each step between, so every later state may follow; none goes back, but that an
# insight which needs detail is sent again.
FOLLOWS: dict[Status, frozenset[Status]] = {
    Status.DRAFT: frozenset({Status.SUBMITTED}),
    Status.SUBMITTED: frozenset(Status) - {Status.DRAFT, Status.SUBMITTED},
    Status.TRIAGED: frozenset(Status) - {Status.DRAFT, Status.SUBMITTED, Status.TRIAGED},
    Status.NEEDS_DETAIL: frozenset({Status.SUBMITTED, Status.CLOSED}),
    Status.ACCEPTED: frozenset(_ORDER),
    Status.DUPLICATE: frozenset({Status.CLOSED}),
    Status.NOT_AN_INSIGHT: frozenset({Status.CLOSED}),
    Status.ACTION_PLANNED: frozenset(_ORDER[1:]),
    Status.ACTIONED: frozenset(_ORDER[2:]),
    Status.OUTCOME_RECORDED: frozenset({Status.CLOSED}),
    Status.CLOSED: frozenset(),
}


def may_follow(before: Status, after: Status) -> bool:
    """Whether an insight may go from one state to another; it may always stay."""
    return before is after or after in FOLLOWS[before]


def nexts(status: Status) -> tuple[Status, ...]:
    """The states that may come next, in the order of the life."""
    return tuple(one for one in Status if one in FOLLOWS[status])
