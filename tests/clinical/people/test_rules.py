"""Who is the same person, and what a house can take."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest

from liaison_desktop.clinical.people.record import Availability, Capability, CapabilityCode, Facility
from liaison_desktop.clinical.people.record.places import npi_fits
from liaison_desktop.clinical.people.rules import Need, Party, explain, look, same_person, stands_as

TODAY = dt.date(2026, 11, 19)
A, B = uuid.UUID(int=1), uuid.UUID(int=2)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Wei Chen, MD", "chen wei", True),
        ("José Núñez", "Jose Nunez RN", True),
        ("Wei Chen", "Wei Cheng", False),
        ("", "", False),
        (Party("Maria Garcia", "staff_member", A), Party("Maria Garcia", "staff_member", B), False),
        (Party("Maria Garcia", "staff_member", A), Party("M. Garcia-Lopez", "staff_member", A), True),
        (Party("Maria Garcia NP", "staff_member", A), Party("Maria Garcia", "practitioner", B), True),
        (Party("Maria Garcia", "staff_member", A), "Garcia, Maria", True),
    ],
)
def test_the_same_person(one: Party | str, other: Party | str, same: bool) -> None:
    assert same_person(one, other) is same
    assert same_person(other, one) is same


def test_as_what_somebody_stands_already() -> None:
    others = (("Wei Chen", "the practitioner who explained"), ("Elena Ruiz", "the interpreter"))
    assert stands_as("Ruiz, Elena", others) == "the interpreter"
    assert stands_as("Ruth Okafor RN", others) == ""


# -- capabilities ------------------------------------------------------------------------------------------------------


def house(name: str, *rows: Capability, own: bool = False) -> Facility:
    return Facility(name=name, own=own, capabilities=rows)


def can(code: CapabilityCode, most: float | None = None, **more: object) -> Capability:
    return Capability(code=code, available=Availability.YES, most=most, **more)  # type: ignore[arg-type]


O2, VENT, TPN = CapabilityCode.HIGH_FLOW_O2, CapabilityCode.VENT, CapabilityCode.TPN
ARRANGED = Capability(code=VENT, available=Availability.BY_ARRANGEMENT)
REFUSED = Capability(code=VENT, available=Availability.NO)


def test_it_says_what_we_cannot_and_who_would() -> None:
    ours = house("Riverbend", can(O2, 10), can(VENT), own=True)
    other = house("Riverbend LTACH", can(O2, 60), can(VENT))
    later = house("Aspen", can(O2, 60), ARRANGED)
    said = explain((Need(O2, 12), Need(VENT)), (other, ours, later), on=TODAY)
    assert said == (
        "Cannot take: high-flow oxygen 12 L/min, takes up to 10.",
        "Would fit: Riverbend LTACH.",
        "Would fit by arrangement: Aspen.",
    )
    assert said == explain((Need(O2, 12), Need(VENT)), (later, ours, other), on=TODAY)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ((can(VENT),), "Can take everything that is needed."),
        ((ARRANGED,), "By arrangement: ventilator."),
        ((REFUSED,), "Cannot take: ventilator."),
        ((), "Not recorded whether it takes: ventilator."),
        ((can(VENT, effective_to=TODAY - dt.timedelta(days=1)),), "Not recorded whether it takes: ventilator."),
        ((can(VENT, effective_to=TODAY),), "Can take everything that is needed."),
        ((can(VENT, effective_from=TODAY + dt.timedelta(days=1)),), "Not recorded whether it takes: ventilator."),
    ],
)
def test_what_nobody_recorded_is_neither_yes_nor_no(rows: tuple[Capability, ...], said: str) -> None:
    assert explain((Need(VENT),), (house("Ours", *rows, own=True),), on=TODAY)[0] == said


@pytest.mark.parametrize(
    ("amount", "most", "fits"), [(12, 12, True), (12.5, 12, False), (12, None, False), (None, 12, True)]
)
def test_amounts_are_compared_in_their_unit(amount: float | None, most: float | None, fits: bool) -> None:
    assert look((Need(O2, amount),), house("Ours", can(O2, most)), on=TODAY).fits is fits


def test_abbreviations_stay_and_nothing_needed_says_nothing() -> None:
    ours = house("Ours", own=True)
    assert explain((Need(TPN),), (ours,), on=TODAY) == ("Not recorded whether it takes: TPN.",)
    assert explain((), (ours,), on=TODAY) == explain((Need(TPN),), (), on=TODAY) == ()


def test_capabilities_make_sense() -> None:
    day = dt.timedelta(days=1)
    sound = house("Ours", can(VENT, effective_to=TODAY), can(VENT, effective_from=TODAY + day), can(O2, 10))
    assert sound.faults() == ()
    wrong = house("Ours", can(VENT), can(VENT), can(O2, 0), can(TPN, effective_from=TODAY, effective_to=TODAY - day))
    assert [fault.field for fault in wrong.faults()] == [
        "capabilities.1.code",
        "capabilities.2.most",
        "capabilities.3.effective_to",
    ]


@pytest.mark.parametrize(("npi", "fits"), [("1234567893", True), ("1234567890", False), ("12345", False), ("", False)])
def test_an_npi_checks_out(npi: str, fits: bool) -> None:
    assert npi_fits(npi) is fits
