"""Days and times as people type them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liaison_desktop.ui.dates import age_in_years, near_day, parse_day, parse_time, plain_day, show_day, show_moment

TODAY = dt.date(2026, 11, 19)


@pytest.mark.parametrize(
    "text",
    ["19 Nov 2026", "2026-11-19", "19 nov", "19 November 2026", "Thu 19 Nov 2026", "Nov 19, 2026", "today",
     "  19   NOV  ", "19. Nov. 2026", "2026/11/19", "thursday, 19 nov"],
)  # fmt: skip
def test_a_day_is_read(text: str) -> None:
    assert parse_day(text, TODAY) == TODAY


@pytest.mark.parametrize(
    "text",
    [
        "",
        "31 Feb 2026",
        "19",
        "Nov",
        "3/4/2026",
        "0000-00-00",
        "99 Nov",
        "19 Xyz 2026",
        "\x00",
        "２０２６-11-19x",
        "x" * 5000,
    ],
)
def test_what_is_no_day_is_not_guessed(text: str) -> None:
    assert parse_day(text, TODAY) is None


def test_a_day_without_a_year_is_the_nearest() -> None:
    assert parse_day("5 Jan", TODAY) == dt.date(2027, 1, 5)
    assert parse_day("5 Dec", TODAY) == dt.date(2026, 12, 5)
    assert parse_day("20 Dec", dt.date(2027, 1, 3)) == dt.date(2026, 12, 20)
    assert parse_day("29 feb", dt.date(2027, 6, 1)) == dt.date(2028, 2, 29)


@pytest.mark.parametrize(
    ("text", "hour", "minute"),
    [
        ("14:00", 14, 0),
        ("1400", 14, 0),
        ("2 pm", 14, 0),
        ("9", 9, 0),
        ("9.30", 9, 30),
        ("12 am", 0, 0),
        ("12 pm", 12, 0),
        ("8h15", 8, 15),
    ],
)
def test_a_time_is_read(text: str, hour: int, minute: int) -> None:
    assert parse_time(text) == dt.time(hour, minute)


@pytest.mark.parametrize("text", ["", "25:00", "14:60", "13 pm", "noon", "1:2:3", "x" * 5000])
def test_what_is_no_time_is_not_guessed(text: str) -> None:
    assert parse_time(text) is None


@given(st.dates())
def test_a_shown_day_can_be_typed_again(day: dt.date) -> None:
    assert parse_day(plain_day(day), TODAY) == day
    assert parse_day(show_day(day), TODAY) == day
    assert parse_day(day.isoformat(), TODAY) == day


@given(st.text(max_size=40))
def test_no_keystroke_breaks_the_reading(text: str) -> None:
    parse_day(text, TODAY)
    parse_time(text)


def test_words_for_near_days_and_ages() -> None:
    assert near_day(TODAY, TODAY) == "Today, Thu 19 Nov"
    assert near_day(dt.date(2025, 1, 2), TODAY) == "Thu 2 Jan 2025"
    assert show_moment(dt.datetime(2026, 11, 19, 15, 4)) == "Thu 19 Nov 2026, 15:04"
    assert age_in_years(dt.date(1961, 11, 20), TODAY) == 64
    assert age_in_years(dt.date(1961, 11, 19), TODAY) == 65
