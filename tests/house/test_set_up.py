"""The set-up: two commands, only the standard library, one plain line when something is missing."""

from __future__ import annotations

import ast
import importlib.util
import re
import sys
import tomllib
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from packaging.requirements import Requirement

from tests.house.reading import ROOT

SCRIPT = ROOT / "packaging" / "dev.py"


@pytest.fixture
def dev(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The set-up script, fresh, on a machine that lacks nothing."""
    spec = importlib.util.spec_from_file_location("dev", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "can_load", lambda library: True)
    monkeypatch.setattr(module.sys, "platform", "linux")
    return module


def test_the_readme_opens_with_the_two_commands() -> None:
    block = (ROOT / "README.md").read_text(encoding="utf-8").split("```")[1]
    commands = [line.split("#")[0].strip() for line in block.strip().splitlines()]
    assert commands == ["python3 packaging/dev.py run", "python3 packaging/dev.py test"]


def test_the_gate_is_the_command_of_the_readme() -> None:
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if "dev.py" in line] == [
        'cd "$(dirname "$0")/.." && exec python3 packaging/dev.py test'
    ]


def test_the_script_needs_only_the_standard_library() -> None:
    names = set()
    for node in ast.walk(ast.parse(SCRIPT.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    assert names <= sys.stdlib_module_names


def test_the_lock_holds_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lock = (ROOT / "packaging" / "requirements.lock").read_text(encoding="utf-8")
    locked: dict[str, list[str]] = {}
    for name, version in re.findall(r"^([A-Za-z0-9_.-]+)==([^ ]+)", lock, re.MULTILINE):
        locked.setdefault(re.sub(r"[-_.]+", "-", name).lower(), []).append(version)
    for line in [*project["dependencies"], *project["optional-dependencies"]["dev"]]:
        wanted = Requirement(line)
        versions = locked.get(re.sub(r"[-_.]+", "-", wanted.name).lower(), [])
        assert any(wanted.specifier.contains(version) for version in versions), f"{line}: packaging/dev.py lock"


def test_every_dependency_has_an_upper_bound_and_a_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    project = tomllib.loads(text)["project"]
    for line in project["dependencies"]:
        operators = {clause.operator for clause in Requirement(line).specifier}
        assert operators & {"<", "=="}, line
        before = text[: text.index(line)].rstrip().rstrip('"').rstrip().splitlines()[-1].strip()
        assert before.startswith("#") or "cryptography" in before, line


@pytest.mark.parametrize("version", [(3, 10, 12), (3, 15, 0), (2, 7, 18)])
def test_a_python_that_does_not_fit_is_named(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], version: tuple[int, ...]
) -> None:
    monkeypatch.setattr(dev.sys, "version_info", version)
    assert dev.main(["test"]) == 1
    said = capsys.readouterr().err
    assert f"Python 3.11 to 3.14 is needed; this is {version[0]}.{version[1]}" in said
    assert said.count("\n") == 1


def test_who_may_not_install_is_told_the_exact_line(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lacking = {"libEGL.so.1", "libxcb-cursor.so.0"}
    monkeypatch.setattr(dev, "can_load", lambda library: library not in lacking)
    monkeypatch.setattr(dev.os, "geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr(dev.shutil, "which", lambda name: f"/usr/bin/{name}")
    assert dev.main(["run"]) == 1
    assert "  sudo apt-get install -y --no-install-recommends libegl1 libxcb-cursor0\n" in capsys.readouterr().err
    # The tests draw into memory and do not need what only a window needs.
    assert dev.missing_packages(with_window=False) == ["libegl1"]


def test_a_system_without_apt_is_told_what_is_missing(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "can_load", lambda library: library != "libGL.so.1")
    monkeypatch.setattr(dev.shutil, "which", lambda name: None)
    assert dev.main(["test"]) == 1
    assert "libgl1" in capsys.readouterr().err


def test_a_python_without_venv_is_named(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev.importlib.util, "find_spec", lambda name: None)
    assert dev.missing_packages(with_window=False) == ["python3-venv"]


def test_a_warm_start_does_nothing(dev: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def never(*_args: Any, **_options: Any) -> None:
        raise AssertionError("a warm start ran something")

    monkeypatch.setattr(dev.subprocess, "run", never)
    stamp = tmp_path / "stamp"
    stamp.write_text(dev.wanted_stamp(), encoding="ascii")
    monkeypatch.setattr(dev, "STAMP", stamp)
    monkeypatch.setattr(dev, "PYTHON", Path(sys.executable))
    dev.provide_libraries(with_window=True)
    dev.provide_environment()
    # Another lock, another environment.
    other = tmp_path / "requirements.lock"
    other.write_text("changed", encoding="ascii")
    monkeypatch.setattr(dev, "LOCK", other)
    monkeypatch.setattr(dev, "ENV", tmp_path / "env")
    with pytest.raises(AssertionError, match="ran something"):
        dev.provide_environment()


def test_an_unknown_word_shows_the_verbs(dev: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(["fly"]) == 2
    assert dev.main([]) == 2
    assert dev.main(["--help"]) == 0
    assert "tour OUT" in capsys.readouterr().out
