"""Answering a checklist by keystrokes alone: whatever has the keyboard is asked what it wants, and gets it typed."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from liaison_desktop.questionnaires.progress import blank_keys
from liaison_desktop.questionnaires.view.choice_editors import LongList, Many, OneTap
from liaison_desktop.questionnaires.view.filler import FormFiller
from liaison_desktop.questionnaires.view.moment_editors import Day, Moment
from liaison_desktop.questionnaires.view.question import Question
from tests.clinical.checklists.filling import plausible

CTRL = Qt.KeyboardModifier.ControlModifier


def keyboard() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def question_here(filler: FormFiller) -> Question:
    at: QWidget | None = keyboard()
    while at is not None and not isinstance(at, Question):
        at = at.parentWidget()
    assert isinstance(at, Question), f"the keyboard is in no question, but {keyboard()!r}"
    return at


def _out_and_back() -> None:
    """What is typed as a day or a time is read when it is left."""
    QTest.keyClick(keyboard(), Qt.Key.Key_Tab)
    QTest.keyClick(keyboard(), Qt.Key.Key_Backtab)


def type_answer(question: Question, name: str, now: dt.datetime) -> None:
    item, editor = question.node.item, question.editor
    pairs = plausible(question.node, now, name)
    value = pairs[0][1]
    if isinstance(editor, OneTap):
        codes = [True, False] if item.type == "boolean" else [option.code for option in item.options]
        wanted = value if item.type == "boolean" else value["code"]
        QTest.keyClicks(keyboard(), str(codes.index(wanted) + 1))
    elif isinstance(editor, Many):
        codes = [option.code for option in item.options]
        places = sorted(codes.index(pair[1]["code"]) for pair in pairs)
        at = 0
        for place in places:
            for _ in range(place - at):
                QTest.keyClick(keyboard(), Qt.Key.Key_Right)
            QTest.keyClick(keyboard(), Qt.Key.Key_Space)
            at = place
    elif isinstance(editor, LongList):
        QTest.keyClicks(keyboard(), str(value["display"]))
        QTest.keyClick(keyboard(), Qt.Key.Key_Return)
    elif isinstance(editor, Moment):
        at_time = dt.datetime.fromisoformat(value)
        QTest.keyClicks(keyboard(), at_time.date().isoformat())
        QTest.keyClick(keyboard(), Qt.Key.Key_Tab)
        QTest.keyClicks(keyboard(), f"{at_time:%H:%M}")
        _out_and_back()
    elif isinstance(editor, Day):
        QTest.keyClicks(keyboard(), value)
        _out_and_back()
    else:
        text = value["value"] if isinstance(value, dict) else value
        QTest.keyClicks(keyboard(), str(text))


def answer_required(filler: FormFiller, name: str, now: dt.datetime, *, until: str = "") -> list[str]:
    """Ctrl+. and an answer, until nothing required is blank but what begins with `until`; what is left then."""
    left = blank_keys(filler.sheet)
    for _ in range(400):
        if not left or (until and left[0].startswith(until)):
            break
        QTest.keyClick(keyboard(), Qt.Key.Key_Period, CTRL)
        question = question_here(filler)
        if question.node.answers:
            # A group that needs one answer: the first of its fields that is still blank.
            QTest.keyClick(keyboard(), Qt.Key.Key_Tab)
            question = question_here(filler)
        type_answer(question, name, now)
        after = blank_keys(filler.sheet)
        assert after != left, f"{question.node.key} did not take what was typed"
        left = after
    return left
