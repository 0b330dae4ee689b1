"""Every screen of the shell, light, dark and by touch: no cut text, no nameless control, no markup."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.exceptions import TimeoutError
from pytestqt.qtbot import QtBot

from liaison_desktop.app import Application
from liaison_desktop.errors import Damaged, StoreMissing
from liaison_desktop.shell import crash
from liaison_desktop.shell.first_run import FirstRunPage
from liaison_desktop.shell.places import Door
from liaison_desktop.shell.recovery_step import RecoveryStep
from liaison_desktop.shell.settings_page import SettingsPage
from liaison_desktop.shell.unlock import UnlockPage
from liaison_desktop.ui.tokens import Density, Mode
from tests.shell.conftest import opened
from tests.ui.audit import cut_texts, rich_labels, unnamed

Make = Callable[..., Application]
LOOKS = [(Mode.LIGHT, Density.DESK), (Mode.DARK, Density.TOUCH)]


def sound(qtbot: QtBot, widget: QWidget, name: str) -> None:
    """Nothing to find on this screen."""

    def cut() -> list[str]:
        # The eye in a passphrase line shows a picture, its word is only spoken.
        return [text for text in cut_texts(widget) if not text.startswith("QToolButton")]

    with contextlib.suppress(TimeoutError):
        qtbot.waitUntil(lambda: not cut(), timeout=3_000)  # layouts settle after a few turns of the event loop
    assert not cut(), name
    assert not unnamed(widget), name
    assert not rich_labels(widget), name


@pytest.mark.parametrize(("mode", "density"), LOOKS)
def test_first_run(qtbot: QtBot, make: Make, mode: Mode, density: Density) -> None:
    app = make()
    app.theme.set_mode(mode)
    app.theme.set_density(density)
    app.start()
    page = app.window.content
    assert isinstance(page, FirstRunPage)
    sound(qtbot, page, "choose")
    page.about_you(("msl", "clinical"))
    sound(qtbot, page, "about you")
    page.make_keys(("clinical",), "Ruth Synthetic", "RN", "kadu mosi tepa vilo runa")
    qtbot.waitUntil(lambda: isinstance(page.step, RecoveryStep), timeout=10_000)
    step = page.step
    assert isinstance(step, RecoveryStep)
    for line in step.lines:
        line.setText("WRONG")
    step.confirm()
    sound(qtbot, page, "recovery key")


@pytest.mark.parametrize(("mode", "density"), LOOKS)
def test_unlock(qtbot: QtBot, make: Make, door: Door, mode: Mode, density: Density) -> None:
    app = make()
    app.theme.set_mode(mode)
    app.theme.set_density(density)
    app.start()
    page = app.window.content
    assert isinstance(page, UnlockPage)
    sound(qtbot, page, "doors")
    page.show_recovery(door.place, str(door.person.id))
    sound(qtbot, page, "recovery")
    page.show_add()
    sound(qtbot, page, "add a person")
    for error in (StoreMissing("The store that belongs here is missing."), Damaged("Part of it is damaged.")):
        page.show_trouble(error, door.place)
        sound(qtbot, page, "trouble")


@pytest.mark.parametrize(("mode", "density"), LOOKS)
def test_settings_and_journal(qtbot: QtBot, make: Make, door: Door, mode: Mode, density: Density) -> None:
    app = opened(make(), door)
    app.theme.set_mode(mode)
    app.theme.set_density(density)
    assert app.frame is not None
    app.frame.go("settings")
    page = app.frame.page
    assert isinstance(page, SettingsPage)
    page.passphrase.show_open()
    page.recovery.ask()
    sound(qtbot, page, "settings")
    app.frame.go("journal")
    assert app.frame.page is not None
    sound(qtbot, app.frame.page, "journal")
    app.window.resize(720, 520)
    sound(qtbot, app.frame.page, "journal in the smallest window")


def test_crash_window(qtbot: QtBot, make: Make) -> None:
    make()
    window = crash.CrashWindow("Liaison Desktop\nType: KeyError")
    qtbot.addWidget(window)
    window.show()
    sound(qtbot, window, "crash")
