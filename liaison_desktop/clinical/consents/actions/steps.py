"""What several verbs share: refusing, moving on, and the words and the patient as they are shown."""

from __future__ import annotations

import re

import msgspec

from liaison_desktop.clinical.consents.queries import catalogue
from liaison_desktop.clinical.consents.record import (
    Consent,
    ConsentState,
    Statement,
    Template,
    Topic,
)
from liaison_desktop.clinical.consents.rules import (
    may_become,
)
from liaison_desktop.clinical.directives.actions import capacity_for
from liaison_desktop.clinical.directives.record import CapacityNote
from liaison_desktop.clinical.patients.record import (
    Patient,
    allergy_statement,
    full_name,
    record_number,
)
from liaison_desktop.errors import Fault, Refused
from liaison_desktop.policies import policy_of
from liaison_desktop.store import Store


def stop_if(faults: tuple[Fault, ...]) -> None:
    """Raise Refused if there are any."""
    if faults:
        raise Refused(faults)


def note_on(store: Store, consent: Consent) -> CapacityNote | None:
    """The capacity note of the chart that speaks to this consent; None if there is none (V11)."""
    return capacity_for(store, consent.patient_id, consent.id, consent.begun_at)


def move(store: Store, consent: Consent, state: ConsentState) -> Consent:
    """The consent in its next state. Raises Refused if its life does not go on that way."""
    stop_if(may_become(consent, state, policy_of(store)))
    return msgspec.structs.replace(consent, state=state)


def filled(words: str, consent: Consent) -> str:
    """Words of a form with the names of this consent in them."""
    # str.format would read braces that a person typed into a name; two plain replacements cannot.
    who = ", ".join(part for part in (consent.practitioner_responsible, consent.practitioner_credential) if part)
    if not who:
        # Within a sentence the stand-in begins small.
        words = re.sub(r"(?<=[\w,;:] )\{practitioner\}", "your doctor", words)
    return words.replace("{practitioner}", who or "Your doctor").replace(
        "{phone}", consent.facility_phone or "the unit"
    )


def with_words(consent: Consent, form: Template) -> Consent:
    """The consent with the form's words, names filled in, each topic covered by who held the talk."""
    topics = tuple(
        Topic(
            code=topic.code,
            heading=topic.heading,
            words=filled(topic.words, consent),
            elements=topic.elements,
            covered_by=consent.discussed_by,
        )
        for topic in form.topics
    )
    statements = tuple(
        Statement(code=said.code, heading=said.heading, words=filled(said.words, consent), elements=said.elements)
        for said in form.statements
    )
    said = {check.element: check for check in form.checks(catalogue())}
    # The proof quotes each sentence as it is printed, names and all.
    checks = tuple(
        msgspec.structs.replace(check, says=tuple(filled(part, consent) for part in said[check.element].says))
        if check.element in said
        else check
        for check in consent.elements
    )
    return msgspec.structs.replace(consent, topics=topics, statements=statements, elements=checks)


def with_patient(consent: Consent, patient: Patient) -> Consent:
    """The consent with the patient as known now."""
    allergies = allergy_statement(patient)
    return msgspec.structs.replace(
        consent,
        shown_name=full_name(patient),
        shown_birth_date=patient.birth_date,
        shown_record_number=record_number(patient),
        shown_allergies=allergies.text,
        allergies_recorded=patient.allergy_assertion is not None,
    )
