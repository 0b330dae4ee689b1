"""The window comes up before anything heavy is loaded: what a person waits for is Qt and nothing else."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.house.reading import ROOT

HEAVY = ["sqlalchemy", "alembic", "sqlcipher3", "reportlab", "keyring", "pypdfium2", "yaml", "cryptography", "rapidfuzz", "python_calamine",
         "asyncio", "PIL", "pyhanko", "asn1crypto", "lxml", "aiohttp"]  # fmt: skip


def loaded_by(statement: str) -> set[str]:
    """The heavy libraries that a fresh Python has loaded after a statement."""
    code = f"import sys\n{statement}\nprint(' '.join(sorted(set(sys.argv[1:]) & set(sys.modules))))"
    done = subprocess.run([sys.executable, "-c", code, *HEAVY], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


@pytest.mark.parametrize(
    "module",
    [
        "liaison_desktop.app",
        "liaison_desktop.__main__",
        "liaison_desktop.shell.first_run",
        "liaison_desktop.shell.unlock",
    ],
)
def test_start_up_loads_nothing_heavy(module: str) -> None:
    assert loaded_by(f"import {module}") == set()


@pytest.mark.parametrize("workspace", ["msl", "clinical"])
def test_a_workspace_loads_the_store_and_nothing_heavier(workspace: str) -> None:
    assert loaded_by(f"import liaison_desktop.{workspace}.workspace") <= {
        "sqlalchemy",
        "alembic",
        "sqlcipher3",
        "asyncio",
    }


def test_a_workspace_loads_no_page_before_it_is_shown() -> None:
    code = (
        "import sys, liaison_desktop.app, liaison_desktop.msl.workspace, liaison_desktop.clinical.workspace\n"
        "print(*[m for m in sys.modules if m.startswith(('liaison_desktop.msl.', 'liaison_desktop.clinical.'))"
        " and m.split('.')[3:4] in (['page'], ['form'], ['document'], ['queries'])])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_something_heavy_is_caught() -> None:
    assert loaded_by("import yaml") == {"yaml"}
