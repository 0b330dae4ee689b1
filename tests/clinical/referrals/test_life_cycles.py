"""No sequence of actions reaches a state whose guards do not hold in the facts at that moment.

What each state needs is written down here a second time, out of the design and not out of the tables that the actions
read; and a guard that is taken out of those tables is caught.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liaison_desktop.clinical.episodes.queries import events_of
from liaison_desktop.clinical.episodes.record import Episode, EpisodeState, Judgement, Life, ServiceLine, StateEvent
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.clinical.people.actions import save_staff
from liaison_desktop.clinical.people.record import StaffCredential, StaffMember, StaffRole
from liaison_desktop.clinical.referrals.actions import (
    Admission,
    Chosen,
    admit,
    decide,
    end_referral,
    gather,
    reopen_referral,
    step_work,
    take_referral,
)
from liaison_desktop.clinical.referrals.record import Agreement, Decision, DeclineReason, Referral, WorkStatus
from liaison_desktop.clinical.referrals.rules import GUARDS, judge, steps
from liaison_desktop.errors import Refused
from liaison_desktop.policies import policy_of
from liaison_desktop.store import Store
from tests.clinical.referrals.making import (
    a_patient,
    a_referral,
    allergies_asked,
    forms_done,
    others_done,
    packet_done,
    replace,
    shown,
    told,
    visited,
)

W, D, E = WorkStatus, Decision, EpisodeState
_ADMISSION = (
    "accepted", "screening", "concurrence", "authorisation", "handover", "high_alert", "rights_given", "consents",
)  # fmt: skip
# The table of the design, section 2.8: what a life needs to be in a state, however it got there from below.
NEEDED: dict[tuple[Life, str], tuple[str, ...]] = {
    (Life.WORK, "received"): ("source", "identified"),
    (Life.WORK, "triaged"): ("packet", "missing_listed", "priority"),
    (Life.WORK, "screening"): ("two_identifiers", "language", "agreement"),
    (Life.WORK, "screened"): ("nursing", "screening", "allergies", "medicine_sources"),
    (Life.DECISION, "accept_pending"): ("may_decide", "capability", "pending_named"),
    (Life.DECISION, "accepted"): ("may_decide", "screened", "capability", "coverage", "authorisation_known"),
    (Life.DECISION, "bed_reserved"): ("bed_named",),
    (Life.DECISION, "declined_facility"): ("may_decide", "reason_facility", "note", "alternative", "source_told"),
    (Life.DECISION, "declined_patient"): ("reason_patient", "note"),
    (Life.DECISION, "withdrawn_source"): ("note",),
    (Life.DECISION, "lost_to_other"): ("note", "time_lost"),
    (Life.DECISION, "cancelled_after_offer"): ("note", "time_lost"),
    (Life.EPISODE, "not_admitted"): ("declined",),
    (Life.EPISODE, "admitted"): _ADMISSION,
}
_DECIDED = Chosen(
    reason=DeclineReason.NC_NO_BED, note="Full", pending_on="A bed", alternative=ServiceLine.SNF, bed="12 A"
)
_COUNT = itertools.count(1)


class World:
    """One referral in a store, and everything that anybody may do with it, wise or not."""

    def __init__(self, store: Store, service: ServiceLine, whole: bool) -> None:
        self.store = store
        year = 1930 + next(_COUNT) % 60
        # Each patient has a birth date of their own, so that nobody is taken for another.
        patient = a_patient(given="Ada" if whole else "", birth_date=f"{year}-02-03")
        referral, known = take_referral(store, a_referral(service=service), patient, confirmed={"V3"})
        self.id, self.patient, self.birth = referral.id, known.id, known.birth_date

    @property
    def referral(self) -> Referral:
        """As it is stored."""
        return self.store.get(Referral, self.id)

    @property
    def reasons(self) -> dict[str, str]:
        """Whoever takes on everything, where that is possible at all."""
        return dict.fromkeys(GUARDS, "I take it on")

    def forward(self, taken_on: bool) -> None:
        """The next steps of the work, as they come."""
        for after in steps.WORK_NEXT.get(self.referral.work, ()):
            step_work(self.store, self.id, after, overrides=self.reasons if taken_on else {})
            return

    def back(self) -> None:
        """One step back, with a reason."""
        for after in steps.WORK_NEXT.get(self.referral.work, ())[1:]:
            step_work(self.store, self.id, after, reason="Asleep")

    def decide(self, decision: Decision, taken_on: bool) -> None:
        """A decision with whatever can be said about it."""
        chosen = replace(_DECIDED, told=told(self.store))
        if decision is D.DECLINED_PATIENT:
            chosen = replace(chosen, reason=DeclineReason.PT_COST)
        decide(self.store, self.id, decision, chosen, overrides=self.reasons if taken_on else {})

    def decide_poorly(self, decision: Decision) -> None:
        """A decision of which nobody was told."""
        decide(self.store, self.id, decision, _DECIDED)

    def admit(self, taken_on: bool) -> None:
        """Admit at once."""
        admit(self.store, self.id, Admission(), overrides=self.reasons if taken_on else {})

    def end(self) -> None:
        """Entered in error, with a reason."""
        end_referral(self.store, self.id, W.ENTERED_IN_ERROR, "Wrong")

    def reopen(self) -> None:
        """Open again, with a reason."""
        reopen_referral(self.store, self.id, "After all")

    def visit(self, agreement: Agreement) -> None:
        """At the bedside; the patient may not agree."""
        visited(self.store, self.referral, agreement, birth=self.birth)

    def lose(self) -> None:
        """What was known of language and allergies turns out to be somebody else's."""
        patient = self.store.get(Patient, self.patient)
        communication = replace(patient.communication, interpreter=None)
        self.store.save(replace(patient, communication=communication, allergy_assertion=None))


