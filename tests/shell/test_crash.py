"""The crash window says where, never what."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from liaison_desktop.errors import Fault, Refused
from liaison_desktop.shell import crash


def _bug(patient: str) -> None:
    born = {"name": patient}
    raise KeyError(f"no chart for {born['name']}")


def test_the_report_holds_type_and_place_and_no_value() -> None:
    try:
        try:
            _bug("Hannah Okonkwo")
        except KeyError as first:
            raise RuntimeError("Hannah Okonkwo again") from first
    except RuntimeError as error:
        text = crash.report(error)
    assert "Type: RuntimeError" in text
    assert "After: KeyError" in text
    assert "shell/test_crash.py" in text
    assert "in _bug" in text
    assert "Okonkwo" not in text
    assert "chart" not in text


@pytest.mark.expects_log
def test_an_unexpected_error_keeps_drafts_and_opens_one_window(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    kept: list[str] = []
    crash.install(lambda: kept.append("drafts"))
    for _ in range(3):
        try:
            _bug("Hannah Okonkwo")
        except KeyError as error:
            sys.excepthook(KeyError, error, error.__traceback__)
    windows = [each for each in QGuiApplication.instance().topLevelWidgets() if isinstance(each, crash.CrashWindow)]
    assert len(windows) == 1
    assert kept == ["drafts"] * 3
    qtbot.addWidget(windows[0])
    windows[0].copy()
    assert "Type: KeyError" in QGuiApplication.clipboard().text()
    windows[0].on.click()
    assert not windows[0].isVisible()


def test_what_a_person_can_act_on_is_said_and_is_no_crash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    said: list[str] = []
    crash.install(say=lambda error: said.append(str(error)))
    error = Refused((Fault(field="", message="As Auditor you may not print."),))
    sys.excepthook(Refused, error, None)
    assert said == ["As Auditor you may not print."]
