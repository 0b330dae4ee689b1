"""Values for the tests of consents. Everybody here is invented."""

from __future__ import annotations

import datetime as dt
import itertools

import msgspec

from liaison_desktop.clinical.consents.actions import begin_consent, sign
from liaison_desktop.clinical.consents.queries import template
from liaison_desktop.clinical.consents.record import (
    Answer,
    Concern,
    Consent,
    DecidedBy,
    Discussed,
    Laterality,
    TeachBackState,
)
from liaison_desktop.clinical.patients.record import (
    Allergy,
    AllergyAssertion,
    Identifier,
    Patient,
    Reaction,
    Verification,
)
from liaison_desktop.clinical.people.record import Facility
from liaison_desktop.signing import Method, Role, Signature, SignaturePoint, Stroke, fingerprint_of
from liaison_desktop.store import Store

DOCTOR = "Wei Chen"
SHOWN = fingerprint_of(b"what was shown")


def a_patient() -> Patient:
    """María, with two allergies."""
    return Patient(
        family="Álvarez",
        given="María L.",
        birth_date="1961-03-14",
        identifiers=(Identifier(value="0049-3382"),),
        allergy_assertion=AllergyAssertion.HAS_ALLERGIES,
        allergies=(
            Allergy(
                substance="Penicillin",
                reactions=(Reaction(manifestation="hives"),),
                since="2014",
                verification=Verification.CONFIRMED,
            ),
            Allergy(substance="Latex"),
        ),
    )


def a_facility() -> Facility:
    """The hospital this laptop works for."""
    return Facility(
        name="Riverbend Regional Medical Center", unit="Endoscopy, 3 West", phone="(555) 010-4400", own=True
    )


def a_draft(store: Store, form: str = "GI-014") -> Consent:
    """A consent just begun."""
    store.save(a_facility())
    patient = store.save(a_patient())
    return begin_consent(store, patient, template(form), practitioner=DOCTOR, credential="MD")


def filled(consent: Consent, now: dt.datetime, **other: object) -> Consent:
    """The consent with every answer that makes it ready to sign, and these answers instead."""
    answers: dict[str, object] = {
        "procedure_on_order": consent.procedure_text,
        "procedure_as_patient_says": "A camera in my bowel",
        "procedure_matches": True,
        "laterality": Laterality.LEFT if consent.needs_side else None,
        "side_on_order": Laterality.LEFT if consent.needs_side else None,
        "side_as_patient_says": Laterality.LEFT if consent.needs_side else None,
        "discussed_by": DOCTOR,
        "discussed_by_credential": "MD",
        "discussed_at": now - dt.timedelta(hours=2),
        "decided_by": DecidedBy.PATIENT,
        "interpreter_needed": False,
        "capacity_concern": Concern.NONE,
        "sedated_recently": False,
        "free_to_refuse": True,
        "elements": tuple(msgspec.structs.replace(check, discussed=Discussed.YES) for check in consent.elements),
        "teach_back": tuple(
            msgspec.structs.replace(point, state=TeachBackState.OK_FIRST, attempts=1, patient_words="Said well")
            for point in consent.teach_back
        ),
        "choices": tuple(
            it if it.code == "agree" else msgspec.structs.replace(it, answer=Answer.NO) for it in consent.choices
        ),
    }
    return msgspec.structs.replace(consent, **{**answers, **other})


_hands = itertools.count()


def a_stroke() -> tuple[Stroke, ...]:
    """One line with the pen; no two are the same."""
    low = 40.0 + next(_hands) % 1000 / 10
    return (
        Stroke(points=tuple(SignaturePoint(x=10.0 * step, y=low, t_ms=8 * step, pressure=0.5) for step in range(9))),
    )


def put(store: Store, consent: Consent, signature: Signature, *, agrees: Answer | None = None) -> Consent:
    """The signature given on this consent as it stands."""
    return sign(store, consent, signature.on(consent.content_fingerprint()), agrees=agrees)


def a_signature(role: Role, name: str, **other: object) -> Signature:
    """A drawn signature."""
    values: dict[str, object] = {
        "method": Method.DRAWN,
        "strokes": a_stroke(),
        "pad_width": 400.0,
        "pad_height": 160.0,
        "shown_sha256": SHOWN,
        "adult": True if role in (Role.WITNESS, Role.SECOND_WITNESS) else None,
    }
    return Signature(role=role, name_printed=name, **{**values, **other})
