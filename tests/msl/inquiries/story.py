"""A window with the whole frame around a store with one visit in it. Everything that happens in it is done by keys."""

from __future__ import annotations

import datetime as dt
from typing import Any

from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from liaison_desktop.msl.visits.actions import save_visit
from liaison_desktop.msl.visits.record import Visit
from liaison_desktop.msl.workspace import WORKSPACE
from liaison_desktop.shell.frame import WorkFrame
from liaison_desktop.shell.main_window import MainWindow
from liaison_desktop.ui.desk import Desk
from tests.flows.keyboard import CTRL, KEY, here, press, types
from tests.msl.builders import World, a_visit, a_world

PASSPHRASE = "seven green lanterns"
VISITS, INQUIRIES = KEY.Key_3, KEY.Key_5


def spoken() -> str:
    """What a screen reader says of what has the keyboard; a button is called by its words."""
    held = here()
    words = held.accessibleName() or (held.text() if isinstance(held, QAbstractButton) else "")
    return words.strip()


def pick(text: str) -> None:
    """Type into a line with choices and take the first match."""
    types(text)
    press(KEY.Key_Return)


def tab_to(name: str, most: int = 40, *, back: bool = False) -> None:
    """Tab on until what has the keyboard is called so, or begins so; tells what it passed if that is never reached."""
    passed = []
    for _ in range(most):
        press(KEY.Key_Backtab if back else KEY.Key_Tab)
        if spoken().startswith(name):
            return
        passed.append(spoken())
    raise AssertionError(f"Tab does not reach {name!r}; it passes {passed}")


class Story:
    """What an MSL has in front of her. `closed` counts how often the window let itself be closed."""

    def __init__(self, desk: Desk, qtbot: QtBot) -> None:
        self.desk, self.store, self.qtbot = desk, desk.store, qtbot
        self.world: World = a_world(self.store)
        desk.confirm_actor = lambda passphrase: passphrase == PASSPHRASE
        self.closed = 0
        self.window = MainWindow(closing=self._closing)
        qtbot.addWidget(self.window)
        self.start()

    def _closing(self) -> None:
        self.closed += 1

    def visit_at(self, start: dt.datetime, **changes: Any) -> Visit:
        """One more visit."""
        return save_visit(self.store, a_visit(self.world, start, **changes))

    def start(self) -> None:
        """The frame as it comes after each start."""
        self.frame = WorkFrame(self.desk, WORKSPACE, ())
        self.window.show_content(self.frame)
        self.window.resize(1366, 768)
        with self.qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow)
        self.frame.go("today")

    def end(self) -> None:
        """The window goes, as after a lock."""
        self.frame.leave_full_screen()
        self.frame.put_away()

    def page(self, key: str) -> Any:
        """A page, to look at."""
        return self.frame.pages[key]

    def to_visit(self, visit: Visit, most: int = 20) -> None:
        """Down the list to this visit, and into it."""
        press(VISITS, CTRL)
        press(KEY.Key_Home)
        for _ in range(most):
            if self.page("visits").list.view.current_key() == visit.id:
                break
            press(KEY.Key_Down)
        press(KEY.Key_Return)
        assert self.page("visits").pane.visit.id == visit.id

    def take_back(self, passphrase: str = PASSPHRASE) -> None:
        """The liaison takes the screen back; the passphrase has the keyboard already."""
        assert spoken() == "Passphrase"
        types(passphrase)
        press(KEY.Key_Return)
