"""What the journal says of a summary: to whom which parts of a chart went."""

from __future__ import annotations

from liaison_desktop.clinical.chart.rules import Profile
from liaison_desktop.clinical.patients.record import MayDiscuss, Patient, RelatedPerson
from liaison_desktop.clinical.people.actions import require
from liaison_desktop.clinical.people.record import Approval
from liaison_desktop.errors import Refused
from liaison_desktop.policies import policy_of
from liaison_desktop.store import Act, Store


def check_recipient(store: Store, profile: Profile, person: RelatedPerson | None) -> None:
    """Whether a person of the family may be given it: named, and allowed to be told. Raises Refused (P2-FAMILY, P2-NO)."""
    if not profile.asks_person:
        return
    policy = policy_of(store)
    if person is None:
        raise Refused((policy.fault("P2-FAMILY", field="person"),))
    if person.may_discuss in (None, MayDiscuss.NO):
        raise Refused((policy.fault("P2-NO", field="person", who=person.name),))


def note_printed(store: Store, patient: Patient, profile: Profile, how: str) -> None:
    """A line that a summary was printed, for whom and for what purpose; `how` says on which printer, how many pages."""
    require(store, "print")
    detail = f"{profile.copy_for}: {profile.purpose}: {how}"
    store.note(Act.PRINTED, kind=Patient.kind, subject=patient.id, detail=detail)


def note_exported(store: Store, patient: Patient, profile: Profile, *, approval: Approval | None = None) -> None:
    """A line that a summary was saved outside the store."""
    require(store, "export", approval=approval)
    store.note(Act.EXPORTED, kind=Patient.kind, subject=patient.id, detail=f"{profile.copy_for}: {profile.purpose}")
