"""Ranges of measures: one table, which a facility changes, and which the checklists' questions agree with."""

from __future__ import annotations

import pytest

from liaison_desktop.policies import Policy
from liaison_desktop.policies.own_file import Broken, apply_own
from liaison_desktop.policies.range_rules import RangeRule

WARD = Policy.load("clinical")


def test_the_bands_in_words() -> None:
    assert WARD.ranges()["systolic"].usual() == "90 to 180"
    assert WARD.ranges()["spo2"].usual() == "at least 90"
    assert WARD.ranges()["phq2"].usual() == "up to 2"
    assert WARD.ranges()["weight"].usual() == ""
    assert Policy.load("msl").ranges() == {}


def test_a_facility_changes_numbers_and_no_more() -> None:
    own = apply_own('version = "w"\n[ranges.temperature]\nhigh = 37.8\n', WARD)
    assert own.ranges()["temperature"].high == 37.8
    assert own.ranges()["temperature"].least == WARD.ranges()["temperature"].least
    assert WARD.ranges()["temperature"].high == 38.3


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("ranges = 3", 2, "“ranges” is a table"),
        ("[ranges.mood]\nlow = 1", 2, "There is no measure “mood”."),
        ("[ranges.spo2]\nunit = 'kPa'", 3, "“unit” cannot be changed"),
        ("[ranges.spo2]\nlow = 'x'", 3, "The low of spo2 is a number."),
        ("[ranges.spo2]\nlow = true", 3, "The low of spo2 is a number."),
        ("[ranges.spo2]\nlow = 101", 2, "the usual range lies within"),
        ("[ranges]\nspo2 = 3", 3, "A range is a table"),
    ],
)
def test_what_would_change_nothing_or_too_much_is_refused(text: str, line: int, words: str) -> None:
    with pytest.raises(Broken) as broken:
        apply_own(f'version = "w"\n{text}\n', WARD)
    assert words in broken.value.reason
    assert broken.value.line == line


def test_a_usual_range_lies_within_what_can_be() -> None:
    with pytest.raises(ValueError, match="lies within"):
        RangeRule(label="x", unit="", least=5, most=4)
