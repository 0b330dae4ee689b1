"""What a capacity checklist says, as the note of the chart. Pure: a sheet in, a note out."""

from __future__ import annotations

import datetime as dt

from liaison_desktop.clinical.checklists.rules.told import code, first_code, known, text
from liaison_desktop.clinical.directives.record import AbilityState, CapacityNote, Concern, Factor, SameChoice
from liaison_desktop.clinical.directives.record.capacity import Ability
from liaison_desktop.questionnaires.elapsed import moments
from liaison_desktop.questionnaires.nodes import Node
from liaison_desktop.questionnaires.response import Sheet

_SHOWN = {
    "shown": AbilityState.DEMONSTRATED,
    "partial": AbilityState.PARTIAL,
    "not-shown": AbilityState.NOT_DEMONSTRATED,
    "not-asked": AbilityState.NOT_ASSESSED,
}
# A practitioner's determination is added to the note by name and time; here it is only the ground to ask for it.
_CONCERN = {
    "no-concern": Concern.NONE, "fluctuating": Concern.SOME, "refer": Concern.MARKED, "lacks": Concern.MARKED,
}  # fmt: skip
_AGAIN = {"yes": SameChoice.SAME, "no": SameChoice.DIFFERENT}


def capacity_told(sheet: Sheet) -> CapacityNote | None:
    """The note; None as long as the decision and the impression are not answered."""
    decision, concern = text(sheet.first("K1")), _CONCERN.get(first_code(sheet, "K8"))
    if not decision or concern is None:
        return None
    at = [moment for moment, whole_day in moments(sheet, "K2") if not whole_day]
    told = [moment for moment, whole_day in moments(sheet, "K9.at") if not whole_day]
    factors = [found for one in sheet.codes("K3") if (found := known(Factor, one)) is not None]
    again = _AGAIN.get(_code(sheet, "K7", "K7.again"))
    return CapacityNote(
        decision=decision,
        understand=_ability(sheet, "K4"),
        appreciate=_ability(sheet, "K5"),
        reason=_ability(sheet, "K6"),
        choice=_ability(sheet, "K7"),
        asked_again=again,
        asked_again_words=_words(sheet, "K7") if again is SameChoice.DIFFERENT else "",
        factors=tuple(factors),
        seen=text(sheet.first("K3t")),
        concern=concern,
        referred_to=text(sheet.first("K9.name")) if concern is not Concern.NONE else "",
        referred_at=_aware(told[0]) if told and concern is not Concern.NONE else None,
        at=_aware(at[0]) if at else None,
    )


def _aware(moment: dt.datetime) -> dt.datetime:
    return moment if moment.tzinfo is not None else moment.astimezone()


def _group(sheet: Sheet, link_id: str) -> Node | None:
    found = sheet.first(link_id)
    return found if found is not None and found.enabled else None


def _code(sheet: Sheet, link_id: str, part: str) -> str:
    group = _group(sheet, link_id)
    return code(group, part) if group is not None else ""


def _words(sheet: Sheet, link_id: str) -> str:
    return text(sheet.first(f"{link_id}.words"))


def _ability(sheet: Sheet, link_id: str) -> Ability:
    return Ability(state=_SHOWN.get(_code(sheet, link_id, f"{link_id}.state")), quote=_words(sheet, link_id))
