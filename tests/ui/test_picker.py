"""A reference is found by typing, over a real store."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from liaison_desktop.msl.directory.record import Institution
from liaison_desktop.store import Store
from liaison_desktop.ui.picker import ManyPicker, Picker
from liaison_desktop.ui.suggest import Option
from tests.ui.audit import texts_of

HOSTILE = "<img src=x> Clinic"


@pytest.fixture
def places(msl_store: Store) -> tuple[Institution, ...]:
    names = ("Northlake University Hospital", "Northlake Clinic", "St. Brigid Medical Center", HOSTILE)
    return tuple(msl_store.save(Institution(name=name, city="Riverbend")) for name in names)


def _shown(qtbot: QtBot, store: Store) -> Picker:
    picker = Picker(store, "institution", name="Works at")
    qtbot.addWidget(picker)
    picker.resize(320, 32)
    picker.show()
    return picker


def test_type_and_take(qtbot: QtBot, msl_store: Store, places: tuple[Institution, ...]) -> None:
    picker = _shown(qtbot, msl_store)
    QTest.keyClicks(picker, "brig")
    with qtbot.waitSignal(picker.changed) as told:
        QTest.keyClick(picker, Qt.Key.Key_Return)
    assert told.args == [places[2].id]
    assert picker.text() == "St. Brigid Medical Center"
    assert picker.complaint() == ""


def test_what_is_typed_and_not_taken_is_no_value(
    qtbot: QtBot, msl_store: Store, places: tuple[Institution, ...]
) -> None:
    picker = _shown(qtbot, msl_store)
    picker.set_value(places[0].id)
    with qtbot.waitSignal(picker.changed) as told:
        QTest.keyClick(picker, Qt.Key.Key_Delete)
    assert told.args == [None]
    assert picker.value() is None
    assert picker.complaint() == "Choose one from the list, or clear the field."
    picker.clear()
    assert picker.complaint() == ""


@pytest.mark.parametrize("typed", ["'", '"', "*", "<img", "NEAR(", "a OR b", "%", "\\", "-", "(", "ß" * 200])
def test_any_keystroke_is_safe(qtbot: QtBot, msl_store: Store, places: tuple[Institution, ...], typed: str) -> None:
    picker = _shown(qtbot, msl_store)
    picker.setText(typed)
    picker.textEdited.emit(typed)
    assert picker.value() is None


def test_a_hostile_name_is_shown_as_it_is(qtbot: QtBot, msl_store: Store, places: tuple[Institution, ...]) -> None:
    picker = _shown(qtbot, msl_store)
    picker.set_value(places[3].id)
    assert picker.text() == HOSTILE
    picker.grab()


def test_a_record_that_is_gone_keeps_its_reference(
    qtbot: QtBot, msl_store: Store, places: tuple[Institution, ...]
) -> None:
    msl_store.remove(places[1], reason="Entered twice")
    picker = _shown(qtbot, msl_store)
    picker.set_value(places[1].id)
    assert picker.text() == "No longer here"
    assert picker.value() == places[1].id


def test_a_scope_offers_what_it_likes(qtbot: QtBot, msl_store: Store, places: tuple[Institution, ...]) -> None:
    picker = _shown(qtbot, msl_store)
    picker.set_scope(lambda text: [Option(places[0].id, "Last seen here")] if not text else [])
    QTest.keyClick(picker, Qt.Key.Key_Down)
    QTest.keyClick(picker, Qt.Key.Key_Return)
    assert picker.value() == places[0].id


def test_several_are_taken_and_dropped(qtbot: QtBot, msl_store: Store, places: tuple[Institution, ...]) -> None:
    picker = ManyPicker(msl_store, "institution", name="Places")
    qtbot.addWidget(picker)
    picker.resize(400, 300)
    picker.show()
    for typed in ("brig", "university", "brig"):
        QTest.keyClicks(picker.line, typed)
        QTest.keyClick(picker.line, Qt.Key.Key_Return)
    assert picker.value() == (places[2].id, places[0].id)
    qtbot.waitUntil(lambda: "St. Brigid Medical Center" in texts_of(picker))
    picker._drop(places[2].id)
    assert picker.value() == (places[0].id,)
