"""What can be done with a concern. Only `read_back` with the patient's yes closes one."""

from __future__ import annotations

import datetime
import uuid

import msgspec

from liaison_desktop.clinical.concerns.queries import concerns_from
from liaison_desktop.clinical.concerns.record import Concern, ConcernAct, ConcernKind, ConcernState, ConcernStep
from liaison_desktop.clinical.concerns.rules import address_faults, answer_faults, hand_over_faults, read_back_faults
from liaison_desktop.clinical.episodes.queries import current_episode
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.clinical.people.actions import require
from liaison_desktop.errors import Fault, Refused
from liaison_desktop.policies import policy_of
from liaison_desktop.store import Store, Transaction

replace = msgspec.structs.replace


def raise_concern(store: Store, concern: Concern, within: Transaction | None = None) -> Concern:
    """Keep what a patient said, and ask whom it is for, if it is for somebody. Raises Refused (CON-TO, CON-DUE).

    It belongs to the patient's current episode unless it says which. `within` is the transaction of what it arose from.
    """
    now = store.clock()
    told = replace(
        concern,
        episode=concern.episode or _episode(store, concern.patient),
        raised_at=now,
        told_to=store.actor.name,
        state=ConcernState.OPEN,
        steps=(_step(store, ConcernAct.RAISED),),
    )
    faults = told.faults()
    if told.addressed_to.strip() or told.due_at is not None:
        faults = (*faults, *address_faults(told.addressed_to, told.due_at, now, policy_of(store)))
        step = _step(store, ConcernAct.ADDRESSED, to=told.addressed_to)
        told = replace(told, state=ConcernState.WITH_PROVIDER, steps=(*told.steps, step))
    _sound(faults)
    require(store, "record_clinical")
    return within.save(told) if within is not None else store.save(told, reason="Concern told")


def _episode(store: Store, patient: uuid.UUID | None) -> uuid.UUID | None:
    found = current_episode(store, patient) if patient is not None else None
    return found.id if found is not None else None


def address_concern(store: Store, concern: Concern, to: str, due_at: datetime.datetime | None) -> Concern:
    """Ask somebody for an answer by a time. Raises Refused (CON-TO, CON-DUE), Stale."""
    _sound(address_faults(to, due_at, store.clock(), policy_of(store)))
    asked = replace(concern, addressed_to=to.strip(), due_at=due_at, state=ConcernState.WITH_PROVIDER)
    return _next(store, asked, ConcernAct.ADDRESSED, to=to)


def answer_concern(store: Store, concern: Concern, answer: str, by: str) -> Concern:
    """Keep the answer and whose it is; the patient has not heard it yet. Raises Refused, Stale."""
    _sound(answer_faults(answer, by, policy_of(store)))
    answered = replace(
        concern,
        answer=answer.strip(),
        answered_by=by.strip(),
        answered_at=store.clock(),
        confirmed=None,
        state=ConcernState.ANSWERED,
    )
    return _next(store, answered, ConcernAct.ANSWERED, to=by, words=answer)


def read_back(store: Store, concern: Concern, settled: bool | None, said: str = "") -> Concern:
    """The answer was read back, and this is what the patient says: yes closes it, no opens it again.

    Raises Refused (CON-READ, CON-ASK, CON-SAID), Stale.
    """
    _sound(read_back_faults(concern, settled, said, policy_of(store)))
    heard = replace(concern, confirmed=settled, patient_said=said.strip())
    if settled:
        closed = replace(heard, state=ConcernState.CLOSED, closed_at=store.clock())
        return _next(store, closed, ConcernAct.CONFIRMED, words=said)
    return _next(store, replace(heard, state=ConcernState.OPEN), ConcernAct.NOT_CLEAR, words=said)


def escalate_concern(
    store: Store, concern: Concern, to: str, due_at: datetime.datetime | None, why: str = ""
) -> Concern:
    """Take it to somebody above who was asked first. It stays open. Raises Refused (CON-TO, CON-DUE), Stale."""
    _sound(address_faults(to, due_at, store.clock(), policy_of(store)))
    taken = replace(concern, addressed_to=to.strip(), due_at=due_at, state=ConcernState.ESCALATED)
    return _next(store, taken, ConcernAct.ESCALATED, to=to, words=why)


def hand_over_concern(
    store: Store, concern: Concern, to: str, words: str = "", within: Transaction | None = None
) -> Concern:
    """Somebody goes on with it after the discharge. The patient has not closed it. Raises Refused (CON-OVER), Stale."""
    _sound(hand_over_faults(to, policy_of(store)))
    given = replace(concern, handed_over_to=to.strip(), state=ConcernState.HANDED_OVER)
    return _next(store, given, ConcernAct.HANDED_OVER, to=to, words=words, within=within)


def question_for_practitioner(
    store: Store, within: Transaction, *, patient: uuid.UUID, words: str, to: str, about_kind: str, about: uuid.UUID
) -> Concern:
    """What a patient asks the practitioner, from a consent that was stopped for it; the same one again if it is told.

    It is to be answered within the hours of the policy (`concern_hours`). Without a name it stays to be addressed.
    """
    known = next((one for one in concerns_from(store, about) if one.words == words.strip()), None)
    if known is not None:
        return known
    later = store.clock() + datetime.timedelta(hours=policy_of(store).number("concern_hours"))
    asked = Concern(
        patient=patient,
        words=words.strip(),
        concern_kind=ConcernKind.QUESTION,
        addressed_to=to.strip(),
        due_at=later if to.strip() else None,
        about_kind=about_kind,
        about=about,
    )
    return raise_concern(store, asked, within)


def _next(
    store: Store,
    concern: Concern,
    act: ConcernAct,
    *,
    to: str = "",
    words: str = "",
    within: Transaction | None = None,
) -> Concern:
    moved = replace(concern, steps=(*concern.steps, _step(store, act, to=to, words=words)))
    _sound(moved.faults())
    require(store, "record_clinical")
    return within.save(moved) if within is not None else store.save(moved, reason=act.label)


def _step(store: Store, act: ConcernAct, *, to: str = "", words: str = "") -> ConcernStep:
    return ConcernStep(act=act, at=store.clock(), by=store.actor.name, to=to.strip(), words=words.strip())


def _sound(faults: tuple[Fault, ...]) -> None:
    if faults:
        raise Refused(faults)


_PRACTICE = (
    (
        ConcernKind.FEAR,
        "I get frightened when I wake up and nobody is there. Last time they did not tell my daughter.",
        "",
    ),
    (ConcernKind.QUESTION, "May I take my blood thinner on the day before?", "Wei Chen, MD"),
    (ConcernKind.MATTERS, "I want to be home for my granddaughter's birthday.", ""),
)


def fill_practice_concerns(store: Store) -> tuple[Concern, ...]:
    """Put invented concerns into a practice store that already has patients; none if it has none."""
    patients = store.all(Patient)
    found = []
    later = store.clock() + datetime.timedelta(hours=policy_of(store).number("concern_hours"))
    for patient, (kind, words, to) in zip((patients * 2)[: len(_PRACTICE)], _PRACTICE, strict=False):
        said = Concern(
            patient=patient.id, words=words, concern_kind=kind, addressed_to=to, due_at=later if to else None
        )
        found.append(raise_concern(store, said))
    return tuple(found)
