"""Medication history and reconciliation by keystrokes alone: the question, four medicines, the call, the list (W6)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from liaison_desktop.clinical.chart.page import ChartPage
from liaison_desktop.clinical.episodes.record import Episode
from liaison_desktop.clinical.medications.actions import high_alert_judgement, standing_of
from liaison_desktop.clinical.medications.form import MedicinesPane
from liaison_desktop.clinical.medications.record import Action, Discrepancy, ListLife, Medicine, Source
from liaison_desktop.clinical.workspace import WORKSPACE
from liaison_desktop.shell.frame import WorkFrame
from liaison_desktop.store import Act
from liaison_desktop.ui.desk import Desk
from tests.clinical.medications.examples import a_stay
from tests.fakes import Clock, PaperTray
from tests.flows.keyboard import ALT, CTRL, KEY, SHIFT, named, opened, press, tab_to, types

HOME = (("api", "5 mg", "po", "bid"), ("met", "500 mg", "po", "bid"), ("lis", "10 mg", "po", "daily"),
        ("ator", "40 mg", "po", "hs"))  # fmt: skip
ORDERS = (("api", "2.5 mg", "po", "bid"), ("met", "500 mg", "po", "bid"), ("lis", "10 mg", "po", "daily"),
          ("ator", "40 mg", "po", "hs"))  # fmt: skip


@pytest.fixture
def stay(clinical_desk: Desk) -> Episode:
    """One patient in a stay."""
    return a_stay(clinical_desk.store)


@pytest.fixture
def frame(qtbot: QtBot, clinical_desk: Desk, stay: Episode) -> Iterator[WorkFrame]:
    """The window on Today."""
    made = opened(qtbot, clinical_desk, WORKSPACE)
    yield made
    made.put_away()


def to_medicines(frame: WorkFrame) -> MedicinesPane:
    """Find the patient by name, open the chart and its tab."""
    press(KEY.Key_K, CTRL)
    types("patients")
    press(KEY.Key_Return)
    press(KEY.Key_F, CTRL)
    types("Marlow")
    QApplication.processEvents()
    press(KEY.Key_Down)
    press(KEY.Key_Return)
    page = frame.pages["patients"]
    assert isinstance(page, ChartPage)
    assert page.chart is not None
    tab_to("Medicines")
    press(KEY.Key_Return)
    pane = page.chart.pane
    assert isinstance(pane, MedicinesPane)
    return pane


def enter(name: str, dose: str, route: str, often: str) -> None:
    """One medicine: letters, Tab, letters, Tab, Enter. No mouse, no list looked at."""
    assert named() == "Medicine"
    types(name)
    press(KEY.Key_Tab)
    types(dose)
    press(KEY.Key_Tab)
    types(route)
    press(KEY.Key_Tab)
    types(often)
    press(KEY.Key_Return)  # takes how often
    press(KEY.Key_Return)  # adds


def ask_through(purpose: str) -> None:
    """What is still to be asked of the medicine that is open: each field is typed or chosen by a letter or a digit."""
    tab_to("Taken: As prescribed")
    types("1")
    tab_to("Last taken")
    types("today")
    press(KEY.Key_Return)
    tab_to("Strength")
    types("?")
    tab_to("What it is for")
    types(purpose)
    press(KEY.Key_Return, CTRL)


def test_medicines_from_the_open_question_to_the_list(
    frame: WorkFrame, stay: Episode, qtbot: QtBot, clock: Clock, printer: PaperTray
) -> None:
    store = frame.desk.store
    to_medicines(frame)

    # 1. The open question first; until it is asked no list is shown.
    press(KEY.Key_2, ALT)
    assert named() == "To the question"
    press(KEY.Key_Space)
    assert named().startswith("Open question asked")
    types("y")
    tab_to("Who takes care of the medicines")
    types(" ")
    press(KEY.Key_Return, CTRL)

    # 2. Four medicines as the patient says, then as the sending record says.
    press(KEY.Key_2, ALT)
    for line in HOME:
        enter(*line)
    tab_to("Who says so", back=True)
    types("sending")
    press(KEY.Key_Return)
    tab_to("Medicine")
    for name, dose, route, often in HOME:
        enter(name, "2.5 mg" if name == "api" else dose, route, often)
    stands = standing_of(store, stay.id)
    assert len(stands.home) == 4
    assert all({said.source for said in each.says} == {Source.PATIENT, Source.RECORD} for each in stands.home)

    # 3. Each is asked through; Ctrl+Enter saves and opens the next one.
    tab_to("Medicines by source")
    press(KEY.Key_Home, CTRL)
    press(KEY.Key_Return)
    for purpose in ("irregular heartbeat", "diabetes", "blood pressure", "cholesterol"):
        ask_through(purpose)
    press(KEY.Key_1, ALT)
    press(KEY.Key_Return, CTRL | SHIFT)
    assert standing_of(store, stay.id).life is ListLife.COLLECTED

    # 4. The orders, in their own list.
    press(KEY.Key_2, ALT)
    tab_to("List: At home", back=True)
    press(KEY.Key_Right)
    press(KEY.Key_Space)
    tab_to("Medicine")
    for line in ORDERS:
        enter(*line)
    assert not high_alert_judgement(store, stay.id).passed

    # 5. Every row gets its own answer; the blood thinner differs.
    press(KEY.Key_3, ALT)
    press(KEY.Key_Return)
    compare_all(store.get(Medicine, standing_of(store, stay.id).home[0].id))
    stands = standing_of(store, stay.id)
    assert stands.life is ListLife.COMPARED
    assert [pair.row and pair.row.action for pair in stands.pairs] == [Action.CLARIFY, *[Action.CONTINUE] * 3]

    # 6. The prescriber is told; only the answer closes.
    press(KEY.Key_4, ALT)
    types("Wei Chen")
    press(KEY.Key_Tab)
    types("1")
    tab_to("All of these were told now")
    press(KEY.Key_Space)
    assert standing_of(store, stay.id).life is ListLife.SENT
    clock.tick(120)
    tab_to("apixaban", back=True)
    press(KEY.Key_Return)
    answer(clock)
    assert standing_of(store, stay.id).life is ListLife.ANSWERED
    assert high_alert_judgement(store, stay.id).passed
    clock.tick(60)
    sign()
    assert standing_of(store, stay.id).life is ListLife.RECONCILED

    # 7. The list, in large type, printed and given.
    press(KEY.Key_5, ALT)
    pane = frame.pages["patients"].chart.pane  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: pane.steps[4].preview.page_count > 0)
    press(KEY.Key_P, CTRL)
    assert len(printer.printed) == 1
    assert store.lines(limit=1)[0].act == Act.PRINTED
    tab_to("List given to")
    types("Ada Marlow")
    tab_to("The list was given")
    press(KEY.Key_Space)
    assert standing_of(store, stay.id).life is ListLife.GIVEN


def compare_all(first: Medicine) -> None:
    """The first row differs and is clarified; the others are continued, each by itself."""
    assert named() == "What is done"
    types("clarify")
    press(KEY.Key_Return)
    tab_to("Reason")
    types(f"Which dose of {first.name}")
    tab_to("Difference")
    types("dose")
    press(KEY.Key_Return)
    tab_to("Meant so")
    types("not known")
    press(KEY.Key_Return)
    press(KEY.Key_Return, CTRL)
    for _ in range(3):
        assert named() == "What is done"
        types("continue")
        press(KEY.Key_Return)
        tab_to("Difference")
        types("no difference")
        press(KEY.Key_Return)
        press(KEY.Key_Return, CTRL)


def answer(clock: Clock) -> None:
    """The prescriber's answer: words, name, time, and that it was read back."""
    assert named() == "Prescriber's answer"
    types("Give 5 mg")
    tab_to("Answered by")
    types("Wei Chen")
    tab_to("Read back to the prescriber")
    types("y")
    tab_to("Answered now")
    press(KEY.Key_Space)
    tab_to("What is done", back=True)
    press(KEY.Key_A, CTRL)
    types("continue")
    press(KEY.Key_Return)
    press(KEY.Key_Return, CTRL)


def sign() -> None:
    """Allergies are read against the list, then the comparison is signed."""
    press(KEY.Key_3, ALT)
    tab_to("Allergies read against the list: Yes", back=True)
    types("y")
    press(KEY.Key_Return, CTRL | SHIFT)


def test_a_difference_that_shows_is_found_without_looking(frame: WorkFrame, stay: Episode) -> None:
    """Three letters, Tab, dose: two sources, and the grid is lit where they differ."""
    pane = to_medicines(frame)
    press(KEY.Key_1, ALT)
    types("y")
    press(KEY.Key_Return, CTRL)
    press(KEY.Key_2, ALT)
    enter("warf", "5 mg", "po", "daily")
    tab_to("Medicines by source")
    for _ in range(4):
        press(KEY.Key_Right)
    press(KEY.Key_Return)
    assert named() == "Dose"
    types("2.5 mg")
    press(KEY.Key_Return)
    (made,) = standing_of(frame.desk.store, stay.id).home
    assert made.alert
    said = made.said_by(Source.RECORD)
    assert said is not None
    assert said.dose == "2.5 mg"
    assert pane.steps[1] is not None
    assert standing_of(frame.desk.store, stay.id).pairs[0].shows is Discrepancy.OMISSION
