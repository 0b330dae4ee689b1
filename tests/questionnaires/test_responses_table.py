"""Whole responses and what R4 says of them: where items may stand, what must be answered, and what is not asked.

Each line: what it is about, the items of the form, the items of the response, its status, and each error as its code and
its place. A form's items are written short: type, then what is not usual about it.
"""

from __future__ import annotations

from decimal import Decimal as D
from typing import Any

import pytest

from liaison_desktop.questionnaires.checking import check_json
from liaison_desktop.questionnaires.outcome import Level

Item = dict[str, Any]
UCUM = "http://unitsofmeasure.org"
HL7 = "http://hl7.org/fhir/StructureDefinition/"


def i(link_id: str, type_name: str = "string", *below: Item, **more: Any) -> Item:
    """An item of a form."""
    return {"linkId": link_id, "type": type_name, "text": link_id, **({"item": list(below)} if below else {}), **more}


def g(link_id: str, *below: Item, **more: Any) -> Item:
    """A group of a form."""
    return i(link_id, "group", *below, **more)


def when(question: str, operator: str, **answer: Any) -> Item:
    """One condition: when("a", "=", Boolean=True)."""
    return {"question": question, "operator": operator, **{f"answer{kind}": value for kind, value in answer.items()}}


def shown(*conditions: Item, any_of: bool = False) -> dict[str, Any]:
    """Under these conditions alone."""
    return {"enableWhen": list(conditions), "enableBehavior": "any" if any_of else "all"}


def occurs(low: int | None = None, high: int | None = None) -> dict[str, Any]:
    """How often at least and at most."""
    made = [{"url": f"{HL7}questionnaire-minOccurs", "valueInteger": low}] if low is not None else []
    made += [{"url": f"{HL7}questionnaire-maxOccurs", "valueInteger": high}] if high is not None else []
    return {"extension": made, "repeats": True}


def r(link_id: str, *answers: Item, items: list[Item] | None = None) -> Item:
    """An item of a response: a question with answers, or a group with items."""
    return {
        "linkId": link_id,
        **({"answer": list(answers)} if answers else {}),
        **({"item": items} if items is not None else {}),
    }


def a(kind: str, value: Any, *below: Item) -> Item:
    """An answer, and what lies under it."""
    return {f"value{kind}": value, **({"item": list(below)} if below else {})}


YES, NO = a("Boolean", True), a("Boolean", False)
S = a("String", "x")
REQ: dict[str, Any] = {"required": True}
REP: dict[str, Any] = {"repeats": True}
A_IS_YES = shown(when("a", "=", Boolean=True))
ROOT = "QuestionnaireResponse"
KG_70 = {"value": 70, "unit": "kg", "system": UCUM, "code": "kg"}
G_80000 = {"value": 80_000, "unit": "g", "system": UCUM, "code": "g"}
EXCLUSIVE = [
    {
        "extension": [{"url": f"{HL7}questionnaire-optionExclusive", "valueBoolean": True}],
        "valueCoding": {"code": "none"},
    },
    {"valueCoding": {"code": "b"}},
    {"valueCoding": {"code": "c"}},
]

