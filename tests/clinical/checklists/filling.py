"""A nurse who answers everything plausibly, for tests and for the tour of one."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from liaison_desktop.clinical.patients.record import Patient, SexAdmin
from liaison_desktop.questionnaires.nodes import Node
from liaison_desktop.questionnaires.progress import blank_keys
from liaison_desktop.questionnaires.response import Sheet

_CALM = {
    "pan": {
        "A1": "name-dob", "A3": "patient", "B3": "no", "C1": "person", "C2": "none", "C5": "none", "D2": "no",
        "D6": "full", "E1": "NKA", "F2": "no", "F4": "no", "F6": "no", "F9": "no", "G5": "none", "I1": "room-air",
        "I7": "yes", "I10": "no", "I12": "no", "I13": "none", "J1": "standard", "J3": "none", "K4": "yes", "L7": "yes",
        "N4": "yes",
    },
    "pas": {"S3a": ("pt", "ot"), "S5a": ("pt", "ot")},
    "mr": {"M0": ("patient", "bottle"), "M4": True, "M5": True},
    "iv": {"I1.plan": "PPO", "I2q": "no", "I21": "no", "I3": "portal"},
    "pc": {"PC9": "no", "PC10a": "no", "PC16p": "no"},
    "rc": {"A3": "common-rule", "R29s": "no", "G2": "no"},
    "dc": {"D4q": "no", "D33q": "no"},
    "roi": {"O7": "none", "O5": "event"},
    "capacity": {"K3": "none"},
}  # fmt: skip
# Words where "As told" would not do, and hours from now where the order of moments matters.
_SAID = {"M7.dose": "5 mg", "PC21": "Ana Ruiz"}
_HOURS = {
    "S0h": 24, "S11c": -2, "S13d": -1, "PC3": -3, "PC20.at": -1, "R38.given": -3, "R38.signed": -1, "R26.from": -48,
    "O6.at": -1, "I34": 24,
}  # fmt: skip


def a_patient() -> Patient:
    """A synthetic woman of 65."""
    return Patient(family="Alvarez", given="Maria", birth_date="1961-03-14", sex_admin=SexAdmin.FEMALE)


def calm(form: str, link_id: str) -> tuple[str, ...] | bool | None:
    """The answer that opens nothing further, where the first one would not do."""
    held = _CALM.get(form, {}).get(link_id)
    return (held,) if isinstance(held, str) else held


def plausible(node: Node, now: dt.datetime, form: str = "pan") -> list[tuple[str, Any]]:
    """An answer that opens nothing further where that is possible."""
    item = node.item
    said = calm(form, item.link_id)
    if item.options:
        found = []
        for code in said if isinstance(said, tuple) else (item.options[0].code,):
            option = item.option(code)
            assert option is not None, item.link_id
            found.append((option.key, option.value))
        return found
    at = now + dt.timedelta(hours=_HOURS.get(item.link_id, 0))
    if item.type in ("string", "text"):
        return [("valueString", _SAID.get(item.link_id, "As told"))]
    if item.type == "dateTime":
        return [("valueDateTime", at.isoformat(timespec="seconds"))]
    if item.type == "date":
        return [("valueDate", at.date().isoformat())]
    if item.type == "boolean":
        return [("valueBoolean", said is True)]
    if item.type == "decimal":
        return [("valueDecimal", Decimal(1))]
    if item.type == "integer":
        return [("valueInteger", int(item.low or 1))]
    unit = item.units[0]
    return [
        (
            "valueQuantity",
            {"value": Decimal(80), "unit": unit["display"], "code": unit["code"], "system": unit["system"]},
        )
    ]


def fill(sheet: Sheet, now: dt.datetime, *, but: tuple[str, ...] = ()) -> None:
    """Answers all that is required, but for these linkIds."""
    form = sheet.definition.url.rpartition("/")[2]
    while True:
        left = [
            node for node in map(sheet.find, blank_keys(sheet)) if node is not None and node.item.link_id not in but
        ]
        questions = [
            one for node in left for one in node.walk() if one.item.is_question and one.enabled and not one.answers
        ]
        if not questions:
            return
        for node in questions:
            sheet.answer(node, *plausible(node, now, form))
