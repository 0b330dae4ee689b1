"""Answering: every answer is durable at once as a draft; the journal gets a version at pauses between sections.

A draft is written after each answer because a lid may close at any moment; a version in the journal for each of two
hundred answers would bury the ones that matter, so that is written when a section is left and when the page is.
"""

from __future__ import annotations

import uuid

import msgspec

from liaison_desktop.clinical.checklists.actions.asking import ask_practitioner
from liaison_desktop.clinical.checklists.actions.medicine_rows import project_medicines
from liaison_desktop.clinical.checklists.actions.trail import Trail
from liaison_desktop.clinical.checklists.queries import imported_form
from liaison_desktop.clinical.checklists.record import Checklist, ChecklistStatus, Step
from liaison_desktop.clinical.checklists.rules import edit_faults, identity_node, start_faults
from liaison_desktop.clinical.checklists.rules.measures import as_in_force
from liaison_desktop.clinical.people.actions import require
from liaison_desktop.errors import Refused
from liaison_desktop.policies import policy_of
from liaison_desktop.questionnaires.definition import Definition
from liaison_desktop.questionnaires.library import pinned
from liaison_desktop.questionnaires.parsing import parse
from liaison_desktop.questionnaires.progress import counts
from liaison_desktop.questionnaires.reading import read_json
from liaison_desktop.questionnaires.response import Sheet
from liaison_desktop.questionnaires.validation import answered
from liaison_desktop.questionnaires.writing import canonical
from liaison_desktop.store import Act, Store

replace = msgspec.structs.replace


class Opened(msgspec.Struct, frozen=True):
    """A checklist as it is worked on: its answers, its answer journal, and the section and field where one was."""

    checklist: Checklist
    sheet: Sheet
    trail: Trail
    section: str = ""
    focus: str = ""


class _Draft(msgspec.Struct, frozen=True):
    content: str
    section: str
    focus: str
    steps: tuple[Step, ...] = ()
    form: str = ""


def draft_key(checklist: Checklist) -> str:
    """Under which key its draft is kept."""
    return f"checklist/{checklist.id}"


def form_of(store: Store, checklist: Checklist) -> Definition:
    """The form it was answered under, ours or an imported one, with the ranges in force (V16).

    Raises Damaged if that version is nowhere.
    """
    held = imported_form(store, checklist.form_url, checklist.form_version, checklist.form_hash)
    if held is not None and checklist.form_hash:
        return parse(read_json(held.content.encode()))
    return as_in_force(pinned(checklist.form_url, checklist.form_version, checklist.form_hash), policy_of(store))


def open_checklist(store: Store, checklist_id: uuid.UUID) -> Opened:
    """The checklist with its answers, back on the field where it was left; looking at it is written down."""
    checklist = store.get(Checklist, checklist_id)
    store.note(Act.VIEWED, kind=Checklist.kind, subject=checklist.id)
    return _opened(store, checklist)


def read_answers(store: Store, checklist: Checklist) -> tuple[Sheet, tuple[Step, ...]]:
    """The answers as they are now, and the lines of the answer journal that are not in the record yet. Only reads."""
    opened = _opened(store, checklist)
    return opened.sheet, tuple(opened.trail.pending)


def _opened(store: Store, checklist: Checklist) -> Opened:
    kept = store.drafts.get(draft_key(checklist)) if checklist.status is ChecklistStatus.IN_PROGRESS else None
    draft = msgspec.json.decode(kept, type=_Draft) if kept is not None else _Draft(checklist.content, "", "")
    if draft.form not in ("", checklist.form_hash):
        # A draft of the version before: it was carried over, and the power went before the draft was dropped.
        draft = _Draft(checklist.content, draft.section, "")
    sheet = Sheet.read(form_of(store, checklist), read_json(draft.content.encode()))
    return Opened(checklist, sheet, Trail(store, checklist.id, sheet, draft.steps), draft.section, draft.focus)


def save_answer(
    store: Store, checklist: Checklist, sheet: Sheet, *, section: str = "", focus: str = "", trail: Trail | None = None
) -> None:
    """Keeps the answers as they are, a line of the answer journal for each that changed, and the field one is on.

    When this returns all of it is on disk. Without the `trail` of an open checklist it is compared with what was kept.
    Raises Refused: V1, nothing else may be answered before the patient is identified; V6, it is finished.
    """
    require(store, "record_clinical")
    policy = policy_of(store)
    faults = edit_faults(checklist, policy) or start_faults(sheet, policy)
    if faults:
        raise Refused(faults)
    trail = trail or _opened(store, checklist).trail
    if checklist.form_url.endswith("/mr") and _just_identified(store, checklist, sheet):
        # V1: nothing of the patient is in the form before; the medicines come with the answer who it is.
        project_medicines(sheet, checklist.patient, store)
    trail.take(sheet)
    content = canonical(sheet.write()).decode()
    _put_draft(store, checklist, _Draft(content, section, focus, tuple(trail.pending), checklist.form_hash))


def _just_identified(store: Store, checklist: Checklist, sheet: Sheet) -> bool:
    """Whether this answer is the one that says who the patient is, before anything else was said of medicines."""
    medicines, now = sheet.first("M7a"), identity_node(sheet)
    if medicines is None or medicines.answers or now is None or not answered(now):
        return False
    before = identity_node(_opened(store, checklist).sheet)
    return before is not None and not answered(before)


def _put_draft(store: Store, checklist: Checklist, draft: _Draft) -> None:
    store.drafts.put(draft_key(checklist), msgspec.json.encode(draft))


def keep_checklist(store: Store, checklist: Checklist, sheet: Sheet, trail: Trail | None = None) -> Checklist:
    """Writes the answers so far into the record and the journal, if they changed; the record as it then is."""
    require(store, "record_clinical")
    policy = policy_of(store)
    faults = edit_faults(checklist, policy) or start_faults(sheet, policy)
    if faults:
        raise Refused(faults)
    content = canonical(sheet.write()).decode()
    if content == checklist.content and (trail is None or not trail.pending):
        return checklist
    found = counts(sheet).values()
    trail = trail or _opened(store, checklist).trail
    trail.take(sheet)
    kept = replace(
        checklist,
        content=content,
        answered=sum(count.answered for count in found),
        asked=sum(count.asked for count in found),
        left=sum(count.left for count in found),
    )
    return save_with(store, trail, kept, sheet=sheet)


def save_with(
    store: Store,
    trail: Trail,
    checklist: Checklist,
    reason: str = "",
    *,
    sheet: Sheet | None = None,
    finished: bool = False,
) -> Checklist:
    """A version of the checklist, the lines of its answer journal since the one before, and what it asks: all or none."""
    with store.transaction(reason) as transaction:
        saved = transaction.save(checklist)
        trail.write(transaction)
        if sheet is not None:
            ask_practitioner(store, transaction, saved, sheet, finished=finished)
    trail.written()
    return saved


def forget_draft(store: Store, checklist: Checklist) -> None:
    """Drops the draft of a checklist that is finished."""
    store.drafts.drop(draft_key(checklist))
