"""Every item type and every extension the engine acts on: what is taken, what is refused, what is only said."""

from __future__ import annotations

import base64
from decimal import Decimal
from typing import Any

import pytest

from liaison_desktop.questionnaires import names
from liaison_desktop.questionnaires.checking import check_json
from liaison_desktop.questionnaires.parsing import parse
from liaison_desktop.questionnaires.response import Sheet
from liaison_desktop.questionnaires.validation import validate
from tests.questionnaires.forms import answered, code, form, item, response

KG = {"system": names.UCUM, "code": "kg", "display": "kg"}
LB = {"system": names.UCUM, "code": "[lb_av]", "display": "lb"}


def mark(url: str, **value: Any) -> dict[str, Any]:
    return {"url": url, **value}


def codes(raw: Any, *held: Any, severity: str = "error") -> set[str]:
    return {issue.code for issue in check_json(raw, *held) if issue.severity.value == severity}


# -- types ------------------------------------------------------------------------------------------------------------

RIGHT = {
    "boolean": {"valueBoolean": True},
    "decimal": {"valueDecimal": Decimal("1.50")},
    "integer": {"valueInteger": -5},
    "date": {"valueDate": "2026-02"},
    "dateTime": {"valueDateTime": "2026-11-22T14:05:00-06:00"},
    "time": {"valueTime": "14:05:00"},
    "string": {"valueString": "one line"},
    "text": {"valueString": "two\nlines"},
    "url": {"valueUri": "urn:uuid:53fefa32-fcbb-4ff8-8a92-55ee120877b7"},
    "choice": {"valueCoding": {"system": "s", "code": "x"}},
    "open-choice": {"valueString": "my own"},
    "attachment": {"valueAttachment": {"contentType": "image/png", "data": "AAAA"}},
    "reference": {"valueReference": {"reference": "Patient/1"}},
    "quantity": {"valueQuantity": {"value": Decimal(5), "unit": "kg", "system": names.UCUM, "code": "kg"}},
}
WRONG = {
    "boolean": [{"valueString": "true"}, {"valueBoolean": "true"}, {"valueBoolean": None}],
    "decimal": [{"valueDecimal": "1.5"}, {"valueInteger": 1}, {"valueDecimal": True}],
    "integer": [{"valueInteger": Decimal("1.5")}, {"valueDecimal": 1}, {"valueInteger": 2**31}],
    "date": [{"valueDate": "2026-2-1"}, {"valueDate": "2026-02-30"}, {"valueDate": "2026-02-01T10:00:00Z"}, {"valueDate": "0000"}],
    "dateTime": [{"valueDateTime": "2026-11-22T14:05Z"}, {"valueDateTime": "2026-11-22T14:05:00"}, {"valueDateTime": "2026-11-22T24:00:00Z"}],
    "time": [{"valueTime": "14:05"}, {"valueTime": "24:00:00"}, {"valueTime": "14:05:00Z"}],
    "string": [{"valueString": ""}, {"valueString": " "}, {"valueString": "two\nlines"}, {"valueString": 5}],
    "text": [{"valueString": "\x07"}, {"valueMarkdown": "x"}],
    "url": [{"valueUrl": "http://x"}, {"valueUri": "a b"}],
    "choice": [{"valueCoding": {}}, {"valueCoding": {"code": "a  b"}}, {"valueString": "x"}, {"valueCoding": {"codes": "x"}}],
    "open-choice": [{"valueInteger": 5}, {"valueString": ""}],
    "attachment": [{"valueAttachment": {"data": "not base64!"}}, {"valueAttachment": "x"}, {"valueAttachment": {"size": "5"}}],
    "reference": [{"valueReference": "Patient/1"}, {"valueReference": {}}, {"valueReference": {"url": "x"}}],
    "quantity": [{"valueQuantity": {"value": "5"}}, {"valueQuantity": {"value": 5, "code": "kg"}}, {"valueQuantity": {"value": 5, "comparator": "~"}}, {"valueQuantity": {"unit": "kg"}}],
}  # fmt: skip


