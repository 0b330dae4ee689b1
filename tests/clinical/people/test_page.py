"""The care team: the own facility gives consents their heading, practitioners explain and perform."""

from __future__ import annotations

import datetime as dt
import uuid

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QTextEdit
from pytestqt.qtbot import QtBot

from liaison_desktop.clinical.patients.actions import fill_practice_patients
from liaison_desktop.clinical.people.actions import save_facility, save_practitioner, working
from liaison_desktop.clinical.people.page import PeoplePage
from liaison_desktop.clinical.people.record import (
    Availability,
    Capability,
    CapabilityCode,
    Credential,
    Facility,
    Practitioner,
    StaffRole,
)
from liaison_desktop.clinical.people.rules import in_words
from liaison_desktop.errors import Refused
from liaison_desktop.store import Store
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.text import Wrapped
from tests.clinical.people.staff import PIN, a_member, a_supervisor, as_actor, put
from tests.fakes import TODAY, NoFrame

WEEK = dt.timedelta(days=7)


@pytest.fixture
def page(clinical_desk: Desk, qtbot: QtBot) -> PeoplePage:
    made = PeoplePage(clinical_desk)
    clinical_desk.store.listeners.append(made.refresh)
    qtbot.addWidget(made)
    made.resize(1190, 740)
    with qtbot.waitExposed(made):
        made.show()
    return made


# Whoever works here and is not recorded is offered as the first of the staff.
ME = ("Staff", "Renee Okafor, RN")


def titles(page: PeoplePage) -> list[str]:
    rows = page.view.rows
    held = [rows.content(at) for at in range(rows.rowCount())]
    return [each if isinstance(each, str) else each.title for each in held]


def test_there_is_one_own_facility(clinical_store: Store) -> None:
    first = save_facility(clinical_store, Facility(name="Riverbend", own=True))
    second = save_facility(clinical_store, Facility(name="Northlake", own=True))
    assert [each.own for each in clinical_store.all(Facility)] == [False, True]
    assert clinical_store.get(Facility, first.id).version != first.version
    assert second.own


def test_there_is_never_none_of_our_own(page: PeoplePage, clinical_store: Store) -> None:
    with pytest.raises(Refused) as caught:
        save_facility(clinical_store, Facility(name="Riverbend"))
    assert [fault.field for fault in caught.value.faults] == ["own"]
    ours = save_facility(clinical_store, Facility(name="Riverbend", own=True))
    page.show_record(ours.id)
    assert page.form is not None
    QTest.mouseClick(page.form.form.editor("own"), Qt.MouseButton.LeftButton)
    page.form.save()
    assert "must be ours" in page.form.form.field("own").fault()
    assert clinical_store.get(Facility, ours.id) == ours
    save_facility(clinical_store, Facility(name="Northlake"))
    assert titles(page) == ["Your facility", "Riverbend", "Other facilities", "Northlake", *ME]


def test_an_unfit_record_is_not_written(clinical_store: Store) -> None:
    with pytest.raises(Refused):
        save_facility(clinical_store, Facility(name=" ", zone="Mars/Base"))
    with pytest.raises(Refused):
        save_practitioner(clinical_store, Practitioner())
    assert clinical_store.all(Facility) == ()
    assert clinical_store.all(Practitioner) == ()


