"""Regular expressions from a form: the same verdict as Python's own, and never a long wait."""

from __future__ import annotations

import random
import re
import time

import pytest

from liaison_desktop.questionnaires.patterns import fits, replaced, searched

PIECES = [
    "a", "b", ".", "[ab]", "[^a]", r"\d", r"\w", r"\s", "c?", "(ab|a)*", "(a|b)+", "b{2,3}", "^", "$", "(?:ab){1,}", "a*?",
    "x|y", "(?i:A)", r"\.", "[a-c1-3]", r"[\w.]", "(a(b)?)+", "a{0}", "()",
]  # fmt: skip


def test_an_automaton_says_what_python_says() -> None:
    chance = random.Random(20261128)
    for _ in range(6_000):
        pattern = "".join(chance.choice(PIECES) for _ in range(chance.randint(1, 5)))
        text = "".join(chance.choice("abcA1\n x.") for _ in range(chance.randint(0, 7)))
        try:
            expression = re.compile(pattern)
        except re.error:
            assert fits(pattern, text) is None
            continue
        assert searched(pattern, text, whole=True) is (expression.fullmatch(text) is not None), (pattern, text)
        assert searched(pattern, text, whole=False) is (expression.search(text) is not None), (pattern, text)


@pytest.mark.parametrize(
    ("pattern", "text", "verdict"),
    [
        ("(a+)+$", "a" * 10_000 + "b", False),
        ("(a|aa)+$", "a" * 10_000 + "b", False),
        ("(.*a){20}", "a" * 10_000 + "b", False),
        (r"([a-z]+)*\d", "z" * 10_000, False),
        ("(x+x+)+y", "x" * 10_000, False),
        ("((a{0,9}){0,9}){0,9}", "b", False),
        (r"^(([^<>()\[\]\\.,;:\s@\"]+(\.[^<>()\[\]\\.,;:\s@\"]+)*))@x$", "a." * 2_000, False),
        # What only Python's engine can say, and only of a short text.
        (r"(?=.*\d)(?=.*[A-Z]).{3,8}", "Abc1", True),
        (r"(?=.*\d)(?=.*[A-Z]).{3,8}", "abc1", False),
        (r"(a)\1", "aa", True),
        (r"((a+)+)\1", "a" * 60 + "b", None),
        (r"(?=(a+)+$)x", "a" * 60 + "b", None),
        ("(", "a", None),
        ("a{5000}{5000}", "a", None),
        ("x" * 2_000, "x", None),
    ],
)
def test_nothing_takes_long(pattern: str, text: str, verdict: bool | None) -> None:
    begun = time.perf_counter()
    assert fits(pattern, text) is verdict
    assert time.perf_counter() - begun < 2


def test_replacing() -> None:
    assert replaced(r"(\d+)-(\d+)", "1-2", r"\2-\1") == "2-1"
    assert replaced("((a+)+)+", "a" * 40, "x") is None
    assert replaced("a", "a", r"\9") is None
