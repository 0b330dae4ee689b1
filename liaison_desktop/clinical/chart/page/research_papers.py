"""Research consents in a chart: those there are, and the studies one can be asked about."""

from __future__ import annotations

import functools
import uuid

from liaison_desktop.clinical.chart.page.papers import Paper, Start
from liaison_desktop.clinical.research.queries import endings_of, research_consents_of, studies
from liaison_desktop.clinical.research.record import ResearchConsent, ResearchState
from liaison_desktop.clinical.research.rules import standing
from liaison_desktop.store import Store
from liaison_desktop.ui.dates import show_moment
from liaison_desktop.ui.desk import Desk


def research_papers(store: Store, patient: uuid.UUID) -> list[Paper]:
    """The research consents of a patient, newest first, each where it stands today."""
    asked = research_consents_of(store, patient)
    ended = endings_of(store, asked)
    return [research_paper(one, standing(one, ended.get(one.id, ()))) for one in asked]


def research_starts(desk: Desk, patient: uuid.UUID) -> list[Start]:
    """The studies that are open for consent; the page of research asks the rest."""
    begin = functools.partial(desk.open, ResearchConsent.kind, patient)
    return [
        Start(title=f"Research: {study.title()}", facts=study.name, icon="flask-conical", begin=begin)
        for study in studies(desk.store)
        if study.open
    ]


def research_paper(consent: ResearchConsent, state: ResearchState) -> Paper:
    """A research consent as a chart lists it; `state` is where it stands today."""
    tones = {ResearchState.ACTIVE: "green", ResearchState.CAPACITY: "red", ResearchState.READY: "amber"}
    when = consent.active_at or consent.given_at or consent.begun_at
    facts = (consent.document_number, f"form {consent.form_version}", show_moment(when) if when else "")
    return Paper(
        kind=ResearchConsent.kind,
        id=consent.id,
        title=f"Research: {consent.study_short}",
        facts=" · ".join(filter(None, facts)),
        icon="flask-conical",
        chip=(state.label, tones.get(state, "neutral")),
    )
