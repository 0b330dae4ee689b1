"""Reading what the first tab of a chart shows, and handing it to its cards."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import partial

import msgspec
from PySide6.QtWidgets import QWidget

from liaison_desktop.clinical.chart.page.overview import concerns_card, overview
from liaison_desktop.clinical.chart.page.papers import Paper, checklist_paper, consent_paper
from liaison_desktop.clinical.chart.rules import (
    OpenItem,
    checklist_items,
    concern_items,
    consent_items,
    in_order,
    patient_items,
    proposal_items,
    research_items,
    task_items,
)
from liaison_desktop.clinical.checklists.actions import chart_proposals
from liaison_desktop.clinical.checklists.queries import checklists_of
from liaison_desktop.clinical.clocks.form import PatientClocks
from liaison_desktop.clinical.concerns.queries import open_concerns
from liaison_desktop.clinical.consents.queries import consents_of
from liaison_desktop.clinical.coverage.actions import coverage_standing
from liaison_desktop.clinical.coverage.form.cards import overview_card as coverage_card
from liaison_desktop.clinical.coverage.queries import authorisations_of
from liaison_desktop.clinical.episodes.queries import current_episode
from liaison_desktop.clinical.findings.form import problems_card, vitals_card
from liaison_desktop.clinical.findings.queries import problems_of, vitals_of
from liaison_desktop.clinical.medications.actions import medicines_needing_answer
from liaison_desktop.clinical.medications.form import needs_card
from liaison_desktop.clinical.patients.form.entry import draft_key
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.clinical.research.queries import research_consents_of
from liaison_desktop.policies import policy_of
from liaison_desktop.tasks.queries import tasks_for
from liaison_desktop.ui.desk import Desk


class Ways(msgspec.Struct, frozen=True):
    """Where the cards lead: to what an item speaks of, a tab by name, a paper, a medicine, the form of allergies, the call
    to the payer."""

    go: Callable[[OpenItem], None]
    tab: Callable[[str], None]
    paper: Callable[[Paper], None]
    medicine: Callable[[uuid.UUID], None]
    allergies: Callable[[], None]
    verify: Callable[[], None]


def overview_of(desk: Desk, patient: Patient, ways: Ways) -> QWidget:
    """The three columns of this patient, read now."""
    store, now = desk.store, desk.clock()
    consents, checklists = consents_of(store, patient.id), checklists_of(store, patient.id)
    concerns = open_concerns(store, patient=patient.id)
    items = (
        *_unsaved(desk, patient),
        *patient_items(patient),
        *checklist_items(checklists),
        *consent_items(consents),
        *research_items(research_consents_of(store, patient.id)),
        *proposal_items(chart_proposals(store, patient)),
        *concern_items(concerns),
        *task_items(tasks_for(store, subject=patient.id), now),
    )
    return overview(
        patient,
        in_order(items),
        tuple(checklist_paper(checklist) for checklist in checklists),
        tuple(consent_paper(consent) for consent in consents),
        go=ways.go,
        open_paper=ways.paper,
        change=ways.allergies,
        more=(*_medicines(desk, patient, ways), _payer(desk, patient, ways), *_bedside(desk, patient)),
        clocks=PatientClocks(desk, patient.id),
        concerns=concerns_card(concerns, partial(ways.tab, "Concerns")),
    )


def _payer(desk: Desk, patient: Patient, ways: Ways) -> QWidget:
    """Who pays, how old the verification is, and what was authorised."""
    standing = coverage_standing(desk.store, patient.id, desk.today())
    return coverage_card(standing, authorisations_of(desk.store, patient.id), desk.today(), ways.verify)


def _bedside(desk: Desk, patient: Patient) -> tuple[QWidget, ...]:
    """The newest findings: vital signs over time, and the problems of today."""
    store, now = desk.store, desk.clock()
    sets = vitals_of(store, patient.id)
    problems = [one for one in problems_of(store, patient.id) if one.current]
    return (
        *((vitals_card(sets, policy_of(store), now),) if sets else ()),
        *((problems_card(problems, now, None, None),) if problems else ()),
    )


def _medicines(desk: Desk, patient: Patient, ways: Ways) -> tuple[QWidget, ...]:
    """The medicines that wait for an answer in the present stay."""
    stay = current_episode(desk.store, patient.id)
    needs = medicines_needing_answer(desk.store, stay.id) if stay is not None else ()
    return (needs_card(needs, ways.medicine),) if needs else ()


def _unsaved(desk: Desk, patient: Patient) -> tuple[OpenItem, ...]:
    if desk.store.drafts.get(draft_key(patient)) is None:
        return ()
    words = "Changed details are waiting to be saved"
    return (
        OpenItem(title="Details not saved yet", facts=words, icon="pencil", mark="draft", tone="amber", tab="Form"),
    )