@pytest.mark.parametrize("kind", sorted(RIGHT))
def test_an_answer_of_each_type(kind: str) -> None:
    raw = form(item("a", kind))
    held = response({"linkId": "a", "answer": [RIGHT[kind]]})
    assert codes(raw, held) == set()
    assert Sheet.read(parse(raw), held).write() == held
    assert codes(raw, response({"linkId": "a", "answer": [RIGHT[kind]] * 2})) == {"structure"}
    assert codes(form(item("a", kind, repeats=True)), response({"linkId": "a", "answer": [RIGHT[kind]] * 2})) == set()
    assert codes(form(item("a", kind, required=True)), response()) >= {"required"}
    for wrong in WRONG[kind]:
        assert codes(raw, response({"linkId": "a", "answer": [wrong]})) == {"value"}, wrong


def test_a_display_and_a_group_take_no_answer() -> None:
    raw = form(item("d", "display"), item("g", "group", items=[item("a")]))
    assert codes(raw, response({"linkId": "d"}, {"linkId": "g"})) == set()
    assert codes(raw, response(answered("d", "x"))) == {"structure"}
    assert codes(raw, response(answered("g", "x"))) == {"structure"}


# -- extensions that narrow an answer ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "extension", "right", "wrong"),
    [
        ("integer", mark(names.MIN_VALUE, valueInteger=3), {"valueInteger": 3}, {"valueInteger": 2}),
        ("integer", mark(names.MAX_VALUE, valueInteger=3), {"valueInteger": 3}, {"valueInteger": 4}),
        ("decimal", mark(names.MAX_VALUE, valueDecimal=Decimal("3.5")), {"valueDecimal": Decimal("3.5")}, {"valueDecimal": Decimal("3.51")}),
        ("decimal", mark(names.MIN_VALUE, valueInteger=3), {"valueDecimal": 3}, {"valueDecimal": Decimal("2.9")}),
        ("date", mark(names.MIN_VALUE, valueDate="2026-02-01"), {"valueDate": "2026-02"}, {"valueDate": "2026-01-31"}),
        ("dateTime", mark(names.MAX_VALUE, valueDateTime="2026-02-01T00:00:00Z"), {"valueDateTime": "2026-01-31"}, {"valueDateTime": "2026-02-01T00:00:01Z"}),
        ("time", mark(names.MAX_VALUE, valueTime="12:00:00"), {"valueTime": "11:59:59"}, {"valueTime": "12:00:01"}),
        ("decimal", mark(names.MAX_DECIMALS, valueInteger=2), {"valueDecimal": Decimal("1.25")}, {"valueDecimal": Decimal("1.250")}),
        ("quantity", mark(names.MAX_DECIMALS, valueInteger=0), {"valueQuantity": {"value": 5}}, {"valueQuantity": {"value": Decimal("5.1")}}),
        ("string", mark(names.MIN_LENGTH, valueInteger=3), {"valueString": "abc"}, {"valueString": "ab"}),
        ("string", mark(names.REGEX, valueString="[A-Z]{3}"), {"valueString": "ABC"}, {"valueString": "ABCD"}),
        ("url", mark(names.REGEX, valueString="https?://.*"), {"valueUri": "http://x"}, {"valueUri": "ftp://x"}),
        ("quantity", mark(names.UNIT_OPTION, valueCoding=KG), {"valueQuantity": {"value": 5, "system": names.UCUM, "code": "kg"}}, {"valueQuantity": {"value": 5, "system": names.UCUM, "code": "g"}}),
        ("quantity", mark(names.UNIT, valueCoding=KG), {"valueQuantity": {"value": 5, "system": names.UCUM, "code": "kg"}}, {"valueQuantity": {"value": 5, "unit": "stone"}}),
        ("quantity", mark(names.MAX_QUANTITY, valueQuantity={"value": 100, "system": names.UCUM, "code": "kg"}), {"valueQuantity": {"value": 200, "system": names.UCUM, "code": "[lb_av]"}}, {"valueQuantity": {"value": 230, "system": names.UCUM, "code": "[lb_av]"}}),
        ("quantity", mark(names.MIN_QUANTITY, valueQuantity={"value": 100, "system": names.UCUM, "code": "[lb_av]"}), {"valueQuantity": {"value": 46, "system": names.UCUM, "code": "kg"}}, {"valueQuantity": {"value": 45, "system": names.UCUM, "code": "kg"}}),
        ("quantity", mark(names.MIN_VALUE, valueQuantity={"value": 100, "system": names.UCUM, "code": "cm"}), {"valueQuantity": {"value": 1, "system": names.UCUM, "code": "m"}}, {"valueQuantity": {"value": 99, "system": names.UCUM, "code": "cm"}}),
        ("attachment", mark(names.MIME_TYPE, valueCode="image/*"), {"valueAttachment": {"contentType": "image/png"}}, {"valueAttachment": {"contentType": "text/html"}}),
        ("reference", mark(names.REFERENCE_RESOURCE, valueCode="Patient"), {"valueReference": {"reference": "http://x/fhir/Patient/1/_history/2"}}, {"valueReference": {"reference": "Device/1"}}),
        ("reference", mark(names.REFERENCE_RESOURCE, valueCode="Patient"), {"valueReference": {"display": "somebody"}}, {"valueReference": {"type": "Device", "display": "x"}}),
    ],
)  # fmt: skip
def test_what_an_extension_narrows(kind: str, extension: dict[str, Any], right: Any, wrong: Any) -> None:
    raw = form(item("a", kind, extension=[extension]))
    assert codes(raw) == set()
    assert codes(raw, response({"linkId": "a", "answer": [right]})) == set()
    assert codes(raw, response({"linkId": "a", "answer": [wrong]})) == {"value"}