Line = tuple[str, list[Item], list[Item], str, list[tuple[str, str]]]
LINES: list[Line] = [
    # required
    ("a required question that is blank", [i("a", **REQ)], [], "completed", [("required", ROOT)]),
    ("in a draft it may be blank", [i("a", **REQ)], [], "in-progress", []),
    ("when amended it may not", [i("a", **REQ)], [], "amended", [("required", ROOT)]),
    ("when stopped it may", [i("a", **REQ)], [], "stopped", []),
    ("entered in error it may", [i("a", **REQ)], [], "entered-in-error", []),
    ("an item without an answer is no answer", [i("a", **REQ)], [r("a")], "completed", [("required", "item[0]")]),
    ("in a group that is not there nothing is required", [g("g", i("a", **REQ))], [], "completed", []),
    (
        "in a group that is there it is", [g("g", i("a", **REQ), i("b"))], [r("g", items=[r("b", S)])], "completed",
        [("required", "item[0]")],
    ),
    ("a required group without any answer", [g("g", i("a"), **REQ)], [], "completed", [("required", ROOT)]),
    ("a required group with an answer", [g("g", i("a"), i("b"), **REQ)], [r("g", items=[r("b", S)])], "completed", []),
    (
        "a required group names the question that is missing", [g("g", i("a", **REQ), **REQ)], [], "completed",
        [("required", ROOT)],
    ),
    (
        "each row of a repeating group by itself", [g("g", i("a", **REQ), i("b"), **REP)],
        [r("g", items=[r("a", S)]), r("g", items=[r("b", S)])], "completed", [("required", "item[1]")],
    ),
    ("a display is never required", [i("d", "display", **REQ)], [], "completed", []),
    (
        "required under an answer that is there", [i("a", "boolean", i("b", **REQ))], [r("a", YES)], "completed",
        [("required", "item[0].answer[0]")],
    ),
    ("required under an answer that is not there", [i("a", "boolean", i("b", **REQ))], [], "completed", []),
    (
        "under the second answer alone", [i("a", "string", i("b", **REQ), **REP)],
        [r("a", a("String", "x", r("b", S)), S)], "completed", [("required", "item[0].answer[1]")],
    ),
    ("a required question that is not asked", [i("a", "boolean"), i("b", **REQ, **A_IS_YES)], [r("a", NO)], "completed", []),
    (
        "and one that is", [i("a", "boolean"), i("b", **REQ, **A_IS_YES)], [r("a", YES)], "completed",
        [("required", ROOT)],
    ),
    (
        "required within a group that is not asked", [i("a", "boolean"), g("g", i("b", **REQ), **REQ, **A_IS_YES)],
        [r("a", NO)], "completed", [],
    ),
    ("hidden is required all the same", [i("a", **REQ, extension=[{"url": f"{HL7}questionnaire-hidden", "valueBoolean": True}])], [], "completed", [("required", ROOT)]),
    ("read only is required all the same", [i("a", **REQ, readOnly=True)], [], "completed", [("required", ROOT)]),
    ("read only may be answered", [i("a", readOnly=True)], [r("a", S)], "completed", []),
    # how often
    ("two answers to a question for one", [i("a")], [r("a", S, S)], "completed", [("structure", "item[0]")]),
    ("two answers to one that repeats", [i("a", **REP)], [r("a", S, a("String", "y"))], "completed", []),
    ("a question twice", [i("a")], [r("a", S), r("a", S)], "completed", [("structure", "item[0]")]),
    ("a repeating question is one item with many answers", [i("a", **REP)], [r("a", S), r("a", S)], "completed", [("structure", "item[0]")]),
    ("a group twice", [g("g", i("a"))], [r("g", items=[r("a", S)]), r("g", items=[r("a", S)])], "completed", [("structure", "item[0]")]),
    ("a repeating group twice", [g("g", i("a"), **REP)], [r("g", items=[r("a", S)]), r("g", items=[r("a", S)])], "completed", []),
    ("fewer than the least", [i("a", **occurs(2))], [r("a", S)], "completed", [("required", "item[0]")]),
    ("as many as the least", [i("a", **occurs(2))], [r("a", S, a("String", "y"))], "completed", []),
    # minOccurs counts once there is anything; whether there must be, `required` says.
    ("none at all, and not required", [i("a", **occurs(2))], [], "completed", []),
    ("more than the most", [i("a", **occurs(None, 2))], [r("a", S, S, S)], "completed", [("business-rule", "item[0]")]),
    (
        "more rows than the most", [g("g", i("a"), **occurs(None, 1))],
        [r("g", items=[r("a", S)]), r("g", items=[r("a", S)])], "completed", [("business-rule", "item[0]")],
    ),
    (
        "fewer rows than the least", [g("g", i("a"), **occurs(2))], [r("g", items=[r("a", S)])], "completed",
        [("required", "item[0]")],
    ),
    (
        "how often does not matter when it is not asked", [i("a", "boolean"), i("b", **occurs(2), **A_IS_YES)],
        [r("a", NO)], "completed", [],
    ),
    (
        "one that allows no other", [i("a", "choice", answerOption=EXCLUSIVE, **REP)],
        [r("a", a("Coding", {"code": "none"}), a("Coding", {"code": "b"}))], "completed", [("business-rule", "item[0]")],
    ),
    (
        "others together", [i("a", "choice", answerOption=EXCLUSIVE, **REP)],
        [r("a", a("Coding", {"code": "c"}), a("Coding", {"code": "b"}))], "completed", [],
    ),
    # places
    ("an item that nobody asked", [i("a")], [r("z", S)], "completed", [("not-found", "item[0]")]),
    ("a linkId in other letters", [i("a")], [r("A", S)], "completed", [("not-found", "item[0]")]),
    ("out of order", [i("a"), i("b")], [r("b", S), r("a", S)], "completed", [("structure", "item[1]")]),
    ("with gaps", [i("a"), i("b"), i("c")], [r("a", S), r("c", S)], "completed", []),
    ("an item of a group at the top", [g("g", i("a"))], [r("a", S)], "completed", [("structure", "item[0]")]),
    ("an item of the top in a group", [i("b"), g("g", i("a"))], [r("g", items=[r("b", S)])], "completed", [("structure", "item[0].item[0]")]),
    ("an answer to a group", [g("g", i("a"))], [{"linkId": "g", "answer": [S]}], "completed", [("structure", "item[0]")]),
    ("an answer to a display", [i("d", "display")], [r("d", S)], "completed", [("structure", "item[0]")]),
    ("a display alone", [i("d", "display")], [r("d")], "completed", []),
    ("items under a question that belong under its answer", [i("a", "boolean", i("b"))], [r("a", YES, items=[r("b", S)])], "completed", [("structure", "item[0]")]),
    ("items under an answer", [i("a", "boolean", i("b"))], [r("a", a("Boolean", True, r("b", S)))], "completed", []),
    ("under an answer, of another question", [i("a", "boolean", i("b")), i("c", "boolean", i("d"))], [r("a", a("Boolean", True, r("d", S)))], "completed", [("structure", "item[0].answer[0].item[0]")]),
    ("a group under an answer", [i("a", "boolean", g("g", i("b")))], [r("a", a("Boolean", True, r("g", items=[r("b", S)])))], "completed", []),
    ("an answer without anything", [i("a")], [r("a", {})], "completed", [("structure", "item[0].answer[0]")]),
    # R4 lets the reason stand in place of the value: 0..1.
    ("an answer that says why it has no value", [i("a")], [r("a", {"extension": [{"url": "http://x", "valueCode": "y"}]})], "completed", []),
    ("the same in the value's shadow", [i("a")], [r("a", {"_valueString": {"extension": [{"url": "http://x", "valueCode": "y"}]}})], "completed", []),
    ("two values", [i("a")], [r("a", {"valueString": "x", "valueInteger": 1})], "completed", [("structure", "item[0].answer[0]")]),
    ("no linkId", [i("a")], [{"answer": [S]}], "completed", [("required", "item[0]")]),
    ("an empty list of answers", [i("a")], [{"linkId": "a", "answer": []}], "completed", [("structure", "item[0]")]),
    ("an empty list of items", [g("g", i("a"))], [{"linkId": "g", "item": []}], "completed", [("structure", "item[0]")]),
    ("another text", [i("a")], [{"linkId": "a", "text": "other", "answer": [S]}], "completed", [("invariant", "item[0].text")]),
    ("no text", [i("a")], [r("a", S)], "completed", []),
    ("an unknown member", [i("a")], [{"linkId": "a", "answer": [S], "colour": 1}], "completed", [("structure", "item[0]")]),
    # what is not asked
    ("an answer to what is not asked", [i("a", "boolean"), i("b", **A_IS_YES)], [r("a", NO), r("b", S)], "completed", [("business-rule", "item[1]")]),
    # Whoever fills in a draft may still change the answer that decides.
    ("in a draft it may stand", [i("a", "boolean"), i("b", **A_IS_YES)], [r("a", NO), r("b", S)], "in-progress", []),
    ("an answer within a group that is not asked", [i("a", "boolean"), g("g", i("b"), **A_IS_YES)], [r("a", NO), r("g", items=[r("b", S)])], "completed", [("business-rule", "item[1]")]),
    ("an empty group that is not asked", [i("a", "boolean"), g("g", i("b"), **A_IS_YES)], [r("a", NO), r("g")], "completed", []),
]  # fmt: skip


