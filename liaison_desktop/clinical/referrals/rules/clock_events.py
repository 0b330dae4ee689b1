"""What the clocks hear of a referral: that it came in, was answered, closed; and what the screening was signed for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from liaison_desktop.clinical.episodes.record import Episode, EpisodeState
from liaison_desktop.clinical.referrals.record import Referral
from liaison_desktop.clinical.referrals.rules.steps import WORK_OVER
from liaison_desktop.tasks.rules import Event

_ADMITTED = frozenset(EpisodeState) - {EpisodeState.REFERRED, EpisodeState.PRE_ADMISSION, EpisodeState.NOT_ADMITTED}


def referral_events(referral: Referral) -> Iterator[Event]:
    """Received, answered, closed: the first answer to the source is due between the first two."""

    def event(name: str, at: object) -> Iterator[Event]:
        import datetime as dt

        if isinstance(at, dt.datetime):
            yield Event(
                name=name,
                at=at,
                about=referral.id,
                about_kind=Referral.kind,
                subject=referral.patient,
                episode=referral.episode,
                words=referral.title() if name == "referral_received" else "",
            )

    yield from event("referral_received", referral.received_at)
    yield from event("referral_answered", referral.responded_at)
    if referral.work in WORK_OVER:
        yield from event("referral_closed", referral.work_since)


def episode_events(episode: Episode) -> Iterator[Event]:
    """Planned, admitted, not admitted: what the clocks of the screening end with."""
    ended = "not_admitted" if episode.state is EpisodeState.NOT_ADMITTED else ""
    moments = (
        ("admission_planned", episode.admit_planned_at),
        ("admitted", episode.admitted_at if episode.state in _ADMITTED else None),
        (ended, episode.state_since if ended else None),
    )
    for name, at in moments:
        if at is not None:
            yield Event(name=name, at=at, about=episode.id, subject=episode.patient, episode=episode.id)


def events(referrals: Iterable[Referral], episodes: Iterable[Episode] = ()) -> tuple[Event, ...]:
    """Everything the clocks hear from here."""
    return (
        *(event for one in referrals for event in referral_events(one)),
        *(event for one in episodes for event in episode_events(one)),
    )
