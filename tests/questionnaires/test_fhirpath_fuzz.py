"""Any expression over any content: a value or a fault, in a bounded time."""

from __future__ import annotations

import datetime as dt
import os
import random
import time
from decimal import Decimal
from typing import Any

import pytest

from liaison_desktop.questionnaires.fhirpath import functions
from liaison_desktop.questionnaires.fhirpath.engine import compiled, element
from liaison_desktop.questionnaires.fhirpath.kinds import ExpressionFault, plain
from liaison_desktop.questionnaires.fhirpath.running import Run

ROUNDS = int(os.environ.get("LIAISON_FUZZ", "2000"))
NAMES = sorted(functions._KNOWN)
ATOMS = [
    "1", "0", "-1", "2147483647", "1.5", "0.0000001", "99999999999.5", "'a'", "''", "'2026-11-28'", "'(a+)+'", "true", "false",
    "{}", "@2026", "@2026-02-29", "@0001-01-01", "@9999-12-31", "@2026-11-28T10:00:00Z", "@9999-12-31T23:59:59+14:00", "@T23:59:59",
    "@T00", "5 'kg'", "0 'cm'", "3 days", "99999999999 years", "1 'x'", "name", "$this", "$index", "$total", "%context", "%v", "%sct",
    "(1 | 2 | 3)", "('a' | 'b')", "name.given", "value", "quantity", "mixed", "when", "extension", "deep", "reference",
]  # fmt: skip
OPERATORS = ["+", "-", "*", "/", "div", "mod", "&", "|", "=", "!=", "~", "!~", "<", ">", "<=", ">=", "in", "contains", "and", "or", "xor", "implies"]  # fmt: skip
CONTENT: dict[str, Any] = {
    "resourceType": "Thing",
    "name": [{"given": ["A", "B"]}, {"given": []}, {}],
    "valueCoding": {"system": "s", "code": "x", "extension": [{"url": "u", "valueDecimal": Decimal(1)}]},
    "quantity": {"value": Decimal("1E+30"), "unit": "kg"},
    "mixed": [1, "a", None, True, Decimal("1.50"), {"a": 1}, [2, [3]], 10**30],
    "when": "2026-02-28",
    "extension": [{"url": 5}, {"url": "u"}, {}],
    "deep": {"a": {"b": {"c": [{"d": 1}] * 3}}},
    "reference": {"reference": "#inside"},
    "contained": [{"resourceType": "Thing", "id": "inside"}],
}
NOW = dt.datetime(2026, 11, 28, 10, 30, tzinfo=dt.UTC)


def drawn(chance: random.Random, depth: int) -> str:
    """An expression, most often one that can be read."""
    kind = chance.random() if depth else 0.0
    if kind < 0.25:
        return chance.choice(ATOMS)
    if kind < 0.6:
        arguments = ", ".join(drawn(chance, depth - 1) for _ in range(chance.choice([0, 0, 1, 1, 1, 2, 3])))
        return f"({drawn(chance, depth - 1)}).{chance.choice(NAMES)}({arguments})"
    if kind < 0.9:
        return f"({drawn(chance, depth - 1)} {chance.choice(OPERATORS)} {drawn(chance, depth - 1)})"
    tail = chance.choice(["[0]", ".value", ".code", ".given", " is Quantity", " as String", ".extension('u')", "[-1]"])
    return chance.choice(["", "-", "+"]) + f"({drawn(chance, depth - 1)}){tail}"


@pytest.mark.timeout(0 if ROUNDS > 10_000 else 240)
def test_any_expression_gives_a_value_or_a_fault() -> None:
    chance = random.Random(int(os.environ.get("LIAISON_FUZZ_SEED", "20261128")))
    root = [element(CONTENT)]
    values = faults = 0
    for _ in range(ROUNDS):
        text = drawn(chance, chance.randint(1, 4))
        begun = time.perf_counter()
        expression = compiled(text)
        if isinstance(expression, ExpressionFault):
            faults += 1
            continue
        try:
            found = expression.run(Run(lambda name: {"context": root, "v": [1, "a"]}.get(name), NOW, root), root)
            assert all(plain(one) is not None for one in found)
            values += 1
        except ExpressionFault:
            faults += 1
        except Exception as fault:
            raise AssertionError(text) from fault
        assert time.perf_counter() - begun < 10, text
    assert values > ROUNDS / 10
    assert faults > ROUNDS / 10
