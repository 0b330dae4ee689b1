"""Merging two records of one patient, and taking them apart again. Nothing is lost: each reference that moves is kept."""

from __future__ import annotations

import uuid

import msgspec

from liaison_desktop.clinical.merging.queries import referring, stays
from liaison_desktop.clinical.merging.record import Moved, PatientMerge
from liaison_desktop.clinical.merging.rules import Difference, combined, differences, merge_faults
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.clinical.people.actions import require, shown_name
from liaison_desktop.clinical.people.record import Approval
from liaison_desktop.errors import Fault, Refused
from liaison_desktop.policies import policy_of
from liaison_desktop.records import Record
from liaison_desktop.store import Store, Transaction

RIGHT = "merge_patients"
replace = msgspec.structs.replace


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """What would happen: what moves and what is sealed and stays, by kind; what differs; the record as it would read."""

    faults: tuple[Fault, ...]
    moving: dict[str, int]
    staying: dict[str, int]
    differs: tuple[Difference, ...]
    result: Patient


def preview_merge(store: Store, kept_id: uuid.UUID, absorbed_id: uuid.UUID) -> Preview:
    """What merging would do; nothing is written. Raises Missing."""
    kept, absorbed = store.get(Patient, kept_id), store.get(Patient, absorbed_id)
    moving: dict[str, int] = {}
    staying: dict[str, int] = {}
    for record, _field in referring(store, absorbed_id):
        counts = staying if record.stays_put() else moving
        counts[record.kind] = counts.get(record.kind, 0) + 1
    return Preview(
        faults=_faults(store, kept, absorbed),
        moving=moving,
        staying=staying,
        differs=differences(kept, absorbed),
        result=combined(kept, absorbed),
    )


def _faults(store: Store, kept: Patient, absorbed: Patient) -> tuple[Fault, ...]:
    drafts = store.drafts.keys()
    typed = any(str(absorbed.id) in key for key in drafts)
    return merge_faults(kept, absorbed, stays(store, kept.id), stays(store, absorbed.id), policy_of(store), typed=typed)


def merge_patients(
    store: Store, kept_id: uuid.UUID, absorbed_id: uuid.UUID, *, reason: str, approval: Approval | None = None
) -> PatientMerge:
    """Merge the second record into the first, in one transaction. Raises Refused, Missing.

    What refers to the absorbed one refers to the kept one afterwards, but for what is signed over its content: that
    stays as it was signed and is shown with the kept one all the same. The absorbed record stays readable.
    """
    who = require(store, RIGHT, approval=approval)
    kept, absorbed = store.get(Patient, kept_id), store.get(Patient, absorbed_id)
    faults = _faults(store, kept, absorbed)
    if not faults and not reason.strip():
        faults = (policy_of(store).fault("MERGE-WHY", field="reason"),)
    if faults:
        raise Refused(faults)
    found = [(record, name) for record, name in referring(store, absorbed_id) if not record.stays_put()]
    with store.transaction(f"merged: {reason.strip()}") as transaction:
        after = transaction.save(combined(kept, absorbed))
        transaction.save(replace(absorbed, merged_into=kept.id))
        for record, name in found:
            _point(transaction, record, name, kept.id)
        return transaction.save(
            PatientMerge(
                kept=kept.id,
                absorbed=absorbed.id,
                moved=tuple(Moved(record_kind=one.kind, record_id=one.id, field=name) for one, name in found),
                kept_before=kept.version,
                kept_after=after.version,
                reason=reason.strip(),
                by=shown_name(store, who),
                at=store.clock(),
                approval=approval,
            )
        )


def _point(transaction: Transaction, record: Record, name: str, to: uuid.UUID) -> None:
    # A record may have moved a moment ago by another of its references.
    now = transaction.get(type(record), record.id)
    transaction.move(replace(now, **{name: to}))


def undo_merge(store: Store, merge_id: uuid.UUID, *, reason: str, approval: Approval | None = None) -> PatientMerge:
    """Take a merge apart: what moved and still points to the kept record points back. Raises Refused, Missing.

    The kept record reads as before if nothing was changed in it since; else it stays as it is, and a person tidies up.
    """
    who = require(store, RIGHT, approval=approval)
    merge, policy = store.get(PatientMerge, merge_id), policy_of(store)
    if merge.undone_at is not None:
        raise Refused((policy.fault("MERGE-UNDONE", field="reason"),))
    if not reason.strip():
        raise Refused((policy.fault("MERGE-WHY", field="reason"),))
    kept = store.get(Patient, merge.kept or merge.id)
    absorbed = store.get(Patient, merge.absorbed or merge.id)
    before = store.version(Patient, merge.kept_before) if merge.kept_before is not None else kept
    with store.transaction(f"taken apart: {reason.strip()}") as transaction:
        transaction.save(replace(absorbed, merged_into=None))
        if kept.version == merge.kept_after:
            transaction.save(replace(before, version=kept.version))
        for one in merge.moved:
            record = transaction.find(store.kinds[one.record_kind], one.record_id)
            if record is not None and getattr(record, one.field) == kept.id:
                _point(transaction, record, one.field, absorbed.id)
        return transaction.save(
            replace(merge, undone_at=store.clock(), undone_by=shown_name(store, who), undone_reason=reason.strip())
        )
