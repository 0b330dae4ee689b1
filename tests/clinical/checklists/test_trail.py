"""The answer journal: a line for each answer with who, when and what stood there before; and carrying to a new version."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from liaison_desktop.clinical.checklists.actions import (
    Opened,
    Planned,
    carry_checklist,
    complete_checklist,
    keep_checklist,
    newer_form,
    open_checklist,
    review_checklist,
    save_answer,
    start_checklist,
)
from liaison_desktop.clinical.checklists.document import checklist_document
from liaison_desktop.clinical.checklists.form.newer import NewerVersion
from liaison_desktop.clinical.checklists.form.replay import Replay, joined
from liaison_desktop.clinical.checklists.queries import steps_of
from liaison_desktop.clinical.checklists.record import Checklist, ChecklistSteps, Step
from liaison_desktop.clinical.checklists.rules.steps import NOT_ASKED
from liaison_desktop.documents.reading import letters, read
from liaison_desktop.errors import Refused
from liaison_desktop.policies import policy_of
from liaison_desktop.questionnaires.carried import carried_from, carry, changes
from liaison_desktop.questionnaires.library import pinned, shipped
from liaison_desktop.questionnaires.parsing import parse
from liaison_desktop.questionnaires.response import Sheet
from liaison_desktop.questionnaires.writing import canonical
from liaison_desktop.store import Store
from liaison_desktop.ui.desk import Desk
from tests.clinical.checklists.filling import a_patient, fill
from tests.clinical.checklists.windows import shown_page
from tests.fakes import Clock


def begun(store: Store, form: str = "roi") -> Opened:
    patient = store.save(a_patient())
    return open_checklist(store, start_checklist(store, patient.id, Planned(), form=form).id)


def works_here(store: Store, name: str, role: str) -> None:
    store.actor = msgspec.structs.replace(store.actor, name=name, role=role)


def lines(steps: tuple[Step, ...]) -> list[tuple[str, str, str]]:
    return [(step.question.partition(" ")[0], step.before, step.after) for step in steps]


def test_each_answer_is_a_line_with_who_when_and_what_before(clinical_store: Store, clock: Clock) -> None:
    opened = begun(clinical_store, "pan")
    sheet, trail = opened.sheet, opened.trail

    def save() -> None:
        save_answer(clinical_store, opened.checklist, sheet, trail=trail)
        clock.tick(2)

    sheet.choose(sheet.nodes("A1")[0], "name-dob")
    save()
    sheet.choose(sheet.nodes("A6")[0], "bedside")
    save()
    works_here(clinical_store, "Lee Park", "licensed practical nurse")
    sheet.choose(sheet.nodes("A6")[0], "phone")
    save()
    sheet.cannot_assess(sheet.nodes("A6")[0], "sedated")
    save()
    sheet.clear(sheet.nodes("A6")[0])
    save()
    save()  # nothing changed: no line
    assert steps_of(clinical_store, opened.checklist.id) == ()
    # A crash here: all of it is in the draft that was written with each answer.
    again = open_checklist(clinical_store, opened.checklist.id)
    assert again.trail.pending == trail.pending
    kept = keep_checklist(clinical_store, again.checklist, again.sheet, again.trail)
    steps = steps_of(clinical_store, kept.id)
    assert lines(steps) == [
        ("A1", "", "Name and birth date"),
        ("A6", "", "Bedside"),
        ("A6", "Bedside", "Phone"),
        ("A6", "Phone", "Unable to assess: Sedated"),
        ("A6", "Unable to assess: Sedated", ""),
    ]
    assert [step.number for step in steps] == [1, 2, 3, 4, 5]
    assert [step.by for step in steps][2:] == ["Lee Park"] * 3
    assert [step.pause_ms for step in steps] == [0, 2000, 2000, 2000, 2000]
    # The draft from before the version still holds those lines; they are not told twice.
    assert open_checklist(clinical_store, kept.id).trail.pending == []


def test_a_repeat_that_is_taken_away_and_what_is_dropped_at_the_end_are_lines_too(clinical_store: Store) -> None:
    opened = begun(clinical_store, "pan")
    sheet = opened.sheet
    fill(sheet, clinical_store.clock())
    sheet.choose(sheet.nodes("E1")[0], "has")
    substance = next(node for node in sheet.walk() if node.item.link_id == "E2.substance")
    sheet.answer(substance, ("valueString", "Penicillin"))
    save_answer(clinical_store, opened.checklist, sheet, trail=opened.trail)
    sheet.choose(sheet.nodes("E1")[0], "NKA")
    done = complete_checklist(clinical_store, opened.checklist, sheet, trail=opened.trail)
    told = [step for step in steps_of(clinical_store, done.id) if "Substance" in step.question]
    assert [(step.before, step.after, step.note) for step in told] == [
        ("", "Penicillin", ""),
        ("Penicillin", "", NOT_ASKED),
    ]
    assert "Penicillin" not in done.content


def test_the_lines_cannot_be_changed_or_taken_away(clinical_store: Store) -> None:
    opened = begun(clinical_store)
    fill(opened.sheet, clinical_store.clock())
    keep_checklist(clinical_store, opened.checklist, opened.sheet, opened.trail)
    [held] = clinical_store.all(ChecklistSteps)
    with pytest.raises(Refused):
        clinical_store.save(msgspec.structs.replace(held, steps=()))
    with pytest.raises(Refused):
        clinical_store.remove(held, reason="Tidy")


def test_what_the_reviewer_adds_is_under_the_reviewers_name(clinical_store: Store) -> None:
    works_here(clinical_store, "Lee Park", "licensed practical nurse")
    opened = begun(clinical_store, "capacity")
    fill(opened.sheet, clinical_store.clock(), but=("K8",))
    done = complete_checklist(clinical_store, opened.checklist, opened.sheet, trail=opened.trail)
    works_here(clinical_store, "Renee Okafor", "registered nurse")
    sheet = open_checklist(clinical_store, done.id).sheet
    sheet.choose(sheet.nodes("K8")[0], "no-concern")
    review_checklist(clinical_store, done, sheet)
    last = [step for step in steps_of(clinical_store, done.id) if step.by == "Renee Okafor"]
    assert ("K8", "", "No concern") in lines(tuple(last))
    assert {step.note for step in last} == {"RN review"}


def test_typing_pauses_are_one_line_until_each_is_asked_for(qtbot: QtBot, clinical_desk: Desk) -> None:
    store = clinical_desk.store
    patient = store.save(a_patient())
    checklist = start_checklist(store, patient.id, Planned(), form="pan")
    page = shown_page(qtbot, clinical_desk)
    page.show_record(checklist.id)
    assert page.form is not None
    filler = page.form.filler
    QTest.keyClicks(page.focusWidget(), "1")
    filler.show_section("N")
    filler.go_to("N5")
    for words in ("Going", " home"):
        QTest.keyClicks(page.focusWidget(), words)
        page.save_draft()
    QTest.keyClick(page.focusWidget(), Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    side = page.form.room.side
    assert isinstance(side, Replay)
    model = side.view.model()
    texts = [model.index(row, 0).data() for row in range(model.rowCount())]
    said = [text.split(": ", 1)[1].split(", ")[0] for text in texts if ": " in text]
    assert said == ["Name and birth date", "Going home"]
    side.each.click()
    assert side.view.model().rowCount() == len(texts) + 1
    # Enter on a line goes to its question, and the keyboard is there.
    side.view.setFocus()
    QTest.keyClick(side.view, Qt.Key.Key_End)
    QTest.keyClick(side.view, Qt.Key.Key_Return)
    assert page.form.room.side is None
    assert filler.focus_key().endswith("N5")


def test_only_going_on_typing_is_joined() -> None:
    one = Step(number=1, key="A", by="Ana", after="x")
    two = Step(number=2, key="A", by="Bo", before="x", after="xy")
    three = Step(number=3, key="A", by="Bo", before="xy", after="xyz")
    four = Step(number=4, key="A", by="Bo", before="xyz", after="no")
    assert [(step.by, step.before, step.after) for step in joined((one, two, three, four))] == [
        ("Ana", "", "x"),
        ("Bo", "x", "xyz"),
        ("Bo", "xyz", "no"),
    ]


# ---- newer versions


def an_older(store: Store, name: str = "pan") -> Checklist:
    """A checklist that was begun under the version before the newest."""
    entry = [one for one in shipped() if one.name == name][0]
    old = pinned(entry.url, entry.version, entry.hash)
    patient = store.save(a_patient())
    fresh = start_checklist(store, patient.id, Planned(), form=name)
    sheet = Sheet.blank(old)
    for node in open_checklist(store, fresh.id).sheet.walk():
        if node.item.link_id.startswith("ctx.") and node.answers:
            same = sheet.first(node.item.link_id)
            if same is not None:
                sheet.answer(same, *((one.key, one.value) for one in node.answers))
    return store.save(
        msgspec.structs.replace(
            fresh, form_version=old.version, form_hash=old.hash, content=canonical(sheet.write()).decode()
        )
    )


def test_a_draft_is_carried_after_its_changes_were_seen(qtbot: QtBot, clinical_desk: Desk) -> None:
    store = clinical_desk.store
    checklist = an_older(store)
    page = shown_page(qtbot, clinical_desk)
    page.show_record(checklist.id)
    assert page.form is not None
    QTest.keyClicks(page.focusWidget(), "1")
    page.form.papers.show_newer()
    side = page.form.room.side
    assert isinstance(side, NewerVersion)
    assert side.view.model().rowCount() > 0
    assert store.get(Checklist, checklist.id).form_version == checklist.form_version, (
        "nothing is done before it is seen"
    )
    side.carry.setFocus()
    QTest.keyClick(side.carry, Qt.Key.Key_Space)
    moved = store.get(Checklist, checklist.id)
    assert (moved.form_version, newer_form(moved)) == (
        [one for one in shipped() if one.name == "pan"][-1].version,
        None,
    )
    assert page.form is not None
    assert page.form.checklist.id == checklist.id
    assert page.form.filler.sheet.codes("A1") == ("name-dob",)
    first = store.versions(checklist.id)[-1]
    assert pinned(checklist.form_url, checklist.form_version, checklist.form_hash).version == checklist.form_version
    assert store.version(Checklist, first.version).form_version == [o for o in shipped() if o.name == "pan"][-1].version


def two_versions() -> tuple[dict[str, Any], dict[str, Any]]:
    def question(link_id: str, text: str, **more: object) -> dict[str, Any]:
        return {"linkId": link_id, "text": text, "type": "string", **more}

    def coded(*codes: str) -> list[dict[str, Any]]:
        return [{"valueCoding": {"code": code, "display": code.title()}} for code in codes]

    old = {
        "resourceType": "Questionnaire", "url": "http://example.org/q", "version": "1", "status": "active",
        "item": [
            {"linkId": "A", "type": "group", "text": "First", "prefix": "A", "item": [
                question("a1", "Name", prefix="A1"),
                question("a2", "Nickname", prefix="A2"),
                {"linkId": "a3", "type": "choice", "text": "Colour", "prefix": "A3", "answerOption": coded("red", "blue")},
                question("a4", "Moves", prefix="A4"),
            ]},
            {"linkId": "R", "type": "group", "text": "Pet", "prefix": "R", "repeats": True,
             "item": [question("r1", "Called"), question("r2", "Colour of it")]},
        ],
    }  # fmt: skip
    new = {
        "resourceType": "Questionnaire", "url": "http://example.org/q", "version": "2", "status": "active",
        "item": [
            {"linkId": "A", "type": "group", "text": "First", "prefix": "A", "item": [
                question("a1", "Whole name", prefix="A1", required=True),
                {"linkId": "a3", "type": "choice", "text": "Colour", "prefix": "A3", "answerOption": coded("blue", "green")},
                question("a5", "Born in", prefix="A5"),
            ]},
            {"linkId": "R", "type": "group", "text": "Pet", "prefix": "R", "repeats": True,
             "item": [question("r1", "Called")]},
            {"linkId": "B", "type": "group", "text": "Second", "prefix": "B", "item": [question("a4", "Moves", prefix="B1")]},
        ],
    }  # fmt: skip
    return old, new


def test_nothing_is_lost_between_two_versions(clinical_store: Store) -> None:
    old, new = (parse(raw) for raw in two_versions())
    told = changes(old, new)
    assert [one.link_id for one in told.added] == ["a5", "B"]
    assert [one.link_id for one in told.dropped] == ["a2", "r2"]
    assert {one.link_id: one.what for one in told.changed} == {
        "a1": "it read: Name; now required",
        "a3": "new answers: Green; answers gone: Red",
    }
    sheet = Sheet.blank(old)
    for link_id in ("a1", "a2", "a4"):
        sheet.answer(sheet.nodes(link_id)[0], ("valueString", f"said {link_id}"))
    sheet.choose(sheet.nodes("a3")[0], "red")
    pet = sheet.nodes("R")[0]
    sheet.add(pet)
    for number, (called, colour) in enumerate(zip(sheet.nodes("r1"), sheet.nodes("r2"), strict=True)):
        sheet.answer(called, ("valueString", f"pet {number}"))
        sheet.answer(colour, ("valueString", f"coat {number}"))
    moved = carry(sheet, new)
    assert moved.sheet.nodes("a1")[0].value == "said a1"
    assert moved.sheet.nodes("a4")[0].value == "said a4", "a question in another section keeps its answer"
    assert [node.value for node in moved.sheet.nodes("r1")] == ["pet 0", "pet 1"]
    assert moved.sheet.nodes("a3")[0].answers == []
    kept = {said.words for said in carried_from(moved.sheet)}
    assert kept == {"said a2", "Red", "coat 0", "coat 1"}
    # It is written, read again, and printed.
    again = Sheet.read(new, moved.sheet.write())
    assert {said.words for said in carried_from(again)} == kept
    checklist = Checklist(name="Form", form_url="http://example.org/q", started_at=clinical_store.clock())
    document = checklist_document(checklist, again, None, None, policy_of(clinical_store))
    text = letters("".join(page.body for page in read(document.content, 40)))
    assert all(letters(words) in text for words in kept)


def test_carrying_writes_the_journal_and_keeps_the_version_before(clinical_store: Store) -> None:
    checklist = an_older(clinical_store)
    opened = open_checklist(clinical_store, checklist.id)
    sheet = opened.sheet
    sheet.choose(sheet.nodes("A1")[0], "name-dob")
    save_answer(clinical_store, checklist, sheet, trail=opened.trail)
    new = newer_form(checklist)
    assert new is not None
    moved = carry_checklist(clinical_store, checklist, sheet, opened.trail, new)
    assert moved.form_hash == new.hash
    assert clinical_store.drafts.keys("checklist/") == ()
    assert lines(steps_of(clinical_store, moved.id))[0] == ("A1", "", "Name and birth date")
    done = msgspec.structs.replace(moved, status=moved.status)
    assert open_checklist(clinical_store, done.id).sheet.codes("A1") == ("name-dob",)


def test_a_draft_of_the_version_before_does_not_come_back_after_a_crash(clinical_store: Store) -> None:
    checklist = an_older(clinical_store)
    opened = open_checklist(clinical_store, checklist.id)
    opened.sheet.choose(opened.sheet.nodes("A1")[0], "name-dob")
    save_answer(clinical_store, checklist, opened.sheet, trail=opened.trail)
    [key] = clinical_store.drafts.keys("checklist/")
    old = clinical_store.drafts.get(key)
    assert old is not None
    new = newer_form(checklist)
    assert new is not None
    moved = carry_checklist(clinical_store, checklist, opened.sheet, opened.trail, new)
    clinical_store.drafts.put(key, old)  # as if the power went before it was dropped
    again = open_checklist(clinical_store, moved.id)
    assert canonical(again.sheet.write()).decode() == moved.content
    assert again.trail.pending == []


def test_a_finished_checklist_offers_no_newer_version(clinical_store: Store, make_desk: Callable[..., Desk]) -> None:
    opened = begun(clinical_store)
    fill(opened.sheet, clinical_store.clock())
    done = complete_checklist(clinical_store, opened.checklist, opened.sheet)
    assert newer_form(done) is None
