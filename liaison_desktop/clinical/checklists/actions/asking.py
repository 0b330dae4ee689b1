"""What a patient asks the practitioner in the verification of a consent (PC14) becomes a concern of theirs."""

from __future__ import annotations

from liaison_desktop.clinical.checklists.record import Checklist
from liaison_desktop.clinical.concerns.actions import question_for_practitioner
from liaison_desktop.clinical.concerns.queries import concerns_of
from liaison_desktop.questionnaires.response import Sheet
from liaison_desktop.store import Store, Transaction

_FORM = "pc"


def ask_practitioner(
    store: Store, transaction: Transaction, checklist: Checklist, sheet: Sheet, *, finished: bool = False
) -> None:
    """Each question that nobody answered, once the nurse stops (PC15) or finishes; saved with the checklist."""
    if sheet.definition.url.rpartition("/")[2] != _FORM or checklist.patient is None:
        return
    if not (finished or any(node.value is True for node in sheet.nodes("PC15s") if node.enabled)):
        return
    # An amendment is a checklist of its own; what was asked before it is not asked twice.
    told = {one.words for one in concerns_of(store, checklist.patient) if one.about_kind == Checklist.kind}
    explained = " ".join(str(node.value) for node in sheet.nodes("PC2.name") if node.value)
    for asked in sheet.nodes("PC14.what"):
        beside = asked.parent.children.get("PC14.answer", []) if asked.parent is not None else []
        words = str(asked.value or "").strip()
        if asked.enabled and words and words not in told and not any(node.value for node in beside):
            question_for_practitioner(
                store,
                transaction,
                patient=checklist.patient,
                words=words,
                to=explained,
                about_kind=Checklist.kind,
                about=checklist.id,
            )
