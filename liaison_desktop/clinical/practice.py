"""What a clinical practice store begins with: invented people and their stays, feature by feature, lowest floor first."""

from __future__ import annotations

from liaison_desktop.clinical.checklists.actions import fill_practice_checklists
from liaison_desktop.clinical.communication.actions import fill_practice_communication
from liaison_desktop.clinical.concerns.actions import fill_practice_concerns
from liaison_desktop.clinical.consents.actions import fill_practice_consents
from liaison_desktop.clinical.coverage.actions import fill_practice_coverage
from liaison_desktop.clinical.directives.actions import fill_practice_directives
from liaison_desktop.clinical.findings.actions import fill_practice_findings
from liaison_desktop.clinical.medications.actions import fill_practice_medicines
from liaison_desktop.clinical.outreach.actions import fill_practice_outreach
from liaison_desktop.clinical.patients.actions import fill_practice_patients
from liaison_desktop.clinical.people.actions import fill_practice_people
from liaison_desktop.clinical.referrals.actions import fill_practice_referrals
from liaison_desktop.clinical.research.actions import fill_practice_research
from liaison_desktop.clinical.today.actions import fill_practice_tasks
from liaison_desktop.store import Store


def fill(store: Store) -> None:
    """Put the practice records of every feature into a new store."""
    fill_practice_patients(store)
    fill_practice_people(store)
    fill_practice_findings(store)
    fill_practice_coverage(store)
    fill_practice_directives(store)
    fill_practice_checklists(store)
    fill_practice_consents(store)
    fill_practice_research(store)
    fill_practice_communication(store)
    fill_practice_referrals(store)
    fill_practice_concerns(store)
    fill_practice_medicines(store)
    fill_practice_tasks(store)
    fill_practice_outreach(store)
