"""Workflow 6, its first half, by keystrokes alone: an off-label question in a visit, and a colleague from sales beside it.

1                  the ground: unsolicited, so the doctor asked
Tab  ...           the question word for word, ten characters at least (OFF-4)
Ctrl+Shift+Enter   refused while the colleague is listed as present (OFF-3), until it is said that they left
"""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from liaison_desktop.msl.inquiries.record import StandingRequest
from liaison_desktop.msl.visits.page import VisitsPage
from liaison_desktop.msl.visits.record import (
    CompanyFunction,
    Direction,
    ExchangeBasis,
    PresentForOffLabel,
    Visit,
    VisitStatus,
)
from liaison_desktop.shell.frame import WorkFrame
from tests.flows.keyboard import ALT, CTRL, KEY, SHIFT, ask_bar, frame, here, press, tab_to, types

__all__ = ["frame"]
OFF_3 = (
    "A commercial colleague is listed as present for an off-label discussion. "
    "Record that they left the discussion, or send this to Compliance."
)


def shown_faults(page: VisitsPage) -> str:
    """What stands on the screen of the visit in words."""
    from liaison_desktop.ui.text import Wrapped

    return " ".join(one.plain() for one in page.pane.form.findChildren(Wrapped) if one.isVisible())


def test_the_question_is_the_doctors_and_sales_has_left(qtbot: QtBot, frame: WorkFrame) -> None:
    store = frame.desk.store
    ask_bar(qtbot, frame, "v haddad 13:15 30m #dosing")
    qtbot.waitUntil(lambda: frame.page_key == "visits")
    page = frame.page
    assert isinstance(page, VisitsPage)
    press(KEY.Key_1)
    press(KEY.Key_Tab)
    assert here().accessibleName() == "The question, word for word"
    types("Which dos")
    press(KEY.Key_A, ALT)
    press(KEY.Key_1)
    press(KEY.Key_Return, CTRL | SHIFT)
    assert here().accessibleName() == "The question, word for word", "the keyboard is where something is missing"
    assert here().accessibleDescription() == "Write the question in the doctor's own words."
    press(KEY.Key_End)
    types("e at an eGFR of 28?")

    tab_to("More: outcome")
    press(KEY.Key_Space)
    tab_to("Add person")
    press(KEY.Key_Space)
    types("Sam Seller")
    tab_to("Company function")
    types("sales")
    press(KEY.Key_Return)
    press(KEY.Key_Return, CTRL | SHIFT)
    assert OFF_3 in shown_faults(page)
    assert store.all(Visit)[-1].status is VisitStatus.DRAFT
    tab_to("Off-label part")
    press(KEY.Key_1)
    press(KEY.Key_Return, CTRL | SHIFT)
    saved = store.all(Visit)[-1]
    assert saved.status is VisitStatus.SUBMITTED
    (topic,), (colleague,) = saved.topics, saved.attendees
    assert (topic.exchange_basis, topic.direction) == (ExchangeBasis.UNSOLICITED_REQUEST, Direction.ASKED_BY_HCP)
    assert topic.verbatim_question == "Which dose at an eGFR of 28?"
    assert (colleague.external_name, colleague.function) == ("Sam Seller", CompanyFunction.SALES)
    assert colleague.present_for_offlabel is PresentForOffLabel.NO


def test_who_raised_it_may_be_changed_and_is_then_refused(qtbot: QtBot, frame: WorkFrame) -> None:
    ask_bar(qtbot, frame, "v haddad 13:15 30m #dosing")
    qtbot.waitUntil(lambda: frame.page_key == "visits")
    press(KEY.Key_1)
    tab_to("More", back=True)
    press(KEY.Key_Space)
    tab_to("Who raised it")
    press(KEY.Key_2)
    press(KEY.Key_Return, CTRL | SHIFT)
    page = frame.page
    assert isinstance(page, VisitsPage)
    assert "An unsolicited request must come from the doctor." in shown_faults(page)
    assert frame.desk.store.all(Visit)[-1].status is VisitStatus.DRAFT


def test_from_the_visit_to_a_standing_request(qtbot: QtBot, frame: WorkFrame) -> None:
    before = len(frame.desk.store.all(StandingRequest))
    ask_bar(qtbot, frame, "v haddad 13:15 30m #dosing")
    qtbot.waitUntil(lambda: frame.page_key == "visits")
    press(KEY.Key_1)
    press(KEY.Key_Tab)
    types("Which dose at an eGFR of 28?")
    press(KEY.Key_G, CTRL)
    assert frame.page_key == "inquiries"
    press(KEY.Key_Return, CTRL)
    made = frame.desk.store.all(StandingRequest)
    assert len(made) == before + 1
    assert made[-1].text == "Which dose at an eGFR of 28?"
