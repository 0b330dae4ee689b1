"""A facility's own policy file: it overrides rules, numbers and word lists of the built-in one, or is refused whole.

It has the form of the built-in file; a rule may name only what it changes. `[radar.terms]` and the like change the word
lists of the safety radar and the identity guard (`own_radar`), `[clocks]` the clocks (`own_clocks`), `[ranges]` what a measure may be (`own_ranges`),
`[roles]` and `[verbs]` who may do what (`own_roles`). What the application does not know is
refused, because a misspelt name would silently change nothing.
"""

from __future__ import annotations

import math
import re
import string
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from liaison_desktop.errors import LiaisonError, Severity
from liaison_desktop.policies.lexicon import Lexicon
from liaison_desktop.policies.own_clocks import own_clocks
from liaison_desktop.policies.own_radar import Wrong, own_lexicon, short
from liaison_desktop.policies.own_ranges import own_ranges
from liaison_desktop.policies.own_roles import own_roles
from liaison_desktop.policies.policy import Policy, Rule

LARGEST = 1_000_000  # bytes; a policy of words is far below
_VERSION = 20  # characters of a facility's version, which is stamped on records together with the built-in one's
_GREATEST = 1_000_000  # a number of days beyond this leaves the calendar
_TABLES = ("version", "rules", "numbers", "words", "radar", "clocks", "ranges", "roles", "verbs")
_AT = re.compile(r"\(at (?:line (\d+), column \d+|end of document)\)")


class Broken(LiaisonError):
    """A policy file that was refused: in which line, and why. `line` is 0 if no line is to blame."""

    def __init__(self, line: int, reason: str) -> None:
        self.line, self.reason = line, reason
        super().__init__(f"Line {line}: {reason}" if line else reason)


def read_own(path: Path, built_in: Policy) -> Policy:
    """The built-in policy with a facility's file over it. Raises Broken; the file counts whole or not at all."""
    return apply_own(_text(path), built_in)


