"""Medicines of the practice store: one stay with differences that wait for a prescriber, one that is reconciled."""

from __future__ import annotations

import datetime
from typing import Any

import msgspec

from liaison_desktop.clinical.episodes.actions import open_episode
from liaison_desktop.clinical.episodes.queries import current_episode
from liaison_desktop.clinical.episodes.record import Episode, ServiceLine
from liaison_desktop.clinical.medications.actions.entering import Line, enter_line, save_medicine, say_absent, say_same
from liaison_desktop.clinical.medications.actions.interviewing import finish_history, history_for, save_history
from liaison_desktop.clinical.medications.actions.reconciling import compare, finish_comparison, row_of, tell
from liaison_desktop.clinical.medications.actions.standing import standing_of
from liaison_desktop.clinical.medications.record import (
    Action,
    Adherence,
    Asked,
    Discrepancy,
    Frequency,
    Intent,
    Keeper,
    LastTaken,
    Medicine,
    MedicineList,
    Prompt,
    Route,
    Source,
    Told,
)
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.store import Store

replace = msgspec.structs.replace

# name, dose, route, how often, strength, purpose, and the dose of the sending record ("" the same, None not named)
_FIRST: tuple[tuple[str, str, Route, Frequency, str, str, str | None], ...] = (
    ("apixaban", "5 mg", Route.PO, Frequency.BID, "5 mg tablet", "irregular heartbeat", "2.5 mg"),
    ("metformin", "1,000 mg", Route.PO, Frequency.BID, "500 mg tablet", "diabetes", ""),
    ("lisinopril", "10 mg", Route.PO, Frequency.DAILY, "10 mg tablet", "blood pressure", ""),
    ("atorvastatin", "40 mg", Route.PO, Frequency.BEDTIME, "40 mg tablet", "cholesterol", None),
    ("acetaminophen", "500 mg", Route.PO, Frequency.Q6H, "500 mg tablet", "knee pain", None),
)
_ORDERS: tuple[tuple[str, str, Route, Frequency], ...] = (
    ("apixaban", "2.5 mg", Route.PO, Frequency.BID),
    ("metformin", "1,000 mg", Route.PO, Frequency.BID),
    ("lisinopril", "10 mg", Route.PO, Frequency.DAILY),
    ("senna", "2 tablets", Route.PO, Frequency.BEDTIME),
)
_SECOND: tuple[tuple[str, str, Route, Frequency, str, str, str | None], ...] = (
    ("levothyroxine", "75 mcg", Route.PO, Frequency.MORNING, "75 mcg tablet", "thyroid", ""),
    ("amlodipine", "5 mg", Route.PO, Frequency.DAILY, "5 mg tablet", "blood pressure", ""),
)


def fill_practice_medicines(store: Store) -> tuple[Medicine, ...]:
    """Put the medicines of two invented patients into a practice store; none if it has no patients."""
    patients = store.all(Patient)
    if not patients:
        return ()
    stay = _stay(store, patients[0], ServiceLine.IRF)
    _history(store, stay, procedure="Colonoscopy", procedure_on=store.clock().date() + datetime.timedelta(days=4))
    made = _entered(store, stay, _FIRST)
    # What nobody asked yet stands among what needs an answer.
    save_medicine(store, replace(made[4], last_taken=None, prn=True, prn_reason="", adherence=None))
    _ordered(store, stay, _ORDERS)
    _compare_first(store, stay)
    other = next((each for each in patients if each.family == "Okonjo"), None)
    if other is None:
        return made
    return (*made, *_second(store, _stay(store, other, ServiceLine.SNF)))


def _stay(store: Store, patient: Patient, service: ServiceLine) -> Episode:
    found = current_episode(store, patient.id)
    if found is not None:
        return found
    with store.transaction("synthetic practice record") as transaction:
        return open_episode(store, transaction, patient.id, service)


def _history(store: Store, stay: Episode, **more: Any) -> None:
    asked = (Prompt.RX, Prompt.OTC, Prompt.INHALER, Prompt.SKIN, Prompt.DROPS, Prompt.INJECTION, Prompt.INTERVAL)
    held = replace(
        history_for(store, stay),
        open_question=True,
        open_words="The heart pill, the sugar pill, one for pressure, and something for my knees.",
        list_reviewed=True,
        asked=tuple(Asked(prompt=prompt) for prompt in asked),
        keepers=(Keeper.SELF,),
        pharmacy="Example Pharmacy",
        pharmacy_phone="(555) 010-0188",
        allergies_read=True,
        **more,
    )
    save_history(store, held)


def _entered(
    store: Store, stay: Episode, rows: tuple[tuple[str, str, Route, Frequency, str, str, str | None], ...]
) -> tuple[Medicine, ...]:
    made = []
    for name, dose, route, often, strength, purpose, record in rows:
        if stay.patient is None:
            continue
        line = Line(name=name, dose=dose, route=route, frequency=often)
        medicine = enter_line(store, stay.patient, stay.id, MedicineList.HOME, line, Source.PATIENT)
        asked = {"adherence": Adherence.AS_PRESCRIBED, "last_taken": LastTaken.TODAY}
        medicine = save_medicine(store, replace(medicine, strength=strength, purpose=purpose, **asked))
        if record is None:
            medicine = say_absent(store, medicine, Source.RECORD)
        elif record:
            other = Line(name=name, dose=record, route=route, frequency=often)
            medicine = enter_line(store, stay.patient, stay.id, MedicineList.HOME, other, Source.RECORD)
        else:
            medicine = say_same(store, medicine, Source.RECORD)
        made.append(medicine)
    return tuple(made)


def _ordered(store: Store, stay: Episode, rows: tuple[tuple[str, str, Route, Frequency], ...]) -> None:
    for name, dose, route, often in rows:
        if stay.patient is not None:
            line = Line(name=name, dose=dose, route=route, frequency=often)
            enter_line(store, stay.patient, stay.id, MedicineList.ORDER, line)


def _compare_first(store: Store, stay: Episode) -> None:
    for pair in standing_of(store, stay.id).pairs:
        row = row_of(pair)
        if pair.shows is Discrepancy.NONE:
            compare(store, pair, replace(row, action=Action.CONTINUE, discrepancy=Discrepancy.NONE))
        elif pair.shows is Discrepancy.DOSE:
            asked = {"action": Action.CLARIFY, "action_reason": "Which dose is meant", "intent": Intent.PENDING}
            compare(store, pair, replace(row, discrepancy=Discrepancy.DOSE, **asked))


def _second(store: Store, stay: Episode) -> tuple[Medicine, ...]:
    _history(store, stay)
    made = _entered(store, stay, _SECOND)
    _ordered(store, stay, tuple((name, dose, route, often) for name, dose, route, often, *_more in _SECOND[:1]))
    history = finish_history(store, history_for(store, stay))
    first, second = standing_of(store, stay.id).pairs
    compare(store, first, replace(row_of(first), action=Action.CONTINUE, discrepancy=Discrepancy.NONE))
    left_out = replace(
        row_of(second),
        action=Action.STOP,
        action_reason="Your pressure is low without it.",
        discrepancy=Discrepancy.OMISSION,
        intent=Intent.DOCUMENTED,
    )
    (told,) = tell(store, [compare(store, second, left_out)], "Tomasz Lis", Told.PHONE)
    second = standing_of(store, stay.id).pairs[1]
    answer = {
        "answer": "Stop amlodipine.",
        "answered_by": "Tomasz Lis",
        "answered_at": store.clock(),
        "read_back": True,
    }
    compare(store, second, replace(told, **answer))
    finish_comparison(store, history)
    return made
