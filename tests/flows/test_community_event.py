"""A community event by keystrokes alone, in fewer keys than fit into 45 seconds; and the one that follows from it."""

from __future__ import annotations

import datetime as dt

from pytestqt.qtbot import QtBot

from liaison_desktop.clinical.outreach.page import OutreachPage
from liaison_desktop.clinical.outreach.record import EventKind, Outcome, OutreachEvent, SourceContact, SourcePlace
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.clinical.workspace import WORKSPACE
from liaison_desktop.ui.desk import Desk
from tests.flows.keyboard import CTRL, KEY, ask_bar, named, opened, press, tab_to, types

TODAY = dt.date(2026, 11, 19)
MOST_KEYS = 180  # four a second, for 45 seconds


def test_recorded_refused_and_followed(qtbot: QtBot, clinical_desk: Desk) -> None:
    store = clinical_desk.store
    store.save(Patient(family="Álvarez", given="María", birth_date="1961-03-14"))
    frame = opened(qtbot, clinical_desk, WORKSPACE)
    ask_bar(qtbot, frame, "Outreach")
    page = frame.pages["outreach"]
    assert isinstance(page, OutreachPage)
    keys = 0

    def type_(text: str) -> None:
        nonlocal keys
        keys += len(text)
        types(text)

    def press_(key: KEY, modifier: object = None) -> None:
        nonlocal keys
        keys += 1
        press(key, modifier) if modifier is not None else press(key)  # type: ignore[arg-type]

    def tab(name: str) -> None:
        nonlocal keys
        keys += tab_to(name, 4)

    # A lunch at a hospital nobody knew, with somebody nobody knew: every name is typed once.
    press_(KEY.Key_N, CTRL)
    assert named() == "What"
    type_("lunch")
    press_(KEY.Key_Return)
    tab("Place")
    type_("Pine Ridge Rehab")
    tab("With whom")
    type_("Nadia Flores")
    press_(KEY.Key_Return)
    tab("Topic")
    type_("Saw Maria Alvarez")
    tab("Outcome")
    type_("will")
    press_(KEY.Key_Return)
    tab("Next")
    type_("Send criteria")
    tab("On")
    type_("23 nov")
    press_(KEY.Key_Return, CTRL)
    assert store.all(OutreachEvent) == ()
    assert page.form is not None
    assert named() == "Topic"
    assert "name of a patient" in page.form.forms[0].field("topic").fault()
    press_(KEY.Key_A, CTRL)
    type_("Stroke rehab")
    press_(KEY.Key_Return, CTRL)

    (event,) = store.all(OutreachEvent)
    (place,) = store.all(SourcePlace)
    (nadia,) = store.all(SourceContact)
    assert (event.event_kind, event.held_on, event.outcome) == (EventKind.LUNCH_LEARN, TODAY, Outcome.WILL_REFER)
    assert (place.name, nadia.name, nadia.place_id) == ("Pine Ridge Rehab", "Nadia Flores", place.id)
    assert (event.topic, event.next_action, event.next_on) == ("Stroke rehab", "Send criteria", dt.date(2026, 11, 23))
    assert keys < MOST_KEYS, keys

    # What is next stands first; from there the call is recorded, and closes it.
    press(KEY.Key_Return)  # from the list into the event
    tab_to("Record it", back=True)
    press(KEY.Key_Space)
    assert named() == "What"
    types("phone")
    press(KEY.Key_Return)
    press(KEY.Key_Return, CTRL)
    assert len(store.all(OutreachEvent)) == 2
    assert store.get(OutreachEvent, event.id).next_done_on == TODAY
    frame.put_away()
