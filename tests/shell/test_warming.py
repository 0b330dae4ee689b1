"""What pages are made of is loaded while nobody types, a little at a time."""

from __future__ import annotations

import subprocess
import sys

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from liaison_desktop.msl.workspace import WORKSPACE
from liaison_desktop.shell.warming import Warming
from tests.house.reading import ROOT

_ALONE = """
import sys
from PySide6.QtWidgets import QApplication
from liaison_desktop.msl.workspace import WORKSPACE
from liaison_desktop.shell.warming import Warming
app = QApplication([])
assert "liaison_desktop.msl.visits.page" not in sys.modules
warming = Warming(WORKSPACE.features, app)
while warming.left:
    app.processEvents()
pages = ["directory", "materials", "insights", "inquiries", "safety", "visits", "today"]
print(all(f"liaison_desktop.msl.{one}.page" in sys.modules for one in pages), "reportlab" in sys.modules)
"""


def test_the_pages_are_there_before_they_are_asked_for_and_nothing_for_paper_is() -> None:
    done = subprocess.run([sys.executable, "-c", _ALONE], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "False"]


def test_nothing_is_loaded_while_somebody_types(qtbot: QtBot) -> None:
    line = QLineEdit()
    qtbot.addWidget(line)
    line.show()
    warming = Warming(WORKSPACE.features, line)
    before = len(warming.left)
    qtbot.waitUntil(lambda: len(warming.left) < before)
    qtbot.keyClick(line.windowHandle(), Qt.Key.Key_A)
    before = len(warming.left)
    warming._turn()
    warming._turn()
    assert len(warming.left) == before
    qtbot.waitUntil(lambda: len(warming.left) < before)
    warming.stop()
