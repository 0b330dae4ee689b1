"""The guards of conftest.py fail a test that warns, reaches for a network or leaves a window open."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.reading import ROOT

CRIMES = {
    "log": ("import logging\ndef test_it(): logging.getLogger('x').warning('odd')", "unexpected log: WARNING x: odd"),
    "qt": (
        "def test_it(qtbot):\n    from PySide6.QtCore import qWarning\n    qWarning('odd')",
        "Qt messages with level WARNING",
    ),
    "socket": (
        "import socket\ndef test_it():\n    try: socket.create_connection(('127.0.0.1', 9))\n    except OSError: pass",
        "unexpected socket: create_connection",
    ),
    "window": (
        "from PySide6.QtWidgets import QWidget\nkept = []\ndef test_it(qtbot):\n    kept.append(QWidget()); kept[0].show()",
        "left open: QWidget",
    ),
    "modal": (
        "from PySide6.QtWidgets import QDialog\nkept = []\ndef test_it(qtbot):\n    kept.append(QDialog()); kept[0].open()",
        "left open: QDialog",
    ),
    "slot": (
        "from PySide6.QtWidgets import QPushButton\ndef test_it(qtbot):\n    b = QPushButton(); qtbot.addWidget(b)\n"
        "    b.clicked.connect(lambda: 1 / 0); b.click()",
        "ZeroDivisionError",
    ),
    "keyring": (
        "import keyring\ndef test_it():\n    assert 'fail' not in type(keyring.get_keyring()).__module__",
        "keyring.backends.fail",
    ),
    "hang": ("import pytest, time\n@pytest.mark.timeout(0.2)\ndef test_it(): time.sleep(5)", "Timeout"),
}


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What pytest says of all the crimes, run together under this project's conftest."""
    folder = tmp_path_factory.mktemp("guards")
    (folder / "tests").mkdir()
    for name in ("__init__.py", "conftest.py", "fakes.py", "builders.py"):
        (folder / "tests" / name).write_bytes((ROOT / "tests" / name).read_bytes())
    (folder / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    for name, (crime, _said) in CRIMES.items():
        (folder / "tests" / f"test_{name}.py").write_text(crime + "\n", encoding="utf-8")
    (folder / "tests" / "test_innocent.py").write_text(INNOCENT, encoding="utf-8")
    env = dict(os.environ, PYTHONPATH=str(Path(folder)))
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--no-header", "-v"]
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


INNOCENT = """
import logging, os
import pytest

@pytest.mark.expects_log
def test_log(): logging.getLogger('x').warning('meant')

def test_window(qtbot):
    from PySide6.QtWidgets import QWidget
    widget = QWidget(); qtbot.addWidget(widget); widget.show()

def test_home(tmp_path): assert os.environ['LIAISON_HOME'] == str(tmp_path / 'home')
"""


@pytest.mark.parametrize("crime", CRIMES)
def test_a_guard_catches(verdicts: str, crime: str) -> None:
    assert CRIMES[crime][1] in verdicts, verdicts
    assert f"tests/test_{crime}.py::test_it" in verdicts.rsplit("short test summary", 1)[-1], verdicts


def test_the_innocent_pass(verdicts: str) -> None:
    assert verdicts.count("test_innocent.py") == 3, verdicts
    assert "test_innocent" not in verdicts.rsplit("short test summary", 1)[-1]
