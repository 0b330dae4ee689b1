"""Reading grade, known sources, and answers that stay for ever."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from liaison_desktop.errors import Refused
from liaison_desktop.questionnaires import library, names
from liaison_desktop.questionnaires.linting import lint
from liaison_desktop.questionnaires.outcome import Level
from liaison_desktop.questionnaires.reading import read_json
from liaison_desktop.questionnaires.reading_grade import grade, syllables
from tests.questionnaires.forms import form, item


@pytest.mark.parametrize(
    ("word", "count"), [("a", 1), ("pain", 1), ("water", 2), ("medicine", 3), ("allergic", 3), ("hospital", 3)]
)
def test_syllables(word: str, count: int) -> None:
    assert syllables(word) == count


def test_plain_words_read_easily_and_long_ones_do_not() -> None:
    assert grade("Do you feel safe where you live?") < 4
    assert grade("Perioperative anticoagulation necessitates individualised interdisciplinary considerations.") > 15
    assert grade("") == grade("123 — 456") == 0


def marked(url: str, words: str) -> dict[str, object]:
    return {"extension": [{"url": url, "valueString": words}]}


def test_hard_words_for_a_patient_are_an_issue() -> None:
    hard = "Has any practitioner communicated individualised perioperative anticoagulation recommendations?"
    [found] = lint(form(item("a", **marked(names.PATIENT_TEXT, hard))))
    assert "grade" in found.diagnostics
    assert lint(form(item("a", **marked(names.PATIENT_TEXT, "Where does it hurt?")))) == []


def test_a_source_that_nobody_knows_is_an_issue() -> None:
    cited = form(item("a", **marked(names.CITATION, "42 CFR 482.13(b)(2); Hearsay")))
    assert lint(cited) == []
    [found] = lint(cited, None, library.sources())
    assert "Hearsay" in found.diagnostics
    assert len(lint(cited, None, ())) == 2


def test_an_answer_cannot_vanish_even_without_a_new_version(tmp_path: Path) -> None:
    shutil.copytree(library.folder(), tmp_path / "q")
    text = (tmp_path / "q" / "roi.yaml").read_text("utf-8")
    (tmp_path / "q" / "roi.yaml").write_text(text.replace("genetic: Genetic, ", ""), "utf-8")
    with pytest.raises(Refused) as refused:
        library.compile_all(tmp_path / "q")
    assert {fault.field for fault in refused.value.faults} == {"O7"}


def test_the_manifest_says_when_a_form_is_called_for() -> None:
    held = json.loads((library.folder() / library.MANIFEST).read_bytes())["forms"]
    assert all(one["applies"] for one in held if one["name"] != "pan" or one["version"] != "2026.1")
    assert all(entry.applies for entry in library.newest_entries())


@pytest.mark.parametrize(
    ("name", "version"),
    [
        ("pan", "2026.1"),
        ("pan", "2026.2"),
        ("pas", "2026.1"),
        ("mr", "2026.1"),
        ("iv", "2026.1"),
        ("dc", "2026.1"),
        ("pc", "2026.1"),
        ("capacity", "2026.1"),
    ],
)
def test_every_released_version_is_still_here(name: str, version: str) -> None:
    assert library.pinned(library.newest(name).url, version).version == version


def test_each_version_permits_what_the_one_before_did() -> None:
    for entry in library.shipped():
        before = [one for one in library.shipped() if one.name == entry.name and one.version < entry.version]
        if before:
            new, old = (read_json((library.folder() / one.file).read_bytes()) for one in (entry, before[-1]))
            assert [one for one in lint(new, old, library.sources()) if one.severity is not Level.INFORMATION] == []
