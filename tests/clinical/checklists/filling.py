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
    "A1": "name-dob", "A3": "patient", "B3": "no", "C1": "person", "C2": "none", "C5": "none", "D2": "no",
    "D6": "full", "E1": "NKA", "F2": "no", "F4": "no", "F6": "no", "F9": "no", "G5": "none", "I1": "room-air",
    "I7": "yes", "I10": "no", "I12": "no", "I13": "none", "J1": "standard", "J3": "none", "K4": "yes", "L7": "yes",
    "N4": "yes",
}  # fmt: skip


def a_patient() -> Patient:
    """A synthetic woman of 65."""
    return Patient(family="Alvarez", given="Maria", birth_date="1961-03-14", sex_admin=SexAdmin.FEMALE)


def plausible(node: Node, now: dt.datetime) -> list[tuple[str, Any]]:
    """An answer that opens nothing further where that is possible."""
    item = node.item
    if item.options:
        code = _CALM.get(item.link_id, item.options[0].code)
        option = item.option(code)
        assert option is not None, item.link_id
        return [(option.key, option.value)]
    texts = {"string": "valueString", "text": "valueString"}
    if item.type in texts:
        return [("valueString", "As told")]
    if item.type == "dateTime":
        return [("valueDateTime", now.isoformat(timespec="seconds"))]
    if item.type == "date":
        return [("valueDate", now.date().isoformat())]
    if item.type == "boolean":
        return [("valueBoolean", False)]
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
            sheet.answer(node, *plausible(node, now))
