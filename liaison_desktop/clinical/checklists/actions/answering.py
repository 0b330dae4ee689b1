"""Answering: every answer is durable at once as a draft; the journal gets a version at pauses between sections.

A draft is written after each answer because a lid may close at any moment; a version in the journal for each of two
hundred answers would bury the ones that matter, so that is written when a section is left and when the page is.
"""

from __future__ import annotations

import uuid

import msgspec

from liaison_desktop.clinical.checklists.record import Checklist, ChecklistStatus
from liaison_desktop.clinical.checklists.rules import edit_faults, start_faults
from liaison_desktop.errors import Refused
from liaison_desktop.policies import policy_of
from liaison_desktop.questionnaires.definition import Definition
from liaison_desktop.questionnaires.library import pinned
from liaison_desktop.questionnaires.progress import counts
from liaison_desktop.questionnaires.reading import read_json
from liaison_desktop.questionnaires.response import Sheet
from liaison_desktop.questionnaires.writing import canonical
from liaison_desktop.store import Act, Store

replace = msgspec.structs.replace


class Opened(msgspec.Struct, frozen=True):
    """A checklist as it is worked on: its answers, and the section and field where one was."""

    checklist: Checklist
    sheet: Sheet
    section: str = ""
    focus: str = ""


class _Draft(msgspec.Struct, frozen=True):
    content: str
    section: str
    focus: str


def draft_key(checklist: Checklist) -> str:
    """Under which key its draft is kept."""
    return f"checklist/{checklist.id}"


def form_of(checklist: Checklist) -> Definition:
    """The form it was answered under. Raises Damaged if that version is not in this application."""
    return pinned(checklist.form_url, checklist.form_version, checklist.form_hash)


def open_checklist(store: Store, checklist_id: uuid.UUID) -> Opened:
    """The checklist with its answers, back on the field where it was left; looking at it is written down."""
    checklist = store.get(Checklist, checklist_id)
    kept = store.drafts.get(draft_key(checklist)) if checklist.status is ChecklistStatus.IN_PROGRESS else None
    store.note(Act.VIEWED, kind=Checklist.kind, subject=checklist.id)
    if kept is None:
        return Opened(checklist, Sheet.read(form_of(checklist), read_json(checklist.content.encode())))
    draft = msgspec.json.decode(kept, type=_Draft)
    sheet = Sheet.read(form_of(checklist), read_json(draft.content.encode()))
    return Opened(checklist, sheet, draft.section, draft.focus)


def save_answer(store: Store, checklist: Checklist, sheet: Sheet, *, section: str = "", focus: str = "") -> None:
    """Keeps the answers as they are, with the field one is on. When this returns they are on disk.

    Raises Refused: V1, nothing else may be answered before the patient is identified; V6, it is finished.
    """
    policy = policy_of(store)
    faults = edit_faults(checklist, policy) or start_faults(sheet, policy)
    if faults:
        raise Refused(faults)
    draft = _Draft(canonical(sheet.write()).decode(), section, focus)
    store.drafts.put(draft_key(checklist), msgspec.json.encode(draft))


def keep_checklist(store: Store, checklist: Checklist, sheet: Sheet) -> Checklist:
    """Writes the answers so far into the record and the journal, if they changed; the record as it then is."""
    policy = policy_of(store)
    faults = edit_faults(checklist, policy) or start_faults(sheet, policy)
    if faults:
        raise Refused(faults)
    content = canonical(sheet.write()).decode()
    if content == checklist.content:
        return checklist
    found = counts(sheet).values()
    return store.save(
        replace(
            checklist,
            content=content,
            answered=sum(count.answered for count in found),
            asked=sum(count.asked for count in found),
            left=sum(count.left for count in found),
        )
    )


def forget_draft(store: Store, checklist: Checklist) -> None:
    """Drops the draft of a checklist that is finished."""
    store.drafts.drop(draft_key(checklist))
