"""Starting a checklist: what the application knows is filled in, what the chart says is offered for confirmation."""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal

import msgspec

from liaison_desktop.clinical.checklists.actions.answering import keep_checklist, open_checklist
from liaison_desktop.clinical.checklists.actions.offering import last_weight, offer_known
from liaison_desktop.clinical.checklists.queries import checklists_of
from liaison_desktop.clinical.checklists.record import Checklist, ChecklistStatus
from liaison_desktop.clinical.patients.record import Patient, age
from liaison_desktop.clinical.people.actions import policy_here, require
from liaison_desktop.questionnaires.library import newest
from liaison_desktop.questionnaires.progress import counts
from liaison_desktop.questionnaires.response import Sheet
from liaison_desktop.questionnaires.writing import canonical
from liaison_desktop.store import Store


class Planned(msgspec.Struct, frozen=True, kw_only=True):
    """What is planned for the patient: what decides which questions are asked. Codes are those of the form."""

    service: str = "MED_ADMIT"
    procedure: bool = False
    setting: str = "inpatient"
    imaging: bool = False
    mri: bool = False
    day_of: bool = False


def start_checklist(store: Store, patient_id: uuid.UUID, planned: Planned, *, form: str = "pan") -> Checklist:
    """A new checklist of the newest version of the form. Raises Missing if there is no such patient, Refused."""
    require(store, "record_clinical")
    patient = store.get(Patient, patient_id)
    definition = newest(form)
    sheet = Sheet.blank(definition)
    _fill_known(sheet, patient, planned, store)
    offer_known(sheet, form, patient, store)
    found = counts(sheet).values()
    return store.save(
        Checklist(
            patient=patient.id,
            name=definition.title,
            form_url=definition.url,
            form_version=definition.version,
            form_hash=definition.hash,
            content=canonical(sheet.write()).decode(),
            plan=msgspec.json.encode(planned).decode(),
            left=sum(count.left for count in found),
            asked=sum(count.asked for count in found),
            author=store.actor.name,
            started_at=store.clock(),
        )
    )


def plan_of(store: Store, patient_id: uuid.UUID) -> Planned | None:
    """What was said to be planned when this patient's last checklist was begun; None if there is none."""
    for checklist in checklists_of(store, patient_id):
        if checklist.status is ChecklistStatus.ENTERED_IN_ERROR or not checklist.plan:
            continue
        return msgspec.json.decode(checklist.plan, type=Planned)
    return None


def _fill_known(sheet: Sheet, patient: Patient, planned: Planned, store: Store) -> None:
    policy = policy_here(store)
    years = age(patient.birth_date, store.clock().date())
    known: dict[str, object] = {
        "service": planned.service,
        "procedure": planned.procedure,
        "sex": patient.sex_admin.value if patient.sex_admin is not None else None,
        "age": years,
        "setting": planned.setting,
        "imaging": planned.imaging,
        "mri": planned.mri,
        "day-of": planned.day_of,
        "facility": next(iter(policy.words("lpn_authors")), "collect_then_rn_review"),
        "valid-days": int(policy.number("consent_valid_days")),
    }
    if (weighed := last_weight(store, patient)) is not None and sheet.first("ctx.last-weight") is not None:
        known["last-weight"], known["last-weight-on"] = weighed
    for name, value in known.items():
        node = sheet.first(f"ctx.{name}")
        if node is None or value is None:
            continue
        if isinstance(value, bool):
            sheet.answer(node, ("valueBoolean", value))
        elif isinstance(value, int):
            sheet.answer(node, ("valueInteger", value))
        elif isinstance(value, Decimal):
            sheet.answer(node, ("valueDecimal", value))
        elif isinstance(value, dt.date):
            sheet.answer(node, ("valueDate", value.isoformat()))
        elif node.item.option(str(value)) is not None:
            sheet.choose(node, str(value))


def fill_practice_checklists(store: Store) -> None:
    """Practice checklists for the first synthetic patients: just begun, and a medication history half done."""
    patients = store.all(Patient)[:2]
    for patient, service in zip(patients, ("PROC_ELECTIVE", "IRF"), strict=False):
        procedure = service == "PROC_ELECTIVE"
        planned = Planned(service=service, procedure=procedure, setting="outpatient" if procedure else "inpatient")
        start_checklist(store, patient.id, planned)
        made = start_checklist(store, patient.id, planned, form="mr" if procedure else "pas")
        sheet = open_checklist(store, made.id).sheet
        for link_id, codes in _PRACTICE["mr" if procedure else "pas"].items():
            sheet.choose(sheet.nodes(link_id)[0], *codes)
        keep_checklist(store, made, sheet)


_PRACTICE = {
    "mr": {"A1": ("name-dob",), "M0": ("patient", "bottle"), "M3": ("pillbox",), "M7a": ("yes",), "M10": ("no",)},
    "pas": {
        "S0a": ("name-mrn",),
        "S0d": ("on-site",),
        "S0e": ("h-and-p", "progress", "therapy"),
        "S2a": ("stroke",),
        "S3a": ("pt", "ot"),
        "S3j": ("yes",),
        "S5a": ("pt", "ot", "slp"),
        "S5b": ("3h5d",),
    },
}
