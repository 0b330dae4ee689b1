"""What must be said when a concern is told, asked, answered and read back; its clock; and V47 at discharge."""

from __future__ import annotations

import datetime
from collections.abc import Collection

from liaison_desktop.clinical.concerns.record import Concern, ConcernAct, ConcernState
from liaison_desktop.errors import Fault
from liaison_desktop.policies import Policy
from liaison_desktop.tasks.rules import Event

_ASKED = frozenset({ConcernAct.ADDRESSED, ConcernAct.ESCALATED})
_ENDS = frozenset({ConcernAct.ANSWERED, ConcernAct.HANDED_OVER, ConcernAct.CONFIRMED})


def address_faults(
    to: str, due_at: datetime.datetime | None, now: datetime.datetime, policy: Policy
) -> tuple[Fault, ...]:
    """CON-TO, CON-DUE: a concern goes to somebody, with a time that is still to come."""
    found = [] if to.strip() else [policy.fault("CON-TO", field="addressed_to")]
    if due_at is None or due_at <= now:
        found.append(policy.fault("CON-DUE", field="due_at"))
    return tuple(found)


def answer_faults(answer: str, by: str, policy: Policy) -> tuple[Fault, ...]:
    """CON-ANSWER, CON-WHO: the answer, and whose it is."""
    found = [] if answer.strip() else [policy.fault("CON-ANSWER", field="answer")]
    return tuple(found if by.strip() else [*found, policy.fault("CON-WHO", field="answered_by")])


def read_back_faults(concern: Concern, settled: bool | None, said: str, policy: Policy) -> tuple[Fault, ...]:
    """CON-READ, CON-ASK, CON-SAID: only an answer can be read back; the patient says yes, or what is not settled."""
    if concern.state is not ConcernState.ANSWERED:
        return (policy.fault("CON-READ", field="answer"),)
    if settled is None:
        return (policy.fault("CON-ASK", field="confirmed"),)
    if not settled and not said.strip():
        return (policy.fault("CON-SAID", field="patient_said"),)
    return ()


def hand_over_faults(to: str, policy: Policy) -> tuple[Fault, ...]:
    """CON-OVER: somebody goes on with it."""
    return () if to.strip() else (policy.fault("CON-OVER", field="handed_over_to"),)


def discharge_faults(concerns: Collection[Concern], policy: Policy) -> tuple[Fault, ...]:
    """V47: at discharge every concern is closed by the patient or handed over."""
    left = [concern for concern in concerns if concern.open]
    return (policy.fault("V47", field="concerns", n=len(left)),) if left else ()


def events(concern: Concern) -> tuple[Event, ...]:
    """What the clocks are told of a concern: asked, with the time for the answer; answered, handed over."""
    found: list[Event] = []
    for step in concern.steps:
        asked = step.act in _ASKED
        if asked or step.act in _ENDS:
            event = Event(
                name="concern_asked" if asked else "concern_answered",
                at=step.at,
                about=concern.id,
                about_kind=Concern.kind,
                subject=concern.patient,
                episode=concern.episode,
                until=concern.due_at if asked else None,
                words=f"To {step.to}" if asked else "",
            )
            found.append(event)
    return tuple(found)
