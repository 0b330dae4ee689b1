"""What a patient's list says of each medicine, worked out of the comparison; and the mark by which a given list is known."""

from __future__ import annotations

import enum
import hashlib
from collections.abc import Iterable

import msgspec

from liaison_desktop.clinical.medications.record import Action, Frequency, Medicine, Route
from liaison_desktop.clinical.medications.rules.comparing import Pair


class Part(enum.Enum):
    """Where on the patient's list a medicine stands."""

    NEW = "New: start taking"
    CHANGED = "Changed: take it the new way"
    SAME = "Keep taking, nothing changed"
    HOLD = "Wait: do not take until you are told"
    STOP = "Stop: do not take any more"
    ASK = "Not decided yet: ask your nurse before you take it"


class ListedMedicine(msgspec.Struct, frozen=True, kw_only=True):
    """A medicine as a patient reads it: no abbreviation, what changed in words."""

    part: Part
    name: str
    dose: str
    how: str
    often: str
    purpose: str
    change: str
    alert: bool = False


_OFTEN = {
    Frequency.DAILY: "once a day", Frequency.BID: "2 times a day", Frequency.TID: "3 times a day",
    Frequency.QID: "4 times a day", Frequency.Q4H: "every 4 hours", Frequency.Q6H: "every 6 hours",
    Frequency.Q8H: "every 8 hours", Frequency.Q12H: "every 12 hours", Frequency.BEDTIME: "at bedtime",
    Frequency.MORNING: "every morning", Frequency.MEALS: "with meals", Frequency.WEEKLY: "once a week",
    Frequency.TWICE_WEEKLY: "2 times a week", Frequency.MONTHLY: "once a month",
    Frequency.Q3MONTHS: "every 3 months", Frequency.Q72H: "every 3 days", Frequency.ONCE: "one time only",
    Frequency.CONTINUOUS: "all the time", Frequency.PRN: "only when you need it",
}  # fmt: skip
_HOW = {
    Route.PO: "by mouth", Route.SL: "under the tongue", Route.BUCCAL: "inside the cheek",
    Route.TUBE: "through the feeding tube", Route.IV: "into a vein", Route.IM: "into a muscle",
    Route.SC: "under the skin", Route.TD: "patch on the skin", Route.TOP: "on the skin", Route.INH: "breathe it in",
    Route.NEB: "with the nebuliser", Route.NASAL: "in the nose", Route.OPH: "in the eye", Route.OTIC: "in the ear",
    Route.PR: "in the rectum", Route.PV: "in the vagina", Route.INTRATHECAL: "into the spine",
    Route.OTHER: "as you were shown",
}  # fmt: skip
_PARTS = {
    Action.CONTINUE: Part.SAME,
    Action.CHANGE_DOSE: Part.CHANGED,
    Action.CHANGE_ROUTE: Part.CHANGED,
    Action.CHANGE_FREQUENCY: Part.CHANGED,
    Action.SUBSTITUTE: Part.CHANGED,
    Action.HOLD: Part.HOLD,
    Action.STOP: Part.STOP,
    Action.START: Part.NEW,
}


def plain_often(medicine: Medicine) -> str:
    """How often, in a patient's words: "2 times a day, only when you need it for pain"."""
    words = medicine.frequency_text.strip()
    often = words if medicine.frequency in (None, Frequency.OTHER) else _OFTEN[medicine.frequency]
    needed = medicine.prn and medicine.frequency is not Frequency.PRN
    reason = medicine.prn_reason.strip()
    if needed or (reason and medicine.frequency is Frequency.PRN):
        needs = "only when you need it" if needed else often
        told = f"{needs} for {reason}" if reason else needs
        return f"{often}, {told}" if needed and often else told
    return often


def plain_how(medicine: Medicine) -> str:
    """The way it is taken, in a patient's words."""
    return _HOW[medicine.route] if medicine.route is not None else ""


def listed(pair: Pair) -> ListedMedicine:
    """What the list says of one row. What is not settled is not said as if it were."""
    action = pair.row.action if pair.row is not None and pair.settled else None
    part = Part.ASK if action is None else _PARTS.get(action, Part.ASK)
    after = pair.ordered if part in (Part.CHANGED, Part.NEW) and pair.ordered is not None else pair.medicine
    reason = pair.row.action_reason.strip() if pair.row is not None and action is not None else ""
    before = pair.taken
    change = reason
    if part is Part.CHANGED and before is not None:
        was = f"Before: {_way(before)}."
        change = f"{was} {reason}".strip()
    return ListedMedicine(
        part=part,
        name=after.name,
        dose=after.dose,
        how=plain_how(after),
        often=plain_often(after),
        purpose=_purpose(after, before),
        change=change,
        alert=pair.alert,
    )


def _way(medicine: Medicine) -> str:
    return ", ".join(filter(None, (medicine.name, medicine.dose, plain_how(medicine), plain_often(medicine))))


def _purpose(after: Medicine, before: Medicine | None) -> str:
    found = after.purpose.strip() or (before.purpose.strip() if before is not None else "")
    return "" if found.casefold() == "not known" else found


def patient_list(pairs: Iterable[Pair]) -> tuple[ListedMedicine, ...]:
    """The whole list, by part: what is new and changed first, because it is what must not be missed."""
    order = list(Part)
    return tuple(
        sorted((listed(pair) for pair in pairs), key=lambda each: (order.index(each.part), each.name.casefold()))
    )


def list_mark(pairs: Iterable[Pair]) -> str:
    """The fingerprint of a list: it changes as soon as a word of the list does."""
    rows = [
        (each.part.name, each.name, each.dose, each.how, each.often, each.purpose, each.change)
        for each in patient_list(pairs)
    ]
    return hashlib.sha256(msgspec.json.encode(rows)).hexdigest()
