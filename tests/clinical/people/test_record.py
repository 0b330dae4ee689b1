"""Facilities and practitioners: how they read, and what they cannot be."""

from __future__ import annotations

import pytest

from liaison_desktop.clinical.people.record import Credential, Facility, Practitioner


def test_how_they_read() -> None:
    chen = Practitioner(name="Wei Chen", credential=Credential.MD, service="Gastroenterology")
    assert (chen.title(), chen.facts(), chen.faults()) == ("Wei Chen, MD", "Gastroenterology", ())
    assert Practitioner(name="Wei Chen", credential=Credential.OTHER).title() == "Wei Chen"
    place = Facility(name="Riverbend", unit="Admissions", zone="America/Chicago")
    assert (place.title(), place.facts(), place.faults()) == ("Riverbend", "Admissions", ())


@pytest.mark.parametrize("zone", ["Mars/Base", "../../etc/passwd", "/etc/localtime", "America", "x" * 60, "\x00"])
def test_a_time_zone_must_exist(zone: str) -> None:
    assert "zone" in {fault.field for fault in Facility(name="Riverbend", zone=zone).faults()}
