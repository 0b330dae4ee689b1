"""One Bundle of an episode."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterator

from liaison_desktop import __version__
from liaison_desktop.clinical.exchange.document.facts import coverage_resource, medicine_resource, problem_resource
from liaison_desktop.clinical.exchange.document.papers import (
    bundle_resource,
    checklist_resource,
    consent_resource,
    document_resources,
    signature_resource,
)
from liaison_desktop.clinical.exchange.document.person import allergy_resources, patient_resource, related_resources
from liaison_desktop.clinical.exchange.document.research import research_resources
from liaison_desktop.clinical.exchange.document.stay import (
    episode_resource,
    place_resource,
    referral_resources,
    task_resource,
)
from liaison_desktop.clinical.exchange.document.values import Json, moment
from liaison_desktop.clinical.exchange.queries import Gathered


def bundle_of(gathered: Gathered, *, at: datetime.datetime, who: str) -> Json:
    """A Bundle of type collection: Patient first, Provenance of the whole last. The same input gives the same bytes."""
    resources = list(_resources(gathered, at))
    targets = [each["id"] for each in resources]
    mark = uuid.uuid5(gathered.episode.id, at.isoformat())
    resources.append(bundle_resource(mark, targets, at, who, f"Liaison Desktop {__version__}"))
    return {
        "resourceType": "Bundle",
        "id": str(uuid.uuid5(mark, "bundle")),
        "type": "collection",
        "timestamp": moment(at),
        "entry": [{"fullUrl": f"urn:uuid:{each['id']}", "resource": each} for each in resources],
    }


def _resources(gathered: Gathered, at: datetime.datetime) -> Iterator[Json]:
    patient, ours, today = gathered.patient, gathered.ours, at.date()
    yield patient_resource(patient, ours)
    if ours is not None:
        yield place_resource(ours)
    yield from related_resources(patient)
    yield episode_resource(gathered.episode, gathered.events, gathered.referrals, ours)
    for referral in gathered.referrals:
        yield from referral_resources(referral, gathered.documents, ours)
    for task in gathered.tasks:
        yield task_resource(task, patient.id)
    for problem in gathered.problems:
        yield problem_resource(problem)
    yield from allergy_resources(patient)
    for medicine in gathered.medicines:
        yield medicine_resource(medicine)
    for coverage in gathered.coverages:
        yield coverage_resource(coverage)
    for consent in gathered.consents:
        yield consent_resource(consent, gathered.endings.get(consent.id, ()), today, ours)
        if consent.signatures:
            yield signature_resource(consent, at)
    yield from research_resources(gathered.research, gathered.left_studies, ours, at)
    for checklist in gathered.checklists:
        yield checklist_resource(checklist)
    yield from document_resources(gathered.documents)
