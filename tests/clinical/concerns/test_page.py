"""The pane of concerns: each step is offered when it is its turn, faults stand beside fields, nothing typed is lost."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from liaison_desktop.clinical.concerns.actions import fill_practice_concerns, raise_concern
from liaison_desktop.clinical.concerns.page import ConcernsPage, ConcernsPane
from liaison_desktop.clinical.concerns.record import Concern, ConcernState
from liaison_desktop.clinical.patients.actions import fill_practice_patients, open_chart
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.store import Act
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.inputs import TextArea
from liaison_desktop.ui.lists import ListRow
from tests.fakes import TODAY, NoFrame


@pytest.fixture
def page(clinical_desk: Desk, qtbot: QtBot) -> ConcernsPage:
    fill_practice_patients(clinical_desk.store)
    made = ConcernsPage(clinical_desk)
    clinical_desk.store.listeners.append(made.refresh)
    qtbot.addWidget(made)
    made.resize(1190, 740)
    with qtbot.waitExposed(made):
        made.show()
    return made


def pane_of(page: ConcernsPage, **more: object) -> ConcernsPane:
    patient = page.desk.store.all(Patient)[0]
    fields = {"patient": patient.id, "words": "Who pays?", **more}
    concern = raise_concern(page.desk.store, Concern(**fields))  # type: ignore[arg-type]
    page.show_record(concern.id)
    assert page.pane is not None
    return page.pane


def press(page: ConcernsPage, words: str) -> None:
    next(one for one in page.findChildren(QAbstractButton) if one.accessibleName() == words and one.isVisible()).click()


def offered(page: ConcernsPage) -> set[str]:
    return {one.accessibleName() for one in page.findChildren(QAbstractButton) if one.isVisible()}


def state(pane: ConcernsPane) -> ConcernState:
    assert pane.detail.concern is not None
    return pane.desk.store.get(Concern, pane.detail.concern.id).state


def write(pane: ConcernsPane, name: str, words: str) -> None:
    editor = pane.detail.field[name].editor
    if isinstance(editor, TextArea):
        editor.set_text(words)
    else:
        editor.set_value(words)  # type: ignore[attr-defined]


def test_each_step_has_its_turn(page: ConcernsPage) -> None:
    pane = pane_of(page)
    assert {"Ask", "Answer it", "Escalate", "Hand over"} <= offered(page)
    assert not {"Read it back", "Keep what the patient says"} & offered(page)
    pane.detail.take_step()
    assert pane.detail.field["addressed_to"].fault() == "Say who is to answer."
    write(pane, "addressed_to", "Dr. Chen")
    pane.detail.take_step()
    assert state(pane) is ConcernState.WITH_PROVIDER
    pane.detail.take_step()
    assert pane.detail.field["answer"].fault() == "Write down the answer."
    write(pane, "answer", "The plan pays.")
    pane.detail.take_step()
    assert "Keep what the patient says" in offered(page)
    pane.detail.field["confirmed"].editor.set_value(False)  # type: ignore[attr-defined]
    pane.detail.take_step()
    assert "in the patient's words" in pane.detail.field["patient_said"].fault()
    write(pane, "patient_said", "All of it?")
    pane.detail.take_step()
    assert state(pane) is ConcernState.OPEN
    press(page, "Escalate")
    write(pane, "addressed_to", "House supervisor")
    pane.detail.take_step()
    assert state(pane) is ConcernState.ESCALATED
    press(page, "Hand over")
    write(pane, "handed_over_to", "Riverbend SNF")
    pane.detail.take_step()
    assert state(pane) is ConcernState.HANDED_OVER
    assert not {"Ask", "Answer it", "Keep the answer"} & offered(page)


def test_what_is_typed_is_there_again(page: ConcernsPage, qtbot: QtBot) -> None:
    pane = pane_of(page, addressed_to="Dr. Chen", due_at=TODAY + dt.timedelta(hours=1))
    write(pane, "answer", "The plan pays half of")
    pane.save_draft()
    again = ConcernsPane(page.desk, pane.patient)
    qtbot.addWidget(again)
    editor = again.detail.field["answer"].editor
    assert isinstance(editor, TextArea)
    assert editor.text() == "The plan pays half of"
    write(again, "answer", "")
    again.save_draft()
    assert page.desk.store.drafts.keys("concern_step/") == ()


def test_a_new_one_is_discarded_and_taken_back(page: ConcernsPage) -> None:
    pane = pane_of(page)
    pane.new()
    assert pane.form is not None
    pane.form.said.editor("words").set_text("And my dog?")
    pane.form.discard()
    assert [row.title for row in rows(pane)] == ["“Who pays?”"]
    assert isinstance(page.desk.frame, NoFrame)
    undo = page.desk.frame.toasts[-1][1]
    assert undo is not None
    undo()
    pane.new()
    assert pane.form is not None
    assert pane.form.typed().words == "And my dog?"
    assert [row.title for row in rows(pane)] == ["New concern", "“Who pays?”"]


def rows(pane: ConcernsPane) -> list[ListRow]:
    held = [pane.view.rows.content(at) for at in range(pane.view.rows.rowCount())]
    return [one for one in held if isinstance(one, ListRow)]


def test_without_a_patient_it_asks_and_offers_the_charts_opened_lately(page: ConcernsPage) -> None:
    store = page.desk.store
    second = store.all(Patient)[1]
    open_chart(store, second.id)
    page.show_record(uuid.UUID(int=0))
    assert page.subject() is None
    next(one for one in page.findChildren(QAbstractButton) if one.accessibleName().startswith("María Gua")).click()
    assert page.subject() == ("patient", second.id)
    line = store.lines(limit=1)[0]
    assert (line.act, line.subject) == (Act.VIEWED, second.id)
    press(page, "Another patient")
    assert page.subject() is None


def test_practice_has_concerns_of_its_own(clinical_desk: Desk) -> None:
    store = clinical_desk.store
    assert fill_practice_concerns(store) == ()
    fill_practice_patients(store)
    assert [one.state for one in fill_practice_concerns(store)] == [
        ConcernState.OPEN,
        ConcernState.WITH_PROVIDER,
        ConcernState.OPEN,
    ]
