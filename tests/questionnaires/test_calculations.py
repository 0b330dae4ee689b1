"""Calculations over rows, moments and amounts."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from liaison_desktop.questionnaires import names
from liaison_desktop.questionnaires.response import Sheet
from tests.questionnaires.forms import answered, code, definition, item, response


def worked_out(kind: str, words: str, *held: dict[str, Any], items: tuple[dict[str, Any], ...]) -> Any:
    name, *of = words.split()
    parts: list[dict[str, Any]] = [{"url": "name", "valueString": name}]
    for one in of:
        key, text = ("code", one[1:]) if one.startswith("=") else ("of", one)
        parts.append({"url": key, "valueString": text})
    extension = [{"url": names.CALCULATION, "extension": parts}]
    sheet = Sheet.read(definition(*items, item("x", kind, extension=extension)), response(*held))
    return sheet.nodes("x")[0].value


def moments(first: str, last: str) -> tuple[dict[str, Any], dict[str, Any]]:
    return answered("a", {"valueDateTime": first}), answered("b", {"valueDateTime": last})


TWO = (item("a", "dateTime"), item("b", "dateTime"))


@pytest.mark.parametrize(
    ("first", "last", "hours", "is_later"),
    [
        ("2026-11-19T10:00:00-06:00", "2026-11-21T10:00:00-06:00", 48, False),
        ("2026-11-19T10:00:00-06:00", "2026-11-19T17:00:00Z", 1, False),
        ("2026-11-19T17:00:00Z", "2026-11-19T10:00:00-06:00", -1, True),
        ("2026-11-19T10:00:00-06:00", "2026-11-19T10:00:00-06:00", 0, False),
        ("2026-11-19", "2026-11-19T10:00:00-06:00", 10, None),
        ("2026-11-20", "2026-11-19T10:00:00-06:00", -14, True),
        ("2026", "2026-11-19T10:00:00-06:00", None, None),
    ],
)
def test_moments(first: str, last: str, hours: int | None, is_later: bool | None) -> None:
    held = moments(first, last)
    assert worked_out("decimal", "hours-between a b", *held, items=TWO) == hours
    assert worked_out("boolean", "later a b", *held, items=TWO) is is_later
    minutes = worked_out("integer", "minutes-between a b", *held, items=TWO)
    assert minutes == (None if hours is None else hours * 60)


def rows() -> tuple[dict[str, Any], ...]:
    what = item("g.what", "choice", answerOption=[{"valueCoding": code("none")}, {"valueCoding": code("dose")}])
    return (item("g", "group", repeats=True, items=[what, item("g.answer")]),)


def row(what: str, *answer: str) -> dict[str, Any]:
    below = [answered("g.what", code(what)), *(answered("g.answer", one) for one in answer)]
    return answered("g", items=below)


def test_rows() -> None:
    held = (row("none"), row("dose"), row("dose", "Go on"))
    assert worked_out("integer", "rows g.what", *held, items=rows()) == 3
    assert worked_out("integer", "rows-not g.what =none", *held, items=rows()) == 2
    assert worked_out("integer", "open-rows g.what g.answer =none", *held, items=rows()) == 1
    assert worked_out("integer", "answered g", *held, items=rows()) == 4
    assert worked_out("integer", "count g.what =dose", *held, items=rows()) == 2
    assert worked_out("boolean", "contains g.what =other =dose", *held, items=rows()) is True


def test_amounts() -> None:
    two = (item("a", "integer"), item("b", "integer"))
    held = (answered("a", 100), answered("b", 130))
    assert worked_out("decimal", "left a b", *held, items=two) == 0
    assert worked_out("decimal", "left b a", *held, items=two) == 30
    assert worked_out("boolean", "more b a", *held, items=two) is True
    assert worked_out("decimal", "left a b", answered("a", 100), items=two) is None


def test_amounts_orders_and_months_work_over_live_answers() -> None:
    def worked_out(link_id: str, kind: str, text: str) -> dict[str, Any]:
        mark = {"url": names.CALCULATED, "valueExpression": {"language": "text/fhirpath", "expression": text}}
        return item(link_id, kind, extension=[mark])

    def answer_of(link_id: str) -> str:
        return f"%resource.item.where(linkId='{link_id}').answer.value"

    sheet = Sheet.blank(
        definition(
            item("weight", "quantity"),
            item("height", "quantity"),
            worked_out("index", "quantity", f"{answer_of('weight')} / ({answer_of('height')} * {answer_of('height')})"),
            item("pain", "integer", repeats=True),
            worked_out("worst", "integer", f"{answer_of('pain')}.sort(-$this).first()"),
            item("last", "date"),
            worked_out("next", "date", f"{answer_of('last').replace('resource', 'rootResource')} + 1 month"),
        )
    )
    kg, m = ({"unit": unit, "system": names.UCUM, "code": unit} for unit in ("kg", "m"))
    sheet.answer(sheet.nodes("weight")[0], ("valueQuantity", {"value": 70, **kg}))
    sheet.answer(sheet.nodes("height")[0], ("valueQuantity", {"value": Decimal("1.75"), **m}))
    sheet.answer(sheet.nodes("pain")[0], ("valueInteger", 3), ("valueInteger", 9), ("valueInteger", 4))
    sheet.answer(sheet.nodes("last")[0], ("valueDate", "2026-01-31"))
    index = sheet.nodes("index")[0].value
    assert (round(index["value"], 2), index["code"]) == (Decimal("22.86"), "kg/m2")
    assert sheet.nodes("worst")[0].value == 9
    assert sheet.nodes("next")[0].value == "2026-02-28"
