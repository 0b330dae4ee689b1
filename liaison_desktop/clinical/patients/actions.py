"""What can be done with a patient. The only writers of the kind `patient`; opening a chart is written down too."""

from __future__ import annotations

import uuid
from collections.abc import Collection

import msgspec

from liaison_desktop.clinical.patients.queries import born_like
from liaison_desktop.clinical.patients.record import (
    Allergy,
    AllergyAssertion,
    CodeStatus,
    IdentifierSystem,
    Patient,
    RelatedPerson,
    Verification,
)
from liaison_desktop.clinical.patients.rules import patient_faults
from liaison_desktop.clinical.people.actions import require
from liaison_desktop.clinical.people.record import Facility, Practitioner
from liaison_desktop.documents.attached import Admitted, attached_file
from liaison_desktop.errors import Fault, Refused, Severity
from liaison_desktop.paths import resource
from liaison_desktop.policies import policy_of
from liaison_desktop.records import AttachedFile
from liaison_desktop.store import Act, Store, Transaction

replace = msgspec.structs.replace


def look_over(store: Store, patient: Patient, *, allergies_asked: bool = False) -> tuple[Fault, ...]:
    """Every fault of a patient as it would be saved now, the warnings too."""
    return patient_faults(
        patient,
        policy_of(store),
        today=store.clock().date(),
        candidates=born_like(store, patient.birth_date) if patient.version is None else (),
        allergies_asked=allergies_asked,
    )


def _checked(store: Store, patient: Patient, *, confirmed: Collection[str], allergies_asked: bool) -> None:
    """Raise Refused if a rule forbids the save, or asks for a confirmation that was not given."""
    faults = look_over(store, patient, allergies_asked=allergies_asked)
    stopping = [
        fault
        for fault in faults
        if fault.severity is Severity.REFUSE or (fault.severity is Severity.CONFIRM and fault.rule not in confirmed)
    ]
    if stopping:
        raise Refused(stopping)


def _asserted(store: Store, patient: Patient, before: Patient | None) -> Patient:
    """The patient with who said it and when, if what is known about allergies is new."""
    patient = _verified(store, patient, before)
    known = (patient.allergy_assertion, patient.allergy_note, patient.allergies)
    if before is not None and known == (before.allergy_assertion, before.allergy_note, before.allergies):
        return patient
    if patient.allergy_assertion is None:
        return replace(patient, allergy_asserted_by="", allergy_asserted_at=None)
    return replace(patient, allergy_asserted_by=store.actor.name, allergy_asserted_at=store.clock())


def _verified(store: Store, patient: Patient, before: Patient | None) -> Patient:
    """The patient with who confirmed or refuted an allergy, wherever that was said."""
    held = {row.id: row.verification for row in before.allergies} if before is not None else {}
    open_yet = (Verification.UNCONFIRMED, Verification.PRESUMED)
    rows = tuple(
        replace(row, verified_by=store.actor.name, verified_at=store.clock())
        if row.verification not in open_yet and held.get(row.id) is not row.verification
        else row
        for row in patient.allergies
    )
    return replace(patient, allergies=rows) if rows != patient.allergies else patient


def register_patient(
    store: Store, patient: Patient, *, confirmed: Collection[str] = (), reason: str = "", allergies_asked: bool = False
) -> Patient:
    """A new patient. `confirmed` names the rules a person said yes to, such as V3: this is somebody else.

    Raises Refused with the faults that stand in the way; nothing is written then.
    """
    require(store, "record_clinical")
    _checked(store, patient, confirmed=confirmed, allergies_asked=allergies_asked)
    return store.save(_asserted(store, patient, None), reason=reason or _confirmations(confirmed))


def register_within(
    store: Store, transaction: Transaction, patient: Patient, *, confirmed: Collection[str] = ()
) -> Patient:
    """A new patient as part of what the caller saves, such as a referral. Raises Refused as `register_patient`."""
    _checked(store, patient, confirmed=confirmed, allergies_asked=False)
    return transaction.save(_asserted(store, patient, None))


def change_patient(
    store: Store, patient: Patient, *, confirmed: Collection[str] = (), reason: str = "", allergies_asked: bool = False
) -> Patient:
    """A new version of a patient. Raises Refused as `register_patient`, Stale if it was changed meanwhile."""
    require(store, "record_clinical")
    _checked(store, patient, confirmed=confirmed, allergies_asked=allergies_asked)
    before = store.find(Patient, patient.id)
    return store.save(_asserted(store, patient, before), reason=reason or _confirmations(confirmed))


def _confirmations(confirmed: Collection[str]) -> str:
    return f"confirmed {', '.join(sorted(confirmed))}" if confirmed else ""


def assert_allergies(
    store: Store,
    patient: Patient,
    assertion: AllergyAssertion | None,
    allergies: tuple[Allergy, ...] | None = None,
    *,
    note: str = "",
) -> Patient:
    """Record what is known about allergies, with the whole list if one is given. Raises Refused (V13)."""
    rows = patient.allergies if allergies is None else allergies
    asserted = replace(patient, allergy_assertion=assertion, allergies=rows, allergy_note=note)
    return change_patient(store, asserted, reason="Allergies", allergies_asked=True)


