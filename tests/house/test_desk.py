"""The desk that tests put pages on is the application's own, over a real store, with fakes only at the borders."""

from __future__ import annotations

from liaison_desktop.store import Store
from liaison_desktop.ui.desk import Desk
from tests.fakes import Clock, FileDialogs, PaperTray


def test_desks(msl_desk: Desk, msl_store: Store, clock: Clock, files: FileDialogs, printer: PaperTray) -> None:
    assert msl_desk.store is msl_store
    assert msl_desk.theme.accent == "msl"
    clock.tick(60)
    assert msl_desk.clock() == clock.now()
    assert (msl_desk.files, msl_desk.printer) == (files, printer)
    assert msl_desk.files.open_file("Open", "*.csv") is None
    assert msl_desk.printer.print_pdf(b"%PDF-")


def test_clinical(clinical_desk: Desk) -> None:
    assert clinical_desk.theme.accent == "clinical"
