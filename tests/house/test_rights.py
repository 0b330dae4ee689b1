"""Every action of the clinical workspace that writes asks for a right, itself or through what it calls of its feature.

Whoever adds a verb and forgets it finds its name here. What nobody decides is set aside with the reason.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec
import pytest

from tests.house.reading import PACKAGE, tree

FEATURES = sorted(path for path in (PACKAGE / "clinical").iterdir() if (path / "__init__.py").exists())
WRITING = ("save", "remove", "transaction", "attach")
# Feature and function, each with the reason why it asks for nothing.
SET_ASIDE: Mapping[str, str] = {
    "checklists.save_with": "part of the verbs of a checklist, which ask",
    "people.set_pin": "one's own PIN takes no right, another's asks",
}


class Part(msgspec.Struct, frozen=True):
    """What one function does and whom it calls."""

    writes: bool
    asks: bool
    calls: frozenset[str]
    within: bool  # it is given the transaction of a verb, which asked


def files_of(feature: Path) -> Iterator[Path]:
    """The files of a feature's actions."""
    yield from (path for path in (feature / "actions.py", *sorted((feature / "actions").glob("*.py"))) if path.exists())


def part_of(function: ast.FunctionDef) -> Part:
    """One function, read."""
    calls = [node.func for node in ast.walk(function) if isinstance(node, ast.Call)]
    names = frozenset(call.id for call in calls if isinstance(call, ast.Name))
    writes = any(isinstance(call, ast.Attribute) and call.attr in WRITING for call in calls)
    given = {argument.arg for argument in (*function.args.args, *function.args.kwonlyargs)}
    return Part(writes, "require" in names, names, "transaction" in given)


def parts_of(codes: Iterator[ast.Module]) -> dict[str, Part]:
    """Every function of a feature's actions by its name."""
    return {node.name: part_of(node) for code in codes for node in code.body if isinstance(node, ast.FunctionDef)}


def reached(name: str, parts: Mapping[str, Part]) -> list[Part]:
    """A function and everything of its feature that it calls, however far down."""
    found, waiting = {name}, [name]
    while waiting:
        for called in parts[waiting.pop()].calls & parts.keys() - found:
            found.add(called)
            waiting.append(called)
    return [parts[each] for each in found]


def unasked(parts: Mapping[str, Part]) -> list[str]:
    """The public functions that write and ask for nothing; those that fill a practice store are left out."""
    return sorted(
        name
        for name in parts
        if not name.startswith(("_", "fill_practice"))
        and not parts[name].within
        and any(part.writes for part in reached(name, parts))
        and not any(part.asks for part in reached(name, parts))
    )


@pytest.mark.parametrize("feature", FEATURES, ids=lambda path: path.name)
def test_every_verb_asks_for_a_right(feature: Path) -> None:
    found = unasked(parts_of(tree(path) for path in files_of(feature)))
    left = [name for name in found if f"{feature.name}.{name}" not in SET_ASIDE]
    assert not left, f"ask require(store, ...) in clinical/{feature.name}/actions: {', '.join(left)}"


def test_a_verb_that_forgets_it_is_caught() -> None:
    code = ast.parse(
        "def record(store, it):\n    return _kept(store, it)\n"
        "def _kept(store, it):\n    return store.save(it)\n"
        "def change(store, it):\n    require(store, 'record_clinical')\n    return _kept(store, it)\n"
        "def step(store, transaction, it):\n    return transaction.save(it)\n"
        "def look(store):\n    return store.all(it)\n"
    )
    assert unasked(parts_of(iter([code]))) == ["record"]


def test_nothing_is_set_aside_that_is_not_there() -> None:
    names = {
        f"{feature.name}.{name}" for feature in FEATURES for name in parts_of(tree(path) for path in files_of(feature))
    }
    assert SET_ASIDE.keys() <= names
