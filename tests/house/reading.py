"""How the tests of the house read the code."""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "liaison_desktop"


@cache
def modules() -> tuple[Path, ...]:
    """Every Python file of the application but the frozen revisions of the databases."""
    found = sorted(PACKAGE.rglob("*.py"))
    return tuple(path for path in found if not (path.name[0] == "0" and "migrations" in path.parts))


@cache
def tree(path: Path) -> ast.Module:
    """What is written in that file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def name_of(path: Path) -> str:
    """The file as people write it: from the root, with slashes."""
    return path.relative_to(ROOT).as_posix()


@cache
def tracked() -> tuple[Path, ...]:
    """Every file under version control, or without it every file that would be."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode == 0:
        return tuple(path for name in listed.stdout.decode().split("\0") if name and (path := ROOT / name).is_file())
    folders = ("liaison_desktop", "tests", "packaging", "resources", ".ci")
    return tuple(path for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file())
