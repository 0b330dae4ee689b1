"""Forms that work something out: calculated and initial answers, conditions, permitted answers, bounds, constraints."""

from __future__ import annotations

import datetime as dt
import time
from decimal import Decimal
from typing import Any

import pytest

from liaison_desktop.questionnaires import names
from liaison_desktop.questionnaires.checking import check_json
from liaison_desktop.questionnaires.definition import Definition
from liaison_desktop.questionnaires.marks import proposal
from liaison_desktop.questionnaires.nodes import Node
from liaison_desktop.questionnaires.outcome import Level
from liaison_desktop.questionnaires.parsing import parse
from liaison_desktop.questionnaires.response import Sheet
from liaison_desktop.questionnaires.validation import validate, validate_node
from tests.questionnaires.forms import answered, code, definition, form, item, response, when

NOW = dt.datetime(2026, 11, 28, 10, 30, tzinfo=dt.timezone(dt.timedelta(hours=-6)))


def expression(url: str, text: str, language: str = "text/fhirpath", name: str = "") -> dict[str, Any]:
    named = {"name": name} if name else {}
    return {"url": url, "valueExpression": {**named, "language": language, "expression": text}}


def variable(name: str, text: str, language: str = "text/fhirpath") -> dict[str, Any]:
    return expression(names.VARIABLE, text, language, name)


def calculated(text: str) -> dict[str, Any]:
    return expression(names.CALCULATED, text)


def value_of(link_id: str) -> str:
    return f"%resource.descendants().where(linkId='{link_id}').answer.value"


def put(sheet: Sheet, link_id: str, key: str, value: Any, place: int = 0) -> tuple[Node, ...]:
    return sheet.answer(sheet.nodes(link_id)[place], (key, value))


def held(sheet: Sheet, link_id: str) -> list[Any]:
    return [node.value for node in sheet.nodes(link_id)]


def told(raw: dict[str, Any], *more: Any) -> set[tuple[str, str, str]]:
    return {(issue.severity.value, issue.code, issue.link_id) for issue in check_json(raw, *more)}


# -- calculated answers -----------------------------------------------------------------------------------------------


def sum_form() -> Definition:
    return definition(
        item("a", "integer"),
        item("b", "integer"),
        item("sum", "integer", readOnly=True, extension=[calculated(f"{value_of('a')} + {value_of('b')}")]),
        item("double", "integer", readOnly=True, extension=[calculated(f"{value_of('sum')} * 2")]),
        item("big", show=[when("double", ">", 10)]),
    )


def test_a_calculated_answer_follows_its_questions_and_others_follow_it() -> None:
    sheet = Sheet.blank(sum_form())
    put(sheet, "a", "valueInteger", 2)
    assert held(sheet, "sum") == [None]
    assert [node.item.link_id for node in put(sheet, "b", "valueInteger", 4)] == ["big"]
    assert (held(sheet, "sum"), held(sheet, "double")) == ([6], [12])
    assert [node.item.link_id for node in put(sheet, "b", "valueInteger", 1)] == ["big"]
    assert not sheet.nodes("big")[0].enabled
    sheet.clear(sheet.nodes("a")[0])
    assert held(sheet, "double") == [None]


def test_the_order_in_which_they_stand_makes_no_difference() -> None:
    count = 30
    chain = [
        item(f"c{n}", "integer", readOnly=True, extension=[calculated(f"{value_of(f'c{n + 1}')} + 1")])
        for n in range(count)
    ]
    sheet = Sheet.blank(definition(*chain, item(f"c{count}", "integer")))
    put(sheet, f"c{count}", "valueInteger", 0)
    assert held(sheet, "c0") == [count]
    assert sheet.settling.unsettled == ()


def test_each_row_of_a_repeating_group_works_out_its_own() -> None:
    row = item(
        "row",
        "group",
        repeats=True,
        items=[
            item("n", "integer"),
            item("twice", "integer", readOnly=True, extension=[calculated("%n * 2")]),
        ],
        extension=[variable("n", "item.where(linkId='n').answer.value")],
    )
    total = item("total", "integer", readOnly=True, extension=[calculated(f"{value_of('twice')}.sum()")])
    sheet = Sheet.blank(definition(row, total))
    put(sheet, "n", "valueInteger", 1)
    sheet.add(sheet.nodes("row")[0])
    put(sheet, "n", "valueInteger", 5, place=1)
    assert (held(sheet, "twice"), held(sheet, "total")) == ([2, 10], [12])
    sheet.remove(sheet.nodes("row")[0])
    assert (held(sheet, "twice"), held(sheet, "total")) == ([10], [10])


