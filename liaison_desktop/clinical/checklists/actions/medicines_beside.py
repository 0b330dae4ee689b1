"""The medicines of the chart beside the reconciliation checklist: what is known is offered, what is open is held against it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from liaison_desktop.clinical.checklists.record import Checklist
from liaison_desktop.clinical.episodes.queries import current_episode
from liaison_desktop.clinical.medications.actions import unresolved
from liaison_desktop.clinical.medications.queries import history_of
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.errors import Fault
from liaison_desktop.policies import Policy
from liaison_desktop.questionnaires.response import Sheet
from liaison_desktop.store import Store

_FROM = "Medicines of the chart"
_FORM = "/mr"


def medicines_known(store: Store, patient: Patient) -> Iterator[tuple[str, Any, str]]:
    """What the interview of this stay says, to be confirmed one by one."""
    stay = current_episode(store, patient.id)
    history = history_of(store, stay.id) if stay is not None else None
    if history is None:
        return
    yes_no: tuple[tuple[str, bool | None], ...] = (("M4", history.open_question), ("M5", history.list_reviewed))
    for link_id, said in yes_no:
        if said is not None:
            yield link_id, ("valueBoolean", said), _FROM
    texts = (
        ("M1", history.why_one_source),
        ("M2.name", history.pharmacy),
        ("M2.phone", history.pharmacy_phone),
        ("M8", history.recent_changes),
        ("M14", history.pharmacist_note),
    )
    for link_id, words in texts:
        if words.strip():
            yield link_id, ("valueString", words), _FROM
    if len(history.keepers) == 1:
        yield "M3", history.keepers[0].value, _FROM
    if history.ran_out is not None:
        yield "M10", "yes" if history.ran_out else "no", _FROM


def held_against_chart(store: Store, checklist: Checklist, sheet: Sheet, policy: Policy) -> tuple[Fault, ...]:
    """V32: a reconciliation is not finished with fewer open differences than the chart has, if one is of high alert."""
    node = sheet.first("M15")
    stay = current_episode(store, checklist.patient) if checklist.patient is not None else None
    if not checklist.form_url.endswith(_FORM) or node is None or stay is None:
        return ()
    left, said = unresolved(store, stay.id), node.value if isinstance(node.value, int) else 0
    if not left.blocks or said >= left.open:
        return ()
    return (policy.fault("V32-CHART", field=node.key, n=left.total, said=said),)
