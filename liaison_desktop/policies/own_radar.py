"""A facility's own words for the safety radar and the identity guard: lists replaced, or a few words more or fewer.

[radar.terms]
reaction = { add = ["marble skin"], remove = ["gout"] }
[radar.evidence]
other_products = ["metformin", "placebo"]
[radar.reader]
on = false
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from liaison_desktop.policies.lexicon import Lexicon, Parts, ReaderSettings

_TABLES = ("terms", "scopes", "evidence", "identity")
_SETTINGS = ("on", "marks_from", "spares_below")
_LONGEST = 120  # characters of one phrase
_MOST = 5_000  # words of one list


class Wrong(Exception):
    """What is wrong at a path of the file, before its line is looked up."""

    def __init__(self, path: tuple[str, ...], reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(reason)


def own_lexicon(held: Any, built_in: Lexicon, version: str) -> Lexicon:
    """The built-in lists with the changes of a file over them. Raises Wrong."""
    if not isinstance(held, dict):
        raise Wrong(("radar",), "“radar” is a table, written [radar.terms] and the like.")
    tables: dict[str, dict[str, tuple[str, ...]]] = {}
    reader = built_in.reader
    for name, lists in held.items():
        if name not in (*_TABLES, "reader"):
            known = ", ".join((*_TABLES, "reader"))
            raise Wrong(("radar", name), f"“{short(name)}” is not known here; known are {known}.")
        if not isinstance(lists, dict):
            raise Wrong(("radar", name), f"“{name}” is a table, written [radar.{name}].")
        if name == "reader":
            reader = _set(reader, lists)
            continue
        before: Mapping[str, tuple[str, ...]] = getattr(built_in.parts, name)
        tables[name] = {**before, **dict(_changed(("radar", name), lists, before))}
    parts = {name: tables.get(name, getattr(built_in.parts, name)) for name in _TABLES}
    ranges = built_in.parts.normal_ranges
    return Lexicon(Parts(version=version, reader=reader, normal_ranges=ranges, **parts), built_in.weigher.weights)


def _set(before: ReaderSettings, held: Mapping[str, Any]) -> ReaderSettings:
    for name, value in held.items():
        path = ("radar", "reader", name)
        if name not in _SETTINGS:
            raise Wrong(path, f"“{short(name)}” is not known here; known are {', '.join(_SETTINGS)}.")
        if name == "on" and not isinstance(value, bool):
            raise Wrong(path, "on is true or false.")
        if name != "on" and (isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1):
            raise Wrong(path, f"{name} is a chance between 0 and 1.")
    return msgspec.structs.replace(before, **held)


def short(name: str) -> str:
    """A name out of the file as it can be shown."""
    return "".join(letter for letter in name if letter.isprintable())[:40]


def _changed(
    path: tuple[str, ...], lists: Mapping[str, Any], before: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for name, held in lists.items():
        at = (*path, name)
        if name not in before:
            raise Wrong(at, f"There is no word list “{short(name)}” in {path[-1]}.")
        yield name, merged(at, held, before[name]) if isinstance(held, dict) else phrases(at, held)


def merged(path: tuple[str, ...], held: Mapping[str, Any], before: tuple[str, ...]) -> tuple[str, ...]:
    """A list with some words more or fewer. Raises Wrong."""
    for name in held:
        if name not in ("add", "remove"):
            raise Wrong((*path, name), f"“{short(name)}” is not known here; a list is changed with add and remove.")
    more = phrases((*path, "add"), held["add"]) if "add" in held else ()
    fewer = phrases((*path, "remove"), held["remove"]) if "remove" in held else ()
    for word in fewer:
        if word not in before:
            # A misspelt word would silently stay.
            raise Wrong((*path, "remove"), f"“{short(word)}” does not stand in {path[-1]}.")
    return tuple(dict.fromkeys((*(word for word in before if word not in fewer), *more)))


def phrases(path: tuple[str, ...], held: Any) -> tuple[str, ...]:
    """A list of words out of the file. Raises Wrong."""
    name = path[-1] if path[-1] not in ("add", "remove") else path[-2]
    if not isinstance(held, list) or not all(isinstance(word, str) for word in held):
        raise Wrong(path, f'{name} is a list of texts, written ["one", "two"].')
    if not held or len(held) > _MOST or not all(word.strip(" *") and len(word) <= _LONGEST for word in held):
        raise Wrong(
            path, f"{name} holds 1 to {_MOST:,} words, none of them empty or longer than {_LONGEST} characters."
        )
    return tuple(word.strip() for word in held)
