"""A sheet and its JSON: nothing is lost, nothing is said that nobody said."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from liaison_desktop.questionnaires import names
from liaison_desktop.questionnaires.marks import proposal, unable_reason
from liaison_desktop.questionnaires.reading import read_json
from liaison_desktop.questionnaires.response import Sheet
from liaison_desktop.questionnaires.validation import missing, validate
from liaison_desktop.questionnaires.writing import canonical
from tests.questionnaires.forms import answered, code, definition, item, response, when

ALLOWED = {"url": names.UNABLE_ALLOWED, "valueBoolean": True}
NOW = dt.datetime(2026, 11, 19, 14, 0, tzinfo=dt.timezone(dt.timedelta(hours=-6)))


def test_what_is_not_understood_is_written_back() -> None:
    foreign = [{"url": "http://example.org/x", "valueDecimal": Decimal("1.50")}]
    held: dict[str, Any] = response(
        {
            "linkId": "a",
            "text": "a",
            "extension": foreign,
            "answer": [{"valueString": "x", "extension": foreign, "id": "one"}],
        },
        {"linkId": "unknown", "answer": [{"valueInteger": 5}], "item": [{"linkId": "deeper"}]},
        extension=foreign,
        contained=[{"resourceType": "Patient", "id": "p"}],
        subject={"reference": "#p"},
    )
    sheet = Sheet.read(definition(item("a"), item("b")), held)
    assert canonical(sheet.write()) == canonical(held)


def test_a_decimal_keeps_its_digits() -> None:
    sheet = Sheet.read(definition(item("a", "decimal")), response(answered("a")))
    sheet.answer(sheet.nodes("a")[0], ("valueDecimal", Decimal("1.50")))
    assert b'"valueDecimal":1.50' in canonical(sheet.write())
    assert read_json(canonical(sheet.write()))["item"][0]["answer"][0]["valueDecimal"] == Decimal("1.50")


def test_a_prefilled_answer_is_none_until_it_is_confirmed() -> None:
    held = definition(
        item("a", "choice", required=True, answerOption=[{"valueCoding": code("no")}]),
        item("b", show=[when("a", "=", code("no"))]),
    )
    sheet = Sheet.blank(held)
    node = sheet.nodes("a")[0]
    sheet.propose(node, "valueCoding", code("no"), "Referral packet, page 3")
    assert proposal(node) == ("valueCoding", code("no"), "Referral packet, page 3")
    assert [one.key for one in missing(sheet)] == ["a"]
    assert not sheet.nodes("b")[0].enabled
    assert [one.item.link_id for one in sheet.confirm(node, NOW)] == ["b"]
    assert proposal(node) is None
    assert missing(sheet) == []
    assert "Referral packet, page 3" in canonical(sheet.write()).decode()


def test_a_proposal_survives_saving_and_an_own_answer_replaces_it() -> None:
    held = definition(item("a"))
    sheet = Sheet.blank(held)
    sheet.propose(sheet.nodes("a")[0], "valueString", "theirs", "Chart")
    again = Sheet.read(held, sheet.write())
    assert proposal(again.nodes("a")[0]) == ("valueString", "theirs", "Chart")
    again.answer(again.nodes("a")[0], ("valueString", "mine"))
    assert b"theirs" not in canonical(again.write())


def test_unable_to_assess_needs_its_reason() -> None:
    held = definition(item("a", required=True, extension=[ALLOWED]))
    sheet = Sheet.blank(held)
    node = sheet.nodes("a")[0]
    sheet.cannot_assess(node, "")
    assert unable_reason(node) == ""
    assert [issue.code for issue in validate(sheet)] == ["required"]
    sheet.cannot_assess(node, "sedated")
    assert unable_reason(node) == "sedated"
    assert validate(sheet) == []
    assert Sheet.read(held, sheet.write()).nodes("a")[0].item.link_id == "a"
    assert validate(Sheet.read(held, sheet.write())) == []
    sheet.answer(node, ("valueString", "awake now"))
    assert unable_reason(node) is None


def test_unable_does_not_excuse_where_the_form_does_not_allow_it() -> None:
    sheet = Sheet.blank(definition(item("a", required=True)))
    sheet.cannot_assess(sheet.nodes("a")[0], "sedated")
    assert [issue.code for issue in validate(sheet)] == ["required"]


def test_an_unable_option_needs_its_reason() -> None:
    marked = {"extension": [{"url": names.UNABLE_OPTION, "valueBoolean": True}], "valueCoding": code("unable")}
    held = definition(item("a", "choice", required=True, answerOption=[{"valueCoding": code("yes")}, marked]))
    sheet = Sheet.blank(held)
    node = sheet.nodes("a")[0]
    sheet.choose(node, "unable")
    assert [issue.code for issue in validate(sheet)] == ["required"]
    sheet.explain(node, "patient_asleep")
    assert validate(sheet) == []
    assert unable_reason(Sheet.read(held, sheet.write()).nodes("a")[0]) == "patient_asleep"


def test_what_is_not_asked_is_dropped_only_when_told() -> None:
    held = definition(item("q", "boolean"), item("a", show=[when("q", "=", True)]))
    sheet = Sheet.read(held, response(answered("q", True), answered("a", "kept")))
    sheet.answer(sheet.nodes("q")[0], ("valueBoolean", False))
    assert b"kept" in canonical(sheet.write())
    assert b"kept" not in canonical(sheet.write(status="completed", drop_unasked=True))


def test_a_node_is_found_again_by_its_key() -> None:
    held = definition(item("g", "group", repeats=True, items=[item("a")]))
    sheet = Sheet.blank(held)
    second = sheet.add(sheet.nodes("g")[0])
    sheet.answer(second.children["a"][0], ("valueString", "x"))
    key = second.children["a"][0].key
    again = Sheet.read(held, sheet.write())
    found = again.find(key)
    assert found is not None
    assert found.value == "x"
    assert again.find("g:gone/a") is None


def test_any_text_goes_through_unchanged() -> None:
    held = definition(item("a", "text"))
    for text in ("<img src=x onerror=alert(1)>", "\u202eevil", "שלום", "a\u0301", "line\nline", "😀" * 300):
        sheet = Sheet.blank(held)
        sheet.answer(sheet.nodes("a")[0], ("valueString", text))
        again = Sheet.read(held, read_json(canonical(sheet.write())))
        assert again.nodes("a")[0].value == text
        assert validate(again) == []