def record_allergy(store: Store, patient: Patient, allergy: Allergy) -> Patient:
    """Add one allergy, or a new state of the one with the same id; from now on the patient has allergies."""
    kept = tuple(allergy if row.id == allergy.id else row for row in patient.allergies)
    rows = kept if any(row.id == allergy.id for row in patient.allergies) else (*kept, allergy)
    return assert_allergies(store, patient, AllergyAssertion.HAS_ALLERGIES, rows)


def remove_allergy(
    store: Store, patient: Patient, allergy_id: uuid.UUID, *, assertion: AllergyAssertion | None, note: str = ""
) -> Patient:
    """Take an allergy off the list and say what is known now: an emptied list never turns into none by itself."""
    rows = tuple(row for row in patient.allergies if row.id != allergy_id)
    return assert_allergies(store, patient, assertion, rows, note=note)


def add_related_person(store: Store, patient: Patient, person: RelatedPerson) -> Patient:
    """Add one person around the patient. Raises Refused."""
    return change_patient(
        store, replace(patient, related=(*patient.related, person)), reason="People around the patient"
    )


def note_code_status(
    transaction: Transaction, patient: Patient, status: CodeStatus, *, by: str, limits: str
) -> Patient:
    """Show the newest report of a code status. Decisions keep each report, and write this one beside it."""
    limited = limits if status is CodeStatus.LIMITED else ""
    return transaction.save(replace(patient, code_status=status, code_status_by=by, code_status_limits=limited))


def change_person(transaction: Transaction, patient: Patient, person: RelatedPerson) -> Patient:
    """Another state of one person around the patient, or one more. Raises Refused for a person without a name."""
    kept = tuple(person if row.id == person.id else row for row in patient.related)
    rows = kept if person in kept else (*kept, person)
    changed = replace(patient, related=rows)
    if faults := changed.faults():
        raise Refused(faults)
    return transaction.save(changed)


def open_chart(store: Store, patient_id: uuid.UUID) -> Patient:
    """The patient, and a line in the journal that this chart was looked at. Raises Missing."""
    patient = store.get(Patient, patient_id)
    store.note(Act.VIEWED, kind=Patient.kind, subject=patient.id)
    return patient


def most_file_bytes(store: Store) -> int:
    """The greatest size of one kept file, in bytes."""
    return int(policy_of(store).number("attachment_most_mb") * 1_000_000)


def keep_file(store: Store, patient: uuid.UUID, admitted: Admitted) -> AttachedFile:
    """Put a file of this patient away, encrypted, before any record refers to it: what was chosen is never lost.

    Raises Refused if it is too large, Damaged if it reads back otherwise.
    """
    require(store, "record_clinical")
    with store.transaction("file kept") as transaction:
        sha256 = transaction.attach(admitted.content, most=most_file_bytes(store))
        transaction.note(Act.IMPORTED, kind=Patient.kind, subject=patient, detail="file kept")
    return attached_file(admitted, sha256, by=store.actor.name, at=store.clock())


def may_hand_out(store: Store, act: Act) -> None:
    """Raises Refused if whoever works here may not print, or save a copy outside the store."""
    if act in (Act.PRINTED, Act.EXPORTED):
        require(store, "print" if act is Act.PRINTED else "export")


def note_file(store: Store, patient: uuid.UUID, act: Act, how: str = "") -> None:
    """A line in the journal: a file of this patient was opened, printed or saved elsewhere; `how` names the printer."""
    store.note(act, kind=Patient.kind, subject=patient, detail=": ".join(filter(None, ("attached file", how))))


class _Practice(msgspec.Struct, frozen=True, kw_only=True):
    facilities: tuple[Facility, ...]
    practitioners: tuple[Practitioner, ...]
    patients: tuple[Patient, ...]


def fill_practice_patients(store: Store) -> tuple[Patient, ...]:
    """Put the invented facilities, practitioners and patients into a new store, in one transaction."""
    import tomllib

    content = tomllib.loads(resource("practice", "clinical.toml").read_text(encoding="utf-8"))
    practice = msgspec.convert(content, type=_Practice)
    with store.transaction("synthetic practice record") as transaction:
        own, *_others = [transaction.save(facility) for facility in practice.facilities]
        for practitioner in practice.practitioners:
            transaction.save(replace(practitioner, facility=own.id))
        return tuple(transaction.save(_practised(store, patient, own.id)) for patient in practice.patients)


def _practised(store: Store, patient: Patient, own: uuid.UUID) -> Patient:
    numbers = tuple(
        replace(row, facility=own) if row.system is IdentifierSystem.MRN else row for row in patient.identifiers
    )
    return _asserted(store, replace(patient, identifiers=numbers), None)
