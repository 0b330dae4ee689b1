"""What the clocks are told of a consent: until when it counts, and that it ended before (V24)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from liaison_desktop.clinical.consents.record import Consent, ConsentState, ConsentWithdrawal
from liaison_desktop.tasks.rules import Event

_DAY_END = datetime.time(23, 59, 59)


def consent_events(consent: Consent, endings: Iterable[ConsentWithdrawal] = ()) -> tuple[Event, ...]:
    """Complete, with the last moment it counts; ended by the patient, the practitioner, or as entered in error."""
    if consent.state is not ConsentState.ACTIVE or consent.active_at is None or consent.valid_until is None:
        return ()
    until = datetime.datetime.combine(consent.valid_until, _DAY_END, consent.active_at.tzinfo)
    moments = [("consent_active", consent.active_at)]
    moments += [("consent_ended", one.withdrawn_at) for one in endings if one.withdrawn_at is not None]
    return tuple(
        Event(
            name=name,
            at=at,
            about=consent.id,
            about_kind=Consent.kind,
            subject=consent.patient_id,
            until=until if name == "consent_active" else None,
            words=consent.procedure_text,
        )
        for name, at in moments
    )
