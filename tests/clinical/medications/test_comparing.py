"""What is taken beside what is ordered, and V23: only a prescriber's name, time and answer close a difference."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
import pytest

from liaison_desktop.clinical.medications.record import (
    Action,
    Adherence,
    Discrepancy,
    Frequency,
    Intent,
    Medicine,
    MedicineList,
    Reconciliation,
    Route,
    Told,
)
from liaison_desktop.clinical.medications.rules.comparing import answer_faults, pairs_of, row_faults
from tests.clinical.medications.examples import (
    KNOWN,
    POLICY,
    a_medicine,
    a_row,
    allergic,
    ordered,
    pair,
)
from tests.fakes import TODAY

replace = msgspec.structs.replace


@pytest.mark.parametrize(
    ("order", "shows"),
    [
        (ordered(), Discrepancy.NONE),
        (ordered("Lisinopril", "10mg"), Discrepancy.NONE),
        (None, Discrepancy.OMISSION),
        (ordered(dose="20 mg"), Discrepancy.DOSE),
        (ordered(route=Route.TUBE), Discrepancy.ROUTE),
        (ordered(frequency=Frequency.BID), Discrepancy.FREQUENCY),
        (ordered(dose=""), Discrepancy.INCOMPLETE_ORDER),
    ],
)
def test_a_difference_is_seen(order: Medicine | None, shows: Discrepancy) -> None:
    assert pair(a_medicine(), order).shows is shows


def test_what_is_not_taken_is_not_missed_and_is_seen_when_ordered() -> None:
    home = a_medicine(adherence=Adherence.NOT_TAKING)
    assert pair(home, None).shows is Discrepancy.NONE
    assert pair(home, ordered()).shows is Discrepancy.COMMISSION
    assert pair(None, ordered()).shows is Discrepancy.COMMISSION


def test_two_of_one_kind_and_an_allergy_are_seen_among_the_orders() -> None:
    found = pairs_of([a_medicine("warfarin", "5 mg"), ordered("apixaban", "5 mg")], (), MedicineList.ORDER, KNOWN)
    assert [each.shows for each in found] == [Discrepancy.OMISSION, Discrepancy.DUPLICATION]
    assert pair(None, ordered("amoxicillin", "500 mg"), allergies=allergic("PCN")).shows is Discrepancy.ALLERGY_CONFLICT


def test_each_medicine_meets_its_order_and_what_is_ordered_alone_comes_last() -> None:
    home = [a_medicine("metformin"), a_medicine("apixaban")]
    orders = [ordered("senna"), ordered("apixaban")]
    found = pairs_of([*orders, *home], (), MedicineList.ORDER, KNOWN)
    names = [(each.taken and each.taken.name, each.ordered and each.ordered.name) for each in found]
    assert names == [("metformin", None), ("apixaban", "apixaban"), (None, "senna")]


def test_what_is_given_now_and_ordered_too_is_one_medicine() -> None:
    given = a_medicine("lisinopril", "10 mg", list=MedicineList.ACUTE)
    (both,) = pairs_of([a_medicine(), given, ordered(dose="20 mg")], (), MedicineList.ORDER, KNOWN)
    assert both.ordered is not None
    assert (both.ordered.list, both.shows) == (MedicineList.ORDER, Discrepancy.DOSE)
    (alone,) = pairs_of([a_medicine(), given], (), MedicineList.ORDER, KNOWN)
    assert alone.ordered == given
    assert alone.shows is Discrepancy.NONE


def test_nothing_is_chosen_beforehand() -> None:
    for each in pairs_of([a_medicine(), ordered()], (), MedicineList.ORDER, KNOWN):
        assert each.row is None
        assert not each.compared
        assert not each.settled
    assert Reconciliation().action is None
    assert Reconciliation().discrepancy is None


def faults(home: Medicine | None, order: Medicine | None, **values: Any) -> set[str]:
    """The rules that speak about a compared row."""
    return {fault.rule for fault in row_faults(pair(home, order), a_row(home, order, **values), POLICY)}


def test_a_row_says_what_is_done_and_whether_it_differs() -> None:
    home, order = a_medicine(), ordered()
    assert faults(home, order) == {"V23-ACTION", "V23-DIFFERENCE"}
    assert not faults(home, order, action=Action.CONTINUE, discrepancy=Discrepancy.NONE)
    assert faults(home, order, action=Action.STOP, discrepancy=Discrepancy.NONE) == {"V23-REASON"}
    assert not faults(home, order, action=Action.STOP, action_reason="low pressure", discrepancy=Discrepancy.NONE)


def test_a_difference_that_shows_is_not_called_none_without_a_word() -> None:
    home, order = a_medicine(), ordered(dose="20 mg")
    none = {"action": Action.CONTINUE, "discrepancy": Discrepancy.NONE}
    assert faults(home, order, **none) == {"V23-NONE"}
    assert not faults(home, order, **none, note="The tablet is halved")


def test_of_a_high_alert_medicine_only_a_prescriber_says_so() -> None:
    home, order = a_medicine("warfarin", "5 mg"), ordered("warfarin", "2.5 mg")
    none = {"action": Action.CONTINUE, "discrepancy": Discrepancy.NONE, "note": "I think it is the same"}
    assert faults(home, order, **none) == {"V23-ALERT"}
    assert not faults(home, order, **none, answer="5 mg is right", answered_by="Wei Chen", answered_at=TODAY)


def test_a_difference_says_whether_it_was_meant() -> None:
    home, order = a_medicine(), ordered(dose="20 mg")
    dose = {"action": Action.CLARIFY, "action_reason": "which dose", "discrepancy": Discrepancy.DOSE}
    assert faults(home, order, **dose) == {"V23-INTENT"}
    assert not faults(home, order, **dose, intent=Intent.PENDING)


WHOLE = {"answer": "Give 10 mg", "answered_by": "Wei Chen", "answered_at": TODAY}


def answered(actor: str = "Ruth Okafor", **values: Any) -> set[str]:
    """The rules that speak about an answer."""
    row = a_row(a_medicine(), None, discrepancy=Discrepancy.DOSE, **values)
    found = answer_faults(
        row, POLICY, now=TODAY, actor=actor, prescribers=("Wei Chen",), not_prescribers=("Petra Quist",)
    )
    return {fault.rule for fault in found}


@pytest.mark.parametrize("missing", ["answer", "answered_by", "answered_at"])
def test_an_answer_is_name_time_and_words(missing: str) -> None:
    assert answered(**{name: value for name, value in WHOLE.items() if name != missing}) == {"V23"}
    assert not answered(**WHOLE)


@pytest.mark.parametrize("who", ["Ruth Okafor", "ruth okafor", "Petra Quist"])
def test_whoever_works_here_closes_nothing(who: str) -> None:
    assert answered(**(WHOLE | {"answered_by": who})) == {"V23-WHO"}


def test_a_known_prescriber_who_works_here_may_answer() -> None:
    assert not answered(actor="Wei Chen", **WHOLE)


def test_an_answer_has_a_possible_time() -> None:
    assert answered(**(WHOLE | {"answered_at": TODAY + dt.timedelta(hours=1)})) == {"V23-FUTURE"}
    assert answered(**WHOLE, told_at=TODAY + dt.timedelta(hours=1)) == {"V23-FUTURE", "V23-ORDER"}


def test_an_answer_by_word_of_mouth_is_read_back() -> None:
    told = {"told_to": "Wei Chen", "told_how": Told.PHONE, "told_at": TODAY}
    assert answered(**WHOLE, **told) == {"V23-READ"}
    assert answered(**WHOLE, **told, read_back=False) == {"V23-READ"}
    assert not answered(**WHOLE, **told, read_back=True)
    assert not answered(**WHOLE, **(told | {"told_how": Told.MESSAGE}))


def test_a_line_that_changes_is_compared_again() -> None:
    home, order = a_medicine(), ordered()
    done = pair(home, order)
    row = a_row(home, order, action=Action.CONTINUE, discrepancy=Discrepancy.NONE, as_compared=done.words)
    assert pair(home, order, row).settled
    assert not pair(replace(home, dose="20 mg"), order, row).settled
    assert not pair(home, None, row).settled


def test_the_record_itself_holds_the_answer_fast() -> None:
    open_row = a_row(a_medicine(), None, discrepancy=Discrepancy.DOSE)
    told = replace(open_row, told_to="Wei Chen", told_how=Told.PHONE, told_at=TODAY)
    closed = replace(told, **WHOLE)
    assert not closed.guard(told)
    assert [fault.rule for fault in replace(closed, answer="Give 20 mg").guard(closed)] == ["V23-CLOSED"]
    emptied = replace(closed, answer="", answered_by="", answered_at=None)
    assert [fault.rule for fault in emptied.guard(closed)] == ["V23-CLOSED"]
    assert not replace(emptied, opened_again="wrong patient").guard(closed)
    assert [fault.rule for fault in replace(told, discrepancy=Discrepancy.NONE).guard(told)] == ["V23-SENT"]
    assert [fault.rule for fault in replace(told, answer="Give 10 mg").guard(told)] == ["V23"]