def test_the_size_of_a_file() -> None:
    raw = form(item("a", "attachment", extension=[mark(names.MAX_SIZE, valueDecimal=Decimal("0.001"))]))
    small, large = (base64.b64encode(b"x" * size).decode() for size in (1000, 1100))
    assert (
        codes(raw, response(answered("a", {"valueAttachment": {"contentType": "text/plain", "data": small}}))) == set()
    )
    assert codes(raw, response(answered("a", {"valueAttachment": {"contentType": "text/plain", "data": large}}))) == {
        "too-long"
    }


def test_how_often_an_item_may_occur() -> None:
    bounds = [mark(names.MIN_OCCURS, valueInteger=2), mark(names.MAX_OCCURS, valueInteger=3)]
    raw = form(item("a", repeats=True, required=True, extension=bounds))
    wanted = [{"required"}, {"required"}, set(), set(), {"business-rule"}]
    assert [codes(raw, response(answered("a", *"abcd"[:n]))) for n in range(5)] == wanted
    group = form(item("g", "group", repeats=True, extension=bounds, items=[item("a")]))
    groups = [answered("g", items=[answered("a", one)]) for one in "abcd"]
    assert [codes(group, response(*groups[:n])) for n in range(1, 5)] == wanted[1:]


def test_an_exclusive_answer_allows_no_other() -> None:
    none = {"valueCoding": code("none"), "extension": [mark(names.EXCLUSIVE, valueBoolean=True)]}
    raw = form(
        item("a", "choice", repeats=True, answerOption=[none, {"valueCoding": code("x")}, {"valueCoding": code("y")}])
    )
    assert codes(raw, response(answered("a", code("x"), code("y")))) == set()
    assert codes(raw, response(answered("a", code("none")))) == set()
    assert codes(raw, response(answered("a", code("none"), code("x")))) == {"business-rule"}


def test_what_a_screen_needs_to_know() -> None:
    held = parse(
        form(
            item(
                "a",
                "choice",
                answerOption=[{"valueCoding": code("x"), "initialSelected": True, "extension": [mark(names.OPTION_PREFIX, valueString="1.")]}],
                extension=[
                    mark(names.ITEM_CONTROL, valueCodeableConcept={"coding": [{"code": "radio-button"}]}),
                    mark(names.ORIENTATION, valueCode="horizontal"),
                    mark(names.ENTRY_FORMAT, valueString="as on the card"),
                    mark(names.OPEN_LABEL, valueString="Another"),
                    mark(names.HIDDEN, valueBoolean=True),
                    mark(names.SLIDER_STEP, valueInteger=5),
                    mark(names.SUPPORT_LINK, valueUri="http://help"),
                ],
            ),
            item("q", "quantity", extension=[mark(names.UNIT_VALUE_SET, valueCanonical="#units"), mark(names.UNIT_OPEN, valueCode="optionsOrString")]),
            contained=[{"resourceType": "ValueSet", "id": "units", "compose": {"include": [{"system": names.UCUM, "concept": [{"code": "kg"}]}]}}],
        )
    )  # fmt: skip
    asked = held.index["a"]
    assert (asked.controls, asked.orientation, asked.entry_format) == (
        ("radio-button",),
        "horizontal",
        "as on the card",
    )
    assert (asked.open_label, asked.hidden, asked.slider_step, asked.support_links) == (
        "Another",
        True,
        5,
        ("http://help",),
    )
    assert (asked.options[0].prefix, asked.options[0].initial) == ("1.", True)
    assert [unit["code"] for unit in held.index["q"].units] == ["kg"]
    assert held.index["q"].unit_open == "optionsOrString"


