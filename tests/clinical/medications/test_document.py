"""The papers: the patient's list in three sizes and the prescriber's, read back as whoever gets them would."""

from __future__ import annotations

import pytest

from liaison_desktop.clinical.medications.actions.listing import ListedMedicine, Part
from liaison_desktop.clinical.medications.document import (
    ListContent,
    Size,
    patient_list_document,
    prescriber_document,
)
from liaison_desktop.clinical.medications.record import Action, Discrepancy
from liaison_desktop.documents.made import Document
from liaison_desktop.documents.reading import read
from liaison_desktop.errors import Unprintable
from tests.clinical.medications.examples import a_medicine, a_row, ordered, pair
from tests.fakes import TODAY


def listed(name: str, part: Part, **values: str) -> ListedMedicine:
    """One medicine of the list."""
    held = {"dose": "5 mg", "how": "by mouth", "often": "2 times a day", "purpose": "heart", "change": ""} | values
    return ListedMedicine(name=name, part=part, alert=name == "apixaban", **held)


def content(*medicines: ListedMedicine, **values: str) -> ListContent:
    """A list for a patient with an accent in the name."""
    held = {"name": "Łucja Álvarez", "allergies": "Penicillin (hives, 2014)", "language_note": ""} | values
    return ListContent(
        born="14 March 1961",
        record_number="0049-3382",
        alarming=True,
        facility="Riverbend Hospital (practice)",
        where="(555) 010-0100",
        number="medicine-list-E-2026-A0001",
        medicines=medicines,
        made=TODAY,
        made_words="As of 19 Nov 2026",
        author="Riverbend Hospital (practice)",
        **held,
    )


def words_of(made: Document) -> str:
    """All that can be read in it, in one line."""
    return " ".join(" ".join(f"{page.body} {page.foot}" for page in read(made.content, 40)).split())


MANY = tuple(listed(f"medicine {number}", part) for number, part in enumerate(list(Part) * 4))


@pytest.mark.parametrize("size", Size)
def test_the_list_says_what_how_how_often_and_what_for(size: Size) -> None:
    changed = listed("apixaban", Part.CHANGED, change="Before: apixaban, 2.5 mg, by mouth. Your weight changed.")
    stopped = listed("amlodipine", Part.STOP, change="Your pressure is low.")
    said = words_of(patient_list_document(content(changed, stopped), size))
    for words in (
        "Łucja Álvarez",
        "ALLERGIES Penicillin (hives, 2014)",
        "Changed: take it the new way",
        "! apixaban 5 mg",
        "By mouth, 2 times a day",
        "Before: apixaban, 2.5 mg",
        "heart",
        "Stop: do not take any more",
        "Your pressure is low.",
        "! Take special care",
        "Carry this list with you.",
    ):
        assert words in said
    for short in ("BID", "PO ", "PRN", "q6h"):
        assert short not in said


@pytest.mark.parametrize("size", Size)
@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_a_long_list_goes_on_overleaf(size: Size, paper: str) -> None:
    made = patient_list_document(content(*MANY), size, paper)  # type: ignore[arg-type]
    said = words_of(made)
    assert all(each.name in said for each in MANY)
    assert f"Page {made.pages} of {made.pages}" in said


def test_without_a_high_alert_medicine_nothing_is_said_of_care() -> None:
    said = words_of(patient_list_document(content(listed("senna/docusate", Part.SAME)), Size.LARGE))
    assert "special care" not in said
    assert "senna / docusate" in said


def test_no_medicine_and_another_language_are_said() -> None:
    said = words_of(
        patient_list_document(content(language_note="You read Spanish: ask for an interpreter."), Size.LARGE)
    )
    assert "You take no medicines." in said
    assert "You read Spanish" in said


def test_what_cannot_be_printed_is_not_handed_out() -> None:
    with pytest.raises(Unprintable):
        patient_list_document(content(listed("薬", Part.SAME)), Size.LARGE)


def test_the_same_list_is_the_same_bytes() -> None:
    one, other = (patient_list_document(content(*MANY), Size.LARGE).content for _ in range(2))
    assert one == other


def test_no_name_is_in_what_file_listings_show() -> None:
    made = patient_list_document(content(*MANY), Size.LARGE)
    assert "lvarez" not in made.file_name
    assert b"lvarez" not in made.content.split(b"endobj")[-1]


def test_the_prescribers_list_has_both_lines_and_room_for_the_answer() -> None:
    home, order = a_medicine("warfarin", "5 mg", purpose="valve"), ordered("warfarin", "2.5 mg")
    row = a_row(home, order, action=Action.CLARIFY, action_reason="Which dose", discrepancy=Discrepancy.DOSE)
    made = prescriber_document(
        [pair(home, order, row)],
        whose="Ada Marlow, born 1 Feb 1950",
        allergies="No known allergies",
        where="Riverbend Hospital",
        number="medicines-E-2026-A0001",
        made=TODAY,
        author="Ruth Okafor",
    )
    said = words_of(made)
    for words in ("warfarin (high alert)", "5 mg PO daily", "2.5 mg PO daily", "Taken for valve", "Which dose", "____"):
        assert words in said
    assert "A difference is closed only by a prescriber's name, time and answer." in said
