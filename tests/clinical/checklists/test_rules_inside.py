"""What each form refuses, asks about or tells by itself; and that it is silent where all is well."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liaison_desktop.clinical.checklists.rules import completion_faults, inside
from liaison_desktop.clinical.medications.rules.doses import dose_without_unit, unsafe_number, unsafe_words
from liaison_desktop.policies import load_policy
from liaison_desktop.questionnaires import library
from liaison_desktop.questionnaires.progress import findings
from liaison_desktop.questionnaires.response import Sheet
from tests.clinical.checklists.filling import fill

NOW = dt.datetime(2026, 11, 19, 14, 0, tzinfo=dt.timezone(dt.timedelta(hours=-6)))
POLICY = load_policy("clinical")


def filled(name: str, **context: object) -> Sheet:
    sheet = Sheet.blank(library.newest(name))
    for key, value in {"service": "IRF", "procedure": True, "age": 65, "day-of": True, **context}.items():
        node = sheet.first(f"ctx.{key}")
        if node is None:
            continue
        if isinstance(value, bool):
            sheet.answer(node, ("valueBoolean", value))
        elif isinstance(value, int):
            sheet.answer(node, ("valueInteger", value))
        else:
            sheet.choose(node, str(value))
    fill(sheet, NOW)
    return sheet


def put(sheet: Sheet, link_id: str, value: object) -> None:
    """Answers as a person would: codes for a choice, hours from now for a moment, else as it is."""
    node = sheet.nodes(link_id)[0]
    if node.item.options:
        sheet.choose(node, *(value if isinstance(value, tuple) else (str(value),)))
    elif node.item.type == "dateTime":
        at = NOW + dt.timedelta(hours=float(str(value)))
        sheet.answer(node, ("valueDateTime", at.isoformat(timespec="seconds")))
    elif node.item.type == "date":
        at = NOW + dt.timedelta(hours=float(str(value)))
        sheet.answer(node, ("valueDate", at.date().isoformat()))
    elif isinstance(value, bool):
        sheet.answer(node, ("valueBoolean", value))
    elif isinstance(value, int):
        key = "valueInteger" if node.item.type == "integer" else "valueDecimal"
        sheet.answer(node, (key, value))
    elif value is None:
        sheet.clear(node)
    else:
        sheet.answer(node, ("valueString", str(value)))


def told(sheet: Sheet) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for one in [*findings(sheet), *inside(sheet, NOW, POLICY)]:
        found.setdefault(one.rule, set()).add(one.level)
    return found


CASES = [
    ("pas", {"S3a": ("none",)}, "V25", "warn"),
    ("pas", {"S4b.plan": None}, "V26", "block"),
    ("pas", {"S5a": ("slp", "diet")}, "V27", "block"),
    ("pas", {"S5a": ("pt",)}, "V28", "hard-warn"),
    ("pas", {"S5b": "modified"}, "V28", "hard-warn"),
    ("pas", {"S11c": -30, "S13d": -1, "S0h": 24}, "V24", "block"),
    ("pas", {"S0h": -3}, "V29", "block"),
    ("pas", {"S13d": -5}, "V29", "block"),
    ("pas", {"S13b": "not"}, "V29", "block"),
    ("mr", {"M0": ("patient",)}, "V30", "hard-warn"),
    ("mr", {"M7.dose": "5 U"}, "V20", "block"),
    ("mr", {"M7.dose": "10U"}, "V20", "block"),
    ("mr", {"M7.dose": "5.0 mg"}, "V20-NUMBER", "block"),
    ("mr", {"M7.dose": ".5 mg"}, "V20-NUMBER", "block"),
    ("mr", {"M7.dose": "5"}, "V20-UNIT", "block"),
    ("mr", {"M7.name": "Methotrexate"}, "V20-DAILY", "block"),
    ("mr", {"M11.discrepancy": "dose"}, "V32", "warn"),
    ("mr", {"M11.discrepancy": "dose", "M11.alert": "insulin"}, "V32", "block"),
    ("mr", {"M11.discrepancy": "dose", "M11.answer": "Go on"}, "V23", "block"),
    ("iv", {"I3": "phone", "I6a": "refused"}, "V33", "warn"),
    ("iv", {"I17": 100, "I17d": "not-done"}, "V34", "block"),
    ("iv", {"I14.total": 100, "I14.met": 200}, "V35", "block"),
    ("iv", {"I1.plan": "Medicare_FFS_A"}, "V35-MEMBER", "warn"),
    ("iv", {"I34": 24 * 30}, "V24-INSURANCE", "warn"),
    ("pc", {"PC1": "mismatch"}, "V36", "block"),
    ("pc", {"PC2.credential": "rn"}, "V37", "block"),
    ("pc", {"PC3": 0}, "V37", "block"),
    ("pc", {"PC15s": True}, "V37", "block"),
    ("pc", {"PC6": "representative", "PC7.seen": "no"}, "V38", "hard-warn"),
    ("pc", {"PC10a": "yes"}, "V39", "hard-warn"),
    ("pc", {"PC11": "marked"}, "V11", "block"),
    ("pc", {"PC12.T03": "no"}, "V40", "block"),
    ("pc", {"PC16": "no"}, "V45", "block"),
    ("pc", {"PC2.name": "Ana Ruiz"}, "V8", "block"),
    ("pc", {"PC13a.state": "not-ok"}, "PC13", "block"),
    ("rc", {"A3": "fda", "R25a": "yes", "R25": "See ClinicalTrials.gov"}, "V42", "block"),
    ("rc", {"R26.stamp": "no"}, "V43", "block"),
    ("rc", {"R26.to": -100}, "V43", "block"),
    ("rc", {"R37.log": "no"}, "V44", "block"),
    ("rc", {"R38.screened": -2}, "V45", "block"),
    ("dc", {"D35": "no"}, "V46", "hard-warn"),
    ("dc", {"D39": "open"}, "V47", "warn"),
    ("roi", {"O8.revoke": "no"}, "V48", "block"),
    ("capacity", {"K4.state": "not-shown"}, "V11", "hard-warn"),
]


@pytest.mark.parametrize(("name", "answers", "rule", "level"), CASES)
def test_it_speaks_when_something_is_wrong_and_is_silent_before(
    name: str, answers: dict[str, object], rule: str, level: str
) -> None:
    sheet = filled(name)
    assert level not in told(sheet).get(rule, set())
    for link_id, value in answers.items():
        put(sheet, link_id, value)
    assert level in told(sheet)[rule]
    if level == "block":
        assert completion_faults(sheet, POLICY, now=NOW) != ()


def test_the_fda_s_sentence_counts_whatever_the_line_breaks() -> None:
    sheet = filled("rc")
    for link_id, value in (("A3", "fda"), ("R25a", "yes")):
        put(sheet, link_id, value)
    [exact] = POLICY.words("clinical_trials_statement")
    put(sheet, "R25", exact.replace(" clinical ", "\nclinical  "))
    assert "V42" not in told(sheet)
    put(sheet, "R25", exact.replace("will not", "will"))
    assert told(sheet)["V42"] == {"block"}


def test_the_window_is_told_while_the_physician_has_not_answered() -> None:
    sheet = filled("pas")
    sheet.clear(sheet.nodes("S13d")[0])
    assert told(sheet)["V24-LEFT"] == {"warn"}
    [left] = [one for one in inside(sheet, NOW, POLICY) if one.rule == "V24-LEFT"]
    assert left.text.startswith("46 of 48 hours")
    later = NOW + dt.timedelta(hours=60)
    assert {one.rule for one in inside(sheet, later, POLICY)} == {"V29-LATE"}
    put(sheet, "S0h", 24 * 9)
    assert {one.rule for one in inside(sheet, later, POLICY)} == {"V24-OVER"}


def test_an_update_asks_for_a_new_concurrence() -> None:
    sheet = filled("pas")
    put(sheet, "S11c", -60)
    put(sheet, "S13d", -50)
    fill(sheet, NOW)
    put(sheet, "S12.at", -1)
    assert "block" in told(sheet)["V29"]
    put(sheet, "S13d", 0)
    assert "V29" not in told(sheet)
    assert "V24" not in told(sheet)


def test_the_missing_sentence_is_named_in_an_empty_screening() -> None:
    found = findings(Sheet.blank(library.newest("pas")))
    assert sum("Missing" in one.text for one in found) >= 7


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_taken(text: str) -> None:
    unsafe_words(text, POLICY.words("unsafe_abbreviations"))
    assert unsafe_number(text) == "" or any(letter.isdecimal() for letter in text)
    dose_without_unit(text)


@pytest.mark.parametrize("text", ["5 mg", "0.5 mg", "10 units", "Humulin 10 units", "2.05 g", "MSM 500 mg", "1,000 mg"])
def test_safe_doses_pass(text: str) -> None:
    assert unsafe_words(text, POLICY.words("unsafe_abbreviations")) == ()
    assert unsafe_number(text) == ""
    assert not dose_without_unit(text)
