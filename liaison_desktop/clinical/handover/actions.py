"""Giving a hand-over, and signing for having taken it: the only writers of one."""

from __future__ import annotations

import msgspec

from liaison_desktop.clinical.concerns.queries import open_concerns
from liaison_desktop.clinical.handover.record import Handover
from liaison_desktop.clinical.handover.rules import given_faults
from liaison_desktop.clinical.medications.actions import unresolved
from liaison_desktop.clinical.people.actions import require
from liaison_desktop.errors import Fault, Refused, Severity
from liaison_desktop.policies import policy_of
from liaison_desktop.signing import MEANINGS, Role, Signature, is_complete
from liaison_desktop.store import Act, Store


def give_handover(store: Store, handover: Handover, signature: Signature) -> Handover:
    """Given, read back and signed by who works here. Raises Refused (HO-1, HO-2, V32, a missing signature)."""
    require(store, "record_clinical")
    if handover.episode is None:
        raise Refused(handover.faults())
    policy, left = policy_of(store), unresolved(store, handover.episode)
    faults = (*handover.faults(), *given_faults(handover, left, policy))
    if stopping := tuple(fault for fault in faults if fault.severity is Severity.REFUSE):
        raise Refused(stopping)
    given = msgspec.structs.replace(
        handover,
        given_at=store.clock(),
        given_by=store.actor.name,
        given_by_id=store.actor.id,
        open_medicines=left.total,
        open_concerns=len(open_concerns(store, patient=handover.patient, episode=handover.episode)),
        policy_version=policy.version,
    )
    return _signed(store, given, signature, Role.GIVER, store.actor.name)


def take_handover(store: Store, handover: Handover, signature: Signature) -> Handover:
    """Whoever takes over signs too, when they stand beside. Raises Refused."""
    require(store, "record_clinical")
    return _signed(store, handover, signature, Role.RECEIVER, handover.receiver)


def _signed(store: Store, handover: Handover, signature: Signature, role: Role, name: str) -> Handover:
    if any(one.role is role for one in handover.signatures):
        raise Refused((Fault(field="signature", message=f"{role.label} has signed already."),))
    given = msgspec.structs.replace(
        signature,
        role=role,
        name_printed=name,
        signed_at=store.clock(),
        zone=store.clock().tzname() or "",
        device=store.device.name,
        meaning=MEANINGS[role],
    )
    if not is_complete(given):
        raise Refused((policy_of(store).fault("HO-3", field="signature"),))
    signed = msgspec.structs.replace(handover, signatures=(*handover.signatures, given))
    with store.transaction("signed") as transaction:
        saved = transaction.save(signed)
        transaction.note(Act.SIGNED, kind=Handover.kind, subject=saved.id, detail=role.value)
    return saved


def note_printed(store: Store, handover: Handover, how: str) -> None:
    """A line that it was printed; `how` says on which printer and how many pages."""
    require(store, "print")
    store.note(Act.PRINTED, kind=Handover.kind, subject=handover.id, detail=how)


def note_exported(store: Store, handover: Handover) -> None:
    """A line that a copy was saved outside the store."""
    require(store, "export")
    store.note(Act.EXPORTED, kind=Handover.kind, subject=handover.id)
