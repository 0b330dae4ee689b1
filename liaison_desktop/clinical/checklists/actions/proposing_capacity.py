"""The capacity checklist proposes a capacity note: the note under Decisions is what gates ask, the checklist is how it was got."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import partial

import msgspec

from liaison_desktop.clinical.checklists.actions.answering import read_answers
from liaison_desktop.clinical.checklists.queries import checklists_of
from liaison_desktop.clinical.checklists.record import FINISHED, Checklist
from liaison_desktop.clinical.checklists.rules.told_capacity import capacity_told
from liaison_desktop.clinical.directives.actions import write_capacity_note
from liaison_desktop.clinical.directives.queries import capacity_notes_of
from liaison_desktop.clinical.directives.record import CapacityNote
from liaison_desktop.clinical.findings.actions import answer_proposal
from liaison_desktop.clinical.findings.queries import answered_proposals
from liaison_desktop.clinical.findings.rules import Proposal, fact_age
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.store import Store

_FORM = "/capacity"


def capacity_proposals(store: Store, patient: Patient) -> Iterator[Proposal]:
    """A note for each finished capacity checklist whose decision no note speaks of yet, unless somebody said no to it."""
    done = answered_proposals(store, patient.id)
    known = {(note.decision.casefold(), note.at) for note in capacity_notes_of(store, patient.id)}
    for checklist in checklists_of(store, patient.id):
        if not checklist.form_url.endswith(_FORM) or checklist.status not in FINISHED or checklist.review_needed:
            continue
        note = capacity_told(read_answers(store, checklist)[0])
        topic = "capacity note"
        if note is None or (checklist.id, topic) in done or (note.decision.casefold(), note.at) in known:
            continue
        yield _proposal(store, patient, checklist, note, topic)


def _proposal(store: Store, patient: Patient, checklist: Checklist, note: CapacityNote, topic: str) -> Proposal:
    answer = partial(answer_proposal, store, patient.id, checklist.id, topic)

    def take() -> None:
        write_capacity_note(store, msgspec.structs.replace(note, patient=patient.id))
        answer(True)

    author = " · ".join(filter(None, (checklist.name, checklist.author)))
    return Proposal(
        topic=topic,
        checklist=checklist.id,
        title=f"Capacity note: {note.decision}, {note.facts().lower()}",
        facts=fact_age(author, _at(note, checklist), store.clock()),
        take=take,
        leave=lambda: answer(False),
    )


def _at(note: CapacityNote, checklist: Checklist) -> dt.datetime | None:
    return note.at or checklist.completed_at
