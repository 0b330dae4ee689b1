"""V11: a marked concern stops a signature until a practitioner determined, or a representative decides.

A concern rests on what was seen. No score makes one, and to disagree is no sign of one.
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterable, Iterator

import msgspec

from liaison_desktop.clinical.directives.record import (
    AbilityState,
    CapacityNote,
    Concern,
    Determination,
    SameChoice,
)
from liaison_desktop.clinical.directives.record.capacity import ABILITIES
from liaison_desktop.clinical.people.rules import same_person
from liaison_desktop.errors import Fault
from liaison_desktop.policies import Policy

_WEAK = (AbilityState.PARTIAL, AbilityState.NOT_DEMONSTRATED)
_NURSES = ("rn", "lpn", "lvn", "registered nurse", "nurse")


class CapacityStanding(msgspec.Struct, frozen=True, kw_only=True):
    """What is known about deciding one thing: the concern, and the practitioner's determination if there is one."""

    concern: Concern | None = None
    determination: Determination | None = None
    determined_by: str = ""
    note: CapacityNote | None = None

    @property
    def determined(self) -> bool:
        """Whether a practitioner said so, by name."""
        return self.determination is not None and bool(self.determined_by.strip())


def capacity_faults(standing: CapacityStanding, policy: Policy, *, represented: bool = False) -> Iterator[Fault]:
    """V11 before a signature. `represented`: somebody else decides, so that the patient's capacity is not in the way."""
    if standing.concern is None:
        yield policy.fault("V11-ASK", field="capacity_concern")
    if represented:
        return
    if standing.determination is Determination.LACKS_CAPACITY:
        yield policy.fault("V11-LACKS", field="determination")
    elif standing.concern is Concern.MARKED and not standing.determined:
        yield policy.fault("V11", field="determination")
    elif standing.concern is Concern.SOME and not standing.determined:
        yield policy.fault("V11-SOME", field="capacity_concern")


def noted_concern(
    notes: Iterable[CapacityNote], about: uuid.UUID | None, since: datetime.datetime | None
) -> CapacityNote | None:
    """The newest note that speaks to this decision: one about this record, or about no record, written since then.

    Capacity is for one decision at one time: a note about another consent, or from before this one was begun, is none.
    """
    speaking = [
        note
        for note in notes
        if note.about == about or (note.about is None and (since is None or (note.at is not None and note.at >= since)))
    ]
    return max(speaking, key=lambda note: (str(note.at), str(note.id)), default=None)


def note_faults(note: CapacityNote, policy: Policy, *, now: datetime.datetime) -> tuple[Fault, ...]:
    """What a note needs: each ability asked or said not to be, words beside it, and ground for a concern."""
    return (*note.faults(), *_ability_faults(note, policy), *_concern_faults(note, policy), *_times(note, policy, now))


def _ability_faults(note: CapacityNote, policy: Policy) -> Iterator[Fault]:
    for name in ABILITIES:
        ability = getattr(note, name)
        if ability.state is None:
            yield policy.fault("CAP-ASK", field=f"{name}.state")
        elif ability.state is not AbilityState.NOT_ASSESSED and not ability.quote.strip():
            yield policy.fault("CAP-WORDS", field=f"{name}.quote")
    if note.asked_again is None:
        yield policy.fault("CAP-AGAIN", field="asked_again")
    elif note.asked_again is SameChoice.DIFFERENT and not note.asked_again_words.strip():
        yield policy.fault("CAP-WORDS", field="asked_again_words")


def _concern_faults(note: CapacityNote, policy: Policy) -> Iterator[Fault]:
    if note.concern in (Concern.SOME, Concern.MARKED):
        weak = any(getattr(note, name).state in _WEAK for name in ABILITIES)
        wavers = note.asked_again is SameChoice.DIFFERENT
        if not (weak or wavers or note.factors or note.seen.strip()):
            yield policy.fault("CAP-GROUND", field="concern")
    if note.concern is Concern.MARKED and not note.referred_to.strip():
        yield policy.fault("CAP-REFER", field="referred_to")


def _times(note: CapacityNote, policy: Policy, now: datetime.datetime) -> Iterator[Fault]:
    if note.at is not None and note.at > now:
        yield policy.fault("V9-CALL", field="at")


def determination_faults(
    note: CapacityNote, policy: Policy, *, nurse: str, now: datetime.datetime
) -> tuple[Fault, ...]:
    """A determination is a practitioner's, by name and time; the nurse who wrote the note screens, and never determines."""
    found: list[Fault] = []
    if note.determination is None:
        found.append(policy.fault("CAP-DET", field="determination"))
    who = note.determined_by.strip()
    if not who:
        found.append(policy.fault("CAP-DET-WHO", field="determined_by"))
    elif not names_practitioner(who, nurse, note.by):
        found.append(policy.fault("CAP-DET-NURSE", field="determined_by"))
    if note.determined_at is None:
        found.append(policy.fault("CAP-DET-WHEN", field="determined_at"))
    elif note.determined_at > now or (note.at is not None and note.determined_at < note.at):
        found.append(policy.fault("CAP-DET-TIME", field="determined_at"))
    return tuple(found)


def names_practitioner(who: str, *nurses: str) -> bool:
    """Whether this may be the practitioner who determined: somebody, none of these nurses, and no nurse by credential."""
    letters = who.rpartition(",")[2].strip().casefold().rstrip(".")
    return bool(who.strip()) and letters not in _NURSES and not any(same_person(who, other) for other in nurses)
