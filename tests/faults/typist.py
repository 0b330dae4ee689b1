"""A process of its own that types into the real application, or looks what came back. Run by test_draft_after_kill.py.

`python -m tests.faults.typist HOME CASE type|forget` sets a workspace up, types, pauses two seconds, says where the
keyboard is, and waits to be killed; `forget` is the sabotage, where drafts are not kept. `look` opens it again and says
what stands there and where the keyboard is.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from liaison_desktop.app import Application
from liaison_desktop.shell.frame import WorkFrame
from tests.fakes import FileDialogs, PaperTray
from tests.security.rings import MemoryKeyring

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
PAUSE = 2_000  # ms after the last key; what was typed must be durable by then
TYPED = "Sees about 40 patients, a third below 45."


class Case(NamedTuple):
    """Where one types, how one gets there again, and what is read there: the text, and the field with the keyboard."""

    workspace: str
    page: str
    type: Callable[[WorkFrame], None]
    again: Callable[[WorkFrame], None]
    read: Callable[[WorkFrame], tuple[str, str]]


def until(true: Callable[[], bool], what: str) -> None:
    """Let the application run until that is so."""
    end = time.monotonic() + 30
    while not true():
        if time.monotonic() > end:
            raise SystemExit(f"never: {what}")
        QTest.qWait(10)


def here() -> QWidget:
    """The widget with the keyboard."""
    until(lambda: QApplication.focusWidget() is not None, "the keyboard")
    return QApplication.focusWidget()


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """One key."""
    QTest.keyClick(here(), key, modifier)
    QApplication.processEvents()


# -- the notes of a visit -------------------------------------------------------------------------------------------------


def type_notes(frame: WorkFrame) -> None:
    """A new visit from the quick line, then its notes."""
    from liaison_desktop.msl import practice

    practice.fill(frame.desk.store)
    frame.go("visits")
    press(KEY.Key_N, CTRL)
    QTest.keyClicks(here(), "oko 13:00 #itch")
    press(KEY.Key_Return)
    pane_of(frame).form.notes.setFocus()
    QTest.keyClicks(here(), TYPED)


def pane_of(frame: WorkFrame) -> Any:
    """The open visit."""
    return frame.pages["visits"].pane  # type: ignore[attr-defined]


def read_notes(frame: WorkFrame) -> tuple[str, str]:
    """The notes, and whether the keyboard is in them."""
    pane = pane_of(frame)
    return pane.typed().notes, "notes" if pane.form.notes.hasFocus() else here().accessibleName()


# -- a field of a patient -------------------------------------------------------------------------------------------------


def type_patient(frame: WorkFrame) -> None:
    """A new patient: past the given name, into the family name."""
    press(KEY.Key_N, CTRL)
    QTest.keyClicks(here(), "Ola")
    press(KEY.Key_Tab)
    QTest.keyClicks(here(), TYPED)


def read_patient(frame: WorkFrame) -> tuple[str, str]:
    """The family name, and the field with the keyboard."""
    entry = frame.pages["patients"].list.entry  # type: ignore[attr-defined]
    return entry.form.patient().family, here().objectName()


# -- an answer of a checklist ---------------------------------------------------------------------------------------------


def type_answer(frame: WorkFrame) -> None:
    """A checklist is begun, the patient identified, and a text answered."""
    from tests.clinical.checklists.filling import a_patient
    from tests.flows.test_preadmission_checklist import begun, question

    frame.desk.store.save(a_patient())
    frame.go("checklists")
    frame.window().activateWindow()
    filler = begun(frame)
    # Without a window system nobody gives the keyboard back when the form it was in is gone.
    frame.window().activateWindow()
    QTest.keyClicks(question(filler, "A1").editor.segments.buttons[0], "1")  # type: ignore[attr-defined]
    filler.show_section("N")
    question(filler, "N5").editor.setFocus()
    QTest.keyClicks(question(filler, "N5").editor.inner, TYPED)


def open_checklist(frame: WorkFrame) -> None:
    """Open the checklist that was begun."""
    from liaison_desktop.clinical.checklists.queries import recent_checklists

    [(checklist, _)] = recent_checklists(frame.desk.store)
    frame.pages["checklists"].show_record(checklist.id)


def read_answer(frame: WorkFrame) -> tuple[str, str]:
    """The answer, and the question with the keyboard."""
    from tests.flows.test_preadmission_checklist import question

    filler = frame.pages["checklists"].form.filler  # type: ignore[attr-defined]
    asked = question(filler, "N5")
    return str(asked.node.value), asked.node.key if asked.isAncestorOf(here()) else here().accessibleName()


CASES = {
    "notes": Case("msl", "visits", type_notes, lambda _frame: None, read_notes),
    "patient": Case("clinical", "patients", type_patient, lambda _frame: press(KEY.Key_N, CTRL), read_patient),
    "answer": Case("clinical", "checklists", type_answer, open_checklist, read_answer),
}


# -- the two lives --------------------------------------------------------------------------------------------------------


def unlocked(home: Path, case: Case) -> Application:
    """The application with its store open, set up first where there is none, on the page of the case."""
    from tests.shell.conftest import SECRET, new_door

    app = Application(home, files=FileDialogs(), printer=PaperTray(), keyring=MemoryKeyring())
    if not app.places.all():
        new_door(app, case.workspace)
    app.start()
    app.window.activateWindow()
    until(app.window.isActiveWindow, "an active window")
    panel = app.window.content.panel  # type: ignore[attr-defined]
    QTest.keyClicks(panel.secret, SECRET)
    panel.go.click()
    until(lambda: app.frame is not None, "the store open")
    frame = app.frame
    assert frame is not None
    frame.go(case.page)
    return app


def main(home: str, name: str, life: str) -> None:
    """Live once: type and wait for the end, or look."""
    qt = QApplication(sys.argv[:1])
    case = CASES[name]
    if life == "forget":
        from liaison_desktop.store.drafts import Drafts

        Drafts.put = lambda *_ignored: None  # type: ignore[method-assign]
    app = unlocked(Path(home), case)
    frame = app.frame
    assert frame is not None
    if life != "look":
        case.type(frame)
        QTest.qWait(PAUSE)
        print(json.dumps(case.read(frame)), flush=True)
        sys.stdin.read()  # nothing more is done until the end: no event, no save
        return
    case.again(frame)
    # The window gives the keyboard to the widget that the page had given it to.
    app.window.activateWindow()
    QTest.qWait(200)
    print(json.dumps(case.read(frame)), flush=True)
    app.close()
    del qt


if __name__ == "__main__":
    main(*sys.argv[1:])