def test_a_persons_own_answer_stays_until_it_is_cleared() -> None:
    held_form = definition(item("a", "integer"), item("x", "integer", extension=[calculated(f"{value_of('a')} + 1")]))
    sheet = Sheet.blank(held_form)
    put(sheet, "a", "valueInteger", 1)
    put(sheet, "x", "valueInteger", 50)
    put(sheet, "a", "valueInteger", 2)
    assert held(sheet, "x") == [50]
    again = Sheet.read(held_form, sheet.write())
    assert held(again, "x") == [50]
    again.clear(again.nodes("x")[0])
    assert held(again, "x") == [3]


def test_a_finished_response_keeps_what_it_says_and_the_difference_is_told() -> None:
    raw = form(
        item("a", "integer"), item("x", "integer", readOnly=True, extension=[calculated(f"{value_of('a')} + 1")])
    )
    given = response(answered("a", 1), answered("x", 7))
    sheet = Sheet.read(parse(raw), given)
    assert held(sheet, "x") == [7]
    assert ("warning", "business-rule", "x") in told(raw, given)
    assert ("warning", "business-rule", "x") not in told(raw, response(answered("a", 1), answered("x", 2)))
    draft = Sheet.read(parse(raw), {**given, "status": "in-progress"})
    assert held(draft, "x") == [2]


def test_what_cannot_be_worked_out_here_is_left_as_it_came() -> None:
    foreign = item("x", "integer", readOnly=True, extension=[expression(names.CALCULATED, "Total", "text/cql")])
    for status in ("in-progress", "completed"):
        given = response(answered("x", 7), status=status)
        assert held(Sheet.read(definition(foreign), given), "x") == [7]
        assert [one for one in told(form(foreign), given) if one[0] == "error"] == []
    wild = item("x", "integer", readOnly=True, extension=[calculated("(1).repeat($this + 1).count()")])
    assert told(form(wild), response(answered("x", 7))) == {("warning", "processing", "x")}


def test_what_is_not_asked_is_not_there() -> None:
    sheet = Sheet.blank(
        definition(
            item("q", "boolean"),
            item("a", "integer", show=[when("q", "=", True)]),
            item("x", "integer", readOnly=True, extension=[calculated(f"{value_of('a')} + 1")]),
            item("n", "integer", readOnly=True, extension=[calculated("%resource.item.where(linkId='a').count()")]),
        )
    )
    put(sheet, "q", "valueBoolean", True)
    put(sheet, "a", "valueInteger", 1)
    assert (held(sheet, "x"), held(sheet, "n")) == ([2], [1])
    put(sheet, "q", "valueBoolean", False)
    assert (held(sheet, "x"), held(sheet, "n")) == ([None], [0])
    put(sheet, "q", "valueBoolean", True)
    assert held(sheet, "x") == [2]


@pytest.mark.parametrize(
    ("kind", "text", "gives"),
    [
        ("boolean", "1 = 1", [True]),
        ("integer", "6 / 2", [3]),
        ("decimal", "1 / 4", [Decimal("0.25")]),
        ("string", "'a' & 5.toString()", ["a5"]),
        ("text", "@2026-01-02", ["2026-01-02"]),
        ("date", "today() + 1 day", ["2026-11-29"]),
        ("dateTime", "@2026-01-02T03:04:05Z", ["2026-01-02T03:04:05Z"]),
        ("time", "@T10:30", ["10:30:00"]),
        ("url", "'http://x'", ["http://x"]),
        ("quantity", "5 'kg'", [{"value": Decimal(5), "unit": "kg"}]),
        ("choice", "'x'", [{"system": "s", "code": "x"}]),
        ("choice", "%qitem.answerOption.value.where(code = 'y')", [{"system": "s", "code": "y"}]),
        ("open-choice", "'my own'", ["my own"]),
        ("integer", "1.5", [None]),
        ("integer", "'x'", [None]),
        ("boolean", "{}", [None]),
        ("integer", "1 | 2", [None]),
        ("choice", "'z'", [None]),
    ],
)
def test_the_answer_has_the_type_of_the_item(kind: str, text: str, gives: list[Any]) -> None:
    more: dict[str, Any] = {}
    if kind.endswith("choice"):
        more["answerOption"] = [{"valueCoding": {"system": "s", "code": one}} for one in ("x", "y")]
    sheet = Sheet.blank(definition(item("a", kind, extension=[calculated(text)], **more)), now=NOW)
    assert held(sheet, "a") == gives
    assert not [issue for issue in validate(sheet) if issue.severity is Level.ERROR]


