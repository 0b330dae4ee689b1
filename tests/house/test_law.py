"""The law of the house (import-linter, in pyproject.toml) holds, and each of its articles has teeth."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.reading import PACKAGE, ROOT

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]

# article -> crimes, each a file and the line added at its end. One room and one floor at a time.
CRIMES = [
    ("floors", "records/record.py", "import liaison_desktop.store"),
    ("floors", "store/__init__.py", "import liaison_desktop.ui"),
    ("floors", "ui/__init__.py", "import liaison_desktop.policies"),
    ("floors", "ui/__init__.py", "import liaison_desktop.interop"),
    ("floors", "policies/__init__.py", "import liaison_desktop.documents"),
    ("floors", "policies/__init__.py", "import liaison_desktop.tasks"),
    ("floors", "msl/__init__.py", "import liaison_desktop.shell"),
    ("floors", "shell/__init__.py", "import liaison_desktop.app"),
    ("floors", "common.py", ""),
    ("floors", "toolbox/__init__.py", ""),
    ("rooms", "msl/visits/record.py", "import liaison_desktop.msl.visits.actions"),
    ("rooms", "msl/visits/rules.py", "import liaison_desktop.msl.visits.actions"),
    ("rooms", "clinical/consents/actions.py", "import liaison_desktop.clinical.consents.page"),
    ("rooms", "msl/visits/utils.py", ""),
    ("rooms", "clinical/patients/tools/__init__.py", ""),
    ("rooms", "tasks/record.py", "import liaison_desktop.tasks.actions"),
    ("rooms", "tasks/tools.py", ""),
    ("rooms", "sealed/record.py", "import liaison_desktop.sealed.actions"),
    ("floors", "documents/__init__.py", "import liaison_desktop.sealed"),
    ("sealing", "clinical/consents/document/making.py", "def late():\n    import pyhanko"),
    ("sealing", "security/keys.py", "def late():\n    import asn1crypto"),
    ("msl-floors", "msl/directory/rules.py", "import liaison_desktop.msl.visits.record"),
    ("msl-floors", "msl/workshop/__init__.py", ""),
    ("clinical-floors", "clinical/people/record.py", "import liaison_desktop.clinical.patients.record"),
    ("clinical-floors", "clinical/checklists/record.py", "import liaison_desktop.clinical.consents.record"),
    ("clinical-floors", "clinical/workshop/__init__.py", ""),
    ("workspaces", "msl/directory/record.py", "import liaison_desktop.clinical.patients.record"),
    ("workspaces", "clinical/workspace.py", "import liaison_desktop.msl.workspace"),
    ("qt", "msl/visits/actions.py", "from PySide6.QtCore import QObject"),
    ("qt", "store/store.py", "import PySide6"),
    ("qt", "questionnaires/__init__.py", "def late():\n    from PySide6.QtWidgets import QWidget"),
    ("qt-detours", "msl/visits/rules.py", "import liaison_desktop.ui.theme"),
    ("qt-detours", "clinical/consents/document.py", "import liaison_desktop.documents.preview"),
    ("sql", "msl/visits/actions.py", "import sqlalchemy"),
    ("sql", "msl/today/page.py", "def late():\n    from sqlalchemy import select"),
    ("qt-detours", "tasks/rules.py", "import liaison_desktop.ui.theme"),
    ("sql", "tasks/actions.py", "import sqlalchemy"),
    ("sql", "sealed/actions/keeping.py", "import sqlalchemy"),
    ("qt-detours", "sealed/actions/sealer.py", "import liaison_desktop.ui.theme"),
    ("sql", "ui/__init__.py", "import sqlalchemy"),
    ("engine", "msl/visits/queries.py", "import sqlcipher3"),
    ("engine", "security/__init__.py", "import alembic"),
    ("pdf", "clinical/consents/page.py", "import reportlab"),
    ("pages", "clinical/consents/actions.py", "import pypdfium2"),
    ("pages", "ui/__init__.py", "import pypdfium2"),
    ("fhir", "clinical/consents/actions.py", "from fhir.resources.R4B.bundle import Bundle"),
    ("keys", "store/__init__.py", "import keyring"),
    ("server", "app.py", "def late():\n    import liaison_desktop.server.database"),
    ("server", "sync/merge.py", "import liaison_desktop.server.tables"),
    ("server-below", "server/deciding.py", "import liaison_desktop.msl.visits.record"),
    ("server-below", "server/keys.py", "import liaison_desktop.security.keys"),
    ("listening", "sync/signed.py", "import starlette.requests"),
    ("transport", "sync/signed.py", "import httpx2"),
    ("transport", "shell/sync/syncing.py", "def late():\n    import httpx2"),
    ("copies", "clinical/consents/document/making.py", "def late():\n    import pikepdf"),
    ("shaping", "documents/text.py", "def late():\n    import uharfbuzz"),
    ("network", "sync/signed.py", "import urllib3"),
    ("network", "msl/visits/actions.py", "def late():\n    import urllib3"),
    ("network", "interop/__init__.py", "import http.client"),
]


def lint(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    code = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"
    command = [sys.executable, "-c", code, "--no-cache", "--no-logo", *options]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the house, to break things in."""
    folder = tmp_path_factory.mktemp("law")
    shutil.copytree(PACKAGE, folder / "liaison_desktop", ignore=shutil.ignore_patterns("__pycache__", "_resources"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


@pytest.fixture
def crime_scene(copy: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    """The copy with one crime in it, mended afterwards."""
    _article, name, line = request.param
    path = copy / "liaison_desktop" / name
    if path.with_suffix("").is_dir():  # a room that has grown into a folder
        path = path.with_suffix("") / "__init__.py"
    before = path.read_bytes() if path.exists() else None
    new_folder = None if path.parent.exists() else path.parent
    path.parent.mkdir(exist_ok=True)
    path.write_bytes((before or b"") + b"\n" + line.encode() + b"\n")
    yield copy
    if before is not None:
        path.write_bytes(before)
    elif new_folder is not None:
        shutil.rmtree(new_folder)
    else:
        path.unlink()


def test_the_law_holds() -> None:
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("article", "crime_scene"),
    [(crime[0], crime) for crime in CRIMES],
    indirect=["crime_scene"],
    ids=[f"{crime[0]}: {crime[1]}: {crime[2].split()[-1] if crime[2] else 'stands there'}" for crime in CRIMES],
)
def test_a_crime_is_caught(article: str, crime_scene: Path) -> None:
    done = lint(crime_scene, "--contract", article)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "BROKEN" in done.stdout, done.stdout + done.stderr


def test_every_article_was_tried() -> None:
    assert {contract["id"] for contract in CONTRACTS} == {crime[0] for crime in CRIMES}


def test_no_crime_is_excused() -> None:
    assert not [contract["id"] for contract in CONTRACTS if "ignore_imports" in contract]


def test_the_floors_are_exhaustive() -> None:
    assert all(contract["exhaustive"] for contract in CONTRACTS if contract["type"] == "layers")
