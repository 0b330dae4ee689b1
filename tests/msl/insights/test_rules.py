"""INS-1 to INS-5 and PHI-1 on insights: each shown speaking and silent, and none raises on any text."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liaison_desktop.errors import Fault, Severity
from liaison_desktop.msl.insights.record import Answer, Category, Insight
from liaison_desktop.msl.insights.rules import Context, blocking, insight_faults
from liaison_desktop.policies import load_policy
from liaison_desktop.records import new_id
from tests.fakes import TODAY

CONTEXT = Context(now=TODAY, policy=load_policy("msl"))
SOUND = Insight(
    headline="Itch is the first thing her patients name",
    so_what="Our first visit does not ask for it.",
    category=Category.UNMET_NEED,
    heard_at=TODAY - dt.timedelta(hours=1),
    priority_id=new_id(),
)


def of(rule: str, **changes: object) -> list[Fault]:
    changed = msgspec.structs.replace(SOUND, **changes)
    return [fault for fault in insight_faults(changed, CONTEXT) if fault.rule == rule]


def test_a_sound_insight_has_no_faults() -> None:
    assert insight_faults(SOUND, CONTEXT) == ()


@pytest.mark.parametrize("name", ["headline", "so_what"])
def test_ins_1_asks_why_it_matters(name: str) -> None:
    (fault,) = of("INS-1", **{name: "  "})
    assert (fault.field, fault.severity) == (name, Severity.REFUSE)
    assert fault.message == "Say in one sentence why this matters."
    assert not of("INS-1")


@pytest.mark.parametrize(
    "words", ["Can I start 5 mg at an eGFR of 28?", "She asked for the renal letter.", "He wants the data on itch."]
)
def test_ins_2_knows_a_request_and_a_reason_answers_it(words: str) -> None:
    (fault,) = of("INS-2", quote=words)
    assert fault.severity is Severity.CONFIRM
    assert fault.message == "This looks like a request for information. Make it a medical inquiry?"
    assert fault in blocking((fault,))
    answered = (Answer(rule="INS-2", about=fault.message, answer="She wondered aloud"),)
    assert not of("INS-2", quote=words, answers=answered)
    assert not of("INS-2", quote="She doses by body weight, whatever the guideline asks.")


def test_ins_3_refuses_until_somebody_says_why_not() -> None:
    (fault,) = of("INS-3", quote="One stopped after two weeks.")
    assert fault.severity is Severity.REFUSE
    assert fault.message == (
        "Possible adverse event: “stopped”. Open a safety report (clock runs from 19 Nov, 13:00) or mark why not."
    )
    answered = (Answer(rule="INS-3", about=fault.message, answer="About another medicine"),)
    assert not of("INS-3", quote="One stopped after two weeks.", answers=answered)
    assert of("INS-3", quote="One stopped after two weeks, one died.", answers=answered), "another span is asked anew"
    for silent in ("Itch keeps them awake.", "No rash was seen in her clinic.", "She asked whether it causes nausea."):
        assert not of("INS-3", quote=silent)


def test_ins_4_only_warns() -> None:
    (fault,) = of("INS-4", priority_id=None)
    assert fault.severity is Severity.WARN
    assert fault.message == "Not linked to a current question. Link one, or send as ‘something new’."
    assert not blocking((fault,))
    assert not of("INS-4")


def test_ins_5_names_the_word_and_the_field() -> None:
    (fault,) = of("INS-5", so_what="It would win market share.")
    assert fault.severity is Severity.REFUSE
    assert fault.message == "“market share” may not be used in why it matters."
    assert not of("INS-5", so_what="It would spare them a share of their visits.")


def test_phi_1_holds_for_insights_too() -> None:
    (fault,) = of("PHI-1", detail="Patient, Anna Berg stopped coming.")
    assert fault.severity is Severity.REFUSE
    assert not of("PHI-1", detail="An adult woman stopped coming.")


def test_nothing_was_heard_tomorrow() -> None:
    tomorrow = msgspec.structs.replace(SOUND, heard_at=TODAY + dt.timedelta(days=1))
    assert [fault.field for fault in insight_faults(tomorrow, CONTEXT)] == ["heard_at"]


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400), st.text(max_size=400))
def test_no_text_makes_the_rules_raise(first: str, second: str) -> None:
    insight_faults(msgspec.structs.replace(SOUND, headline=first, quote=second, detail=first + second), CONTEXT)
