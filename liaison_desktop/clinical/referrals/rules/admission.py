"""Guards of the admission: what decides on one screen whether the patient may come in."""

from __future__ import annotations

import datetime

from liaison_desktop.clinical.consents.record import ConsentState
from liaison_desktop.clinical.referrals.rules.facts import Facts, FormFact, Found
from liaison_desktop.clinical.referrals.rules.said import counted, holds, lacks
from liaison_desktop.clinical.referrals.rules.steps import OFFERED
from liaison_desktop.policies import Policy

_OVER = frozenset(
    {
        ConsentState.REFUSED,
        ConsentState.WITHDRAWN_BY_PRACTITIONER,
        ConsentState.REVOKED,
        ConsentState.EXPIRED,
        ConsentState.SUPERSEDED,
        ConsentState.ENTERED_IN_ERROR,
    }
)


def accepted(facts: Facts, policy: Policy) -> Found:
    """The patient was accepted."""
    found = facts.referral.decision
    return holds(found.label) if found in OFFERED else lacks(policy, "REF-ACCEPTED")


def concurrence(facts: Facts, policy: Policy) -> Found:
    """V29: the physician concurred by name, signature, day and time, after the last change and before the admission."""
    service = facts.referral.service
    if service is None or service.value not in policy.words("concurrence_lines"):
        return holds("Not asked for by this service line")
    found = facts.forms.get("pas")
    if found is None or not found.finished:
        return lacks(policy, "V29-OPEN")
    if not (found.concurred and found.physician and found.signature and found.concurred_at is not None):
        return lacks(policy, "V29-NONE")
    return _order(found, found.concurred_at, facts.admission_at or facts.now, policy)


def _order(found: FormFact, concurred: datetime.datetime, admission: datetime.datetime, policy: Policy) -> Found:
    at = _aware(concurred)
    if any(_aware(signed) > at for signed in found.screened_at):
        return lacks(policy, "V29-BEFORE")
    # What is typed as the time of signing has no seconds.
    if found.changed_at is not None and _minute(_aware(found.changed_at)) > _minute(at):
        return lacks(policy, "V29-CHANGED")
    if at >= _aware(admission):
        return lacks(policy, "V29-LATE-ADMISSION")
    last = max((_aware(signed) for signed in found.screened_at), default=None)
    most = policy.number("screening_hours")
    if last is None or _aware(admission) - last > datetime.timedelta(hours=most):
        return lacks(policy, "V24-ADMISSION", hours=int(most))
    return holds("Concurred after the screening, within the window")


def _aware(moment: datetime.datetime) -> datetime.datetime:
    return moment if moment.tzinfo is not None else moment.astimezone()


def _minute(moment: datetime.datetime) -> datetime.datetime:
    return moment.replace(second=0, microsecond=0)


def authorisation(facts: Facts, _policy: Policy) -> Found | None:
    """V35: the authorisation covers the day of admission."""
    return facts.authorisation


def handover(facts: Facts, _policy: Policy) -> Found | None:
    """The receiving team was told, and read it back."""
    return facts.handover


def high_alert(facts: Facts, _policy: Policy) -> Found | None:
    """V32: no discrepancy of a high-alert medicine is open."""
    return facts.high_alert


def rights_given(facts: Facts, _policy: Policy) -> Found | None:
    """The patient was told of the right to decide in advance."""
    return facts.rights


def consents(facts: Facts, policy: Policy) -> Found:
    """The consents of the service line are active, or a practitioner will obtain them."""
    service = facts.referral.service
    if service is None or service.value not in policy.words("consent_lines"):
        return holds("None is asked for by this service line")
    standing = [state for state in facts.consents if state not in _OVER]
    active = sum(state is ConsentState.ACTIVE for state in standing)
    if waiting := len(standing) - active:
        if facts.referral.consent_obtained_by.strip():
            return holds("A practitioner will obtain what is not signed")
        return lacks(policy, "REF-CONSENT-OPEN", consents=counted(waiting, "consent is", "consents are"))
    if active:
        return holds(f"{counted(active, 'consent is', 'consents are')} active")
    if facts.referral.consent_obtained_by.strip():
        return holds("A practitioner will obtain it")
    return lacks(policy, "REF-CONSENT")
