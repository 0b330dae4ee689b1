"""What is typed is durable within two seconds, and after a kill -9 it is there again with the keyboard on its field."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.typist import CASES, TYPED
from tests.house.reading import ROOT

_LIVES = dict.fromkeys(CASES, "type") | {"patient forgotten": "forget"}


def _typist(home: Path, name: str, life: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.faults.typist", str(home), name.split()[0], life]
    env = dict(os.environ, LIAISON_HOME=str(home), QT_QPA_PLATFORM="offscreen")
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=ROOT, env=env, stdin=pipe, stdout=pipe, stderr=pipe, text=True)


def _said(process: subprocess.Popen[str]) -> tuple[str, str] | str:
    assert process.stdout is not None
    line = process.stdout.readline()
    try:
        text, field = json.loads(line)
    except ValueError:
        process.kill()
        return line + process.communicate()[1]
    return text, field


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[object, object]]:
    """What each typist said before it was killed, and what was there afterwards. They live side by side."""
    homes = {name: tmp_path_factory.mktemp(name.replace(" ", "-")) for name in _LIVES}
    lives = {name: _typist(homes[name], name, life) for name, life in _LIVES.items()}
    before: dict[str, object] = {}
    for name, process in lives.items():
        before[name] = _said(process)
        process.kill()
        process.communicate()
    lives = {name: _typist(homes[name], name, "look") for name in _LIVES}
    after: dict[str, object] = {name: _said(process) for name, process in lives.items()}
    for process in lives.values():
        process.communicate(timeout=20)
    return {name: (before[name], after[name]) for name in _LIVES}


@pytest.mark.timeout(180)
@pytest.mark.parametrize("name", list(CASES))
def test_what_was_typed_comes_back_on_the_same_field(told: dict[str, tuple[object, object]], name: str) -> None:
    before, after = told[name]
    assert isinstance(before, tuple), before
    assert before[0] == TYPED
    assert before[1] != ""
    assert after == before


def test_a_draft_that_is_not_kept_is_missed(told: dict[str, tuple[object, object]]) -> None:
    before, after = told["patient forgotten"]
    assert isinstance(before, tuple), before
    assert before[0] == TYPED
    assert isinstance(after, tuple), after
    assert after[0] == ""
    assert after != before
