"""What the clocks hear of a referral: that it came in, was answered, was closed."""

from __future__ import annotations

from collections.abc import Iterator

from liaison_desktop.clinical.referrals.record import Referral
from liaison_desktop.clinical.referrals.rules.steps import WORK_OVER
from liaison_desktop.tasks.rules import Event


def referral_events(referral: Referral) -> Iterator[Event]:
    """The first answer to the source is due between the first two of these."""
    ended = referral.work_since if referral.work in WORK_OVER else None
    moments = (
        ("referral_received", referral.received_at),
        ("referral_answered", referral.responded_at),
        ("referral_closed", ended),
    )
    for name, at in moments:
        if at is not None:
            yield Event(
                name=name,
                at=at,
                about=referral.id,
                about_kind=Referral.kind,
                subject=referral.patient,
                episode=referral.episode,
                words=referral.title(),
            )
