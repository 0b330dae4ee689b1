"""V8 and V9 on one signature of a research consent: the right person, in the right order, really given."""

from __future__ import annotations

from collections.abc import Iterator

from liaison_desktop.clinical.people.rules import Party, same_person, stands_as
from liaison_desktop.clinical.research.record import ResearchConsent, Study
from liaison_desktop.clinical.research.rules.life import roles_needed
from liaison_desktop.errors import Fault
from liaison_desktop.policies import Policy
from liaison_desktop.signing import Method, Role, Signature


def signature_faults(consent: ResearchConsent, study: Study, signature: Signature, policy: Policy) -> tuple[Fault, ...]:
    """What speaks against this signature on this consent now."""
    return (*_turn_faults(consent, signature, policy), *_person_faults(consent, study, signature, policy))


def _turn_faults(consent: ResearchConsent, signature: Signature, policy: Policy) -> Iterator[Fault]:
    role, needed = signature.role, roles_needed(consent)
    if consent.signature(role) is not None:
        yield policy.fault("V8-TURN", field="role", what=f"The {role.label.lower()} has signed already.")
    elif role not in needed:
        yield policy.fault("V8-TURN", field="role", what=f"This consent has no line for: {role.label.lower()}.")
    elif not consent.signatures and role is not needed[0]:
        yield policy.fault("V8-TURN", field="role", what="The person or the representative signs first.")
    if not signature.name_printed.strip():
        yield policy.fault("V9-SIGNED", field="name_printed", what="The printed name is needed.")
    if signature.method in (Method.DRAWN, Method.MARK_X) and not any(one.points for one in signature.strokes):
        yield policy.fault("V9-SIGNED", field="strokes", what="Nothing is drawn yet.")
    if signature.method is Method.VERBAL_WITNESSED and not signature.spoken.strip():
        yield policy.fault("V9-SIGNED", field="spoken", what="Write what was said, and how.")
    if not signature.shown_sha256:
        yield policy.fault("V9-SIGNED", field="shown_sha256", what="The document has to be shown first.")


def _person_faults(consent: ResearchConsent, study: Study, signature: Signature, policy: Policy) -> Iterator[Fault]:
    role, name = signature.role, Party(signature.name_printed, id=signature.person_id)
    if role in (Role.WITNESS, Role.SECOND_WITNESS):
        if who := stands_as(name, _not_impartial(consent, study)):
            yield policy.fault("V8", field="name_printed", who=who)
        elif role is Role.WITNESS and consent.short_form and not same_person(name, consent.impartial_witness):
            yield policy.fault("RC-OTHER-WITNESS", field="name_printed", who=consent.impartial_witness)
    if role is Role.SECOND_WITNESS:
        first = consent.signature(Role.WITNESS)
        if first is None or same_person(first.name_printed, name):
            yield policy.fault("V8-SECOND", field="name_printed")
    if role is Role.PERSON_OBTAINING and not same_person(name, consent.obtained_by):
        yield policy.fault("RC-OBTAINED", field="name_printed", who=consent.obtained_by)


def _not_impartial(consent: ResearchConsent, study: Study) -> tuple[tuple[Party | str, str], ...]:
    """Everybody with a part in the study or in this consent, and which: an impartial witness is none of them."""
    log = ((Party(one.name, "staff_member", one.staff), "somebody of the study") for one in study.delegates)
    return (
        (consent.obtained_by, "the person who obtains the consent"),
        (consent.investigator, "the investigator"),
        (Party(consent.representative_name, "related_person", consent.representative_id), "the representative"),
        (consent.interpreter_name, "the interpreter"),
        (Party(consent.shown_name, "patient", consent.patient_id), "the person who consents"),
        *log,
    )