def test_entered_by_keyboard_and_listed(page: PeoplePage, clinical_store: Store) -> None:
    page.new_facility()
    assert page.form is not None
    QTest.keyClicks(page.form.form.editor("name"), "Riverbend & Sons <b>Clinic</b>")
    QTest.keyClick(page.form.form.editor("name"), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (place,) = clinical_store.all(Facility)
    assert (place.name, place.own) == ("Riverbend & Sons <b>Clinic</b>", True)
    page.new()
    assert page.form is not None
    page.form.form.set_values({"name": "Wei Chen", "credential": Credential.MD})
    page.form.save()
    (person,) = clinical_store.all(Practitioner)
    assert (person.title(), person.facility) == ("Wei Chen, MD", place.id)
    assert titles(page) == ["Your facility", "Riverbend & Sons <b>Clinic</b>", *ME, "Practitioners", "Wei Chen, MD"]


def test_faults_stand_beside_the_fields_and_the_draft_stays(
    page: PeoplePage, clinical_store: Store, qtbot: QtBot
) -> None:
    page.new()
    assert page.form is not None
    QTest.keyClicks(page.form.form.editor("service"), "Surgery")
    page.form.save()
    assert page.form.form.field("name").fault() == "Name is needed."
    qtbot.waitUntil(lambda: clinical_store.drafts.get("practitioner/new") is not None, timeout=2000)
    page.new_facility()
    page.new()
    assert page.form.form.editor("service").value() == "Surgery"


@pytest.mark.parametrize("text", ["<img src=x>", "a\x00b", "\ud800", "\u202egnp", "w" * 100_000])
def test_hostile_text_is_kept_or_refused(page: PeoplePage, clinical_store: Store, text: str) -> None:
    page.new_facility()
    assert page.form is not None
    for line in page.form.form.findChildren(QLineEdit):
        line.setText(text)
        line.textEdited.emit(text)
    for area in page.form.form.findChildren(QTextEdit):
        area.setPlainText(text)
    page.form.save_draft()
    page.form.save()
    assert clinical_store.all(Facility) == ()
    assert clinical_store.drafts.get("facility/new") is not None


def test_choosing_one_shows_its_form(page: PeoplePage, clinical_store: Store) -> None:
    fill_practice_patients(clinical_store)
    chen = next(each for each in clinical_store.all(Practitioner) if each.name == "Wei Chen")
    page.view.select(chen.id)
    assert page.form is not None
    assert page.form.record() == chen


def test_a_draft_waits_in_the_list_of_a_new_page(clinical_desk: Desk, qtbot: QtBot, page: PeoplePage) -> None:
    page.new()
    assert page.form is not None
    QTest.keyClicks(page.form.form.editor("name"), "Wei")
    page.save_draft()
    assert titles(page) == ["Not finished", "Wei"]
    again = PeoplePage(clinical_desk)
    qtbot.addWidget(again)
    assert titles(again) == ["Not finished", "Wei"]
    assert again.form is not None
    assert again.form.form.editor("name").value() == "Wei"


def test_a_draft_goes_on_top_of_what_was_saved_since(page: PeoplePage, clinical_store: Store) -> None:
    chen = save_practitioner(clinical_store, Practitioner(name="Wei Chen"))
    page.show_record(chen.id)
    assert page.form is not None
    QTest.keyClicks(page.form.form.editor("service"), "Surgery")
    page.save_draft()
    save_practitioner(clinical_store, msgspec.structs.replace(chen, phone="555 010 0111"))
    page.form.save()
    assert clinical_store.get(Practitioner, chen.id).service == "", "nothing is written over another's change"
    page.show_record(chen.id)
    assert page.form.form.editor("service").value() == "Surgery"
    page.form.save()
    assert clinical_store.get(Practitioner, chen.id).service == "Surgery"


def test_discarded_and_taken_back(page: PeoplePage, clinical_store: Store, clinical_desk: Desk) -> None:
    chen = save_practitioner(clinical_store, Practitioner(name="Wei Chen"))
    page.show_record(chen.id)
    assert page.form is not None
    QTest.keyClicks(page.form.form.editor("service"), "Surgery")
    page.form.discard()
    assert page.form.form.editor("service").value() == ""
    assert clinical_store.drafts.keys() == ()
    assert isinstance(clinical_desk.frame, NoFrame)
    _words, undo = clinical_desk.frame.toasts[-1]
    assert undo is not None
    undo()
    assert page.form.form.editor("service").value() == "Surgery"


def test_practitioners_without_a_facility_ask_for_it(page: PeoplePage, clinical_store: Store) -> None:
    save_practitioner(clinical_store, Practitioner(name="Wei Chen"))
    assert titles(page) == ["Your facility", "Not named yet", *ME, "Practitioners", "Wei Chen"]
    page.view.select("facility/new")
    assert page.form is not None
    page.form.start()
    QTest.keyClicks(page.form.form.editor("name"), "Riverbend")
    page.form.save()
    assert titles(page) == ["Your facility", "Riverbend", *ME, "Practitioners", "Wei Chen"]
    assert [each.own for each in clinical_store.all(Facility)] == [True]


def test_what_a_house_can_do_is_asked_line_by_line(page: PeoplePage, clinical_store: Store) -> None:
    ours = save_facility(clinical_store, Facility(name="Riverbend", own=True))
    page.show_record(ours.id)
    assert page.form is not None
    part = page.form.capabilities
    assert part is not None
    assert part.rows is None  # made when they are asked for
    QTest.mouseClick(part.open, Qt.MouseButton.LeftButton)
    assert part.rows is not None
    oxygen = part.rows.rows[CapabilityCode.HIGH_FLOW_O2]
    assert set(part.rows.rows) == set(CapabilityCode)
    oxygen.answer.set_value(Availability.YES)
    oxygen.most.setText("ten")
    page.form.save()
    assert "number" in oxygen.show_words()
    oxygen.most.setText("10")
    page.form.save()
    (held,) = clinical_store.get(Facility, ours.id).capabilities
    assert (held.code, held.most, held.unit) == (CapabilityCode.HIGH_FLOW_O2, 10, "L/min")
    assert "up to 10 L/min" in in_words(clinical_store.get(Facility, ours.id), on=TODAY.date())[0][1]


def test_what_held_before_stays(page: PeoplePage, clinical_store: Store) -> None:
    past = Capability(code=CapabilityCode.VENT, available=Availability.NO, effective_to=TODAY.date() - WEEK)
    now = Capability(code=CapabilityCode.VENT, available=Availability.YES, effective_from=TODAY.date())
    ours = save_facility(clinical_store, Facility(name="Riverbend", own=True, capabilities=(past, now)))
    page.show_record(ours.id)
    assert page.form is not None
    assert page.form.capabilities is not None
    page.form.capabilities.ask()
    rows = page.form.capabilities.rows
    assert rows is not None
    rows.rows[CapabilityCode.VENT].answer.set_value(Availability.BY_ARRANGEMENT)
    page.form.save()
    kept = clinical_store.get(Facility, ours.id).capabilities
    assert set(kept) == {past, msgspec.structs.replace(now, available=Availability.BY_ARRANGEMENT)}


def test_a_right_that_is_missing_is_said_below_the_form(page: PeoplePage, clinical_store: Store) -> None:
    put(clinical_store, a_member(role=StaffRole.AUDITOR))
    page.new()
    assert page.form is not None
    page.form.form.editor("name").setText("Wei Chen")
    page.form.save()
    said = [each.plain() for each in page.form.findChildren(Wrapped)]
    assert any("you may not change facilities" in words for words in said)
    assert clinical_store.all(Practitioner) == ()


def test_somebody_says_who_they_are_with_their_pin(page: PeoplePage, clinical_store: Store) -> None:
    put(clinical_store, a_member())
    supervisor = a_supervisor(clinical_store)
    as_actor(clinical_store, uuid.uuid4(), "M. Lindholm")
    page.show_record(supervisor.id)
    assert page.form is not None
    proof = page.form.proof
    QTest.mouseClick(proof.mine, Qt.MouseButton.LeftButton)
    QTest.keyClicks(proof.old, "135790")
    QTest.keyClick(proof.old, Qt.Key.Key_Return)
    assert "not the PIN" in proof.say.plain()
    assert working(clinical_store).role is None
    QTest.keyClicks(proof.old, PIN)
    QTest.keyClick(proof.old, Qt.Key.Key_Return)
    assert working(clinical_store).id == supervisor.id
    assert PIN not in str(clinical_store.drafts.keys())
