"""Every editor gives back what it was given, and says when it cannot read what was typed."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Annotated, Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from liaison_desktop.records import Field, Row, spec_of
from liaison_desktop.ui.date_editors import DayEditor, MomentEditor, TimeEditor
from liaison_desktop.ui.editors import (
    ChoiceEditor,
    ComboEditor,
    DecimalEditor,
    LongTextEditor,
    TextEditor,
    WholeEditor,
    YesNoEditor,
    editor_for,
)
from liaison_desktop.ui.layout import column
from liaison_desktop.ui.month import MonthPopup
from liaison_desktop.ui.ticks import TickEditor
from tests.fakes import CHICAGO_WINTER, Clock
from tests.ui.audit import texts_of
from tests.ui.gallery import Channel, Meeting, Subject

TEXTS = [
    "",
    "plain",
    "<img src=x>",
    "a & b",
    "\u202eabc",
    "Łódź Ελλάς Кириллица",
    "'; DROP TABLE visit; --",
    "x" * 4000,
]
STARTED = dt.datetime(2026, 11, 19, 14, 0, 30, 5, tzinfo=CHICAGO_WINTER)


def _round(qtbot: QtBot, name: str, value: Any) -> Any:
    editor: Any = editor_for(spec_of(Meeting, name))
    qtbot.addWidget(editor)
    with qtbot.assertNotEmitted(editor.changed):
        editor.set_value(value)
    assert editor.complaint() == ""
    return editor.value()


@pytest.mark.parametrize("text", TEXTS)
def test_texts(qtbot: QtBot, text: str) -> None:
    assert _round(qtbot, "who", text) == text
    assert _round(qtbot, "notes", text) == text


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("minutes", 30), ("minutes", -3), ("minutes", None), ("dose", 2.5), ("dose", 0.1), ("dose", None),
        ("started", STARTED), ("started", None), ("next_on", dt.date(2026, 2, 28)), ("next_on", None),
        ("channel", Channel.PHONE), ("channel", None), ("theme", Subject.COST), ("theme", None),
        ("themes", (Subject.DOSING, Subject.SAFETY)), ("themes", ()), ("heard", True), ("heard", False), ("heard", None),
        ("fair", True), ("fair", False), ("lines", ("one", "two")), ("lines", ()),
    ],
)  # fmt: skip
def test_values(qtbot: QtBot, name: str, value: object) -> None:
    assert _round(qtbot, name, value) == value


def test_each_type_has_its_editor(qtbot: QtBot) -> None:
    kinds = {
        "who": TextEditor, "notes": LongTextEditor, "minutes": WholeEditor, "dose": DecimalEditor, "next_on": DayEditor,
        "started": MomentEditor, "heard": YesNoEditor, "channel": ChoiceEditor, "theme": ComboEditor, "fair": TickEditor,
    }  # fmt: skip
    for name, kind in kinds.items():
        editor = editor_for(spec_of(Meeting, name))
        qtbot.addWidget(editor)
        assert type(editor) is kind


@pytest.mark.parametrize(
    ("kind", "typed"),
    [(WholeEditor, "3.5"), (WholeEditor, "abc"), (WholeEditor, "１２"), (WholeEditor, "9" * 40), (DecimalEditor, "1,2,3"),
     (DecimalEditor, "nan"), (DecimalEditor, "1e9"), (DayEditor, "31 Feb"), (TimeEditor, "25:00")],
)  # fmt: skip
def test_what_cannot_be_read_is_said(qtbot: QtBot, kind: type, typed: str) -> None:
    editor = kind()
    qtbot.addWidget(editor)
    QTest.keyClicks(editor, typed) if typed.isascii() else editor.setText(typed)
    assert editor.value() is None
    assert editor.complaint().endswith(".")
    editor.clear()
    assert editor.complaint() == ""


def test_a_comma_is_a_decimal_point(qtbot: QtBot) -> None:
    editor = DecimalEditor()
    qtbot.addWidget(editor)
    QTest.keyClicks(editor, "2,5")
    assert editor.value() == 2.5


def test_typing_is_told(qtbot: QtBot) -> None:
    for editor in (TextEditor("a"), LongTextEditor(3, "b"), DayEditor("c")):
        qtbot.addWidget(editor)
        with qtbot.waitSignal(editor.changed):
            QTest.keyClicks(editor, "x")


def test_a_day_is_spelt_out_when_it_is_left(qtbot: QtBot, clock: Clock) -> None:
    editor = DayEditor("Day", clock)
    qtbot.addWidget(editor)
    editor.show()
    QTest.keyClicks(editor, "tomorrow")
    assert editor.value() == dt.date(2026, 11, 20)
    editor.set_value(editor.value())
    assert editor.text() == "20 Nov 2026"


def test_arrows_move_a_day(qtbot: QtBot, clock: Clock) -> None:
    editor = DayEditor("Day", clock)
    qtbot.addWidget(editor)
    QTest.keyClick(editor, Qt.Key.Key_Up)
    assert editor.text() == "19 Nov 2026"
    with qtbot.waitSignal(editor.changed):
        QTest.keyClick(editor, Qt.Key.Key_PageUp)
    QTest.keyClick(editor, Qt.Key.Key_Down)
    assert editor.value() == dt.date(2026, 11, 25)
    editor.set_value(dt.date.max)
    QTest.keyClick(editor, Qt.Key.Key_Up)
    assert editor.value() == dt.date.max


def test_a_day_is_tapped_in_a_month(qtbot: QtBot, clock: Clock) -> None:
    page = column(DayEditor("Day", clock), None)
    qtbot.addWidget(page)
    page.resize(500, 600)
    page.show()
    editor = page.findChild(DayEditor)
    assert editor is not None
    editor._calendar.trigger()
    month = page.findChild(MonthPopup)
    assert month is not None
    assert month.isVisible()
    assert "November 2026" in texts_of(month)
    qtbot.mouseClick(month._on, Qt.MouseButton.LeftButton)
    cell = month._days._cell()
    with qtbot.waitSignal(editor.changed) as told:
        # December 2026 begins on a Tuesday.
        place = QPoint(cell + cell // 2, 24 + cell // 2)
        qtbot.mouseClick(month._days, Qt.MouseButton.LeftButton, pos=place)
    assert told.args == [dt.date(2026, 12, 1)]
    assert month.isHidden()
    editor._calendar.trigger()
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert month.isHidden()
    editor._calendar.trigger()
    # On the native window, as a real press comes.
    QTest.mouseClick(page.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(490, 590))
    assert month.isHidden()


@pytest.mark.parametrize("day", [dt.date.min, dt.date.max])
def test_the_calendar_ends_quietly(qtbot: QtBot, clock: Clock, day: dt.date) -> None:
    page = column(DayEditor("Day", clock), None)
    qtbot.addWidget(page)
    page.show()
    editor = page.findChild(DayEditor)
    assert editor is not None
    month = MonthPopup(editor)
    month.show_month(day, day)
    for press in (month._back, month._on, month._on, month._back):
        press.click()
    month.grab()


def test_a_moment_keeps_its_zone_and_needs_both_parts(qtbot: QtBot, clock: Clock) -> None:
    editor = MomentEditor("Started", clock)
    qtbot.addWidget(editor)
    editor.set_value(STARTED)
    editor.time.clear()
    assert editor.value() is None
    assert editor.complaint() == "Write the time as well."
    QTest.keyClicks(editor.time, "15:30")
    assert editor.value() == dt.datetime(2026, 11, 19, 15, 30, tzinfo=CHICAGO_WINTER)
    editor.set_value(None)
    QTest.keyClicks(editor.day, "today")
    QTest.keyClicks(editor.time, "9")
    held = editor.value()
    assert held is not None
    assert held.tzinfo is not None
    assert (held.day, held.hour) == (19, 9)


def test_a_code_out_of_many_is_found_by_typing(qtbot: QtBot) -> None:
    editor = ComboEditor(Subject, "Theme")
    qtbot.addWidget(editor)
    editor.resize(300, 32)
    editor.show()
    QTest.keyClicks(editor, "long saf")
    assert editor.value() is None
    assert editor.complaint() != ""
    with qtbot.waitSignal(editor.changed) as told:
        QTest.keyClick(editor, Qt.Key.Key_Return)
    assert told.args == [Subject.SAFETY]
    assert (editor.text(), editor.complaint()) == ("Safety in the long run", "")


def test_the_list_opens_moves_and_closes_by_keyboard(qtbot: QtBot) -> None:
    editor = ComboEditor(Subject, "Theme")
    qtbot.addWidget(editor)
    editor.resize(300, 400)
    editor.show()
    QTest.keyClick(editor, Qt.Key.Key_Down)
    assert editor.is_open()
    QTest.keyClick(editor, Qt.Key.Key_Down)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert editor.value() is Subject.ITCH
    QTest.keyClick(editor, Qt.Key.Key_Down)
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert not editor.is_open()
    assert editor.value() is Subject.ITCH


def test_a_match_is_taken_with_the_mouse(qtbot: QtBot) -> None:
    page = column(ComboEditor(Subject, "Theme"), None)
    qtbot.addWidget(page)
    page.resize(500, 600)
    page.show()
    editor = page.findChild(ComboEditor)
    assert editor is not None
    qtbot.mouseClick(editor, Qt.MouseButton.LeftButton)
    assert editor.is_open()
    assert editor._popup is not None
    view = editor._popup.view
    with qtbot.waitSignal(editor.changed):
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(view.rows.index(2)).center())
    assert editor.value() is Subject.SWITCH
    assert not editor.is_open()


def test_pasted_markup_stays_text(qtbot: QtBot) -> None:
    editor = LongTextEditor(3, "Notes")
    qtbot.addWidget(editor)
    editor.insertPlainText("<img src=x><b>no</b>")
    assert editor.value() == "<img src=x><b>no</b>"
    assert not editor.acceptRichText()


def test_underlines_come_and_go(qtbot: QtBot) -> None:
    editor = LongTextEditor(3, "Notes")
    qtbot.addWidget(editor)
    editor.set_value("severe itching, then severe itching again")
    editor.mark(["severe itching", ""])
    assert len(editor.extraSelections()) == 2
    editor.mark([])
    assert editor.extraSelections() == []


class _Nested(Row, frozen=True, kw_only=True):
    inner: Annotated[tuple[Meeting, ...], Field("Inner")] = ()
    other: Annotated[uuid.UUID | None, Field("Other", refers_to="person")] = None


def test_rows_are_laid_out_by_hand_and_references_need_a_store() -> None:
    for name in ("inner", "other"):
        with pytest.raises(TypeError):
            editor_for(spec_of(_Nested, name))
