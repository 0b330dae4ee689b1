"""A consent signed, countersigned and printed by keys alone: nothing is clicked, and no page is called."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from liaison_desktop.clinical.consents.page import ConsentsPage
from liaison_desktop.clinical.consents.queries import copies_of, recent_consents
from liaison_desktop.clinical.consents.record import Consent, ConsentState
from liaison_desktop.clinical.people.record import StaffRole
from liaison_desktop.clinical.workspace import WORKSPACE
from liaison_desktop.shell.frame import WorkFrame
from liaison_desktop.signing import Method, Role
from liaison_desktop.ui.desk import Desk
from tests.builders import ACTOR_ID
from tests.clinical.consents.test_actions import ready
from tests.clinical.people.staff import a_member, as_actor, put
from tests.documents.samples import page_texts
from tests.fakes import Clock, PaperTray
from tests.flows.keyboard import KEY, here, opened, press, tab_to, types

PASSPHRASE = "seven green lanterns"


@pytest.fixture
def frame(qtbot: QtBot, clinical_desk: Desk, clock: Clock) -> Iterator[WorkFrame]:
    """The window with a consent that is ready to sign."""
    ready(clinical_desk.store, clock)
    clinical_desk.confirm_actor = lambda given: given == PASSPHRASE
    made = opened(qtbot, clinical_desk, WORKSPACE)
    yield made
    made.put_away()


def signs(name: str, turned: str) -> None:
    """Turn the screen, read, type the name, give the screen back; all with Tab, Space, letters and Enter."""
    tab_to(turned)
    press(KEY.Key_Space)
    tab_to("I have read it")
    press(KEY.Key_Space)
    if turned.endswith("Patient"):
        tab_to("Yes, I agree")
        press(KEY.Key_Space)
    tab_to("Type my name instead")
    press(KEY.Key_Space)
    types(name)
    tab_to("I have signed")
    press(KEY.Key_Space)
    types(PASSPHRASE)
    press(KEY.Key_Return)


@pytest.mark.timeout(180)
def test_signed_by_the_patient_witnessed_and_countersigned_the_next_day(
    frame: WorkFrame, clock: Clock, printer: PaperTray, qtbot: QtBot
) -> None:
    store = frame.desk.store
    (consent,) = recent_consents(store)
    tab_to("Consents")
    press(KEY.Key_Return)
    tab_to("Consents")
    press(KEY.Key_Return)
    turn = "Turn the screen for the signature of: "
    signs("Maria L. Alvarez", f"{turn}Patient")
    assert store.get(Consent, consent.id).state is ConsentState.SIGNED
    signs("Renee Okafor", f"{turn}Witness to signature")
    witnessed = store.get(Consent, consent.id)
    assert witnessed.state is ConsentState.WITNESSED
    assert [given.method for given in witnessed.signatures] == [Method.TYPED, Method.TYPED]
    tab_to("Close and go back to the list")
    press(KEY.Key_Space)

    # The next day the practitioner works here: the consent stands under To countersign, and it is their own passphrase.
    clock.tick(86_400)
    (me,) = put(store, a_member(actor=ACTOR_ID))
    (doctor,) = put(store, a_member("Wei Chen", StaffRole.PRACTITIONER_VIEW, actor=None))
    assert me.actor == ACTOR_ID
    doctor = store.save(msgspec.structs.replace(doctor, actor=doctor.id))
    as_actor(store, doctor)
    tab_to("To countersign 1")
    press(KEY.Key_Space)
    tab_to("Consents")
    press(KEY.Key_Return)
    signs("Wei Chen", f"{turn}Responsible clinician")
    done = store.get(Consent, consent.id)
    assert done.state is ConsentState.ACTIVE
    assert [given.role for given in done.signatures] == [Role.PATIENT, Role.WITNESS, Role.PRACTITIONER]

    # Printed: Tab to Print, Enter for the patient's copy.
    tab_to("Close and go back to the list")
    press(KEY.Key_Space)
    tab_to("All 1")
    press(KEY.Key_Space)
    page = frame.page
    assert isinstance(page, ConsentsPage)
    qtbot.waitUntil(lambda: bool(page.detail.preview.content), timeout=20_000)
    tab_to("Print")
    press(KEY.Key_Space)
    assert here().accessibleName() == "Print"
    press(KEY.Key_Return)
    assert all("Patient copy" in text for text in page_texts(printer.printed[0][0]))
    assert copies_of(store, consent.id)[0].actor_name.startswith("Wei Chen")
    frame.desk.jobs.wait()
