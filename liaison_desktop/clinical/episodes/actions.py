"""Opening an episode and taking it from state to state: the only writers of episodes and their events."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

import msgspec

from liaison_desktop.clinical.episodes.queries import next_episode_number
from liaison_desktop.clinical.episodes.record import Episode, EpisodeState, Judgement, Life, ServiceLine, StateEvent
from liaison_desktop.clinical.episodes.rules import step_faults
from liaison_desktop.errors import Refused
from liaison_desktop.policies import policy_of
from liaison_desktop.store import Store, Transaction


def open_episode(
    store: Store,
    transaction: Transaction,
    patient: uuid.UUID,
    service: ServiceLine,
    *,
    referral: uuid.UUID | None = None,
    prior: uuid.UUID | None = None,
) -> Episode:
    """A new episode, referred, with the event that began it. Part of the caller's transaction."""
    now = store.clock()
    episode = transaction.save(
        Episode(
            patient=patient,
            number=next_episode_number(store, now.year),
            service=service,
            state_since=now,
            referral=referral,
            liaison=store.actor.name,
            prior_episode=prior,
        )
    )
    write_event(store, transaction, episode.id, Life.EPISODE, episode.id, "", episode.state.value)
    return episode


def move_episode(
    store: Store,
    transaction: Transaction,
    episode: Episode,
    after: EpisodeState,
    *,
    judgements: Sequence[Judgement] = (),
    reason: str = "",
) -> Episode:
    """Take one step, and keep what its guards said. Raises Refused if one of them does not hold or was not asked."""
    if faults := step_faults(episode.state, after, judgements, policy_of(store)):
        raise Refused(faults)
    moved = transaction.save(msgspec.structs.replace(episode, state=after, state_since=store.clock()))
    before = episode.state.value
    write_event(store, transaction, episode.id, Life.EPISODE, episode.id, before, after.value, reason, judgements)
    return moved


def write_event(
    store: Store,
    transaction: Transaction,
    episode: uuid.UUID,
    life: Life,
    subject: uuid.UUID,
    before: str,
    after: str,
    reason: str = "",
    judgements: Sequence[Judgement] = (),
) -> StateEvent:
    """Write down a step: who, when, why, and what the guards said."""
    return transaction.save(
        StateEvent(
            episode=episode,
            life=life,
            subject=subject,
            before=before,
            after=after,
            at=store.clock(),
            by=store.actor.name,
            by_id=store.actor.id,
            reason=reason,
            judgements=tuple(judgements),
            policy_version=policy_of(store).version,
        )
    )
