"""One question, one answer, and what R4 says of it: a table, so that each line can be held against the specification.

The code is FHIR's issue type; blank means that the answer is sound. Where R4 leaves it open, the reason stands above.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from liaison_desktop.questionnaires.checking import check_json
from liaison_desktop.questionnaires.outcome import Level

SYSTEM = "http://x/cs"
HL7 = "http://hl7.org/fhir/StructureDefinition/"
D = Decimal


def marked(**values: Any) -> dict[str, Any]:
    """Official extensions by their last name, and value: marked(minValue__Integer=1)."""
    made = []
    for name, value in values.items():
        url, _, kind = name.partition("__")
        place = "" if url in ("minValue", "maxValue", "minLength", "regex", "maxDecimalPlaces", "maxSize", "mimeType") else "questionnaire-"  # fmt: skip
        made.append({"url": f"{HL7}{place}{url}", f"value{kind}": value})
    return {"extension": made}


def coding(code: str, **more: Any) -> dict[str, Any]:
    return {"system": SYSTEM, "code": code, **more}


OPTIONS = {"answerOption": [{"valueCoding": coding("a", display="A")}, {"valueCoding": coding("b", display="B")}]}
KG = {"value": 70, "unit": "kg", "system": "http://unitsofmeasure.org", "code": "kg"}
IN_KG = marked(unitOption__Coding={"system": "http://unitsofmeasure.org", "code": "kg", "display": "kg"})
IN_KILOS = marked(unitOption__Coding={"system": "http://unitsofmeasure.org", "code": "kg", "display": "kilograms"})
REGEX = marked(regex__String="[A-Z]{2}[0-9]+")

LINES: list[tuple[str, dict[str, Any], str, Any, str]] = [
    # boolean
    ("boolean", {}, "Boolean", True, ""),
    ("boolean", {}, "Boolean", False, ""),
    ("boolean", {}, "Boolean", "true", "value"),
    ("boolean", {}, "Boolean", 1, "value"),
    ("boolean", {}, "String", "true", "value"),
    ("boolean", {}, "Coding", coding("Y"), "value"),
    # decimal
    ("decimal", {}, "Decimal", D("1.50"), ""),
    ("decimal", {}, "Decimal", 2, ""),
    ("decimal", {}, "Decimal", D("-0.0001"), ""),
    ("decimal", {}, "Decimal", "1.5", "value"),
    ("decimal", {}, "Decimal", True, "value"),
    ("decimal", {}, "Integer", 2, "value"),
    ("decimal", marked(maxDecimalPlaces__Integer=1), "Decimal", D("1.5"), ""),
    ("decimal", marked(maxDecimalPlaces__Integer=1), "Decimal", D("1.50"), "value"),
    ("decimal", marked(maxDecimalPlaces__Integer=0), "Decimal", 3, ""),
    ("decimal", marked(minValue__Decimal=D("1.5")), "Decimal", D("1.50"), ""),
    ("decimal", marked(minValue__Decimal=D("1.5")), "Decimal", D("1.49"), "value"),
    ("decimal", marked(maxValue__Integer=5), "Decimal", D("5.01"), "value"),
    # integer
    ("integer", {}, "Integer", 0, ""),
    ("integer", {}, "Integer", 2147483647, ""),
    ("integer", {}, "Integer", 2147483648, "value"),
    ("integer", {}, "Integer", D("1.0"), "value"),
    ("integer", {}, "Integer", True, "value"),
    ("integer", {}, "Integer", "1", "value"),
    ("integer", {}, "Decimal", D("1"), "value"),
    ("integer", marked(minValue__Integer=1), "Integer", 1, ""),
    ("integer", marked(minValue__Integer=1), "Integer", 0, "value"),
    ("integer", marked(maxValue__Integer=10), "Integer", 11, "value"),
    ("integer", {"answerOption": [{"valueInteger": 1}, {"valueInteger": 2}]}, "Integer", 3, "code-invalid"),
    # date
    ("date", {}, "Date", "2026", ""),
    ("date", {}, "Date", "2026-02", ""),
    ("date", {}, "Date", "2024-02-29", ""),
    ("date", {}, "Date", "2026-02-29", "value"),
    ("date", {}, "Date", "2026-13", "value"),
    ("date", {}, "Date", "26-01-01", "value"),
    ("date", {}, "Date", "2026-1-1", "value"),
    ("date", {}, "Date", "2026-01-01T00:00:00Z", "value"),
    ("date", {}, "DateTime", "2026-01-01", "value"),
    ("date", {}, "Date", "0000-01-01", "value"),
    ("date", marked(minValue__Date="2026-01-01"), "Date", "2025-12-31", "value"),
    ("date", marked(maxValue__Date="2026-01-01"), "Date", "2026-01-02", "value"),
    # A part of a date that could lie within the bounds is not beyond them.
    ("date", marked(maxValue__Date="2026-01-01"), "Date", "2026", ""),
    ("date", marked(maxValue__Date="2026-01-01"), "Date", "2027", "value"),
    # dateTime
    ("dateTime", {}, "DateTime", "2026", ""),
    ("dateTime", {}, "DateTime", "2026-01-01", ""),
    ("dateTime", {}, "DateTime", "2026-01-01T10:00:00Z", ""),
    ("dateTime", {}, "DateTime", "2026-01-01T10:00:00.123+14:00", ""),
    ("dateTime", {}, "DateTime", "2026-01-01T10:00:00", "value"),
    ("dateTime", {}, "DateTime", "2026-01-01T10:00Z", "value"),
    ("dateTime", {}, "DateTime", "2026-01-01T24:00:00Z", "value"),
    ("dateTime", {}, "DateTime", "2026-01-01T10:00:00+15:00", "value"),
    ("dateTime", {}, "DateTime", "2026-01-01 10:00:00Z", "value"),
    ("dateTime", {}, "Date", "2026-01-01", "value"),
    (
        "dateTime", marked(maxValue__DateTime="2026-01-01T10:00:00Z"), "DateTime", "2026-01-01T11:30:00+02:00", "",
    ),
    (
        "dateTime", marked(maxValue__DateTime="2026-01-01T10:00:00Z"), "DateTime", "2026-01-01T09:30:00-01:00", "value",
    ),
    # time
    ("time", {}, "Time", "14:05:00", ""),
    ("time", {}, "Time", "14:05:00.5", ""),
    ("time", {}, "Time", "23:59:60", ""),
    ("time", {}, "Time", "14:05", "value"),
    ("time", {}, "Time", "24:00:00", "value"),
    ("time", {}, "Time", "14:05:00Z", "value"),
    ("time", {}, "String", "14:05:00", "value"),
    # string and text
    ("string", {}, "String", "words", ""),
    ("string", {}, "String", "", "value"),
    ("string", {}, "String", "  ", "value"),
    ("string", {}, "String", 5, "value"),
    # A string is a few words on one line; paragraphs are what `text` is for.
    ("string", {}, "String", "two\nlines", "value"),
    ("text", {}, "String", "two\nlines", ""),
    ("text", {}, "Markdown", "two\nlines", "value"),
    ("string", {"maxLength": 5}, "String", "12345", ""),
    ("string", {"maxLength": 5}, "String", "123456", "too-long"),
    ("text", {"maxLength": 5}, "String", "123456", "too-long"),
    ("string", marked(minLength__Integer=3), "String", "12", "value"),
    ("string", marked(minLength__Integer=3), "String", "123", ""),
    ("string", REGEX, "String", "AB12", ""),
    ("string", REGEX, "String", "AB12x", "value"),
    ("string", REGEX, "String", "xAB12", "value"),
    ("string", {"answerOption": [{"valueString": "x"}]}, "String", "y", "code-invalid"),
    # url
    ("url", {}, "Uri", "http://x/y?z=1#a", ""),
    ("url", {}, "Uri", "urn:uuid:c757873d-ec9a-4326-a141-556f43239520", ""),
    ("url", {}, "Uri", "http://x/a b", "value"),
    ("url", {}, "Url", "http://x", "value"),
    ("url", {}, "String", "http://x", "value"),
    ("url", {"maxLength": 8}, "Uri", "http://long", "too-long"),
    # choice
    ("choice", OPTIONS, "Coding", coding("a"), ""),
    ("choice", OPTIONS, "Coding", coding("a", display="A"), ""),
    # A display is words for people: other words for the same code are the same choice.
    ("choice", OPTIONS, "Coding", coding("a", display="Other words"), ""),
    ("choice", OPTIONS, "Coding", coding("a", userSelected=True), ""),
    # An option without a version takes any version of its system.
    ("choice", OPTIONS, "Coding", coding("a", version="2"), ""),
    ("choice", OPTIONS, "Coding", coding("c"), "code-invalid"),
    ("choice", OPTIONS, "Coding", {"system": "http://y", "code": "a"}, "code-invalid"),
    ("choice", OPTIONS, "Coding", {"code": "a"}, "code-invalid"),
    ("choice", OPTIONS, "Coding", {"system": SYSTEM, "display": "A"}, "code-invalid"),
    ("choice", OPTIONS, "Coding", {"display": "A"}, "code-invalid"),
    ("choice", OPTIONS, "Coding", coding("A"), "code-invalid"),
    ("choice", OPTIONS, "String", "A", "value"),
    ("choice", OPTIONS, "Coding", {}, "value"),
    ("choice", OPTIONS, "Coding", coding("a b "), "value"),
    ("choice", OPTIONS, "Coding", {**coding("a"), "colour": "red"}, "value"),
    ("choice", {"answerOption": [{"valueCoding": coding("a", version="1")}]}, "Coding", coding("a"), ""),
    ("choice", {"answerOption": [{"valueCoding": coding("a", version="1")}]}, "Coding", coding("a", version="1"), ""),
    (
        "choice", {"answerOption": [{"valueCoding": coding("a", version="1")}]}, "Coding", coding("a", version="2"),
        "code-invalid",
    ),
    ("choice", {"answerOption": [{"valueString": "x"}]}, "String", "x", ""),
    ("choice", {"answerOption": [{"valueString": "x"}]}, "String", "X", "code-invalid"),
    ("choice", {"answerOption": [{"valueInteger": 1}]}, "Integer", 1, ""),
    ("choice", {"answerOption": [{"valueInteger": 1}]}, "Integer", 2, "code-invalid"),
    ("choice", {"answerOption": [{"valueInteger": 1}]}, "Coding", coding("1"), "value"),
    ("choice", {"answerOption": [{"valueDate": "2026-01-01"}]}, "Date", "2026-01-01", ""),
    ("choice", {"answerOption": [{"valueDate": "2026-01-01"}]}, "Date", "2026", "code-invalid"),
    ("choice", {"answerOption": [{"valueTime": "10:00:00"}]}, "Time", "10:00:00", ""),
    ("choice", {"answerOption": [{"valueReference": {"reference": "Patient/p"}}]}, "Reference", {"reference": "Patient/p"}, ""),
    (
        "choice", {"answerOption": [{"valueReference": {"reference": "Patient/p"}}]}, "Reference", {"reference": "Patient/q"},
        "code-invalid",
    ),
    # open-choice
    ("open-choice", OPTIONS, "Coding", coding("b"), ""),
    ("open-choice", OPTIONS, "String", "something else", ""),
    ("open-choice", OPTIONS, "Coding", coding("zzz"), "code-invalid"),
    ("open-choice", OPTIONS, "Integer", 5, "value"),
    ("open-choice", {**OPTIONS, "maxLength": 4}, "String", "too long", "too-long"),
    # attachment
    ("attachment", {}, "Attachment", {"contentType": "image/png", "url": "http://x/a.png"}, ""),
    ("attachment", {}, "Attachment", {"contentType": "image/png", "data": "aGVsbG8="}, ""),
    ("attachment", {}, "Attachment", {"contentType": "image/png", "data": "not base64"}, "value"),
    # att-1: data needs its content type.
    ("attachment", {}, "Attachment", {"data": "aGVsbG8="}, "value"),
    ("attachment", {}, "Attachment", {"size": -1, "url": "http://x"}, "value"),
    ("attachment", {}, "Attachment", {"size": "big", "url": "http://x"}, "value"),
    ("attachment", {}, "Attachment", {}, "value"),
    ("attachment", marked(mimeType__Code="image/png"), "Attachment", {"contentType": "text/plain", "url": "u"}, "value"),
    ("attachment", marked(mimeType__Code="image/*"), "Attachment", {"contentType": "image/jpeg", "url": "u"}, ""),
    ("attachment", marked(maxSize__Decimal=1), "Attachment", {"size": 2_000_000, "url": "u"}, "too-long"),
    ("attachment", marked(maxSize__Decimal=1), "Attachment", {"size": 1_000_000, "url": "u"}, ""),
    ("attachment", marked(maxSize__Decimal=1_048_576), "Attachment", {"size": 1_048_577, "url": "u"}, "too-long"),
    ("attachment", marked(maxSize__Decimal=1_048_576), "Attachment", {"size": 1_048_576, "url": "u"}, ""),
    ("attachment", {}, "String", "a file", "value"),
    # reference
    ("reference", {}, "Reference", {"reference": "Patient/1"}, ""),
    ("reference", {}, "Reference", {"display": "somebody"}, ""),
    ("reference", {}, "Reference", {"identifier": {"value": "1"}}, ""),
    # ref-1: what lies inside must be there.
    ("reference", {}, "Reference", {"reference": "#nobody"}, "invariant"),
    ("reference", {}, "Reference", "Patient/1", "value"),
    ("reference", {}, "Reference", {}, "value"),
    ("reference", marked(referenceResource__Code="Patient"), "Reference", {"reference": "Group/1"}, "value"),
    ("reference", marked(referenceResource__Code="Patient"), "Reference", {"reference": "Patient/1/_history/2"}, ""),
    ("reference", marked(referenceResource__Code="Patient"), "Reference", {"reference": "http://x/fhir/Patient/1"}, ""),
    # What lies behind a urn cannot be told from its name.
    ("reference", marked(referenceResource__Code="Patient"), "Reference", {"reference": "urn:uuid:1"}, ""),
    ("reference", marked(referenceResource__Code="Patient"), "Reference", {"type": "Group", "display": "x"}, "value"),
    # quantity
    ("quantity", {}, "Quantity", KG, ""),
    ("quantity", {}, "Quantity", {"value": 70}, ""),
    ("quantity", {}, "Quantity", {"value": "70"}, "value"),
    ("quantity", {}, "Quantity", {"value": 70, "code": "kg"}, "value"),
    ("quantity", {}, "Quantity", {"value": 70, "comparator": "~"}, "value"),
    ("quantity", {}, "Quantity", {"value": 70, "comparator": "<"}, ""),
    ("quantity", {}, "Quantity", {}, "value"),
    ("quantity", {}, "Decimal", 70, "value"),
    ("quantity", IN_KG, "Quantity", KG, ""),
    ("quantity", IN_KG, "Quantity", {**KG, "code": "g", "unit": "g"}, "value"),
    ("quantity", IN_KG, "Quantity", {**KG, "system": "http://other"}, "value"),
    ("quantity", IN_KILOS, "Quantity", {"value": 70, "unit": "kilograms"}, ""),
    ("quantity", IN_KILOS, "Quantity", {"value": 70, "unit": "pounds"}, "value"),
    ("quantity", marked(maxDecimalPlaces__Integer=1), "Quantity", {**KG, "value": D("70.25")}, "value"),
    ("quantity", marked(minValue__Quantity=KG), "Quantity", {**KG, "value": 69}, "value"),
    ("quantity", marked(minValue__Quantity=KG), "Quantity", {**KG, "value": 70_000, "code": "g", "unit": "g"}, ""),
    ("quantity", marked(minValue__Quantity=KG), "Quantity", {**KG, "value": 69_999, "code": "g", "unit": "g"}, "value"),
]  # fmt: skip


def errors(item: dict[str, Any], answers: list[Any], status: str = "completed") -> list[tuple[str, str]]:
    form = {"resourceType": "Questionnaire", "status": "active", "item": [{"linkId": "a", "text": "A", **item}]}
    response = {
        "resourceType": "QuestionnaireResponse",
        "status": status,
        "item": [{"linkId": "a", "answer": answers}],
    }
    return [
        (one.code, one.at)
        for one in check_json(form, response)
        if one.severity is Level.ERROR and one.at.startswith("QuestionnaireResponse")
    ]


@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line[0]}-{line[2]}-{str(line[3])[:40]}")
def test_one_answer(line: tuple[str, dict[str, Any], str, Any, str]) -> None:
    kind, more, key, value, code = line
    found = errors({"type": kind, **more}, [{f"value{key}": value}])
    assert found == ([(code, "QuestionnaireResponse.item[0].answer[0].value")] if code else [])
