"""Pure rules of outreach: what tells of a patient, what is next, what a row of a list becomes."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest

from liaison_desktop.clinical.outreach.record import EventKind, OutreachEvent, SourceContact, VisitFrequency
from liaison_desktop.clinical.outreach.rules import (
    KnownPatient,
    candidate,
    dates_in,
    due_next,
    event_faults,
    guess,
    missing_columns,
    spent,
    told_of,
    with_known,
)
from liaison_desktop.clinical.outreach.rules.privacy import BIRTH, NAME, NUMBER
from liaison_desktop.policies import load_policy

TODAY = dt.date(2026, 11, 19)
MARIA = KnownPatient("Álvarez", "María L.", "Mari", "1961-03-14", ("0049-3382", "1EG4-TE5-MK73"))
ROSE = KnownPatient("Rose", "Ann", "", "1950", ("77",))


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Talked about María Álvarez", NAME),
        ("alvarez, maria is stable", NAME),
        ("Mari had a good night, Mrs. Alvarez said", NAME),
        ("M. Alvarez asked", NAME),
        ("Maria Luz Alvarez", NAME),
        ("ALVAREZ M", NAME),
        ("the family of Mr. Rose", NAME),
        ("patient Rose went home", NAME),
        ("DOB 03/14/1961", BIRTH),
        ("born 3/14/61", BIRTH),
        ("born March 14, 1961", BIRTH),
        ("born 14 Mar 1961", BIRTH),
        ("1961-03-14", BIRTH),
        ("MRN 0049-3382", NUMBER),
        ("chart 00493382 reviewed", NUMBER),
        ("MRN00493382", NUMBER),
        ("1eg4te5mk73", NUMBER),
        # Silent: a name alone is anybody's, and numbers are not all of patients.
        ("Alvarez Street clinic", ""),
        ("Rose garden opening, March 2026", ""),
        ("Maria from the front desk", ""),
        ("12 people, room 77, at 14:00", ""),
        ("03/15/1961", ""),
        ("0049-3383", ""),
        ("Alvarezmaria", ""),
        ("Talk on stroke with the case managers", ""),
    ],
)
def test_what_tells_of_a_patient(text: str, what: str) -> None:
    assert told_of(text, (MARIA, ROSE), today=TODAY) == what


def test_a_day_may_be_written_both_ways() -> None:
    assert dates_in("03/04/1961", TODAY) == {"1961-03-04", "1961-04-03"}
    assert dates_in("13/45/1961, 1961-02-30, 99/99/99", TODAY) == frozenset()


def test_what_is_next_comes_first_by_day() -> None:
    weekly, never, seen = (SourceContact(name=name, visit_frequency=VisitFrequency.WEEKLY) for name in "abc")
    gone = SourceContact(name="d", visit_frequency=VisitFrequency.WEEKLY, active=False)
    adhoc = SourceContact(name="e", visit_frequency=VisitFrequency.ADHOC)
    events = (
        OutreachEvent(held_on=TODAY - dt.timedelta(3), contact_ids=(weekly.id,)),
        OutreachEvent(held_on=TODAY - dt.timedelta(30), contact_ids=(weekly.id,)),
        OutreachEvent(held_on=TODAY, contact_ids=(seen.id,), next_action="Call", next_on=TODAY - dt.timedelta(1)),
        OutreachEvent(held_on=TODAY, next_action="Over", next_on=TODAY, next_done_on=TODAY),
    )
    found = due_next(events, (weekly, never, seen, gone, adhoc), today=TODAY)
    assert [(each.words, (each.day - TODAY).days, each.contact) for each in found] == [
        ("Call", -1, seen.id),
        ("Weekly visit", 0, never.id),
        ("Weekly visit", 4, weekly.id),
    ]


def test_money_is_counted_by_year() -> None:
    events = [
        OutreachEvent(held_on=TODAY, expense_cents=2450),
        OutreachEvent(held_on=TODAY, expense_cents=50),
        OutreachEvent(held_on=dt.date(2025, 1, 1), expense_cents=999),
        OutreachEvent(held_on=TODAY),
    ]
    assert spent(events, year=2026) == 2500


@pytest.mark.parametrize(
    ("event", "somewhere", "rules"),
    [
        (OutreachEvent(event_kind=EventKind.IN_SERVICE, held_on=TODAY), True, []),
        (OutreachEvent(event_kind=EventKind.IN_SERVICE, held_on=TODAY), False, ["OUT-WHERE"]),
        (OutreachEvent(event_kind=EventKind.HEALTH_FAIR, held_on=TODAY), False, []),
        (OutreachEvent(event_kind=EventKind.PHONE, held_on=TODAY + dt.timedelta(1)), True, ["OUT-FUTURE"]),
        (
            OutreachEvent(event_kind=EventKind.PHONE, held_on=TODAY, next_action="Call", next_on=dt.date(2026, 1, 1)),
            True,
            ["OUT-NEXT"],
        ),
    ],
)
def test_an_event_stands_somewhere_and_in_order(event: OutreachEvent, somewhere: bool, rules: list[str]) -> None:
    found = event_faults(event, load_policy("clinical"), today=TODAY, somewhere=somewhere)
    assert [fault.rule for fault in found] == rules


def test_an_event_that_is_wrong_by_itself() -> None:
    event = OutreachEvent(headcount=-1, expense_cents=-5, next_action="Call")
    assert {fault.field for fault in event.faults()} == {
        "event_kind",
        "held_on",
        "headcount",
        "expense_cents",
        "next_on",
    }
    assert {fault.field for fault in OutreachEvent(next_on=TODAY).faults()} >= {"next_action"}


def test_a_contact_that_is_wrong_by_itself() -> None:
    wrong = SourceContact(name="", npi="123", email="nowhere", rating=6)
    assert [fault.field for fault in wrong.faults()] == ["name", "npi", "email", "rating"]
    assert SourceContact(name="Ann", npi="1234567893", email="a@b.org", rating=5).faults() == ()


def test_columns_are_guessed_and_rows_read() -> None:
    headers = ("Contact", "Hospital", "Title", "Phone Number", "Frequency", "Shoe size")
    matching = guess(headers)
    assert matching == {"name": 0, "place": 1, "role": 2, "phone": 3, "visit_frequency": 4}
    one = candidate(2, ("Ann Vale", "Northlake", "Case manager", "555", "every 2 weeks", "38"), matching)
    assert (one.contact.name, one.place, one.contact.visit_frequency, one.sound) == (
        "Ann Vale",
        "Northlake",
        VisitFrequency.BIWEEKLY,
        True,
    )
    assert not candidate(3, ("Bo", "", "", "", "often", ""), matching).sound
    assert candidate(4, ("", "Oak Hill", "", "", "", ""), matching).sound  # a place alone
    assert not candidate(5, ("", "", "Planner", "", "", ""), matching).sound
    assert missing_columns({"role": 0}) == ("a name or a place",)
    assert missing_columns(matching) == ()


def test_who_is_known_is_marked() -> None:
    matching = {"name": 0, "place": 1}
    rows = [
        candidate(number, cells, matching)
        for number, cells in enumerate([("Ann", "Oak"), ("ANN", "oak"), ("Bo", "Elm")])
    ]
    marked = with_known(rows, [("bo", "Elm")])
    assert [one.known for one in marked] == [False, True, True]


def test_ids_of_a_due_thing_are_those_of_its_event() -> None:
    place = uuid.uuid4()
    event = OutreachEvent(held_on=TODAY, place_id=place, next_action="Call", next_on=TODAY)
    (due,) = due_next((event,), (), today=TODAY)
    assert (due.event, due.place, due.contact) == (event.id, place, None)