def apply_own(text: str, built_in: Policy) -> Policy:
    """The same, from the text of the file."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _unsound(text, str(error)) from None
    except RecursionError:
        raise Broken(0, "Its brackets are nested too deeply.") from None
    try:
        _names_known(content, _TABLES, ())
        version = _version(content)
        rules = {name: _rule(name, held, built_in) for name, held in _table(content, "rules")}
        numbers = {name: _number(name, held, built_in) for name, held in _table(content, "numbers")}
        words = {name: _words(name, held, built_in) for name, held in _table(content, "words")}
        lexicon = _lexicon(content, version, built_in)
        ranges = own_ranges(content["ranges"], built_in.ranges()) if "ranges" in content else None
        clocks = own_clocks(content["clocks"], built_in.clock_rules) if "clocks" in content else None
        whose = {"verbs", "roles"} & content.keys()
        roles = own_roles(content.get("verbs", {}), content.get("roles", {}), built_in.roles()) if whose else None
    except Wrong as wrong:
        raise Broken(_line_of(text, wrong.path), wrong.reason) from None
    return built_in.changed(
        version=f"{version} on {built_in.version}",
        rules=rules,
        numbers=numbers,
        words=words,
        lexicon=lexicon,
        clocks=clocks,
        ranges=ranges,
        roles=roles,
    )


def _text(path: Path) -> str:
    if not path.is_file():
        # A pipe of that name would never end.
        raise Broken(0, "This is not a file.")
    try:
        with path.open("rb") as held:
            content = held.read(LARGEST + 1)
    except OSError:
        raise Broken(0, "The file cannot be read.") from None
    if len(content) > LARGEST:
        raise Broken(0, f"The file has more than {LARGEST // 1_000_000} MB.")
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise Broken(line, "This is not UTF-8 text.") from None


def _unsound(text: str, said: str) -> Broken:
    found = _AT.search(said)
    reason = f"{_AT.sub('', said).strip()}."
    if found is None:
        return Broken(0, reason)
    return Broken(int(found[1]) if found[1] else text.count("\n") + 1, reason)


def _names_known(held: Mapping[str, Any], known: tuple[str, ...], path: tuple[str, ...]) -> None:
    for name in held:
        if name not in known:
            raise Wrong((*path, name), f"“{short(name)}” is not known here; known are {', '.join(known)}.")


def _version(content: Mapping[str, Any]) -> str:
    found = content.get("version")
    if found is None:
        raise Wrong((), 'The file has no version. Begin it with, for example, version = "2026.1".')
    if not isinstance(found, str) or not found.strip() or len(found) > _VERSION or not found.isprintable():
        raise Wrong(("version",), f"The version is a text of 1 to {_VERSION} characters.")
    return found.strip()


def _table(content: Mapping[str, Any], name: str) -> Iterator[tuple[str, Any]]:
    found = content.get(name, {})
    if not isinstance(found, dict):
        raise Wrong((name,), f"“{name}” is a table, written [{name}].")
    yield from found.items()


def _rule(name: str, held: Any, built_in: Policy) -> Rule:
    path = ("rules", name)
    before = built_in.rules.get(name)
    if before is None:
        raise Wrong(path, f"There is no rule “{short(name)}”.")
    if not isinstance(held, dict):
        raise Wrong(path, f"A rule is a table, written [rules.{name}].")
    _names_known(held, ("severity", "message", "citation"), path)
    checks: dict[str, Callable[[Any], bool]] = {
        "severity": lambda text: text in list(Severity),
        "message": lambda text: bool(text.strip()) and len(text) <= 500,
        "citation": lambda text: bool(text.strip()) and len(text) <= 500,
    }
    for part, text in held.items():
        if not isinstance(text, str) or not checks[part](text):
            choices = f"one of {', '.join(Severity)}" if part == "severity" else "a text of at most 500 characters"
            raise Wrong((*path, part), f"The {part} of {name} is {choices}.")
    if "message" in held:
        _same_names(name, held["message"], before.message)
    changed = {**held, "severity": Severity(held.get("severity", before.severity))}
    return msgspec.structs.replace(before, **changed)


def _same_names(rule: str, message: str, before: str) -> None:
    """The sentence fills in only what the rule knows, and plainly: a width of a million would fill the memory."""
    path, known = ("rules", rule, "message"), {name for _, name, _, _ in string.Formatter().parse(before) if name}
    try:
        parts = list(string.Formatter().parse(message))
    except ValueError:
        raise Wrong(path, "A curly bracket stands alone. Write {{ or }} for one that is meant as a letter.") from None
    for _, name, width, conversion in parts:
        if name is not None and (name not in known or width or conversion):
            offered = ", ".join(f"{{{one}}}" for one in sorted(known)) or "nothing"
            raise Wrong(path, f"{{{short(name)}}} cannot be filled in; {rule} offers {offered}.")


def _number(name: str, held: Any, built_in: Policy) -> float:
    path = ("numbers", name)
    if name not in built_in.numbers:
        raise Wrong(path, f"There is no number “{short(name)}”.")
    if isinstance(held, bool) or not isinstance(held, int | float) or not math.isfinite(held):
        raise Wrong(path, f"{name} is a number.")
    if not 0 <= held <= _GREATEST:
        raise Wrong(path, f"{name} is between 0 and {_GREATEST:,}.")
    return float(held)


def _words(name: str, held: Any, built_in: Policy) -> tuple[str, ...]:
    path = ("words", name)
    if name not in built_in.word_lists:
        raise Wrong(path, f"There is no word list “{short(name)}”.")
    if not isinstance(held, list) or not all(isinstance(word, str) for word in held):
        raise Wrong(path, f'{name} is a list of texts, written ["one", "two"].')
    if not held or not all(word.strip() and len(word) <= 1000 for word in held):
        raise Wrong(path, f"{name} holds at least one word, and none that is empty or longer than 1,000 characters.")
    return tuple(word.strip() for word in held)


def _lexicon(content: Mapping[str, Any], version: str, built_in: Policy) -> Lexicon | None:
    if "radar" not in content:
        return None
    return own_lexicon(content["radar"], built_in.lexicon, f"{version} on {built_in.lexicon.version}")


def _line_of(text: str, path: tuple[str, ...]) -> int:
    """The line in which a path is written, or the nearest one above it; 1 for the file itself."""
    best, line = 0, 1
    under: tuple[str, ...] = ()
    for number, written in enumerate(text.split("\n"), start=1):
        if head := re.match(r"\s*\[\[?([^\]]+)\]", written):
            under = _parts(head[1])
            here = under
        elif key := re.match(r"\s*((?:[\w.-]|\"[^\"]*\"|'[^']*')+)\s*=", written):
            here = (*under, *_parts(key[1]))
        else:
            continue
        fits = len(here) if path[: len(here)] == here else 0
        if fits > best:
            best, line = fits, number
    return line


def _parts(written: str) -> tuple[str, ...]:
    return tuple(one.strip("\"' ") for one in re.findall(r"\"[^\"]*\"|'[^']*'|[^.]+", written))
