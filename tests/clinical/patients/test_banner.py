"""The banner says who it is and what must not be missed, whatever stands in the record."""

from __future__ import annotations

import datetime as dt
import uuid

import msgspec
import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from liaison_desktop.clinical.patients.form import PatientBanner, PatientStrip, stripe_for
from liaison_desktop.clinical.patients.form.fitting import Fitting, isolated
from liaison_desktop.clinical.patients.record import Allergy, AllergyAssertion, Patient, Verification
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.tokens import STRIPES
from tests.clinical.patients.test_record import LATEX, PENICILLIN, a_patient

TODAY = dt.date(2026, 11, 19)


def words(widget: QWidget) -> str:
    """Everything the widget shows now, in order."""
    fitted = [each.shown() for each in widget.findChildren(Fitting) if each.isVisibleTo(widget)]
    return " | ".join([*fitted, *(each.text() for each in widget.findChildren(QLabel) if each.isVisibleTo(widget))])


def banner_of(qtbot: QtBot, patient: Patient, width: int = 1190) -> PatientBanner:
    banner = PatientBanner(patient, TODAY)
    qtbot.addWidget(banner)
    banner.resize(width, 64)
    with qtbot.waitExposed(banner):
        banner.show()
    return banner


def test_all_facts_at_once(clinical_desk: Desk, qtbot: QtBot) -> None:
    patient = a_patient(allergies=(PENICILLIN, LATEX), allergy_assertion=AllergyAssertion.HAS_ALLERGIES)
    shown = words(banner_of(qtbot, patient))
    for fact in (
        "María L. Álvarez",
        "Penicillin (hives, 2014)",
        "Latex: reported, not confirmed",
        "14 Mar 1961",
        "65 y",
    ):
        assert fact in shown
    assert shown.count("Not recorded") == 2  # code status and language


@pytest.mark.parametrize(
    ("assertion", "said"),
    [
        (None, "Allergies not recorded"),
        (AllergyAssertion.NKA, "No known allergies"),
        (AllergyAssertion.NKDA, "No known drug allergies"),
        (AllergyAssertion.UNABLE, "Unable to obtain allergies"),
    ],
)
def test_no_rows_are_never_shown_as_none(
    clinical_desk: Desk, qtbot: QtBot, assertion: AllergyAssertion | None, said: str
) -> None:
    banner = banner_of(qtbot, a_patient(allergy_assertion=assertion))
    assert said in words(banner)
    assert said in banner.accessibleName()


def test_many_allergies_lose_words_but_never_their_number(clinical_desk: Desk, qtbot: QtBot) -> None:
    many = tuple(
        Allergy(substance=f"Substance with a long name {number}", verification=Verification.CONFIRMED)
        for number in range(9)
    )
    patient = a_patient(allergies=many, allergy_assertion=AllergyAssertion.HAS_ALLERGIES, family="Long " * 30)
    banner = banner_of(qtbot, patient, 980)
    assert "and 8 more" in words(banner) or "9 allergies" in words(banner)
    assert "14 Mar 1961" in words(banner)
    assert "Substance with a long name 8" in banner.accessibleName()


def test_without_room_the_family_name_and_the_number_of_the_unsure_stay(clinical_desk: Desk, qtbot: QtBot) -> None:
    unsure = tuple(Allergy(substance=f"Substance with a long name {number}") for number in range(2))
    patient = a_patient(
        allergies=(PENICILLIN, *unsure),
        allergy_assertion=AllergyAssertion.HAS_ALLERGIES,
        given="María Guadalupe Esperanza Concepción",
        family="Alvarez de la Cruz",
    )
    shown = words(banner_of(qtbot, patient, 780))
    assert "Alvarez de la Cruz, María Guadalupe" in shown
    assert "2 allergies: not confirmed" in shown or "2 not confirmed" in shown


def test_another_state_of_the_patient_replaces_the_first(clinical_desk: Desk, qtbot: QtBot) -> None:
    patient = a_patient()
    banner = banner_of(qtbot, patient)
    banner.show_patient(msgspec.structs.replace(patient, allergy_assertion=AllergyAssertion.NKA, vip=True), TODAY)
    qtbot.waitUntil(lambda: "No known allergies" in words(banner))
    assert "Allergies not recorded" not in words(banner)


def test_a_death_stands_in_place_of_the_age(clinical_desk: Desk, qtbot: QtBot) -> None:
    shown = words(banner_of(qtbot, a_patient(deceased_at=dt.datetime(2026, 11, 18, 4, tzinfo=dt.UTC))))
    assert "Died 18 Nov 2026" in shown
    assert "65 y" not in shown


def test_hostile_names_are_text_and_cannot_turn_the_line(clinical_desk: Desk, qtbot: QtBot) -> None:
    patient = a_patient(given="<img src=x>", family="\u202egnp.exe", preferred_name="x" * 200)
    assert "<img src=x>" in words(banner_of(qtbot, patient))
    assert isolated("a\u202eb\u2066c") == "\u2068abc\u2069"
    strip = PatientStrip(patient, interpreter="<b>Elena</b>")
    qtbot.addWidget(strip)
    assert "<b>Elena</b>" in words(strip)
    assert "born 14 March 1961" in words(strip)


def test_the_stripe_is_the_patient_s_own(clinical_desk: Desk, qtbot: QtBot) -> None:
    stripe = stripe_for(a_patient(id=uuid.UUID(int=10)), 8)
    qtbot.addWidget(stripe)
    stripe.resize(8, 64)
    colour = stripe.grab().toImage().pixelColor(4, 30).name().upper()
    assert colour == STRIPES[10 % 6]
