"""V45: the form comes before the signature, with time to read it, and the signature before any study procedure."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from liaison_desktop.clinical.research.record import ResearchConsent, ResearchState
from liaison_desktop.errors import Fault
from liaison_desktop.policies import Policy


def given_faults(consent: ResearchConsent, policy: Policy, now: datetime.datetime) -> Iterator[Fault]:
    """When the form was given is known, and lies behind us."""
    if consent.given_at is None:
        yield policy.fault("V45-GIVEN", field="given_at")
    elif consent.given_at > now:
        yield policy.fault("V45-ORDER", field="given_at")


def timing_faults(consent: ResearchConsent, policy: Policy, now: datetime.datetime) -> Iterator[Fault]:
    """V45 at the moment of signing: given before, and long enough before, or with a reason."""
    yield from given_faults(consent, policy, now)
    if consent.given_at is None or consent.given_at > now:
        return
    least = int(policy.number("research_minutes"))
    if now - consent.given_at < datetime.timedelta(minutes=least):
        yield policy.fault("V45-SHORT", field="given_at", n=least)


def procedure_faults(consent: ResearchConsent, standing: ResearchState, policy: Policy) -> Iterator[Fault]:
    """V45: no procedure of a study is planned before its consent is complete, nor after somebody left the study."""
    if standing is not ResearchState.ACTIVE:
        yield policy.fault("V45-PROCEDURE", field="what", study=consent.study_short, state=standing.label.lower())
