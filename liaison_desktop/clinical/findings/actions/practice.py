"""Findings of two practice patients, put there by the same actions as everything else."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec

from liaison_desktop.clinical.findings.actions.findings import record_line, record_problem, record_wound
from liaison_desktop.clinical.findings.actions.vitals import record_vital_signs
from liaison_desktop.clinical.findings.record import LineDevice, Problem, VitalSigns, Wound, WoundLook
from liaison_desktop.clinical.patients.actions import keep_file, most_file_bytes
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.documents.attached import admit
from liaison_desktop.paths import resource
from liaison_desktop.records import AttachedFile
from liaison_desktop.store import Store

Held = dict[str, Any]


def fill_practice_findings(store: Store) -> None:
    """A week of vital signs of two invented patients, with problems, lines, and a wound with drawn photos."""
    import tomllib

    content = tomllib.loads(resource("practice", "clinical_findings.toml").read_text(encoding="utf-8"))
    people = {patient.family: patient for patient in store.all(Patient)}
    for held in content["patients"]:
        if (patient := people.get(held["family"])) is not None:
            _fill(store, patient, held)


def _fill(store: Store, patient: Patient, held: Held) -> None:
    for one in held.get("sets", ()):
        at = _back(store, one.pop("back"))
        scores = [{**score, "on": at.date()} for score in one.pop("scores", ())]
        whole = {**one, "scores": scores, "patient": patient.id, "taken_at": at}
        record_vital_signs(store, msgspec.convert(whole, VitalSigns))
    for one in held.get("problems", ()):
        record_problem(store, msgspec.convert({**one, "patient": patient.id}, Problem))
    for one in held.get("lines", ()):
        since = _day(store, one.pop("since"))
        record_line(store, msgspec.convert({**one, "patient": patient.id, "inserted_on": since}, LineDevice))
    for one in held.get("wounds", ()):
        _wound(store, patient, one)


def _wound(store: Store, patient: Patient, held: Held) -> None:
    looks, since = held.pop("looks"), _day(store, held.pop("since"))
    wound = msgspec.convert({**held, "patient": patient.id, "since": since}, Wound)
    for one in looks:
        photo = _photo(store, patient, one.pop("photo"))
        at = _back(store, one.pop("back"))
        look = msgspec.convert({**one, "at": at}, WoundLook)
        wound = record_wound(store, wound, msgspec.structs.replace(look, photos=(photo,)))


def _photo(store: Store, patient: Patient, name: str) -> AttachedFile:
    content = resource("practice", name).read_bytes()
    kept = keep_file(store, patient.id, admit(content, name, most=most_file_bytes(store)))
    return msgspec.structs.replace(kept, caption="Sacrum (synthetic, drawn)")


def _back(store: Store, hours: int) -> dt.datetime:
    return store.clock().replace(minute=10, second=0, microsecond=0) - dt.timedelta(hours=hours)


def _day(store: Store, days: int) -> str:
    return (store.clock().date() - dt.timedelta(days=days)).isoformat()
