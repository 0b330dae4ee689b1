"""The patient's form: nothing changes by being shown, nothing typed is lost, no text is taken for anything else."""

from __future__ import annotations

import msgspec
import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from liaison_desktop.clinical.patients.actions import fill_practice_patients
from liaison_desktop.clinical.patients.form import SET_ASIDE, PatientForm
from liaison_desktop.clinical.patients.form.entry import NEW_DRAFT, PatientEntry, read_draft
from liaison_desktop.clinical.patients.form.fields import read_partial
from liaison_desktop.clinical.patients.queries import count_patients
from liaison_desktop.clinical.patients.record import Allergy, Identifier, Isolation, Patient, RelatedPerson
from liaison_desktop.errors import Fault
from liaison_desktop.store import Store
from liaison_desktop.ui.desk import Desk


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("14 Mar 1961", "1961-03-14"),
        (" 14  march 1961 ", "1961-03-14"),
        ("March 14, 1961", "1961-03-14"),
        ("14.mar.1961", "1961-03-14"),
        ("mar 1961", "1961-03"),
        ("1961/3/14", "1961-03-14"),
        ("1961-3", "1961-03"),
        ("1961", "1961"),
        ("30 Feb 1961", "30 Feb 1961"),
        ("3/4/1961", "3/4/1961"),
        ("soon", "soon"),
        ("14 xyz 1961", "14 xyz 1961"),
        ("١٤ Mar 1961", "١٤ Mar 1961"),
        ("", ""),
    ],
)
def test_a_date_known_in_part_is_read_as_people_write_it(typed: str, read: str) -> None:
    assert read_partial(typed) == read


def test_every_field_is_on_the_form_or_set_aside(clinical_store: Store, qtbot: QtBot) -> None:
    form = PatientForm(clinical_store)
    qtbot.addWidget(form)
    assert sorted((*form.names, *SET_ASIDE)) == sorted(Patient.__struct_fields__)
    shown = {
        Identifier: form._identifiers.names(),
        RelatedPerson: form._related.names(),
        Isolation: form._isolation.names(),
        Allergy: form.allergies.list.names(),
    }
    for kind, names in shown.items():
        stamps = {"id", "verified_by", "verified_at", "noted_by", "noted_at"}
        # The right to decide is recorded under Decisions, a feature above this one.
        decisions = {name for name in RelatedPerson.__struct_fields__ if name.startswith("authority_")}
        decisions |= {"patient_objects", "objection"}
        assert {*names, *stamps, *decisions} >= set(kind.__struct_fields__), kind


def test_showing_a_patient_changes_nothing(clinical_desk: Desk, qtbot: QtBot) -> None:
    form = PatientForm(clinical_desk.store)
    qtbot.addWidget(form)
    for patient in fill_practice_patients(clinical_desk.store):
        form.set_patient(patient)
        assert form.patient() == patient
        assert form.unread() == ()


def typed_into(widget: QWidget, text: str) -> int:
    """Put a text into every line and area as a paste would; how many there were."""
    count = 0
    for line in widget.findChildren(QLineEdit):
        line.setText(text)
        line.textEdited.emit(text)
        count += 1
    for area in widget.findChildren(QTextEdit):
        area.setPlainText(text)
        count += 1
    return count


HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "a\x00b",
    "\u202egnp.exe\u202d",
    "\ud800",
    "w" * 1_000_000,
    "'; DROP TABLE patient; --",
    "{0} %s \\N{BULLET}",
    "\U0001f469\u200d\u2695\ufe0f\u0301",
)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:12]))
def test_hostile_text_in_every_field_is_kept_or_refused(clinical_desk: Desk, qtbot: QtBot, text: str) -> None:
    entry = PatientEntry(clinical_desk)
    qtbot.addWidget(entry)
    for cards in (entry.form._identifiers, entry.form._related, entry.form._isolation, entry.form.allergies.list):
        cards.append()
    assert typed_into(entry.form, text) > 30
    entry.save_draft()
    kept = clinical_desk.store.drafts.get(NEW_DRAFT)
    assert kept is not None
    draft = read_draft(kept)
    assert draft is not None
    assert draft.patient.family == entry.form.patient().family
    entry.save()  # the birth date is no date, at least
    assert count_patients(clinical_desk.store) == 0
    assert "to mend" in entry._said.text()
    again = PatientEntry(clinical_desk)
    qtbot.addWidget(again)
    assert again.form.patient() == draft.patient


def test_texts_that_are_no_markup_are_shown_as_they_are(clinical_desk: Desk, qtbot: QtBot) -> None:
    entry = PatientEntry(clinical_desk)
    qtbot.addWidget(entry)
    entry.form.show_faults([Fault(field="family", message="<img src=x><b>bold</b>")])
    said = entry.form._identity.field("family")
    assert said.fault() == "<img src=x><b>bold</b>"
    for label in entry.findChildren(QLabel):
        assert "<img src=x>" not in label.text() or label.textFormat().name == "PlainText"


def test_faults_of_rows_stand_on_their_own_card(clinical_desk: Desk, qtbot: QtBot) -> None:
    form = PatientForm(clinical_desk.store)
    qtbot.addWidget(form)
    form.set_patient(Patient(allergies=(Allergy(substance="Latex"), Allergy()), related=(RelatedPerson(),)))
    form.show_faults(form.patient().faults(), focus=False)
    first, second = form.allergies.list.cards
    assert first.form.field("substance").fault() == ""
    assert second.form.field("substance").fault() == "Substance is needed."
    assert form._related.cards[0].form.field("name").fault() == "Name is needed."
    second.remove.click()
    assert [row.substance for row in form.patient().allergies] == ["Latex"]


def test_a_code_being_typed_keeps_its_last_value(clinical_desk: Desk, qtbot: QtBot) -> None:
    form = PatientForm(clinical_desk.store)
    qtbot.addWidget(form)
    form.set_patient(Patient(allergies=(Allergy(substance="Latex"),)))
    line = form.allergies.list.cards[0].form.editor("verification")
    line.setText("conf")
    line.textEdited.emit("conf")
    assert form.patient().allergies[0].verification.value == "unconfirmed"
    assert [fault.field for fault in form.unread()] == ["allergies.0.verification"]


def test_a_draft_of_another_version_is_left_alone(clinical_desk: Desk, qtbot: QtBot) -> None:
    clinical_desk.store.drafts.put(NEW_DRAFT, b'{"patient": 3}')
    entry = PatientEntry(clinical_desk)
    qtbot.addWidget(entry)
    assert entry.form.patient().family == ""


def test_the_form_of_a_change_starts_from_the_draft_of_it(clinical_desk: Desk, qtbot: QtBot) -> None:
    patient = fill_practice_patients(clinical_desk.store)[0]
    entry = PatientEntry(clinical_desk, patient)
    qtbot.addWidget(entry)
    entry.form._contact.editor("email").setText("a@example.org")
    entry.form._contact.editor("email").textEdited.emit("a@example.org")
    entry.keep()
    again = PatientEntry(clinical_desk, patient)
    qtbot.addWidget(again)
    assert again.form.patient() == msgspec.structs.replace(patient, email="a@example.org")
    again.save()
    assert clinical_desk.store.drafts.keys("patient/") == ()
