"""Promises read out of notes, and by when: what is proposed, and what must not be."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liaison_desktop.msl.visits.record import FollowUp, FollowUpKind
from liaison_desktop.msl.visits.rules import proposals
from liaison_desktop.msl.visits.rules.due_days import due_in
from liaison_desktop.policies import load_policy
from tests.fakes import TODAY

DAY = TODAY.date()  # a Thursday
POLICY = load_policy("msl")
K = FollowUpKind


def read(notes: str, *known: str) -> list[tuple[str, str, FollowUpKind]]:
    found = proposals(notes, DAY, POLICY, [FollowUp(text=text) for text in known])
    return [(one.text, one.due_on.isoformat(), one.kind) for one in found]


@pytest.mark.parametrize(
    ("notes", "proposed"),
    [
        ("I will send her the letter by Friday.", ("Send her the letter", "2026-11-20", K.SEND_INFORMATION)),
        ("Will introduce Dr. Okada next week", ("Introduce Dr. Okada", "2026-11-27", K.INTRODUCE_EXPERT)),
        ("I’ll get back to her on dosing.", ("Get back to her on dosing", "2026-11-26", K.ANSWER_QUESTION)),
        ("Get back to him in two weeks", ("Get back to him", "2026-12-03", K.ANSWER_QUESTION)),
        ("We'll set up a call end of the month.", ("Set up a call", "2026-11-30", K.SCHEDULE)),
        ("I promised to pass on the question tomorrow", ("Pass on the question", "2026-11-20", K.INTERNAL_HANDOVER)),
        ("I will of course also forward it today", ("Forward it", "2026-11-19", K.SEND_INFORMATION)),
        ("WILL SEND THE POSTER ON 3 DECEMBER", ("SEND THE POSTER", "2026-12-03", K.SEND_INFORMATION)),
    ],
)
def test_a_promise_is_proposed(notes: str, proposed: tuple[str, str, FollowUpKind]) -> None:
    assert read(notes) == [proposed]


@pytest.mark.parametrize(
    "notes",
    [
        "",
        "She will send us the protocol.",
        "He'll get the paper elsewhere.",
        "I will not send anything.",
        "I won't send the letter.",
        "She asked whether I will send the paper.",
        "“I will send you ten patients,” she said.",
        "The trial will report in 2027.",
        "I will see 40 patients.",
        "Sent the letter on Monday.",
        "She will introduce the topic at the congress and call for data.",
    ],
)
def test_what_is_no_promise_of_ours_is_not_proposed(notes: str) -> None:
    assert read(notes) == []


def test_two_promises_in_one_sentence_and_a_title_that_ends_no_sentence() -> None:
    found = read("I will send Dr. Okada the table by Friday and introduce her to Dr. Lee next week.")
    assert found == [
        ("Send Dr. Okada the table", "2026-11-20", K.SEND_INFORMATION),
        ("Introduce her to Dr. Lee", "2026-11-27", K.INTRODUCE_EXPERT),
    ]


def test_what_is_a_follow_up_already_is_not_proposed_again() -> None:
    notes = "I will send her the renal dosing letter by Friday."
    assert read(notes, "send renal dosing letter") == []
    assert len(read(notes, "introduce Dr. Okada")) == 1
    assert len(read(notes + " " + notes)) == 1


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("today", "2026-11-19"),
        ("the day after tomorrow", "2026-11-21"),
        ("by Thursday", "2026-11-26"),
        ("next Friday", "2026-11-27"),
        ("this week", "2026-11-20"),
        ("by the end of next month", "2026-12-31"),
        ("end of the week", "2026-11-20"),
        ("within three days", "2026-11-22"),
        ("in a month", "2026-12-19"),
        ("on Dec 3rd", "2026-12-03"),
        ("by 3 January", "2027-01-03"),
        ("on the 5th of December 2026", "2026-12-05"),
        ("2026-12-01", "2026-12-01"),
    ],
)
def test_days_in_a_sentence(said: str, day: str) -> None:
    text, due = due_in(f"send it {said}", DAY)
    assert (text, due) == ("send it", dt.date.fromisoformat(day))


@pytest.mark.parametrize(
    "said", ["on 31 February", "yesterday", "2026-13-40", "on 1 November 2026", "in 2027", "may help"]
)
def test_no_day_or_one_that_has_passed_names_none(said: str) -> None:
    assert due_in(f"send it {said}", DAY) == (f"send it {said}", None)


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.text(),
        st.lists(
            st.sampled_from(
                ["I will", "send", "by", "3 dec", "“", "in", "9", "weeks", "and", "not", "\n", "Dr.", "end of"]
            )
        ).map(" ".join),
    )
)
def test_no_text_makes_it_raise(notes: str) -> None:
    for one in proposals(notes, DAY, POLICY):
        assert one.text
        assert one.due_on >= DAY


def test_a_long_note_is_read_in_a_moment() -> None:
    import time

    for notes in ("I will see about forty patients and " * 110, "I will " * 600, "a" * 4000, "“" * 4000):
        begun = time.perf_counter()
        proposals(notes, DAY, POLICY)
        assert time.perf_counter() - begun < 0.05