# -- permitted answers inside the form --------------------------------------------------------------------------------

SYSTEM = {"resourceType": "CodeSystem", "id": "cs", "url": "http://cs", "concept": [{"code": "a", "concept": [{"code": "b"}]}, {"code": "c"}]}  # fmt: skip


def value_set(id: str = "vs", **more: Any) -> dict[str, Any]:
    return {"resourceType": "ValueSet", "id": id, "url": f"http://{id}", **more}


def listed(*words: str) -> dict[str, Any]:
    return {"system": "http://cs", "concept": [{"code": one} for one in words]}


@pytest.mark.parametrize(
    ("contained", "address", "found"),
    [
        ([value_set(compose={"include": [listed("a", "b")]})], "#vs", ["a", "b"]),
        ([value_set(compose={"include": [listed("a", "b")]})], "http://vs|1", ["a", "b"]),
        ([value_set(compose={"include": [{"system": "http://cs"}]}), SYSTEM], "#vs", ["a", "b", "c"]),
        ([value_set(compose={"include": [{"system": "http://cs"}], "exclude": [listed("b")]}), SYSTEM], "#vs", ["a", "c"]),
        ([value_set(compose={"include": [{"valueSet": ["http://other"]}]}), value_set("other", compose={"include": [listed("x")]})], "#vs", ["x"]),
        ([value_set(compose={"include": [{**listed("x", "y"), "valueSet": ["#other"]}]}), value_set("other", compose={"include": [listed("y")]})], "#vs", ["y"]),
        ([value_set(expansion={"contains": [{"code": "h", "abstract": True, "contains": [{"system": "http://cs", "code": "a"}]}, {"code": "z"}]})], "#vs", ["a", "z"]),
        ([value_set(compose={"include": [listed("a")]}, expansion={"contains": [{"code": "e"}]})], "#vs", ["e"]),
        ([value_set(compose={"include": [{"system": "http://elsewhere"}]})], "#vs", None),
        ([value_set(compose={"include": [listed("a"), {"system": "http://cs", "filter": [{}]}]})], "#vs", None),
        ([value_set(compose={"include": [{"valueSet": ["#vs"]}]})], "#vs", None),
        ([], "http://elsewhere", None),
        ([], "#missing", None),
    ],
)  # fmt: skip
def test_value_sets_inside_the_form(contained: list[Any], address: str, found: list[str] | None) -> None:
    raw = form(item("a", "choice", answerValueSet=address), contained=contained)
    asked = parse(raw).index["a"]
    assert [option.code for option in asked.options] == (found or [])
    assert asked.options_known is (found is not None)
    if found is None:
        # What cannot be looked up is taken, and said; free text is still none of its answers.
        assert "informational" in codes(raw, response(answered("a", code("any"))), severity="information")
        assert codes(raw, response(answered("a", "text"))) >= {"value"}
        assert (
            codes(form(item("a", "open-choice", answerValueSet="http://x")), response(answered("a", "text"))) == set()
        )
    else:
        system = asked.options[0].value.get("system")
        held = {"code": found[0], **({"system": system} if system else {})}
        assert codes(raw, response(answered("a", held))) == set()
        assert codes(raw, response(answered("a", code("other")))) == {"code-invalid"}