def test_a_number_becomes_a_quantity_of_the_items_unit() -> None:
    unit = {"url": names.UNIT, "valueCoding": {"system": names.UCUM, "code": "kg", "display": "kg"}}
    sheet = Sheet.blank(definition(item("a", "quantity", extension=[unit, calculated("5000 'g'")])))
    assert held(sheet, "a") == [{"value": Decimal(5), "unit": "kg", "system": names.UCUM, "code": "kg"}]


def test_scores_of_answers() -> None:
    weight = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
    options = [
        {"valueCoding": {"system": "s", "code": f"c{n}", "extension": [{"url": weight, "valueDecimal": n}]}}
        for n in range(4)
    ]
    questions = [item(f"q{n}", "choice", answerOption=options) for n in range(3)]
    score = "%resource.item.answer.value.ordinal().sum()"
    sheet = Sheet.blank(definition(*questions, item("score", "decimal", readOnly=True, extension=[calculated(score)])))
    sheet.choose(sheet.nodes("q0")[0], "c3")
    sheet.choose(sheet.nodes("q2")[0], "c2")
    assert held(sheet, "score") == [5]
    # An answer that came without its score has the one of the form.
    again = Sheet.blank(sheet.definition)
    again.answer(again.nodes("q0")[0], ("valueCoding", {"system": "s", "code": "c3"}))
    assert held(again, "score") == [3]


# -- conditions -------------------------------------------------------------------------------------------------------


def asked_when(text: str, *before: dict[str, Any], **more: Any) -> Definition:
    return definition(*before, item("x", extension=[expression(names.ENABLE_WHEN, text)], **more))


def test_an_item_is_asked_when_its_expression_is_true() -> None:
    sheet = Sheet.blank(asked_when(f"{value_of('a')} > 5", item("a", "integer")))
    assert not sheet.nodes("x")[0].enabled
    assert [node.item.link_id for node in put(sheet, "a", "valueInteger", 6)] == ["x"]
    assert [node.item.link_id for node in put(sheet, "a", "valueInteger", 5)] == ["x"]
    assert not sheet.nodes("x")[0].enabled


@pytest.mark.parametrize(
    ("text", "is_asked"),
    [
        ("true", True),
        ("false", False),
        ("{}", False),
        ("'something'", True),
        ("1 | 2", False),
        ("%context.linkId = 'x'", True),
    ],
)
def test_what_counts_as_true(text: str, is_asked: bool) -> None:
    assert Sheet.blank(asked_when(text)).nodes("x")[0].enabled is is_asked


def test_a_group_takes_what_is_inside_with_it_and_required_is_not_asked_for() -> None:
    raw = form(
        item("a", "integer"),
        item(
            "g",
            "group",
            items=[item("inner", required=True)],
            required=True,
            extension=[expression(names.ENABLE_WHEN, f"{value_of('a')} > 5")],
        ),
    )
    sheet = Sheet.blank(parse(raw))
    assert validate(sheet) == []
    assert {node.item.link_id for node in put(sheet, "a", "valueInteger", 6)} == {"g", "inner"}
    assert [issue.link_id for issue in validate(sheet)] == ["inner"]


def test_each_row_asks_by_its_own_answers() -> None:
    held_form = definition(
        item(
            "row",
            "group",
            repeats=True,
            items=[
                item("n", "integer"),
                item("why", extension=[expression(names.ENABLE_WHEN, "%row.item.where(linkId='n').answer.value > 3")]),
            ],
            extension=[variable("row", "$this")],
        )
    )
    sheet = Sheet.read(held_form, response(*(answered("row", items=[answered("n", n)]) for n in (1, 9, 2))))
    assert [node.enabled for node in sheet.nodes("why")] == [False, True, False]
    put(sheet, "n", "valueInteger", 7, place=2)
    assert [node.enabled for node in sheet.nodes("why")] == [False, True, True]


def test_a_condition_that_cannot_be_worked_out_hides_nothing_and_is_said() -> None:
    for text in ("%nobody", "name.unknown()", "1 + 'a'", "(1).repeat($this + 1)"):
        sheet = Sheet.blank(asked_when(text))
        assert sheet.nodes("x")[0].enabled
        assert [issue.code for issue in validate(sheet)] == ["processing"]


