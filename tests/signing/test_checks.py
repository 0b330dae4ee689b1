"""Same person, fixed meanings, times that cannot be."""

from __future__ import annotations

import datetime as dt

import pytest

from liaison_desktop.signing import (
    MEANINGS,
    Role,
    Signature,
    clock_faults,
    fingerprint_of,
    same_person,
    signs_as,
)

NOW = dt.datetime(2026, 11, 19, 15, 4, tzinfo=dt.timezone(dt.timedelta(hours=-6)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Wei Chen", "Dr. Wei Chen, MD"),
        ("María L. Álvarez", "ALVAREZ, Maria L"),
        ("Renee Okafor RN", "Nurse Renee Okafor"),
    ],
)
def test_the_same_person(one: str, other: str) -> None:
    assert same_person(one, other)
    assert same_person(other, one)


@pytest.mark.parametrize(("one", "other"), [("", ""), ("RN", "RN"), ("Wei Chen", "Wei Cheng"), ("A. Chen", "W. Chen")])
def test_not_the_same_person(one: str, other: str) -> None:
    assert not same_person(one, other)


def test_every_role_has_one_meaning() -> None:
    assert set(MEANINGS) == set(Role)
    assert "explain" not in MEANINGS[Role.WITNESS]


def test_times_that_cannot_be() -> None:
    def at(role: Role, minutes: int | None) -> Signature:
        moment = None if minutes is None else NOW + dt.timedelta(minutes=minutes)
        return Signature(role=role, name_printed="A", signed_at=moment)

    assert clock_faults((at(Role.PATIENT, -9), at(Role.WITNESS, -8)), NOW) == ()
    assert len(clock_faults((at(Role.PATIENT, -8), at(Role.WITNESS, -9)), NOW)) == 1
    assert len(clock_faults((at(Role.PATIENT, 1),), NOW)) == 1
    assert len(clock_faults((at(Role.PATIENT, None),), NOW)) == 1


def test_a_fingerprint_is_sha256() -> None:
    assert fingerprint_of(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_a_typed_name_signs_for_the_printed_one_alone() -> None:
    printed = "Dr. Hannah B. Okonkwo, MD"
    assert signs_as("hannah okonkwo", printed)
    assert signs_as("Dr. Hannah B. Okonkwo", printed)
    for other in ("", "x", "Hannah", "Hannah Haddad", "dr"):
        assert not signs_as(other, printed)
    assert signs_as("Cher", "Cher")
