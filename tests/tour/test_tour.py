"""The tour, as a stranger runs it: another process, an empty folder, no screen. And that it can fail."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from liaison_desktop.errors import Refused
from liaison_desktop.tour.hand import NotSo, find
from liaison_desktop.tour.log import Log

ROOT = Path(__file__).resolve().parents[2]


def command(*words: str, told: str = "") -> subprocess.CompletedProcess[str]:
    """Run the command line as another process."""
    return subprocess.run(
        [sys.executable, "-m", "liaison_desktop", *words],
        input=told,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)},
        timeout=480,
        check=False,
    )


@pytest.mark.timeout(540)
def test_the_main_job_is_performed_and_its_stores_can_be_opened(tmp_path: Path) -> None:
    """Every step is so; pictures, paper and record are there; the kept store opens with the passphrase that is told."""
    out = tmp_path / "out"
    done = command("tour", str(out), "--keep")
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads((out / "tour.json").read_text(encoding="utf-8"))
    assert told["passed"]
    assert len(done.stdout.strip().splitlines()) == len(told["steps"]) >= 38
    assert all(step["asserted"] or step["name"] == "first run" for step in told["steps"])
    pictures = [name for step in told["steps"] for name in step["screenshots"]]
    assert len(pictures) >= 80
    assert all((out / name).stat().st_size > 5_000 for name in pictures)
    assert (out / "consent-summary.pdf").read_bytes().startswith(b"%PDF")
    assert told["patient"] == "María L. Álvarez"
    assert told["journal"]["verified"]

    clinical = out / told["kept"]["stores"] / "clinical"
    checked = command("journal", "verify", str(clinical), "--passphrase-stdin", told=told["kept"]["passphrase"] + "\n")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "verified" in checked.stdout
    assert int(checked.stdout.split()[1]) >= told["journal"]["length"]
    wrong = command("journal", "verify", str(clinical), "--passphrase-stdin", told="not this one, no\n")
    assert wrong.returncode != 0
    assert len(wrong.stderr.strip().splitlines()) == 1
    assert "Traceback" not in wrong.stderr

    again = command("tour", str(out), "--keep")
    assert again.returncode == 2, "stores that were kept are not written over"


def test_a_step_that_is_not_so_fails_the_tour(qtbot: QtBot, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What was expected and is not so is said, written down and fails, without a traceback."""
    from PySide6.QtWidgets import QPushButton

    window = QPushButton("Here")
    qtbot.addWidget(window)
    window.show()
    log = Log(tmp_path)
    assert log.run("there", lambda: log.so("it is there", True))
    assert not log.run("not there", lambda: log.so("it is not there", 1 > 2))

    def refused() -> None:
        raise Refused(())

    assert not log.run("refused", refused)
    told = json.loads((tmp_path / "tour.json").read_text(encoding="utf-8"))
    assert not told["passed"]
    assert [step["failed"] for step in told["steps"]][:2] == ["", "it is not there"]
    assert "NOT SO: it is not there" in capsys.readouterr().out
    with pytest.raises(NotSo):
        find(QPushButton, "Nowhere")
    assert find(QPushButton, "Here") is window
