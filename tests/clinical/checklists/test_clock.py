"""The clock of a screening and the order of its signatures, live beside the form (V24, V29)."""

from __future__ import annotations

import datetime as dt

import pytest
from pytestqt.qtbot import QtBot

from liaison_desktop.clinical.checklists.actions import Planned, start_checklist
from liaison_desktop.clinical.checklists.page import ChecklistsPage
from liaison_desktop.clinical.checklists.rules import clock_facts
from liaison_desktop.policies import load_policy
from liaison_desktop.questionnaires.library import newest
from liaison_desktop.questionnaires.response import Sheet
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.text import Label, Wrapped
from tests.clinical.checklists.filling import a_patient, fill
from tests.clinical.checklists.windows import shown_page
from tests.fakes import TODAY, Clock

POLICY = load_policy("clinical")


def screened(**hours: float) -> Sheet:
    """A screening with these moments, in hours from now, by the linkId."""
    sheet = Sheet.blank(newest("pas"))
    for link_id, after in hours.items():
        at = TODAY + dt.timedelta(hours=after)
        sheet.answer(sheet.nodes(link_id)[0], ("valueDateTime", at.isoformat(timespec="seconds")))
    return sheet


def told(sheet: Sheet, after: float = 0) -> list[tuple[str, str]]:
    return [(fact.words, fact.tone) for fact in clock_facts(sheet, TODAY + dt.timedelta(hours=after), POLICY)]


def test_it_starts_when_the_clinician_signs_and_runs_out() -> None:
    assert told(screened()) == [("48 hour clock not started", "ink2")]
    sheet = screened(S11c=-2)
    assert told(sheet) == [("Screening clock 46:00 left", "green")]
    assert told(sheet, 0.5) == [("Screening clock 45:30 left", "green")]
    assert told(sheet, 40) == [("Screening clock 6:00 left", "amber")]
    assert told(sheet, 60) == [("Screening clock has run out", "red")]


def test_it_says_that_the_admission_comes_too_late() -> None:
    assert told(screened(S11c=-2, S0h=100))[0] == ("Ends before the planned admission", "red")


@pytest.mark.parametrize(
    ("hours", "kept"),
    [
        ({"S11c": -2, "S13d": -1, "S0h": 24}, True),
        ({"S11c": -2, "S13d": -3, "S0h": 24}, False),
        ({"S11c": -2, "S13d": 30, "S0h": 24}, False),
    ],
)
def test_the_order_of_signatures_is_told(hours: dict[str, float], kept: bool) -> None:
    words = "Signed in the right order" if kept else "Not signed in the right order"
    assert (words, "green" if kept else "red") in told(screened(**hours))


def test_another_form_has_no_clock() -> None:
    assert clock_facts(Sheet.blank(newest("pan")), TODAY, POLICY) == []


def test_the_side_bar_names_the_missing_sentence_and_follows_the_clock(
    qtbot: QtBot, clinical_desk: Desk, clock: Clock
) -> None:
    store = clinical_desk.store
    checklist = start_checklist(store, store.save(a_patient()).id, Planned(service="IRF"), form="pas")
    page = shown_page(qtbot, clinical_desk, checklist.id)
    assert page.form is not None
    filler = page.form.filler
    # What is put into a window that is shown appears with its next turn.
    qtbot.waitUntil(lambda: sum("Missing sentence" in text for text in texts(page)) >= 7)
    fill(filler.sheet, clock(), but=("S11a",))
    filler._count_again()
    filler._show_review()
    only = ["Missing sentence: “Admission is reasonable and necessary because …”."]
    qtbot.waitUntil(lambda: [text for text in texts(page) if "Missing" in text] == only)
    qtbot.waitUntil(lambda: "Screening clock 46:00 left" in texts(page))
    clock.tick(3600)
    filler._minute.timeout.emit()  # what the timer does twice a minute
    qtbot.waitUntil(lambda: "Screening clock 45:00 left" in texts(page))


def texts(page: ChecklistsPage) -> list[str]:
    assert page.form is not None
    review = page.form.filler.review
    found = [one.text() for one in review.findChildren(Label) if one.isVisibleTo(review)]
    return found + [one.plain() for one in review.findChildren(Wrapped) if one.isVisibleTo(review)]
