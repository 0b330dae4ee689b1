"""Pages are made while nobody waits: unseen, unheard, unwritten, and as current as those that are made when asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

import msgspec
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from liaison_desktop.clinical.patients.actions import fill_practice_patients
from liaison_desktop.clinical.workspace import WORKSPACE as CLINICAL
from liaison_desktop.msl import practice
from liaison_desktop.msl.directory.record import Person
from liaison_desktop.msl.insights.form.kept import PREFIX, Kept, keep
from liaison_desktop.msl.insights.page import InsightsPage
from liaison_desktop.msl.insights.record import Insight
from liaison_desktop.msl.materials.page import TopicsPage
from liaison_desktop.msl.materials.record import LabelStatus, ScientificTopic
from liaison_desktop.msl.visits.page.kept import Kept as KeptVisit
from liaison_desktop.msl.visits.page.kept import keep as keep_visit
from liaison_desktop.msl.visits.record import Visit
from liaison_desktop.shell import warming
from liaison_desktop.shell.frame import WorkFrame
from liaison_desktop.store import Store
from liaison_desktop.ui.desk import Desk
from tests.flows.keyboard import frames

Open = Callable[[], WorkFrame]
R = TypeVar("R", Visit, Insight)


@pytest.fixture(autouse=True)
def still_cursor(qapp: QApplication) -> Iterator[None]:
    """No cursor blinks in a picture."""
    flash = qapp.cursorFlashTime()
    qapp.setCursorFlashTime(0)
    yield
    qapp.setCursorFlashTime(flash)


@pytest.fixture
def open_msl(qtbot: QtBot, msl_desk: Desk) -> Iterator[Open]:
    practice.fill(msl_desk.store)
    with frames(qtbot, msl_desk) as made:
        yield made


@pytest.fixture
def open_empty(qtbot: QtBot, msl_desk: Desk) -> Iterator[Open]:
    with frames(qtbot, msl_desk) as made:
        yield made


@pytest.fixture
def open_clinical(qtbot: QtBot, clinical_desk: Desk) -> Iterator[Open]:
    fill_practice_patients(clinical_desk.store)
    with frames(qtbot, clinical_desk, CLINICAL) as made:
        yield made


def unlocked(store: Store, kind: type[R]) -> R:
    """A record of this kind that can still be changed."""
    return next(one for one in store.all(kind) if not one.locked)


def turns(frame: WorkFrame, at_least: int = 0) -> None:
    """Every turn of the warming, with what the event loop does between two of them."""
    frame.warming._touched = 0.0
    while len(frame.warming.left) > at_least:
        frame.warming._turn()
        QApplication.processEvents()
    frame.desk.jobs.wait()
    QApplication.processEvents()


def ahead(frame: WorkFrame) -> WorkFrame:
    """Everything is made that may be made ahead."""
    frame.make_pages_ahead()
    turns(frame)
    assert set(frame._shelf._ahead) | {frame.page_key} >= {
        one.key for one in frame.workspace.pages if one.ahead is not None
    }
    return frame


def written(store: Store) -> tuple[object, ...]:
    """The lines of the journal, and every draft with its content; the clock of a safety report ticks by itself."""
    drafts = [key for key in store.drafts.keys("") if not key.startswith("safety_clock/")]
    return len(store.lines()), {key: store.drafts.get(key) for key in drafts}


def seen(qtbot: QtBot, frame: WorkFrame) -> QImage:
    """The window once it has come to rest: what it owes is done, the rail has counted, two pictures are alike."""
    pictures = [QImage()]

    def rests() -> bool:
        frame.desk.jobs.wait()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        pictures.append(frame.grab().toImage())
        return not frame._counting.isActive() and pictures[-1] == pictures[-2]

    qtbot.waitUntil(rests, timeout=20_000)
    return pictures[-1]


@pytest.mark.parametrize("which", ["open_msl", "open_clinical"])
def test_nothing_is_seen_written_or_taken_from_the_keyboard(
    which: str, qtbot: QtBot, request: pytest.FixtureRequest
) -> None:
    frame = request.getfixturevalue(which)()
    had, kept, shown = QApplication.focusWidget(), written(frame.desk.store), seen(qtbot, frame)
    assert had is not None
    told: list[QWidget | None] = []
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.focusChanged.connect(lambda _old, new: told.append(new))
    ahead(frame)
    assert QApplication.focusWidget() is had
    assert told == []
    assert written(frame.desk.store) == kept
    assert seen(qtbot, frame) == shown
    assert [one for one in QApplication.topLevelWidgets() if one.isVisible() and one is not frame.window()] == []
    assert set(frame.pages) == {frame.page_key}


def test_with_a_draft_everywhere_the_keyboard_stays_too(open_msl: Open) -> None:
    frame = open_msl()
    store = frame.desk.store
    for page in ("visits", "insights", "inquiries", "safety"):
        frame.go(page)
        frame.new()
    keep_visit(store, KeptVisit(visit=unlocked(store, Visit), field="notes"))
    keep(store, f"{PREFIX}{unlocked(store, Insight).id}", Kept(insight=unlocked(store, Insight), field="headline"))
    frame.save_drafts()
    frame = open_msl()
    had, kept = QApplication.focusWidget(), written(store)
    ahead(frame)
    assert QApplication.focusWidget() is had
    assert written(store) == kept


def test_it_waits_while_somebody_types_and_goes_on_when_the_keys_rest(
    qtbot: QtBot, open_empty: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    frame = open_empty()
    frame.warming.left.clear()
    frame.make_pages_ahead()
    frame.warming._turn()
    before = list(frame.warming.left)
    qtbot.keyClick(frame.window().windowHandle(), Qt.Key.Key_A)
    for _ in range(3):
        frame.warming._turn()
    assert frame.warming.left == before
    monkeypatch.setattr(warming, "_QUIET", 0.0)
    frame.warming._turn()
    assert frame.warming.left != before


def test_it_waits_while_a_dialog_lies_over_the_window_or_somebody_signs(qtbot: QtBot, open_empty: Open) -> None:
    frame = open_empty()
    frame.warming.left.clear()
    frame.make_pages_ahead()
    before = list(frame.warming.left)
    dialog = QDialog(frame)
    qtbot.addWidget(dialog)
    dialog.open()
    frame.warming._turn()
    dialog.done(0)
    frame.full_screen(QWidget())
    frame.warming._turn()
    assert frame.warming.left == before
    frame.leave_full_screen()
    frame.warming._turn()
    assert frame.warming.left != before


def test_no_page_is_made_where_nobody_asked_for_it(open_empty: Open) -> None:
    frame = open_empty()
    turns(frame)
    assert not frame._shelf._ahead


def test_pages_made_ahead_are_the_same_as_pages_made_when_they_are_opened(qtbot: QtBot, open_msl: Open) -> None:
    frame = ahead(open_msl())
    change(frame.desk.store)
    made_before = walk(qtbot, frame)
    made_now = walk(qtbot, open_msl())
    assert [key for key, what in made_now.items() if what != made_before[key]] == []


def walk(qtbot: QtBot, frame: WorkFrame) -> dict[str, tuple[str, str, QImage | None]]:
    """What each page shows when it is opened, and what has the keyboard then."""
    found: dict[str, tuple[str, str, QImage | None]] = {}
    for spec in frame.workspace.listed:
        frame.go(spec.key)
        seen(qtbot, frame)
        has, page = QApplication.focusWidget(), frame.page
        assert page is not None
        # On two pages a clock runs, which is a minute further on now and then.
        shown = None if spec.key in ("today", "safety") else page.grab().toImage()
        found[spec.key] = type(has).__name__, has.accessibleName() if has else "", shown
    return found


def change(store: Store) -> None:
    """Something of each kind a page shows, different from what it was."""
    with store.transaction() as transaction:
        person, visit, insight = store.all(Person)[0], unlocked(store, Visit), unlocked(store, Insight)
        transaction.save(msgspec.structs.replace(person, last_name="Aaronson"))
        transaction.save(msgspec.structs.replace(visit, place_note="Room 7"))
        transaction.save(msgspec.structs.replace(insight, headline="Heard otherwise"))
        transaction.save(ScientificTopic(code="aaa", label="A new topic", label_status=LabelStatus.ON_LABEL))


def test_what_was_interrupted_after_a_page_was_made_comes_back_when_it_is_opened(open_msl: Open) -> None:
    frame = ahead(open_msl())
    store = frame.desk.store
    insight = unlocked(store, Insight)
    keep(store, f"{PREFIX}{insight.id}", Kept(insight=msgspec.structs.replace(insight, headline="Typed meanwhile")))
    frame.go("insights")
    page = frame.page
    assert isinstance(page, InsightsPage)
    assert page.pane.isVisible()
    assert page.pane.typed().headline == "Typed meanwhile"


def test_a_page_whose_pane_holds_one_record_is_made_anew_when_its_kind_changed(open_empty: Open) -> None:
    frame = ahead(open_empty())
    old = frame._shelf._ahead["topics"][1]
    store = frame.desk.store
    with store.transaction() as transaction:
        transaction.save(ScientificTopic(code="aaa", label="A first topic", label_status=LabelStatus.ON_LABEL))
    assert "topics" not in frame._shelf._ahead
    turns(frame)
    frame.go("topics")
    page = frame.page
    assert isinstance(page, TopicsPage)
    assert page is not old
    assert page.form is not None


def test_what_is_made_ahead_is_gone_when_the_workspace_is_shut(open_empty: Open) -> None:
    frame = open_empty()
    frame.make_pages_ahead()
    turns(frame, 4)
    assert frame.warming.left
    frame.put_away()
    frame.make_pages_ahead()
    assert not frame.warming._timer.isActive()
