"""What the clocks hear of a discharge: planned, the important message, the call; the episode itself tells that it is over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from liaison_desktop.clinical.discharge.record import DischargePlan
from liaison_desktop.clinical.episodes.record import Episode
from liaison_desktop.tasks.rules import Event


def events(plan: DischargePlan, episode: Episode, *, tries: int = 3) -> tuple[Event, ...]:
    """Each with its moment; a day that is only expected counts from its morning. `tries` calls are enough."""
    zone = episode.state_since.tzinfo if episode.state_since is not None else dt.UTC
    expected = dt.datetime.combine(plan.expected_on, dt.time(12), zone) if plan.expected_on is not None else None
    reached = next((call.at for call in plan.calls if call.reached), None)
    given_up = plan.calls[tries - 1].at if len(plan.calls) >= tries and reached is None else None
    moments = (
        ("medicare_admitted", episode.admitted_at if plan.medicare else None),
        ("imm_given", plan.imm_first_at),
        ("imm_followup_given", plan.imm_followup_at),
        ("discharge_planned", expected),
        ("followup_called", reached),
        ("followup_given_up", given_up),
    )
    return tuple(_events(plan, episode, moments))


def _events(
    plan: DischargePlan, episode: Episode, moments: tuple[tuple[str, dt.datetime | None], ...]
) -> Iterator[Event]:
    for name, at in moments:
        if at is not None:
            yield Event(
                name=name,
                at=at,
                about=episode.id,
                about_kind=DischargePlan.kind,
                subject=plan.patient,
                episode=episode.id,
                words=plan.destination.label if plan.destination is not None else "",
            )
