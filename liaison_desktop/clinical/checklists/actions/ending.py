"""Ending a checklist: completed, amended as a new version, stopped, or marked as entered in error."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from liaison_desktop.clinical.checklists.actions.answering import forget_draft, form_of, save_with
from liaison_desktop.clinical.checklists.actions.medicines_beside import held_against_chart
from liaison_desktop.clinical.checklists.actions.trail import Trail, trail_for
from liaison_desktop.clinical.checklists.queries import amendment_of
from liaison_desktop.clinical.checklists.record import Checklist, ChecklistStatus
from liaison_desktop.clinical.checklists.rules import (
    amendment_faults,
    completion_faults,
    edit_faults,
    review_faults,
    waits_for_review,
)
from liaison_desktop.clinical.people.actions import credential_here, policy_here, require
from liaison_desktop.errors import Fault, Refused
from liaison_desktop.policies import policy_of
from liaison_desktop.questionnaires import names
from liaison_desktop.questionnaires.marks import drop_extension
from liaison_desktop.questionnaires.nodes import Node
from liaison_desktop.questionnaires.progress import counts
from liaison_desktop.questionnaires.reading import read_json
from liaison_desktop.questionnaires.response import Sheet
from liaison_desktop.questionnaires.writing import canonical
from liaison_desktop.records import new_id
from liaison_desktop.store import Store

replace = msgspec.structs.replace


def _signature(sheet: Sheet, *, reviewer: bool) -> dict[str, Node]:
    """The questions that the application answers when somebody signs: name, credential, at."""
    found: dict[str, Node] = {}
    for node in sheet.walk():
        item = node.item
        part = item.link_id.rpartition(".")[2]
        if item.from_application and item.rn_only == reviewer and part in ("name", "credential", "at"):
            if not item.link_id.startswith("ctx."):
                found[part] = node
    return found


def _sign(sheet: Sheet, store: Store, *, reviewer: bool = False) -> None:
    """Who collected or reviewed it, and when: known to the application, so never typed."""
    nodes = _signature(sheet, reviewer=reviewer)
    if "name" in nodes:
        sheet.answer(nodes["name"], ("valueString", store.actor.name))
    if "at" in nodes:
        sheet.answer(nodes["at"], ("valueDateTime", store.clock().isoformat(timespec="seconds")))
    if "credential" in nodes:
        sheet.choose(nodes["credential"], credential_here(store))


def _unsign(sheet: Sheet) -> None:
    for reviewer in (False, True):
        for node in _signature(sheet, reviewer=reviewer).values():
            sheet.clear(node)


def complete_checklist(
    store: Store,
    checklist: Checklist,
    sheet: Sheet,
    *,
    trail: Trail | None = None,
    prove: Callable[[Checklist], object] = lambda _done: None,
) -> Checklist:
    """Finishes it. What is not asked any more and what nobody confirmed is left out, the rest can never be edited.

    `prove` makes the document of the checklist as it will be and raises Unprintable unless it shows all of it (V5).
    Raises Refused with every fault (V1, V4, V6, V10, V13, V16 and the form's own findings); nothing is changed then.
    """
    require(store, "record_clinical")
    policy = policy_here(store)
    credential = credential_here(store)
    if faults := edit_faults(checklist, policy) or (
        *completion_faults(sheet, policy, now=store.clock(), credential=credential),
        *held_against_chart(store, checklist, sheet, policy),
    ):
        raise Refused(faults)
    # Signed on a copy: where something still stands in the way, the nurse's own sheet is as it was.
    before, sheet = sheet, Sheet.read(sheet.definition, sheet.write())
    _sign(sheet, store)
    status = ChecklistStatus.AMENDED if checklist.amends is not None else ChecklistStatus.COMPLETED
    found = counts(sheet).values()
    sheet.extra["authored"] = store.clock().isoformat(timespec="seconds")
    sheet.extra["extension"] = _pinned(sheet, checklist)
    for node in sheet.walk():
        drop_extension(node.extra, names.PROPOSAL, names.COME_BACK)
    done = replace(
        checklist,
        content=canonical(sheet.write(status=status.value, drop_unasked=True)).decode(),
        status=status,
        author=store.actor.name,
        completed_at=store.clock(),
        answered=sum(count.answered for count in found),
        asked=sum(count.asked for count in found),
        left=0,
        review_needed=waits_for_review(sheet, credential, policy),
        policy_version=policy.version,
    )
    prove(done)
    trail = trail or trail_for(store, checklist, Sheet.read(sheet.definition, read_json(checklist.content.encode())))
    trail.take(before)
    trail.take_dropped(sheet)
    done = save_with(store, trail, done, checklist.reason, sheet=sheet, finished=True)
    forget_draft(store, checklist)
    return done


def _pinned(sheet: Sheet, checklist: Checklist) -> list[dict[str, str]]:
    held = [one for one in sheet.extra.get("extension", []) if one.get("url") not in (names.PINNED_HASH, names.AMENDS)]
    held.append({"url": names.PINNED_HASH, "valueString": checklist.form_hash})
    if checklist.amends is not None:
        held.append({"url": names.AMENDS, "valueUri": f"urn:uuid:{checklist.amends}"})
    return held


def review_checklist(store: Store, checklist: Checklist, sheet: Sheet) -> Checklist:
    """An RN signs for what somebody else collected (V7), with what only an RN answers. Raises Refused."""
    policy = policy_of(store)
    faults = review_faults(
        checklist,
        sheet,
        policy,
        reviewer=store.actor.name,
        credential=credential_here(store),
        now=store.clock(),
    )
    if faults:
        raise Refused(faults)
    require(store, "review_checklist")
    trail = trail_for(store, checklist, Sheet.read(sheet.definition, read_json(checklist.content.encode())))
    _sign(sheet, store, reviewer=True)
    trail.take(sheet, "RN review")
    reviewed = replace(
        checklist,
        content=canonical(sheet.write(status=checklist.status.value, drop_unasked=True)).decode(),
        review_needed=False,
        reviewed_by=store.actor.name,
        reviewed_at=store.clock(),
    )
    return save_with(store, trail, reviewed, "Reviewed")


def amend_checklist(store: Store, checklist: Checklist, reason: str) -> Checklist:
    """A new version of a finished checklist, open for changes; the old one stays as it is. Raises Refused (V6)."""
    require(store, "record_clinical")
    policy = policy_of(store)
    if faults := amendment_faults(checklist, reason, amendment_of(store, checklist.id), policy):
        raise Refused(faults)
    sheet = Sheet.read(form_of(store, checklist), read_json(checklist.content.encode()))
    _unsign(sheet)
    return store.save(
        replace(
            checklist,
            id=new_id(),
            version=None,
            status=ChecklistStatus.IN_PROGRESS,
            content=canonical(sheet.write(status="in-progress")).decode(),
            author=store.actor.name,
            started_at=store.clock(),
            completed_at=None,
            review_needed=False,
            reviewed_by="",
            reviewed_at=None,
            amends=checklist.id,
            reason=reason.strip(),
        ),
        reason=reason.strip(),
    )


def stop_checklist(store: Store, checklist: Checklist, reason: str) -> Checklist:
    """Gives an open checklist up; what was answered is kept. Raises Refused without a reason."""
    return _end(store, checklist, ChecklistStatus.STOPPED, reason)


def mark_entered_in_error(store: Store, checklist: Checklist, reason: str) -> Checklist:
    """Says that it should not exist, such as one of another patient; it stays readable. Raises Refused."""
    return _end(store, checklist, ChecklistStatus.ENTERED_IN_ERROR, reason)


def _end(store: Store, checklist: Checklist, status: ChecklistStatus, reason: str) -> Checklist:
    require(store, "record_clinical")
    policy = policy_of(store)
    faults: tuple[Fault, ...] = () if reason.strip() else (policy.fault("V6-WHY", field="reason"),)
    if status is ChecklistStatus.STOPPED:
        faults = (*edit_faults(checklist, policy), *faults)
    if faults:
        raise Refused(faults)
    ended = store.save(replace(checklist, status=status, reason=reason.strip()), reason=reason.strip())
    forget_draft(store, checklist)
    return ended
