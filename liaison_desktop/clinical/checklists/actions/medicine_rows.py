"""The rows of the reconciliation checklist, out of the medicines and comparisons that were recorded in this stay.

Medicines live in the grid of the chart; the checklist projects them. Only what somebody recorded or asked about in this
stay is a row: what was taken over from an earlier list and not asked about yet stays unanswered, here as there.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator
from typing import Any

from liaison_desktop.clinical.episodes.queries import current_episode
from liaison_desktop.clinical.medications.queries import history_of, medicines_of, reconciliations_of
from liaison_desktop.clinical.medications.record import (
    Discrepancy,
    Medicine,
    MedicineList,
    MedicineStatus,
    Reconciliation,
    Source,
    said_line,
)
from liaison_desktop.questionnaires.nodes import Node
from liaison_desktop.questionnaires.response import Sheet
from liaison_desktop.store import Store

FROM = "Medicines of the chart"
_NAMED_BY = {
    Source.PHARMACY: "pharmacy", Source.PCP: "pcp", Source.RECORD: "mar", Source.SUMMARY: "dc-summary",
}  # fmt: skip
_SHORT = {
    "change_dose": "dose", "change_route": "route", "change_frequency": "frequency", "wrong_drug": "wrong-drug",
    "incomplete_order": "incomplete", "allergy_conflict": "allergy", "intentional_documented": "documented",
    "intentional_undocumented": "undocumented", "unintentional": "unintended",
}  # fmt: skip
_NOT_KNOWN = "Not known"
Said = tuple[str, Any]  # a linkId of the row, and a text, a code or a moment


def project_medicines(sheet: Sheet, patient: uuid.UUID | None, store: Store) -> None:
    """Put a row for each medicine that is taken, and for each that was compared, into a checklist that just began."""
    stay = current_episode(store, patient) if patient is not None else None
    if stay is None:
        return
    held = {one.id: one for one in medicines_of(store, stay.id)}
    taken = [one for one in held.values() if one.list is MedicineList.HOME and one.current and not one.prefilled]
    history = history_of(store, stay.id)
    if taken or (history is not None and history.takes_none):
        _say(sheet, sheet.first("M7a"), "yes" if taken else "no", store.clock())
    _rows(sheet, "M7", [_taken(one) for one in taken], store.clock())
    compared = [one for one in reconciliations_of(store, stay.id) if one.compared]
    if compared:
        _say(sheet, sheet.first("M11a"), "done", store.clock())
        _rows(sheet, "M11", [_compared(one, held.get, store.clock().tzinfo) for one in compared], store.clock())


def _rows(sheet: Sheet, link_id: str, rows: list[Iterable[Said]], at: dt.datetime) -> None:
    first = sheet.first(link_id)
    if first is None or not first.enabled:
        return
    for number, said in enumerate(rows):
        group = first if number == 0 else sheet.add(sheet.nodes(link_id)[-1])
        for name, value in said:
            # What is asked depends on what was answered before it, so each is looked up as it comes.
            nodes = group.children.get(f"{link_id}.{name}", [])
            _say(sheet, nodes[0] if nodes else None, value, at)


def _say(sheet: Sheet, node: Node | None, value: Any, at: dt.datetime) -> None:
    """Answer one question with where it is from; nothing happens where it is not asked or the form has no such answer."""
    if node is None or not node.enabled or value in ("", None, ()):
        return
    if node.item.options:
        codes = value if isinstance(value, tuple) else (value,)
        options = [option for code in codes if (option := node.item.option(str(code))) is not None]
        if len(options) > 1:
            sheet.answer(node, *((one.key, one.value) for one in options))
            return
        if not options:
            return
        key, said = options[0].key, options[0].value
    elif node.item.type == "dateTime":
        key, said = "valueDateTime", value
    else:
        key, said = "valueString", value
    sheet.propose(node, key, said, FROM)
    sheet.confirm(node, at)


def _taken(one: Medicine) -> Iterator[Said]:
    yield "name", one.name
    yield "strength", one.strength or _NOT_KNOWN
    yield "form", one.form
    yield "dose", one.dose
    yield "route", one.route.value if one.route is not None else ""
    yield "frequency", "PRN" if one.prn and one.frequency is None else _word(one.frequency)
    yield "times", one.frequency_text
    yield "prn", one.prn_reason
    yield "purpose", one.purpose or _NOT_KNOWN
    yield "precision", _word(one.last_taken)
    yield "last", one.last_taken_at.isoformat(timespec="seconds") if one.last_taken_at is not None else ""
    not_taken = one.status is MedicineStatus.NOT_TAKEN
    yield "adherence", "not-taking" if not_taken else _word(one.adherence).replace("_", "-")
    yield "why", one.reason_not_taking
    yield "prescriber", one.prescriber
    yield "from", tuple(_NAMED_BY.get(said.source, said.source.value) for said in one.says if not said.absent)
    lines = {said_line(said) for said in one.says if not said.absent}
    if len(lines) > 1:
        yield "said", "; ".join(f"{said.source.label}: {said_line(said)}" for said in one.says if not said.absent)
    yield "alert", one.high_alert.value


def _word(code: Any) -> str:
    return code.value if code is not None else ""


def _compared(one: Reconciliation, find: Any, zone: dt.tzinfo | None) -> Iterator[Said]:
    taken, ordered = find(one.taken), find(one.ordered)
    medicine = taken or ordered
    yield "what", medicine.name if medicine is not None else ""
    yield "order", ordered.line() if ordered is not None else "Not ordered"
    yield "action", _SHORT.get(_word(one.action), _word(one.action))
    yield "reason", one.action_reason
    yield "discrepancy", _SHORT.get(_word(one.discrepancy), _word(one.discrepancy))
    if one.discrepancy in (None, Discrepancy.NONE):
        return
    yield "intent", _SHORT.get(_word(one.intent), _word(one.intent))
    how = f", {one.told_how.label.lower()}" if one.told_how is not None else ""
    yield "told", f"{one.told_to}{how}" if one.told_to.strip() else ""
    yield "told-at", _moment(one.told_at, zone)
    yield "read-back", {True: "yes", False: "no"}.get(one.read_back, "") if one.read_back is not None else ""
    yield "answer", one.answer
    yield "by", one.answered_by
    yield "by-at", _moment(one.answered_at, zone)
    yield "alert", medicine.high_alert.value if medicine is not None else ""


def _moment(at: dt.datetime | None, zone: dt.tzinfo | None) -> str:
    return at.astimezone(zone).isoformat(timespec="seconds") if at is not None else ""
