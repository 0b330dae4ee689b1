"""Regular expressions as automata: time grows with the text and never doubles, whatever somebody wrote.

Python's own parser reads the pattern; what an automaton cannot say (looking around, back references) is left to
`patterns`. Only whether it matches is asked, so greed makes no difference.
"""

from __future__ import annotations

import importlib
import re
import warnings
from collections.abc import Callable
from typing import Any, TypeAlias

# The standard library's own reader of patterns, which `re` uses and does not export.
_parser: Any = importlib.import_module("re._parser")
_categories = {
    "CATEGORY_DIGIT": re.compile(r"\d"), "CATEGORY_NOT_DIGIT": re.compile(r"\D"),
    "CATEGORY_SPACE": re.compile(r"\s"), "CATEGORY_NOT_SPACE": re.compile(r"\S"),
    "CATEGORY_WORD": re.compile(r"\w"), "CATEGORY_NOT_WORD": re.compile(r"\W"),
}  # fmt: skip

MOST_STATES = 4_000
_MOST_SETS = 2_000
Test: TypeAlias = "Callable[[str], bool]"


class Unsuited(Exception):
    """The pattern says something that an automaton cannot."""


def parsed(pattern: str) -> Any:
    """The pattern as Python's reader understands it. Raises re.error and others for one that is none."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return _parser.parse(pattern)


class Automaton:
    """A pattern that can be asked about any text in time that grows with its length."""

    def __init__(self, pattern: str) -> None:
        held = parsed(pattern)
        self._ignore = bool(held.state.flags & re.IGNORECASE)
        self._all = bool(held.state.flags & re.DOTALL)
        if held.state.flags & (re.MULTILINE | re.VERBOSE | re.ASCII):
            raise Unsuited
        # A state has a test with what follows, or only places where it goes on without a character.
        self._tests: list[Test | None] = []
        self._on: list[list[tuple[str, int]]] = []
        last = self._state()
        self._start = self._sequence(list(held), last)
        self._last = last
        self._sets: dict[tuple[frozenset[int], str, bool], frozenset[int]] = {}

    def _state(self, test: Test | None = None, *on: tuple[str, int]) -> int:
        if len(self._tests) >= MOST_STATES:
            raise Unsuited
        self._tests.append(test)
        self._on.append(list(on))
        return len(self._tests) - 1

    def _sequence(self, held: list[Any], after: int) -> int:
        for operation, argument in reversed(held):
            after = self._one(str(operation), argument, after)
        return after

    def _one(self, name: str, argument: Any, after: int) -> int:
        if name in ("LITERAL", "NOT_LITERAL", "ANY", "IN"):
            return self._state(self._test(name, argument), ("", after))
        if name == "AT":
            mark = {"AT_BEGINNING": "^", "AT_BEGINNING_STRING": "^", "AT_END": "$", "AT_END_STRING": "Z"}.get(
                str(argument)
            )
            if mark is None:
                raise Unsuited
            return self._state(None, (mark, after))
        if name == "SUBPATTERN":
            _, adds, takes, inner = argument
            if adds or takes:
                raise Unsuited
            return self._sequence(list(inner), after)
        if name == "BRANCH":
            return self._state(None, *(("", self._sequence(list(one), after)) for one in argument[1]))
        if name in ("MAX_REPEAT", "MIN_REPEAT"):
            least, most, inner = argument
            return self._repeat(least, most, inner, after)
        raise Unsuited

    def _repeat(self, least: int, most: Any, inner: Any, after: int) -> int:
        held = list(inner)
        if str(most) == "MAXREPEAT":
            loop = self._state(None, ("", after))
            self._on[loop].append(("", self._sequence(held, loop)))
            entry = loop
        else:
            entry = after
            for _ in range(int(most) - least):
                entry = self._state(None, ("", after), ("", self._sequence(held, entry)))
        for _ in range(least):
            entry = self._sequence(held, entry)
        return entry

    def _test(self, name: str, argument: Any) -> Test:
        if name == "ANY":
            return (lambda letter: True) if self._all else (lambda letter: letter != "\n")
        if name == "IN":
            tests = [self._member(str(kind), value) for kind, value in argument if str(kind) != "NEGATE"]
            wanted = str(argument[0][0]) != "NEGATE"
            return lambda letter: any(test(letter) for test in tests) is wanted
        literal = self._member("LITERAL", argument)
        return literal if name == "LITERAL" else (lambda letter: not literal(letter))

    def _member(self, kind: str, value: Any) -> Test:
        if kind == "LITERAL":
            test: Test = lambda letter: ord(letter) == value  # noqa: E731
        elif kind == "RANGE":
            low, high = value
            test = lambda letter: low <= ord(letter) <= high  # noqa: E731
        elif kind == "CATEGORY" and str(value) in _categories:
            category = _categories[str(value)]
            return lambda letter: category.match(letter) is not None
        else:
            raise Unsuited
        if not self._ignore:
            return test
        return lambda letter: any(test(one) for one in {letter, letter.lower(), letter.upper()} if len(one) == 1)

    def _closed(self, states: set[int], first: bool, last: bool, newline: bool) -> frozenset[int]:
        found: set[int] = set()
        waiting = list(states)
        while waiting:
            one = waiting.pop()
            if one in found:
                continue
            found.add(one)
            if self._tests[one] is None:
                for mark, on in self._on[one]:
                    # $ also stands before one line feed at the end, as Python has it.
                    if not mark or (mark == "^" and first) or (mark in "$Z" and last) or (mark == "$" and newline):
                        waiting.append(on)
        return frozenset(found)

    @property
    def size(self) -> int:
        """How many states it has."""
        return len(self._tests)

    def asked(self, text: str, whole: bool) -> bool:
        """Whether the whole text, or some part of it, has the pattern's form."""
        size = len(text)
        states = self._closed({self._start}, True, size == 0, text == "\n")
        if not whole and self._last in states:
            return True
        for place, letter in enumerate(text, 1):
            # Only away from both ends does what follows depend on nothing but the states and the letter.
            plain = place < size - 1
            known = self._sets.get((states, letter, whole)) if plain else None
            if known is None:
                on = {self._on[one][0][1] for one in states if (test := self._tests[one]) is not None and test(letter)}
                if not whole:
                    on.add(self._start)
                known = self._closed(on, False, place == size, place == size - 1 and text[-1] == "\n")
                if plain and len(self._sets) < _MOST_SETS:
                    self._sets[states, letter, whole] = known
            states = known
            if not whole and self._last in states:
                return True
            if not states:
                return False
        return self._last in states