def asked(name: str, question: Item, condition: Item, answers: list[Item], told: bool) -> Line:
    """A line about one condition: `b` is answered, which is an error when it is not asked."""
    form = [{**question, "linkId": "a", "text": "a"}, i("b", **shown(condition))]
    held = ([{"linkId": "a", "answer": answers}] if answers else []) + [r("b", S)]
    return (f"asked: {name}", form, held, "completed", [] if told else [("business-rule", f"item[{len(held) - 1}]")])


def q(type_name: str, **more: Any) -> Item:
    return {"type": type_name, **more}


def one(kind: str, *values: Any) -> list[Item]:
    return [a(kind, value) for value in values]


CODES = q("choice", repeats=True, answerOption=[{"valueCoding": {"system": "s:s", "code": c}} for c in "xyz"])
X, Y = {"system": "s:s", "code": "x"}, {"system": "s:s", "code": "y"}
OPERATORS: list[Line] = [
    asked("exists true, answered", q("string"), when("a", "exists", Boolean=True), [S], True),
    asked("exists true, blank", q("string"), when("a", "exists", Boolean=True), [], False),
    asked("exists false, answered", q("string"), when("a", "exists", Boolean=False), [S], False),
    asked("exists false, blank", q("string"), when("a", "exists", Boolean=False), [], True),
    asked("false is an answer", q("boolean"), when("a", "exists", Boolean=True), [NO], True),
    asked("boolean =", q("boolean"), when("a", "=", Boolean=True), [YES], True),
    asked("boolean = blank", q("boolean"), when("a", "=", Boolean=False), [], False),
    asked("boolean !=", q("boolean"), when("a", "!=", Boolean=True), [NO], True),
    # != needs an answer that differs: R4 says it is true if an answer is there and is not that value.
    asked("boolean != blank", q("boolean"), when("a", "!=", Boolean=True), [], False),
    *(
        asked(f"integer {held} {sign} 5", q("integer"), when("a", sign, Integer=5), one("Integer", held), told)
        for held, sign, told in (
            (5, "=", True), (4, "=", False), (4, "!=", True), (5, "!=", False), (6, ">", True), (5, ">", False),
            (4, "<", True), (5, "<", False), (5, ">=", True), (4, ">=", False), (5, "<=", True), (6, "<=", False),
        )
    ),
    asked("decimal 1.50 = 1.5", q("decimal"), when("a", "=", Decimal=D("1.5")), one("Decimal", D("1.50")), True),
    asked("decimal read as binary", q("decimal"), when("a", "=", Decimal=0.3), [a("Decimal", D("0.3"))], True),
    asked("decimal below", q("decimal"), when("a", "<", Decimal=D("1.5")), one("Decimal", D("1.49")), True),
    asked("string =", q("string"), when("a", "=", String="x"), [S], True),
    asked("string in other letters", q("string"), when("a", "=", String="X"), [S], False),
    asked("string !=", q("string"), when("a", "!=", String="y"), [S], True),
    asked("date >", q("date"), when("a", ">", Date="2026-01-01"), one("Date", "2026-01-02"), True),
    asked("date > itself", q("date"), when("a", ">", Date="2026-01-01"), one("Date", "2026-01-01"), False),
    # Parts of dates are compared as far as both of them are known.
    asked("a year and a day in it", q("date"), when("a", "=", Date="2026"), one("Date", "2026-05-01"), True),
    asked("a year and a day after it", q("date"), when("a", ">", Date="2026"), one("Date", "2027-01-01"), True),
    asked("a year and a day in it, >", q("date"), when("a", ">", Date="2026"), one("Date", "2026-05-01"), False),
    asked(
        "two zones, one moment", q("dateTime"), when("a", "=", DateTime="2026-01-01T10:00:00Z"),
        one("DateTime", "2026-01-01T11:00:00+01:00"), True,
    ),
    asked(
        "two zones, later", q("dateTime"), when("a", ">", DateTime="2026-01-01T10:00:00Z"),
        one("DateTime", "2026-01-01T11:00:01+01:00"), True,
    ),
    asked("time >=", q("time"), when("a", ">=", Time="10:00:00"), one("Time", "10:00:00"), True),
    asked("time <", q("time"), when("a", "<", Time="10:00:00"), one("Time", "09:59:59"), True),
    asked("coding =", CODES, when("a", "=", Coding=X), one("Coding", X), True),
    asked("coding of another system", CODES, when("a", "=", Coding={"system": "t:t", "code": "x"}), one("Coding", X), False),
    asked("coding with other words", CODES, when("a", "=", Coding={**X, "display": "Other"}), one("Coding", X), True),
    asked("coding !=", CODES, when("a", "!=", Coding=X), one("Coding", Y), True),
    asked("any of several =", CODES, when("a", "=", Coding=X), one("Coding", Y, X), True),
    asked("any of several !=", CODES, when("a", "!=", Coding=X), one("Coding", X, Y), True),
    asked("none of several", CODES, when("a", "=", Coding={"system": "s:s", "code": "z"}), one("Coding", X, Y), False),
    asked("any of several >", q("integer", repeats=True), when("a", ">", Integer=5), one("Integer", 1, 9), True),
    asked("quantity in one unit", q("quantity"), when("a", ">", Quantity=KG_70), one("Quantity", {**KG_70, "value": 71}), True),
    asked("quantity in two units", q("quantity"), when("a", ">", Quantity=KG_70), one("Quantity", G_80000), True),
    asked("quantity in two units, <", q("quantity"), when("a", "<", Quantity=KG_70), one("Quantity", G_80000), False),
    asked(
        "quantity in litres and millilitres", q("quantity"),
        when("a", ">=", Quantity={"value": 1, "unit": "L", "system": UCUM, "code": "L"}),
        one("Quantity", {"value": 1500, "unit": "mL", "system": UCUM, "code": "mL"}), True,
    ),
    asked(
        "quantities of two kinds", q("quantity"), when("a", ">", Quantity=KG_70),
        one("Quantity", {"value": 99, "unit": "cm", "system": UCUM, "code": "cm"}), False,
    ),
    asked(
        "reference =", q("reference"), when("a", "=", Reference={"reference": "Patient/1"}),
        one("Reference", {"reference": "Patient/1", "display": "p"}), True,
    ),
]  # fmt: skip
SCOPES: list[Line] = [
    ("a question further down", [i("b", **A_IS_YES), i("a", "boolean")], [r("b", S), r("a", YES)], "completed", []),
    (
        "a question that is not asked counts as blank",
        [i("a", "boolean"), i("b", "boolean", **A_IS_YES), i("c", **shown(when("b", "=", Boolean=True)))],
        [r("a", NO), r("b", YES), r("c", S)], "completed", [("business-rule", "item[1]"), ("business-rule", "item[2]")],
    ),
    (
        "a question that is not asked does not exist",
        [i("a", "boolean"), i("b", **A_IS_YES), i("c", **shown(when("b", "exists", Boolean=False)))],
        [r("a", NO), r("c", S)], "completed", [],
    ),
    (
        "all of two", [i("a", "boolean"), i("b", "boolean"), i("c", **shown(when("a", "=", Boolean=True), when("b", "=", Boolean=True)))],
        [r("a", YES), r("b", NO), r("c", S)], "completed", [("business-rule", "item[2]")],
    ),
    (
        "any of two", [i("a", "boolean"), i("b", "boolean"), i("c", **shown(when("a", "=", Boolean=True), when("b", "=", Boolean=True), any_of=True))],
        [r("a", YES), r("b", NO), r("c", S)], "completed", [],
    ),
    (
        "in a row, its own row decides", [g("g", i("a", "boolean"), i("b", **A_IS_YES), **REP)],
        [r("g", items=[r("a", YES), r("b", S)]), r("g", items=[r("a", NO), r("b", S)])], "completed",
        [("business-rule", "item[1].item[1]")],
    ),
    (
        "under an answer, the answer it hangs under decides",
        [i("a", "choice", i("b", **shown(when("a", "=", Coding=X))), repeats=True, answerOption=CODES["answerOption"])],
        [r("a", a("Coding", X, r("b", S)), a("Coding", Y, r("b", S)))], "completed",
        [("business-rule", "item[0].answer[1].item[0]")],
    ),
    (
        "a display that is not asked asks for nothing", [i("a", "boolean"), i("d", "display", **A_IS_YES)], [r("a", NO)],
        "completed", [],
    ),
    (
        "an initial value of the form is no answer of a response",
        [i("a", "boolean", initial=[{"valueBoolean": True}]), i("b", **REQ, **A_IS_YES)], [], "completed", [],
    ),
    (
        "a group that is asked by a question in another group", [g("g", i("a", "boolean")), g("h", i("b", **REQ), **A_IS_YES, **REQ)],
        [r("g", items=[r("a", YES)])], "completed", [("required", ROOT)],
    ),
    (
        "a child of a row, asked about from outside: the nearest row that stands before",
        [g("g", i("a", "boolean"), **REP), i("b", **A_IS_YES)],
        [r("g", items=[r("a", YES)]), r("g", items=[r("a", NO)]), r("b", S)], "completed",
        [("business-rule", "item[2]")],
    ),
]  # fmt: skip


