"""A material comes in with its file, is used in a visit, expires: by keys alone over the real frame.

Ctrl+8                                         the materials
Ctrl+N  title, Tab ... file, Ctrl+Enter        a new material with its first version
in the visit: title of the material, Enter     the current version out of the list
Ctrl+Shift+Enter                               submitted; with an expired version refused, the draft is kept
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from liaison_desktop.msl import practice
from liaison_desktop.msl.materials.actions import add_version
from liaison_desktop.msl.materials.page import MaterialsPage
from liaison_desktop.msl.materials.record import (
    LabelStatus,
    Material,
    MaterialKind,
    MaterialVersion,
    ScientificTopic,
    Use,
    VersionStatus,
)
from liaison_desktop.msl.visits.record import Direction, ExchangeBasis, MaterialUse, Topic, Visit, VisitStatus
from liaison_desktop.paths import resource
from liaison_desktop.shell.frame import WorkFrame
from liaison_desktop.store import Act
from liaison_desktop.ui.desk import Desk
from tests.fakes import FileDialogs
from tests.flows.keyboard import CTRL, KEY, SHIFT, frames, press, types
from tests.msl.inquiries.story import pick, spoken, tab_to

PDF = resource("practice", "velacor-label.pdf")
VISITS, MATERIALS = KEY.Key_3, KEY.Key_8


@pytest.fixture
def start(qtbot: QtBot, msl_desk: Desk) -> Iterator[Callable[[], WorkFrame]]:
    """Opens the frame over practice records, as often as it is asked to."""
    practice.fill(msl_desk.store)
    with frames(qtbot, msl_desk) as make:
        yield make


def to_materials(frame: WorkFrame) -> MaterialsPage:
    press(MATERIALS, CTRL)
    page = frame.pages["materials"]
    assert isinstance(page, MaterialsPage)
    return page


def to_material(frame: WorkFrame, name: str) -> MaterialsPage:
    """Find it by its title; the keyboard stands on its versions."""
    page = to_materials(frame)
    press(KEY.Key_F, CTRL)
    types(name)
    press(KEY.Key_Return)
    press(KEY.Key_Return)
    assert page.pane.material is not None
    assert page.pane.material.name == name
    return page


def to_visit(frame: WorkFrame, visit: Visit, most: int = 40) -> Any:
    """Down the list to this visit, and into it."""
    press(VISITS, CTRL)
    page: Any = frame.pages["visits"]
    press(KEY.Key_Home)
    for _ in range(most):
        if page.list.view.current_key() == visit.id:
            break
        press(KEY.Key_Down)
    press(KEY.Key_Return)
    assert page.pane.visit.id == visit.id
    return page


def named(desk: Desk, name: str) -> Material:
    return next(one for one in desk.store.all(Material) if one.name == name)


def a_draft(desk: Desk, *more: MaterialUse) -> Visit:
    """A visit that nothing stands against, with these materials besides its own."""
    ready = next(one for one in desk.store.all(Visit) if one.status is VisitStatus.READY)
    return desk.store.save(msgspec.structs.replace(ready, materials=(*ready.materials, *more))) if more else ready


def test_a_material_comes_in_with_its_file(start: Callable[[], WorkFrame], msl_desk: Desk, files: FileDialogs) -> None:
    page = to_materials(start())
    press(KEY.Key_N, CTRL)
    form = page.form
    assert form is not None
    types("Itch score leaflet")
    press(KEY.Key_Tab)
    pick("leaf")
    press(KEY.Key_Tab)
    press(KEY.Key_1)
    press(KEY.Key_Return, CTRL)
    assert "Approval reference is needed" in form.version.field("approval_ref").fault()
    assert "Choose the file" in form.file_field.fault()
    assert spoken() == "Version"
    types("1.0")
    press(KEY.Key_Tab)
    types("MED-2026-200")
    press(KEY.Key_Tab)
    types("2026-11-02")
    tab_to("Expires")
    types("2027-11-02")
    tab_to("Choose a file")
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
    start: Callable[[], WorkFrame], msl_desk: Desk, files: FileDialogs, qtbot: QtBot
) -> None:
    to_materials(start())
    press(KEY.Key_N, CTRL)
    types("Half a leaflet")
    files.opens.append(PDF)
    tab_to("Choose a file")
    press(KEY.Key_Space)
    qtbot.waitUntil(lambda: b"Half a leaflet" in (msl_desk.store.drafts.get("material/new") or b""), timeout=2000)
    page = to_materials(start())
    press(KEY.Key_N, CTRL)
    assert page.form is not None
    assert page.form.typed().material.name == "Half a leaflet"
    assert (page.form.file.name, page.form.file.content) == (PDF.name, PDF.read_bytes())
    tab_to("Discard")
    press(KEY.Key_Space)
    assert not msl_desk.store.drafts.keys("material")


def test_a_file_is_opened_here_or_saved_as_a_copy_and_the_journal_says_so(
    start: Callable[[], WorkFrame], msl_desk: Desk, files: FileDialogs, tmp_path: Path
) -> None:
    page = to_material(start(), "Velacor label")
    tab_to("Open version")
    press(KEY.Key_Space)
    assert page.pane.preview.page_count == 2
    assert page.pane.preview.content == PDF.read_bytes()
    assert msl_desk.store.lines(limit=1)[0].act == Act.VIEWED
    copy = tmp_path / "copy.pdf"
    files.saves.append(copy)
    tab_to("Save a copy")
    press(KEY.Key_Space)
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


def test_a_version_is_withdrawn(start: Callable[[], WorkFrame], msl_desk: Desk) -> None:
    to_material(start(), "Nefrelin label")
    tab_to("Withdraw version")
    press(KEY.Key_Space)
    types("Wrong dose on page 2")
    press(KEY.Key_Tab)
    press(KEY.Key_Tab)
    press(KEY.Key_Space)
    assert named(msl_desk, "Nefrelin label").versions[0].status is VersionStatus.WITHDRAWN


def test_the_current_version_is_picked_in_a_visit(start: Callable[[], WorkFrame], msl_desk: Desk) -> None:
    frame, visit = start(), a_draft(msl_desk)
    page = to_visit(frame, visit)
    if not page.pane.form.more._box.isVisible():
        tab_to("More: outcome, materials, also present")
        press(KEY.Key_Space)
    tab_to("Add material")
    press(KEY.Key_Space)
    row = page.pane.form.more.materials.editors()[-1]
    assert row.title.hasFocus()
    pick("velacor")
    press(KEY.Key_Return, CTRL)
    saved, label = msl_desk.store.get(Visit, visit.id).materials[-1], named(msl_desk, "Velacor label")
    assert (saved.title, saved.number) == ("Velacor label", "August 2026")
    assert (saved.material_id, saved.version_id) == (label.id, label.versions[-1].id)
    # The expired and the withdrawn ones are not offered; what is typed instead is only a title.
    press(KEY.Key_A, CTRL)
    types("Staging of chronic")
    assert [one.facts for one in row.title._options] == ["title only"]


def refused_until_removed(start: Callable[[], WorkFrame], desk: Desk, visit: Visit, words: str) -> None:
    """Submitting says why not and keeps the draft; without the row the visit is submitted."""
    page = to_visit(start(), visit)
    press(KEY.Key_Return, CTRL | SHIFT)
    assert not desk.store.get(Visit, visit.id).locked
    assert "to do" in page.pane.foot._count.text()
    said = " ".join(label.text() for label in page.pane.form.more.materials.findChildren(QLabel))
    assert words in said
    rows = page.pane.form.more.materials
    count = len(rows.editors())
    tab_to("Remove this material")
    for _ in range(count - 1):
        tab_to("Remove this material")
    press(KEY.Key_Space)
    assert len(rows.editors()) == count - 1
    press(KEY.Key_Return, CTRL | SHIFT)
    assert desk.store.get(Visit, visit.id).locked


def test_an_expired_version_is_refused_and_the_draft_is_kept(start: Callable[[], WorkFrame], msl_desk: Desk) -> None:
    old = named(msl_desk, "Staging of chronic kidney disease")
    row = MaterialUse(title=old.name, material_id=old.id, version_id=old.versions[0].id, number="1.4")
    refused_until_removed(start, msl_desk, a_draft(msl_desk, row), "v1.4 expired")


def test_what_may_only_answer_is_refused_on_a_topic_we_raised(start: Callable[[], WorkFrame], msl_desk: Desk) -> None:
    topic = next(one for one in msl_desk.store.all(ScientificTopic) if one.label_status is LabelStatus.ON_LABEL)
    raised = Topic(
        topic_id=topic.id,
        exchange_basis=ExchangeBasis.ON_LABEL,
        direction=Direction.RAISED_BY_MSL,
        topic_name=topic.label,
    )
    msl_desk.store.save(msgspec.structs.replace(a_draft(msl_desk), topics=(raised,)))
    today = msl_desk.today()
    made = Material(
        name="Reply letter",
        material_kind=MaterialKind.STANDARD_RESPONSE,
        topic_id=topic.id,
        use=Use.REACTIVE_ONLY,
    )
    version = MaterialVersion(
        number="1", approval_ref="A-1", approved_on=today, expires_on=today + dt.timedelta(days=99)
    )
    letter = add_version(msl_desk.store, made, version, PDF.read_bytes(), "letter.pdf")
    row = MaterialUse(title=letter.name, material_id=letter.id, version_id=letter.versions[0].id, number="1")
    refused_until_removed(start, msl_desk, a_draft(msl_desk, row), "may only be used in reply to a request")


def test_an_old_row_with_a_title_only_stays_readable(start: Callable[[], WorkFrame], msl_desk: Desk) -> None:
    old = next(
        one for one in msl_desk.store.all(Visit) if any(row.title == "Guideline comparison" for row in one.materials)
    )
    page = to_visit(start(), old)
    (row,) = page.pane.form.more.materials.editors()
    assert row.title.text() == "Guideline comparison"
    assert row.value() == old.materials[0]
