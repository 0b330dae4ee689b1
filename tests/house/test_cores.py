"""The cores know fields, not kinds: store, sync, interop and the kit would serve a workspace nobody has thought of yet."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from liaison_desktop.clinical.workspace import KINDS as CLINICAL
from liaison_desktop.msl.workspace import KINDS as MSL
from liaison_desktop.records import Record
from tests.house.reading import PACKAGE, modules, name_of, tree

CORES = ("records", "store", "sync", "ui", "interop")
# Kinds whose name is also a plain word, and the core that may say the word. The class itself is never named.
PLAIN_WORDS: dict[str, frozenset[str]] = {
    "person": frozenset({"ui", "interop", "store", "sync"}),  # whoever is at the screen
    "patient": frozenset({"ui"}),  # the large type of a page that is turned to the patient
    "problem": frozenset({"sync"}),  # what a server answers, as RFC 9457 calls it
    "product": frozenset({"ui"}),  # of two numbers
}
ALL: tuple[type[Record], ...] = (*MSL, *CLINICAL)
KINDS = {kind.kind: kind.__name__ for kind in ALL}


def names_in(code: ast.Module) -> Iterator[tuple[int, str]]:
    """Every name and every string that is code, with its line; sentences of documentation are not code."""
    sentences = {id(node.value) for node in ast.walk(code) if isinstance(node, ast.Expr)}
    for node in ast.walk(code):
        if isinstance(node, ast.Name):
            yield node.lineno, node.id
        elif isinstance(node, ast.Attribute):
            yield node.lineno, node.attr
        elif isinstance(node, ast.arg):
            yield node.lineno, node.arg
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.lineno, node.name
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in sentences:
            yield node.lineno, node.value


def kinds_in(path: Path, code: ast.Module) -> Iterator[str]:
    """The kinds that a file names."""
    core = path.relative_to(PACKAGE).parts[0]
    for line, name in names_in(code):
        if not re.fullmatch(r"\w+", name):
            continue
        for kind, title in KINDS.items():
            word = re.search(rf"(?:^|_){kind}(?:_|$|s$)", name) and core not in PLAIN_WORDS.get(kind, frozenset())
            if name == title or word:
                yield f"{name_of(path)}:{line} {name}"


def test_no_core_names_a_kind() -> None:
    found: list[str] = []
    for path in modules():
        parts = path.relative_to(PACKAGE).parts
        if parts[0] in CORES and parts[:2] != ("store", "migrations"):
            found += kinds_in(path, tree(path))
    assert not found, "\n".join(found)


@pytest.mark.parametrize("crime", ["def open_visit(): ...", "x = 'visit'", "import y\ny.Visit()", "visits = 1"])
def test_a_kind_is_caught(crime: str) -> None:
    assert list(kinds_in(PACKAGE / "store" / "bad.py", ast.parse(crime)))
    assert not list(kinds_in(PACKAGE / "store" / "good.py", ast.parse("'''A visit.'''\nrevisit = 'come to visit us'")))
