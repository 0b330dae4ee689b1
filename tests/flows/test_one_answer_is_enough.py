"""The radar and the card of an insight ask about the same words: whichever is answered, the other is silent."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from liaison_desktop.msl.safety.form import SafetyWatch
from liaison_desktop.msl.safety.record import NoReport, SafetyDismissal, SafetyEvent
from liaison_desktop.shell.frame import WorkFrame
from liaison_desktop.ui.desk import Desk
from tests.flows.keyboard import CTRL, KEY, SHIFT, frame, here, press, tab_to, types

__all__ = ["frame"]
HEARD = "One patient on Velacor stopped after severe itching."


def watch_of(desk: Desk) -> SafetyWatch:
    strip = desk.frame.strip
    assert isinstance(strip, SafetyWatch)
    return strip


def begin(qtbot: QtBot, desk: Desk, frame: WorkFrame) -> SafetyWatch:
    """A new insight whose quote tells of an adverse event; both ask."""
    press(KEY.Key_4, CTRL)
    press(KEY.Key_N, CTRL)
    tab_to("Quote")
    types(HEARD)
    watch, pane = watch_of(desk), frame.pages["insights"].pane
    qtbot.waitUntil(lambda: watch.hint.first is not None and bool(pane.form.answers.lines), timeout=4000)
    return watch


def test_dismissed_at_the_radar_is_answered_in_the_insight(qtbot: QtBot, msl_desk: Desk, frame: WorkFrame) -> None:
    watch = begin(qtbot, msl_desk, frame)
    press(KEY.Key_F12, SHIFT)
    press(KEY.Key_2)
    pane = frame.pages["insights"].pane
    qtbot.waitUntil(lambda: watch.hint.first is None and not pane.form.answers.lines, timeout=4000)
    (said,) = [one for one in msl_desk.store.all(SafetyDismissal) if one.words in HEARD]
    (answer,) = pane.typed().answers
    assert (answer.rule, answer.record_kind, answer.record_id) == ("INS-3", SafetyDismissal.kind, said.id)
    assert answer.answer == NoReport.HISTORY_ONLY.label


def test_a_reason_in_the_card_silences_the_radar(qtbot: QtBot, msl_desk: Desk, frame: WorkFrame) -> None:
    watch = begin(qtbot, msl_desk, frame)
    tab_to("Why not")
    types("Her sister's medicine")
    press(KEY.Key_Return)
    pane = frame.pages["insights"].pane
    qtbot.waitUntil(lambda: watch.hint.first is None and not pane.form.answers.lines, timeout=4000)
    (said,) = [one for one in msl_desk.store.all(SafetyDismissal) if one.words in HEARD]
    assert (said.reason, said.note, said.about_id) == (NoReport.OTHER, "Her sister's medicine", pane.insight.id)
    assert [one.answer for one in pane.typed().answers] == ["Her sister's medicine"]
    assert here() is not None


def test_a_report_from_the_radar_answers_the_insight(qtbot: QtBot, msl_desk: Desk, frame: WorkFrame) -> None:
    begin(qtbot, msl_desk, frame)
    insight = frame.pages["insights"].pane.insight.id
    press(KEY.Key_F12)
    press(KEY.Key_Return, CTRL)
    (event,) = [one for one in msl_desk.store.all(SafetyEvent) if one.description == HEARD]
    press(KEY.Key_4, CTRL)
    pane = frame.pages["insights"].pane
    assert pane.insight.id == insight
    qtbot.waitUntil(lambda: not pane.form.answers.lines, timeout=4000)
    (answer,) = pane.typed().answers
    assert (answer.record_kind, answer.record_id) == (SafetyEvent.kind, event.id)
    assert pane.typed().quote == HEARD
