"""The frame: rail, status bar, banner, tabs, cards, confirmation, tables and charts."""

from __future__ import annotations

import datetime as dt
import uuid

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from liaison_desktop.ui.banner import Banner, BannerFact, stripe_of
from liaison_desktop.ui.cards import CardRow, FollowUpRow
from liaison_desktop.ui.charts import Bars, ChartCard, Sparkline
from liaison_desktop.ui.chips import Chip, ChipSpec, FilterChip
from liaison_desktop.ui.confirm import Confirm
from liaison_desktop.ui.layout import column, refill
from liaison_desktop.ui.pictures import initials_of
from liaison_desktop.ui.status_bar import StatusBar
from liaison_desktop.ui.tab_strip import TabStrip
from liaison_desktop.ui.table import TextTable, record_table, shown
from liaison_desktop.ui.tabs import SectionRail, SectionState
from liaison_desktop.ui.text import label
from liaison_desktop.ui.tokens import RAIL, RAIL_ICONS
from tests.fakes import NoFrame
from tests.ui.audit import cut_texts, texts_of, unnamed
from tests.ui.gallery import A_MEETING, Channel, Meeting, rail


def test_the_rail_goes_where_the_window_says(qtbot: QtBot) -> None:
    held = rail()
    qtbot.addWidget(held)
    held.show()
    with qtbot.waitSignal(held.chosen) as told:
        qtbot.mouseClick(held._items["people"], Qt.MouseButton.LeftButton)
    assert told.args == ["people"]
    # Only the window knows whether it could go there.
    assert held._items["visits"].isChecked()
    assert not held._items["people"].isChecked()
    held.set_page("people")
    assert held._items["people"].isChecked()


def test_the_rail_by_keyboard_and_narrow(qtbot: QtBot) -> None:
    held = rail()
    qtbot.addWidget(held)
    held.show()
    held.activateWindow()
    qtbot.waitUntil(held.isActiveWindow)
    held._items["today"].setFocus()
    QTest.keyClick(held._items["today"], Qt.Key.Key_Down)
    assert held._items["people"].hasFocus()
    with qtbot.waitSignal(held.chosen):
        QTest.keyClick(held._items["people"], Qt.Key.Key_Return)
    assert held.width() == RAIL
    held.set_compact(True)
    assert held.width() == RAIL_ICONS
    assert held._items["safety"].accessibleName() == "Safety, 1"
    assert unnamed(held) == []
    held.grab()


def test_the_status_bar_says_only_what_it_knows(qtbot: QtBot) -> None:
    bar = StatusBar()
    qtbot.addWidget(bar)
    bar.show()
    assert bar.saved.isHidden()
    bar.show_saved("Saved 15:04")
    bar.show_place("This laptop only")
    assert texts_of(bar)[:2] == ["Saved 15:04", "This laptop only"]
    with qtbot.waitSignal(bar.lock_asked):
        next(b for b in bar.findChildren(QPushButton) if "Lock" in b.text()).click()
    with qtbot.waitSignal(bar.bar_asked):
        next(b for b in bar.findChildren(QPushButton) if "Anything" in b.text()).click()


def test_the_banner_shows_another_person(qtbot: QtBot) -> None:
    banner = Banner()
    qtbot.addWidget(banner)
    banner.resize(1190, 64)
    banner.show()
    banner.show_person(
        "María L. Álvarez", "14 Mar 1961", [BannerFact("Record", "0049-3382")], ("Penicillin",), "0049-3382"
    )
    assert cut_texts(banner) == []
    banner.show_person("Sam Reed", "1 Jan 1980", [], (), "0050-0001")
    # Qt shows what was added at the next turn of its loop.
    qtbot.waitUntil(lambda: "Sam Reed" in texts_of(banner))
    seen = texts_of(banner)
    assert "María L. Álvarez" not in seen
    assert stripe_of("0049-3382") == stripe_of("0049-3382")


def test_tabs_and_sections(qtbot: QtBot) -> None:
    tabs = TabStrip(["Overview", "Consents"])
    sections = SectionRail([SectionState("A", "Identity", 8, 8), SectionState("B", "Language", 0, 9, fault=True)])
    for held in (tabs, sections):
        qtbot.addWidget(held)
        held.show()
        with qtbot.waitSignal(held.changed) as told:
            QTest.keyClick(held.buttons[1], Qt.Key.Key_Return)
        assert told.args == [1]
        assert held.current() == 1
        held.grab()
    sections.set_states([SectionState("A", "Identity", 8, 8)])
    assert sections.buttons[1].isHidden()
    assert sections.buttons[0].accessibleName() == "A Identity, 8 of 8"


