"""Research in the bundle for another system: Consent in its scope, the study, and where the person stands in it."""

from __future__ import annotations

import datetime as dt

import pytest

from liaison_desktop.clinical.consents.record import Answer
from liaison_desktop.clinical.exchange.document.research import research_resources
from liaison_desktop.clinical.research.actions import leave_study
from liaison_desktop.clinical.research.queries import endings_of
from liaison_desktop.store import Store
from tests.clinical.research.test_actions import active


@pytest.mark.parametrize(
    ("leaves", "status", "subject"), [(False, "active", "on-study"), (True, "inactive", "withdrawn")]
)
def test_consent_study_and_subject(clinical_store: Store, leaves: bool, status: str, subject: str) -> None:
    done = active(clinical_store)
    if leaves:
        leave_study(clinical_store, done, said_by=done.shown_name, look_on=Answer.NO, destroy_samples=Answer.NO)
    found = [*research_resources((done,), endings_of(clinical_store, (done,)), None, dt.datetime.now(dt.UTC))]
    kinds = {one["resourceType"]: one for one in found}
    assert set(kinds) == {"Consent", "Provenance", "ResearchStudy", "ResearchSubject"}
    consent = kinds["Consent"]
    assert consent["status"] == status
    assert consent["scope"]["coding"][0]["code"] == "research"
    assert consent["provision"]["type"] == ("deny" if leaves else "permit")
    assert ("end" in consent["provision"]["period"]) == leaves
    assert kinds["ResearchSubject"]["status"] == subject
    assert kinds["ResearchSubject"]["consent"]["reference"] == f"urn:uuid:{done.id}"
    assert len(kinds["Provenance"]["signature"]) == 2


def test_r4_accepts_them(clinical_store: Store) -> None:
    from fhir.resources.R4B import get_fhir_model_class

    done = active(clinical_store)
    for one in research_resources((done,), {}, None, dt.datetime.now(dt.UTC)):
        get_fhir_model_class(one["resourceType"]).model_validate(one)
