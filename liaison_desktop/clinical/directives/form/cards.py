"""How decisions read in cards: who decides, the code status as reported, directives, rights, capacity notes."""

from __future__ import annotations

from collections.abc import Callable

from liaison_desktop.clinical.directives.record import (
    CapacityNote,
    CodeStatusReport,
    Concern,
    CopyOnFile,
    Directive,
    RightsGiven,
)
from liaison_desktop.clinical.directives.record.capacity import ABILITIES
from liaison_desktop.clinical.directives.record.directive import ABSENT
from liaison_desktop.clinical.directives.rules import Decider
from liaison_desktop.clinical.patients.form.read_only import Pair
from liaison_desktop.clinical.patients.record import CodeStatus, Patient, birth_text
from liaison_desktop.records import Code, spec_of
from liaison_desktop.ui.cards import CardRow
from liaison_desktop.ui.chips import ChipSpec
from liaison_desktop.ui.dates import show_moment

Act = Callable[[], object]
_CONCERN = {Concern.NONE: "green", Concern.SOME: "amber", Concern.MARKED: "red"}
_COPY = {CopyOnFile.YES: "green", CopyOnFile.REQUESTED: "amber", CopyOnFile.NO: "neutral"}


def word(code: Code | None) -> str:
    """The word of a code; nothing for none."""
    return code.label if code is not None else ""


def decider_row(place: int, decider: Decider, open_: Act | None) -> CardRow:
    """One who may decide, with their place in the order."""
    chip = ChipSpec(decider.missing, "amber") if decider.missing else None
    icon = "user-round-check" if decider.person is not None else "user-round"
    made = CardRow(f"{place}. {decider.words}", decider.basis, icon, chip, on_click=open_)
    if decider.id is not None:
        made.setObjectName(f"decider/{decider.id}")
    return made


def status_words(patient: Patient) -> str:
    """The code status as reported, with its limits."""
    if patient.code_status is None:
        return "Not recorded"
    limits = patient.code_status_limits if patient.code_status is CodeStatus.LIMITED else ""
    return f"{patient.code_status.label}: {limits}" if limits else patient.code_status.label


def report_row(report: CodeStatusReport) -> CardRow:
    """One report in the history."""
    when = show_moment(report.at) if report.at is not None else ""
    who = f"{report.reported_by} ({word(report.source).lower()})"
    chip = ChipSpec("differs", "amber", "triangle-alert") if report.differs else None
    return CardRow(report.title(), f"{who} · {when}", "quote", chip)


def directive_row(directive: Directive, open_: Act) -> CardRow:
    """One directive: what it is, where the paper is."""
    signed = f"signed {birth_text(directive.executed_on)}" if directive.executed_on else ""
    seen = f"seen by {directive.seen_by}" if directive.seen_by else ""
    asked = f"asked of {directive.asked_of}" if directive.copy is CopyOnFile.REQUESTED else ""
    told = f"told by {directive.told_by}" if directive.told_by else ""
    chip: ChipSpec | None
    if directive.ended_at is not None:
        chip = ChipSpec("no longer counts", "outline")
    elif directive.directive_kind in ABSENT:
        chip = None
    else:
        chip = ChipSpec(
            word(directive.copy) or "copy not asked", _COPY.get(directive.copy, "amber") if directive.copy else "amber"
        )
    facts = " · ".join(filter(None, (signed, seen, asked, told)))
    made = CardRow(directive.title(), facts or "Nothing more recorded", "file-text", chip, on_click=open_)
    made.setObjectName(f"directive/{directive.id}")
    return made


def rights_row(given: RightsGiven) -> CardRow:
    """One time the information was given."""
    who = given.given_name or word(given.given_to)
    facts = " · ".join(filter(None, (f"by {given.by}", given.language, show_moment(given.at) if given.at else "")))
    return CardRow(
        f"Given to {who[:1].lower()}{who[1:]}" if not given.given_name else f"Given to {who}", facts, "book-open"
    )


def note_row(note: CapacityNote, open_: Act) -> CardRow:
    """One capacity note: the decision, the concern, who determined."""
    if note.determined:
        facts = f"{word(note.determination)}: {note.determined_by}"
    else:
        facts = f"{note.by} · {show_moment(note.at)}" if note.at is not None else note.by
    tone = _CONCERN.get(note.concern, "neutral") if note.concern is not None else "neutral"
    chip = ChipSpec(note.facts(), "neutral" if note.determined else tone)
    made = CardRow(note.decision, facts, "message-circle", chip, on_click=open_)
    made.setObjectName(f"note/{note.id}")
    return made


def note_pairs(note: CapacityNote) -> list[Pair]:
    """Everything a note says, in the order in which it was asked."""
    abilities = [
        (spec_of(CapacityNote, name).field.label, _ability(word(getattr(note, name).state), getattr(note, name).quote))
        for name in ABILITIES
    ]
    determined = f"{word(note.determination)}. {note.determination_words}".strip() if note.determined else ""
    at = show_moment(note.determined_at) if note.determined_at is not None else ""
    return [
        ("Decision", note.decision),
        *abilities,
        ("Asked again", _ability(word(note.asked_again), note.asked_again_words)),
        ("What weighs on it", ", ".join(factor.label for factor in note.factors)),
        ("Disagrees", "Yes; that is no sign of a lack of capacity" if note.disagrees else ""),
        ("What else was seen", note.seen),
        ("Concern", word(note.concern)),
        ("Referred to", note.referred_to),
        ("Seen by", ", ".join(filter(None, (note.by, show_moment(note.at) if note.at is not None else "")))),
        ("Determined", determined),
        ("Determined by", ", ".join(filter(None, (note.determined_by, at)))),
    ]


def _ability(state: str, words: str) -> str:
    return f"{state}. “{words}”" if words else state
