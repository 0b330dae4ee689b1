"""The whole application over a home folder of the test, with a person who works there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from liaison_desktop.app import Application
from liaison_desktop.records import new_id
from liaison_desktop.security.slot_file import Person
from liaison_desktop.shell.places import Door
from tests.fakes import Clock, FileDialogs, PaperTray
from tests.security.rings import MemoryKeyring

SECRET = "kadu mosi tepa vilo runa"


@pytest.fixture
def ring() -> MemoryKeyring:
    return MemoryKeyring()


@pytest.fixture
def make(
    tmp_path: Path, qtbot: QtBot, clock: Clock, files: FileDialogs, printer: PaperTray, ring: MemoryKeyring
) -> Iterator[Callable[..., Application]]:
    """An application over the same home each time, as after a restart."""
    made: list[Application] = []

    def again(**options: object) -> Application:
        app = Application(tmp_path / "home", clock=clock, files=files, printer=printer, keyring=ring, **options)
        app.window.resize(1366, 768)
        qtbot.addWidget(app.window)
        made.append(app)
        return app

    yield again
    for app in made:
        app.close()


@pytest.fixture
def door(make: Callable[..., Application]) -> Door:
    """Somebody's way into a new clinical store."""
    return new_door(make(), "clinical")


def new_door(app: Application, workspace: str, name: str = "Ruth Synthetic") -> Door:
    person = Person(id=new_id(), name=name, credential="RN", role="Clinical liaison")
    place, _recovery = app.places.begin(workspace, person, SECRET)
    found = Door(place=place, person=person)
    keys = app.places.slots(place).open_with_passphrase(person.id, SECRET)
    app.create(found, keys)
    app.places.finished(place)
    keys.close()
    return found


def panel_of(app: Application) -> QWidget:
    """What stands in the middle of the unlock page."""
    return app.window.content.panel


def opened(app: Application, door: Door) -> Application:
    """Open without the unlock page, for tests of what comes after it."""
    app.start()
    app.enter(door, app.places.open_with_passphrase(door, SECRET))
    return app
