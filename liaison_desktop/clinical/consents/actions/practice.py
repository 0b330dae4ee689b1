"""Consents of the practice store: procedures, a paper on video visits and a release, each somewhere in its life.

Everybody is invented.
"""

from __future__ import annotations

import datetime

import msgspec

from liaison_desktop.clinical.consents.actions.forms import template_of
from liaison_desktop.clinical.consents.actions.preparing import (
    begin_consent,
    record_discussion,
    record_teach_back,
    start_teach_back,
)
from liaison_desktop.clinical.consents.record import (
    Answer,
    Concern,
    Consent,
    DecidedBy,
    Discussed,
    InterpreterModality,
    TeachBackState,
)
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.clinical.people.record import Practitioner
from liaison_desktop.store import Store

_SAID = {
    "a": "They look into my bowel with a camera and take the little bumps out.",
    "b": "Because there was blood, and to see that it is nothing bad.",
    "c": "They find out why. And the bumps are gone before they turn bad.",
    "d": "I could bleed. A hole, not often, and then an operation.",
    "e": "There is a scan, but it cannot take anything out. If I wait we do not know.",
    "f": "Doctor Chen. A young doctor may hold the camera while he is there.",
    "g": "Something in my arm that makes me sleepy.",
    "h": "My daughter takes me home. If there is a lot of blood I call.",
}


def fill_practice_consents(store: Store) -> tuple[Consent, ...]:
    """Put consents into a practice store that already has patients; none if it has none."""
    patients = store.all(Patient)
    doctors = store.all(Practitioner)
    if not patients:
        return ()
    doctor = next((who for who in doctors if who.name == "Wei Chen"), doctors[0] if doctors else None)
    name = doctor.name if doctor else "Wei Chen"
    credential = doctor.credential.label if doctor and doctor.credential else "MD"
    found = [_in_teach_back(store, patients[0], name, credential)]
    if len(patients) > 1:
        found.append(begin_consent(store, patients[1], template_of(store, "OR-102")))
    if len(patients) > 2:
        found.append(_visits_by_video(store, patients[2]))
    if len(patients) > 3:
        found.append(_release(store, patients[3]))
    return tuple(found)


def _visits_by_video(store: Store, patient: Patient) -> Consent:
    """Visits by video, explained and chosen, waiting for the document."""
    consent = begin_consent(store, patient, template_of(store, "TE-001"))
    consent = msgspec.structs.replace(
        consent,
        discussed_by="Joy Lim",
        discussed_by_credential="RN",
        discussed_at=store.clock() - datetime.timedelta(hours=1),
        choices=tuple(
            choice if choice.code == "agree" else msgspec.structs.replace(choice, answer=Answer.NO)
            for choice in consent.choices
        ),
        free_to_refuse=True,
    )
    return record_discussion(store, consent)


def _release(store: Store, patient: Patient) -> Consent:
    """A release of information whose protected kinds are still to be asked."""
    consent = begin_consent(store, patient, template_of(store, "RI-001"))
    consent = msgspec.structs.replace(
        consent,
        discussed_by="Joy Lim",
        discussed_by_credential="RN",
        discussed_at=store.clock() - datetime.timedelta(minutes=40),
        release_description="Discharge papers and list of medicines of this stay",
        release_from=consent.facility or "This hospital",
        release_to="Elm Street Family Practice",
        release_purpose="Going on with care at home",
        release_event="The first visit there is over",
    )
    return record_discussion(store, consent)


def _in_teach_back(store: Store, patient: Patient, name: str, credential: str) -> Consent:
    consent = begin_consent(store, patient, template_of(store, "GI-014"), practitioner=name, credential=credential)
    consent = msgspec.structs.replace(
        consent,
        procedure_on_order=consent.procedure_text,
        procedure_as_patient_says="A camera into my bowel",
        procedure_matches=True,
        discussed_by=name,
        discussed_by_credential=credential,
        discussed_at=store.clock() - datetime.timedelta(hours=3),
        decided_by=DecidedBy.PATIENT,
        interpreter_name="Elena Ruiz" if consent.interpreter_needed else "",
        interpreter_number="60417" if consent.interpreter_needed else "",
        interpreter_qualified=True if consent.interpreter_needed else None,
        interpreter_modality=InterpreterModality.VIDEO if consent.interpreter_needed else None,
        interpreter_needed=bool(consent.interpreter_needed),
        capacity_concern=Concern.NONE,
        sedated_recently=False,
        elements=tuple(msgspec.structs.replace(check, discussed=Discussed.YES) for check in consent.elements),
    )
    consent = start_teach_back(store, record_discussion(store, consent))
    for code, words in _SAID.items():
        if code == "d":
            consent = record_teach_back(store, consent, code, TeachBackState.NOT_OK, "Nothing much, I think.")
        consent = record_teach_back(store, consent, code, TeachBackState.OK_FIRST, words)
    return consent
