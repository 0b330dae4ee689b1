"""The frame of an open workspace: pages, keys, command bar, toasts, the page for the patient."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.clinical.workspace import SCHEMA
from liaison_desktop.errors import DiskFull
from liaison_desktop.shell.frame import WorkFrame
from liaison_desktop.store import Store
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.jobs import Jobs
from liaison_desktop.ui.page import Page
from liaison_desktop.ui.theme import theme_of
from liaison_desktop.ui.workspace import Command, PageSpec, Workspace
from tests.fakes import Clock, FileDialogs, PaperTray

CTRL = Qt.KeyboardModifier.ControlModifier


class NotePage(Page):
    """A page that remembers what it was asked."""

    key, title, icon = "notes", "Notes", "file-text"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.line = QLineEdit()
        QVBoxLayout(self).addWidget(self.line)
        self.setFocusProxy(self.line)
        self.told: list[object] = []
        self.full = False

    def refresh(self, kinds: frozenset[str]) -> None:
        self.told.append(kinds)

    def new(self) -> None:
        self.told.append("new")

    def show_record(self, id: uuid.UUID) -> None:
        self.told.append(id)

    def save_draft(self) -> None:
        if self.full:
            raise DiskFull("The disk is full.")
        self.desk.store.drafts.put(f"{self.key}/new", self.line.text().encode())

    def commands(self) -> tuple[Command, ...]:
        return (
            Command("Write it twice", lambda: self.told.append("twice"), keys="Ctrl+Shift+W"),
            Command("Its own new", lambda: self.told.append("own new"), keys="Ctrl+N"),
        )


class OtherPage(NotePage):
    key, title, icon = "others", "Others", "users"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        mine = QShortcut("Ctrl+Shift+W", self)
        mine.activated.connect(lambda: self.told.append("its own shortcut"))


@pytest.fixture
def pressed() -> list[str]:
    return []


@pytest.fixture
def frame(qtbot: QtBot, clinical_store: Store, clock: Clock, pressed: list[str]) -> Iterator[WorkFrame]:
    window = QWidget()
    qtbot.addWidget(window)
    desk = Desk(clinical_store, jobs=Jobs(), theme=theme_of(), clock=clock, files=FileDialogs(), printer=PaperTray())
    workspace = Workspace(
        key="clinical",
        title="Clinical liaison",
        schema=SCHEMA,
        pages=(
            PageSpec("notes", "Notes", "file-text", NotePage, count=lambda _store: 3),
            PageSpec("others", "Others", "users", OtherPage),
        ),
        opens={"patient": "others"},
        practice=lambda _store: None,
        commands=lambda _desk: (Command("Ring a bell", lambda: pressed.append("bell"), keys="F9"),),
    )
    made = WorkFrame(desk, workspace, (), practice=True)
    QVBoxLayout(window).addWidget(made)
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    made.go("notes")
    yield made
    made.put_away()
    clinical_store.listeners.clear()


def page(frame: WorkFrame, key: str) -> NotePage:
    held = frame.pages[key]
    assert isinstance(held, NotePage)
    return held


def test_a_page_is_made_when_it_is_first_shown(frame: WorkFrame) -> None:
    assert set(frame.pages) == {"notes"}
    frame.go("others")
    assert set(frame.pages) == {"notes", "others"}
    assert frame.page_key == "others"
    assert page(frame, "others").line.hasFocus()


def test_the_shown_page_hears_at_once_and_the_others_when_they_are_shown(frame: WorkFrame) -> None:
    frame.go("others")
    frame.go("notes")
    frame.desk.store.save(Patient(family="Synthetic", given="Ann"))
    assert page(frame, "notes").told == [frozenset({"patient"})]
    assert page(frame, "others").told == []
    frame.go("others")
    assert page(frame, "others").told == [frozenset({"patient"})]
    assert frame.status.saved.text() == "Saved 14:00:00"


def test_keys_go_to_pages_commands_and_the_page(qtbot: QtBot, frame: WorkFrame, pressed: list[str]) -> None:
    line = page(frame, "notes").line
    qtbot.keyClick(line, Qt.Key.Key_N, CTRL)
    qtbot.keyClick(line, Qt.Key.Key_W, CTRL | Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(line, Qt.Key.Key_F9)
    assert page(frame, "notes").told == ["new", "twice"]
    assert pressed == ["bell"]
    qtbot.keyClick(line, Qt.Key.Key_2, CTRL)
    assert frame.page_key == "others"
    other = page(frame, "others")
    qtbot.keyClick(other.line, Qt.Key.Key_W, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert other.told == ["its own shortcut"], "the page's own shortcut is not doubled"
    with qtbot.waitSignal(frame.lock_asked):
        qtbot.keyClick(other.line, Qt.Key.Key_L, CTRL)


def test_the_command_bar_runs_actions_and_opens_records(qtbot: QtBot, frame: WorkFrame, pressed: list[str]) -> None:
    patient = frame.desk.store.save(Patient(family="Okonkwo", given="Hannah"))
    bar = frame.search.bar
    qtbot.keyClick(page(frame, "notes").line, Qt.Key.Key_K, CTRL)
    assert bar.isVisible()
    qtbot.keyClicks(bar.line, "bell")
    qtbot.keyClick(bar.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: pressed == ["bell"])
    frame.search.open_bar()
    qtbot.keyClicks(bar.line, "okon")
    qtbot.keyClick(bar.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: frame.page_key == "others")
    assert page(frame, "others").told == [patient.id]


@pytest.mark.parametrize("text", ['"', "*", "a OR", "NEAR(", "<img src=x>", "\u202e", "'; DROP", "^", "-"])
def test_any_keystroke_in_the_bar_is_safe(qtbot: QtBot, frame: WorkFrame, text: str) -> None:
    frame.search.open_bar()
    frame.search.bar.line.setText(text)
    frame.search.bar.close_bar()


def test_f1_says_what_can_be_pressed_here(qtbot: QtBot, frame: WorkFrame) -> None:
    qtbot.keyClick(page(frame, "notes").line, Qt.Key.Key_F1)
    items = [item if isinstance(item, str) else item.title for item in frame.search.bar.model.items]
    assert items[0] == "What you can press here"
    assert {"Write it twice", "Ring a bell", "Lock", "Anything"} <= set(items)
    frame.search.bar.close_bar()


def test_opening_a_kind_without_a_page_does_nothing(frame: WorkFrame) -> None:
    frame.open("weather", uuid.uuid4())
    assert frame.page_key == "notes"


def test_the_page_for_the_patient_covers_everything_but_the_lock(
    qtbot: QtBot, frame: WorkFrame, pressed: list[str]
) -> None:
    cover = QLineEdit()
    frame.toast("Saved", lambda: None)
    frame.full_screen(cover)
    assert not frame.rail.isVisible()
    assert not frame.stack.isVisible()
    assert frame.toasts.current is None
    qtbot.keyClick(cover, Qt.Key.Key_K, CTRL)
    qtbot.keyClick(cover, Qt.Key.Key_2, CTRL)
    qtbot.keyClick(cover, Qt.Key.Key_F9)
    assert not frame.search.bar.isVisible()
    assert frame.page_key == "notes"
    assert pressed == []
    with qtbot.waitSignal(frame.lock_asked):
        qtbot.keyClick(cover, Qt.Key.Key_L, CTRL)
    frame.leave_full_screen()
    assert frame.rail.isVisible()
    qtbot.keyClick(page(frame, "notes").line, Qt.Key.Key_F9)
    assert pressed == ["bell"]
    cover.deleteLater()


def test_drafts_of_every_page_are_kept_even_if_one_cannot(frame: WorkFrame) -> None:
    frame.go("others")
    page(frame, "notes").full = True
    page(frame, "others").line.setText("half a sentence")
    assert frame.save_drafts() == ("The disk is full.",)
    assert frame.desk.store.drafts.get("others/new") == b"half a sentence"


def test_counts_and_a_narrow_window(qtbot: QtBot, frame: WorkFrame) -> None:
    qtbot.waitUntil(lambda: frame.rail._items["notes"].accessibleName() == "Notes, 3")
    frame.window().resize(1000, 700)
    qtbot.waitUntil(lambda: frame.rail.width() == 56)


def test_practice_is_marked(frame: WorkFrame) -> None:
    strip: Callable[..., object] = frame.findChild
    assert strip(object, "practice") is not None