# -- extensions that are wrong, not acted on, or not known ------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "extension", "severity", "wanted"),
    [
        ("integer", mark(names.MIN_VALUE), "error", "required"),
        ("integer", mark(names.MIN_VALUE, valueString="3"), "error", "value"),
        ("integer", mark(names.MIN_VALUE, valueDate="2026-01-01"), "error", "value"),
        ("boolean", mark(names.MIN_VALUE, valueInteger=1), "warning", "invariant"),
        ("string", mark(names.MIN_LENGTH, valueInteger=-1), "error", "value"),
        ("string", mark(names.MIN_LENGTH, valueDecimal=1), "error", "value"),
        ("string", mark(names.HIDDEN, valueBoolean="true"), "error", "value"),
        ("string", mark(names.REGEX, valueString="("), "error", "value"),
        ("string", mark(names.ORIENTATION, valueCode="diagonal"), "error", "code-invalid"),
        ("string", mark(names.UNIT_OPTION, valueCoding=KG), "warning", "invariant"),
        ("string", mark(names.MAX_OCCURS, valueInteger=3), "warning", "invariant"),
        ("group", mark(names.SUB_FORM, valueCanonical="http://x"), "warning", "not-supported"),
        ("string", mark("http://example.org/unknown", valueString="x"), "information", "informational"),
        ("string", {"valueString": "x"}, "error", "structure"),
    ],
)  # fmt: skip
def test_what_is_said_of_an_extension(kind: str, extension: dict[str, Any], severity: str, wanted: str) -> None:
    assert wanted in codes(form(item("a", kind, extension=[extension])), severity=severity)


@pytest.mark.parametrize(
    ("low", "high", "kind"),
    [
        (mark(names.MIN_VALUE, valueInteger=3), mark(names.MAX_VALUE, valueInteger=2), "integer"),
        (mark(names.MIN_VALUE, valueDate="2026-02-01"), mark(names.MAX_VALUE, valueDate="2026-01-01"), "date"),
        (mark(names.MIN_OCCURS, valueInteger=3), mark(names.MAX_OCCURS, valueInteger=2), "string"),
    ],
)
def test_bounds_that_cross(low: dict[str, Any], high: dict[str, Any], kind: str) -> None:
    assert codes(form(item("a", kind, repeats=True, extension=[low, high]))) == {"invariant"}


def test_a_modifier_that_is_not_understood_is_an_error_in_a_form_and_in_a_response() -> None:
    modifier = {"modifierExtension": [{"url": "http://example.org/not", "valueBoolean": True}]}
    good = form(item("a"))
    assert codes({**good, **modifier}) == {"not-supported"}
    assert codes(form({**item("a"), **modifier})) == {"not-supported"}
    held = response(answered("a", "x"))
    assert codes(good, {**held, **modifier}) == {"not-supported"}
    assert codes(good, response({**answered("a", "x"), **modifier})) == {"not-supported"}
    inside = {"linkId": "a", "answer": [{"valueString": "x", **modifier}]}
    assert codes(good, response(inside)) == {"not-supported"}
    # It is kept all the same.
    assert Sheet.read(parse(good), response(inside)).write()["item"] == [inside]


def test_a_critical_extension_is_no_fault_where_it_is_acted_on() -> None:
    def critical(url: str) -> dict[str, Any]:
        return form(item("a"), modifierExtension=[{"url": names.CRITICAL, "valueUri": url}])

    assert codes(critical(names.ENABLE_WHEN)) == set()
    assert codes(critical("http://example.org/other")) == {"not-supported"}


def test_an_unknown_extension_goes_through_a_form_that_is_filled_in() -> None:
    foreign = [{"url": "http://example.org/x", "extension": [{"url": "deep", "valueDecimal": Decimal("1.50")}]}]
    raw = form(item("a"), item("g", "group", items=[item("b")]))
    held = response(
        {"linkId": "a", "extension": foreign},
        {"linkId": "g", "extension": foreign, "item": [{"linkId": "b", "answer": [{"valueString": "x", "extension": foreign}]}]},
        extension=foreign,
    )  # fmt: skip
    sheet = Sheet.read(parse(raw), held)
    sheet.answer(sheet.nodes("a")[0], ("valueString", "new"))
    written = sheet.write()
    assert written["extension"] == foreign
    assert written["item"][0] == {"linkId": "a", "extension": foreign, "answer": [{"valueString": "new"}]}
    assert written["item"][1] == held["item"][1]
    assert validate(sheet) == []
