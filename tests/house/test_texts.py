"""What a person typed is only ever shown as text, and what we write promises nothing we cannot keep."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.reading import PACKAGE, modules, name_of, tracked, tree

# What can read a text as HTML, or keep a value outside the stores -> the only files that may name it, and why.
KEPT_IN: dict[str, tuple[str, ...]] = {
    "QLabel": ("ui/",),  # the kit's labels are PlainText; pages use those
    "RichText": ("ui/text.py",),  # a wrapped text of fixed line height, escaped there
    "setHtml": (),
    "insertHtml": (),
    "setMarkdown": (),
    "QMessageBox": (),  # no question stands in the way of work
    "QSettings": (),  # settings.py is the one place, and holds no record's value
    "logging": ("logs.py",),  # the one log, which knows codes only
}
PROMISES = re.compile(r"\bcomp" + r"liant\b", re.IGNORECASE)


def misplaced(path: Path, code: ast.Module) -> Iterator[str]:
    """Each name in that file which belongs to another."""
    where = path.relative_to(PACKAGE).as_posix()
    for node in ast.walk(code):
        names = [node.attr] if isinstance(node, ast.Attribute) else []
        # To look for a label is no sin; to make one, or a kind of one, is.
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            names = [node.func.id]
        elif isinstance(node, ast.ClassDef):
            names = [base.id for base in node.bases if isinstance(base, ast.Name)]
        elif isinstance(node, ast.Import):
            names = [alias.name.split(".")[0] for alias in node.names]
        for name in names:
            if (
                isinstance(node, ast.expr | ast.stmt)
                and name in KEPT_IN
                and not where.startswith(KEPT_IN[name] or ("-",))
            ):
                yield f"{name_of(path)}:{node.lineno} {name}"


def filled_before(code: ast.Module) -> Iterator[int]:
    """The lines where a text is filled in before it goes through the door for texts."""
    for node in ast.walk(code):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("tr", "plural"):
            if any(isinstance(argument, ast.JoinedStr) for argument in node.args):
                yield node.lineno


def test_nothing_reads_a_text_as_html_or_keeps_it_outside() -> None:
    found = [line for path in modules() for line in misplaced(path, tree(path))]
    assert not found, "\n".join(found)


def test_texts_go_through_their_door_unfilled() -> None:
    found = [f"{name_of(path)}:{line}" for path in modules() for line in filled_before(tree(path))]
    assert not found, "\n".join(found)


def test_nothing_promises_to_meet_a_law() -> None:
    texts = [path for path in tracked() if path.suffix in (".py", ".toml", ".yaml", ".md", ".json")]
    assert not [name_of(path) for path in texts if PROMISES.search(path.read_text(encoding="utf-8"))]


@pytest.mark.parametrize(
    "crime",
    ["QLabel(name)", "view.setHtml(x)", "import logging", "class Name(QLabel): ...", "self.box = QMessageBox()"],
)
def test_a_misplaced_name_is_caught(crime: str) -> None:
    assert list(misplaced(PACKAGE / "msl" / "visits" / "page.py", ast.parse(crime)))


def test_a_text_filled_too_early_is_caught() -> None:
    assert list(filled_before(ast.parse("tr(f'{n} found')")))
    assert not list(filled_before(ast.parse("tr('{n} found', n=f'{n:,}')")))
