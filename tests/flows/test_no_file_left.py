"""Shown, printed, locked and handed over: but for the one file that was asked for, the disk stays as it was."""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
from pathlib import Path

import pikepdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from liaison_desktop.clinical.consents.actions import withdraw_consent
from liaison_desktop.clinical.consents.page import ConsentsPage
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.printing import Printed, page_count, spool
from tests.clinical.consents.test_actions import active
from tests.documents.samples import page_texts
from tests.fakes import Clock, FileDialogs

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="what a process holds open is read from /proc")
PASSWORD = "three blue kettles"


class PipePrinter:
    """The way the desktop prints where the system takes PDF: through a pipe into a program, which keeps what it got."""

    def __init__(self, folder: Path) -> None:
        self.kept, self.program = folder / "spooled", folder / "lp"
        self.program.write_text(f"#!/bin/sh\ncat > {self.kept}\n")
        self.program.chmod(0o755)

    def names(self) -> tuple[str, ...]:
        return ("Ward 3",)

    def print_pdf(self, content: bytes, copies: int = 1) -> Printed:
        spool(str(self.program), content, "Ward 3", copies, "one-sided")
        return Printed(printer="Ward 3", pages=page_count(content), copies=copies)


class Watch:
    """Every file of the places where something could be left, and what this process ever held open while it was asked."""

    def __init__(self, *places: Path) -> None:
        self._places = places
        self.before = self.now()
        self.opened: set[str] = set()

    def now(self) -> dict[str, int]:
        return {str(path): path.stat().st_size for place in self._places for path in place.rglob("*") if path.is_file()}

    def look(self) -> None:
        for entry in Path("/proc/self/fd").glob("*"):
            try:
                self.opened.add(str(entry.readlink()))
            except FileNotFoundError:
                continue

    def new(self) -> set[str]:
        self.look()
        return {path for path in self.now() if path not in self.before}


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home, a temporary folder and a working folder of our own: whatever is left anywhere is left in one of them."""
    for name in ("home", "temp", "work"):
        (tmp_path / name).mkdir()
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(tmp_path / "temp"))
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.chdir(tmp_path / "work")
    return tmp_path


@pytest.mark.timeout(240)
def test_nothing_is_left_but_the_file_that_was_asked_for(
    clinical_desk: Desk, clock: Clock, files: FileDialogs, qtbot: QtBot, places: Path, tmp_path: Path
) -> None:
    outside = tmp_path / "printer"
    outside.mkdir()
    clinical_desk.printer = printer = PipePrinter(outside)
    consent = active(clinical_desk.store, clock)
    page = ConsentsPage(clinical_desk)
    clinical_desk.store.listeners.append(page.refresh)
    qtbot.addWidget(page)
    page.resize(1190, 740)
    page.show()
    watch = Watch(places / "home", places / "temp", places / "work")
    page.show_record(consent.id)
    preview = page.detail.preview
    qtbot.waitUntil(lambda: bool(preview.content), timeout=90_000)
    for number in range(1, preview.page_count + 1):
        preview.go_to(number)
        preview.grab()
        watch.look()
    original = preview.content

    # On paper: the bytes went through a pipe, and say whose copy they are.
    QTest.keyClick(preview._area, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    watch.look()
    assert all("Patient copy" in text for text in page_texts(printer.kept.read_bytes()))
    assert watch.new() == set()

    # Locked with a password, typed twice.
    target = places / "work" / "copy.pdf"
    files.saves.append(target)
    preview.ask_save()
    ways = preview.ways_out
    assert ways is not None
    ways.how.buttons[1].click()
    QTest.keyClicks(ways.password, PASSWORD[:5])
    ways.save_button.click()
    assert "At least 12" in ways._first.fault()
    QTest.keyClicks(ways.password, PASSWORD[5:])
    QTest.keyClicks(ways.again, PASSWORD.upper())
    ways.save_button.click()
    assert "not the same" in ways._second.fault()
    ways.again.clear()
    QTest.keyClicks(ways.again, PASSWORD)
    QTest.keyClick(ways.again, Qt.Key.Key_Return)
    assert watch.new() == {str(target)}
    assert files.asked[-1][1] == f"{consent.document_number}-locked.pdf"
    assert (ways.password.text(), ways.again.text()) == ("", "")
    with pikepdf.open(target, password=PASSWORD) as opened:
        inside = opened.attachments[f"{consent.document_number}.pdf"]
        assert inside.get_file().read_bytes() == original
    # The password is nowhere: not in the store's files, not in the journal.
    assert PASSWORD not in " ".join(line.reason for line in clinical_desk.store.lines(limit=20))
    lines = [line.reason for line in clinical_desk.store.lines(limit=6) if line.act in ("printed", "exported")]
    assert lines[0] == "consent summary: locked with a password (AES-256), as sealed"
    assert lines[1].startswith("consent summary, patient copy: Ward 3, ")

    # Withdrawn: what is shown and printed says so; a file carries the original, whose seal still counts.
    withdraw_consent(clinical_desk.store, consent, said_by="María L. Álvarez")
    qtbot.waitUntil(lambda: preview.content not in (b"", original), timeout=90_000)
    assert all("WITHDRAWN" in text and "no longer holds" in text for text in page_texts(preview.content))
    page.detail.print_document("Chart copy")
    assert all("WITHDRAWN" in text and "Chart copy" in text for text in page_texts(printer.kept.read_bytes()))
    target.unlink()
    files.saves.append(target)
    page.detail.save_document("")
    with pikepdf.open(io.BytesIO(target.read_bytes())) as opened:
        inside = opened.attachments[f"{consent.document_number}.pdf"]
        assert inside.get_file().read_bytes() == original
    assert watch.new() == {str(target)}
    held = [path for path in watch.opened if path.endswith(".pdf") or path.startswith(str(places / "temp"))]
    assert held == []
    clinical_desk.jobs.wait()
    page.detail.clear()
    shutil.rmtree(outside)
