"""A nurse fills in the pre-admission checklist at the bedside by keystrokes alone, and the lid is closed in between."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from liaison_desktop.clinical.checklists.actions import (
    Planned,
    complete_checklist,
    open_checklist,
    save_answer,
    start_checklist,
)
from liaison_desktop.clinical.checklists.page import ChecklistsPage
from liaison_desktop.clinical.checklists.queries import recent_checklists
from liaison_desktop.clinical.checklists.record import Checklist, ChecklistStatus
from liaison_desktop.clinical.patients.record import AllergyAssertion
from liaison_desktop.clinical.workspace import WORKSPACE
from liaison_desktop.questionnaires.view.editors import Shown
from liaison_desktop.questionnaires.view.filler import FormFiller
from liaison_desktop.questionnaires.view.question import Question
from liaison_desktop.shell.frame import WorkFrame
from liaison_desktop.store import Store
from liaison_desktop.ui.desk import Desk
from tests.clinical.checklists.filling import a_patient, fill
from tests.fakes import Clock
from tests.flows.keyboard import CTRL, KEY, frames, here, named, press, tab_to, types

Frames = Callable[[], WorkFrame]


@pytest.fixture
def windows(qtbot: QtBot, clinical_desk: Desk) -> Iterator[Frames]:
    """Opens the window on the page of checklists, and again as after a crash."""
    with frames(qtbot, clinical_desk, WORKSPACE) as opens:

        def at_the_list() -> WorkFrame:
            frame = opens()
            press(KEY.Key_K, CTRL)
            types("checklists")
            press(KEY.Key_Return)
            qtbot.waitUntil(lambda: isinstance(frame.page, ChecklistsPage) and not frame.search.bar.isVisible())
            return frame

        yield at_the_list


def page_of(frame: WorkFrame) -> ChecklistsPage:
    assert isinstance(frame.page, ChecklistsPage)
    return frame.page


def filler_of(frame: WorkFrame) -> FormFiller:
    form = page_of(frame).form
    assert form is not None
    return form.filler


def started(windows: Frames, store: Store) -> FormFiller:
    """A patient, the window, and a checklist begun for them."""
    store.save(a_patient())
    return begun(windows())


def begun(frame: WorkFrame) -> FormFiller:
    """Ctrl+N, a name, the plan, all typed: then the first question has the keyboard."""
    press(KEY.Key_N, CTRL)
    types("Alvarez")
    press(KEY.Key_Return)
    press(KEY.Key_Tab)
    types("Elective procedure")
    press(KEY.Key_Return)
    # Outpatient, a procedure is planned, not today, no contrast.
    for digit in "2122":
        press(KEY.Key_Tab)
        types(digit)
    press(KEY.Key_Tab)
    press(KEY.Key_Tab)
    press(KEY.Key_Return)
    assert page_of(frame).form is None, "one answer is still missing"
    assert named().startswith("Magnetic resonance")
    types("2")
    press(KEY.Key_Tab)
    press(KEY.Key_Return)
    return filler_of(frame)


def resumed(windows: Frames) -> FormFiller:
    """The window again, and Enter on the first checklist of the list."""
    frame = windows()
    press(KEY.Key_Return)
    return filler_of(frame)


def prepared(store: Store, *but: str) -> Checklist:
    """A checklist that was answered on another day, but for those questions."""
    checklist = start_checklist(store, store.save(a_patient()).id, Planned())
    opened = open_checklist(store, checklist.id)
    fill(opened.sheet, store.clock(), but=but)
    save_answer(store, checklist, opened.sheet, trail=opened.trail)
    return checklist


def go(code: str) -> None:
    """Ctrl+F, the code of a question, Enter."""
    press(KEY.Key_F, CTRL)
    types(code)
    press(KEY.Key_Return)


def question(filler: FormFiller, link_id: str) -> Question:
    assert filler.view is not None
    return next(one for one in filler.view.questions() if one.node.item.link_id == link_id and one.node.enabled)


def at(filler: FormFiller) -> str:
    return filler.focus_key().rpartition("/")[2]


def drafts(store: Store) -> bytes:
    return b"".join(store.drafts.get(key) or b"" for key in store.drafts.keys("checklist/"))


def test_the_patient_is_identified_before_anything_else(windows: Frames, clinical_store: Store) -> None:
    filler = started(windows, clinical_store)
    assert (filler.section, at(filler)) == ("A", "A1")
    press(KEY.Key_PageDown, CTRL)
    assert filler.section == "A"
    assert filler.filling.faults == {"A/A1": "Needed before anything else"}
    types("1")
    press(KEY.Key_PageDown, CTRL)
    assert filler.section == "B"


def test_keyboard_alone_answers_opens_and_moves(windows: Frames, clinical_store: Store) -> None:
    filler = started(windows, clinical_store)
    types("1")
    press(KEY.Key_Period, CTRL)
    assert at(filler) == "A3"
    go("E1")
    assert at(filler) == "E1"
    types("3")
    assert filler.sheet.codes("E1") == ("has",)
    press(KEY.Key_Tab)
    assert at(filler) == "E2.substance"
    types("Penicillin")
    go("E3")
    types("u")
    assert filler.sheet.codes("E3") == ("unable",)
    types("n")
    assert filler.sheet.codes("E3") == ("no",)
    press(KEY.Key_PageDown, CTRL)
    assert (filler.section, at(filler)) == ("F", "F1")


def test_a_crash_loses_nothing_and_it_opens_on_the_same_field(
    windows: Frames, qtbot: QtBot, clinical_store: Store
) -> None:
    filler = started(windows, clinical_store)
    types("1")
    go("E1")
    types("3")
    press(KEY.Key_Tab)
    types("Peni")
    key = filler.focus_key()
    assert b"Peni" not in drafts(clinical_store), "it is kept after a pause, not at each letter"
    qtbot.waitUntil(lambda: b"Peni" in drafts(clinical_store), timeout=2000)
    back = resumed(windows)
    assert (back.section, back.focus_key()) == ("E", key)
    assert question(back, "E2.substance").node.value == "Peni"
    assert question(back, "E2.substance").isAncestorOf(here())


def test_fahrenheit_is_converted_and_both_are_shown(windows: Frames, clinical_store: Store) -> None:
    filler = started(windows, clinical_store)
    types("1")
    go("H4")
    asked = question(filler, "H4.temp")
    types("98.6")
    press(KEY.Key_Tab)
    types("2")
    assert str(asked.node.value["value"]) == "37.0"
    assert asked.editor.echo() == "98.6 °F is 37.0 °C"
    press(KEY.Key_Backtab)
    press(KEY.Key_A, CTRL)
    types("130")
    assert "cannot be" in (asked._fault.text() + asked._long_fault.plain())


def test_blanks_are_refused_listed_and_answered_or_excused(windows: Frames, clinical_store: Store) -> None:
    prepared(clinical_store, "D7", "E3")
    filler = resumed(windows)
    press(KEY.Key_Return, CTRL)
    assert set(filler.filling.faults) == {"D/D7", "E/E3"}
    assert (filler.section, at(filler)) == ("D", "D7")
    assert recent_checklists(clinical_store)[0][0].status is ChecklistStatus.IN_PROGRESS
    press(KEY.Key_U, CTRL)
    # Why: the fourth of the reasons, that the patient declined.
    press(KEY.Key_Right, times=3)
    press(KEY.Key_Space)
    press(KEY.Key_Period, CTRL)
    assert at(filler) == "E3"
    types("u")
    press(KEY.Key_Tab)
    press(KEY.Key_Right)
    press(KEY.Key_Space)
    press(KEY.Key_Return, CTRL)
    done = recent_checklists(clinical_store)[0][0]
    assert done.status is ChecklistStatus.COMPLETED
    assert clinical_store.drafts.keys("checklist/") == ()
    assert (b"refused" in done.content.encode(), b"sedated" in done.content.encode()) == (True, True)


def test_a_finished_checklist_is_read_and_amended_but_not_edited(windows: Frames, clinical_store: Store) -> None:
    prepared(clinical_store)
    filler = resumed(windows)
    press(KEY.Key_Return, CTRL)
    [(first, _)] = recent_checklists(clinical_store)
    assert first.status is ChecklistStatus.COMPLETED
    locked = filler_of(frame_of(here()))
    assert locked is not filler
    assert not any(one.editor.isEnabled() for one in locked.view.questions())  # type: ignore[union-attr]
    tab_to("Amend")
    press(KEY.Key_Space)
    assert len(recent_checklists(clinical_store)) == 1, "no reason, no amendment"
    types("Wrong weight")
    tab_to("Amend")
    press(KEY.Key_Space)
    amended = filler_of(frame_of(here()))
    go("P2")
    press(KEY.Key_End, CTRL)
    types(" Corrected.")
    assert str(question(amended, "P2").node.value).endswith(" Corrected.")
    press(KEY.Key_Return, CTRL)
    statuses = {one.status for one, _ in recent_checklists(clinical_store)}
    assert statuses == {ChecklistStatus.AMENDED, ChecklistStatus.COMPLETED}
    assert clinical_store.get(Checklist, first.id).content == first.content


def frame_of(widget: object) -> WorkFrame:
    from PySide6.QtWidgets import QWidget

    assert isinstance(widget, QWidget)
    window = widget.window()
    assert isinstance(window, WorkFrame)
    return window


def test_markup_in_an_answer_is_shown_as_text(windows: Frames, clinical_store: Store) -> None:
    filler = started(windows, clinical_store)
    types("1")
    go("P2")
    types("<img src=x>")
    assert question(filler, "P2").node.value == "<img src=x>"


def test_prefilled_answers_wait_for_their_confirmation(windows: Frames, clinical_store: Store) -> None:
    patient = msgspec.structs.replace(a_patient(), allergy_assertion=AllergyAssertion.NKA)
    start_checklist(clinical_store, clinical_store.save(patient).id, Planned())
    filler = resumed(windows)
    types("1")
    go("E1")
    assert (question(filler, "E1").node.answers, filler.sheet.codes("E1")) == ([], ())
    tab_to("Confirm None known", back=True)
    press(KEY.Key_Space)
    assert filler.sheet.codes("E1") == ("NKA",)


def test_an_lpn_passes_by_what_only_an_rn_answers_and_an_rn_answers_it(
    windows: Frames, qtbot: QtBot, clinical_store: Store
) -> None:
    def works_here(name: str, role: str) -> None:
        clinical_store.actor = msgspec.structs.replace(clinical_store.actor, name=name, role=role)

    works_here("Lee Park", "licensed practical nurse")
    checklist = start_checklist(clinical_store, clinical_store.save(a_patient()).id, Planned(), form="capacity")
    opened = open_checklist(clinical_store, checklist.id)
    fill(opened.sheet, clinical_store.clock(), but=("K8",))
    save_answer(clinical_store, checklist, opened.sheet, trail=opened.trail)
    filler = resumed(windows)
    press(KEY.Key_PageDown, CTRL, times=2)
    asked = question(filler, "K8")
    assert filler.section == "C"
    assert isinstance(asked.editor, Shown)
    assert named() == "Finalise", "where nothing can be answered the keyboard is on the way on"
    for _ in range(20):
        assert not asked.isAncestorOf(here()), "Tab passes by"
        types("1")
        press(KEY.Key_Tab)
    assert asked.node.answers == []
    press(KEY.Key_Period, CTRL)
    assert filler.middle.so_far.text() == "Nothing required is left"
    press(KEY.Key_Return, CTRL)
    assert clinical_store.get(Checklist, checklist.id).review_needed
    works_here("Renee Okafor", "registered nurse")
    again = resumed(windows)
    go("K8")
    assert question(again, "K8").isAncestorOf(here())
    types("No concern")
    press(KEY.Key_Return)
    assert again.sheet.codes("K8") == ("no-concern",)
    tab_to("Sign the review")
    press(KEY.Key_Space)
    assert clinical_store.get(Checklist, checklist.id).reviewed_by == "Renee Okafor"


def test_a_weight_that_changed_is_explained_and_finished(windows: Frames, clinical_store: Store, clock: Clock) -> None:
    first = prepared(clinical_store)
    opened = open_checklist(clinical_store, first.id)
    kg = {"value": Decimal(80), "unit": "kg", "code": "kg", "system": "http://unitsofmeasure.org"}
    opened.sheet.answer(opened.sheet.nodes("H7.weight")[0], ("valueQuantity", kg))
    complete_checklist(clinical_store, first, opened.sheet, trail=opened.trail)
    clock.tick(9 * 24 * 3600)
    assert first.patient is not None
    second = start_checklist(clinical_store, first.patient, Planned())
    begun = open_checklist(clinical_store, second.id)
    fill(begun.sheet, clinical_store.clock())
    save_answer(clinical_store, second, begun.sheet, trail=begun.trail)
    filler = resumed(windows)
    go("H7")
    types("66")
    press(KEY.Key_Return, CTRL)
    assert clinical_store.get(Checklist, second.id).status is ChecklistStatus.IN_PROGRESS
    assert list(filler.filling.faults) == ["H/H7/H7.weight"]
    tab_to("Weight: why it may stand")
    types("Fluid drawn off")
    press(KEY.Key_Return, CTRL)
    assert clinical_store.get(Checklist, second.id).status is ChecklistStatus.COMPLETED
