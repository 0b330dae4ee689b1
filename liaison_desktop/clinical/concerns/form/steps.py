"""The steps of a concern as they are asked for: their words, and the fields of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from liaison_desktop.clinical.concerns.form.concern_form import proposed
from liaison_desktop.clinical.concerns.record import Concern, ConcernState
from liaison_desktop.clinical.people.queries import people_to_ask
from liaison_desktop.tasks.form import WhoLine
from liaison_desktop.ui.date_editors import MomentEditor
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.editors import YesNoEditor
from liaison_desktop.ui.inputs import TextArea

Fields = tuple[tuple[str, str, QWidget], ...]  # the field a fault names, its label, its editor


class Step(NamedTuple):
    """A step: how it is offered, its title and button once it is asked for, its icon, a word before the fields."""

    offer: str
    title: str
    verb: str
    icon: str
    fields: Callable[[Desk, Concern], Fields]
    lead: str = ""


def _who(desk: Desk, name: str = "") -> WhoLine:
    line = WhoLine(lambda: people_to_ask(desk.store), "Type a name")
    line.set_value(name)
    return line


def _when(desk: Desk) -> MomentEditor:
    moment = MomentEditor(clock=desk.clock)
    moment.set_value(proposed(desk))
    return moment


def _ask(desk: Desk, concern: Concern) -> Fields:
    return (
        ("addressed_to", "Who is to answer", _who(desk, concern.addressed_to)),
        ("due_at", "Answer wanted by", _when(desk)),
    )


def _answer(desk: Desk, concern: Concern) -> Fields:
    return (
        ("answer", "What was answered", TextArea(3, "What was answered")),
        ("answered_by", "Who answered", _who(desk, concern.addressed_to)),
    )


def _read(desk: Desk, concern: Concern) -> Fields:
    said = "What the patient says to it"
    return (
        ("confirmed", "Is it settled for the patient?", YesNoEditor("Is it settled for the patient?")),
        ("patient_said", said, TextArea(2, said)),
    )


def _escalate(desk: Desk, concern: Concern) -> Fields:
    return (
        ("addressed_to", "To whom", _who(desk)),
        ("due_at", "Answer wanted by", _when(desk)),
        ("words", "Why", TextArea(2, "Why")),
    )


def _over(desk: Desk, concern: Concern) -> Fields:
    return (
        ("handed_over_to", "Who goes on with it", _who(desk)),
        ("words", "What was said", TextArea(2, "What was said")),
    )


STEPS: Mapping[str, Step] = {
    "read": Step(
        "Read it back", "Read it back to the patient", "Keep what the patient says", "messages-square", _read,
        "Read the answer to the patient and ask. Only the patient closes a concern.",
    ),
    "ask": Step("Ask somebody", "Ask somebody", "Ask", "arrow-up-right", _ask),
    "answer": Step("Answer it", "The answer", "Keep the answer", "message-square", _answer),
    "escalate": Step("Escalate", "Escalate", "Escalate", "siren", _escalate),
    "over": Step(
        "Hand over", "Hand over", "Hand over", "send", _over,
        "For the discharge. The patient has not closed it; whoever comes next goes on with it.",
    ),
}  # fmt: skip


def next_step(concern: Concern) -> str:
    """The step that comes next: ask somebody, keep the answer, or read it back."""
    return {ConcernState.OPEN: "ask", ConcernState.ANSWERED: "read"}.get(concern.state, "answer")


def other_steps(concern: Concern, shown: str) -> tuple[str, ...]:
    """What may be done in place of the step that is shown; only an answer can be read back."""
    answered = concern.state is ConcernState.ANSWERED
    return tuple(name for name in STEPS if name != shown and (name != "read" or answered))
