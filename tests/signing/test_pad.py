"""The pad with pen, finger and mouse; the keyboard's way; what comes out as vectors."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from liaison_desktop.signing import Method
from liaison_desktop.signing.pad import SignatureField, SignaturePad


@pytest.fixture
def pad(qtbot) -> SignaturePad:
    made = SignaturePad()
    qtbot.addWidget(made)
    made.resize(600, made.height())
    with qtbot.waitExposed(made):
        made.show()
    return made


def drawn_with_mouse(pad: SignaturePad, *points: tuple[int, int]) -> None:
    first, *rest = (QPoint(*point) for point in points)
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=first)
    for point in rest:
        QTest.mouseMove(pad, point)
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=rest[-1] if rest else first)


PEN = QPointingDevice(
    "pen",
    7,
    QInputDevice.DeviceType.Stylus,
    QPointingDevice.PointerType.Pen,
    QInputDevice.Capability.Position | QInputDevice.Capability.Pressure,
    1,
    1,
)


def pen(pad: SignaturePad, kind: QEvent.Type, x: float, y: float, pressure: float, at: int) -> None:
    buttons = Qt.MouseButton.LeftButton
    event = QTabletEvent(
        kind,
        PEN,
        QPointF(x, y),
        QPointF(x, y),
        pressure,
        0,
        0,
        0,
        0,
        0,
        Qt.KeyboardModifier.NoModifier,
        buttons,
        buttons,
    )
    event.setTimestamp(at)
    QApplication.sendEvent(pad, event)


def test_the_mouse_draws_a_stroke(pad: SignaturePad, qtbot) -> None:
    with qtbot.waitSignal(pad.changed):
        drawn_with_mouse(pad, (50, 60), (80, 40), (120, 90))
    (stroke,) = pad.strokes
    assert [(point.x, point.y) for point in stroke.points] == [(50.0, 60.0), (80.0, 40.0), (120.0, 90.0)]
    assert {point.pressure for point in stroke.points} == {0.5}
    assert stroke.points[0].t_ms == 0
    assert not pad.is_empty


def test_the_pen_keeps_pressure_and_time(pad: SignaturePad) -> None:
    pen(pad, QEvent.Type.TabletPress, 40, 40, 0.2, 1000)
    pen(pad, QEvent.Type.TabletMove, 60, 50, 0.8, 1016)
    pen(pad, QEvent.Type.TabletRelease, 60, 50, 0.0, 1020)
    pen(pad, QEvent.Type.TabletPress, 90, 40, 0.5, 1500)
    pen(pad, QEvent.Type.TabletRelease, 90, 40, 0.0, 1510)
    first, second = pad.strokes
    assert [(point.pressure, point.t_ms) for point in first.points] == [(0.2, 0), (0.8, 16)]
    assert [point.t_ms for point in second.points] == [500]


def test_the_finger_draws_and_the_resting_hand_does_not(pad: SignaturePad) -> None:
    screen = QTest.createTouchDevice()
    touch = QTest.touchEvent(pad, screen, False)
    touch.press(1, QPoint(30, 30), pad).commit()
    touch.move(1, QPoint(70, 60), pad).press(2, QPoint(300, 100), pad).commit()
    touch.release(1, QPoint(70, 60), pad).release(2, QPoint(300, 100), pad).commit()
    assert [(point.x, point.y) for stroke in pad.strokes for point in stroke.points] == [(30.0, 30.0), (70.0, 60.0)]


def test_strokes_stay_inside_the_pad(pad: SignaturePad) -> None:
    drawn_with_mouse(pad, (10, 10), (5000, 9000))
    last = pad.strokes[0].points[-1]
    assert (last.x, last.y) == (float(pad.width()), float(pad.height()))


def test_moving_without_pressing_draws_nothing(pad: SignaturePad) -> None:
    QTest.mouseMove(pad, QPoint(90, 90))
    QTest.mousePress(pad, Qt.MouseButton.RightButton, pos=QPoint(20, 20))
    QTest.mouseRelease(pad, Qt.MouseButton.RightButton, pos=QPoint(20, 20))
    assert pad.is_empty


def test_the_pad_is_never_mirrored(pad: SignaturePad, qapp) -> None:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        assert pad.layoutDirection() is Qt.LayoutDirection.LeftToRight
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_clear_begins_again(pad: SignaturePad) -> None:
    drawn_with_mouse(pad, (50, 60), (80, 40))
    pad.clear()
    assert pad.strokes == ()


def test_a_name_can_be_typed_with_the_keyboard_alone(qtbot) -> None:
    field = SignatureField()
    qtbot.addWidget(field)
    field.show()
    assert not field.is_given
    field.other_button.setFocus()
    QTest.keyClick(field.other_button, Qt.Key.Key_Space)
    assert field.typed.hasFocus() or field.focusWidget() is field.typed
    QTest.keyClicks(field.typed, "Maria Alvarez")
    assert (field.method, field.name, field.is_given, field.strokes) == (Method.TYPED, "Maria Alvarez", True, ())
    field.other_button.click()
    assert (field.method, field.is_given, field.name) == (Method.DRAWN, False, "")


def test_what_can_be_pressed_has_a_name(qtbot) -> None:
    field = SignatureField()
    qtbot.addWidget(field)
    named = (field.pad, field.typed, field.clear_button, field.other_button)
    assert all(widget.accessibleName() for widget in named)
