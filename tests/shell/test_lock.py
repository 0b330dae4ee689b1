"""Locking: drafts kept, store shut, keys zeroed, nothing readable behind; and back to the same page."""

from __future__ import annotations

import weakref
from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from liaison_desktop.app import Application
from liaison_desktop.errors import Locked
from liaison_desktop.shell.lock_screen import IdleWatch
from liaison_desktop.shell.places import Door
from liaison_desktop.shell.unlock import UnlockPage
from tests.fakes import Clock
from tests.shell.conftest import SECRET, opened

Make = Callable[..., Application]


def test_locking_leaves_nothing_open_and_nothing_to_read(qtbot: QtBot, make: Make, door: Door) -> None:
    app = opened(make(), door)
    session = app.session
    assert session is not None
    database = session.keys.database()
    session.frame.go("settings")
    gone = weakref.ref(session.frame.pages["settings"])
    told: list[str] = []
    session.frame.pages["settings"].destroyed.connect(lambda: told.append("gone"))
    app.lock()
    assert isinstance(app.window.content, UnlockPage)
    assert app.store is None
    assert app.frame is None
    assert not any(database)
    with pytest.raises(Locked):
        session.keys.database()
    assert told == ["gone"] or gone() is None
    kept = [type(widget).__name__ for widget in app.window.findChildren(QWidget)]
    assert "WorkFrame" not in kept
    assert "SettingsPage" not in kept
    assert app.window.windowTitle() == "Liaison Desktop"


def test_unlocking_returns_to_the_same_page_and_the_lock_is_in_the_journal(
    qtbot: QtBot, make: Make, door: Door
) -> None:
    app = opened(make(), door)
    assert app.frame is not None
    app.frame.go("journal")
    app.window.activateWindow()
    qtbot.waitUntil(app.window.isActiveWindow)
    qtbot.keyClick(app.frame, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: app.store is None)
    page = app.window.content
    assert isinstance(page, UnlockPage)
    qtbot.keyClicks(page.panel.secret, SECRET)
    page.panel.go.click()
    qtbot.waitUntil(lambda: app.frame is not None, timeout=20_000)
    assert app.frame.page_key == "journal"
    assert app.store is not None
    assert [line.act for line in app.store.lines()[:3]] == ["unlocked", "locked", "unlocked"]


def test_another_start_can_resume_where_it_was_locked(qtbot: QtBot, make: Make, door: Door) -> None:
    asked: list[tuple[str, str]] = []
    first = opened(make(after_lock=lambda *where: asked.append(where)), door)
    assert first.frame is not None
    first.frame.go("settings")
    first.lock()
    assert asked == [(door.key, "settings")]
    assert "Ruth" not in "".join(asked[0])
    second = make()
    second.start(*asked[0])
    page = second.window.content
    assert isinstance(page, UnlockPage)
    qtbot.keyClicks(page.panel.secret, SECRET)
    page.panel.go.click()
    qtbot.waitUntil(lambda: second.frame is not None, timeout=20_000)
    assert second.frame.page_key == "settings"


def test_closing_the_window_keeps_drafts_and_shuts_the_store(make: Make, door: Door) -> None:
    app = opened(make(), door)
    session = app.session
    assert session is not None
    app.window.close()
    assert app.store is None
    with pytest.raises(Locked):
        session.keys.database()
    again = opened(make(), door)
    assert again.store is not None
    assert [line.act for line in again.store.lines()[:2]] == ["unlocked", "locked"]


def test_idle_locks_after_the_minutes_of_the_settings(qtbot: QtBot, make: Make, door: Door, clock: Clock) -> None:
    app = opened(make(), door)
    app.save_settings(idle_minutes_clinical=2)
    assert app.session is not None
    clock.tick(119)
    app.session.idle.look()
    assert app.store is not None
    qtbot.keyClick(app.window.windowHandle(), Qt.Key.Key_Shift)
    clock.tick(119)
    app.session.idle.look()
    assert app.store is not None
    clock.tick(2)
    qtbot.waitUntil(lambda: app.store is None, timeout=5_000)


def test_a_clock_set_back_does_not_keep_it_open_nor_does_sleep(clock: Clock, qtbot: QtBot) -> None:
    parent = QObject()
    watch = IdleWatch(lambda: 5, clock, parent)
    clock.tick(8 * 3600)  # the laptop slept: timers stood still, the clock did not
    with qtbot.waitSignal(watch.idle):
        watch.look()
    watch.stop()


def test_settings_survive_and_hold_no_name(make: Make, door: Door, tmp_path: object) -> None:
    app = opened(make(), door)
    app.save_settings(theme="dark")
    app.close()
    text = (app.home / "settings.json").read_text()
    assert '"dark"' in text
    assert "Ruth" not in text
    assert make().settings.theme == "dark"


def test_an_open_dialog_is_closed_first_and_its_page_gets_its_answer(qtbot: QtBot, make: Make, door: Door) -> None:
    app = opened(make(), door)
    answers: list[int] = []

    def ask() -> None:
        dialog = QDialog(app.window)
        dialog.setModal(True)
        QTimer.singleShot(50, app.lock)
        answers.append(dialog.exec())

    QTimer.singleShot(0, ask)
    qtbot.waitUntil(lambda: app.store is None, timeout=10_000)
    assert answers == [0], "the answer came before the page went"
    assert isinstance(app.window.content, UnlockPage)
