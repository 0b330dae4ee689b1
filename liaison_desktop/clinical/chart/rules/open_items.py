"""What is open for a patient: worked out from what is recorded, never entered."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterable, Iterator

import msgspec

from liaison_desktop.clinical.checklists.record import FINISHED, Checklist, ChecklistStatus
from liaison_desktop.clinical.concerns.record import Concern, ConcernState
from liaison_desktop.clinical.consents.record import Consent, ConsentState
from liaison_desktop.clinical.findings.rules import Proposal
from liaison_desktop.clinical.patients.record import AllergyAssertion, Patient
from liaison_desktop.clinical.research.record import ResearchConsent, ResearchState
from liaison_desktop.tasks.record import Task
from liaison_desktop.tasks.rules.saying import due_said


class OpenItem(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to do. `mark` is the chip with its `tone`; `kind` and `id` say what it opens, or `tab` where it is."""

    title: str
    facts: str
    icon: str
    mark: str
    tone: str = "neutral"
    kind: str = ""
    id: uuid.UUID | None = None
    tab: str = ""


# State of a consent: what it waits for, and how loudly.
WAITING: dict[ConsentState, tuple[str, str]] = {
    ConsentState.DRAFT: ("to prepare", "neutral"),
    ConsentState.DISCUSSED: ("teach-back", "neutral"),
    ConsentState.VERIFYING: ("teach-back", "neutral"),
    ConsentState.RETURNED: ("with practitioner", "red"),
    ConsentState.READY: ("to sign", "amber"),
    ConsentState.SIGNED: ("witness", "amber"),
    ConsentState.WITNESSED: ("countersign", "amber"),
}


def patient_items(patient: Patient) -> Iterator[OpenItem]:
    """What is missing in the patient's own record."""
    if patient.allergy_assertion is None:
        yield OpenItem(
            title="Allergies not recorded",
            facts="Ask, and say what is known",
            icon="circle-alert",
            mark="ask",
            tone="red",
            tab="Allergies",
        )
    elif patient.allergy_assertion is AllergyAssertion.UNABLE:
        yield OpenItem(
            title="Allergies could not be obtained",
            facts=patient.allergy_note,
            icon="circle-alert",
            mark="ask again",
            tone="red",
            tab="Allergies",
        )
    for allergy in patient.allergies:
        if allergy.current and not allergy.confirmed:
            yield OpenItem(
                title=f"{allergy.substance} allergy not confirmed",
                facts=f"Told by {allergy.source.label.lower()}" if allergy.source else "Nobody noted who said so",
                icon="circle-alert",
                mark="confirm",
                tone="amber",
                tab="Allergies",
            )
    if patient.communication.interpreter is None:
        yield OpenItem(
            title="Language and interpreter not asked",
            facts="Before any teaching or consent",
            icon="languages",
            mark="ask",
            tone="amber",
            tab="Details",
        )
    for person in patient.related:
        if person.decides and not person.authority_seen_on:
            yield OpenItem(
                title="Paper not seen yet",
                facts=f"{person.text()}, may decide",
                icon="user-round",
                mark="ask for it",
                tone="amber",
                tab="Decisions",
            )


def proposal_items(proposals: Iterable[Proposal]) -> Iterator[OpenItem]:
    """What a checklist answered and the chart does not say yet."""
    for one in proposals:
        yield OpenItem(
            title=one.title, facts=one.facts, icon="clipboard-check", mark="take over", tone="amber", tab="Findings"
        )


def consent_items(consents: Iterable[Consent]) -> Iterator[OpenItem]:
    """The consents that wait for somebody."""
    for consent in consents:
        if consent.state in WAITING:
            mark, tone = WAITING[consent.state]
            yield OpenItem(
                title=consent.title_as_signed or consent.procedure_text,
                facts=consent.state.label,
                icon="file-pen-line",
                mark=mark,
                tone=tone,
                kind=Consent.kind,
                id=consent.id,
            )


# State of a research consent: what it waits for, and how loudly.
_RESEARCH = {
    ResearchState.DRAFT: ("to give", "neutral"),
    ResearchState.GIVEN: ("to ask", "neutral"),
    ResearchState.HOME: ("taken home", "neutral"),
    ResearchState.CAPACITY: ("assessment", "red"),
    ResearchState.READY: ("to sign", "amber"),
    ResearchState.SIGNED: ("countersign", "amber"),
}


def research_items(consents: Iterable[ResearchConsent]) -> Iterator[OpenItem]:
    """The research consents that wait for somebody."""
    for consent in consents:
        if consent.state in _RESEARCH:
            mark, tone = _RESEARCH[consent.state]
            yield OpenItem(
                title=f"Research: {consent.study_short}",
                facts=consent.state.label,
                icon="flask-conical",
                mark=mark,
                tone=tone,
                kind=ResearchConsent.kind,
                id=consent.id,
            )


def checklist_items(checklists: Iterable[Checklist]) -> Iterator[OpenItem]:
    """The checklists that are not finished, or wait for review."""
    for checklist in checklists:
        if checklist.status is ChecklistStatus.IN_PROGRESS:
            mark = f"{checklist.answered}/{checklist.asked}" if checklist.asked else "to begin"
            facts, tone = "In progress", "neutral"
        elif checklist.review_needed and checklist.status in FINISHED:
            mark, facts, tone = "RN review", "Finished, waits for review", "amber"
        else:
            continue
        yield OpenItem(
            title=checklist.name,
            facts=facts,
            icon="clipboard-check",
            mark=mark,
            tone=tone,
            kind=Checklist.kind,
            id=checklist.id,
        )


# State of a concern: what it waits for, and how loudly.
_CONCERNS = {
    ConcernState.OPEN: ("nobody asked", "amber"),
    ConcernState.WITH_PROVIDER: ("asked", "neutral"),
    ConcernState.ANSWERED: ("read it back", "amber"),
    ConcernState.ESCALATED: ("escalated", "red"),
}


def concern_items(concerns: Iterable[Concern]) -> Iterator[OpenItem]:
    """What the patient waits for, in their words."""
    for concern in concerns:
        if concern.state in _CONCERNS:
            mark, tone = _CONCERNS[concern.state]
            words, facts = f"“{' '.join(concern.words.split())}”", concern.facts()
            yield OpenItem(
                title=words, facts=facts, icon="quote", mark=mark, tone=tone, kind=concern.kind, id=concern.id
            )


def task_items(tasks: Iterable[Task], now: datetime.datetime) -> Iterator[OpenItem]:
    """What has to be done for the patient, and by when."""
    for task in tasks:
        mark, tone = due_said(task.due_at, now) if task.due_at is not None else ("to do", "neutral")
        yield OpenItem(
            title=task.what, facts=task.facts(), icon="list-todo", mark=mark, tone=tone, kind=task.kind, id=task.id
        )


def in_order(items: Iterable[OpenItem]) -> tuple[OpenItem, ...]:
    """The loudest first; otherwise as given."""
    loud = {"red": 0, "amber": 1}
    return tuple(sorted(items, key=lambda item: loud.get(item.tone, 2)))
