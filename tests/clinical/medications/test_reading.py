"""Doses as they are typed: what is read, what is the same, what is a slip of ten or a thousand."""

from __future__ import annotations

import pytest

from liaison_desktop.clinical.medications.record import DoseUnit, Frequency
from liaison_desktop.clinical.medications.rules.reading import jump, read_dose, same_dose, same_frequency


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("5 mg", (5.0, DoseUnit.MG)),
        ("5mg", (5.0, DoseUnit.MG)),
        ("1,000 mg", (1000.0, DoseUnit.MG)),
        ("0.5 mcg", (0.5, DoseUnit.MCG)),
        ("12 units", (12.0, DoseUnit.UNITS)),
        ("25 mcg/h", (25.0, DoseUnit.MCG_HOUR)),
        ("2 Tablets", (2.0, DoseUnit.TAB)),
        ("2,5 mg", None),
        ("12 U", None),
        ("one tablet", None),
        ("", None),
    ],
)
def test_a_dose_is_read_or_left_as_words(text: str, read: tuple[float, DoseUnit] | None) -> None:
    assert read_dose(text) == read


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("1 g", "1,000 mg", True), ("5 mg", "5 mg", True), ("5 mg", "5 mcg", False), ("1 tab", "5 mg", False)],
)
def test_the_same_dose_may_be_written_otherwise(one: str, other: str, same: bool) -> None:
    assert same_dose(one, other) is same


@pytest.mark.parametrize(
    ("one", "other", "n"),
    [
        ("125 mcg", "125 mg", 1000),
        ("0.25 mg", "2.5 mg", 10),
        ("5 mg", "100 mg", 10),
        ("100 units", "10 units", 10),
        ("5 mg", "40 mg", None),
        ("5 mg", "5 mL", None),
    ],
)
def test_a_slip_of_ten_or_a_thousand_is_seen(one: str, other: str, n: int | None) -> None:
    first, second = read_dose(one), read_dose(other)
    assert first is not None
    assert second is not None
    assert jump(first, second) == n == jump(second, first)


def test_twice_a_day_is_every_twelve_hours() -> None:
    assert same_frequency(Frequency.BID, "", Frequency.Q12H, "")
    assert not same_frequency(Frequency.BID, "", Frequency.DAILY, "")
    assert same_frequency(Frequency.OTHER, "Mon and Fri", Frequency.OTHER, "mon  and fri")
    assert not same_frequency(Frequency.OTHER, "Mon", Frequency.DAILY, "")
