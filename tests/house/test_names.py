"""Names say what a thing does for a liaison, and files stay short enough to read at one sitting."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.reading import PACKAGE, modules, name_of, tree

BANNED = frozenset("manager controller helper helpers util utils utility handler data info process misc".split())
# What others have named: methods we override, and words of the field. Everything else finds a better word.
OVERRIDES = frozenset("data setData headerData itemData setItemData process_bind_param process_result_value".split())
OF_THE_FIELD = {
    "INFO": "the severity that the FHIR OperationOutcome calls so",
    "MEDICAL_INFO": "the physician's wish for medical information",
    "data_folder": "what every operating system calls the folder",
}
LONGEST = 300
# Tables of codes and texts, not code: they may be long.
TABLES = frozenset(["liaison_desktop/store/migrations"])


def words(name: str) -> list[str]:
    """The words of a name in snake_case or CamelCase."""
    return [word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", name)]


def named(code: ast.Module) -> Iterator[tuple[int, str]]:
    """Each name that is given in that file, with its line: classes, functions, parameters, variables, fields."""
    for node in ast.walk(code):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            if node.name not in OVERRIDES:
                yield node.lineno, node.name
        elif isinstance(node, ast.ClassDef):
            yield node.lineno, node.name
        elif isinstance(node, ast.arg):
            yield node.lineno, node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.attr


def banned(path: Path, code: ast.Module) -> list[str]:
    """The banned names of that file."""
    found = [
        f"{name_of(path)}:{line} {name}"
        for line, name in named(code)
        if name not in OF_THE_FIELD and BANNED & set(words(name))
    ]
    if BANNED & {word for part in path.relative_to(PACKAGE).parts for word in words(part.removesuffix(".py"))}:
        found.append(name_of(path))
    return found


def is_table(code: ast.Module) -> bool:
    """Whether the file declares and does nothing: no function but those of small value classes."""
    longest = [n.end_lineno - n.lineno for n in ast.walk(code) if isinstance(n, ast.FunctionDef) and n.end_lineno]
    return not longest or max(longest) < 6


def test_no_banned_name() -> None:
    found = [line for path in modules() for line in banned(path, tree(path))]
    assert not found, "names that say nothing:\n" + "\n".join(found)


def test_no_file_is_long() -> None:
    long = []
    for path in modules():
        lines = path.read_text(encoding="utf-8").count("\n")
        if (
            lines >= LONGEST
            and not is_table(tree(path))
            and not any(name_of(path).startswith(start) for start in TABLES)
        ):
            long.append(f"{name_of(path)} has {lines} lines")
    assert not long, f"split before {LONGEST}:\n" + "\n".join(long)


@pytest.mark.parametrize(
    "crime", ["class VisitManager: pass", "def process_visit(): pass", "def f(data): pass", "info = 1"]
)
def test_a_banned_name_is_caught(crime: str) -> None:
    assert banned(PACKAGE / "bad.py", ast.parse(crime))
    assert banned(PACKAGE / "msl" / "visit_utils.py", ast.parse(""))
    assert not banned(PACKAGE / "good.py", ast.parse("def update(): database = 1; processor = 2"))
