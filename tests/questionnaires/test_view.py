"""The view of any form: every type and control has its editor, answered with keys; nested, repeated and in tables."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from liaison_desktop.questionnaires.parsing import parse
from liaison_desktop.questionnaires.reading import read_json
from liaison_desktop.questionnaires.response import Sheet
from liaison_desktop.questionnaires.view import FormFiller
from liaison_desktop.questionnaires.view.choice_editors import LongList, Many, OneTap
from liaison_desktop.questionnaires.view.grid import GroupTable
from liaison_desktop.questionnaires.view.group import GroupCard
from liaison_desktop.questionnaires.view.held_editors import File
from liaison_desktop.questionnaires.view.more_choices import Searched, Stacked
from liaison_desktop.questionnaires.view.question import Question
from liaison_desktop.ui.text import Wrapped
from liaison_desktop.ui.theme import Theme
from liaison_desktop.ui.tokens import Mode
from tests.fakes import Clock

HL7 = "http://hl7.org/fhir/StructureDefinition/"
KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


def control(code: str) -> dict[str, Any]:
    return {"url": HL7 + "questionnaire-itemControl", "valueCodeableConcept": {"coding": [{"code": code}]}}


def options(*codes: str) -> list[dict[str, Any]]:
    return [{"valueCoding": {"code": code, "display": code.title()}} for code in codes]


@pytest.fixture
def shown(qtbot: QtBot, qapp: QApplication, clock: Clock) -> Callable[..., FormFiller]:
    """Shows a form of these items, with the keyboard in its first question."""
    Theme(qapp, mode=Mode.LIGHT, accent="clinical")

    def show(*items: dict[str, Any]) -> FormFiller:
        raw = {"resourceType": "Questionnaire", "status": "active", "title": "A form", "item": list(items)}
        filler = FormFiller(Sheet.blank(parse(read_json(json.dumps(raw).encode()))), clock)
        qtbot.addWidget(filler)
        filler.resize(1310, 740)
        filler.show()
        qtbot.waitExposed(filler)
        filler.activateWindow()
        qtbot.waitUntil(filler.isActiveWindow)
        filler.focus_first()
        return filler

    return show


def keyboard() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(keyboard(), key, modifier)


def typed(text: str) -> None:
    QTest.keyClicks(keyboard(), text)


def question(filler: FormFiller, link_id: str, place: int = 0) -> Question:
    assert filler.view is not None
    return [one for one in filler.view.questions() if one.node.item.link_id == link_id and one.node.enabled][place]


def value(filler: FormFiller, link_id: str) -> Any:
    return filler.sheet.nodes(link_id)[0].value


TYPED = [
    ({"type": "string"}, "Penicillin", "Penicillin"),
    ({"type": "text"}, "Two words", "Two words"),
    ({"type": "string", "extension": [control("text-area")]}, "Two words", "Two words"),
    ({"type": "url"}, "https://example.org/a", "https://example.org/a"),
    ({"type": "integer"}, "42", 42),
    ({"type": "decimal"}, "4.20", Decimal("4.20")),
    ({"type": "date"}, "2026-11-19\t", "2026-11-19"),
    ({"type": "time"}, "09:30\t", "09:30:00"),
    ({"type": "boolean"}, "1", True),
    ({"type": "reference"}, "Dr Example", {"display": "Dr Example"}),
    ({"type": "open-choice", "answerOption": options("a", "b")}, "Something else\t", "Something else"),
]


@pytest.mark.parametrize(
    ("item", "keys", "wanted"), TYPED, ids=[f"{n}-{one[0]['type']}" for n, one in enumerate(TYPED)]
)
def test_each_type_is_answered_with_keys(
    shown: Callable[..., FormFiller], item: dict[str, Any], keys: str, wanted: Any
) -> None:
    filler = shown({"linkId": "q", "text": "Question", **item})
    for letter in keys:
        press(KEY.Key_Tab) if letter == "\t" else typed(letter)
    assert value(filler, "q") == wanted


def test_a_moment_has_its_day_and_time(shown: Callable[..., FormFiller]) -> None:
    filler = shown({"linkId": "q", "text": "Question", "type": "dateTime"})
    typed("2026-11-19")
    press(KEY.Key_Tab)
    typed("08:15")
    press(KEY.Key_Tab)
    assert str(value(filler, "q")).startswith("2026-11-19T08:15:00")


def test_a_quantity_without_a_unit_of_the_form_takes_one(shown: Callable[..., FormFiller]) -> None:
    filler = shown({"linkId": "q", "text": "Amount", "type": "quantity"})
    typed("2.5")
    press(KEY.Key_Tab)
    typed("cups")
    assert value(filler, "q") == {"value": Decimal("2.5"), "unit": "cups"}


def test_units_of_another_kind_stay_as_chosen(shown: Callable[..., FormFiller]) -> None:
    ucum = "http://unitsofmeasure.org"
    units = [
        {"url": HL7 + "questionnaire-unitOption", "valueCoding": {"system": ucum, "code": code, "display": code}}
        for code in ("mg", "{tab}")
    ]
    filler = shown({"linkId": "q", "text": "Dose", "type": "quantity", "extension": units})
    typed("2")
    press(KEY.Key_Tab)
    typed("2")
    assert (value(filler, "q")["value"], value(filler, "q")["code"]) == (2, "{tab}")


def test_a_scale_answers_with_the_digit_itself(shown: Callable[..., FormFiller]) -> None:
    bounds = [{"url": HL7 + "minValue", "valueInteger": 0}, {"url": HL7 + "maxValue", "valueInteger": 10}]
    filler = shown({"linkId": "q", "text": "Pain", "type": "integer", "extension": [control("slider"), *bounds]})
    assert isinstance(question(filler, "q").editor, OneTap)
    typed("7")
    assert value(filler, "q") == 7


def test_a_spinner_steps_within_its_bounds(shown: Callable[..., FormFiller]) -> None:
    bounds = [{"url": HL7 + "minValue", "valueInteger": 1}, {"url": HL7 + "maxValue", "valueInteger": 3}]
    filler = shown({"linkId": "q", "text": "Steps", "type": "integer", "extension": [control("spinner"), *bounds]})
    for _ in range(5):
        press(KEY.Key_Up)
    assert value(filler, "q") == 3
    press(KEY.Key_Down)
    assert value(filler, "q") == 2


def test_orientation_control_prefix_and_exclusion_are_honoured(shown: Callable[..., FormFiller]) -> None:
    vertical = {"url": HL7 + "questionnaire-choiceOrientation", "valueCode": "vertical"}
    lettered = options("a", "b", "none")
    lettered[0]["extension"] = [{"url": HL7 + "questionnaire-optionPrefix", "valueString": "A)"}]
    lettered[2]["extension"] = [{"url": HL7 + "questionnaire-optionExclusive", "valueBoolean": True}]
    filler = shown(
        {"linkId": "v", "text": "One", "type": "choice", "answerOption": lettered, "extension": [vertical]},
        {"linkId": "s", "text": "Several", "type": "choice", "repeats": True, "answerOption": lettered},
        {
            "linkId": "d",
            "text": "List",
            "type": "choice",
            "answerOption": lettered,
            "extension": [control("drop-down")],
        },
    )
    one = question(filler, "v").editor
    assert isinstance(one, Stacked)
    assert [tick.text() for tick in one.buttons] == ["A) A", "B", "None"]
    typed("2")
    assert filler.sheet.codes("v") == ("b",)
    press(KEY.Key_Up)
    press(KEY.Key_Space)
    assert filler.sheet.codes("v") == ("a",)
    press(KEY.Key_Tab)
    assert isinstance(question(filler, "s").editor, Many)
    press(KEY.Key_Space)
    press(KEY.Key_Right)
    press(KEY.Key_Space)
    assert filler.sheet.codes("s") == ("a", "b")
    press(KEY.Key_Right)
    press(KEY.Key_Space)
    assert filler.sheet.codes("s") == ("none",)
    assert isinstance(question(filler, "d").editor, LongList)


def test_very_many_answers_are_searched(shown: Callable[..., FormFiller]) -> None:
    many = options(*(f"code{number}" for number in range(60)))
    filler = shown({"linkId": "q", "text": "Several", "type": "choice", "repeats": True, "answerOption": many})
    editor = question(filler, "q").editor
    assert isinstance(editor, Searched)
    for code in ("code41", "code7"):
        typed(code)
        press(KEY.Key_Return)
    assert filler.sheet.codes("q") == ("code41", "code7")
    assert editor.chips is not None
    editor.chips.buttons[0].setFocus()
    press(KEY.Key_Space)
    assert filler.sheet.codes("q") == ("code7",)


def test_other_words_beside_the_chips(shown: Callable[..., FormFiller]) -> None:
    label = {"url": HL7 + "questionnaire-openLabel", "valueString": "Another one"}
    sdc = {
        "url": "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-openLabel",
        "valueString": "Another",
    }
    filler = shown(
        {"linkId": "q", "text": "Several", "type": "open-choice", "repeats": True, "answerOption": options("a", "b"),
         "extension": [label, sdc]},
        {"linkId": "z", "text": "Next", "type": "string"},
    )  # fmt: skip
    press(KEY.Key_Space)
    editor = question(filler, "q").editor
    assert isinstance(editor, Many)
    assert editor.other is not None
    assert editor.other.placeholderText().startswith("Another")
    editor.other.setFocus()
    typed("Mango")
    press(KEY.Key_Tab)
    assert [answer.value for answer in filler.sheet.nodes("q")[0].answers][1] == "Mango"


def test_a_file_is_taken_in_or_refused_in_words(shown: Callable[..., FormFiller], tmp_path: Path) -> None:
    size = {"url": HL7 + "maxSize", "valueDecimal": 1000}
    filler = shown({"linkId": "q", "text": "A scan", "type": "attachment", "extension": [size]})
    small, large = tmp_path / "Alvarez.txt", tmp_path / "large.txt"
    small.write_bytes(b"A note")
    large.write_bytes(b"x" * 2000)
    chosen = [large, small]
    filler.filling.choose_file = lambda _patterns: chosen.pop(0)
    editor = question(filler, "q").editor
    assert isinstance(editor, File)
    press(KEY.Key_Space)
    assert value(filler, "q") is None
    assert "at most" in editor.complaint()
    press(KEY.Key_Space)
    held = value(filler, "q")
    assert base64.b64decode(held["data"]) == b"A note"
    assert "Alvarez" not in json.dumps(held), "the name of a file may be a person's"


def test_a_table_has_a_line_for_each_occurrence(shown: Callable[..., FormFiller]) -> None:
    filler = shown(
        {"linkId": "g", "text": "Children", "type": "group", "repeats": True, "extension": [control("gtable")],
         "item": [{"linkId": "n", "text": "Name", "type": "string"}, {"linkId": "y", "text": "Years", "type": "integer"}]},
    )  # fmt: skip
    assert filler.view is not None
    [table] = filler.view.findChildren(GroupTable)
    typed("Ana")
    press(KEY.Key_Tab)
    typed("7")
    table.add()
    typed("Bo")
    assert [node.value for node in filler.sheet.nodes("n")] == ["Ana", "Bo"]
    assert [node.value for node in filler.sheet.nodes("y")] == [7, None]
    table.remove(filler.sheet.nodes("g")[0])
    assert [node.value for node in filler.sheet.nodes("n")] == ["Bo"]


def test_a_table_too_wide_for_the_pane_becomes_cards(shown: Callable[..., FormFiller]) -> None:
    wide = [{"linkId": f"c{n}", "text": f"Column {n}", "type": "dateTime"} for n in range(5)]
    filler = shown({"linkId": "g", "text": "G", "type": "group", "extension": [control("gtable")], "item": wide})
    assert filler.view is not None
    assert filler.view.findChildren(GroupTable) == []
    assert len([*filler.view.questions()]) == 5


def test_a_grid_has_its_groups_as_lines(shown: Callable[..., FormFiller]) -> None:
    lines = [
        {"linkId": f"l{n}", "text": text, "type": "group",
         "item": [{"linkId": f"l{n}a", "text": "Before", "type": "choice", "answerOption": options("no", "yes")}]}
        for n, text in enumerate(("Eating", "Walking"))
    ]  # fmt: skip
    filler = shown(
        {"linkId": "g", "text": "Level", "type": "group", "extension": [control("grid")], "item": lines},
        {"linkId": "z", "text": "Next", "type": "string"},
    )
    typed("2")
    press(KEY.Key_Tab)
    typed("1")
    assert (filler.sheet.codes("l0a"), filler.sheet.codes("l1a")) == (("yes",), ("no",))


def test_whatever_lies_deep_is_on_the_screen(shown: Callable[..., FormFiller]) -> None:
    deepest = {"linkId": "d3", "text": "Deepest", "type": "group", "repeats": True,
               "item": [{"linkId": "w", "text": "Words", "type": "string"}]}  # fmt: skip
    filler = shown(
        {"linkId": "first", "text": "Loose", "type": "string"},
        {"linkId": "g", "text": "Group", "type": "group", "item": [
            {"linkId": "q", "text": "Any?", "type": "boolean", "item": [
                {"linkId": "u", "text": "Under the answer", "type": "string"},
                {"linkId": "d2", "text": "Deeper", "type": "group", "item": [deepest]},
            ]},
        ]},
    )  # fmt: skip
    assert [part.id for part in filler._sections] == ["first", "g"]
    filler.step(1)
    typed("1")
    for link_id, words in (("u", "below"), ("w", "deep")):
        filler.go_to(link_id)
        typed(words)
        assert value(filler, link_id) == words
    filler.go_to("w")
    card = next(one for one in filler.view.findChildren(GroupCard) if one.node.item.link_id == "d3")  # type: ignore[union-attr]
    card._add.click()
    assert len(filler.sheet.nodes("w")) == 2
    typed("another")
    assert [node.value for node in filler.sheet.nodes("w")] == ["deep", "another"]


def test_one_group_around_everything_is_no_section(shown: Callable[..., FormFiller]) -> None:
    inner = [
        {"linkId": name, "text": name, "type": "group", "item": [{"linkId": name + "1", "text": "Q", "type": "string"}]}
        for name in ("a", "b", "c")
    ]
    filler = shown({"linkId": "all", "text": "Whole", "type": "group", "item": inner})
    assert [part.id for part in filler._sections] == ["a", "b", "c"]
    filler.step(1)
    typed("here")
    assert value(filler, "b1") == "here"


def test_help_prompt_unit_and_category_stand_with_the_question(shown: Callable[..., FormFiller]) -> None:
    def beside(link_id: str, text: str, code: str) -> dict[str, Any]:
        return {"linkId": link_id, "text": text, "type": "display", "extension": [control(code)]}

    filler = shown(
        {"linkId": "q", "text": "Number", "type": "string",
         "item": [beside("h", "On the card", "help"), beside("p", "Ten digits", "prompt")]},
        {"linkId": "n", "text": "Weight", "type": "decimal", "item": [beside("u", "kg", "unit")]},
    )  # fmt: skip
    one = question(filler, "q")
    assert "On the card" in one._help.text()
    assert one.editor.inner.placeholderText() == "Ten digits"  # type: ignore[attr-defined]
    texts = [part.plain() for part in filler.view.findChildren(Wrapped) if part.isVisible()]  # type: ignore[union-attr]
    assert "Ten digits" not in texts, "it is no row of its own"


def test_f1_shows_where_a_question_comes_from(shown: Callable[..., FormFiller]) -> None:
    from liaison_desktop.questionnaires import names

    cited = {"url": names.CITATION, "valueString": "42 CFR 482.13"}
    filler = shown({"linkId": "q", "text": "Told", "type": "boolean", "extension": [cited]})
    assert not question(filler, "q")._help.isVisible()
    press(KEY.Key_F1)
    assert "42 CFR 482.13" in question(filler, "q")._help.text()
    press(KEY.Key_F1)
    assert not question(filler, "q")._help.isVisible()


def test_a_slash_jumps_and_ctrl_b_comes_back(shown: Callable[..., FormFiller]) -> None:
    filler = shown(
        {"linkId": "q", "text": "Yes?", "type": "boolean", "prefix": "A1"},
        {"linkId": "g", "text": "Later", "type": "group", "item": [
            {"linkId": "w", "text": "Weight", "type": "decimal", "prefix": "B7"}]},
    )  # fmt: skip
    press(KEY.Key_B, CTRL)
    typed("/")
    assert keyboard() is filler.middle.jump_line
    typed("B7")
    press(KEY.Key_Return)
    assert filler.focus_key() == "g/w"
    typed("80")
    filler._show_review()
    links = [one.text().strip() for one in filler.review.findChildren(QWidget) if hasattr(one, "text")]
    assert "Go to A1" in [str(text) for text in links]
    filler.review.key_asked.emit("q")
    assert filler.focus_key() == "q"


def test_a_question_that_is_read_only_or_hidden_takes_no_keys(shown: Callable[..., FormFiller]) -> None:
    hidden = {"url": HL7 + "questionnaire-hidden", "valueBoolean": True}
    filler = shown(
        {"linkId": "r", "text": "Given", "type": "string", "readOnly": True, "initial": [{"valueString": "x"}]},
        {"linkId": "h", "text": "Hidden", "type": "string", "extension": [hidden]},
        {"linkId": "q", "text": "Asked", "type": "string"},
    )
    assert filler.view is not None
    assert [one.node.item.link_id for one in filler.view.questions()] == ["r", "q"]
    typed("typed")
    assert (value(filler, "r"), value(filler, "q")) == ("x", "typed")


@pytest.mark.parametrize("count", [300, 1000])
def test_a_form_without_sections_opens_in_pieces(shown: Callable[..., FormFiller], count: int) -> None:
    filler = shown(*({"linkId": f"q{n}", "text": f"Question {n}", "type": "string"} for n in range(count)))
    assert filler.view is not None
    assert len([*filler.view.questions()]) == 40
    assert len(filler._sections) == count // 40 + bool(count % 40)
    assert filler._sections[1].title == "A form, 41 to 80"
    assert filler.go_to_key(f"q{count - 1}")
    typed("the last")
    assert value(filler, f"q{count - 1}") == "the last"
    assert sum(each.asked for each in filler._counts.values()) == count


def test_a_long_group_comes_in_pieces_too(shown: Callable[..., FormFiller]) -> None:
    items = [{"linkId": f"g{n}", "text": f"Question {n}", "type": "boolean", "required": n == 90} for n in range(100)]
    filler = shown({"linkId": "g", "text": "Group", "type": "group", "required": True, "item": items})
    assert [part.id for part in filler._sections] == ["g", "g40", "g80"]
    press(KEY.Key_Period, CTRL)
    assert filler.focus_key() == "g/g90"
    typed("1")
    assert value(filler, "g90") is True


def test_a_worked_out_answer_can_be_changed_by_hand_and_taken_back(shown: Callable[..., FormFiller]) -> None:
    sum_of = "%resource.item.where(linkId='a').answer.value + %resource.item.where(linkId='b').answer.value"
    expression = {"language": "text/fhirpath", "expression": sum_of}
    calculated = {
        "url": "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression",
        "valueExpression": expression,
    }
    filler = shown(
        {"linkId": "a", "text": "First", "type": "integer"},
        {"linkId": "b", "text": "Second", "type": "integer"},
        {"linkId": "s", "text": "Sum", "type": "integer", "extension": [calculated]},
    )
    typed("2")
    press(KEY.Key_Tab)
    typed("3")
    assert value(filler, "s") == 5
    assert question(filler, "s").editor.field.value() == "5"  # type: ignore[attr-defined]
    press(KEY.Key_Tab)
    QTest.keyClick(keyboard(), KEY.Key_A, CTRL)
    typed("7")
    assert value(filler, "s") == 7
    assert "changed by hand" in question(filler, "s")._note.text()
    QTest.keyClick(keyboard(), KEY.Key_A, CTRL)
    press(KEY.Key_Delete)
    filler.go_to("a")
    typed("0")
    assert value(filler, "s") == 23


def test_numbers_are_shown_as_they_are_held(shown: Callable[..., FormFiller]) -> None:
    filler = shown(
        {"linkId": "i", "text": "Whole", "type": "integer", "initial": [{"valueInteger": 7}]},
        {"linkId": "z", "text": "Nothing", "type": "integer", "initial": [{"valueInteger": 0}]},
    )
    fields = [question(filler, link_id).editor.field.value() for link_id in ("i", "z")]  # type: ignore[attr-defined]
    assert fields == ["7", "0"]
