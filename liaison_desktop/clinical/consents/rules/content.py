"""Rules V40 and V45, and the teach-back: what was talked about, understood and chosen."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from liaison_desktop.clinical.consents.record import (
    Answer,
    Consent,
    DecidedBy,
    Discussed,
    Element,
    OnForm,
    TeachBackState,
)
from liaison_desktop.clinical.consents.rules.gates import discussion_faults, gate_faults, match_faults
from liaison_desktop.clinical.directives.record import CapacityNote
from liaison_desktop.errors import Fault
from liaison_desktop.policies import Policy

MINIMUM = (Element.T01, Element.T02, Element.T03, Element.T04, Element.T05, Element.T06)
# Of the minimum, what a patient can say was talked about; the others are parts of the paper.
ASKED = (Element.T02, Element.T03, Element.T04)
DONE = (TeachBackState.OK_FIRST, TeachBackState.OK_AFTER_RETEACH, TeachBackState.DECLINED)


def element_faults(consent: Consent, policy: Policy) -> Iterator[Fault]:
    """V40: T01 to T06 are there and were talked about; of the others, what is missing is said."""
    held = {check.element: (place, check) for place, check in enumerate(consent.elements)}
    blank = {
        Element.T01: not consent.facility.strip(),
        Element.T02: not consent.procedure_text.strip(),
        Element.T03: not consent.practitioner_responsible.strip(),
    }
    for element in MINIMUM:
        place, check = held.get(element, (0, None))
        where = f"elements.{place}" if check is not None else "elements"
        if check is None or check.on_form is not OnForm.YES or blank.get(element, False):
            yield policy.fault("V40", field=where, element=element.label)
        elif element in ASKED and check.discussed is not Discussed.YES:
            yield policy.fault("V40-TALK", field=where, element=element.label)
    for element, (place, check) in held.items():
        if element in MINIMUM or check.on_form is OnForm.NA:
            continue
        if check.on_form is OnForm.NO or check.discussed in (Discussed.NO, Discussed.UNSURE):
            yield policy.fault("V40-MORE", field=f"elements.{place}", element=element.label)


def teach_back_faults(consent: Consent, policy: Policy) -> Iterator[Fault]:
    """PC13: every point was clear, at once or after re-explaining, or the patient did not want to say it."""
    unclear = [place for place, point in enumerate(consent.teach_back) if point.state not in DONE]
    if unclear or not consent.teach_back:
        field = f"teach_back.{unclear[0]}" if unclear else "teach_back"
        yield policy.fault("PC13", field=field, n=len(unclear), are="is" if len(unclear) == 1 else "are")
    if any(point.state is TeachBackState.DECLINED for point in consent.teach_back):
        yield policy.fault("PC13-DECLINED", field="teach_back")


def choice_faults(consent: Consent, policy: Policy) -> Iterator[Fault]:
    """V45 and T17: every separate choice has the patient's answer; the main one is asked on the signing page."""
    for place, choice in enumerate(consent.choices):
        if choice.code == "agree":
            continue
        field = f"choices.{place}"
        if choice.answer is None or (choice.answer is Answer.NA and not choice.may_not_apply):
            rule = "V40-T17" if Element.T17 in choice.elements and consent.sedation else "V45"
            yield policy.fault(rule, field=field)
        elif choice.answer is Answer.NA and Element.T17 in choice.elements and consent.sedation:
            yield policy.fault("V40-T17", field=field)
    if consent.free_to_refuse is not True:
        yield policy.fault("PC16", field="free_to_refuse")


def ready_faults(
    consent: Consent, policy: Policy, *, nurse: str, now: datetime.datetime, note: CapacityNote | None = None
) -> tuple[Fault, ...]:
    """Everything that stands before the first signature, in the order of the page. `note` as in `gate_faults`."""
    before = (
        *consent.faults(),
        *match_faults(consent, policy),
        *discussion_faults(consent, policy, nurse=nurse, now=now),
        *gate_faults(consent, policy, note),
    )
    if consent.decided_by is DecidedBy.EMERGENCY:
        # Nobody can be asked; the practitioner answers for the exception with name and signature.
        return before
    return (
        *before,
        *element_faults(consent, policy),
        *teach_back_faults(consent, policy),
        *choice_faults(consent, policy),
    )
