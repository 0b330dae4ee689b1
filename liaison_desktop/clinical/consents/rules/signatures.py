"""Rules V8 and V9 on one signature: the right person for the line, in the right order, really given."""

from __future__ import annotations

from collections.abc import Iterator

from liaison_desktop.clinical.consents.record import Consent
from liaison_desktop.clinical.consents.rules.gates import is_nurse
from liaison_desktop.clinical.consents.rules.life import roles_needed
from liaison_desktop.clinical.people.rules import Party, same_person, stands_as
from liaison_desktop.errors import Fault
from liaison_desktop.policies import Policy
from liaison_desktop.signing import Method, Role, Signature


def signature_faults(consent: Consent, signature: Signature, policy: Policy) -> tuple[Fault, ...]:
    """V8 and what a single signature needs: the right person for the line, in the right order, really given."""
    found: list[Fault] = []
    role = signature.role
    if consent.signature(role) is not None:
        found.append(policy.fault("V8-TURN", field="role", what=f"The {role.label.lower()} has signed already."))
    elif role not in roles_needed(consent):
        found.append(policy.fault("V8-TURN", field="role", what=f"This consent has no line for: {role.label.lower()}."))
    elif consent.signatures == () and role is not roles_needed(consent)[0]:
        found.append(policy.fault("V8-TURN", field="role", what="The patient or the representative signs first."))
    if not signature.name_printed.strip():
        found.append(policy.fault("V9-SIGNED", field="name_printed", what="The printed name is needed."))
    if signature.method in (Method.DRAWN, Method.MARK_X) and not any(stroke.points for stroke in signature.strokes):
        found.append(policy.fault("V9-SIGNED", field="strokes", what="Nothing is drawn yet."))
    if signature.method is Method.VERBAL_WITNESSED and not signature.spoken.strip():
        found.append(policy.fault("V9-SIGNED", field="spoken", what="Write what was said, and how."))
    if not signature.shown_sha256:
        found.append(policy.fault("V9-SIGNED", field="shown_sha256", what="The document has to be shown first."))
    found.extend(_person_faults(consent, signature, policy))
    return tuple(found)


def _person_faults(consent: Consent, signature: Signature, policy: Policy) -> Iterator[Fault]:
    name = Party(signature.name_printed, id=signature.person_id)
    if signature.role in (Role.WITNESS, Role.SECOND_WITNESS) and (who := stands_as(name, _taking_part(consent))):
        yield policy.fault("V8", field="name_printed", who=who)
        return
    if signature.role is Role.SECOND_WITNESS:
        first = consent.signature(Role.WITNESS)
        if first is None or same_person(first.name_printed, name):
            yield policy.fault("V8-SECOND", field="name_printed")
    if signature.role is Role.PRACTITIONER:
        nurse = same_person(name, consent.begun_by) or is_nurse(signature.credential)
        witness = any(
            same_person(name, given.name_printed) for given in consent.signatures if given.role is not Role.PRACTITIONER
        )
        if nurse or witness:
            yield policy.fault("V8-NURSE", field="name_printed")


def _taking_part(consent: Consent) -> tuple[tuple[Party | str, str], ...]:
    """V8: everybody who has a part in this consent already, and which."""
    return (
        (consent.discussed_by, "the practitioner who explained"),
        (consent.practitioner_responsible, "the practitioner who performs it"),
        (
            Party(consent.representative_name, "related_person", consent.representative_id),
            "the patient's representative",
        ),
        (consent.interpreter_name, "the interpreter"),
        (Party(consent.shown_name, "patient", consent.patient_id), "the patient"),
    )
