"""A material comes in with its file, is used in a visit, expires: by keyboard over the real frame.

Ctrl+N  title, Tab ... file, Ctrl+Enter        a new material with its first version
in the visit: title of the material, Enter     the current version out of the list
Ctrl+Shift+Enter                               submitted; with an expired version refused, the draft is kept
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from liaison_desktop.msl import practice
from liaison_desktop.msl.materials.page import MaterialsPage
from liaison_desktop.msl.materials.record import Material, MaterialKind, VersionStatus
from liaison_desktop.msl.visits.page import VisitsPage
from liaison_desktop.msl.visits.record import MaterialUse, Visit, VisitStatus
from liaison_desktop.msl.workspace import WORKSPACE
from liaison_desktop.paths import resource
from liaison_desktop.shell.frame import WorkFrame
from liaison_desktop.store import Act
from liaison_desktop.ui.desk import Desk
from tests.fakes import Clock, FileDialogs

KEY, CTRL, SHIFT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
PDF = resource("practice", "velacor-label.pdf")


@pytest.fixture
def frame(qtbot: QtBot, msl_desk: Desk) -> Iterator[WorkFrame]:
    practice.fill(msl_desk.store)
    made = WorkFrame(msl_desk, WORKSPACE, ())
    msl_desk.frame = made
    qtbot.addWidget(made)
    made.resize(1366, 768)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.put_away()


def here() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(here(), key, modifier)
    QApplication.processEvents()


def types(text: str) -> None:
    QTest.keyClicks(here(), text)


def materials_page(frame: WorkFrame) -> MaterialsPage:
    frame.go("materials")
    page = frame.pages["materials"]
    assert isinstance(page, MaterialsPage)
    return page


def visits_page(frame: WorkFrame) -> VisitsPage:
    frame.go("visits")
    page = frame.pages["visits"]
    assert isinstance(page, VisitsPage)
    return page


def tab_to(target: QWidget, most: int = 20) -> None:
    for _ in range(most):
        if here() is target or target.isAncestorOf(here()):
            return
        press(KEY.Key_Tab)
    raise AssertionError(f"Tab does not reach {target.accessibleName()}")


def named(desk: Desk, name: str) -> Material:
    return next(one for one in desk.store.all(Material) if one.name == name)


def test_a_material_comes_in_by_keyboard_with_its_file(frame: WorkFrame, msl_desk: Desk, files: FileDialogs) -> None:
    page = materials_page(frame)
    page.view.setFocus()
    press(KEY.Key_N, CTRL)
    form = page.form
    assert form is not None
    types("Itch score leaflet")
    press(KEY.Key_Tab)
    types("leaf")
    press(KEY.Key_Return)
    press(KEY.Key_Tab)
    press(KEY.Key_1)
    press(KEY.Key_Return, CTRL)
    assert "Approval reference is needed" in form.version.field("approval_ref").fault()
    assert "Choose the file" in form.file_field.fault()
    assert form.version.editor("number").hasFocus()
    types("1.0")
    press(KEY.Key_Tab)
    types("MED-2026-200")
    press(KEY.Key_Tab)
    types("2026-11-02")
    tab_to(form.version.editor("expires_on"))
    types("2027-11-02")
    tab_to(form.file)
    files.opens.append(PDF)
    press(KEY.Key_Space)
    press(KEY.Key_Return, CTRL)
    made = named(msl_desk, "Itch score leaflet")
    (version,) = made.versions
    assert (made.material_kind, version.number, version.file_name) == (MaterialKind.LEAFLET, "1.0", PDF.name)
    assert version.expires_on == dt.date(2027, 11, 2)
    assert msl_desk.store.attachments.get(version.sha256) == PDF.read_bytes()
    assert page.form is None
    assert not msl_desk.store.drafts.keys("material")
    assert page.view.hasFocus()


def test_what_was_typed_and_the_file_survive_a_crash(
    frame: WorkFrame, msl_desk: Desk, files: FileDialogs, qtbot: QtBot
) -> None:
    page = materials_page(frame)
    page.new()
    types("Half a leaflet")
    assert page.form is not None
    files.opens.append(PDF)
    page.form.file.button.click()
    qtbot.waitUntil(lambda: b"Half a leaflet" in (msl_desk.store.drafts.get("material/new") or b""), timeout=2000)
    again = MaterialsPage(msl_desk)
    qtbot.addWidget(again)
    again.new()
    assert again.form is not None
    assert again.form.typed().material.name == "Half a leaflet"
    assert (again.form.file.name, again.form.file.content) == (PDF.name, PDF.read_bytes())
    again.form.discard()
    page.form._dirty = False
    assert not msl_desk.store.drafts.keys("material")


def test_a_file_is_opened_here_or_saved_as_a_copy_and_the_journal_says_so(
    frame: WorkFrame, msl_desk: Desk, files: FileDialogs, tmp_path: Path
) -> None:
    page, label = materials_page(frame), named(msl_desk, "Velacor label")
    page.show_record(label.id)
    page.pane.open_file(label.versions[-1])
    assert page.pane.preview.page_count == 2
    assert page.pane.preview.content == PDF.read_bytes()
    assert msl_desk.store.lines(limit=1)[0].act == Act.VIEWED
    copy = tmp_path / "copy.pdf"
    files.saves.append(copy)
    page.pane.preview.save_asked.emit()
    assert copy.read_bytes() == PDF.read_bytes()
    assert msl_desk.store.lines(limit=1)[0].act == Act.EXPORTED
    suggested = files.asked[-1][1]
    assert suggested.endswith(".pdf")
    assert "elacor" not in suggested
    press(KEY.Key_Escape)
    assert page.pane.preview.content == b""
    # Nothing was left beside the store.
    left = [one.name for one in msl_desk.store.folder.iterdir() if not one.name.startswith("msl")]
    assert left == []


def test_a_version_is_withdrawn_by_keyboard(frame: WorkFrame, msl_desk: Desk) -> None:
    page, label = materials_page(frame), named(msl_desk, "Nefrelin label")
    page.show_record(label.id)
    page.pane.add_button.setFocus()
    for _ in range(9):
        if "Withdraw" in here().accessibleName():
            break
        press(KEY.Key_Tab)
    press(KEY.Key_Space)
    types("Wrong dose on page 2")
    press(KEY.Key_Tab)
    press(KEY.Key_Tab)
    press(KEY.Key_Space)
    assert named(msl_desk, "Nefrelin label").versions[0].status is VersionStatus.WITHDRAWN


def a_draft(frame: WorkFrame, desk: Desk) -> tuple[VisitsPage, Visit]:
    page = visits_page(frame)
    ready = next(one for one in desk.store.all(Visit) if one.status is VisitStatus.READY)
    desk.open(Visit.kind, ready.id)
    return page, ready


def test_the_current_version_is_picked_in_a_visit(frame: WorkFrame, msl_desk: Desk) -> None:
    page, visit = a_draft(frame, msl_desk)
    row = page.pane.form.more.materials.add(MaterialUse())
    row.title.setFocus()
    types("velacor")
    press(KEY.Key_Return)
    press(KEY.Key_Return, CTRL)
    saved, label = msl_desk.store.get(Visit, visit.id).materials[-1], named(msl_desk, "Velacor label")
    assert (saved.title, saved.number) == ("Velacor label", "August 2026")
    assert (saved.material_id, saved.version_id) == (label.id, label.versions[-1].id)
    # The expired and the withdrawn ones are not offered; what is typed instead is only a title.
    row.title.setFocus()
    row.title.clear()
    types("Staging of chronic")
    assert [one.facts for one in row.title._options] == ["title only"]


def test_an_expired_version_is_refused_and_the_draft_is_kept(frame: WorkFrame, msl_desk: Desk, clock: Clock) -> None:
    page, visit = a_draft(frame, msl_desk)
    old = named(msl_desk, "Staging of chronic kidney disease")
    page.pane.form.more.materials.add(
        MaterialUse(title=old.name, material_id=old.id, version_id=old.versions[0].id, number="1.4")
    )
    page.pane.form.notes.setFocus()
    press(KEY.Key_Return, CTRL | SHIFT)
    kept = msl_desk.store.get(Visit, visit.id)
    assert not kept.locked
    assert "to do" in page.pane.foot._count.text()
    page.pane.form.more.materials.editors()[-1].removed.emit()
    page.pane.form.notes.setFocus()
    press(KEY.Key_Return, CTRL | SHIFT)
    assert msl_desk.store.get(Visit, visit.id).locked


def test_an_old_row_with_a_title_only_stays_readable(frame: WorkFrame, msl_desk: Desk) -> None:
    page = visits_page(frame)
    old = next(
        one for one in msl_desk.store.all(Visit) if any(row.title == "Guideline comparison" for row in one.materials)
    )
    msl_desk.open(Visit.kind, old.id)
    (row,) = page.pane.form.more.materials.editors()
    assert row.title.text() == "Guideline comparison"
    assert row.value() == old.materials[0]
