"""A form gives back the record's values and says what is wrong beside the field."""

from __future__ import annotations

import datetime as dt

import msgspec
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from liaison_desktop.errors import Fault, Severity
from liaison_desktop.ui.record_form import RecordForm
from tests.fakes import Clock
from tests.ui.audit import unnamed
from tests.ui.gallery import A_MEETING, Meeting

FIELDS = (
    "who",
    "minutes",
    "dose",
    "started",
    "next_on",
    "channel",
    "theme",
    "themes",
    "heard",
    "notes",
    "lines",
    "fair",
)


def _form(qtbot: QtBot) -> RecordForm:
    made = RecordForm(Meeting, ("who", ("minutes", 2), "dose"), *FIELDS[3:])
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def test_a_record_goes_in_and_comes_out(qtbot: QtBot) -> None:
    form = _form(qtbot)
    form.set_values(A_MEETING)
    assert msgspec.structs.replace(A_MEETING, **form.values()) == A_MEETING
    assert form.names == FIELDS


def test_an_empty_form_gives_a_record_without_answers(qtbot: QtBot) -> None:
    values = _form(qtbot).values()
    assert Meeting(**values).heard is None
    assert values["who"] == ""
    assert values["themes"] == ()
    assert values["started"] is None


def test_some_values_can_be_shown(qtbot: QtBot) -> None:
    form = _form(qtbot)
    form.set_values({"who": "Dr. Vance", "unknown": 1})
    assert form.values()["who"] == "Dr. Vance"


def test_faults_stand_beside_their_fields(qtbot: QtBot) -> None:
    form = _form(qtbot)
    others = form.show_faults(
        (
            Fault(field="who", message="Whom you met is needed."),
            Fault(field="themes.0.name", message="A theme has no name."),
            Fault(field="notes", message="This reads like a patient's name.", severity=Severity.WARN),
            Fault(field="", message="Too late."),
            Fault(field="elsewhere", message="Not here."),
        )
    )
    assert [fault.message for fault in others] == ["Too late.", "Not here."]
    assert form.field("who").fault() == "Whom you met is needed."
    assert form.field("themes").fault() == "A theme has no name."
    assert form.field("minutes").fault() == ""
    assert form.editor("who").hasFocus()
    assert form.editor("who").property("state") == "fault"
    assert form.editor("notes").property("state") != "fault"
    assert form.editor("who").accessibleDescription() == "Whom you met is needed."


def test_a_fault_goes_when_its_field_is_changed(qtbot: QtBot) -> None:
    form = _form(qtbot)
    form.show_faults((Fault(field="who", message="Whom you met is needed."),))
    with qtbot.waitSignal(form.changed) as told:
        QTest.keyClicks(form.editor("who"), "O")
    assert told.args == ["who"]
    assert form.field("who").fault() == ""
    form.show_faults((Fault(field="who", message="Again."),))
    form.clear_faults()
    assert form.field("who").fault() == ""


def test_what_cannot_be_read_is_a_fault(qtbot: QtBot) -> None:
    form = _form(qtbot)
    QTest.keyClicks(form.editor("next_on"), "soon")
    QTest.keyClicks(form.editor("minutes"), "half an hour")
    assert {fault.field for fault in form.unread()} == {"next_on", "minutes"}


def test_showing_values_says_nothing(qtbot: QtBot) -> None:
    form = _form(qtbot)
    with qtbot.assertNotEmitted(form.changed):
        form.set_values(A_MEETING)


def test_every_editor_has_a_name_and_the_needed_ones_say_so(qtbot: QtBot) -> None:
    form = _form(qtbot)
    assert unnamed(form) == []
    assert form.editor("who").accessibleName() == "Whom you met"
    assert "required" in [child.text() for child in form.field("who").findChildren(type(form.field("who")._label))]


def test_fields_side_by_side_start_on_one_line(qtbot: QtBot) -> None:
    form = _form(qtbot)
    form.show_faults((Fault(field="who", message="Needed."),))
    tops = {
        form.editor(name).mapTo(form, form.editor(name).rect().topLeft()).y() for name in ("who", "minutes", "dose")
    }
    assert len(tops) == 1


def test_read_only_lets_nothing_be_changed(qtbot: QtBot) -> None:
    form = _form(qtbot)
    form.set_values(A_MEETING)
    form.set_read_only(True)
    QTest.keyClicks(form.editor("who"), "x")
    assert form.values()["who"] == A_MEETING.who
    assert not form.editor("channel").isEnabled()


def test_the_clock_says_what_today_is(qtbot: QtBot, clock: Clock) -> None:
    form = RecordForm(Meeting, "next_on", clock=clock)
    qtbot.addWidget(form)
    QTest.keyClicks(form.editor("next_on"), "today")
    assert form.values()["next_on"] == dt.date(2026, 11, 19)
