"""PC25: what must hold on the day of the procedure, asked of the verification against the consent it belongs to."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from liaison_desktop.clinical.consents.record import Consent, ConsentState, DayAnswer, DayCheck
from liaison_desktop.clinical.people.rules import same_person
from liaison_desktop.errors import Fault
from liaison_desktop.policies import Policy
from liaison_desktop.signing import signs_as

# Without these nobody begins, whatever the reason.
MUST = ("identity", "side", "consent")


def day_faults(
    check: DayCheck, consent: Consent, standing: ConsentState, policy: Policy, *, who: str, today: datetime.date
) -> tuple[Fault, ...]:
    """Everything that stops or warns; `standing` is where the consent stands today, `who` works here."""
    return (
        *check.faults(),
        *standing_faults(consent, standing, policy),
        *_identity(check, consent, policy),
        *_procedure(check, consent, policy),
        *_items(check, policy),
        *_second(check, policy, who),
    )


def standing_faults(consent: Consent, standing: ConsentState, policy: Policy) -> Iterator[Fault]:
    """An expired, withdrawn, replaced or unfinished consent stops the day."""
    if standing is ConsentState.EXPIRED:
        until = consent.valid_until.isoformat() if consent.valid_until else ""
        yield policy.fault("DAY-EXPIRED", field="consent_id", until=until)
    elif standing is not ConsentState.ACTIVE:
        yield policy.fault("DAY-CONSENT", field="consent_id", state=standing.label.lower())


def _identity(check: DayCheck, consent: Consent, policy: Policy) -> Iterator[Fault]:
    if not check.name_said.strip():
        yield policy.fault("DAY-ASK", field="name_said", what="The full name, as the patient says it,")
    elif not signs_as(check.name_said, consent.shown_name):
        yield policy.fault("DAY-NAME", field="name_said", who=consent.shown_name)
    if not check.birth_date_said.strip():
        yield policy.fault("DAY-ASK", field="birth_date_said", what="The date of birth, as the patient says it,")
    elif check.birth_date_said != consent.shown_birth_date:
        yield policy.fault("DAY-BIRTH", field="birth_date_said")


def _procedure(check: DayCheck, consent: Consent, policy: Policy) -> Iterator[Fault]:
    if not check.procedure_said.strip():
        yield policy.fault("DAY-ASK", field="procedure_said", what="The procedure, as the patient says it,")
    if check.procedure_matches is None:
        yield policy.fault("DAY-ASK", field="procedure_matches", what="Your answer, whether it is the same procedure,")
    elif not check.procedure_matches:
        yield policy.fault("DAY-PROCEDURE", field="procedure_matches", procedure=consent.procedure_text)
    if not consent.needs_side or consent.laterality is None:
        return
    for name, what in (("side_said", "The side, as the patient says it,"), ("side_marked", "The side that is marked")):
        side = getattr(check, name)
        if side is None:
            yield policy.fault("DAY-ASK", field=name, what=what)
        elif side is not consent.laterality:
            yield policy.fault("DAY-SIDE", field=name, side=consent.laterality.label.lower())


def _items(check: DayCheck, policy: Policy) -> Iterator[Fault]:
    for place, item in enumerate(check.items):
        field = f"items.{place}"
        if item.answer is None:
            yield policy.fault("DAY-ITEM", field=field, item=item.words)
        elif item.code in MUST and item.answer is not DayAnswer.DONE:
            side_apart = item.code == "side" and item.answer is DayAnswer.NA
            if not side_apart:
                yield policy.fault("DAY-MUST", field=field, item=item.words)
        elif item.answer is DayAnswer.NOT_DONE:
            rule = "DAY-LEFT" if item.reason.strip() else "DAY-REASON"
            yield policy.fault(rule, field=field, item=item.words)


def _second(check: DayCheck, policy: Policy, who: str) -> Iterator[Fault]:
    if not check.second_person.strip() or same_person(check.second_person, who):
        yield policy.fault("DAY-TWO", field="second_person")