def test_rows_of_a_card_open_and_are_ticked(qtbot: QtBot) -> None:
    opened: list[int] = []
    card, follow = (
        CardRow("Call", on_click=lambda: opened.append(1)),
        FollowUpRow("Send letter", ChipSpec("Fri", "amber")),
    )
    for held in (card, follow):
        qtbot.addWidget(held)
        held.show()
    QTest.keyClick(card, Qt.Key.Key_Return)
    with qtbot.waitSignal(follow.toggled):
        qtbot.mouseClick(follow, Qt.MouseButton.LeftButton)
    assert opened == [1]
    assert follow.isChecked()
    still = CardRow("Fact")
    qtbot.addWidget(still)
    assert still.focusPolicy() is Qt.FocusPolicy.NoFocus


def test_a_confirmation_asks_for_its_reason(qtbot: QtBot) -> None:
    held = Confirm("Export?", "412 people leave.", "Export", danger=True, reason="Why")
    qtbot.addWidget(held)
    held.show()
    with qtbot.assertNotEmitted(held.accepted):
        held.act.click()
    assert "Say why." in texts_of(held)
    held.reason.set_text("  asked by audit ")
    with qtbot.waitSignal(held.accepted) as told:
        held.act.click()
    assert told.args == ["asked by audit"]
    with qtbot.waitSignal(held.rejected):
        QTest.keyClick(held, Qt.Key.Key_Escape)


def test_chips_change_and_filters_toggle(qtbot: QtBot) -> None:
    chip, filtered = Chip("Draft", "amber"), FilterChip("Open 3")
    for held in (chip, filtered):
        qtbot.addWidget(held)
        held.show()
    before = chip.width()
    chip.show_chip("Submitted and locked", "green", "lock")
    assert chip.width() > before
    with qtbot.waitSignal(filtered.toggled):
        qtbot.mouseClick(filtered, Qt.MouseButton.LeftButton)


def test_a_box_can_be_filled_again(qtbot: QtBot) -> None:
    box = column(label("Old"), label("Older"))
    qtbot.addWidget(box)
    box.show()
    refill(box, label("New"), None)
    qtbot.waitUntil(lambda: texts_of(box) == ["New"])


def test_values_as_people_read_them() -> None:
    assert shown(Channel.IN_PERSON) == "In person"
    assert shown(None) == shown(uuid.uuid4()) == ""
    assert shown(True) == "Yes"
    assert shown(dt.date(2026, 11, 19)) == "19 Nov 2026"
    assert shown((Channel.VIDEO, Channel.PHONE)) == "Video, Phone"
    assert shown(2.5) == "2.5"
    assert shown("<img src=x>") == "<img src=x>"


def test_a_table_of_records(qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    view = record_table(Meeting, [A_MEETING, A_MEETING], "who", "channel", "minutes")
    qtbot.addWidget(view)
    view.show()
    assert view.model().headerData(1, Qt.Orientation.Horizontal) == "Channel"
    assert view.model().index(0, 1).data() == "Video"
    qtmodeltester.check(view.model())
    empty = TextTable([], [])
    qtmodeltester.check(empty)


def test_a_chart_speaks_its_numbers_and_turns_into_a_table(qtbot: QtBot) -> None:
    chart = ChartCard("Themes", Bars([("Dosing", 14, "+6")], "Themes"), ["Theme", "Count"], [["Dosing", "14"]])
    qtbot.addWidget(chart)
    chart.show()
    assert chart.chart.accessibleDescription() == "Dosing: 14"
    chart.button.click()
    assert chart.table is not None
    assert chart.table.isVisible()
    assert not chart.chart.isVisible()
    chart.button.click()
    assert chart.chart.isVisible()


def test_charts_of_nothing_and_of_one_value(qtbot: QtBot) -> None:
    for held in (Sparkline([]), Sparkline([3.0]), Sparkline([1, 1, 1], band=(1, 1)), Bars([]), Bars([("None", 0)])):
        qtbot.addWidget(held)
        held.show()
        held.grab()


def test_initials() -> None:
    assert [initials_of(name) for name in ("Amara Lindqvist", "Ruth Okafor, RN", "Cher", "", "Dr. Ana de Wit", "李")] == [
        "AL", "R", "C", "?", "AW", "李",
    ]  # fmt: skip


def test_a_page_without_a_window_is_remembered() -> None:
    frame, record = NoFrame(), uuid.uuid4()
    frame.open("visit", record)
    frame.go("today")
    frame.toast("Saved")
    assert (frame.opened, frame.gone, frame.toasts) == ([("visit", record)], ["today"], [("Saved", None)])
