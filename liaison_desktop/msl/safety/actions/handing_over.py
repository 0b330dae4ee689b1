"""Handing a report over, what Safety says afterwards, and a report captured in error. Nothing is ever removed."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import msgspec

from liaison_desktop.errors import Fault, Refused
from liaison_desktop.msl.safety.actions.ticking import forget_clock
from liaison_desktop.msl.safety.record import HandoverMethod, SafetyEvent, SafetyFollowUp, SafetyStatus
from liaison_desktop.policies import policy_of
from liaison_desktop.policies.guarding import refuse_identity

if TYPE_CHECKING:
    from liaison_desktop.store import Store


def hand_over(
    store: Store,
    event: SafetyEvent,
    *,
    method: HandoverMethod,
    to: str,
    at: datetime.datetime | None = None,
    sealed_sha256: str = "",
) -> SafetyEvent:
    """Stop the clock: who has it, how, and when.

    Raises Refused without a receiver, for a time that cannot be, or for a text that names the patient (PHI-1).
    """
    now = store.clock()
    when = at or now
    faults = []
    if method is HandoverMethod.SERVER:
        faults.append(Fault(field="handover_method", message="This laptop cannot send yet. Choose another way."))
    if not to.strip():
        faults.append(Fault(field="handed_to", message="Write who has it now."))
    if when > now or (event.captured_at is not None and when < event.captured_at):
        faults.append(Fault(field="handed_over_at", message="The time lies between its capture and now."))
    if not event.running:
        faults.append(Fault(field="status", message="This report is handed over already."))
    if faults:
        raise Refused(faults)
    may_leave(store, event)
    moved = msgspec.structs.replace(
        event,
        status=SafetyStatus.HANDED_OVER,
        handed_over_at=when,
        handover_method=method,
        handed_to=to.strip(),
        sealed_sha256=sealed_sha256,
    )
    saved = store.save(moved, reason="handed over")
    forget_clock(store, saved)
    return saved


def may_leave(store: Store, event: SafetyEvent) -> None:
    """Raises Refused (PHI-1) if a text of the report names a patient: it leaves the store by no way, spoken or written."""
    refuse_identity(policy_of(store), event)


def acknowledge(store: Store, event: SafetyEvent, case: str) -> SafetyEvent:
    """Safety gave it a case number. Raises Refused without one, or before it was handed over."""
    faults = []
    if not case.strip():
        faults.append(Fault(field="safety_case_ref", message="Write Safety's case number."))
    if event.running:
        faults.append(Fault(field="status", message="Hand the report over first."))
    if faults:
        raise Refused(faults)
    now = store.clock()
    moved = msgspec.structs.replace(
        event, status=SafetyStatus.ACKNOWLEDGED, safety_case_ref=case.strip(), acknowledged_at=now
    )
    return store.save(moved, reason="acknowledged")


def ask_more(store: Store, event: SafetyEvent, question: str) -> SafetyEvent:
    """Safety asks something more. Raises Refused without a question, or before the report was handed over."""
    if not question.strip() or event.running:
        raise Refused((Fault(field="follow_ups", message="Write what Safety asks; the report is handed over first."),))
    row = SafetyFollowUp(question=question.strip(), asked_at=store.clock())
    moved = msgspec.structs.replace(event, status=SafetyStatus.FOLLOW_UP_REQUESTED, follow_ups=(*event.follow_ups, row))
    return store.save(moved, reason="Safety asked")


def answer(store: Store, event: SafetyEvent, number: int, text: str) -> SafetyEvent:
    """Answer a question of Safety. Raises Refused without words."""
    if not text.strip():
        raise Refused((Fault(field=f"follow_ups.{number}.answer", message="Write the answer."),))
    rows = list(event.follow_ups)
    rows[number] = msgspec.structs.replace(rows[number], answer=text.strip(), sent_at=store.clock())
    open_ones = any(row.sent_at is None for row in rows)
    status = event.status if open_ones else SafetyStatus.ACKNOWLEDGED
    return store.save(msgspec.structs.replace(event, follow_ups=tuple(rows), status=status), reason="answered Safety")


def close_event(store: Store, event: SafetyEvent) -> SafetyEvent:
    """Reconciled with Safety's own list. Raises Refused before Safety acknowledged it."""
    if not event.safety_case_ref:
        raise Refused((Fault(field="safety_case_ref", message="Write Safety's case number first."),))
    now = store.clock()
    return store.save(
        msgspec.structs.replace(event, status=SafetyStatus.CLOSED, reconciled_at=now), reason="reconciled"
    )


def captured_in_error(store: Store, event: SafetyEvent, *, reason: str, agreed_by: str) -> SafetyEvent:
    """Mark a report as captured in error; it stays. Raises Refused without a reason and who in Safety agreed."""
    faults = []
    if not reason.strip():
        faults.append(Fault(field="error_reason", message="Say why it was captured in error.", rule="AE-5"))
    if not agreed_by.strip():
        message = "Write who in Safety agreed. Until then the clock runs."
        faults.append(Fault(field="error_acknowledged_by", message=message, rule="AE-5"))
    if faults:
        raise Refused(faults)
    moved = msgspec.structs.replace(
        event,
        status=SafetyStatus.CLOSED,
        error_reason=reason.strip(),
        error_acknowledged_by=agreed_by.strip(),
    )
    saved = store.save(moved, reason="captured in error")
    forget_clock(store, saved)
    return saved


def remove_event(store: Store, event: SafetyEvent) -> None:
    """Always raises Refused (AE-5): safety records are never deleted."""
    raise Refused((policy_of(store).fault("AE-5"),))
