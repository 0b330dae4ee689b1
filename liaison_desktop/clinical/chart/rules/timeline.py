"""What happened to a patient, in the order in which it happened, told from every record that has a moment."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterator

import msgspec

from liaison_desktop.clinical.chart.queries import Charted
from liaison_desktop.clinical.checklists.record import FINISHED, Checklist
from liaison_desktop.clinical.consents.record import Consent
from liaison_desktop.clinical.episodes.record import EpisodeState, Life
from liaison_desktop.clinical.referrals.record import Decision, Referral, WorkStatus


class Happened(msgspec.Struct, frozen=True, kw_only=True):
    """One thing at one moment. `kind` and `id` say what it opens, or `tab` where it is."""

    at: datetime.datetime
    title: str
    facts: str = ""
    icon: str = "circle-dot"
    kind: str = ""
    id: uuid.UUID | None = None
    tab: str = ""


def timeline(known: Charted) -> tuple[Happened, ...]:
    """All of it, the newest first."""
    return tuple(sorted(_all(known), key=lambda one: one.at, reverse=True))


def _all(known: Charted) -> Iterator[Happened]:
    yield from _steps(known)
    yield from _papers(known)
    yield from _bedside(known)
    yield from _talks(known)
    yield from _payer(known)


_CODES = {Life.EPISODE: EpisodeState, Life.WORK: WorkStatus, Life.DECISION: Decision}


def _steps(known: Charted) -> Iterator[Happened]:
    for event in known.events:
        if event.at is None:
            continue
        try:
            after = _CODES[event.life](event.after).label
        except ValueError:
            after = event.after
        overridden = [one.guard.replace("_", " ") for one in event.judgements if one.overridden_by]
        taken = f"taken on: {', '.join(overridden)}" if overridden else ""
        facts = " · ".join(filter(None, (event.by, event.reason, taken)))
        yield Happened(at=event.at, title=f"{event.life.label}: {after}", facts=facts, icon="route", tab="Admission")
    for referral in known.referrals:
        if referral.received_at is not None:
            source = referral.source_text or referral.contact_text
            yield Happened(
                at=referral.received_at, title="Referral came in", facts=source, icon="inbox", kind=Referral.kind,
                id=referral.id,
            )  # fmt: skip


def _papers(known: Charted) -> Iterator[Happened]:
    for checklist in known.checklists:
        at = checklist.completed_at if checklist.status in FINISHED else checklist.started_at
        if at is not None:
            done = "finished" if checklist.status in FINISHED else "begun"
            yield Happened(
                at=at, title=f"{checklist.name} {done}", facts=checklist.author, icon="clipboard-check",
                kind=Checklist.kind, id=checklist.id,
            )  # fmt: skip
    for consent in known.consents:
        at = consent.active_at or consent.begun_at
        if at is not None:
            words = "complete" if consent.active_at is not None else "begun"
            yield Happened(
                at=at, title=f"{consent.title_as_signed} {words}", facts=consent.document_number, icon="file-pen-line",
                kind=Consent.kind, id=consent.id,
            )  # fmt: skip
    for paper in known.papers:
        if paper.received_at is not None and not paper.missing:
            yield Happened(
                at=paper.received_at, title=f"{paper.title()} came in", facts=paper.facts(), icon="file-text",
                tab="Documents",
            )  # fmt: skip


def _bedside(known: Charted) -> Iterator[Happened]:
    for vitals in known.vitals:
        if vitals.taken_at is not None:
            yield Happened(
                at=vitals.taken_at, title="Vital signs", facts=vitals.facts(), icon="activity", tab="Findings"
            )
    for problem in known.problems:
        if problem.noted_at is not None:
            yield Happened(
                at=problem.noted_at, title=f"Problem noted: {problem.text}", facts=problem.noted_by,
                icon="stethoscope", tab="Findings",
            )  # fmt: skip


def _talks(known: Charted) -> Iterator[Happened]:
    for entry in known.log:
        if entry.at is not None:
            yield Happened(
                at=entry.at, title=f"Talk: {entry.title()}", facts=entry.recorded_by, icon="phone", tab="Communication"
            )
    for session in known.sessions:
        if session.started_at is not None:
            yield Happened(
                at=session.started_at, title=session.title(), facts=session.facts(), icon="languages",
                tab="Communication",
            )  # fmt: skip
    for concern in known.concerns:
        for step in concern.steps:
            yield Happened(
                at=step.at, title=f"Concern: {step.act.label.lower()}", facts=" · ".join(filter(None, (step.by, step.to))),
                icon="message-circle", tab="Concerns",
            )  # fmt: skip
    for handover in known.handovers:
        if handover.given_at is not None:
            yield Happened(
                at=handover.given_at, title=handover.title(), facts=handover.facts(), icon="handshake", tab="Hand-over"
            )
    for call in known.plan.calls if known.plan is not None else ():
        if call.at is not None:
            words = "reached" if call.reached else "not reached"
            yield Happened(at=call.at, title=f"Call at home: {words}", facts=call.by, icon="phone", tab="Discharge")


def _payer(known: Charted) -> Iterator[Happened]:
    payers = {coverage.id: coverage.payer for coverage in known.coverages}
    for said in known.verifications:
        if said.at is not None:
            outcome = said.outcome.label.lower() if said.outcome is not None else ""
            payer = payers.get(said.coverage, "") if said.coverage is not None else ""
            yield Happened(
                at=said.at, title=f"Coverage verified: {outcome}", facts=payer, icon="shield-check", tab="Coverage"
            )
    for one in known.authorisations:
        for step in one.steps:
            if step.at is not None:
                yield Happened(
                    at=step.at, title=f"Authorisation {step.status.label.lower()}", facts=step.by, icon="shield-check",
                    tab="Coverage",
                )  # fmt: skip
