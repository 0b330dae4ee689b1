"""A safety report from one sentence to Safety's acknowledgement: numbers, criteria, refusals, what is never allowed."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from liaison_desktop.errors import Refused, Severity
from liaison_desktop.msl.safety.actions import (
    acknowledge,
    answer,
    ask_more,
    capture_event,
    captured_in_error,
    close_event,
    dismiss,
    hand_over,
    remove_event,
    save_event,
)
from liaison_desktop.msl.safety.queries import count_running, dismissals_about, latest_events, running_events
from liaison_desktop.msl.safety.record import (
    AgeGroup,
    HandoverMethod,
    NoReport,
    Qualification,
    SafetyEvent,
    SafetyStatus,
)
from liaison_desktop.msl.safety.rules import clock_fault, criteria, missing_faults
from liaison_desktop.policies import load_policy
from liaison_desktop.policies.radar import Finding
from liaison_desktop.store import Store
from tests.fakes import Clock

POLICY = load_policy("msl")
HOUR = dt.timedelta(hours=1)


def rules_of(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [fault.rule for fault in refused.value.faults]


def test_one_sentence_is_enough(msl_store: Store, clock: Clock) -> None:
    event = capture_event(msl_store, "One patient stopped after severe itching.")
    assert event.number == "SE-T-0001"
    assert event.captured_at == event.aware_at == clock()
    assert event.due_at == clock() + 24 * HOUR
    assert event.policy_version == POLICY.version
    assert capture_event(msl_store, "Another one.").number == "SE-T-0002"
    assert count_running(msl_store) == 2


def test_no_sentence_is_no_report(msl_store: Store) -> None:
    with pytest.raises(Refused):
        capture_event(msl_store, "   ")


def test_ae_1_says_what_is_left_until_handed_over(msl_store: Store, clock: Clock) -> None:
    event = capture_event(msl_store, "Rash.")
    clock.tick(18.5 * 3600)
    fault = clock_fault(event, clock(), POLICY)
    assert fault is not None
    assert fault.message == "Safety report SE-T-0001: 05:30 left"
    clock.tick(8 * 3600)
    late = clock_fault(event, clock(), POLICY)
    assert late is not None
    assert late.message == "Safety report SE-T-0001: overdue by 02:30"
    given_over = hand_over(msl_store, event, method=HandoverMethod.PHONE, to="Safety desk")
    assert clock_fault(given_over, clock(), POLICY) is None
    assert running_events(msl_store) == ()


def test_ae_2_names_what_is_missing_and_never_blocks(msl_store: Store) -> None:
    event = capture_event(msl_store, "Rash.")
    (fault,) = missing_faults(event, POLICY)
    assert fault.message == "Send what you have. Still missing: patient, reporter, product."
    assert fault.severity is Severity.WARN
    assert [one.question for one in criteria(event) if not one.present][0] == "ask age group, sex or initials"
    hand_over(msl_store, event, method=HandoverMethod.PHONE, to="Safety desk")


def test_ae_2_is_silent_when_all_four_are_there(msl_store: Store) -> None:
    event = save_event(
        msl_store,
        msgspec.structs.replace(
            capture_event(msl_store, "Rash."),
            age_group=AgeGroup.ADULT,
            reporter_qualification=Qualification.PHYSICIAN,
            product_name="Velacor",
        ),
    )
    assert missing_faults(event, POLICY) == ()
    assert all(one.present for one in criteria(event))


def test_ae_3_awareness_moves_only_earlier(msl_store: Store, clock: Clock) -> None:
    event = capture_event(msl_store, "Rash.")
    with pytest.raises(Refused) as refused:
        save_event(msl_store, msgspec.structs.replace(event, aware_at=clock() + HOUR))
    assert rules_of(refused) == ["AE-3"]
    assert str(refused.value) == "The awareness time can be made earlier, not later."
    with pytest.raises(Refused):
        capture_event(msl_store, "Rash.", aware_at=clock() + HOUR)
    earlier = save_event(msl_store, msgspec.structs.replace(event, aware_at=clock() - 2 * HOUR))
    assert earlier.due_at == clock() + 22 * HOUR
    # Back to the first time of capture would be later again.
    with pytest.raises(Refused):
        save_event(msl_store, msgspec.structs.replace(earlier, aware_at=clock()))


def test_the_store_itself_refuses_a_later_promise(msl_store: Store, clock: Clock) -> None:
    event = capture_event(msl_store, "Rash.")
    for change in ({"due_at": clock() + 48 * HOUR}, {"number": "SE-T-9999"}, {"captured_at": clock() + HOUR}):
        with pytest.raises(Refused):
            msl_store.save(msgspec.structs.replace(event, **change))


def test_ae_4_a_dismissal_needs_a_reason_and_is_a_line_of_the_journal(msl_store: Store) -> None:
    event = capture_event(msl_store, "Rash.")
    found = Finding(0, 4, "Rash", "safety", "an event", "reaction")
    kept = dismiss(msl_store, found, about_kind="visit", about_id=event.id, field="notes", reason=NoReport.HISTORY_ONLY)
    assert kept.dismissed_by == msl_store.actor.name
    assert dismissals_about(msl_store, event.id) == (kept,)
    assert msl_store.versions(kept.id)[0].reason == "AE-4: history_only"
    for reason in (NoReport.ALREADY_REPORTED, NoReport.OTHER):
        with pytest.raises(Refused):
            dismiss(msl_store, found, about_kind="visit", about_id=event.id, field="notes", reason=reason)
    assert "Why is this not a safety report?" in POLICY.fault("AE-4", no="SE-T-0001").message


def test_ae_5_nothing_deletes_a_report(msl_store: Store) -> None:
    event = capture_event(msl_store, "Rash.")
    with pytest.raises(Refused) as refused:
        remove_event(msl_store, event)
    assert str(refused.value) == "Safety records are never deleted. Mark ‘captured in error’ and tell Safety."
    with pytest.raises(Refused):
        msl_store.remove(event, reason="tidying up")
    assert msl_store.get(SafetyEvent, event.id) == event


def test_captured_in_error_needs_a_reason_and_safetys_word(msl_store: Store) -> None:
    event = capture_event(msl_store, "Rash.")
    for reason, by in (("", "Dr. Lind"), ("a double entry", "")):
        with pytest.raises(Refused):
            captured_in_error(msl_store, event, reason=reason, agreed_by=by)
    assert count_running(msl_store) == 1
    closed = captured_in_error(msl_store, event, reason="a double entry", agreed_by="Dr. Lind, Safety")
    assert closed.status is SafetyStatus.CLOSED
    assert count_running(msl_store) == 0
    assert [one.id for one in latest_events(msl_store)] == [event.id]


def test_after_the_hand_over_safety_acknowledges_asks_and_closes(msl_store: Store, clock: Clock) -> None:
    event = capture_event(msl_store, "Rash.")
    for too_early in (lambda: acknowledge(msl_store, event, "C-1"), lambda: ask_more(msl_store, event, "When?")):
        with pytest.raises(Refused):
            too_early()
    with pytest.raises(Refused):
        hand_over(msl_store, event, method=HandoverMethod.SERVER, to="Safety")
    with pytest.raises(Refused):
        hand_over(msl_store, event, method=HandoverMethod.PHONE, to=" ")
    with pytest.raises(Refused):
        hand_over(msl_store, event, method=HandoverMethod.PHONE, to="Safety", at=clock() + HOUR)
    event = hand_over(msl_store, event, method=HandoverMethod.PHONE, to="Safety desk")
    with pytest.raises(Refused):
        hand_over(msl_store, event, method=HandoverMethod.PHONE, to="Safety desk")
    with pytest.raises(Refused):
        msl_store.save(msgspec.structs.replace(event, status=SafetyStatus.CAPTURED))
    with pytest.raises(Refused):
        close_event(msl_store, event)
    event = acknowledge(msl_store, event, "C-2041")
    event = ask_more(msl_store, event, "When did it begin?")
    assert event.status is SafetyStatus.FOLLOW_UP_REQUESTED
    event = answer(msl_store, event, 0, "Two days after the first dose.")
    assert event.status is SafetyStatus.ACKNOWLEDGED
    assert close_event(msl_store, event).status is SafetyStatus.CLOSED


@given(st.text())
def test_rules_never_raise_on_any_text(text: str) -> None:
    event = SafetyEvent(number=text, description=text, initials=text, product_name=text)
    criteria(event)
    missing_faults(event, POLICY)
    event.faults()
