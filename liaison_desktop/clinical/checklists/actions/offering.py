"""What is known already is put beside the questions with its source. It is no answer before a nurse confirms it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from liaison_desktop.clinical.checklists.actions.answering import form_of
from liaison_desktop.clinical.checklists.actions.medicines_beside import medicines_known
from liaison_desktop.clinical.checklists.actions.offering_coverage import known_coverage, known_payer
from liaison_desktop.clinical.checklists.queries import checklists_of
from liaison_desktop.clinical.checklists.record import FINISHED, Checklist
from liaison_desktop.clinical.communication.queries import session_of_the_day
from liaison_desktop.clinical.findings.queries import last_with
from liaison_desktop.clinical.patients.record import (
    AllergyAssertion,
    InterpreterNeed,
    IsolationStatus,
    Patient,
    allergy_statement,
)
from liaison_desktop.policies import policy_of
from liaison_desktop.questionnaires.reading import read_json
from liaison_desktop.questionnaires.response import Sheet
from liaison_desktop.store import Store
from liaison_desktop.ui.dates import plain_day

CHART = "Patient's chart"
_INTERPRETER = {InterpreterNeed.YES: "yes", InterpreterNeed.NO: "no", InterpreterNeed.DECLINED: "declines"}
_ALLERGIES = {
    AllergyAssertion.NKA: "NKA",
    AllergyAssertion.NKDA: "NKDA",
    AllergyAssertion.HAS_ALLERGIES: "has",
}
# How an interpreter takes part, in the log and in the checklist.
_MODALITY = {
    "in_person": "in_person", "video": "video", "telephone": "telephone", "sign_ASL": "sign",
    "tactile": "tactile", "relay": "relay",
}  # fmt: skip
# The state of an authorisation in the insurance verification, and in the screening.
_AUTHORISED = {
    "not_required": "not-required", "to_submit": "to-submit", "submitted": "submitted", "pended_info": "submitted",
    "p2p_requested": "submitted", "approved": "approved", "partial": "approved", "denied": "denied",
}  # fmt: skip
Offer = tuple[str, Any, str]  # a question's linkId, a code or a value with its key, and where it is from


def offer_known(sheet: Sheet, form: str, patient: Patient, store: Store) -> None:
    """Offer what the chart, the policy and the patient's other checklists say."""
    for link_id, value, source in _known(form, patient, store):
        node = sheet.first(link_id)
        if node is None or not value:
            continue
        if isinstance(value, tuple):
            sheet.propose(node, value[0], value[1], source)
        elif (option := node.item.option(value)) is not None:
            sheet.propose(node, option.key, option.value, source)


def _known(form: str, patient: Patient, store: Store) -> Iterator[Offer]:
    needs = patient.communication
    interpreter = _INTERPRETER.get(needs.interpreter, "") if needs.interpreter else ""
    if form == "pan":
        isolated = [one.precaution.value for one in patient.isolation if one.status is IsolationStatus.ACTIVE]
        yield "B1", needs.spoken.partition("-")[0], CHART
        yield "B2", needs.written.partition("-")[0], CHART
        yield "B3", interpreter, CHART
        yield from _interpreted(store, patient)
        yield "E1", _ALLERGIES.get(patient.allergy_assertion, "") if patient.allergy_assertion else "", CHART
        yield "D6", patient.code_status.value.replace("_", "-") if patient.code_status else "", CHART
        yield "J1", isolated[0] if isolated else "", CHART
    elif form == "pc":
        yield "PC9", interpreter, CHART
    elif form == "mr":
        yield from medicines_known(store, patient)
        if patient.allergy_assertion is not None:
            yield "M12a", ("valueString", allergy_statement(patient).text), CHART
    elif form == "iv":
        days = int(policy_of(store).number("insurance_valid_days"))
        until = (store.clock() + dt.timedelta(days=days)).date()
        yield "I34", ("valueDate", until.isoformat()), f"Policy ({days} days)"
        yield from known_coverage(store, patient)
    elif form == "pas":
        yield from _payer(store, patient)


def _interpreted(store: Store, patient: Patient) -> Iterator[Offer]:
    """Who interprets, as the session that goes on or was today has it."""
    session = session_of_the_day(store, patient.id, store.clock().date())
    if session is None or session.started_at is None:
        return
    source = f"Interpreter session {session.started_at.astimezone(store.clock().tzinfo):%H:%M}"
    who = " ".join(filter(None, (session.interpreter_name, session.interpreter_number)))
    yield "B4.name", ("valueString", who), source
    yield "B4.qualified", {None: "", True: "yes", False: "no"}[session.qualified], source
    yield "B4.modality", _MODALITY.get(session.modality.value, "") if session.modality else "", source


def _payer(store: Store, patient: Patient) -> Iterator[Offer]:
    """Payer and authorisation as the chart's coverage, else the newest finished insurance verification has them."""
    charted = tuple(known_payer(store, patient))
    if charted:
        yield from charted
        return
    verified = next(
        (one for one in checklists_of(store, patient.id) if one.status in FINISHED and one.form_url.endswith("/iv")),
        None,
    )
    if verified is None:
        return
    sheet = _answers(store, verified)
    day = plain_day(verified.completed_at.date()) if verified.completed_at is not None else ""
    source = f"Insurance verification {day}".strip()
    payer = next((node.value for node in sheet.nodes("I1.payer") if node.answers), None)
    if isinstance(payer, str):
        yield "S9a", ("valueString", payer), source
    required = sheet.codes("I21")
    status = "not_required" if required == ("no",) else next(iter(sheet.codes("I24")), "")
    yield "S9b", _AUTHORISED.get(status, ""), source


def last_weight(store: Store, patient: Patient) -> tuple[Decimal, dt.date] | None:
    """The newest weight in kg and its day: of the chart's vital signs, or of a finished pre-admission checklist."""
    return max(_weights(store, patient), key=lambda one: one[1], default=None)


def _weights(store: Store, patient: Patient) -> Iterator[tuple[Decimal, dt.date]]:
    charted = last_with(store, patient.id, "weight")
    if charted is not None and charted.weight is not None and charted.taken_at is not None:
        yield Decimal(f"{charted.weight:g}"), charted.taken_at.date()
    for one in checklists_of(store, patient.id):
        if one.status in FINISHED and one.form_url.endswith("/pan") and one.completed_at is not None:
            held = next((node.value for node in _answers(store, one).nodes("H7.weight") if node.answers), None)
            if isinstance(held, dict) and isinstance(held.get("value"), Decimal | int):
                yield Decimal(held["value"]), one.completed_at.date()
                return


def _answers(store: Store, checklist: Checklist) -> Sheet:
    return Sheet.read(form_of(store, checklist), read_json(checklist.content.encode()))