def test_a_fault_is_gone_when_the_expression_gives_something_again() -> None:
    sheet = Sheet.blank(asked_when(f"{value_of('a')}.single() > 5", item("a", "integer", repeats=True)))
    node = sheet.nodes("a")[0]
    sheet.answer(node, ("valueInteger", 6), ("valueInteger", 7))
    assert [issue.code for issue in validate(sheet)] == ["processing"]
    sheet.answer(node, ("valueInteger", 4))
    assert validate(sheet) == []
    assert not sheet.nodes("x")[0].enabled


def test_another_language_is_said() -> None:
    raw = form(item("x", extension=[expression(names.ENABLE_WHEN, "Something", "text/cql")]))
    assert ("warning", "not-supported", "x") in told(raw)
    assert Sheet.blank(parse(raw)).nodes("x")[0].enabled


# -- what a form starts with, and what it permits ---------------------------------------------------------------------


def patient_form() -> Definition:
    launch = {
        "url": names.LAUNCH_CONTEXT,
        "extension": [{"url": "name", "valueCoding": {"code": "patient"}}, {"url": "type", "valueCode": "Patient"}],
    }
    return parse(
        form(
            item("born", "date", extension=[expression(names.INITIAL, "%patient.birthDate")]),
            item("name", extension=[expression(names.INITIAL, "%patient.name.first().given.first()")]),
            item("today", "date", extension=[expression(names.INITIAL, "today()")]),
            item("fixed", initial=[{"valueString": "kept"}], extension=[expression(names.INITIAL, "'not this'")]),
            extension=[launch],
        )
    )


def test_a_form_starts_with_what_whoever_opens_it_gives() -> None:
    patient = {"resourceType": "Patient", "birthDate": "1950-01-02", "name": [{"given": ["Ada"]}]}
    sheet = Sheet.blank(patient_form(), given={"patient": patient}, now=NOW)
    assert [held(sheet, one)[0] for one in ("born", "name", "today", "fixed")] == [
        "1950-01-02",
        "Ada",
        "2026-11-28",
        "kept",
    ]


def test_what_comes_from_the_chart_can_be_offered_and_is_no_answer_then() -> None:
    patient = {"resourceType": "Patient", "birthDate": "1950-01-02"}
    sheet = Sheet.blank(patient_form(), given={"patient": patient}, now=NOW, offered_from="Chart")
    assert proposal(sheet.nodes("born")[0]) == ("valueDate", "1950-01-02", "Chart")
    assert [held(sheet, one)[0] for one in ("born", "today")] == [None, "2026-11-28"]
    sheet.confirm(sheet.nodes("born")[0], NOW)
    assert held(sheet, "born") == ["1950-01-02"]


def test_what_was_worked_out_from_the_chart_stays_when_the_chart_is_not_there() -> None:
    launch = {"url": names.LAUNCH_CONTEXT, "extension": [{"url": "name", "valueCoding": {"code": "patient"}}]}
    age = "%born.duration(%today, 'years')"
    held_form = parse(
        form(
            item("age", "integer", readOnly=True, extension=[calculated(age)]),
            extension=[launch, variable("born", "%patient.birthDate"), variable("today", "today()")],
        )
    )
    sheet = Sheet.blank(held_form, given={"patient": {"birthDate": "1950-01-02"}}, now=NOW)
    assert held(sheet, "age") == [76]
    assert held(Sheet.read(held_form, sheet.write(), now=NOW), "age") == [76]
    assert held(Sheet.blank(held_form, now=NOW), "age") == [None]


def test_what_is_not_given_is_blank_and_no_fault() -> None:
    sheet = Sheet.blank(patient_form(), now=NOW)
    assert held(sheet, "born") == [None]
    assert validate(sheet) == []


def test_an_initial_answer_is_not_put_in_again() -> None:
    sheet = Sheet.blank(patient_form(), now=NOW)
    sheet.clear(sheet.nodes("today")[0])
    assert held(Sheet.read(sheet.definition, sheet.write(), now=NOW), "today") == [None]


def test_permitted_answers_from_an_expression() -> None:
    held_form = definition(
        item("med", "group", repeats=True, items=[item("drug")]),
        item("which", "choice", extension=[expression(names.ANSWERS, value_of("drug"))]),
    )
    sheet = Sheet.read(held_form, response(*(answered("med", items=[answered("drug", one)]) for one in ("A", "B"))))
    node = sheet.nodes("which")[0]
    assert [option.label for option in sheet.options(node)] == ["A", "B"]
    sheet.answer(node, ("valueString", "B"))
    assert validate_node(node, sheet) == []
    sheet.answer(node, ("valueString", "C"))
    assert [issue.code for issue in validate_node(node, sheet)] == ["code-invalid"]


