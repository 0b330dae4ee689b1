"""What an insight may turn into: a medical inquiry, a safety report, a line of the notes.

Insights, inquiries and safety stand on one floor and do not know each other, so whoever stands above them says how it
is done; here it is only asked for, in the same way beside a visit and on the page of insights.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable

import msgspec

from liaison_desktop.errors import Fault
from liaison_desktop.msl.insights.record import Answer, Insight
from liaison_desktop.msl.insights.rules import asks

REQUEST, SAFETY = "INS-2", "INS-3"
DISMISSED = "safety_dismissal"  # the kind of an answer that says why there is no report; it has no page to open


class Made(msgspec.Struct, frozen=True):
    """The record that was made, and what it is called."""

    kind: str
    id: uuid.UUID
    name: str


class Turns(msgspec.Struct, frozen=True):
    """How it is done. Each is given the insight as typed, and the words it is about; `note` says whether it could.

    `dismiss` keeps why marked words of a field are no safety report, where the radar looks; `settled` gives the report
    or the dismissal that answers for them already, wherever it was given. So one answer is enough.
    """

    inquiry: Callable[[Insight, str], Made]
    report: Callable[[Insight, str], Made]
    note: Callable[[Insight], bool]
    dismiss: Callable[[Insight, str, str, str], object]
    settled: Callable[[Insight, str, str], Made | None]


class Offer(msgspec.Struct, frozen=True):
    """The button beside a question: its words, its icon, and whether it stands out as a danger."""

    words: str
    icon: str
    danger: bool = False


OFFERS = {
    REQUEST: Offer("Make it a medical inquiry", "circle-question-mark"),
    SAFETY: Offer("Open a safety report", "siren", danger=True),
}


def turn(turns: Turns, insight: Insight, fault: Fault, others: Iterable[Fault]) -> tuple[Made, tuple[Answer, ...]]:
    """Make what a fault asks for, and the answers that remember it. Raises what the record's own action raises.

    The whole text goes along, so one report answers for every place of that text that was marked.
    """
    words = said(insight, fault)
    made = turns.report(insight, words) if fault.rule == SAFETY else turns.inquiry(insight, words)
    same = [one for one in others if asks(one) and one.rule == fault.rule and said(insight, one) == words]
    held = dict.fromkeys((one.rule, one.message) for one in (fault, *same))
    return made, tuple(
        Answer(rule=rule, about=about, answer=made.name, record_kind=made.kind, record_id=made.id)
        for rule, about in held
    )


def settled(turns: Turns, insight: Insight, faults: Iterable[Fault]) -> tuple[Answer, ...]:
    """The answers that were given at the radar, or by a report, to what INS-3 asks."""
    found = []
    for fault in faults:
        made = turns.settled(insight, fault.field, marked(fault)) if fault.rule == SAFETY else None
        if made is not None:
            found.append(
                Answer(rule=fault.rule, about=fault.message, answer=made.name, record_kind=made.kind, record_id=made.id)
            )
    return tuple(found)


def marked(fault: Fault) -> str:
    """The words a fault quotes."""
    return dict(fault.names).get("span", "")


def said(insight: Insight, fault: Fault) -> str:
    """The text a fault stands in; a request is told in the doctor's own words where there are any."""
    if fault.rule == REQUEST and insight.quote.strip():
        return insight.quote.strip()
    held = getattr(insight, fault.field, "")
    return held.strip() if isinstance(held, str) else ""


def question_of(insight: Insight) -> str:
    """The words of an insight that is a question after all: the doctor's, else ours."""
    return insight.quote.strip() or insight.headline.strip()
