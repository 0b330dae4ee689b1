"""Rules V8 and V9 on one signature: the right person for the line, in the right order, really given."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from liaison_desktop.clinical.consents.record import Consent
from liaison_desktop.clinical.consents.rules.gates import is_nurse
from liaison_desktop.clinical.consents.rules.life import roles_needed
from liaison_desktop.clinical.people.rules import Party, same_person, stands_as
from liaison_desktop.errors import Fault
from liaison_desktop.policies import Policy
from liaison_desktop.signing import Method, Role, Signature, signs_as, what_is_missing

WITNESSES = (Role.WITNESS, Role.SECOND_WITNESS)
_PHYSICIANS = (Role.PRACTITIONER, Role.PHYSICIAN_CONCURRENCE)


def signature_faults(consent: Consent, signature: Signature, policy: Policy) -> tuple[Fault, ...]:
    """V8: the right person for the line, in the right order. Asked before the screen is turned, and again after."""
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
    if consent.second_language is not None and not consent.translation_reviewed:
        found.append(policy.fault("V10-TRANSLATION", field="role"))
    found.extend(_person_faults(consent, signature, policy))
    return tuple(found)


def given_faults(
    consent: Consent, signature: Signature, policy: Policy, *, now: datetime.datetime, used: bool = False
) -> tuple[Fault, ...]:
    """V9 and 21 CFR 11.70 on what was given: it is whole, given on this very record, and its ink is on no other.

    `used` says that a signature with the same ink is kept already.
    """
    found: list[Fault] = []
    field, lacks = what_is_missing(signature)
    if lacks:
        found.append(policy.fault("V9-SIGNED", field=field, what=lacks))
    if signature.method is Method.TYPED and not signs_as(signature.typed, signature.name_printed):
        found.append(policy.fault("SIGN-TYPED", field="typed", who=signature.name_printed.strip() or "who signs"))
    if signature.given_at is not None and signature.given_at > now:
        found.append(policy.fault("V9-SIGNED", field="given_at", what="This lies in the future."))
    if not signature.shown_sha256:
        found.append(policy.fault("V9-SIGNED", field="shown_sha256", what="The document has to be shown first."))
    elif not signature.binds(consent.content_fingerprint()):
        found.append(policy.fault("SIGN-BOUND", field="shown_content"))
    if used:
        found.append(policy.fault("SIGN-REUSED", field="strokes"))
    return tuple(found)


def _person_faults(consent: Consent, signature: Signature, policy: Policy) -> Iterator[Fault]:
    name = Party(signature.name_printed, id=signature.person_id)
    if signature.role in WITNESSES:
        if who := stands_as(name, _taking_part(consent)):
            yield policy.fault("V8", field="name_printed", who=who)
            return
        if signature.adult is not True:
            yield policy.fault("V8-ADULT", field="adult")
    if signature.role is Role.INTERPRETER and (who := stands_as(name, _others(consent))):
        yield policy.fault("V8-INTERPRETER", field="name_printed", who=who)
    if signature.role is Role.SECOND_WITNESS:
        first = consent.signature(Role.WITNESS)
        if first is None or same_person(first.name_printed, name):
            yield policy.fault("V8-SECOND", field="name_printed")
    if signature.role is Role.RN_REVIEWER and not is_nurse(signature.credential):
        yield policy.fault("V8-REVIEWER", field="credential")
    if signature.role in (Role.PRACTITIONER, Role.PHYSICIAN_CONCURRENCE):
        nurse = same_person(name, consent.begun_by) or is_nurse(signature.credential)
        witness = any(
            same_person(name, given.name_printed) for given in consent.signatures if given.role not in _PHYSICIANS
        )
        if nurse or witness:
            yield policy.fault("V8-NURSE", field="name_printed")


def _others(consent: Consent) -> tuple[tuple[Party | str, str], ...]:
    """V8: whom the interpreter cannot be."""
    seen = ((given.name_printed, "the witness") for given in consent.signatures if given.role in WITNESSES)
    return (
        *(part for part in _taking_part(consent) if part[1] != "the interpreter"),
        *seen,
    )


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
