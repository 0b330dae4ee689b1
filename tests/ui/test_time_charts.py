"""Measures over time: spoken, told under the pointer, in one scale of time, and nothing where there is nothing."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.time_charts import TimeChart, TimeLine, TimePoint
from tests.fakes import TODAY


def at(days: int) -> dt.datetime:
    return TODAY - dt.timedelta(days=days)


PULSE = TimeLine("Pulse", "per minute", (TimePoint(at(4), 80, "80"), TimePoint(at(0), 130, "130", True)), (50, 120))
PAIN = TimeLine("Pain", "0 to 10", (TimePoint(at(2), 4, "4"),), None, "2 days ago")


def shown(qtbot: QtBot, *lines: TimeLine) -> TimeChart:
    chart = TimeChart(lines, "Over time", now=TODAY)
    qtbot.addWidget(chart)
    chart.resize(480, chart.height())
    with qtbot.waitExposed(chart):
        chart.show()
    return chart


def test_every_value_is_spoken_with_its_moment(qtbot: QtBot, clinical_desk: Desk) -> None:
    told = shown(qtbot, PULSE, PAIN).accessibleDescription()
    assert "Pulse, per minute: 80, Sun 15 Nov, 14:00; 130, Thu 19 Nov, 14:00, outside the usual range" in told
    assert "Pain, 0 to 10: 4, Tue 17 Nov, 14:00" in told


def test_all_lines_share_one_scale_of_time(qtbot: QtBot, clinical_desk: Desk) -> None:
    chart = shown(qtbot, PULSE, PAIN)
    pulse = chart.spots(PULSE, chart._plot(0))
    (pain,) = chart.spots(PAIN, chart._plot(1))
    assert abs((pulse[0].x() + pulse[1].x()) / 2 - pain.x()) < 1  # two of four days ago is the middle
    assert pulse[1].y() < pulse[0].y()


def test_the_nearest_value_is_told_under_the_pointer(qtbot: QtBot, clinical_desk: Desk) -> None:
    chart = shown(qtbot, PULSE, PAIN)
    spot = chart.spots(PULSE, chart._plot(0))[1]
    assert chart.told_at(spot).startswith("Pulse 130, Thu 19 Nov")
    QTest.mouseMove(chart, QPoint(2, 2))
    assert chart.told_at(chart._plot(0).topLeft()) == ""


def test_it_is_drawn_in_both_themes_and_takes_no_room_without_lines(qtbot: QtBot, clinical_desk: Desk) -> None:
    chart = shown(qtbot, PULSE, PAIN)
    pixels = chart.grab().toImage()
    tones = {pixels.pixelColor(x, y).name() for x in range(0, pixels.width(), 3) for y in range(0, pixels.height(), 2)}
    assert len(tones) > 4
    chart.set_lines((TimeLine("Weight", "kg", ()),))
    assert chart.height() == 0
    assert chart.lines == ()
    assert chart.accessibleName() == "Over time"
    assert chart.focusPolicy() == Qt.FocusPolicy.NoFocus  # its table is for the keyboard
