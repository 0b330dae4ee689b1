"""The strip of kept files: chosen, dropped, shown, taken away; stored clean and encrypted, thumbnails in memory only."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from liaison_desktop.clinical.patients.form.attachments import attachment_strip
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.clinical.people.record import StaffRole
from liaison_desktop.documents.preview.strip import AttachmentStrip
from liaison_desktop.documents.preview.thumbnails import picture_of
from liaison_desktop.documents.preview.viewer import FileViewer, PictureView
from liaison_desktop.records import FileSort, new_id
from liaison_desktop.ui.desk import Desk
from tests.clinical.people.staff import a_member, put
from tests.documents import photos
from tests.fakes import FileDialogs

KEY = Qt.Key


@pytest.fixture
def strip(clinical_desk: Desk, qtbot: QtBot) -> AttachmentStrip:
    made = attachment_strip(clinical_desk, new_id())
    qtbot.addWidget(made)
    made.resize(700, 300)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "ward.jpg"
    path.write_bytes(photos.photo(6))
    return path


def taken(qtbot: QtBot, strip: AttachmentStrip, *paths: Path) -> None:
    for path in paths:
        strip.take(path)
    qtbot.waitUntil(lambda: not strip.complaint())
    qtbot.waitUntil(lambda: all(tile.image is not None for tile in strip.tiles))


def test_a_chosen_photo_is_stored_clean_and_shown(
    strip: AttachmentStrip, photo: Path, files: FileDialogs, clinical_desk: Desk, qtbot: QtBot, home: Path
) -> None:
    before = {path for path in home.parent.rglob("*") if path.is_file()}
    files.opens.append(photo)
    heard: list[object] = []
    strip.changed.connect(heard.append)
    strip.add.click()
    qtbot.waitUntil(lambda: bool(strip.tiles) and strip.tiles[0].image is not None)
    (held,) = strip.value()
    kept = clinical_desk.store.attachments.get(held.sha256)
    assert photos.PLACE not in kept
    assert (held.size, held.sort, held.cleaned, held.name) == (len(kept), FileSort.JPEG, True, "ward.jpg")
    assert held.added_by == clinical_desk.store.actor.name
    assert heard == [strip.value()]
    assert strip.tiles[0].image.height() > strip.tiles[0].image.width()  # the photo was taken upright
    assert clinical_desk.store.lines(limit=1)[0].kind == Patient.kind
    # Nothing was written beside the store: no temporary file, no thumbnail.
    assert not {path for path in home.parent.rglob("*") if path.is_file()} - before


def test_a_drop_takes_every_file_and_the_same_file_once(
    strip: AttachmentStrip, photo: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    pdf = tmp_path / "mar.pdf"
    pdf.write_bytes(photos.a_pdf())
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(str(path)) for path in (photo, pdf)])
    strip.dropEvent(
        QDropEvent(
            QPointF(QPoint(5, 5)),
            Qt.DropAction.CopyAction,
            carried,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    qtbot.waitUntil(lambda: len(strip.value()) == 2)
    assert {file.sort for file in strip.value()} == {FileSort.JPEG, FileSort.PDF}
    taken(qtbot, strip, photo)
    assert len(strip.value()) == 2
    assert "already" in strip.said()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [("a.txt", b"words", "Only photos"), ("b.png", photos.bomb_png(), "pixels"), ("c.pdf", b"%PDF-", "broken")],
)
def test_a_refusal_is_said_under_the_tiles(
    strip: AttachmentStrip, tmp_path: Path, qtbot: QtBot, name: str, content: bytes, words: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    taken(qtbot, strip, path)
    assert words in strip.said()
    assert strip.value() == ()


def test_only_photos_where_only_photos_belong(clinical_desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    strip = attachment_strip(clinical_desk, new_id(), pictures_only=True)
    qtbot.addWidget(strip)
    path = tmp_path / "mar.pdf"
    path.write_bytes(photos.a_pdf())
    taken(qtbot, strip, path)
    assert "photo" in strip.said()


def test_enter_opens_escape_comes_back_delete_takes_away_and_undo_brings_it(
    strip: AttachmentStrip, photo: Path, clinical_desk: Desk, qtbot: QtBot
) -> None:
    taken(qtbot, strip, photo)
    tile = strip.tiles[0]
    QTest.keyClick(tile, KEY.Key_Return)
    frame = clinical_desk.frame
    viewer = frame.covering  # type: ignore[attr-defined]
    assert isinstance(viewer, FileViewer)
    qtbot.addWidget(viewer)
    assert isinstance(viewer.body, PictureView)
    assert clinical_desk.store.lines(limit=1)[0].act == "viewed"
    viewer.caption.setText("Sacrum")
    QTest.keyClick(viewer, KEY.Key_Escape)
    assert frame.covering is None  # type: ignore[attr-defined]
    assert strip.value()[0].caption == "Sacrum"
    QTest.keyClick(strip.tiles[0], KEY.Key_Delete)
    assert strip.value() == ()
    _words, undo = frame.toasts[-1]  # type: ignore[attr-defined]
    assert undo is not None
    undo()
    assert len(strip.value()) == 1


def test_a_pdf_opens_with_its_pages_and_a_copy_is_noted(
    strip: AttachmentStrip, tmp_path: Path, files: FileDialogs, clinical_desk: Desk, qtbot: QtBot
) -> None:
    path, copy = tmp_path / "mar.pdf", tmp_path / "copy.pdf"
    path.write_bytes(photos.a_pdf(2))
    taken(qtbot, strip, path)
    strip.tiles[0].click()
    viewer = clinical_desk.frame.covering  # type: ignore[attr-defined]
    qtbot.addWidget(viewer)
    assert viewer.body.page_count == 2
    files.saves.append(copy)
    viewer.body.save_asked.emit()
    assert copy.read_bytes() == path.read_bytes()
    assert clinical_desk.store.lines(limit=1)[0].act == "exported"
    assert files.asked[-1][1] == "attachment.pdf"


def test_a_picture_too_large_for_memory_is_not_begun(qapp: object) -> None:
    assert picture_of(photos.bomb_png(), FileSort.PNG, QSize(100, 100)).isNull()
    assert picture_of(b"nothing", FileSort.PDF, QSize(100, 100)).isNull()


@pytest.mark.parametrize(
    ("role", "kept", "exported"), [(StaffRole.LIAISON, True, True), (StaffRole.RESEARCH_COORDINATOR, True, False)]
)
def test_who_may_not_save_a_copy_gets_none(
    strip: AttachmentStrip,
    tmp_path: Path,
    files: FileDialogs,
    clinical_desk: Desk,
    qtbot: QtBot,
    role: StaffRole,
    kept: bool,
    exported: bool,
) -> None:
    put(clinical_desk.store, a_member(role=role))
    path, copy = tmp_path / "mar.pdf", tmp_path / "copy.pdf"
    path.write_bytes(photos.a_pdf(1))
    taken(qtbot, strip, path)
    assert bool(strip.value()) is kept
    strip.tiles[0].click()
    viewer = clinical_desk.frame.covering  # type: ignore[attr-defined]
    qtbot.addWidget(viewer)
    files.saves.append(copy)
    viewer.body.save_asked.emit()
    assert copy.exists() is exported


def test_who_may_only_read_adds_nothing(strip: AttachmentStrip, photo: Path, clinical_desk: Desk, qtbot: QtBot) -> None:
    put(clinical_desk.store, a_member(role=StaffRole.PRACTITIONER_VIEW))
    taken(qtbot, strip, photo)
    assert strip.value() == ()
    assert "record what is known of a patient" in strip.said()
