"""A draft moves to a newer version of its form: nothing is lost, and the answer journal says what happened."""

from __future__ import annotations

import msgspec

from liaison_desktop.clinical.checklists.actions.answering import forget_draft, save_with
from liaison_desktop.clinical.checklists.actions.trail import Trail
from liaison_desktop.clinical.checklists.record import Checklist, ChecklistStatus
from liaison_desktop.clinical.checklists.rules import edit_faults
from liaison_desktop.clinical.people.actions import require
from liaison_desktop.errors import Refused
from liaison_desktop.policies import policy_of
from liaison_desktop.questionnaires.carried import carry
from liaison_desktop.questionnaires.definition import Definition
from liaison_desktop.questionnaires.library import newest_of
from liaison_desktop.questionnaires.progress import counts
from liaison_desktop.questionnaires.response import Sheet
from liaison_desktop.questionnaires.writing import canonical
from liaison_desktop.store import Store


def newer_form(checklist: Checklist) -> Definition | None:
    """The released form that followed the one an open checklist is answered under; None if that is the newest."""
    if checklist.status is not ChecklistStatus.IN_PROGRESS:
        return None
    found = newest_of(checklist.form_url)
    return found if found is not None and found.hash != checklist.form_hash else None


def carry_checklist(store: Store, checklist: Checklist, sheet: Sheet, trail: Trail, new: Definition) -> Checklist:
    """Carries an open checklist to that version and writes it into the journal. Raises Refused when it is finished."""
    require(store, "record_clinical")
    if faults := edit_faults(checklist, policy_of(store)):
        raise Refused(faults)
    trail.take(sheet)
    made = carry(sheet, new).sheet
    trail.take(made, note=f"Carried to version {new.version}")
    found = counts(made).values()
    moved = msgspec.structs.replace(
        checklist,
        name=new.title,
        form_version=new.version,
        form_hash=new.hash,
        content=canonical(made.write()).decode(),
        answered=sum(count.answered for count in found),
        asked=sum(count.asked for count in found),
        left=sum(count.left for count in found),
    )
    saved = save_with(store, trail, moved, f"Carried to version {new.version} of the form")
    # The draft holds answers under the old version; what it held is in the record now.
    forget_draft(store, checklist)
    return saved
