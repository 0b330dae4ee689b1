"""enableWhen inside repeating groups, as a table: the form once, the answers of each row, which of them is asked."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from liaison_desktop.questionnaires.parsing import parse
from liaison_desktop.questionnaires.response import Sheet
from liaison_desktop.questionnaires.validation import validate
from tests.questionnaires.forms import answered, form, item, response

TYPES = {
    "Boolean": "boolean", "Integer": "integer", "Decimal": "decimal", "Date": "date", "DateTime": "dateTime", "Time": "time",
    "String": "string", "Uri": "url", "Coding": "open-choice", "Quantity": "quantity", "Reference": "reference",
}  # fmt: skip


def asked(
    operator: str, kind: str, wanted: Any, rows: list[list[Any]], repeats: bool = False, **more: Any
) -> list[bool]:
    """Whether `x` is asked in each row; a row is the answers of `q` in it."""
    condition = {"question": "q", "operator": operator, f"answer{kind}": wanted}
    question_type = more.get("type", kind)
    held = form(
        item(
            "row",
            "group",
            repeats=True,
            items=[item("q", TYPES[question_type], repeats=repeats), item("x", enableWhen=[condition], required=True)],
        )
    )
    given = [
        answered(
            "row",
            items=[{"linkId": "q", "answer": [{f"value{question_type}": one} for one in row]}] if row else [],
            id=f"r{n}",
        )
        for n, row in enumerate(rows)
    ]
    sheet = Sheet.read(parse(held), response(*given))
    found = [node.enabled for node in sheet.nodes("x")]
    # A row whose `x` is asked misses its answer, and no other row does.
    missing = [issue.where for issue in validate(sheet) if issue.code == "required"]
    assert missing == [
        node.key for node in sheet.nodes("x") if node.enabled and any(one.answers for one in node.parent.below())
    ]  # type: ignore[union-attr]
    return found


def kg(value: Any, unit: str = "kg") -> dict[str, Any]:
    return {"value": value, "system": "http://unitsofmeasure.org", "code": unit}


X, Y = {"system": "s", "code": "x"}, {"system": "s", "code": "y"}


@pytest.mark.parametrize(
    ("operator", "kind", "wanted", "rows", "gives"),
    [
        # exists: the operand is a boolean, whatever the question's type
        ("exists", "Boolean", True, [[True], [], [False]], [True, False, True]),
        ("exists", "Boolean", False, [[True], [], [False]], [False, True, False]),
        # equality of each type
        ("=", "Boolean", True, [[True], [False], []], [True, False, False]),
        ("=", "Boolean", False, [[True], [False], []], [False, True, False]),
        ("=", "Integer", 3, [[3], [4], []], [True, False, False]),
        ("=", "Decimal", Decimal("1.5"), [[Decimal("1.50")], [Decimal("1.51")]], [True, False]),
        ("=", "Date", "2026-05-01", [["2026-05-01"], ["2026-05-02"], ["2026-05"]], [True, False, True]),
        ("=", "DateTime", "2026-05-01T10:00:00Z", [["2026-05-01T12:00:00+02:00"], ["2026-05-01T10:00:01Z"]], [True, False]),
        ("=", "Time", "10:00:00", [["10:00:00"], ["10:00:01"]], [True, False]),
        ("=", "String", "a", [["a"], ["A"], []], [True, False, False]),
        ("=", "Coding", X, [[X], [Y], []], [True, False, False]),
        ("=", "Coding", {"code": "x"}, [[X], [{"system": "t", "code": "x"}], [Y]], [True, True, False]),
        ("=", "Coding", X, [[{"code": "x"}], [{"system": "t", "code": "x"}], [{"display": "x"}]], [True, False, False]),
        ("=", "Quantity", kg(2), [[kg(2)], [kg(2000, "g")], [kg(3)], [kg(2, "cm")]], [True, True, False, False]),
        ("=", "Reference", {"reference": "Patient/1"}, [[{"reference": "Patient/1"}], [{"reference": "Patient/2"}]], [True, False]),
        # different: only of what was answered
        ("!=", "Boolean", True, [[True], [False], []], [False, True, False]),
        ("!=", "Integer", 3, [[3], [4], []], [False, True, False]),
        ("!=", "String", "a", [["a"], ["b"], []], [False, True, False]),
        ("!=", "Coding", X, [[X], [Y], []], [False, True, False]),
        ("!=", "Date", "2026-05-01", [["2026-05-01"], ["2026-05-02"]], [False, True]),
        # order
        (">", "Integer", 3, [[3], [4], [2], []], [False, True, False, False]),
        ("<", "Integer", 3, [[3], [4], [2], []], [False, False, True, False]),
        (">=", "Integer", 3, [[3], [4], [2], []], [True, True, False, False]),
        ("<=", "Integer", 3, [[3], [4], [2], []], [True, False, True, False]),
        (">", "Decimal", Decimal("1.5"), [[Decimal("1.51")], [Decimal("1.5")]], [True, False]),
        ("<=", "Decimal", 2, [[Decimal("2.0")], [Decimal("2.01")]], [True, False]),
        (">", "Date", "2026-05-01", [["2026-05-02"], ["2026-05-01"], ["2026"], ["2027"]], [True, False, False, True]),
        (">=", "Date", "2026-05-01", [["2026-05"], ["2026-04"], ["2026"]], [True, False, True]),
        ("<", "DateTime", "2026-05-01T10:00:00Z", [["2026-05-01T09:59:59Z"], ["2026-05-01T11:00:00+02:00"], ["2026-05-01"]], [True, True, False]),
        (">", "Time", "12:00:00", [["12:00:01"], ["12:00:00"]], [True, False]),
        (">", "Quantity", kg(2), [[kg(3)], [kg(2001, "g")], [kg(5, "cm")], [kg(1)]], [True, True, False, False]),
        ("<=", "Quantity", kg(2), [[kg(2)], [kg(Decimal("2.1"))], [{"value": 1}]], [True, False, True]),
        (">", "String", "b", [["c"], ["a"], ["b"]], [True, False, False]),
    ],
)  # fmt: skip
def test_each_operator_and_type_row_by_row(
    operator: str, kind: str, wanted: Any, rows: list[Any], gives: list[bool]
) -> None:
    assert asked(operator, kind, wanted, rows) == gives
    # The rows the other way round: each still reads its own.
    assert asked(operator, kind, wanted, rows[::-1]) == gives[::-1]


@pytest.mark.parametrize(
    ("operator", "wanted", "rows", "gives"),
    [
        ("=", X, [[X, Y], [Y], []], [True, False, False]),
        ("!=", X, [[X, Y], [X], []], [True, False, False]),
        ("=", Y, [[X, Y], [Y, X], [X]], [True, True, False]),
    ],
)
def test_any_answer_that_matches_is_enough(operator: str, wanted: Any, rows: list[Any], gives: list[bool]) -> None:
    assert asked(operator, "Coding", wanted, rows, repeats=True) == gives


@pytest.mark.parametrize("kind", sorted(TYPES))
def test_whether_any_type_was_answered(kind: str) -> None:
    values = {
        "Boolean": False, "Integer": 0, "Decimal": Decimal(0), "Date": "2026", "DateTime": "2026", "Time": "00:00:00",
        "String": "x", "Uri": "x", "Coding": X, "Quantity": kg(0), "Reference": {"reference": "x"},
    }  # fmt: skip
    assert asked("exists", "Boolean", True, [[values[kind]], []], type=kind) == [True, False]
    assert asked("exists", "Boolean", False, [[values[kind]], []], type=kind) == [False, True]