def toggle(text: str, *words: str) -> dict[str, Any]:
    options = [{"url": "option", "valueCoding": code(word)} for word in words]
    told_by = {"url": "expression", "valueExpression": {"language": "text/fhirpath", "expression": text}}
    return {"url": names.TOGGLE, "extension": [*options, told_by]}


def test_permitted_answers_that_are_switched_on_and_off() -> None:
    held_form = definition(
        item("a", "integer"),
        item(
            "x",
            "choice",
            answerOption=[{"valueCoding": code(one)} for one in ("always", "some", "both")],
            extension=[toggle(f"{value_of('a')} > 1", "some", "both"), toggle(f"{value_of('a')} = 1", "both")],
        ),
    )
    sheet = Sheet.blank(held_form)
    node = sheet.nodes("x")[0]
    seen = []
    for number in (0, 1, 2):
        put(sheet, "a", "valueInteger", number)
        seen.append([option.code for option in sheet.options(node)])
    assert seen == [["always"], ["always", "both"], ["always", "some", "both"]]
    sheet.choose(node, "some")
    assert validate(sheet) == []
    put(sheet, "a", "valueInteger", 1)
    assert [issue.code for issue in validate(sheet)] == ["code-invalid"]


# -- bounds and constraints -------------------------------------------------------------------------------------------


def test_a_bound_that_is_worked_out() -> None:
    bound = {"url": names.MAX_VALUE, "_valueDate": {"extension": [expression(names.CALCULATED_VALUE, "today()")]}}
    sheet = Sheet.blank(definition(item("a", "date", extension=[bound])), now=NOW)
    put(sheet, "a", "valueDate", "2026-11-28")
    assert validate(sheet) == []
    put(sheet, "a", "valueDate", "2026-11-29")
    assert [issue.code for issue in validate(sheet)] == ["value"]


def constraint(text: str, severity: str = "error", r4: bool = False) -> dict[str, Any]:
    held_text = {"valueString": text} if r4 else {"valueExpression": {"language": "text/fhirpath", "expression": text}}
    return {
        "url": names.CONSTRAINT if r4 else names.TARGET_CONSTRAINT,
        "extension": [
            {"url": "key", ("valueId" if r4 else "valueCode"): "c-1"},
            {"url": "severity", "valueCode": severity},
            {"url": "expression", **held_text},
            {"url": "human", "valueString": "The end is before the start."},
        ],
    }


@pytest.mark.parametrize("r4", [False, True])
@pytest.mark.parametrize("severity", ["error", "warning"])
def test_a_constraint_of_a_group(severity: str, r4: bool) -> None:
    text = "item.where(linkId='to').answer.value >= item.where(linkId='from').answer.value"
    raw = form(
        item(
            "stay",
            "group",
            repeats=True,
            items=[item("from", "date"), item("to", "date")],
            extension=[constraint(text, severity, r4)],
        )
    )

    def stay(start: str, end: str | None) -> dict[str, Any]:
        ends = [answered("to", {"valueDate": end})] if end else []
        return answered("stay", items=[answered("from", {"valueDate": start}), *ends])

    assert told(raw, response(stay("2026-01-01", "2026-01-02"), stay("2026-01-01", None))) == set()
    wrong = response(stay("2026-01-01", "2026-01-02"), stay("2026-01-03", "2026-01-02"))
    assert told(raw, wrong) == {(severity, "invariant", "stay")}
    assert told(
        {**raw, "item": [{**raw["item"][0], "enableWhen": [when("q", "=", True)]}, item("q", "boolean")]}, wrong
    ) >= {("error", "business-rule", "stay")}


def test_a_constraint_of_the_whole_form() -> None:
    raw = form(item("a"), item("b"), extension=[constraint(f"{value_of('a')} != {value_of('b')}")])
    assert told(raw, response(answered("a", "x"), answered("b", "x"))) == {("error", "invariant", "")}
    assert told(raw, response(answered("a", "x"), answered("b", "y"))) == set()
    assert told(raw, response(answered("a", "x"))) == set()


# -- variables, circles, what runs away -------------------------------------------------------------------------------