MOVES: dict[str, Callable[[World], object]] = {
    "forward": lambda world: world.forward(False),
    "forward, taken on": lambda world: world.forward(True),
    "back": lambda world: world.back(),
    "packet": lambda world: packet_done(world.store, world.referral),
    "visit": lambda world: world.visit(Agreement.PATIENT),
    "visit, refused": lambda world: world.visit(Agreement.REFUSED),
    "forms": lambda world: forms_done(world.store, world.referral, "pan"),
    "allergies": lambda world: allergies_asked(world.store, world.referral),
    "others": lambda world: others_done(world.store, world.referral),
    "lose": lambda world: world.lose(),
    "capability": lambda world: shown(world.store, world.referral),
    "accept": lambda world: world.decide(D.ACCEPTED, False),
    "accept, taken on": lambda world: world.decide(D.ACCEPTED, True),
    "accept, pending": lambda world: world.decide(D.ACCEPT_PENDING, False),
    "bed": lambda world: world.decide(D.BED_RESERVED, False),
    "decline": lambda world: world.decide(D.DECLINED_FACILITY, False),
    "decline, poorly": lambda world: world.decide_poorly(D.DECLINED_FACILITY),
    "patient declines": lambda world: world.decide(D.DECLINED_PATIENT, False),
    "withdrawn": lambda world: world.decide(D.WITHDRAWN_SOURCE, False),
    "lost": lambda world: world.decide(D.LOST_TO_OTHER, False),
    "cancelled": lambda world: world.decide(D.CANCELLED_AFTER_OFFER, False),
    "admit": lambda world: world.admit(False),
    "admit, taken on": lambda world: world.admit(True),
    "end": lambda world: world.end(),
    "reopen": lambda world: world.reopen(),
}
# Wise moves come more often, else nobody would ever be admitted.
_WISE = ("forward", "packet", "visit", "forms", "allergies", "others", "capability", "accept", "admit")
_ANY = st.sampled_from(sorted(MOVES))
SEQUENCES = st.lists(st.one_of(st.sampled_from(_WISE), st.sampled_from(_WISE), _ANY), min_size=8, max_size=40)
WORTHWHILE = ["packet", "forward", "forward", "visit", "forward", "forms", "allergies", "others", "forward"]
ADMITTED = [*WORTHWHILE, "capability", "accept", "bed", "admit"]


def holds(judged: Judgement, kept: tuple[Judgement, ...]) -> bool:
    """Whether a guard holds in the facts, or was taken on by name and reason where the policy lets it."""
    taken = next((one for one in kept if one.guard == judged.guard), None)
    on = taken is not None and bool(taken.overridden_by and taken.override_reason)
    return judged.passed or (judged.may_override and on)


