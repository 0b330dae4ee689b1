"""V33, V34, V35 and the days on which a verification counts: where each stops, and where it is silent."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liaison_desktop.clinical.coverage.record import (
    Asked,
    AuthorisationStatus,
    Benefit,
    BenefitDays,
    CopayPer,
    Method,
    Outcome,
    PlanType,
    Subscriber,
    SubscriberIs,
)
from liaison_desktop.clinical.coverage.rules import (
    NEXT,
    StandingState,
    admission_faults,
    authorisation_events,
    authorisation_faults,
    coverage_events,
    coverage_faults,
    coverage_standing_of,
    estimate_of,
    member_fits,
    money_text,
    remaining,
    stale_from,
    step_faults,
    verification_faults,
)
from liaison_desktop.policies import load_policy
from liaison_desktop.tasks.rules import ClockState, clocks
from tests.clinical.coverage.examples import DAY, a_call, a_coverage, an_approval
from tests.fakes import TODAY

POLICY = load_policy("clinical")
A = AuthorisationStatus


def said(**changes: Any) -> set[str]:
    """The rules that one call breaks."""
    return {fault.rule or fault.field for fault in verification_faults(a_call(**changes), POLICY, now=TODAY)}


def kept(**changes: Any) -> set[str]:
    """The rules that one coverage breaks."""
    faults = coverage_faults(a_coverage(**changes), POLICY, today=TODAY.date())
    return {fault.rule or fault.field for fault in faults}


def given_out(**changes: Any) -> set[str]:
    """The rules that one authorisation breaks."""
    return {fault.rule or fault.field for fault in authorisation_faults(an_approval(**changes), POLICY)}


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"call_reference": ""}, "V33"),
        ({"call_reference": "", "no_reference": True, "representative": " "}, "V33-NAME"),
        ({"outcome": Outcome.DROPPED, "method": Method.PORTAL}, "V33-DROPPED"),
        ({"patient_words": "About a thousand.", "estimate": 1000, "disclaimer_given": None}, "V34"),
        ({"patient_words": "About a thousand.", "estimate": 1000, "disclaimer_given": False}, "V34"),
        ({"deductible_total": 100, "deductible_met": 101}, "V35-MET"),
        ({"limit_total": 100, "limit_met": 101}, "V35-MET"),
        ({"days": (BenefitDays(benefit=Benefit.SNF, total=100, used=101),)}, "V35-DAYS"),
        ({"copay": 4000}, "COV-COPAY"),
        ({"at": TODAY + DAY}, "V9-CALL"),
        ({"valid_until": (TODAY - DAY).date()}, "V9-VALID"),
        ({"valid_until": (TODAY + 8 * DAY).date()}, "V24-INSURANCE"),
        ({"deductible_total": -1}, "deductible_total"),
        ({"coinsurance": 10_001}, "coinsurance"),
        ({"outcome": None}, "outcome"),
    ],
)
def test_a_call_is_stopped(changes: dict[str, Any], rule: str) -> None:
    assert rule in said(**changes)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"call_reference": "", "no_reference": True},
        {"method": Method.PORTAL, "call_reference": "", "representative": ""},
        {"outcome": Outcome.DROPPED, "call_reference": "", "representative": ""},
        {"patient_words": "About a thousand.", "estimate": 1000, "disclaimer_given": True},
        {"deductible_total": 100, "deductible_met": 100, "limit_total": 100, "limit_met": 0},
        {"days": (BenefitDays(benefit=Benefit.SNF, total=100, used=100), BenefitDays(benefit=Benefit.PART_A, used=3))},
        {"copay": 4000, "copay_per": CopayPer.DAY},
        {"valid_until": (TODAY + 7 * DAY).date()},
    ],
)
def test_a_call_is_not_stopped(changes: dict[str, Any]) -> None:
    assert not said(**changes)


@pytest.mark.parametrize(
    ("plan", "number", "fits"),
    [
        (PlanType.MEDICARE_FFS_A, "1EG4-TE5-MK73", True),
        (PlanType.MEDICARE_FFS_A, "1eg4 te5 mk73", True),
        (PlanType.MEDICARE_FFS_A, "0EG4-TE5-MK73", False),
        (PlanType.MEDICARE_FFS_A, "1SG4-TE5-MK73", False),
        (PlanType.MEDICARE_FFS_A, "1EG4-TE5-MK7", False),
        (PlanType.MEDICARE_FFS_A, "1EG4-TE5-MKB3", False),
        *((PlanType.MEDICARE_FFS_B, f"1E{bad}4-TE5-MK73", False) for bad in "SLOIBZ"),
        (PlanType.DUAL, "1EG4-TE5-MK73", True),
        (PlanType.TRICARE, "12345678901", True),
        (PlanType.TRICARE, "1234567890", False),
        (PlanType.PPO, "anything at all", True),
    ],
)
def test_a_member_number_has_the_form_of_its_plan(plan: PlanType, number: str, fits: bool) -> None:
    assert member_fits(number, plan.value, POLICY) is fits
    assert any(rule.startswith("V35-MEMBER") for rule in kept(plan_type=plan, member_id=number)) is not fits


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"subscriber": Subscriber(relation=SubscriberIs.SPOUSE)}, "COV-SUBSCRIBER"),
        ({"effective_to": (TODAY - DAY).date()}, "COV-ENDED"),
        ({"plan_type": PlanType.MEDICARE_FFS_A, "member_id": "1EG4TE5MK73", "msp_screen": None}, "COV-MSP"),
        ({"plan_year_month": 13}, "plan_year_month"),
        ({"effective_from": TODAY.date(), "effective_to": (TODAY - DAY).date()}, "effective_to"),
        ({"payer": ""}, "payer"),
        ({"member_id": ""}, "member_id"),
    ],
)
def test_a_coverage_is_stopped_or_looked_at(changes: dict[str, Any], rule: str) -> None:
    assert rule in kept(**changes)
    assert not kept()


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"number": ""}, "V35"),
        ({"approved_from": None}, "V35"),
        ({"approved_to": None}, "V35"),
        ({"status": A.PARTIALLY_APPROVED, "number": ""}, "V35"),
        ({"units_used": 6}, "V35-USED"),
        ({"unit": None}, "AUTH-UNIT"),
        ({"approved_to": TODAY.date()}, "approved_to"),
        ({"status": A.SUBMITTED}, "AUTH-SUBMITTED"),
        ({"status": A.DENIED, "appeal_until": TODAY}, "AUTH-WHY"),
        ({"status": A.DENIED, "denial_reason": "Not necessary"}, "AUTH-APPEAL"),
        ({"peer_at": TODAY}, "AUTH-PEER"),
    ],
)
def test_an_authorisation_is_stopped(changes: dict[str, Any], rule: str) -> None:
    assert rule in given_out(**changes)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"units_used": 5},
        {"units": None, "unit": None},
        {"status": A.SUBMITTED, "submitted_at": TODAY, "number": ""},
        {"status": A.DENIED, "denial_reason": "Not necessary", "appeal_until": TODAY + DAY},
        {"status": A.TO_SUBMIT, "number": "", "approved_from": None, "approved_to": None},
    ],
)
def test_an_authorisation_is_not_stopped(changes: dict[str, Any]) -> None:
    assert not given_out(**changes)


def test_the_life_of_an_authorisation() -> None:
    for before in A:
        for after in A:
            assert bool(step_faults(before, after, POLICY)) is (after not in NEXT[before] and after is not before)
    assert step_faults(None, A.APPEALED, POLICY)
    assert not step_faults(None, A.APPROVED, POLICY)


ON = (TODAY + 2 * DAY).date()


@pytest.mark.parametrize(
    ("needed", "held", "rule"),
    [
        (Asked.YES, (), "V35-NONE"),
        (None, (), "V35-ASK"),
        (Asked.YES, (an_approval(approved_from=(TODAY + 3 * DAY).date()),), "V35-OUTSIDE"),
        (Asked.YES, (an_approval(approved_to=(TODAY + DAY).date()),), "V35-OUTSIDE"),
        (Asked.YES, (an_approval(status=A.SUBMITTED, submitted_at=TODAY),), "V35-WAITING"),
        (Asked.NO, (), ""),
        (Asked.YES, (an_approval(),), ""),
        (None, (an_approval(approved_from=ON, approved_to=ON),), ""),
        (Asked.YES, (an_approval(status=A.NOT_REQUIRED),), ""),
    ],
)
def test_an_admission_is_authorised_on_its_day(needed: Asked | None, held: tuple[Any, ...], rule: str) -> None:
    assert [fault.rule for fault in admission_faults(needed, held, ON, POLICY)] == ([rule] if rule else [])


# ---- the days on which a verification counts


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("verified", "until", "month", "first"),
    [
        ("2026-11-10", "2026-11-17", 1, "2026-11-18"),
        ("2026-11-28", "2026-12-05", 1, "2026-12-01"),
        ("2026-11-23", "2026-11-30", 1, "2026-12-01"),
        ("2026-12-31", "2027-01-07", 1, "2027-01-01"),
        ("2026-12-01", "2026-12-08", 1, "2026-12-09"),
        ("2026-06-29", "2026-07-06", 7, "2026-07-01"),
        ("2028-02-27", "2028-03-05", 1, "2028-03-01"),
        ("2028-02-20", "2028-02-27", 1, "2028-02-28"),
    ],
)
def test_stale_after_its_days_or_when_the_month_turns(verified: str, until: str, month: int, first: str) -> None:
    assert stale_from(day(verified), day(until), month) == day(first)
    coverage = a_coverage(plan_year_month=month)
    at = dt.datetime.combine(day(verified), dt.time(12), TODAY.tzinfo)
    call = a_call(coverage, at=at, valid_until=day(until))
    before = coverage_standing_of(coverage, [call], day(first) - DAY, 7)
    after = coverage_standing_of(coverage, [call], day(first), 7)
    assert (before.state, after.state) == (StandingState.VERIFIED, StandingState.STALE)
    assert after.stale_from == day(first)


@pytest.mark.parametrize(
    ("verified", "on", "words"),
    [
        ("2026-11-10", "2026-11-19", "Verified 9 d ago"),
        ("2026-11-10", "2026-11-12", "Verified 2 d ago"),
        ("2026-11-10", "2026-11-10", "Verified today"),
        ("2026-11-28", "2026-12-01", "A new month began"),
        ("2026-12-30", "2027-01-01", "A new plan year began"),
    ],
)
def test_why_it_is_stale_is_said(verified: str, on: str, words: str) -> None:
    coverage = a_coverage()
    call = a_call(coverage, at=dt.datetime.combine(day(verified), dt.time(12), TODAY.tzinfo))
    assert coverage_standing_of(coverage, [call], day(on), 7).words == words


def test_what_a_standing_rests_on() -> None:
    coverage, today = a_coverage(), TODAY.date()

    def state(*calls: Any, **changes: Any) -> StandingState:
        return coverage_standing_of(a_coverage(**changes), calls, today, 7).state

    assert state() is StandingState.UNVERIFIED
    assert state(a_call(coverage, outcome=Outcome.DROPPED)) is StandingState.UNVERIFIED
    assert state(a_call(coverage, method=Method.CARD_ONLY)) is StandingState.UNVERIFIED
    assert state(a_call(coverage)) is StandingState.VERIFIED
    # A dropped call takes nothing away from what was said before.
    assert state(a_call(coverage, at=TODAY - DAY), a_call(coverage, outcome=Outcome.DROPPED)) is StandingState.VERIFIED
    assert state(a_call(coverage, outcome=Outcome.INACTIVE)) is StandingState.INACTIVE
    assert state(a_call(coverage), effective_to=(TODAY - DAY).date()) is StandingState.INACTIVE
    assert state(a_call(coverage), effective_from=(TODAY + DAY).date()) is StandingState.INACTIVE


# ---- amounts


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_what_is_left_is_never_below_zero(total: int, met: int) -> None:
    assert remaining(total, met) == max(0, total - met)
    assert remaining(total, None) is None
    assert remaining(None, met) is None


@given(
    st.integers(0, 10**9), st.integers(0, 10**7), st.integers(0, 10**7), st.integers(0, 10_000), st.integers(0, 10**7)
)
def test_an_estimate_is_whole_cents_within_its_bounds(
    allowed: int, deductible: int, met: int, coinsurance: int, limit: int
) -> None:
    call = a_call(
        allowed=allowed,
        deductible_total=deductible,
        deductible_met=met,
        coinsurance=coinsurance,
        limit_total=limit,
        limit_met=0,
    )
    estimate = estimate_of(call)
    assert estimate is not None
    assert isinstance(estimate.cents, int)
    assert 0 <= estimate.cents <= min(allowed, limit)


def test_how_an_estimate_comes_about() -> None:
    call = a_call(
        allowed=240_000,
        deductible_total=150_000,
        deductible_met=90_000,
        coinsurance=2_000,
        copay=4_000,
        copay_per=CopayPer.STAY,
        limit_total=500_000,
        limit_met=120_000,
    )
    estimate = estimate_of(call)
    assert estimate is not None
    assert [part.cents for part in estimate.parts] == [60_000, 36_000, 4_000]
    assert money_text(estimate.cents) == "$1,000.00"
    assert not estimate.unknown
    bare = estimate_of(a_call(allowed=100_000, coinsurance=2_000))
    assert bare is not None
    assert bare.unknown == "Not in it, because it is not known: the deductible."
    daily = estimate_of(a_call(copay=5_005, copay_per=CopayPer.DAY, expected_units=3))
    assert daily is not None
    assert daily.cents == 15_015
    assert estimate_of(a_call(copay=5_005, copay_per=CopayPer.DAY)) is None
    assert estimate_of(a_call()) is None


# ---- the clocks


def test_the_clocks_hear_of_coverage() -> None:
    coverage = a_coverage()
    call = a_call(coverage, at=TODAY - 2 * DAY, valid_until=(TODAY + 5 * DAY).date())
    (clock,) = clocks(POLICY.clocks(), coverage_events([coverage], [call]), TODAY, zone=TODAY.tzinfo)
    assert clock.rule == "COVERAGE-RECHECK"
    assert (
        clock.due_at.date() == stale_from(call.at.date(), call.valid_until) if call.at and call.valid_until else False
    )
    dropped = a_call(coverage, outcome=Outcome.DROPPED)
    assert not clocks(POLICY.clocks(), coverage_events([coverage], [dropped]), TODAY, zone=TODAY.tzinfo)
    ended = a_coverage(id=coverage.id, ended_at=TODAY)
    (over,) = clocks(POLICY.clocks(), coverage_events([ended], [call]), TODAY + DAY, zone=TODAY.tzinfo)
    assert over.state is ClockState.STOPPED


def test_the_clocks_hear_of_authorisations() -> None:
    from liaison_desktop.clinical.coverage.record import AuthorisationStep

    def step(status: A, days: int) -> AuthorisationStep:
        return AuthorisationStep(status=status, at=TODAY + days * DAY)

    def found(now: dt.datetime, **changes: Any) -> dict[str, tuple[ClockState, dt.datetime]]:
        events = authorisation_events([an_approval(**changes)])
        return {one.rule: (one.state, one.due_at) for one in clocks(POLICY.clocks(), events, now, zone=TODAY.tzinfo)}

    review = TODAY + 4 * DAY
    approved = {"steps": (step(A.APPROVED, 0),), "review_due": review}
    assert found(TODAY, **approved) == {"AUTH-REVIEW": (ClockState.RUNNING, review - DAY)}
    sent = {"steps": (step(A.APPROVED, 0), step(A.SUBMITTED, 2)), "review_due": review}
    assert found(TODAY + 3 * DAY, **sent)["AUTH-REVIEW"][0] is ClockState.STOPPED
    denied = {"steps": (step(A.DENIED, 0),), "appeal_until": TODAY + 30 * DAY, "peer_until": TODAY + 2 * DAY}
    running = found(TODAY, **denied)
    assert running["APPEAL"] == (ClockState.RUNNING, TODAY + 30 * DAY)
    assert running["PEER-TO-PEER"] == (ClockState.RUNNING, TODAY + 2 * DAY)
    talked = found(TODAY + DAY, **denied, peer_at=TODAY + DAY)
    assert talked["PEER-TO-PEER"][0] is ClockState.STOPPED
    assert talked["APPEAL"][0] is ClockState.RUNNING
    appealed = {**denied, "steps": (step(A.DENIED, 0), step(A.APPEALED, 1))}
    assert {state for state, _due in found(TODAY + 2 * DAY, **appealed).values()} == {ClockState.STOPPED}
