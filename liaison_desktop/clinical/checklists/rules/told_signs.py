"""The measures, lines and wounds of a pre-admission checklist, as findings of the chart. Pure: a sheet in, values out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from liaison_desktop.clinical.checklists.rules.told import below, code, first_code, known, text
from liaison_desktop.clinical.findings.record import (
    Device,
    FindingSource,
    LineDevice,
    Score,
    ScoreName,
    Support,
    VitalMethod,
    VitalSigns,
    WeightHow,
    Wound,
    WoundLook,
    WoundType,
)
from liaison_desktop.questionnaires.nodes import Node
from liaison_desktop.questionnaires.progress import explanation
from liaison_desktop.questionnaires.response import Sheet
from liaison_desktop.questionnaires.values import convert

_MEASURES = {  # question, field of a set, unit it is kept in
    "H1.sys": ("systolic", "mm[Hg]"), "H1.dia": ("diastolic", "mm[Hg]"), "H2.rate": ("pulse", "/min"),
    "H3.rate": ("respirations", "/min"), "H4.temp": ("temperature", "Cel"), "H5.sat": ("spo2", "%"),
    "H5.flow": ("oxygen", "L/min"), "H7.weight": ("weight", "kg"), "H8.height": ("height", "cm"),
    "H10.glucose": ("glucose", "mg/dL"),
}  # fmt: skip
_WHOLE = frozenset(("systolic", "diastolic", "pulse", "respirations", "spo2", "glucose"))
_TOTALS = {"I3.gcs": ScoreName.GCS, "I7s": ScoreName.PRESSURE, "I10s": ScoreName.FALL, "I11.phq2": ScoreName.PHQ2}


def signs_told(sheet: Sheet, taken_at: dt.datetime) -> VitalSigns | None:
    """The set that section H holds, and the totals of section I; None if nothing was measured.

    `taken_at` is used where nobody wrote when it was taken.
    """
    values: dict[str, Any] = {}
    for link_id, (name, unit) in _MEASURES.items():
        value = _amount(sheet.first(link_id), unit)
        if value is not None:
            values[name] = round(value) if name in _WHOLE else float(round(value, 2))
    score = sheet.first("H6.score")
    if score is not None and score.enabled and isinstance(score.value, int):
        values["pain"] = score.value
    if not values:
        return None
    weight = sheet.first("H7.weight")
    stated = first_code(sheet, "H7.from") == "stated"
    if "weight" in values:
        values["weight_how"] = WeightHow.STATED if stated else WeightHow.MEASURED
        values["weight_reason"] = explanation(weight) if weight is not None else ""
    support = first_code(sheet, "I1")
    at = _when(sheet) or taken_at
    return VitalSigns(
        taken_at=at,
        method=VitalMethod.CHECKLIST,
        pain_site=text(sheet.first("H6.site")),
        support=known(Support, support),
        scores=tuple(_scores(sheet, at.date())),
        **values,
    )


def _amount(node: Node | None, unit: str) -> Decimal | None:
    if node is None or not node.enabled or not isinstance(node.value, dict):
        return None
    value = node.value.get("value")
    if not isinstance(value, Decimal | int):
        return None
    given = str(node.value.get("code") or unit)
    return convert(Decimal(value), given, unit) if given != unit else Decimal(value)


def _centimetres(node: Node | None) -> float | None:
    value = _amount(node, "cm")
    return float(value) if value is not None else None


def _when(sheet: Sheet) -> dt.datetime | None:
    """The newest moment that was written beside a measure."""
    found = []
    for number in range(1, 11):
        node = sheet.first(f"H{number}.at")
        try:
            moment = dt.datetime.fromisoformat(text(node))
        except ValueError:
            continue
        if moment.tzinfo is not None:
            found.append(moment)
    return max(found, default=None)


def _scores(sheet: Sheet, on: dt.date) -> Iterator[Score]:
    for link_id, name in _TOTALS.items():
        node = sheet.first(link_id)
        if node is not None and node.enabled and isinstance(node.value, int):
            yield Score(name=name, total=node.value, on=on)


def lines_told(sheet: Sheet) -> tuple[LineDevice, ...]:
    """Lines, drains and devices of section I; a catheter that only I6 speaks of is one of them."""
    why, since = text(sheet.first("I6.why")), text(sheet.first("I6.since"))
    found = [
        LineDevice(
            device=what,
            site=text(below(group, "I8.site")),
            inserted_on=text(below(group, "I8.since")) or (since if what is Device.FOLEY else ""),
            indication=why if what is Device.FOLEY else "",
            detail=text(below(group, "I8.detail")),
            source=FindingSource.CHECKLIST,
        )
        for group in sheet.nodes("I8")
        if group.enabled and (what := known(Device, code(group, "I8.what"))) is not None
    ]
    if "yes" in sheet.codes("I6.catheter") and all(line.device is not Device.FOLEY for line in found):
        found.append(LineDevice(device=Device.FOLEY, inserted_on=since, indication=why, source=FindingSource.CHECKLIST))
    return tuple(found)


def wounds_told(sheet: Sheet) -> tuple[tuple[Wound, WoundLook], ...]:
    """Wounds of section I, each with the look at it."""
    found = []
    for group in sheet.nodes("I7w"):
        site, sort = text(below(group, "I7w.site")), known(WoundType, code(group, "I7w.type"))
        if not group.enabled or not site or sort is None:
            continue
        sides = {side: _centimetres(below(group, f"I7w.{side}")) for side in ("length", "width", "depth")}
        look = WoundLook(
            source=FindingSource.CHECKLIST,
            treatment=text(below(group, "I7w.treatment")),
            length=sides["length"],
            width=sides["width"],
            depth=sides["depth"],
        )
        found.append((Wound(site=site, type=sort), look))
    return tuple(found)