def test_a_variable_may_build_on_one_of_its_name_further_out() -> None:
    inner = item(
        "g",
        "group",
        items=[item("x", extension=[calculated("%prefix + 'c'")])],
        extension=[variable("prefix", "%prefix + 'b'")],
    )
    sheet = Sheet.blank(parse(form(inner, extension=[variable("prefix", "'a'")])))
    assert held(sheet, "x") == ["abc"]


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        (
            form(
                item("a", "integer", extension=[calculated(f"{value_of('b')} + 1")]),
                item("b", "integer", extension=[calculated(f"{value_of('a')} + 1")]),
            ),
            ("error", "business-rule", "b"),
        ),
        (form(item("a", "integer", extension=[calculated(f"{value_of('a')} + 1")])), ("error", "business-rule", "a")),
        (
            form(
                item("a", extension=[expression(names.ENABLE_WHEN, f"{value_of('b')}.exists()")]),
                item("b", show=[when("a", "exists", True)]),
            ),
            ("error", "business-rule", "b"),
        ),
        (
            form(item("a", "integer", extension=[calculated("%one")]), extension=[variable("one", "%two"), variable("two", "%one")]),
            ("error", "business-rule", ""),
        ),
        (
            form(
                item("a", "integer", extension=[calculated("%v + 1")]),
                extension=[variable("v", value_of("a"))],
            ),
            ("error", "business-rule", "a"),
        ),
        (form(item("a", extension=[calculated("%nobody")])), ("error", "not-found", "a")),
        (form(item("a", extension=[calculated("1 +")])), ("error", "value", "a")),
        (form(item("a", extension=[calculated(value_of("zz"))])), ("warning", "not-found", "a")),
        (form(item("a", extension=[calculated("1"), calculated("2")])), ("error", "structure", "a")),
        (form(item("a", extension=[{"url": names.CALCULATED, "valueString": "1"}])), ("error", "required", "a")),
        (form(item("a"), extension=[variable("v", "1"), variable("v", "2")]), ("error", "duplicate", "")),
    ],
)  # fmt: skip
def test_what_is_wrong_with_expressions_is_said_and_never_hangs(
    raw: dict[str, Any], wanted: tuple[str, str, str]
) -> None:
    assert wanted in told(raw)
    begun = time.perf_counter()
    sheet = Sheet.blank(parse(raw))
    validate(sheet)
    for node in list(sheet.walk()):
        if node.item.type == "integer":
            sheet.answer(node, ("valueInteger", 1))
    assert time.perf_counter() - begun < 3


def test_a_form_that_runs_in_a_circle_is_stopped_and_says_so() -> None:
    sheet = Sheet.blank(definition(item("a", "integer", readOnly=True, extension=[calculated(f"iif({value_of('a')}.exists(), {value_of('a')} + 1, 0)")])))  # fmt: skip
    assert sheet.settling.unsettled == ("a",)
    assert ("error", "processing", "a") in {(i.severity.value, i.code, i.link_id) for i in validate(sheet)}


def test_a_hundred_expressions_that_run_away_do_not_hold_up_the_form() -> None:
    wild = [item(f"w{n}", "integer", extension=[calculated(f"({n}).repeat($this + 1).count()")]) for n in range(100)]
    begun = time.perf_counter()
    sheet = Sheet.blank(definition(item("a", "integer"), *wild))
    put(sheet, "a", "valueInteger", 1)
    assert time.perf_counter() - begun < 20
    assert "too many steps" in " ".join(sheet.settling.faults.values())


def test_reading_the_form_itself_is_no_circle() -> None:
    text = "%questionnaire.item.where(linkId = 'a').answerOption.value.where(code = 'x')"
    raw = form(item("a", "choice", answerOption=[{"valueCoding": code("x")}], extension=[calculated(text)]))
    assert not [one for one in told(raw) if one[0] == "error"]
    assert held(Sheet.blank(parse(raw)), "a") == [code("x")]


@pytest.mark.parametrize(
    "text", ["%resource.item.where(linkId='g').exists()", "%resource.item.where(linkId!='x').count() = 1"]
)
def test_whether_a_group_is_there_depends_on_what_is_inside(text: str) -> None:
    inner = item("g", "group", items=[item("h", "group", items=[item("a")])])
    sheet = Sheet.blank(definition(inner, item("x", "boolean", readOnly=True, extension=[calculated(text)])))
    assert held(sheet, "x") == [False]
    put(sheet, "a", "valueString", "here")
    assert held(sheet, "x") == [True]
    sheet.clear(sheet.nodes("a")[0])
    assert held(sheet, "x") == [False]
