"""Every form that HL7 publishes is on the screen: each question that is asked has its widget, and answers can be given."""

from __future__ import annotations

import time

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from liaison_desktop.questionnaires.nodes import Node
from liaison_desktop.questionnaires.parsing import parse
from liaison_desktop.questionnaires.parts import shown
from liaison_desktop.questionnaires.response import Sheet
from liaison_desktop.questionnaires.validation import validate_node
from liaison_desktop.questionnaires.view import FormFiller
from liaison_desktop.questionnaires.view.choice_editors import OneTap
from liaison_desktop.questionnaires.view.typed_editors import Words
from liaison_desktop.ui.theme import Theme
from liaison_desktop.ui.tokens import Mode
from tests.fakes import Clock
from tests.questionnaires import published

MOST_SECONDS = 60.0  # for all forms together, on a machine that has other things to do
# Forms that ask nothing a person could see, and why.
NOTHING_ASKED = {
    "Questionnaire-questionnaire-sdc-profile-example-PHQ9-search.json": "an adaptive form: a server sends its questions",
}


def asked(node: Node) -> bool:
    """Whether a person sees the question."""
    at: Node | None = node
    while at is not None:
        if not at.enabled or not shown(at.item):
            return False
        at = at.parent
    return node.item.is_question


def on_screen(filler: FormFiller) -> set[str]:
    """The linkIds of every question that has a widget in some section; two of the widgets are answered on the way."""
    met: set[str] = set()
    for part in tuple(filler._sections):
        filler.show_section(part.id)
        assert filler.view is not None
        met |= {question.node.item.link_id for question in filler.view.questions()}
        for question in tuple(filler.view.questions())[:4]:
            if isinstance(question.editor, OneTap) and question.node.enabled:
                question.editor.segments.buttons[0].click()
            elif isinstance(question.editor, Words) and question.node.enabled:
                question.editor.field.set_value("Words")
                question.editor.changed.emit()
        met |= {question.node.item.link_id for question in filler.view.questions()}
    return met


@pytest.mark.timeout(180)
def test_each_question_of_each_published_form_is_on_the_screen(qtbot: QtBot, qapp: QApplication, clock: Clock) -> None:
    Theme(qapp, mode=Mode.LIGHT, accent="clinical")
    begun, missing, blank = time.monotonic(), {}, set()
    forms = published.questionnaires()
    for name, raw in forms.items():
        sheet = Sheet.blank(parse(raw), now=clock())
        filler = FormFiller(sheet, clock)
        qtbot.addWidget(filler)
        filler.resize(1310, 740)
        filler.show()
        met = on_screen(filler)
        wanted = {node.item.link_id for node in sheet.walk() if asked(node)}
        if not wanted:
            blank.add(name)
        if wanted - met:
            missing[name] = sorted(wanted - met)
        for node in sheet.walk():
            validate_node(node, sheet)
        filler.hide()
    assert missing == {}
    assert blank == set(NOTHING_ASKED)
    assert len(forms) >= 43
    assert time.monotonic() - begun < MOST_SECONDS
