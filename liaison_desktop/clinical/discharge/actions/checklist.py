"""The discharge checklist, begun with what the plan says beside its questions; each is confirmed there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from liaison_desktop.clinical.checklists.actions import Planned, begin_form, keep_checklist, open_checklist
from liaison_desktop.clinical.checklists.queries import checklists_of
from liaison_desktop.clinical.checklists.record import Checklist, ChecklistStatus
from liaison_desktop.clinical.checklists.rules import standing
from liaison_desktop.clinical.consents.record import TeachBackState
from liaison_desktop.clinical.discharge.record import AreaCode, DischargePlan, Ready
from liaison_desktop.clinical.episodes.record import Disposition, Episode
from liaison_desktop.errors import Missing
from liaison_desktop.store import Store

FROM = "Discharge plan"
_AREAS = {
    AreaCode.LIFE: "D19",
    AreaCode.MEDICINES: "D20",
    AreaCode.WARNINGS: "D21",
    AreaCode.RESULTS: "D22",
    AreaCode.APPOINTMENTS: "D23",
}
_STATES = {
    TeachBackState.OK_FIRST: "ok-first",
    TeachBackState.OK_AFTER_RETEACH: "ok-after",
    TeachBackState.NOT_OK: "not-ok",
    TeachBackState.DECLINED: "declined",
}
_WHERE = {
    Disposition.HOME: "home",
    Disposition.ALT_HOME: "home",
    Disposition.SNF: "snf",
    Disposition.REHAB: "irf",
    Disposition.LONG: "ltach",
    Disposition.HOSPICE: "hospice",
    Disposition.AADVICE: "ama",
}


def begin_discharge_checklist(store: Store, plan: DischargePlan) -> Checklist:
    """The checklist of this stay, newly begun or the one that is under way. Raises Missing."""
    episode = store.find(Episode, plan.episode)
    if plan.patient is None or episode is None:
        raise Missing("This plan has no stay.")
    begun = standing(checklists_of(store, plan.patient)).get("dc")
    if begun is not None and begun.status is ChecklistStatus.IN_PROGRESS:
        return begun
    service = episode.service.value if episode.service is not None else "OTHER"
    checklist = begin_form(store, plan.patient, Planned(service=service), "dc")
    opened = open_checklist(store, checklist.id)
    for link_id, key, value in _offers(plan):
        node = opened.sheet.first(link_id)
        if node is None or node.answers:
            continue
        if key:
            opened.sheet.propose(node, key, value, FROM)
        elif (option := node.item.option(value)) is not None:
            opened.sheet.propose(node, option.key, option.value, FROM)
    return keep_checklist(store, opened.checklist, opened.sheet, opened.trail)


def _offers(plan: DischargePlan) -> Iterator[tuple[str, str, Any]]:
    for link_id, text in (
        ("D1.name", plan.caregiver),
        ("D1.phone", plan.caregiver_phone),
        ("D1.backup", plan.caregiver_backup),
        ("D2", plan.goals),
        ("D10", plan.patient_questions),
        ("D10f", plan.family_questions),
        ("D12.choice", plan.choice),
        ("D13", plan.equipment),
        ("D14", plan.services),
        ("D15", plan.home_safety),
        ("D22p", plan.pending_tests),
        ("D30.name", plan.contact_name),
        ("D30.phone", plan.contact_phone),
        ("D30.hours", plan.contact_hours),
        ("D35w", plan.ready_action),
    ):
        if text.strip():
            yield link_id, "valueString", text
    for link_id, at in (("D4", plan.imm_first_at), ("D9", plan.meeting_at)):
        if at is not None:
            yield link_id, "valueDateTime", at.replace(microsecond=0).isoformat()
    yield "D4q", "", {None: "", True: "yes", False: "no"}[plan.medicare]
    where = "home-hha" if plan.home_health else _WHERE.get(plan.destination, "other") if plan.destination else ""
    yield "D11", "", where
    for code, link_id in _AREAS.items():
        area = plan.area(code)
        yield f"{link_id}.state", "", _STATES.get(area.state, "")
        if area.words.strip():
            yield f"{link_id}.words", "valueString", area.words
    yield (
        "D35",
        "",
        {Ready.YES: "yes", Ready.PARTLY: "partly", Ready.NO: "no"}.get(plan.ready, "") if plan.ready else "",
    )
