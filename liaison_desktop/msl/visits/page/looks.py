"""How a visit is shown in words: its state as a chip, its row in a list, what still stands against it."""

from __future__ import annotations

import datetime
import enum
from collections.abc import Iterable

from liaison_desktop.errors import Fault, Severity
from liaison_desktop.msl.visits.queries import VisitRow
from liaison_desktop.msl.visits.record import Visit, VisitStatus
from liaison_desktop.ui.chips import ChipSpec
from liaison_desktop.ui.lists import ListRow

_CHIPS = {
    VisitStatus.PLANNED: ChipSpec("Planned", "outline", "calendar-clock"),
    VisitStatus.DRAFT: ChipSpec("Draft", "amber", "pencil"),
    VisitStatus.READY: ChipSpec("Ready", "accent", "check"),
    VisitStatus.SUBMITTED: ChipSpec("Submitted", "green", "lock"),
    VisitStatus.AMENDED: ChipSpec("Amended", "green", "lock"),
    VisitStatus.CANCELLED: ChipSpec("Cancelled", "neutral", "ban"),
}

_NOT_YET = frozenset({"VIS-1", "VIS-5", "OFF-4", ""})

_NAMES = {
    "primary_person_id": "person",
    "start_at": "start",
    "channel": "channel",
    "duration_min": "minutes",
    "initiated_by": "who started it",
    "topics": "topic",
    "notes": "notes",
    "ae_heard": "adverse event question",
    "late_reason": "reason for lateness",
    "exchange_basis": "basis of a topic",
    "direction": "who raised a topic",
    "verbatim_question": "the question word for word",
    "text": "a follow-up",
    "due_on": "the day of a follow-up",
    "title": "a material's title",
    "present_for_offlabel": "who stayed for the off-label part",
    "public_setting": "the answer in private",
}
# Where the field alone would not say what is to be done.
_RULES = {"VIS-2": "it is still to happen", "VIS-6": "perhaps recorded before", "PHI-1": "patient identity"}


class Mode(enum.Enum):
    """What the pane is doing with the visit."""

    EDIT = "edit"
    AMEND = "amend"
    LOCKED = "locked"
    OLD = "old"


def said_early(fault: Fault) -> bool:
    """Whether a fault is said while somebody types; what is only not done yet waits until they submit."""
    return fault.rule not in _NOT_YET and fault.severity is not Severity.CONFIRM


def status_chip(visit: Visit) -> ChipSpec:
    """The state of a visit as a chip."""
    return _CHIPS[visit.status]


def about(visit: Visit) -> str:
    """The topics of a visit in short."""
    names = [row.topic_name for row in visit.topics if row.topic_name]
    return names[0] + (f" and {len(names) - 1} more" if len(names) > 1 else "") if names else ""


def list_row(row: VisitRow, zone: datetime.tzinfo | None) -> ListRow:
    """A visit as a row of a list: the name, then time, channel and topic."""
    visit = row.visit
    time = f"{visit.start_at.astimezone(zone):%H:%M}" if visit.start_at else ""
    channel = visit.channel.label if visit.channel else ""
    facts = " · ".join(part for part in (time, channel, about(visit)) if part)
    right = f"{visit.duration_min} min" if visit.status is not VisitStatus.PLANNED else ""
    return ListRow(row.name, facts or "Nothing said yet", status_chip(visit), right, visit.id)


def missing_words(faults: Iterable[Fault]) -> tuple[str, str]:
    """What stands against submitting, counted and named; two empty texts if nothing does."""
    names: dict[str, None] = {}
    count = 0
    for fault in faults:
        count += 1
        last = fault.field.rpartition(".")[2] or fault.field
        if fault.rule in _RULES:
            names.setdefault(_RULES[fault.rule], None)
            continue
        names.setdefault(_NAMES.get(last, _NAMES.get(fault.field.partition(".")[0], "the visit")), None)
    if not count:
        return "", ""
    counted = "1 thing to do" if count == 1 else f"{count} things to do"
    return counted, ", ".join(names)
