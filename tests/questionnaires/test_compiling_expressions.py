"""FHIRPath in the short notation of our own checklists."""

from __future__ import annotations

from typing import Any

from liaison_desktop.questionnaires.checking import check_json
from liaison_desktop.questionnaires.compiling import compile_form
from liaison_desktop.questionnaires.parsing import parse
from liaison_desktop.questionnaires.response import Sheet


def notation(**more: Any) -> dict[str, Any]:
    items = [
        {"id": "A1", "text": "How many", "type": "integer"},
        {"id": "A2", "text": "Twice that", "type": "integer", "read-only": True, **more},
    ]
    return {
        "form": "x",
        "url": "http://x",
        "version": "1",
        "status": "draft",
        "title": "X",
        "sections": [{"id": "A", "text": "A", "items": items}],
    }


VALUE = "%resource.descendants().where(linkId = 'A1').answer.value"


def test_an_expression_may_calculate_and_show() -> None:
    raw = compile_form(notation(calculate=f"= {VALUE} * 2", show=f"= {VALUE} > 1"))
    assert not [issue for issue in check_json(raw) if issue.severity.value != "information"]
    sheet = Sheet.blank(parse(raw))
    shown = []
    for number in (1, 2):
        sheet.answer(sheet.nodes("A1")[0], ("valueInteger", number))
        node = sheet.nodes("A2")[0]
        shown.append((node.enabled, node.value))
    assert shown == [(False, None), (True, 4)]


def test_a_named_calculation_stays_what_it_was() -> None:
    raw = compile_form(notation(calculate="sum A1", show="A1 exists"))
    sheet = Sheet.blank(parse(raw))
    sheet.answer(sheet.nodes("A1")[0], ("valueInteger", 3))
    assert sheet.nodes("A2")[0].value == 3


def test_what_is_wrong_in_it_is_said() -> None:
    raw = compile_form(notation(calculate="= 1 +"))
    assert [issue.code for issue in check_json(raw) if issue.severity.value == "error"] == ["value"]
