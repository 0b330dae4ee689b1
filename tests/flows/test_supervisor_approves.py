"""A second person on one laptop, by keystrokes alone: the nurse records herself and her supervisor, whose PIN lets a
change of roles pass that she may not make herself."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from liaison_desktop.clinical.people.actions import save_facility
from liaison_desktop.clinical.people.record import Facility, StaffMember, StaffRole
from liaison_desktop.clinical.workspace import WORKSPACE
from liaison_desktop.ui.desk import Desk
from tests.flows.keyboard import CTRL, KEY, ask_bar, opened, press, tab_to, types

PIN = "482915"


def test_the_nurse_the_supervisor_and_the_pin(qtbot: QtBot, clinical_desk: Desk) -> None:
    store = clinical_desk.store
    save_facility(store, Facility(name="Riverbend", own=True))
    frame = opened(qtbot, clinical_desk, WORKSPACE)
    ask_bar(qtbot, frame, "Care team")
    ask_bar(qtbot, frame, "New member of staff")  # herself first, as she was let in
    tab_to("Licence number")
    types("RN 204-118")
    press(KEY.Key_Return, CTRL)
    (nurse,) = store.all(StaffMember)
    assert (nurse.title(), nurse.role, nurse.license_no) == ("Renee Okafor, RN", StaffRole.LIAISON, "RN 204-118")

    ask_bar(qtbot, frame, "New member of staff")
    types("Marta Lindqvist")
    for words, answer in (("Credential", "RN"), ("Works here as", "superv")):
        tab_to(words)
        types(answer)
        press(KEY.Key_Return)
    press(KEY.Key_Return, CTRL)
    supervisor = next(each for each in store.all(StaffMember) if each.role is StaffRole.SUPERVISOR)
    press(KEY.Key_Return)  # from the list into her form
    tab_to("Set a PIN")
    press(KEY.Key_Space)
    types(PIN)
    press(KEY.Key_Return)
    assert store.get(StaffMember, supervisor.id).pin

    ask_bar(qtbot, frame, "New member of staff")
    types("Lee Park")
    for words, answer in (("Credential", "LPN"), ("Works here as", "liaison")):
        tab_to(words)
        types(answer)
        press(KEY.Key_Return)
    press(KEY.Key_Return, CTRL)
    assert len(store.all(StaffMember)) == 2  # refused, and the panel has the keyboard
    types("Starts today")
    press(KEY.Key_Tab)
    types(PIN)
    press(KEY.Key_Return)
    lee = next(each for each in store.all(StaffMember) if each.name == "Lee Park")
    assert lee.role is StaffRole.LIAISON
    assert store.versions(lee.id)[0].reason == "Starts today"
    frame.put_away()
