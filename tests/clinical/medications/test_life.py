"""V30, V32 and the life of a list: no step stands whose conditions do not hold."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liaison_desktop.clinical.medications.record import (
    Accepted,
    Action,
    Discrepancy,
    Keeper,
    ListLife,
    MedicationHistory,
    Medicine,
    Reconciliation,
    Source,
    Told,
)
from liaison_desktop.clinical.medications.rules.life import (
    collecting_faults,
    count_unresolved,
    handover_faults,
    life_of,
    reconciling_faults,
)
from tests.clinical.medications.examples import POLICY, a_history, a_medicine, a_row, asked_through, ordered, pair, says
from tests.fakes import TODAY

replace = msgspec.structs.replace
COMPLETE = {"open_question": True, "sources": (Source.PATIENT, Source.RECORD), "keepers": (Keeper.SELF,)}
ANSWER: dict[str, Any] = {"answer": "10 mg", "answered_by": "Wei Chen", "answered_at": TODAY}
TOLD: dict[str, Any] = {"told_to": "Wei Chen", "told_how": Told.MESSAGE, "told_at": TODAY}


def missing(history: MedicationHistory, *medicines: Medicine) -> set[str]:
    """The rules that stand before a complete history."""
    return {fault.rule for fault in collecting_faults(history, medicines, POLICY, TODAY.date())}


def asked(name: str = "lisinopril", **values: Any) -> Medicine:
    """A medicine that was asked through."""
    return replace(a_medicine(name), **(asked_through(a_medicine(name)) | values))


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"open_question": None}, "V30-QUESTION"),
        ({"open_question": False}, "V30-FIRST"),
        ({"sources": (Source.PATIENT,)}, "V30"),
        ({"sources": ()}, "V30"),
        ({"takes_none": True}, "MED-SOME"),
        ({"keepers": ()}, "MED-KEEPER"),
    ],
)
def test_what_a_complete_history_needs(values: dict[str, Any], rule: str) -> None:
    assert missing(a_history(**(COMPLETE | values)), asked()) == {rule}


def test_a_complete_history_misses_nothing() -> None:
    assert not missing(a_history(**COMPLETE), asked())
    assert not missing(
        a_history(**(COMPLETE | {"sources": (Source.PATIENT,)}), why_one_source="No list exists"), asked()
    )
    assert not missing(a_history(**(COMPLETE | {"open_question": False}), not_asked_why="asleep"), asked())
    assert not missing(a_history(**COMPLETE, takes_none=True))


def test_a_source_counts_because_it_says_something() -> None:
    named = asked(says=(says(Source.PATIENT), says(Source.PHARMACY, "10 mg")))
    assert not missing(a_history(**(COMPLETE | {"sources": ()})), named)


def test_a_blood_thinner_near_a_procedure_waits_for_its_plan_or_a_reason() -> None:
    near = a_history(**COMPLETE, procedure_on=TODAY.date())
    assert missing(near, asked("apixaban")) == {"V14"}
    assert not missing(near, asked("apixaban", plan="Hold from Friday", plan_by="Wei Chen"))
    assert not missing(near, asked("apixaban", accepted=(Accepted(rule="V14", reason="No bleeding risk, asked"),)))
    assert not missing(a_history(**COMPLETE), asked("apixaban"))


def test_every_medicine_is_asked_through_and_none_listed_is_said() -> None:
    assert missing(a_history(**COMPLETE), a_medicine()) == {"MED-ASK"}
    assert missing(a_history(**COMPLETE)) == {"MED-NONE"}


def test_a_row_that_was_taken_over_is_unanswered() -> None:
    from liaison_desktop.clinical.medications.rules.sources import unanswered

    taken_over = a_medicine(prefilled="Last stay")
    assert unanswered(taken_over)
    assert missing(a_history(**COMPLETE), taken_over) == {"MED-ASK"}
    assert not unanswered(asked(prefilled="Last stay"))


def one(name: str, **values: Any) -> tuple[Any, MedicationHistory]:
    """A pair that differs, with what was said of it."""
    home, order = asked(name), ordered(name, "99 mg")
    seen = pair(home, order)
    row = a_row(home, order, as_compared=seen.words, **values)
    return pair(home, order, row), a_history(**COMPLETE, collected_at=TODAY)


DIFFERS: dict[str, Any] = {"action": Action.CLARIFY, "discrepancy": Discrepancy.DOSE}


def test_an_open_high_alert_difference_blocks_and_another_is_told() -> None:
    loud, history = one("warfarin", **DIFFERS)
    quiet, _ = one("lisinopril", **DIFFERS)
    left = count_unresolved([loud, quiet], history)
    assert (left.high_alert, left.others, left.total, left.blocks) == (1, 1, 2, True)
    assert [fault.rule for fault in handover_faults(left, POLICY)] == ["V32", "V32-OTHERS"]
    only_quiet = count_unresolved([quiet], history)
    assert [fault.rule for fault in handover_faults(only_quiet, POLICY)] == ["V32-OTHERS"]


def test_an_answer_settles_and_a_row_nobody_compared_does_not() -> None:
    loud, history = one("warfarin", **DIFFERS, **ANSWER)
    assert not handover_faults(count_unresolved([loud], history), POLICY)
    untouched = pair(asked("warfarin"), ordered("warfarin"))
    assert [fault.rule for fault in handover_faults(count_unresolved([untouched], history), POLICY)] == ["V32"]


def test_what_stands_before_the_signature_of_the_comparison() -> None:
    open_row, history = one("lisinopril", **DIFFERS)
    read = replace(history, allergies_read=True)
    rules = lambda h, p: [f.rule for f in reconciling_faults(h, count_unresolved([p], h), (), POLICY)]  # noqa: E731
    assert rules(read, open_row) == ["V32-LEFT"]
    closed, _ = one("lisinopril", **DIFFERS, **ANSWER)
    assert rules(history, closed) == ["V31-READ"]
    assert rules(replace(read, collected_at=None), closed) == ["MED-FIRST"]
    assert not rules(read, closed)
    warned = reconciling_faults(read, count_unresolved([closed], read), ("Blood thinner",), POLICY)
    assert [fault.rule for fault in warned] == ["V31-TWICE"]


_STEPS = list(ListLife)
_MOMENTS = st.sampled_from([None, TODAY, TODAY + dt.timedelta(hours=1)])


@settings(max_examples=300, deadline=None)
@given(
    collected=_MOMENTS,
    sources=st.sampled_from([(), (Source.PATIENT,), (Source.PATIENT, Source.RECORD)]),
    through=st.booleans(),
    row=st.fixed_dictionaries(
        {
            "action": st.sampled_from([None, *Action]),
            "discrepancy": st.sampled_from([None, Discrepancy.NONE, Discrepancy.DOSE]),
        }
    ),
    told=st.booleans(),
    answered=st.booleans(),
    stale=st.booleans(),
    decided=_MOMENTS,
    signed=_MOMENTS,
    given_at=_MOMENTS,
    mark=st.sampled_from(["", "same"]),
)
def test_no_step_stands_whose_conditions_do_not_hold(
    collected: dt.datetime | None,
    sources: tuple[Source, ...],
    through: bool,
    row: dict[str, Any],
    told: bool,
    answered: bool,
    stale: bool,
    decided: dt.datetime | None,
    signed: dt.datetime | None,
    given_at: dt.datetime | None,
    mark: str,
) -> None:
    home = asked() if through else a_medicine()
    order = ordered(dose="20 mg")
    words = "other words" if stale else pair(home, order).words
    held: Reconciliation = a_row(
        home,
        order,
        **row,
        **(TOLD if told else {}),
        **(ANSWER if answered else {}),
        as_compared=words,
        decided_at=decided,
    )
    history = a_history(
        open_question=True,
        sources=sources,
        collected_at=collected,
        reconciled_at=signed,
        given_at=given_at,
        given_mark=mark,
    )
    each = pair(home, order, held)
    state = _STEPS.index(life_of(history, [home, order], [each], "same"))
    open_now = each.open
    if state >= _STEPS.index(ListLife.COLLECTED):
        assert collected is not None
        assert len(sources) > 1
        assert through
    if state >= _STEPS.index(ListLife.COMPARED):
        assert row["action"] is not None
        assert row["discrepancy"] is not None
        assert not stale
    if state >= _STEPS.index(ListLife.SENT):
        assert told or not open_now
    if state >= _STEPS.index(ListLife.ANSWERED):
        differs = row["discrepancy"] is Discrepancy.DOSE or row["action"] is Action.CLARIFY
        assert answered or not differs
    if state >= _STEPS.index(ListLife.RECONCILED):
        assert signed is not None
        assert decided is None or decided <= signed
    if state >= _STEPS.index(ListLife.GIVEN):
        assert given_at is not None
        assert mark == "same"
