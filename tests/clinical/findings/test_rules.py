"""V16 and its neighbours: each rule once where it stops, once where it is silent; and measures as they are typed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from liaison_desktop.clinical.findings.record import (
    Device,
    FindingSource,
    LineDevice,
    Problem,
    Score,
    ScoreName,
    Support,
    TypedUnit,
    VitalSigns,
    WeightHow,
    Wound,
    WoundLook,
    WoundType,
)
from liaison_desktop.clinical.findings.rules import (
    Weighed,
    age_words,
    days_in,
    line_faults,
    problem_faults,
    read_height,
    read_pressure,
    read_temperature,
    read_weight,
    series_of,
    show_temperature,
    unusual,
    vital_faults,
    wound_faults,
)
from liaison_desktop.policies import Policy
from liaison_desktop.records import new_id
from tests.fakes import TODAY

POLICY = Policy.load("clinical")
PATIENT = new_id()


def a_set(**values: Any) -> VitalSigns:
    return VitalSigns(patient=PATIENT, **{"taken_at": TODAY, "systolic": 120, "diastolic": 80, **values})


def rules(signs: VitalSigns, last: Weighed | None = None) -> set[str]:
    return {fault.rule for fault in vital_faults(signs, POLICY, now=TODAY, last=last)}


@pytest.mark.parametrize(
    ("name", "wrong", "odd", "fine"),
    [
        ("systolic", 301, 181, 180),
        ("diastolic", 19, None, 70),
        ("pulse", 251, 49, 50),
        ("respirations", 3, 25, 24),
        ("temperature", 43.1, 38.4, 38.3),
        ("spo2", 49, 89, 90),
        ("pain", 11, None, 10),
        ("weight", 401, None, 82),
        ("height", 29, None, 178),
        ("glucose", 1501, 69, 70),
        ("oxygen", 81, None, 2),
    ],
)
def test_a_slip_is_typed_again_an_unusual_number_looked_at_twice(name: str, wrong: Any, odd: Any, fine: Any) -> None:
    more = {"weight_how": WeightHow.MEASURED}
    (fault,) = vital_faults(a_set(**{name: wrong}, **more), POLICY, now=TODAY)
    assert (fault.rule, fault.field) == ("V16-TYPE", name)
    assert rules(a_set(**{name: fine}, **more)) == set()
    if odd is not None:
        (fault,) = vital_faults(a_set(**{name: odd}, **more), POLICY, now=TODAY)
        assert (fault.rule, fault.field, fault.severity.value) == ("V16-UNUSUAL", name, "confirm")
        assert rules(a_set(**{name: odd}, acknowledged=(name,), **more)) == set()
        assert unusual(a_set(**{name: odd}), POLICY) == (name,)


def test_a_facility_changes_what_is_usual() -> None:
    from liaison_desktop.policies.own_file import apply_own

    lower = apply_own('version = "w1"\n[ranges.spo2]\nlow = 86\n', POLICY)
    assert {fault.rule for fault in vital_faults(a_set(spo2=88), POLICY, now=TODAY)} == {"V16-UNUSUAL"}
    assert not vital_faults(a_set(spo2=88), lower, now=TODAY)


def test_a_weight_that_changed_more_than_a_tenth_needs_a_reason() -> None:
    before = Weighed(kg=80, at=TODAY - dt.timedelta(days=9))
    heavy = a_set(weight=89, weight_how=WeightHow.MEASURED)
    (fault,) = vital_faults(heavy, POLICY, now=TODAY, last=before)
    assert (fault.rule, fault.field) == ("V16-WEIGHT", "weight_reason")
    assert "11 % more now" in fault.message
    assert rules(a_set(weight=88, weight_how=WeightHow.MEASURED), before) == set()
    assert rules(a_set(weight=89, weight_how=WeightHow.MEASURED, weight_reason="Ascites"), before) == set()


@pytest.mark.parametrize(
    ("rule", "stops", "silent"),
    [
        ("V16-EMPTY", {"systolic": None, "diastolic": None}, {"systolic": None, "diastolic": None, "note": "asleep"}),
        ("V16-CROSSED", {"diastolic": 120}, {"diastolic": None}),
        ("V16-AIR", {"oxygen": 2.0, "support": Support.ROOM_AIR}, {"oxygen": 2.0, "support": Support.NC}),
        ("V16-HOW", {"weight": 80.0}, {"weight": 80.0, "weight_how": WeightHow.STATED}),
        (
            "V16-BMI",
            {"weight": 200.0, "height": 100.0, "weight_how": WeightHow.MEASURED},
            {"weight": 80.0, "height": 178.0, "weight_how": WeightHow.MEASURED},
        ),
        ("V16-FUTURE", {"taken_at": TODAY + dt.timedelta(minutes=5)}, {"taken_at": TODAY}),
        (
            "V16-DATED",
            {"scores": (Score(name=ScoreName.GCS, total=15),)},
            {"scores": (Score(name=ScoreName.GCS, total=15, on=TODAY.date()),)},
        ),
        (
            "V16-TYPE",
            {"scores": (Score(name=ScoreName.GCS, total=2, on=TODAY.date()),)},
            {"scores": (Score(name=ScoreName.FALL, total=45, on=TODAY.date()),)},
        ),
    ],
)
def test_what_does_not_go_together(rule: str, stops: dict[str, Any], silent: dict[str, Any]) -> None:
    taken = TODAY
    assert rules(VitalSigns(patient=PATIENT, **{"taken_at": taken, "systolic": 120, "diastolic": 80, **stops})) == {
        rule
    }
    assert not rules(VitalSigns(patient=PATIENT, **{"taken_at": taken, "systolic": 120, "diastolic": 80, **silent}))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("120/80", (120, 80)), ("120 80", (120, 80)), ("90/p", (90, None)), ("120", None), ("a/b", None), ("1200/80", None),
    ],
)  # fmt: skip
def test_a_pressure_is_one_field(text: str, read: object) -> None:
    assert read_pressure(text) == read


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("37", 37.0, TypedUnit.C), ("98.6", 37.0, TypedUnit.F), ("98,6 F", 37.0, TypedUnit.F), ("37.2 c", 37.2, TypedUnit.C),
        ("110", 43.33, TypedUnit.F), ("36 F", 2.22, TypedUnit.F),
    ],
)  # fmt: skip
def test_a_temperature_in_fahrenheit_is_understood(text: str, value: float, unit: TypedUnit) -> None:
    assert read_temperature(text) == (value, unit)


def test_both_temperatures_are_shown_and_words_are_none() -> None:
    assert show_temperature(37.0, TypedUnit.F) == "37 °C (98.6 °F)"
    assert show_temperature(37.0, TypedUnit.C) == "37 °C"
    assert read_temperature("warm") is None


@pytest.mark.parametrize(
    ("text", "kg"), [("82 kg", 82.0), ("180lb", 81.65), ("180 lbs", 81.65), ("82", None), ("82 st", None), ("", None)]
)
def test_a_weight_needs_its_unit(text: str, kg: float | None) -> None:
    read = read_weight(text)
    assert (read.value if read else None) == kg


@pytest.mark.parametrize(
    ("text", "cm"),
    [("178 cm", 178.0), ("70 in", 177.8), ("5'10", 177.8), ("5'10\"", 177.8), ("6 ft", 182.9), ("70", None)],
)
def test_a_height_needs_its_unit(text: str, cm: float | None) -> None:
    read = read_height(text)
    assert (read.value if read else None) == cm


def a_line(**values: Any) -> LineDevice:
    return LineDevice(patient=PATIENT, source=FindingSource.SEEN, **{"device": Device.PICC, **values})


@pytest.mark.parametrize(
    ("rule", "stops", "silent"),
    [
        ("FIND-FUTURE", {"inserted_on": "2026-11-20"}, {"inserted_on": "2026-11"}),
        (
            "FIND-ORDER",
            {"inserted_on": "2026-11-10", "removed_on": dt.date(2026, 11, 9)},
            {"inserted_on": "2026-11", "removed_on": dt.date(2026, 11, 9)},
        ),
        ("FIND-FUTURE", {"removed_on": dt.date(2026, 11, 20)}, {"removed_on": dt.date(2026, 11, 19)}),
        ("FIND-CATHETER", {"device": Device.FOLEY}, {"device": Device.FOLEY, "indication": "Retention"}),
    ],
)
def test_lines(rule: str, stops: dict[str, Any], silent: dict[str, Any]) -> None:
    today = TODAY.date()
    assert {fault.rule for fault in line_faults(a_line(**stops), POLICY, today=today)} == {rule}
    assert not line_faults(a_line(**silent), POLICY, today=today)


def test_problems_and_wounds() -> None:
    today, seen = TODAY.date(), FindingSource.SEEN
    problem = Problem(patient=PATIENT, text="Heart failure", code="I50.9", onset="2027", source=seen)
    assert [fault.rule for fault in problem_faults(problem, POLICY, today=today)] == ["FIND-FUTURE"]
    bad = Problem(patient=PATIENT, text="Heart failure", code="50.9", onset="2020", source=seen)
    assert [fault.field for fault in problem_faults(bad, POLICY, today=today)] == ["code"]
    assert not problem_faults(Problem(patient=PATIENT, text="Falls", onset="2020", source=seen), POLICY, today=today)
    wound = Wound(
        patient=PATIENT, site="Sacrum", type=WoundType.PRESSURE_2, looks=(WoundLook(source=seen, length=130),)
    )
    (fault,) = wound_faults(wound, POLICY, today=today)
    assert (fault.rule, fault.field) == ("V16-TYPE", "looks.0.length")
    fine = Wound(patient=PATIENT, site="Sacrum", type=WoundType.PRESSURE_2, looks=(WoundLook(source=seen, length=4.5),))
    assert not wound_faults(fine, POLICY, today=today)


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (dt.timedelta(seconds=30), "just now"),
        (dt.timedelta(minutes=12), "12 min ago"),
        (dt.timedelta(hours=3), "3 h ago"),
        (dt.timedelta(hours=16), "yesterday"),
        (dt.timedelta(days=9), "9 days ago"),
        (dt.timedelta(minutes=-5), "in the future"),
    ],
)
def test_every_fact_tells_its_age(before: dt.timedelta, words: str) -> None:
    assert age_words(TODAY - before, TODAY) == words
    assert age_words(None, TODAY) == ""


def test_days_of_a_line() -> None:
    assert days_in("2026-11-10", TODAY.date()) == 9
    assert days_in("2026-11", TODAY.date()) is None


def test_series_are_in_the_order_of_time_with_their_band_and_what_is_unusual() -> None:
    early, late = a_set(spo2=96, oxygen=2.0), a_set(spo2=88, taken_at=TODAY + dt.timedelta(hours=2), pulse=84)
    found = {one.name: one for one in series_of([late, early], POLICY)}
    assert [point.value for point in found["spo2"].points] == [96, 88]
    assert [point.unusual for point in found["spo2"].points] == [False, True]
    assert found["spo2"].usual == (90, 100)
    assert found["systolic"].last is not None
    assert found["systolic"].last.words == "120/80"
    assert "temperature" not in found
