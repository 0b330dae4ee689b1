"""PC25, by keystrokes alone: two people check a patient on the day, and a name that is another's stops them."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from liaison_desktop.clinical.consents.page import ConsentsPage
from liaison_desktop.clinical.consents.queries import day_checks_of
from liaison_desktop.clinical.consents.record import DayAnswer
from liaison_desktop.clinical.workspace import WORKSPACE
from liaison_desktop.documents.sealing.verifying import Verdict, check
from liaison_desktop.sealed.actions import sealer_of
from liaison_desktop.signing import Method
from liaison_desktop.ui.desk import Desk
from tests.clinical.consents.test_actions import active
from tests.fakes import Clock, PaperTray
from tests.flows.keyboard import CTRL, KEY, command, here, opened, press, tab_to, types


@pytest.mark.timeout(180)
def test_two_people_check_the_patient(qtbot: QtBot, clinical_desk: Desk, clock: Clock, printer: PaperTray) -> None:
    store = clinical_desk.store
    consent = active(store, clock)
    frame = opened(qtbot, clinical_desk, WORKSPACE)
    command("Consents")
    page = frame.pages["consents"]
    assert isinstance(page, ConsentsPage)
    tab_to("Day of the procedure")
    press(KEY.Key_Space)
    form = page.day
    assert form is not None
    assert here() is form.said.editor("name_said")
    types("Ana Gomez")
    tab_to("Date of birth, as the patient says it")
    types("14 Mar 1961")
    tab_to("Procedure, as the patient says it")
    types("A camera in my bowel")
    tab_to("The same procedure as in the consent: Yes")
    press(KEY.Key_Space)
    for item in form.held.items:
        tab_to(f"{item.words}: Done")
        press(KEY.Key_Space)
    sign("Renee Okafor")
    tab_to("Second person")
    types("Marta Lindqvist")
    sign("Marta Lindqvist")
    press(KEY.Key_Return, CTRL)
    assert "not the one on the consent" in form.said.field("name_said").fault()
    assert day_checks_of(store, consent.id) == ()

    # The lid is closed and opened: what was typed is there; the right patient is in the bed now.
    form.said.editor("name_said").setFocus()
    press(KEY.Key_A, CTRL)
    types("Maria Alvarez")
    press(KEY.Key_Return, CTRL)
    (done,) = day_checks_of(store, consent.id)
    assert {item.answer for item in done.items} == {DayAnswer.DONE}
    assert [one.name_printed for one in done.signatures] == ["Renee Okafor RN", "Marta Lindqvist"]
    assert {one.method for one in done.signatures} == {Method.TYPED}
    assert done.consent_fingerprint == consent.fingerprint
    assert page.day is None
    tab_to("Print the day's page")
    press(KEY.Key_Space)
    qtbot.waitUntil(lambda: bool(printer.printed), timeout=90_000)
    found = check(printer.printed[0][0], sealer_of(store).authorities())
    assert (found.verdict, found.fingerprint) == (Verdict.GOOD, done.fingerprint)
    frame.desk.jobs.wait()
    frame.put_away()


def sign(name: str) -> None:
    """Type a name as a signature."""
    tab_to("Type my name instead")
    press(KEY.Key_Space)
    types(name)
