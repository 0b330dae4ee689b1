"""The Insights page: empty, board and list, filters, typing that survives, amending, and drafts taken away and put back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from liaison_desktop.msl import practice
from liaison_desktop.msl.insights.page import InsightsPage
from liaison_desktop.msl.insights.page.board import InsightCard
from liaison_desktop.msl.insights.queries import priorities
from liaison_desktop.msl.insights.record import Category, Insight, InsightStatus, LinkKind
from liaison_desktop.msl.visits.page.turning import turns_of
from liaison_desktop.ui.buttons import Button
from liaison_desktop.ui.desk import Desk
from tests.fakes import FileDialogs, NoFrame


def shown(qtbot: QtBot, desk: Desk) -> InsightsPage:
    page = InsightsPage(desk, turns_of(desk))
    desk.store.listeners.append(page.refresh)
    qtbot.addWidget(page)
    page.resize(1190, 740)
    page.resume()
    page.show()
    return page


def heads(page: InsightsPage) -> list[str]:
    return [card.shown.insight.headline for lane in page.board.lanes for card in lane.cards]


def test_a_new_workspace_says_what_an_insight_is(qtbot: QtBot, msl_desk: Desk) -> None:
    page = shown(qtbot, msl_desk)
    assert page._first.isVisible()
    assert len(page.board.lanes) == 4
    assert not page.findChildren(InsightCard)
    page.new()
    assert page._stack.currentWidget() is page.pane


def test_search_and_filters_narrow_board_and_list(qtbot: QtBot, msl_desk: Desk) -> None:
    practice.fill(msl_desk.store)
    page = shown(qtbot, msl_desk)
    assert len(heads(page)) == 13
    qtbot.keyClicks(page.search, "albumin")
    assert heads(page) == ["Nephrologists dose by albumin, not by eGFR"]
    page.search.clear()
    page.category.set_value(Category.SITE_FEASIBILITY)
    page.load()
    assert heads(page) == ["Two visits a week are too many for a site with one coordinator"]
    qtbot.keyClick(page.shape.buttons[1], Qt.Key.Key_Space)
    assert page.list.view.rows.count() == 1
    page.category.set_value(None)
    page.load()
    assert page.list.view.rows.count() == 15


def test_what_is_typed_is_durable_and_comes_back(qtbot: QtBot, msl_desk: Desk) -> None:
    practice.fill(msl_desk.store)
    page = shown(qtbot, msl_desk)
    page.new()
    typed = page.pane.insight.id
    qtbot.keyClicks(page.pane.form.editor("headline"), "Half a thought")
    qtbot.waitUntil(lambda: msl_desk.store.drafts.get(f"insight/{typed}") is not None, timeout=2000)
    again = shown(qtbot, msl_desk)
    assert again._stack.currentWidget() is again.pane
    assert again.pane.typed().headline == "Half a thought"
    again.pane.go_back()
    assert msl_desk.store.get(Insight, typed).headline == "Half a thought"
    assert msl_desk.store.drafts.get(f"insight/{typed}") is None


def test_a_sent_insight_is_amended_with_a_reason(qtbot: QtBot, msl_desk: Desk) -> None:
    practice.fill(msl_desk.store)
    page = shown(qtbot, msl_desk)
    sent = next(one for one in msl_desk.store.all(Insight) if one.status is InsightStatus.SUBMITTED)
    page.show_record(sent.id)
    qtbot.keyClick(page.pane.foot.amend_button, Qt.Key.Key_Space)
    qtbot.keyClicks(page.pane.form.editor("headline"), ", she says")
    page.pane.steps.send()
    assert page.pane.foot.text() == "State the reason. The old version is kept and shown."
    qtbot.keyClicks(page.pane.foot.reason, "Her words")
    page.pane.steps.send()
    amended = msl_desk.store.get(Insight, sent.id)
    assert (amended.amendment, amended.amend_reason) == (1, "Her words")
    assert ", she says" in amended.headline


def test_a_draft_is_removed_and_put_back(qtbot: QtBot, msl_desk: Desk) -> None:
    practice.fill(msl_desk.store)
    page = shown(qtbot, msl_desk)
    draft = next(one for one in msl_desk.store.all(Insight) if one.status is InsightStatus.DRAFT)
    page.show_record(draft.id)
    page.pane.steps.remove()
    assert msl_desk.store.find(Insight, draft.id) is None
    frame = msl_desk.frame
    assert isinstance(frame, NoFrame)
    _text, undo = frame.toasts[-1]
    assert undo is not None
    undo()
    assert msl_desk.store.get(Insight, draft.id).headline == draft.headline


def test_the_source_is_marked_as_told_beside_the_insight(qtbot: QtBot, msl_desk: Desk) -> None:
    from liaison_desktop.msl.insights.queries import feedback_of

    practice.fill(msl_desk.store)
    page = shown(qtbot, msl_desk)
    changed = next(one for one in msl_desk.store.all(Insight) if one.headline.startswith("The itch score"))
    page.show_record(changed.id)
    tell = next(one for one in page.pane.side.findChildren(Button) if one.accessibleName().startswith("Mark as told"))
    qtbot.keyClick(tell, Qt.Key.Key_Space)
    (back,) = feedback_of(msl_desk.store, changed.id)
    assert back.told_at == msl_desk.clock()


def test_an_import_can_be_taken_back(qtbot: QtBot, msl_desk: Desk, files: FileDialogs, tmp_path: Path) -> None:
    page = InsightsPage(msl_desk, turns_of(msl_desk))
    qtbot.addWidget(page)
    path = tmp_path / "list.json"
    path.write_text('[{"question": "Which words do patients use?", "asked by": "Safety"}]', encoding="utf-8")
    files.opens = [path]
    next(one for one in page.commands() if one.title.startswith("Import questions")).run()
    qtbot.waitUntil(lambda: len(page.importing.found) == 1, timeout=15_000)
    page.importing.bring_in()
    assert len(priorities(msl_desk.store)) == 1
    stand_in = msl_desk.frame
    assert isinstance(stand_in, NoFrame)
    _text, undo = stand_in.toasts[-1]
    assert undo is not None
    undo()
    assert not priorities(msl_desk.store)


def test_the_contrary_is_counted_too_and_taken_back(qtbot: QtBot, msl_desk: Desk) -> None:
    practice.fill(msl_desk.store)
    page = shown(qtbot, msl_desk)
    sent = next(one for one in msl_desk.store.all(Insight) if one.headline.startswith("Physician assistants"))
    page.show_record(sent.id)
    votes = page.pane.side.votes
    qtbot.keyClicks(votes.note, "Not in her clinic")
    qtbot.keyClick(button_named(votes, "−1 the contrary"), Qt.Key.Key_Space)
    (vote,) = msl_desk.store.get(Insight, sent.id).votes
    assert (vote.score, vote.note, vote.by) == (-1, "Not in her clinic", msl_desk.store.actor.name)
    frame = msl_desk.frame
    assert isinstance(frame, NoFrame)
    _text, undo = frame.toasts[-1]
    assert undo is not None
    undo()
    assert msl_desk.store.get(Insight, sent.id).votes == ()


def test_an_insight_is_linked_with_any_other(qtbot: QtBot, msl_desk: Desk) -> None:
    practice.fill(msl_desk.store)
    page = shown(qtbot, msl_desk)
    every = msl_desk.store.all(Insight)
    sent = next(one for one in every if one.headline.startswith("Physician assistants"))
    other = next(one for one in every if one.headline.startswith("A number on the leaflet"))
    page.show_record(sent.id)
    links = page.pane.side.links
    qtbot.keyClicks(links.how, "takes")
    qtbot.keyClick(links.how, Qt.Key.Key_Return)
    qtbot.keyClicks(links.other, "leaflet frightens")
    qtbot.keyClick(links.other, Qt.Key.Key_Return)
    (link,) = msl_desk.store.get(Insight, sent.id).links
    assert (link.insight_id, link.link_kind) == (other.id, LinkKind.SUPERSEDES)
    qtbot.keyClick(button_named(links, "Take the link away"), Qt.Key.Key_Space)
    assert msl_desk.store.get(Insight, sent.id).links == ()


def button_named(box: QWidget, name: str) -> Button:
    return next(one for one in box.findChildren(Button) if one.accessibleName().startswith(name))
