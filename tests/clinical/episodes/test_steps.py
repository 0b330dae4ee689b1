"""No step of an episode goes without the judgements it needs, and each leaves an event that nobody can change."""

from __future__ import annotations

import msgspec
import pytest

from liaison_desktop.clinical.episodes.actions import move_episode, open_episode
from liaison_desktop.clinical.episodes.queries import current_episode, episodes_of, events_of
from liaison_desktop.clinical.episodes.record import Episode, EpisodeState, Judgement, ServiceLine
from liaison_desktop.clinical.episodes.rules import NEEDS, NEXT
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.errors import Refused
from liaison_desktop.store import Store

S = EpisodeState


@pytest.fixture
def episode(clinical_store: Store) -> Episode:
    """An episode that was just opened."""
    patient = clinical_store.save(Patient(family="Example", birth_date="1950-02-03"))
    with clinical_store.transaction() as transaction:
        return open_episode(clinical_store, transaction, patient.id, ServiceLine.IRF)


def judged(before: EpisodeState, after: EpisodeState) -> tuple[Judgement, ...]:
    """Every guard of a step, passed."""
    return tuple(Judgement(guard=guard, passed=True) for guard in NEEDS.get((before, after), ()))


def moved(store: Store, episode: Episode, after: EpisodeState, judgements: tuple[Judgement, ...]) -> Episode:
    """One step in a transaction of its own."""
    with store.transaction() as transaction:
        return move_episode(store, transaction, episode, after, judgements=judgements)


def test_a_number_a_state_and_an_event(clinical_store: Store, episode: Episode) -> None:
    assert episode.number.endswith("0001")
    assert episode.state is S.REFERRED
    assert episode.patient is not None
    assert current_episode(clinical_store, episode.patient) == episode
    (event,) = events_of(clinical_store, episode.id)
    assert (event.before, event.after, event.by) == ("", "referred", clinical_store.actor.name)


def test_every_step_goes_with_its_judgements_and_no_other_step_goes(clinical_store: Store, episode: Episode) -> None:
    for before in EpisodeState:
        for after in EpisodeState:
            stored = clinical_store.get(Episode, episode.id)
            here = clinical_store.save(msgspec.structs.replace(stored, state=before))
            if after in NEXT[before]:
                assert moved(clinical_store, here, after, judged(before, after)).state is after
                if (before, after) in NEEDS:
                    with pytest.raises(Refused):
                        moved(clinical_store, here, after, judged(before, after)[1:])
            else:
                with pytest.raises(Refused):
                    moved(clinical_store, here, after, judged(before, after))


@pytest.mark.parametrize(
    ("judgement", "goes"),
    [
        (Judgement(guard="declined", passed=True), True),
        (Judgement(guard="declined", words="No reason was given."), False),
        (Judgement(guard="declined", may_override=True, overridden_by="A Supervisor"), False),
        (Judgement(guard="declined", may_override=True, overridden_by="A Supervisor", override_reason="Asked"), True),
        (Judgement(guard="declined", overridden_by="A Supervisor", override_reason="Asked"), False),
        (Judgement(guard="another", passed=True), False),
    ],
)
def test_a_guard_holds_or_somebody_took_it_on(
    clinical_store: Store, episode: Episode, judgement: Judgement, goes: bool
) -> None:
    if goes:
        after = moved(clinical_store, episode, S.NOT_ADMITTED, (judgement,))
        assert after.state is S.NOT_ADMITTED
        assert events_of(clinical_store, episode.id)[-1].judgements == (judgement,)
    else:
        with pytest.raises(Refused):
            moved(clinical_store, episode, S.NOT_ADMITTED, (judgement,))
        assert clinical_store.get(Episode, episode.id).state is S.REFERRED
        assert len(events_of(clinical_store, episode.id)) == 1


def test_an_event_stays_as_it_was_written(clinical_store: Store, episode: Episode) -> None:
    (event,) = events_of(clinical_store, episode.id)
    with pytest.raises(Refused):
        clinical_store.save(msgspec.structs.replace(event, reason="something else"))
    with pytest.raises(Refused):
        clinical_store.remove(event, reason="tidy")


def test_the_newest_comes_first_and_a_closed_one_is_not_current(clinical_store: Store, episode: Episode) -> None:
    assert episode.patient is not None
    with clinical_store.transaction() as transaction:
        again = open_episode(clinical_store, transaction, episode.patient, ServiceLine.SNF, prior=episode.id)
    assert [each.id for each in episodes_of(clinical_store, episode.patient)] == [again.id, episode.id]
    clinical_store.save(msgspec.structs.replace(again, state=S.CLOSED))
    assert current_episode(clinical_store, episode.patient) == episode
