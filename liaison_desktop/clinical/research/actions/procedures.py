"""A procedure of a study is planned as a task, and only under a consent that holds (V45)."""

from __future__ import annotations

import datetime

from liaison_desktop.clinical.episodes.queries import current_episode
from liaison_desktop.clinical.people.actions import require
from liaison_desktop.clinical.research.actions.steps import stop_if
from liaison_desktop.clinical.research.queries import endings_of
from liaison_desktop.clinical.research.record import ResearchConsent
from liaison_desktop.clinical.research.rules import procedure_faults, standing
from liaison_desktop.policies import policy_of
from liaison_desktop.store import Store
from liaison_desktop.tasks.actions import make_task
from liaison_desktop.tasks.record import Task, TaskKind


def plan_procedure(store: Store, consent: ResearchConsent, what: str, due_at: datetime.datetime | None) -> Task:
    """The task of one procedure of the study, such as the first blood draw. Raises Refused (V45)."""
    require(store, "record_clinical")
    policy = policy_of(store)
    state = standing(consent, endings_of(store, (consent,)).get(consent.id, ()))
    missing = () if what.strip() else (policy.fault("RC-ASK", field="what", what="Which procedure"),)
    stop_if((*missing, *procedure_faults(consent, state, policy)))
    stay = current_episode(store, consent.patient_id) if consent.patient_id is not None else None
    return make_task(
        store,
        Task(
            what=f"{consent.study_short}: {what.strip()}",
            task_kind=TaskKind.VISIT,
            subject=consent.patient_id,
            episode=stay.id if stay is not None else None,
            about=consent.id,
            about_kind=ResearchConsent.kind,
            due_at=due_at,
            rule="V45",
        ),
    )
