"""Everything that stands before the first signature, in the order of the page."""

from __future__ import annotations

import datetime

from liaison_desktop.clinical.directives.record import CapacityNote
from liaison_desktop.clinical.research.record import Outcome, ResearchConsent, Study
from liaison_desktop.clinical.research.rules.approval import approval_faults, statement_faults
from liaison_desktop.clinical.research.rules.asking import (
    choice_faults,
    comprehension_faults,
    person_faults,
    talk_faults,
)
from liaison_desktop.clinical.research.rules.content import content_faults
from liaison_desktop.clinical.research.rules.delegation import delegation_faults
from liaison_desktop.clinical.research.rules.timing import timing_faults
from liaison_desktop.errors import Fault
from liaison_desktop.policies import Policy


def form_faults(consent: ResearchConsent, study: Study, policy: Policy, now: datetime.datetime) -> tuple[Fault, ...]:
    """V42, V43 and V44 today, the study open, and the words complete."""
    day, form = now.date(), study.version_named(consent.form_version)
    return (
        *(() if study.open else (policy.fault("RC-CLOSED", field="form_version", study=study.title()),)),
        *approval_faults(study, consent.form_version, consent.form_sha256, day, policy),
        *(statement_faults(study, form, policy) if form is not None else ()),
        *delegation_faults(study, consent.obtained_by, consent.obtained_by_id, day, policy),
        *content_faults(consent, policy),
    )


def ready_faults(
    consent: ResearchConsent,
    study: Study,
    policy: Policy,
    *,
    now: datetime.datetime,
    note: CapacityNote | None = None,
) -> tuple[Fault, ...]:
    """What stops or warns before anybody signs; `note` is what the chart says on capacity for this decision."""
    decided = consent.outcome is Outcome.CONSENTED
    return (
        *consent.faults(),
        *form_faults(consent, study, policy, now),
        *timing_faults(consent, policy, now),
        *person_faults(consent, policy, note),
        *talk_faults(consent, policy),
        *comprehension_faults(consent, policy),
        *choice_faults(consent, policy),
        *(() if decided else (policy.fault("RC-ASK", field="outcome", what="That the person wants to consent"),)),
    )
