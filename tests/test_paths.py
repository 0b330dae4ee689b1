"""Everything that is kept lies in one folder when a test or the tour says so."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from liaison_desktop import paths


def test_what_came_with_the_application_is_there() -> None:
    assert paths.resource("icons", "check.svg").read_text(encoding="utf-8").count("currentColor") == 1
    assert paths.resource("fonts", "inter", "LICENSE").is_file()


def test_home_holds_everything_and_is_closed_to_others(home: Path) -> None:
    for folder in (paths.data_folder(), paths.config_folder(), paths.log_folder()):
        assert folder.is_dir()
        assert folder.parent == home
        if sys.platform != "win32":
            assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_without_a_home_the_systems_own_places_are_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("LIAISON_HOME")
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "LOCALAPPDATA", "APPDATA"):
        monkeypatch.setenv(name, str(tmp_path / name))
    assert paths.data_folder().is_relative_to(tmp_path) or sys.platform == "win32"
    assert paths.data_folder() != paths.config_folder()
