"""First run: nothing counts before the recovery key was confirmed; practice is one click and always marked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from liaison_desktop.app import Application
from liaison_desktop.shell.first_run import FirstRunPage
from liaison_desktop.shell.first_steps import AboutYouStep, ChooseStep
from liaison_desktop.shell.places import PRACTICE_PASSPHRASE
from liaison_desktop.shell.recovery_step import RecoveryStep
from liaison_desktop.shell.unlock import UnlockPage
from tests.fakes import PaperTray
from tests.shell.conftest import SECRET

Make = Callable[..., Application]


def page_of(app: Application) -> FirstRunPage:
    page = app.window.content
    assert isinstance(page, FirstRunPage)
    return page


def to_recovery(qtbot: QtBot, app: Application) -> RecoveryStep:
    page = page_of(app)
    step = page.step
    assert isinstance(step, ChooseStep)
    qtbot.keyClick(step.choices["clinical"], Qt.Key.Key_Space)
    step.go.click()
    about = page.step
    assert isinstance(about, AboutYouStep)
    qtbot.keyClicks(about.name, "Ruth Synthetic")
    for line in (about.secret.first, about.secret.second):
        qtbot.keyClicks(line, SECRET)
    about.go.click()
    qtbot.waitUntil(lambda: isinstance(page.step, RecoveryStep), timeout=10_000)
    shown = page.step
    assert isinstance(shown, RecoveryStep)
    return shown


def test_a_fresh_laptop_starts_with_the_first_run(make: Make) -> None:
    app = make()
    app.start()
    step = page_of(app).step
    assert isinstance(step, ChooseStep)
    assert not step.go.isEnabled()


@pytest.mark.parametrize(
    ("name", "first", "second"),
    [
        ("", SECRET, SECRET),
        ("Ruth", "short", "short"),
        ("Ruth", SECRET, SECRET + "x"),
        ("   ", SECRET, SECRET),
        ("Kadu Mosi Tepa Vilo Runa", SECRET, SECRET),
    ],
)
def test_a_name_and_twice_the_same_good_passphrase_are_needed(
    qtbot: QtBot, make: Make, name: str, first: str, second: str
) -> None:
    app = make()
    app.start()
    page_of(app).about_you(("clinical",))
    step = page_of(app).step
    assert isinstance(step, AboutYouStep)
    step.name.setText(name)
    step.secret.first.setText(first)
    step.secret.second.setText(second)
    assert not step.go.isEnabled()


def test_a_suggested_passphrase_is_shown_and_still_typed_once(make: Make) -> None:
    app = make()
    app.start()
    page_of(app).about_you(("clinical",))
    step = page_of(app).step
    assert isinstance(step, AboutYouStep)
    step.name.setText("Ruth Synthetic")
    step.secret._suggest.click()
    assert step.secret.first.shown
    assert len(step.secret.text.split()) == 5
    assert not step.go.isEnabled()
    step.secret.second.setText(step.secret.text)
    assert step.go.isEnabled()


def test_the_recovery_key_is_printed_copied_covered_and_two_groups_typed(
    qtbot: QtBot, make: Make, printer: PaperTray
) -> None:
    app = make()
    app.start()
    step = to_recovery(qtbot, app)
    step.print_it.click()
    assert printer.printed[0][0].startswith(b"%PDF")
    printer.present = False
    step.print_it.click()
    assert "Write the key down" in step.said.text()
    step.copy_it.click()
    assert QGuiApplication.clipboard().text().count("-") == 7
    QGuiApplication.clipboard().clear()
    qtbot.keyClicks(step.lines[0], "AAAAA")
    qtbot.keyClicks(step.lines[1], step.group(step.asked[1]).lower())
    assert step.groups.hidden, "what is typed must come from the paper, not from the screen"
    step.go.click()
    assert "not group" in step.fields[0].fault()
    assert step.fields[1].fault() == ""
    assert not app.places.all(), "nothing counts as made yet"
    step.lines[0].setText(step.group(step.asked[0]))
    step.go.click()
    qtbot.waitUntil(lambda: app.frame is not None, timeout=20_000)
    assert [place.workspace for place in app.places.all()] == ["clinical"]
    assert app.store is not None
    assert app.store.actor.name == "Ruth Synthetic"


def test_closing_at_the_recovery_key_leaves_no_store_and_the_next_try_works(
    qtbot: QtBot, make: Make, tmp_path: Path
) -> None:
    first = make()
    first.start()
    to_recovery(qtbot, first)
    first.close()
    second = make()
    second.start()
    step = to_recovery(qtbot, second)
    for number, line in zip(step.asked, step.lines, strict=True):
        line.setText(step.group(number))
    step.go.click()
    qtbot.waitUntil(lambda: second.frame is not None, timeout=20_000)
    assert len(list((tmp_path / "home").glob("unfinished-*"))) == 1
    second.close()
    third = make()
    third.start()
    assert isinstance(third.window.content, UnlockPage)


def test_practice_is_one_click_and_marked_the_whole_time(qtbot: QtBot, make: Make) -> None:
    app = make()
    app.start()
    step = page_of(app).step
    assert isinstance(step, ChooseStep)
    step.practice["clinical"].click()
    qtbot.waitUntil(lambda: app.frame is not None, timeout=30_000)
    assert app.frame is not None
    strip = app.frame.findChild(object, "practice")
    assert strip is not None
    assert strip.isVisible()
    assert app.store is not None
    assert app.store.lines(), "filled with practice records"
    app.lock()
    page = app.window.content
    assert isinstance(page, UnlockPage)
    row = page.panel.rows[0]
    assert "Practice data" in row.accessibleName()
    qtbot.keyClicks(page.panel.secret, PRACTICE_PASSPHRASE)
    page.panel.go.click()
    qtbot.waitUntil(lambda: app.frame is not None, timeout=20_000)


def test_a_workspace_that_is_there_cannot_be_set_up_again(make: Make, door: object) -> None:
    app = make()
    app.start()
    app.show_first_run()
    step = page_of(app).step
    assert isinstance(step, ChooseStep)
    assert not step.choices["clinical"].isEnabled()
    assert step.choices["msl"].isEnabled()
    page = page_of(app)
    assert page.back is not None
    page.back()
    assert isinstance(app.window.content, UnlockPage)
