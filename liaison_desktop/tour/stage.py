"""Puts the application on a stage of its own and performs the parts in their order."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication

from liaison_desktop.app import Application
from liaison_desktop.security.os_keyring import Keyring
from liaison_desktop.tour.hand import ALARM
from liaison_desktop.tour.log import Log
from liaison_desktop.tour.parts import Stage
from liaison_desktop.tour.parts_clinical import clinical_parts
from liaison_desktop.tour.parts_msl import msl_parts
from liaison_desktop.tour.parts_setup import leave, setup_parts
from liaison_desktop.tour.parts_store import store_parts
from liaison_desktop.tour.props import ChosenFiles, KeptPapers, NoSafe

PASSPHRASE = "seven quiet herons over water"  # of a store whose every person is invented
SIZE = (1366, 768)


def perform(out: Path, home: Path, *, keep: bool) -> int:
    """Every part, stopping at the first thing that is not so. 0 if there was none."""
    app = QApplication.instance() or QApplication([])
    log = Log(out)
    ALARM.listen()
    files, papers = ChosenFiles(), KeptPapers()
    keyring: Keyring = NoSafe()
    application = Application(home, files=files, printer=papers, keyring=keyring)
    application.window.resize(*SIZE)
    application.start()
    application.window.resize(*SIZE)
    stage = Stage(application=application, log=log, files=files, papers=papers, passphrase=PASSPHRASE, out=out)
    if keep:
        log.more["kept"] = {
            "stores": "home/data",
            "passphrase": PASSPHRASE,
            "open": "LIAISON_HOME=home liaison-desktop",
        }
    parts: list[tuple[str, Callable[[], None]]] = [
        *setup_parts(stage),
        *msl_parts(stage),
        *clinical_parts(stage),
        *store_parts(stage),
        leave(stage),
    ]
    passed = all(log.run(name, part) for name, part in parts)
    application.close()
    app.processEvents()
    log.write()
    return 0 if passed else 1
