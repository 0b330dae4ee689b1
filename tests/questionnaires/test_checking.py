"""`forms check`: sound, faulty and unreadable files; one OperationOutcome, never a crash."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from liaison_desktop.questionnaires.checking import check, check_json
from liaison_desktop.questionnaires.outcome import Level
from tests.questionnaires.forms import answered, code, form, item, response, when


def written(folder: Path, name: str, content: Any) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return path


def errors(definition: Any, *held: Any) -> list[tuple[str, str]]:
    return [(one.code, one.link_id) for one in check_json(definition, *held) if one.severity is Level.ERROR]


GOOD = form(item("a", required=True), item("g", "group", items=[item("b", "integer")]))


def test_a_sound_form_and_response(tmp_path: Path) -> None:
    outcome = check(
        written(tmp_path, "d.json", GOOD), written(tmp_path, "r.json", response(answered("a", "x"), status="completed"))
    )
    assert outcome == (
        0,
        {
            "resourceType": "OperationOutcome",
            "issue": [{"severity": "information", "code": "informational", "diagnostics": "No issues found."}],
        },
    )


def test_an_error_names_its_place_and_its_link_id(tmp_path: Path) -> None:
    exit_code, outcome = check(
        written(tmp_path, "d.json", GOOD), written(tmp_path, "r.json", response(answered("g", id="x")))
    )
    assert exit_code == 1
    assert [issue["expression"] for issue in outcome["issue"]] == [["QuestionnaireResponse"]]
    assert [one["valueString"] for issue in outcome["issue"] for one in issue["extension"]] == ["a"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "not JSON"),
        (b"{", "not JSON"),
        (b'{"a": NaN}', "NaN"),
        (b'{"a": Infinity}', "Infinity"),
        (b'{"a": 1, "a": 2}', "twice"),
        (b'{"a": "\\ud800"}', "half a character"),
        (b'\xff\xfe{"a": 1}', "UTF-8"),
        (b"[" * 100_000, "deeper"),
        (b'{"a":' * 100_000, "deeper"),
        (b'{"a": 1e999999999}', "number"),
        (b"9" * 5_000, "number"),
        (b'"' + b'\\"' * 500_000, "not JSON"),
        (b'{"a": "x\x00y"}', "not JSON"),
    ],
)
def test_what_cannot_be_read_is_one_line_and_code_two(tmp_path: Path, content: bytes, says: str) -> None:
    exit_code, outcome = check(written(tmp_path, "d.json", content))
    assert exit_code == 2
    [issue] = outcome["issue"]
    assert issue["severity"] == "fatal"
    assert says in issue["diagnostics"]
    assert "\n" not in issue["diagnostics"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"a: &x [1]\nb: *x", "Anchors"),
        (b"a: !!python/object:os.system x", "YAML"),
        (b"[" * 5_000, "deeper"),
        (b"a: 1\na: 2", "twice"),
        (b"\t: x", "YAML"),
        (b"a: [", "YAML"),
        (b"? [1]\n: 2", "key"),
        (b"--- 1\n--- 2", "YAML"),
    ],
)
def test_yaml_that_cannot_be_read(tmp_path: Path, content: bytes, says: str) -> None:
    exit_code, outcome = check(written(tmp_path, "d.yaml", content))
    assert exit_code == 2
    assert says in outcome["issue"][0]["diagnostics"]


def test_a_missing_file_a_folder_and_a_forbidden_name(tmp_path: Path) -> None:
    good = written(tmp_path, "d.json", GOOD)
    assert check(tmp_path / "none.json")[0] == 2
    assert check(tmp_path)[0] == 2
    assert check(good, tmp_path / "none.json")[0] == 2
    assert check(Path("a\x00b"))[0] == 2


@pytest.mark.parametrize("content", [[], 1, None, "x", {}, {"resourceType": "Patient"}, {"resourceType": 5}])
def test_json_that_is_no_questionnaire_is_faulty(tmp_path: Path, content: Any) -> None:
    assert check(written(tmp_path, "d.json", content))[0] == 1
    good = written(tmp_path, "good.json", GOOD)
    assert check(good, written(tmp_path, "r.json", content))[0] == 1


def test_plain_fhir_in_yaml(tmp_path: Path) -> None:
    text = b"resourceType: Questionnaire\nurl: http://x\nstatus: draft\nitem:\n- {linkId: a, type: string, text: A}\n"
    assert check(written(tmp_path, "d.yaml", text))[0] == 0


@pytest.mark.parametrize(
    ("definition", "wanted"),
    [
        (form(item("a"), item("a")), ("duplicate", "a")),
        (form(item("a", show=[when("zz", "=", "x")])), ("not-found", "a")),
        (form(item("a", show=[when("b", "=", "x")]), item("b", show=[when("a", "=", "x")])), ("business-rule", "b")),
        (form(item("a", show=[when("a", "=", "x")])), ("business-rule", "a")),
        (form(item("g", "group", show=[when("a", "=", "x")], items=[item("a")])), ("business-rule", "a")),
        (
            form({"linkId": "a", "type": "string", "enableWhen": [when("b", "=", "x")] * 2}, item("b")),
            ("invariant", "a"),
        ),
        (form(item("g", "group")), ("invariant", "g")),
        (form(item("d", "display", required=True)), ("invariant", "d")),
        (form(item("a", "question")), ("code-invalid", "a")),
        (form(item("a", "date", maxLength=5)), ("invariant", "a")),
        (form(item("a", answerValueSet="http://x")), ("invariant", "a")),
        (
            form(item("a", show=[{"question": "b", "operator": "exists", "answerString": "x"}]), item("b")),
            ("invariant", "a"),
        ),
        (form({"type": "string"}), ("required", "")),
        (form(item("a", disabledDisplay="hidden")), ("structure", "a")),
        (form(item("a", "choice", answerOption=[{"valueCoding": code("x")}] * 2)), ("duplicate", "a")),
        (form(item("a", required="yes")), ("value", "a")),
        ({**GOOD, "status": "new"}, ("code-invalid", "")),
    ],
)
def test_lint(definition: dict[str, Any], wanted: tuple[str, str]) -> None:
    assert wanted in errors(definition)


CHOICE = [{"valueCoding": {"system": "s", "code": one}} for one in ("x", "y")]


@pytest.mark.parametrize(
    ("asked", "given", "wanted"),
    [
        (item("a", "integer"), answered("a", "5"), "value"),
        (item("a", "integer"), answered("a", {"valueInteger": 2**31}), "value"),
        (item("a", "integer"), answered("a", {"valueInteger": True}), "value"),
        (item("a", "boolean"), answered("a", {"valueBoolean": "true"}), "value"),
        (item("a", "date"), answered("a", {"valueDate": "2026-02-30"}), "value"),
        (item("a", "dateTime"), answered("a", {"valueDateTime": "2026-02-03T10:00:00"}), "value"),
        (item("a", "time"), answered("a", {"valueTime": "25:00:00"}), "value"),
        (item("a"), answered("a", ""), "value"),
        (item("a"), answered("a", "x\x00y"), "value"),
        (item("a"), answered("a", "two", "answers"), "structure"),
        (item("a", maxLength=3), answered("a", "four"), "too-long"),
        (item("a", "choice", answerOption=CHOICE), answered("a", {"system": "s", "code": "z"}), "code-invalid"),
        (item("a", "choice", answerOption=CHOICE), answered("a", {"system": "t", "code": "x"}), "code-invalid"),
        (item("a", "choice", answerOption=CHOICE), answered("a", "x"), "value"),
        (item("a", "open-choice", answerOption=CHOICE), answered("a", {"code": "z"}), "code-invalid"),
        (item("a"), answered("b", "x"), "not-found"),
        (item("g", "group", items=[item("a")]), answered("a", "x"), "structure"),
        (item("g", "group", items=[item("a")]), answered("g", "x"), "structure"),
        (item("a"), {"linkId": "a", "answer": [{"valueString": "x", "valueInteger": 1}]}, "structure"),
        (item("a"), {"linkId": "a", "answer": [{}]}, "structure"),
        (item("a"), {"linkId": "a", "answer": {"valueString": "x"}}, "structure"),
        (item("a"), {"linkId": "a", "text": "another", "answer": [{"valueString": "x"}]}, "invariant"),
        (item("a", "quantity"), answered("a", {"valueQuantity": {"value": "5"}}), "value"),
        (item("a", "url"), answered("a", {"valueUri": "a b"}), "value"),
        (item("g", "group", repeats=False, items=[item("a")]), None, "structure"),
    ],
)
def test_a_wrong_answer_is_an_error(asked: dict[str, Any], given: Any, wanted: str) -> None:
    given_items = [given] if given else [answered("g", items=[answered("a", "1")])] * 2
    assert wanted in {kind for kind, _ in errors(form(asked), response(*given_items))}


def test_an_open_choice_takes_free_text() -> None:
    assert errors(form(item("a", "open-choice", answerOption=CHOICE)), response(answered("a", "my own"))) == []


def test_blanks_are_warnings_while_the_form_is_in_progress() -> None:
    assert errors(GOOD, response(answered("g", id="x"), status="in-progress")) == []
    assert errors(GOOD, response(answered("g", id="x"), status="amended")) != []


def test_an_answer_that_is_not_asked_is_an_error_once_finished() -> None:
    held = form(item("q", "boolean"), item("a", show=[when("q", "=", True)]))
    assert errors(held, response(answered("q", False), answered("a", "x"))) == [("business-rule", "a")]


def test_another_form_or_version_is_an_error() -> None:
    for named in ("https://example.org/Questionnaire/other|1", "https://example.org/Questionnaire/test|2"):
        assert errors(GOOD, response(answered("a", "x"), questionnaire=named)) == [("invariant", "")]
    assert errors(GOOD, response(answered("a", "x"), questionnaire="https://example.org/Questionnaire/test")) == []


def test_items_out_of_order() -> None:
    held = form(item("a"), item("b"))
    assert errors(held, response(answered("b", "x"), answered("a", "x"))) == [("structure", "a")]


def test_a_pattern_that_would_run_for_ever_does_not() -> None:
    regex = {"url": "http://hl7.org/fhir/StructureDefinition/regex", "valueString": "(a+)+$"}
    held = form(item("a", extension=[regex]))
    assert errors(held, response(answered("a", "a" * 9_000 + "b"))) == [("value", "a")]
    assert errors(held, response(answered("a", "a" * 9_000))) == []
    assert errors(held, response(answered("a", "b"))) == [("value", "a")]
