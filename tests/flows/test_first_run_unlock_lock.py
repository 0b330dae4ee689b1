"""A new laptop: set both workspaces up, work, lock, come back; then the passphrase is forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from liaison_desktop.app import Application
from liaison_desktop.shell.first_run import FirstRunPage
from liaison_desktop.shell.first_steps import AboutYouStep, ChooseStep
from liaison_desktop.shell.recover import RecoverPanel
from liaison_desktop.shell.recovery_step import RecoveryStep
from liaison_desktop.shell.unlock import UnlockPage
from tests.fakes import Clock, FileDialogs, PaperTray
from tests.security.rings import MemoryKeyring

SECRET, NEW = "kadu mosi tepa vilo runa", "belo kumo sita gado nemi"
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def app(tmp_path: Path, qtbot: QtBot, clock: Clock, files: FileDialogs, printer: PaperTray) -> Iterator[Application]:
    made = Application(tmp_path / "home", clock=clock, files=files, printer=printer, keyring=MemoryKeyring())
    made.window.resize(1366, 768)
    qtbot.addWidget(made.window)
    made.start()
    made.window.activateWindow()
    qtbot.waitUntil(made.window.isActiveWindow)
    yield made
    made.close()


def set_up(qtbot: QtBot, app: Application) -> dict[str, str]:
    """Both workspaces, by keyboard; the recovery keys as written down by the person."""
    page = app.window.content
    assert isinstance(page, FirstRunPage)
    choose = page.step
    assert isinstance(choose, ChooseStep)
    for choice in choose.choices.values():
        qtbot.keyClick(choice, Qt.Key.Key_Space)
    qtbot.keyClick(choose.go, Qt.Key.Key_Space)
    about = page.step
    assert isinstance(about, AboutYouStep)
    assert about.name.hasFocus()
    qtbot.keyClicks(about.name, "Amara Synthetic")
    qtbot.keyClicks(about.credential, "PharmD")
    qtbot.keyClicks(about.secret.first, SECRET)
    qtbot.keyClicks(about.secret.second, SECRET)
    qtbot.keyClick(about.secret.second, Qt.Key.Key_Return)
    paper: dict[str, str] = {}
    for _ in range(2):
        seen = page.step
        qtbot.waitUntil(lambda: isinstance(page.step, RecoveryStep) and page.step is not seen, timeout=10_000)
        step = page.step
        assert isinstance(step, RecoveryStep)
        paper[step._place.workspace] = "-".join(step.groups.groups)
        for number, line in zip(step.asked, step.lines, strict=True):
            qtbot.keyClicks(line, step.group(number).lower())
        qtbot.keyClick(step.lines[1], Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: app.frame is not None, timeout=30_000)
    return paper


def unlock(qtbot: QtBot, app: Application, workspace: str, text: str) -> None:
    """Choose the person of a workspace, type, press Enter."""
    page = app.window.content
    assert isinstance(page, UnlockPage)
    row = next(row for row in page.panel.rows if row.door.place.workspace == workspace)
    qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(page.panel.secret, text)
    qtbot.keyClick(page.panel.secret, Qt.Key.Key_Return)


def lock(qtbot: QtBot, app: Application) -> None:
    """Ctrl+L."""
    qtbot.keyClick(app.window, Qt.Key.Key_L, CTRL)
    qtbot.waitUntil(lambda: app.store is None)


def test_set_up_work_lock_come_back_and_recover(qtbot: QtBot, app: Application, clock: Clock) -> None:
    paper = set_up(qtbot, app)
    assert app.frame is not None
    assert app.store is not None
    assert app.store.schema.name == "msl"
    assert app.store.actor.name == "Amara Synthetic, PharmD"
    assert paper["msl"] != paper["clinical"]

    # Nothing on disk can be read without a key, and no name of a record is in the window's title.
    for database in app.home.rglob("*.db"):
        assert not database.read_bytes().startswith(b"SQLite format 3")
    assert app.window.windowTitle() == "Liaison Desktop · Medical science"

    # Locked, it shows who works here and nothing else; the same passphrase leads back to the same page.
    app.frame.go("journal")
    clock.tick(60)
    lock(qtbot, app)
    assert isinstance(app.window.content, UnlockPage)
    unlock(qtbot, app, "msl", SECRET)
    qtbot.waitUntil(lambda: app.frame is not None, timeout=20_000)
    assert app.frame.page_key == "journal"
    assert [line.act for line in app.store.lines()] == ["unlocked", "locked", "unlocked", "created"]

    # One lock does not open the other: the clinical store has keys and a journal of its own.
    lock(qtbot, app)
    unlock(qtbot, app, "clinical", SECRET)
    qtbot.waitUntil(lambda: app.frame is not None, timeout=20_000)
    assert app.store.schema.name == "clinical"
    assert app.theme.accent == "clinical"
    assert app.store.verify().entries == 2

    # Forgotten: the paper of this workspace opens it, the paper of the other does not.
    lock(qtbot, app)
    page = app.window.content
    assert isinstance(page, UnlockPage)
    page.panel.recover()
    panel = page.panel
    assert isinstance(panel, RecoverPanel)
    qtbot.keyClicks(panel.key, paper["msl"])
    qtbot.keyClick(panel.key, Qt.Key.Key_Return)
    assert "not of this store" in panel.field.fault()
    panel.key.clear()
    qtbot.keyClicks(panel.key, paper["clinical"])
    qtbot.keyClick(panel.key, Qt.Key.Key_Return)
    for line in (panel.secret.first, panel.secret.second):
        qtbot.keyClicks(line, NEW)
    qtbot.keyClick(panel.secret.second, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: app.frame is not None, timeout=20_000)

    # From now on only the new one opens it, and the other workspace kept the old one.
    lock(qtbot, app)
    unlock(qtbot, app, "clinical", SECRET)
    page = app.window.content
    assert isinstance(page, UnlockPage)
    qtbot.waitUntil(lambda: "does not open" in page.panel.field.fault(), timeout=10_000)
    unlock(qtbot, app, "msl", SECRET)
    qtbot.waitUntil(lambda: app.frame is not None, timeout=20_000)
    lock(qtbot, app)
    unlock(qtbot, app, "clinical", NEW)
    qtbot.waitUntil(lambda: app.frame is not None, timeout=20_000)
    assert [line.act for line in app.store.lines(limit=2)] == ["unlocked", "unlock failed"]
    assert app.store.verify().verified
