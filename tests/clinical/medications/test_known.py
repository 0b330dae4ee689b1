"""The table of generic names: three letters find, a name tells its class."""

from __future__ import annotations

import pytest

from liaison_desktop.clinical.medications.record import HighAlert
from tests.clinical.medications.examples import KNOWN, a_medicine


@pytest.mark.parametrize(
    ("typed", "first"),
    [("api", "apixaban"), ("lis", "lisinopril"), ("par", "acetaminophen"), ("gla", "insulin glargine")],
)
def test_three_letters_find_a_medicine(typed: str, first: str) -> None:
    assert first in [each.name for each in KNOWN.find(typed)[:3]]


def test_nothing_typed_finds_nothing() -> None:
    assert not KNOWN.find(" ")
    assert not KNOWN.find("xyz")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Amoxicillin/clavulanate", ["amoxicillin", "clavulanate"]),
        ("INSULIN GLARGINE pen", ["insulin glargine"]),
        ("metoprolol tartrate", ["metoprolol"]),
        ("a green tablet", []),
    ],
)
def test_a_text_names_the_medicines_in_it(text: str, names: list[str]) -> None:
    assert [each.name for each in KNOWN.inside(text)] == names


@pytest.mark.parametrize(
    ("name", "alert"),
    [
        ("warfarin", HighAlert.ANTICOAG),
        ("Enoxaparin", HighAlert.ANTICOAG),
        ("insulin lispro", HighAlert.INSULIN),
        ("oxycodone", HighAlert.OPIOID),
        ("amiodarone", HighAlert.ANTIARRHYTHMIC),
        ("methotrexate", HighAlert.CHEMO),
        ("tacrolimus", HighAlert.IMMUNOSUPPRESSANT),
        ("phenytoin", HighAlert.ANTICONVULSANT),
        ("digoxin", HighAlert.DIGOXIN),
        ("lithium carbonate", HighAlert.LITHIUM),
        ("lisinopril", HighAlert.NONE),
    ],
)
def test_high_alert_is_marked_by_itself(name: str, alert: HighAlert) -> None:
    assert a_medicine(name).high_alert is alert


def test_a_mark_by_hand_stays_with_its_medicine_and_goes_with_another_name() -> None:
    import msgspec

    from liaison_desktop.clinical.medications.rules.entry import marked

    by_hand = marked(msgspec.structs.replace(a_medicine("green tablet"), high_alert=HighAlert.CHEMO), KNOWN)
    assert by_hand.high_alert is HighAlert.CHEMO
    renamed = marked(msgspec.structs.replace(a_medicine("warfarin"), name="metformin"), KNOWN)
    assert renamed.high_alert is HighAlert.NONE
