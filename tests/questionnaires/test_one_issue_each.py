"""Each way a document can be bad is one clear issue: not none, not a heap, never a traceback."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from liaison_desktop.questionnaires import names
from liaison_desktop.questionnaires.checking import check, check_json
from liaison_desktop.questionnaires.outcome import Level
from tests.questionnaires.forms import answered, code, form, item, response, when


def expression(url: str, text: str, language: str = "text/fhirpath") -> dict[str, Any]:
    return {"url": url, "valueExpression": {"language": language, "expression": text}}


A_READS_B = expression(names.CALCULATED, "%resource.item.where(linkId='b').answer.value")
B_READS_A = expression(names.CALCULATED, "%resource.item.where(linkId='a').answer.value")


def deep(levels: int) -> dict[str, Any]:
    held: dict[str, Any] = item("leaf")
    for level in range(levels):
        held = item(f"g{level}", "group", items=[held])
    return form(held)


@pytest.mark.parametrize(
    ("raw", "kind", "words"),
    [
        ([], "structure", "not a JSON object"),
        ({"resourceType": "Patient"}, "structure", "not a Questionnaire"),
        (form(item("a"), item("a")), "duplicate", "2 times"),
        (form(item("a", show=[when("b", "=", "x")]), item("b", show=[when("a", "=", "x")])), "business-rule", "circle"),
        (form(item("a", show=[when("a", "exists", True)])), "business-rule", "circle"),
        (form(item("a", extension=[A_READS_B]), item("b", extension=[B_READS_A])), "business-rule", "circle"),
        (form(item("a", show=[when("zz", "=", "x")])), "not-found", "not in this form"),
        (form(item("a"), item("b", show=[when("a", "~", "x")])), "code-invalid", "operator"),
        (form(item("a"), item("b", show=[when("a", "exists", 1)])), "invariant", "que-7"),
        (form(item("a"), {**item("b"), "enableWhen": [when("a", "=", "x")] * 2}), "invariant", "que-12"),
        (form(item("a", "group")), "invariant", "que-1"),
        (form(item("a", "display", required=True)), "invariant", "que-6"),
        (form(item("a", "choice", answerOption=[{"valueCoding": code("x")}], answerValueSet="http://x")), "invariant", "que-4"),
        (form(item("a", answerValueSet="http://x")), "invariant", "que-5"),
        (form(item("a", "group", items=[item("b")], initial=[{"valueString": "x"}])), "invariant", "que-8"),
        (form(item("a", "date", maxLength=5)), "invariant", "que-10"),
        (form(item("a", "choice", answerOption=[{"valueCoding": code("x")}], initial=[{"valueCoding": code("x")}])), "invariant", "que-11"),
        (form(item("a", initial=[{"valueString": "x"}, {"valueString": "y"}])), "invariant", "que-13"),
        (form(item("a", "choice", answerValueSet="#none")), "not-found", "value set"),
        (form(item("a", "integer", maxLength="5")), "value", "maxLength"),
        (form(item("a", required="yes")), "value", "required"),
        (form(item("a", "question")), "code-invalid", "type"),
        (form({"linkId": "a", "text": "a"}), "required", "type"),
        (form({"type": "string", "text": "a"}), "required", "linkId"),
        (form({**item("a"), "hidden": True}), "structure", "hidden"),
        (form(item("a"), status="ready"), "code-invalid", "status"),
        (form(item("a"), date="yesterday"), "value", "date"),
        (form(item("a"), experimental="no"), "value", "experimental"),
        (form(item("a"), subjectType="Patient"), "value", "subjectType"),
        (form(item("a"), id="not an id"), "value", "id"),
        (form(item("a"), contained=[{"resourceType": "ValueSet", "id": "x"}] * 2), "duplicate", "id"),
        (form(item("a"), contained={"id": "x"}), "structure", "contained"),
        (form(item("a", extension=[{"url": names.REGEX, "valueString": "[a-"}])), "value", "regular expression"),
        (form(item("a", extension=[expression(names.CALCULATED, "a b c")])), "value", "goes on"),
        (form(item("a", extension=[expression(names.CALCULATED, "%who.name")])), "not-found", "%who"),
        (form(item("a"), implicitRules="http://x"), "not-supported", "implicit"),
        (form(item("a"), modifierExtension=[{"url": "http://x", "valueBoolean": True}]), "not-supported", "modifier"),
    ],
)  # fmt: skip
def test_a_form(raw: Any, kind: str, words: str) -> None:
    found = [issue for issue in check_json(raw) if issue.severity is Level.ERROR]
    assert [issue.code for issue in found] == [kind], found
    assert words in found[0].diagnostics


GOOD = form(item("a", required=True), item("g", "group", items=[item("b", "integer")]))


@pytest.mark.parametrize(
    ("held", "kind"),
    [
        ([], "structure"),
        ({"resourceType": "Bundle"}, "structure"),
        (response(answered("a", "x"), status=""), "code-invalid"),
        (response(answered("a", "x"), authored="2026-11-28 10:00"), "value"),
        (response(answered("a", "x"), subject="Patient/1"), "value"),
        (response(answered("a", "x"), author={"name": "x"}), "value"),
        (response(answered("a", "x"), contained="x"), "structure"),
        (response(answered("a", "x"), answered("zz", "x")), "not-found"),
        (response(answered("a", "x"), answered("b", 1)), "structure"),
        (response(answered("g", items=[answered("b", 1)]), answered("a", "x")), "structure"),
        (response({"linkId": "g"}), "required"),
        (response(answered("a", 5)), "value"),
        (response({"linkId": "a", "answer": []}), "structure"),
        (response({"linkId": "a", "answer": [{"valueString": "x", "valueInteger": 5}]}), "structure"),
        (response({"linkId": "a", "answers": 5, "answer": [{"valueString": "x"}]}), "structure"),
        (response(answered("a", "x"), questionnaire="https://example.org/Questionnaire/other"), "invariant"),
        (response(answered("a", "x"), modifierExtension=[{"url": "http://x", "valueBoolean": True}]), "not-supported"),
    ],
)
def test_a_response(held: Any, kind: str) -> None:
    assert {issue.code for issue in check_json(GOOD, held) if issue.severity is Level.ERROR} - {"required"} == {
        kind
    } - {"required"}
    assert kind in {issue.code for issue in check_json(GOOD, held)}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'{"resourceType": "Questionnaire", "item": ' + b'[{"item": ' * 100_000, "deeper"),
        (b'{"a": ' * 100_000 + b"1" + b"}" * 100_000, "deeper"),
        (b'{"status": NaN}', "NaN"),
        (b'{"status": -Infinity}', "Infinity"),
        (b'{"status": "draft", "status": "active"}', "twice"),
        (b'{"status": "\\udc00"}', "surrogate"),
        (b'{"status": "\xed\xa0\x80"}', "UTF-8"),
        (b'{"a": 1e400}', "number"),
        (b'{"a": ' + b"9" * 100_000 + b"}", "number"),
        (b'{"a": 01}', "JSON"),
        (b"{'a': 1}", "JSON"),
        (b'{"a": 1,}', "JSON"),
        (b'{"a": 1} {"b": 2}', "JSON"),
        (b'{"a": "line\nline"}', "JSON"),
        (b"\x00" * 1000, "JSON"),
        (b" " * 17_000_000, "most"),
    ],
    ids=lambda one: one if isinstance(one, str) else "bytes",
)
def test_a_file_that_cannot_be_read(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "held.json"
    path.write_bytes(content)
    begun = time.perf_counter()
    exit_code, outcome = check(path)
    assert time.perf_counter() - begun < 5
    [issue] = outcome["issue"]
    assert (exit_code, issue["severity"]) == (2, "fatal")
    assert words in issue["diagnostics"]
    assert len(issue["diagnostics"]) < 200


def test_as_deep_as_the_reader_allows_is_worked_with() -> None:
    raw = deep(45)
    assert not [issue for issue in check_json(raw, response({"linkId": "g44"})) if issue.severity is Level.ERROR]


def test_a_form_of_ten_thousand_items_is_no_trouble() -> None:
    raw = form(*(item(f"q{n}", show=[when(f"q{n - 1}", "exists", True)] if n else []) for n in range(10_000)))
    begun = time.perf_counter()
    assert not [issue for issue in check_json(raw, response(answered("q0", "x"))) if issue.severity is Level.ERROR]
    assert time.perf_counter() - begun < 20