def wrong(world: World, fresh: tuple[StateEvent, ...]) -> Iterator[str]:
    """The guards that do not hold in the facts of this moment, for each state that was just reached."""
    facts = gather(world.store, world.referral)
    for event in fresh:
        backward = (event.life, event.before) in {(Life.WORK, one.value) for one in steps.SCREENED | {W.SCREENING}}
        if event.life is Life.WORK and backward and event.after in ("screening", "triaged"):
            continue  # a step back asks for a reason only
        if event.life is Life.WORK and (event.before, event.after) == ("screening_scheduled", "triaged"):
            continue
        for judged in judge(NEEDED.get((event.life, event.after), ()), facts, policy_of(world.store)):
            if not holds(judged, event.judgements):
                yield f"{event.life.value} reached {event.after} without {judged.guard}: {judged.words}"


def walk(store: Store, moves: list[str], service: ServiceLine = ServiceLine.SNF, whole: bool = True) -> World:
    """Try each move, and look at every state that it reached."""
    world = World(store, service, whole)
    for move in moves:
        seen = len(events_of(store, world.referral.episode or world.id))
        episode_before = world.referral.episode
        try:
            MOVES[move](world)
        except Refused:
            continue
        referral = world.referral
        events = events_of(store, referral.episode or world.id)
        fresh = events[seen:] if referral.episode == episode_before else events
        assert not list(wrong(world, fresh)), move
        _agrees(store, world)
    return world


def _agrees(store: Store, world: World) -> None:
    """The referral and its episode never contradict one another."""
    referral = world.referral
    episode = store.get(Episode, referral.episode or world.id)
    if episode.state is E.ADMITTED:
        assert referral.work is W.CLOSED
        assert referral.decision in steps.OFFERED
    if episode.state is E.NOT_ADMITTED:
        assert referral.work in steps.WORK_OVER
    if referral.work not in steps.WORK_OVER:
        assert episode.state in (E.REFERRED, E.PRE_ADMISSION)


@pytest.fixture
def liaison_store(clinical_store: Store) -> Store:
    """A store in which whoever works may decide, and may take nothing on."""
    save_staff(
        clinical_store,
        StaffMember(
            name="Renee Okafor",
            credential=StaffCredential.RN,
            role=StaffRole.LIAISON,
            actor=clinical_store.actor.id,
        ),
    )
    return clinical_store


@settings(
    derandomize=True,
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(moves=SEQUENCES, service=st.sampled_from((ServiceLine.SNF, ServiceLine.IRF)), whole=st.booleans())
def test_no_sequence_reaches_a_state_whose_guard_does_not_hold(
    liaison_store: Store, moves: list[str], service: ServiceLine, whole: bool
) -> None:
    walk(liaison_store, moves, service, whole)


def test_the_way_to_an_admission_is_walked_too(liaison_store: Store) -> None:
    world = walk(liaison_store, ADMITTED)
    assert liaison_store.get(Episode, world.referral.episode or world.id).state is E.ADMITTED


@pytest.mark.parametrize("left_out", ["packet", "visit", "forms", "allergies", "others", "capability", "accept"])
def test_and_whatever_is_left_out_nobody_is_admitted(liaison_store: Store, left_out: str) -> None:
    world = walk(liaison_store, [move for move in ADMITTED if move != left_out])
    assert liaison_store.get(Episode, world.referral.episode or world.id).state is not E.ADMITTED


def test_a_guard_that_was_taken_out_is_caught(liaison_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = {**steps.WORK_NEEDS, W.SCREENING: ("two_identifiers", "language")}
    monkeypatch.setattr(steps, "WORK_NEEDS", broken)
    with pytest.raises(AssertionError, match="without agreement"):
        walk(liaison_store, ["packet", "forward", "forward", "visit, refused", "forward"])


def test_a_decision_without_its_guard_is_caught(liaison_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(steps.DECISION_NEEDS, D.DECLINED_FACILITY, ("may_decide", "note"))  # type: ignore[arg-type]
    with pytest.raises(AssertionError, match="without source_told"):
        walk(liaison_store, ["decline, poorly"])
