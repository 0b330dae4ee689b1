"""Rules V40, V45 and V48, and the teach-back: what is on the paper, was talked about, understood, chosen, released."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from liaison_desktop.clinical.consents.queries import catalogue
from liaison_desktop.clinical.consents.record import (
    Answer,
    Consent,
    ConsentStep,
    ConsentType,
    DecidedBy,
    Discussed,
    Element,
    OnForm,
    TeachBackState,
)
from liaison_desktop.clinical.consents.rules.gates import discussion_faults, gate_faults, match_faults
from liaison_desktop.clinical.consents.rules.release import release_faults
from liaison_desktop.clinical.directives.record import CapacityNote
from liaison_desktop.errors import Fault
from liaison_desktop.policies import Policy

# Of the minimum of a treatment, what a patient can say was talked about; the others are parts of the paper.
ASKED = (Element.T02, Element.T03, Element.T04)
# What is a part of the paper, so that nobody asks a patient about it.
ON_PAPER = (Element.T01, Element.T05, Element.T06, Element.T08)
DONE = (TeachBackState.OK_FIRST, TeachBackState.OK_AFTER_RETEACH, TeachBackState.DECLINED)


def element_faults(consent: Consent, policy: Policy) -> Iterator[Fault]:
    """V40: the minimum of the type is there and was talked about; of the other elements, what is missing is said.

    An element that a sentence of the form carries has to stand in the words of this consent, letter for letter.
    """
    known = catalogue()
    rule = known.of(consent.type)
    held = {check.element: (place, check) for place, check in enumerate(consent.elements)}
    printed = "\n".join(_printed(consent))
    talks = consent.has(ConsentStep.TALKED)
    for element in rule.minimum:
        place, check = held.get(element, (0, None))
        where = f"elements.{place}" if check is not None else "elements"
        means, mend = known.elements[element].means, known.elements[element].mend
        gone = check is not None and any(part not in printed for part in check.says)
        if check is None or check.on_form is not OnForm.YES or gone or element in _blank(consent):
            missing = "V48" if consent.type is ConsentType.RELEASE else "V40"
            yield policy.fault(missing, field=where, element=element.label, means=means, mend=mend)
        elif talks and element in ASKED and check.discussed is not Discussed.YES:
            yield policy.fault("V40-TALK", field=where, element=element.label)
    for element, (place, check) in held.items():
        if element in rule.minimum or check.on_form is OnForm.NA:
            continue
        gone = any(part not in printed for part in check.says)
        if check.on_form is OnForm.NO or gone or check.discussed in (Discussed.NO, Discussed.UNSURE):
            yield policy.fault("V40-MORE", field=f"elements.{place}", element=element.label)


def _printed(consent: Consent) -> Iterator[str]:
    yield consent.plain_words
    yield from (topic.words for topic in consent.topics)
    yield from (choice.words for choice in consent.choices)
    yield from (said.words for said in consent.statements)


def _blank(consent: Consent) -> tuple[Element, ...]:
    """The elements of the minimum that an answer in the record carries, and that have none."""
    filled = {
        Element.T01: consent.facility,
        Element.G01: consent.facility,
        Element.T02: consent.procedure_text,
        Element.T03: consent.practitioner_responsible,
    }
    return tuple(element for element, text in filled.items() if not text.strip())


def teach_back_faults(consent: Consent, policy: Policy) -> Iterator[Fault]:
    """PC13: every point was clear, at once or after re-explaining, or the patient did not want to say it."""
    if not consent.has(ConsentStep.TEACH):
        return
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
    if consent.has(ConsentStep.CHOICES) and consent.free_to_refuse is not True:
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
        *release_faults(consent, policy, today=now.date()),
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
