"""The pre-admission nursing checklist as it is released."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from liaison_desktop.errors import Damaged, Refused
from liaison_desktop.questionnaires import library
from liaison_desktop.questionnaires.checking import check
from liaison_desktop.questionnaires.linting import lint
from liaison_desktop.questionnaires.progress import blank_keys, counts, findings, sections
from liaison_desktop.questionnaires.response import Sheet
from liaison_desktop.questionnaires.validation import validate


def a_sheet(**context: Any) -> Sheet:
    """A blank checklist of a woman of 65 who comes for a planned colonoscopy, changed by `context`."""
    known = {"service": "PROC_ELECTIVE", "procedure": True, "sex": "female", "age": 65, "setting": "outpatient"}
    sheet = Sheet.blank(library.newest("pan"))
    for name, value in {**known, "imaging": False, "mri": False, "day-of": False, **context}.items():
        node = sheet.nodes(f"ctx.{name}")[0]
        if isinstance(value, bool):
            sheet.answer(node, ("valueBoolean", value))
        elif isinstance(value, int):
            sheet.answer(node, ("valueInteger", value))
        else:
            sheet.choose(node, value)
    return sheet


def asked(sheet: Sheet, link_id: str) -> bool:
    return any(node.enabled for node in sheet.nodes(link_id))


def test_compiling_again_gives_the_same_bytes(tmp_path: Path) -> None:
    shutil.copytree(library.folder(), tmp_path / "q")
    library.compile_all(tmp_path / "q")
    for file in library.folder().glob("*.json"):
        assert (tmp_path / "q" / file.name).read_bytes() == file.read_bytes(), file.name


def test_lint_finds_nothing() -> None:
    assert lint(library.newest("pan").raw) == []


def test_check_passes_the_yaml_and_the_released_json() -> None:
    assert check(library.folder() / "pan.yaml")[0] == 0
    assert check(library.folder() / "pan-2026.2.json")[0] == 0


def test_sections_a_to_p() -> None:
    assert "".join(part.id for part in sections(a_sheet())) == "ABCDEFGHIJKLMNOP"
    assert "O" not in {part.id for part in sections(a_sheet(service="MED_ADMIT", procedure=False))}


def test_a_version_is_pinned_by_its_hash() -> None:
    newest = library.newest("pan")
    assert library.pinned(newest.url, newest.version, newest.hash) is newest
    with pytest.raises(Damaged):
        library.pinned(newest.url, "1999.1")


def test_a_released_answer_cannot_be_taken_away(tmp_path: Path) -> None:
    shutil.copytree(library.folder(), tmp_path / "q")
    text = (tmp_path / "q" / "pan.yaml").read_text("utf-8")
    changed = text.replace('version: "2026.2"', 'version: "2026.3"').replace("          NKDA: None to medicines\n", "")
    (tmp_path / "q" / "pan.yaml").write_text(changed, "utf-8")
    with pytest.raises(Refused) as refused:
        library.compile_all(tmp_path / "q")
    assert [fault.field for fault in refused.value.faults] == ["E1"]


def test_what_the_application_knows_decides_what_is_asked() -> None:
    sheet = a_sheet()
    for link_id in ("A9", "E4", "G5", "L7", "N4", "O1"):
        assert asked(sheet, link_id), link_id
    for link_id in ("G8", "G10", "O2", "J4", "E8"):
        assert not asked(sheet, link_id), link_id
    assert asked(a_sheet(age=30), "G8")
    assert not asked(a_sheet(age=30, sex="male"), "G8")
    assert asked(a_sheet(mri=True), "G10")
    assert asked(a_sheet(**{"day-of": True}), "O2")
    assert asked(a_sheet(service="SNF", procedure=False), "J4")
    assert not asked(a_sheet(setting="inpatient"), "L7")


@pytest.mark.parametrize(
    ("question", "codes", "opens"),
    [
        ("A3", ("family",), "A4"),
        ("B3", ("yes",), "B4"),
        ("B3", ("declines",), "B5"),
        ("C2", ("some",), "C3"),
        ("C2", ("marked",), "C4"),
        ("C5", ("document",), "C6"),
        ("D2", ("yes",), "D3"),
        ("D2", ("no",), "D5"),
        ("E1", ("has",), "E2"),
        ("F2", ("yes",), "F3"),
        ("F4", ("yes",), "F5"),
        ("G1", ("htn", "dialysis"), "G2"),
        ("G1", ("pacemaker-icd",), "G3"),
        ("G1", ("osa",), "G7"),
        ("G1", ("dm2",), "H10"),
        ("G1", ("stroke",), "I5"),
        ("I7", ("no",), "I7w"),
        ("I12", ("yes",), "I12e"),
        ("K4", ("no",), "K5"),
        ("N4", ("some",), "N4s"),
    ],
)
def test_an_answer_opens_what_it_calls_for(question: str, codes: tuple[str, ...], opens: str) -> None:
    sheet = a_sheet()
    assert not asked(sheet, opens)
    sheet.choose(sheet.nodes(question)[0], *codes)
    assert asked(sheet, opens)
    sheet.clear(sheet.nodes(question)[0])
    assert not asked(sheet, opens)


def test_sleep_apnoea_is_screened_unless_it_is_known() -> None:
    sheet = a_sheet()
    assert asked(sheet, "G6")
    sheet.choose(sheet.nodes("G1")[0], "htn", "osa")
    assert not asked(sheet, "G6")


def test_the_side_is_asked_once_a_procedure_is_named() -> None:
    sheet = a_sheet()
    assert not asked(sheet, "A10")
    sheet.answer(sheet.nodes("A9")[0], ("valueString", "Colonoscopy"))
    assert asked(sheet, "A10")


def quantity(value: str, unit: str) -> tuple[str, dict[str, Any]]:
    return "valueQuantity", {"value": Decimal(value), "unit": unit, "system": "http://unitsofmeasure.org", "code": unit}


@pytest.mark.parametrize(
    ("link_id", "unit", "implausible", "abnormal", "usual"),
    [
        ("H1.sys", "mm[Hg]", ("39", "301"), ("89", "181"), "120"),
        ("H1.dia", "mm[Hg]", ("19", "201"), (), "80"),
        ("H2.rate", "/min", ("19", "251"), ("49", "121"), "70"),
        ("H3.rate", "/min", ("3", "61"), ("9", "25"), "16"),
        ("H4.temp", "Cel", ("29.9", "43.1"), ("35.9", "38.4"), "37.0"),
        ("H4.temp", "[degF]", ("85", "110"), ("96.0", "101.3"), "98.6"),
        ("H5.sat", "%", ("49", "101"), ("89",), "97"),
        ("H7.weight", "kg", ("0.2", "401"), (), "80"),
        ("H8.height", "cm", ("29", "251"), (), "170"),
        ("H10.glucose", "mg/dL", ("9", "1501"), ("69", "301"), "110"),
    ],
)
def test_v16_two_bands(
    link_id: str, unit: str, implausible: tuple[str, ...], abnormal: tuple[str, ...], usual: str
) -> None:
    sheet = a_sheet()
    sheet.choose(sheet.nodes("G1")[0], "dm2")
    node = sheet.nodes(link_id)[0]

    def said(value: str) -> list[str]:
        sheet.answer(node, quantity(value, unit))
        return [issue.severity.value for issue in validate(sheet) if issue.link_id == link_id]

    assert all(said(value) == ["error"] for value in implausible)
    assert all(said(value) == ["warning"] for value in abnormal)
    assert said(usual) == []


def test_body_mass_index_follows_from_weight_and_height() -> None:
    sheet = a_sheet()
    sheet.answer(sheet.nodes("H7.weight")[0], quantity("176.4", "[lb_av]"))
    assert sheet.nodes("H9")[0].value is None
    sheet.answer(sheet.nodes("H8.height")[0], quantity("170", "cm"))
    assert sheet.nodes("H9")[0].value == Decimal("27.7")


def test_nothing_is_answered_or_proposed_in_a_blank_checklist() -> None:
    sheet = Sheet.blank(library.newest("pan"))
    assert not [node.key for node in sheet.walk() if node.answers and not node.item.calculation]
    assert findings(sheet) == []
    assert all(count.answered == 0 for count in counts(sheet).values())


def test_required_blanks_are_listed_in_the_order_of_the_form() -> None:
    keys = blank_keys(a_sheet())
    assert keys[0] == "A/A1"
    order = [key.rpartition("/")[2] for key in keys]
    positions = [library.newest("pan").order[link_id.partition(":")[0]] for link_id in order]
    assert positions == sorted(positions)
    assert not any(key.startswith("P/P4") for key in keys)


def test_findings_stop_or_ask_or_tell() -> None:
    sheet = a_sheet()
    sheet.choose(sheet.nodes("I12")[0], "yes")
    sheet.choose(sheet.nodes("G5")[0], "airway")
    sheet.choose(sheet.nodes("B3")[0], "yes")
    assert [(one.rule, one.level) for one in findings(sheet)] == [
        ("V17", "block"),
        ("V17", "block"),
        ("V15", "hard-warn"),
        ("V10", "warn"),
    ]
