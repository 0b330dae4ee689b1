"""Every declared field is on a form of its feature, or is set aside by name in `set_aside.py` with the reason.

A form names a field as a text, `RecordForm(Visit, "notes", ...)`, or as a keyword, `Visit(notes=...)`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Annotated

import msgspec
import pytest

from liaison_desktop.clinical.workspace import KINDS as CLINICAL
from liaison_desktop.msl.workspace import KINDS as MSL
from liaison_desktop.records import Field, Record, fields_of
from tests.house.reading import PACKAGE, tree
from tests.house.set_aside import SET_ASIDE

OF_THE_STORE = frozenset(["id", "version"])  # the base class and the store see to these
KINDS: tuple[type[Record], ...] = (*MSL, *CLINICAL)


def with_rows(kind: type[msgspec.Struct]) -> Iterator[type[msgspec.Struct]]:
    """A kind and the rows inside it that its own feature declares."""
    yield kind
    for spec in fields_of(kind):
        if isinstance(spec.type, type) and issubclass(spec.type, msgspec.Struct):
            if feature_of(spec.type) == feature_of(kind):
                yield from with_rows(spec.type)


def feature_of(kind: type) -> Path:
    """The folder of the feature, or of the kit with a feature's rooms, that declares a kind or a row."""
    parts = kind.__module__.split(".")[1:3]
    return PACKAGE.joinpath(*(parts[:1] if parts[0] in ("tasks", "sealed") else parts))


def called(part: type) -> str:
    """A kind or a row with its feature, as set_aside.py names it: two features may have a Topic."""
    return f"{feature_of(part).name}.{part.__name__}"


@cache
def named_on_forms(feature: Path) -> frozenset[str]:
    """Every text and every keyword in the forms and pages of a feature."""
    rooms = [path for room in ("form", "page") for path in (feature / f"{room}.py", *(feature / room).rglob("*.py"))]
    found: set[str] = set()
    for path in rooms:
        if path.exists():
            found |= named_in(tree(path))
    return frozenset(found)


def named_in(code: ast.Module) -> set[str]:
    """Every text and every keyword in one file."""
    texts = {node.value for node in ast.walk(code) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return texts | {node.arg for node in ast.walk(code) if isinstance(node, ast.keyword) and node.arg}


def forgotten(kind: type[Record], on_forms: frozenset[str]) -> list[str]:
    """The fields of a kind and its rows that are neither on a form nor set aside."""
    missing = {
        f"{called(part)}.{spec.name}"
        for part in with_rows(kind)
        for spec in fields_of(part)
        if spec.name not in OF_THE_STORE | on_forms and f"{called(part)}.*" not in SET_ASIDE
    }
    return sorted(missing - set(SET_ASIDE))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.kind)
def test_every_field_is_on_its_form_or_set_aside(kind: type[Record]) -> None:
    assert not forgotten(kind, named_on_forms(feature_of(kind)))


def test_nothing_is_set_aside_that_is_not_there() -> None:
    known = {
        f"{called(part)}.{name}"
        for kind in KINDS
        for part in with_rows(kind)
        for name in (*part.__struct_fields__, "*")
    }
    assert set(SET_ASIDE) <= known
    assert all(len(reason.split()) > 2 for reason in SET_ASIDE.values())


def test_a_forgotten_field_is_caught() -> None:
    class Kite(Record, frozen=True, kw_only=True):
        """A kind whose form forgets the tail."""

        kind = "kite"
        colour: Annotated[str, Field("Colour")] = ""
        tail: Annotated[str, Field("Tail")] = ""

    form = ast.parse("RecordForm(Kite, 'colour')\nself.tail.show()")
    assert forgotten(Kite, frozenset(named_in(form))) == ["test_fields.Kite.tail"]
