"""The preview: real pages from bytes, keys and zoom, and not one file on disk."""

from __future__ import annotations

import tempfile
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from liaison_desktop.clinical.consents.document import make_summary
from liaison_desktop.documents.preview import Preview
from liaison_desktop.documents.styles import sheet
from tests.documents.samples import a_summary


@pytest.fixture(scope="module")
def content() -> bytes:
    return make_summary(a_summary(), sheet("letter", large=True), "Patient copy").content


@pytest.fixture
def preview(qtbot: QtBot, content: bytes) -> Preview:
    made = Preview()
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    qtbot.waitExposed(made)
    made.show_document(content, "CS-2026-004187")
    return made


def _ink(image: QImage) -> int:
    step = 3
    return sum(
        image.pixelColor(x, y).lightness() < 128
        for x in range(0, image.width(), step)
        for y in range(0, image.height(), step)
    )


def test_it_shows_the_pages(preview: Preview) -> None:
    assert preview.page_count == 3
    assert preview.page == 1
    assert _ink(preview.grab().toImage()) > 500


def test_an_empty_preview_offers_nothing(qtbot: QtBot) -> None:
    made = Preview()
    qtbot.addWidget(made)
    assert (made.page_count, made.page, made.content) == (0, 0, b"")
    assert not made._print.isEnabled()
    assert not made._save.isEnabled()


def test_page_keys_turn_pages(qtbot: QtBot, preview: Preview) -> None:
    seen = []
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, Qt.Key.Key_End, Qt.Key.Key_Home):
        qtbot.keyClick(preview._area, key)
        seen.append(preview.page)
    assert seen == [2, 3, 2, 3, 1]
    qtbot.keyClick(preview._area, Qt.Key.Key_PageUp)
    assert preview.page == 1


def test_scrolling_tells_the_page(preview: Preview) -> None:
    bar = preview._area.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert preview.page == 3
    assert preview._number.text() == "Page 3 of 3"


def test_zoom_keeps_the_page_and_width_fits_again(qtbot: QtBot, preview: Preview) -> None:
    fitting = preview.scale
    preview.go_to(3)
    qtbot.keyClick(preview._area, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert preview.scale > fitting
    assert preview.page == 3
    preview.zoom_out()
    preview.zoom_out()
    assert preview.scale < fitting
    preview.fit_width()
    assert preview.scale == pytest.approx(fitting)
    wide = preview._area.viewport().width()
    preview.resize(700, 600)
    assert preview._area.viewport().width() < wide
    assert preview.scale < fitting


def test_zoom_has_ends(preview: Preview) -> None:
    for _ in range(40):
        preview.zoom_in()
    most = preview.scale
    preview.zoom_in()
    assert preview.scale == most
    for _ in range(40):
        preview.zoom_out()
    assert 0.3 < preview.scale < 0.5


def test_print_and_save_ask_the_page(qtbot: QtBot, preview: Preview) -> None:
    with qtbot.waitSignal(preview.print_asked):
        qtbot.mouseClick(preview._print, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(preview.save_asked):
        qtbot.mouseClick(preview._save, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(preview.print_asked):
        qtbot.keyClick(preview._area, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)


def test_clearing_forgets_the_document(preview: Preview) -> None:
    preview.clear()
    assert (preview.page_count, preview.content) == (0, b"")
    assert preview._pages._images == {}


def test_a_preview_that_is_taken_away_closes_its_document(qtbot: QtBot, content: bytes) -> None:
    made = Preview()
    made.show_document(content, "CS-2026-004187")
    held = made._pages._open
    assert len(held) == 1
    made.deleteLater()
    qtbot.waitUntil(lambda: held == [])


def test_another_document_takes_its_place(preview: Preview) -> None:
    preview.go_to(3)
    other = make_summary(a_summary(), sheet("letter"), "Chart copy")
    preview.show_document(other.content, other.document_number)
    assert (preview.page_count, preview.page) == (other.pages, 1)


def _files(*folders: Path) -> set[str]:
    return {str(path) for folder in folders for path in folder.rglob("*")}


def _open_files() -> set[str]:
    """What this process holds open, where the system tells."""
    found = set()
    for entry in Path("/proc/self/fd").glob("*"):
        try:
            found.add(str(entry.readlink()))
        except FileNotFoundError:
            continue  # the one that listed the folder is closed again
    return found


def test_no_file_is_made(qtbot: QtBot, content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.chdir(tmp_path)
    opened: set[str] = set()
    before = _files(tmp_path)
    preview = Preview()
    qtbot.addWidget(preview)
    preview.resize(800, 600)
    preview.show()
    preview.show_document(content, "CS-2026-004187")
    for page in range(1, preview.page_count + 1):
        preview.go_to(page)
        preview.grab()
        opened |= _open_files()
    assert _files(tmp_path) == before
    assert not [path for path in opened if path.endswith(".pdf") or path.startswith((str(tmp_path), "/tmp/pdf"))]


def test_the_page_under_the_pointer_is_white_paper_in_every_theme(preview: Preview) -> None:
    corner = preview._pages._place(0).topLeft() + QPoint(4, 4)
    image = preview._pages.grab().toImage()
    assert image.pixelColor(corner).lightness() > 250


def test_documents_are_made_on_a_worker_while_the_preview_draws(preview: Preview) -> None:
    made: list[int] = []
    worker = threading.Thread(
        target=lambda: made.extend(make_summary(a_summary(), sheet("a4"), "Chart copy").pages for _ in range(8))
    )
    worker.start()
    while worker.is_alive():
        preview.zoom_in()
        preview.grab()
        preview.zoom_out()
        preview.grab()
    worker.join()
    assert made == [2] * 8