def errors(form: list[Item], items: list[Item], status: str) -> list[tuple[str, str]]:
    response = {"resourceType": ROOT, "status": status, **({"item": items} if items else {})}
    told = check_json({"resourceType": "Questionnaire", "status": "active", "item": form}, response)
    return sorted(
        (issue.code, issue.at.removeprefix(f"{ROOT}."))
        for issue in told
        if issue.severity is Level.ERROR and issue.at.startswith(ROOT)
    )


@pytest.mark.parametrize("line", [*LINES, *OPERATORS, *SCOPES], ids=lambda line: line[0])
def test_what_a_response_is_held_to(line: Line) -> None:
    _, form, items, status, wanted = line
    assert errors(form, items, status) == sorted(wanted)


@pytest.mark.parametrize(
    ("subject", "sound"),
    [
        ({"reference": "Patient/1"}, True),
        ({"reference": "http://x/fhir/Patient/1/_history/2"}, True),
        ({"display": "somebody"}, True),
        ({"reference": "urn:uuid:1"}, True),
        ({"reference": "Group/1"}, False),
        ({"type": "Device", "display": "a pump"}, False),
    ],
)
def test_whom_a_response_is_about(subject: Item, sound: bool) -> None:
    form = {"resourceType": "Questionnaire", "status": "active", "subjectType": ["Patient"], "item": [i("a")]}
    response = {"resourceType": ROOT, "status": "completed", "subject": subject, "item": [r("a", S)]}
    found = [one.at for one in check_json(form, response) if one.severity is Level.ERROR]
    assert found == ([] if sound else [f"{ROOT}.subject"])


def test_a_reference_inside_the_response_is_there() -> None:
    form = {"resourceType": "Questionnaire", "status": "active", "item": [i("a", "reference")]}
    response = {
        "resourceType": ROOT, "status": "completed", "contained": [{"resourceType": "Patient", "id": "p"}],
        "item": [r("a", a("Reference", {"reference": "#p"}))],
    }  # fmt: skip
    assert not [one for one in check_json(form, response) if one.severity is Level.ERROR]


def test_one_choice_alone_is_preselected_where_one_answer_is_taken() -> None:
    options = [{"valueString": word, "initialSelected": True} for word in ("x", "y")]
    form = {"resourceType": "Questionnaire", "status": "active", "item": [i("a", "choice", answerOption=options)]}
    assert [one.diagnostics for one in check_json(form) if one.severity is Level.ERROR] == [
        "Only a repeating item can have several initial answers (que-13)."
    ]
    form["item"] = [i("a", "choice", answerOption=options, repeats=True)]
    assert not [one for one in check_json(form) if one.severity is Level.ERROR]
