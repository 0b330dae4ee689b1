"""No page of the clinical workspace prints or saves a copy before the right to it was asked for."""

from __future__ import annotations

import ast

from tests.house.reading import PACKAGE, name_of, tree

WITH_CHECK = {"print_copy": 4, "save_copy": 5}  # how many arguments there are when the check is among them
KIT = ("liaison_desktop.documents.preview", "liaison_desktop.documents.preview.handing_out")


def unasked(code: ast.Module) -> list[int]:
    """Lines of calls of the kit's ways out that ask nothing first."""
    names = {
        alias.asname or alias.name
        for node in ast.walk(code)
        if isinstance(node, ast.ImportFrom) and node.module in KIT
        for alias in node.names
    }
    found = []
    for node in ast.walk(code):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name in names and name in WITH_CHECK and len(node.args) + len(node.keywords) < WITH_CHECK[name]:
            found.append(node.lineno)
    return found


def test_every_way_out_asks_first() -> None:
    paths = sorted((PACKAGE / "clinical").rglob("*.py"))
    wrong = [f"{name_of(path)}:{line}" for path in paths for line in unasked(tree(path))]
    assert wrong == []


def test_a_way_out_that_asks_nothing_is_seen() -> None:
    head = "from liaison_desktop.documents.preview import print_copy\n"
    assert unasked(ast.parse(head + "print_copy(desk, content, note)")) == [2]
    assert unasked(ast.parse(head + "print_copy(desk, content, note, check)")) == []
