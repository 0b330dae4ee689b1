"""Only actions write, and only the store commits: whoever wants to know what changes a record reads `actions`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.reading import PACKAGE, modules, name_of, tree

WRITES = frozenset(["save", "remove", "erase", "transaction"])


def may_write(path: Path) -> bool:
    """Whether a file stands in the store, in a room of actions, or fills a new store with practice records."""
    parts = [part.removesuffix(".py") for part in path.relative_to(PACKAGE).parts]
    return parts[0] == "store" or (
        parts[0] in ("msl", "clinical", "tasks", "sealed") and bool({"actions", "practice"} & set(parts))
    )


def writes(path: Path, code: ast.Module) -> Iterator[str]:
    """Each call in that file that writes to a store."""
    for node in ast.walk(code):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
            on = ast.unparse(node.func.value)
            if on.split(".")[-1].strip("_") in ("store", "t", "transaction"):
                yield f"{name_of(path)}:{node.lineno} {on}.{node.func.attr}"


def test_only_actions_write() -> None:
    found = [line for path in modules() if not may_write(path) for line in writes(path, tree(path))]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "crime", ["store.save(x)", "self.desk.store.remove(x, reason='')", "with self._store.transaction() as t: t.save(x)"]
)
def test_a_writer_is_caught(crime: str) -> None:
    page = PACKAGE / "msl" / "visits" / "page.py"
    assert not may_write(page)
    assert list(writes(page, ast.parse(crime)))
    assert not list(writes(page, ast.parse("picture.save('x'); settings.save(s); self.rows.remove(1)")))
