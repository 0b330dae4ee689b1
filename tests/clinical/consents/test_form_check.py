"""The linter of forms: each thing that can be wrong is found, in its line; a sound form passes in silence."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from liaison_desktop.__main__ import main
from liaison_desktop.clinical.consents.actions import check_files, check_folder, check_form
from liaison_desktop.clinical.consents.queries import shipped, template
from liaison_desktop.clinical.consents.record.reading import hard_words, reading_of, spanish_ease, spanish_syllables
from liaison_desktop.clinical.consents.record.template import carried_in, unmarked
from liaison_desktop.clinical.research.actions.words_files import check_words
from liaison_desktop.errors import Severity
from liaison_desktop.paths import resource
from liaison_desktop.policies import load_policy

POLICY = load_policy("clinical")
FOLDER = resource("consent_templates")
GOOD = (FOLDER / "GI-014-6.3.toml").read_text(encoding="utf-8")
RELEASE = (FOLDER / "RI-001-2.0.toml").read_text(encoding="utf-8")


def said(text: str, name: str = "") -> list[str]:
    """What is refused of a form, each with its line."""
    checked = check_form(text.encode(), name, POLICY)
    return [f"{each.line}: {each.message}" for each in checked.complaints if each.severity is Severity.REFUSE]


def line(text: str, part: str) -> int:
    return next(number for number, held in enumerate(text.split("\n"), start=1) if part in held)


def test_a_sound_form_passes() -> None:
    assert said(GOOD, "GI-014-6.3.toml") == []
    assert said(RELEASE, "RI-001-2.0.toml") == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[T03]", "[T99]", "no element “T99”"),
        (' [T10]"', '"', ""),  # T10 is carried a second time, by the choice on observers: nothing is missing
        ('version = "6.3"', 'version = "six"', "number with points"),
        ('code = "GI-014"', 'code = "colon"', "two to four capital letters"),
        ("effective = 2026-11-15", "effective = 1026-11-15", "outside this century"),
        ("valid_days = 30", "valid_days = 0", "between 1 and 3,650"),
        ('speciality = "Gastroenterology"', 'speciality = ""', "speciality is empty"),
        ("{practitioner} is in charge", "{doctor} is in charge", "{doctor} cannot be filled in"),
        ("call {phone}, day", "call {phone, day", "{ cannot be filled in"),
        ("You get a copy of this paper.", "I hereby waive all claims.", "“hereby”"),
        ("You get a copy of this paper.", "I hereby waive all claims.", "“waive”"),
        ("Why do you need it?", "Do you need it?", "Ask openly"),
        ('code = "b"', 'code = "a"', "stands 2 times"),
        ('code = "agree"', 'code = "yes"', "The first choice is the agreement"),
        ('anaesthesia = "Moderate sedation"', 'anaesthesia = ""', "says which medicine"),
        (
            "A growth may be missed.",
            "Perforation necessitating immediate laparotomy occurs occasionally.",
            "the most is 8",
        ),
    ],
)
def test_what_is_wrong_is_found_in_its_line(old: str, new: str, message: str) -> None:
    changed = GOOD.replace(old, new)
    found = said(changed)
    if not message:
        assert found == []
        return
    hits = [each for each in found if message in each]
    assert hits, found
    number = int(hits[0].split(":")[0])
    assert new in "\n".join(changed.split("\n")[number - 1 : number + 3]) or number == 0


def test_a_missing_element_says_what_it_means_and_where_it_is_mended() -> None:
    without = GOOD.replace('elements = ["T15"]\n', "")
    (found,) = said(without)
    assert "T15 Alternatives and their risks is missing" in found
    assert "names the other choices" in found
    assert "topic Other options" in found


def test_what_may_be_absent_says_why_and_the_minimum_never() -> None:
    absent = GOOD.replace("[[topics]]", '[not_here]\nT18 = "There is no side."\n\n[[topics]]', 1)
    assert said(absent) == []
    lost = GOOD.replace("[[topics]]", '[not_here]\nT02 = "It needs no name."\n\n[[topics]]', 1)
    assert any("T02" in each and "cannot be left out" in each for each in said(lost))
    both = GOOD.replace("[[topics]]", '[not_here]\nT19 = "No blood is given."\n\n[[topics]]', 1)
    assert any("is carried as well" in each for each in said(both))


def test_nothing_is_chosen_beforehand() -> None:
    chosen = GOOD.replace('code = "blood"', 'code = "blood"\nanswer = "yes"')
    assert any("Nothing is chosen beforehand" in each for each in said(chosen))


def test_sedation_asks_for_the_choice_on_students() -> None:
    start = GOOD.index('[[choices]]\ncode = "students_exams"')
    end = GOOD.index("[[choices]]", start + 5)
    found = said(GOOD[:start] + GOOD[end:])
    assert any("T17" in each for each in found)


@pytest.mark.parametrize("number", ["H07", "H08", "H09"])
def test_a_release_without_one_of_the_three_statements_is_refused(number: str) -> None:
    found = said(RELEASE.replace(f"[{number}]", ""))
    assert any(number in each and "is missing" in each for each in found)


@pytest.mark.parametrize(
    ("content", "where"),
    [
        ("code = ", 1),
        ('code = "A"\ncode = "B"\n', 2),
        (GOOD + "\n[[[\n", GOOD.count("\n") + 2),
        (GOOD.replace('"T13"', '"T99"'), line(GOOD.replace('"T13"', '"T99"'), '"T99"')),
        (GOOD.replace("valid_days = 30", 'valid_days = "many"'), line(GOOD, "valid_days")),
        (GOOD.replace("valid_days = 30", "valid_days = 30\nvalidity = 3"), line(GOOD, "valid_days") + 1),
    ],
)
def test_a_file_that_is_no_form_is_refused_with_its_line(content: str, where: int) -> None:
    checked = check_form(content.encode(), "", POLICY)
    assert not checked.usable
    assert checked.form is None
    assert checked.complaints[0].line == where


def test_a_misspelt_name_inside_a_topic_is_refused() -> None:
    wrong = GOOD.replace('elements = ["T15"]', 'elemnts = ["T15"]')
    assert f"{line(wrong, 'elemnts')}: “elemnts” is not known here" in said(wrong)[-1] + said(wrong)[0]
    assert any("T15" in each and "is missing" in each for each in said(wrong))


def test_bytes_a_folder_and_a_huge_file(tmp_path: Path) -> None:
    (tmp_path / "AA-001-1.0.toml").write_bytes(b"title = 1\n\xff\xfe")
    (tmp_path / "AA-002-1.0.toml").mkdir()
    (tmp_path / "AA-003-1.0.toml").write_bytes(b"#" * 500_000)
    found = check_folder(tmp_path, POLICY)
    assert [one.complaints[0].message for one in found] == [
        "This is not UTF-8 text.",
        "This is not a file.",
        "The file has more than 400 kB.",
    ]
    assert found[0].complaints[0].line == 2


def test_versions_rise_and_no_code_stands_twice(tmp_path: Path) -> None:
    again = tmp_path / "GI-014-6.3.toml"
    again.write_text(GOOD, encoding="utf-8")
    (found,) = check_files((again,), POLICY, before=shipped())
    assert any("Version 6.3 of GI-014 is there already" in each.message for each in found.complaints)
    lower = tmp_path / "GI-014-5.0.toml"
    lower.write_text(GOOD.replace('"6.3"', '"5.0"'), encoding="utf-8")
    (found,) = check_files((lower,), POLICY, before=shipped())
    assert any("There is a higher version already" in each.message for each in found.complaints)
    early = tmp_path / "GI-014-6.10.toml"
    early.write_text(GOOD.replace('"6.3"', '"6.10"').replace("2026-11-15", "2026-08-01"), encoding="utf-8")
    (found,) = check_files((early,), POLICY, before=shipped())
    assert any("begins before" in each.message for each in found.complaints)
    good = tmp_path / "GI-014-6.11.toml"
    good.write_text(GOOD.replace('"6.3"', '"6.11"').replace("2026-11-15", "2026-12-01"), encoding="utf-8")
    (found,) = check_files((good,), POLICY, before=shipped())
    assert found.usable
    wrong = tmp_path / "GI-014-7.0.toml"
    wrong.write_text(GOOD.replace('"6.3"', '"6.12"'), encoding="utf-8")
    (found,) = check_files((wrong,), POLICY, before=shipped())
    assert any("is to be called GI-014-6.12.toml" in each.message for each in found.complaints)


def spanish(**other: object) -> str:
    """A translation of the release, as far as its codes go."""
    form = template("RI-001")
    words = "Puede decir que no. Su cuidado es igual."
    said = {
        "code": form.code, "version": form.version, "language": "es", "title": "Permiso", "procedure": "Permiso",
        "agree_question": "¿Lo permite?", "sign_words": words, "plain_words": words, "review_note": "Sin revisar.",
    }  # fmt: skip
    lines = [f'{name} = "{text}"' for name, text in {**said, **other}.items() if isinstance(text, str)]
    lines += [f"{name} = {str(flag).lower()}" for name, flag in other.items() if isinstance(flag, bool)]
    lines += [f'[topics.{one.code}]\nheading = "Cómo"\nwords = "{words}"' for one in form.topics]
    lines += ['[choices]\nagree = "Sí, lo permito."']
    for one in form.statements:
        named = " {phone}" if "{phone}" in one.words else ""
        lines.append(f'[statements.{one.code}]\nheading = "Su derecho"\nwords = "{words}{named}"')
    return "\n".join(lines)


def translated(tmp_path: Path, content: str) -> list[str]:
    path = tmp_path / "RI-001-2.0.es.toml"
    path.write_text(content, encoding="utf-8")
    (found,) = check_files((path,), POLICY, before=shipped())
    return [each.message for each in found.complaints if each.severity is Severity.REFUSE]


def test_a_translation_covers_every_text_or_is_refused(tmp_path: Path) -> None:
    assert translated(tmp_path, spanish()) == []
    assert translated(tmp_path, spanish().replace("[statements.after]", "[statements.more]")) == [
        "statements.after is not translated.",
        "The form has no statements.more.",
    ]
    assert "{phone} stands in the form and not in the translation." in translated(
        tmp_path, spanish().replace(" {phone}", "")
    )
    assert "This text is not translated." in translated(tmp_path, spanish(title=" "))
    assert any("Say who reviewed it" in each for each in translated(tmp_path, spanish(reviewed=True)))
    hard = "Notificaciones administrativas extraordinariamente complejas imposibilitan interpretaciones satisfactorias."
    assert any("Fernandez-Huerta" in each for each in translated(tmp_path, spanish(plain_words=hard)))
    assert any("There is no form" in each for each in translated(tmp_path, spanish(version="9.9")))


def test_the_command_says_file_line_and_exit_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["templates", "check"]) == 0
    assert capsys.readouterr().out.splitlines()[-1].endswith("0 may not be used")
    path = tmp_path / "GI-014-6.4.toml"
    bad = GOOD.replace('"6.3"', '"6.4"').replace("You get a copy of this paper.", "I waive my rights.")
    path.write_text(bad, encoding="utf-8")
    assert main(["templates", "check", str(path)]) == 1
    told = capsys.readouterr().out
    assert f"GI-014-6.4.toml:{line(bad, 'I waive')}: error: “waive”" in told
    assert main(["templates", "check", str(tmp_path / "nowhere")]) == 2
    assert main(["templates", "check", str(tmp_path)]) == 1


def test_the_command_loads_no_window_and_no_paper() -> None:
    code = (
        "import sys; from liaison_desktop.__main__ import main; main(['templates', 'check']);"
        "assert not {'PySide6', 'reportlab', 'cryptography'} & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-600:]


def test_the_words_of_studies_are_held_to_the_same(tmp_path: Path) -> None:
    shipped_words = resource("research_words")
    assert [one.name for one in check_words(shipped_words, POLICY) if not one.usable] == []
    text = next(iter(sorted(shipped_words.glob("*.toml")))).read_text(encoding="utf-8")
    bad = text.replace("You choose.", "You hereby waive your rights.", 1).replace('"R08"', '"R21"')
    (tmp_path / "RW-101.toml").write_text(bad, encoding="utf-8")
    (found,) = check_words(tmp_path, POLICY)
    told = [(each.line, each.message) for each in found.complaints if each.severity is Severity.REFUSE]
    assert any("“waive”" in message and number == line(bad, "waive") for number, message in told)
    assert any("R08" in message and "is missing" in message for _number, message in told)


def test_marks_carry_the_sentence_before_them() -> None:
    text = "It heals. [T13] It works in 9 in 10. [T14] Most go home. [T14] The rest stay. [T14 T12]"
    assert unmarked(text) == "It heals. It works in 9 in 10. Most go home. The rest stay."
    assert [(each.element, each.sentence) for each in carried_in(text, "x")] == [
        ("T13", "It heals."),
        ("T14", "It works in 9 in 10. Most go home. The rest stay."),
        ("T12", "The rest stay."),
    ]


def test_reading_of_words() -> None:
    found = reading_of("A cat sat. The administration of medication continues.")
    assert found.longest == "The administration of medication continues."
    assert found.hard[:2] == ("administration", "medication")
    assert hard_words("I go out.") == ()
    assert [spanish_syllables(word) for word in ("casa", "día", "cuidado", "que", "aire", "corazón", "leer")] == [
        2, 2, 3, 1, 2, 3, 2,
    ]  # fmt: skip
    easy, hard = "Usted puede decir que no.", "Administraciones institucionales extraordinariamente complejas."
    assert spanish_ease(easy) > 70 > 60 > spanish_ease(hard)
