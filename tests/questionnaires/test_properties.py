"""What holds for every form and every way of filling it in: nothing is lost, and a shortcut gives what the long way gives."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from liaison_desktop.questionnaires import names
from liaison_desktop.questionnaires.checking import check_json
from liaison_desktop.questionnaires.fhirpath.engine import compiled, element
from liaison_desktop.questionnaires.fhirpath.kinds import ExpressionFault, plain
from liaison_desktop.questionnaires.fhirpath.running import Run
from liaison_desktop.questionnaires.parsing import parse
from liaison_desktop.questionnaires.places import SheetPlace, Watch
from liaison_desktop.questionnaires.reading import read_json
from liaison_desktop.questionnaires.response import Sheet
from liaison_desktop.questionnaires.writing import canonical, pretty
from tests.questionnaires.forms import form, when

NOW = dt.datetime(2026, 11, 28, 10, 30, tzinfo=dt.UTC)
TEXT = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00"), min_size=1, max_size=20)
VALUES = st.one_of(
    st.booleans().map(lambda v: ("valueBoolean", v)),
    st.integers(-100, 100).map(lambda v: ("valueInteger", v)),
    st.decimals(-1000, 1000, places=2).map(lambda v: ("valueDecimal", v)),
    TEXT.map(lambda v: ("valueString", v)),
    st.dates().map(lambda v: ("valueDate", v.isoformat())),
    st.fixed_dictionaries({"code": st.sampled_from("xyz"), "system": st.just("s")}).map(lambda v: ("valueCoding", v)),
    st.fixed_dictionaries({"value": st.decimals(-9, 9, places=1), "unit": st.just("kg")}).map(
        lambda v: ("valueQuantity", v)
    ),
)


# -- a form that has a bit of everything, drawn anew each time ----------------------------------------------------------


def expression(url: str, text: str, name: str = "") -> dict[str, Any]:
    named = {"name": name} if name else {}
    return {"url": url, "valueExpression": {**named, "language": "text/fhirpath", "expression": text}}


def reading(link_id: str) -> st.SearchStrategy[str]:
    return st.sampled_from(
        [
            f"%resource.descendants().where(linkId='{link_id}').answer.value",
            f"%resource.repeat(item).where(linkId='{link_id}').answer.value",
            f"%resource.descendants().where(linkId='{link_id}').answer.value.first()",
            f"%resource.descendants().where(linkId in ('{link_id}')).answer.value",
            f"%resource.item.descendants().where('{link_id}' = linkId).answer.value",
        ]
    )


@st.composite
def forms(draw: st.DrawFn) -> dict[str, Any]:
    """A form whose items look only at those before them, so that it never runs in a circle."""
    count = draw(st.integers(3, 9))
    top: list[Any] = []
    holders: list[list[Any]] = [top]
    known: list[str] = []
    for number in range(count):
        link_id = f"q{number}"
        made: dict[str, Any] = {
            "linkId": link_id,
            "type": draw(st.sampled_from(["integer", "integer", "boolean", "string"])),
        }
        extension = []
        if known and draw(st.booleans()):
            source = draw(st.sampled_from(known))
            made["enableWhen"] = [when(source, draw(st.sampled_from(["=", "!=", ">", "<="])), draw(st.integers(0, 3)))]
        elif known and draw(st.integers(0, 3)) == 0:
            source = draw(reading(draw(st.sampled_from(known))))
            extension.append(expression(names.ENABLE_WHEN, f"({source}.count() mod 2) = 0"))
        if known and draw(st.integers(0, 2)) == 0:
            made["type"], made["readOnly"] = "integer", True
            source = draw(reading(draw(st.sampled_from(known))))
            how = draw(
                st.sampled_from(["{0}.ofType(Integer).sum()", "{0}.count()", "iif({0}.exists(), 1, {{}})", "%v"])
            )
            if how == "%v":
                extension.append(expression(names.VARIABLE, f"{source}.count() + 1", "v"))
            extension.append(expression(names.CALCULATED, how.format(source)))
        if extension:
            made["extension"] = extension
        draw(st.sampled_from(holders)).append(made)
        known.append(link_id)
        if draw(st.integers(0, 3)) == 0 and len(holders) < 4:
            group: dict[str, Any] = {
                "linkId": f"g{number}",
                "type": "group",
                "repeats": draw(st.booleans()),
                "item": [],
            }
            draw(st.sampled_from(holders)).append(group)
            holders.append(group["item"])
    return form(*without_empty(top))


def without_empty(items: list[Any]) -> list[Any]:
    """The items without groups that have nothing inside."""
    for one in items:
        if "item" in one:
            one["item"] = without_empty(one["item"])
    return [one for one in items if one.get("item") != []]


def state(sheet: Sheet) -> list[tuple[str, bool, list[tuple[str, Any]]]]:
    return [(node.key, node.enabled, [(one.key, one.value) for one in node.answers]) for node in sheet.walk()]


@settings(max_examples=150, deadline=None)
@given(forms(), st.data())
def test_working_out_what_is_touched_gives_what_working_out_everything_gives(
    raw: dict[str, Any], data: st.DataObject
) -> None:
    sheet = Sheet.blank(parse(raw), now=NOW)
    for _ in range(data.draw(st.integers(1, 12))):
        nodes = list(sheet.walk())
        node = data.draw(st.sampled_from(nodes))
        if node.item.type == "group":
            if node.item.repeats:
                if data.draw(st.booleans()):
                    sheet.add(node)
                else:
                    sheet.remove(node)
            continue
        if node.item.calculation is not None:
            continue
        value = data.draw(
            {
                "integer": st.integers(0, 3).map(lambda v: ("valueInteger", v)),
                "boolean": st.booleans().map(lambda v: ("valueBoolean", v)),
                "string": st.sampled_from(["0", "1"]).map(lambda v: ("valueString", v)),
            }[node.item.type]
        )
        before = {id(one): one.enabled for one in nodes}
        changed = sheet.answer(node, *([value] if data.draw(st.integers(0, 4)) else []))
        moved = {id(one) for one in sheet.walk() if id(one) in before and one.enabled is not before[id(one)]}
        assert {id(one) for one in changed} == moved
        assert sheet.settling.unsettled == ()
        quick = state(sheet)
        sheet.settling.all()
        assert state(sheet) == quick
        again = Sheet.read(sheet.definition, read_json(canonical(sheet.write())), now=NOW)
        known = {key: rest for key, *rest in state(sheet)}
        assert all(known.get(key, rest) == rest for key, *rest in state(again) if ":" not in key)


@settings(max_examples=150, deadline=None)
@given(forms(), st.data())
def test_the_live_answers_say_what_the_written_response_says(raw: dict[str, Any], data: st.DataObject) -> None:
    sheet = Sheet.blank(parse(raw), now=NOW)
    for node in list(sheet.walk()):
        if node.item.type == "integer" and node.item.calculation is None and data.draw(st.booleans()):
            sheet.answer(node, ("valueInteger", data.draw(st.integers(0, 3))))
    written = element(sheet.write(drop_unasked=True))
    link_id = data.draw(st.sampled_from([one for one in sheet.definition.index if one.startswith("q")]))
    for text in (
        data.draw(reading(link_id)),
        "descendants().count()",
        "item.item.linkId",
        "repeat(item).linkId",
        "children().count()",
        "item.answer.exists()",
        f"item.where(linkId = '{link_id}').exists()",
    ):
        expression = compiled(text)
        assert not isinstance(expression, ExpressionFault)
        live = SheetPlace(sheet, Watch(sheet.definition))
        found = [
            [plain(one) for one in expression.run(Run(lambda name: None, NOW, [root]), [root])]
            for root in (live, written)
        ]
        assert found[0] == found[1], text


# -- nothing is lost ----------------------------------------------------------------------------------------------------

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**62), 2**62) | st.decimals(-1000, 1000, places=3) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=200, deadline=None)
@given(JSON)
def test_json_comes_back_as_it_was(value: Any) -> None:
    for write in (canonical, pretty):
        assert canonical(read_json(write(value))) == canonical(value)


def test_a_decimal_keeps_its_noughts() -> None:
    for digits in ("1.50", "0.000", "-0.10", "100", "1E+3", "12345678901234567890.10"):
        value = {"a": Decimal(digits)}
        assert read_json(canonical(value))["a"] == value["a"]
        assert str(read_json(canonical(value))["a"]).replace("E+3", "000") in (digits, "1000")


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["a", "b", "c"]), st.lists(VALUES, max_size=3), JSON), max_size=5), JSON)
def test_a_response_comes_back_as_it_was(items: list[Any], extra: Any) -> None:
    definition = parse(form(*({"linkId": one, "type": "string", "repeats": True} for one in "abc")))
    held: dict[str, Any] = {
        "resourceType": "QuestionnaireResponse",
        "status": "completed",
        "extension": [{"url": "x", "y": extra}],
    }
    order = sorted(items, key=lambda one: one[0])
    if order:
        held["item"] = [
            {
                "linkId": link_id,
                "extension": [{"url": "x", "z": more}],
                **(
                    {"answer": [{key: value, "extension": [{"url": "x", "z": more}]} for key, value in values]}
                    if values
                    else {}
                ),
            }
            for link_id, values, more in order
        ]
    assert canonical(Sheet.read(definition, held).write()) == canonical(held)


@settings(max_examples=100, deadline=None)
@given(JSON, JSON)
def test_anything_can_be_asked_whether_it_is_a_form(definition: Any, response: Any) -> None:
    for form_like in (definition, {"resourceType": "Questionnaire", "item": definition}):
        for response_like in (response, {"resourceType": "QuestionnaireResponse", "item": response}):
            assert all(issue.diagnostics for issue in check_json(form_like, response_like))
