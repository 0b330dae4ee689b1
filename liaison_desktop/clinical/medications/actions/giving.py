"""The patient's list and the prescriber's list on paper, and who got one."""

from __future__ import annotations

import msgspec

from liaison_desktop.clinical.medications.actions.listing import list_mark
from liaison_desktop.clinical.medications.actions.standing import standing_of
from liaison_desktop.clinical.medications.record import MedicationHistory
from liaison_desktop.clinical.people.actions import require
from liaison_desktop.errors import Refused
from liaison_desktop.policies import policy_of
from liaison_desktop.store import Act, Store


def give_list(store: Store, history: MedicationHistory, to: str, language: str) -> MedicationHistory:
    """The patient, or somebody for the patient, got the list as it is now. A later change asks for a new one.

    Raises Refused without a name, or while the comparison is not signed.
    """
    require(store, "record_clinical")
    faults = [] if to.strip() else [policy_of(store).fault("MED-GIVEN", field="given_to")]
    if history.reconciled_at is None:
        faults.append(policy_of(store).fault("MED-UNSETTLED", field="given_to"))
    if faults or history.episode is None:
        raise Refused(faults)
    mark = list_mark(standing_of(store, history.episode).last_pairs)
    given = msgspec.structs.replace(
        history,
        given_to=to.strip(),
        given_language=language.strip(),
        given_by=store.actor.name,
        given_at=store.clock(),
        given_mark=mark,
    )
    return store.save(given)


def note_printed(store: Store, history: MedicationHistory, how: str) -> None:
    """A list was printed; `how` says on which printer and how many pages."""
    store.note(Act.PRINTED, kind=MedicationHistory.kind, subject=history.id, detail=how)


def note_exported(store: Store, history: MedicationHistory) -> None:
    """A copy was saved outside the store; the journal says so."""
    store.note(Act.EXPORTED, kind=MedicationHistory.kind, subject=history.id)
