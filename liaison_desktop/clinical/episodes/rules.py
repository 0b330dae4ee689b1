"""Which step may follow which, and whose judgement it needs. The judging is done above, where the facts are known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from liaison_desktop.clinical.episodes.record import Episode, EpisodeState, Judgement
from liaison_desktop.errors import Fault
from liaison_desktop.policies import Policy
from liaison_desktop.tasks.rules import Event

S = EpisodeState

# From each state, the states that may follow.
NEXT: Mapping[EpisodeState, frozenset[EpisodeState]] = {
    S.REFERRED: frozenset({S.PRE_ADMISSION, S.NOT_ADMITTED}),
    S.PRE_ADMISSION: frozenset({S.ADMITTED, S.NOT_ADMITTED}),
    S.ADMITTED: frozenset({S.DISCHARGE_PLANNING, S.TRANSFERRED_OUT, S.EXPIRED, S.LEFT_AMA}),
    S.DISCHARGE_PLANNING: frozenset({S.DISCHARGED, S.ADMITTED, S.TRANSFERRED_OUT, S.EXPIRED, S.LEFT_AMA}),
    S.DISCHARGED: frozenset({S.FOLLOW_UP}),
    S.FOLLOW_UP: frozenset({S.CLOSED}),
    S.NOT_ADMITTED: frozenset({S.CLOSED, S.REFERRED}),  # a referral may be opened again
    S.TRANSFERRED_OUT: frozenset({S.CLOSED}),
    S.EXPIRED: frozenset({S.CLOSED}),
    S.LEFT_AMA: frozenset({S.FOLLOW_UP, S.CLOSED}),
    S.CLOSED: frozenset(),
}

# A step, and the guards that have to judge it. A guard that does not apply (another service line) judges "passed".
NEEDS: Mapping[tuple[EpisodeState, EpisodeState], tuple[str, ...]] = {
    (S.PRE_ADMISSION, S.ADMITTED): (
        "accepted",
        "screening",
        "concurrence",
        "authorisation",
        "handover",
        "high_alert",
        "rights_given",
        "consents",
    ),
    (S.REFERRED, S.NOT_ADMITTED): ("declined",),
    (S.PRE_ADMISSION, S.NOT_ADMITTED): ("declined",),
    (S.ADMITTED, S.DISCHARGE_PLANNING): ("destination", "caregiver"),
    (S.DISCHARGE_PLANNING, S.DISCHARGED): ("discharge_items", "medicines_given", "contact_given", "concerns"),
    (S.FOLLOW_UP, S.CLOSED): ("follow_up_call", "tasks"),
}


def step_faults(
    before: EpisodeState, after: EpisodeState, judgements: Iterable[Judgement], policy: Policy
) -> tuple[Fault, ...]:
    """What stands in the way of a step: no such step, a guard that was not asked, or one that does not hold."""
    if after not in NEXT[before]:
        return (policy.fault("EPISODE-STEP", before=before.label.lower(), after=after.label.lower()),)
    given = {judgement.guard: judgement for judgement in judgements}
    found = []
    for guard in NEEDS.get((before, after), ()):
        judged = given.get(guard)
        if judged is None:
            found.append(policy.fault("EPISODE-UNJUDGED", field=guard, guard=guard.replace("_", " ")))
        elif not judged.stands:
            found.append(policy.fault("EPISODE-GUARD", field=guard, words=judged.words))
    return tuple(found)


_ADMITTED = frozenset(EpisodeState) - {EpisodeState.REFERRED, EpisodeState.PRE_ADMISSION, EpisodeState.NOT_ADMITTED}


def episode_events(episode: Episode) -> tuple[Event, ...]:
    """What the clocks are told of an episode: planned, admitted or not, discharged."""
    left_out = episode.state is EpisodeState.NOT_ADMITTED
    moments = (
        ("admission_planned", episode.admit_planned_at),
        ("admitted", episode.admitted_at if episode.state in _ADMITTED else None),
        ("not_admitted", episode.state_since if left_out else None),
        ("discharged", episode.discharged_at),
    )
    return tuple(
        Event(name=name, at=at, about=episode.id, about_kind=Episode.kind, subject=episode.patient, episode=episode.id)
        for name, at in moments
        if at is not None
    )
