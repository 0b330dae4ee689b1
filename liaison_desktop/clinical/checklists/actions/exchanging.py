"""Forms and answers as FHIR files: taken in from elsewhere, marked so for good, and given out. The journal hears of each."""

from __future__ import annotations

import uuid

import msgspec

from liaison_desktop.clinical.checklists.actions.answering import form_of
from liaison_desktop.clinical.checklists.actions.launching import patient_resource
from liaison_desktop.clinical.checklists.actions.offering import CHART
from liaison_desktop.clinical.checklists.actions.starting import Planned, start_checklist
from liaison_desktop.clinical.checklists.actions.whose import stated
from liaison_desktop.clinical.checklists.queries import imported_form, newest_imported
from liaison_desktop.clinical.checklists.record import Checklist, ChecklistStatus, ImportedForm
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.clinical.people.actions import require
from liaison_desktop.errors import Damaged, Fault, Refused
from liaison_desktop.questionnaires.definition import Definition
from liaison_desktop.questionnaires.incoming import ANSWERS, FORM, Incoming, Said, judged
from liaison_desktop.questionnaires.library import newest_of, pinned
from liaison_desktop.questionnaires.parsing import parse
from liaison_desktop.questionnaires.progress import counts
from liaison_desktop.questionnaires.reading import read_json
from liaison_desktop.questionnaires.response import Sheet
from liaison_desktop.questionnaires.writing import canonical, pretty
from liaison_desktop.store import Act, Store

_STATUSES = {status.value: status for status in ChecklistStatus}


def import_form(store: Store, found: Incoming) -> ImportedForm:
    """Keeps a form from elsewhere; the one that is kept already if it is the same. Raises Refused if it cannot work."""
    require(store, "record_clinical")
    if found.sort != FORM or not found.taken:
        raise Refused((Fault(field="content", message="This form cannot be taken in as it is."),))
    held = imported_form(store, found.url, found.version, found.hash)
    if held is not None:
        return held
    with store.transaction("Imported") as transaction:
        saved = transaction.save(
            ImportedForm(
                name=" ".join(found.title.split())[:300],
                url=found.url[:500],
                form_version=found.version[:50],
                form_hash=found.hash,
                content=found.content,
                imported_at=store.clock(),
                imported_by=store.actor.name,
            )
        )
        transaction.note(Act.IMPORTED, kind=ImportedForm.kind, subject=saved.id)
    return saved


def start_imported(store: Store, patient_id: uuid.UUID, planned: Planned, form: ImportedForm) -> Checklist:
    """A new checklist under an imported form. Raises Missing if there is no such patient."""
    patient = store.get(Patient, patient_id)
    definition = parse(read_json(form.content.encode()))
    # What the form takes from the chart is offered, and is no answer before a nurse confirms it.
    given = {"patient": patient_resource(patient)}
    sheet = Sheet.blank(definition, given=given, now=store.clock(), offered_from=CHART)
    return _kept(store, patient.id, form.name, form.url, form.form_version, form.form_hash, sheet, planned)


def begin_form(store: Store, patient_id: uuid.UUID, planned: Planned, form: str) -> Checklist:
    """A new checklist of one of our forms by its name, or of an imported one by its id. Raises Missing."""
    try:
        imported = store.find(ImportedForm, uuid.UUID(form))
    except ValueError:
        imported = None
    if imported is not None:
        return start_imported(store, patient_id, planned, imported)
    return start_checklist(store, patient_id, planned, form=form)


def _kept(
    store: Store,
    patient: uuid.UUID,
    name: str,
    url: str,
    version: str,
    hash: str,
    sheet: Sheet,
    planned: Planned | None,
    status: ChecklistStatus = ChecklistStatus.IN_PROGRESS,
) -> Checklist:
    require(store, "record_clinical")
    found = counts(sheet).values()
    over = status is not ChecklistStatus.IN_PROGRESS
    made = Checklist(
        patient=patient,
        name=name[:200],
        form_url=url,
        form_version=version,
        form_hash=hash,
        status=status,
        content=canonical(sheet.write(status=status.value)).decode(),
        plan=msgspec.json.encode(planned).decode() if planned is not None else "",
        answered=sum(count.answered for count in found),
        asked=sum(count.asked for count in found),
        left=0 if over else sum(count.left for count in found),
        author=store.actor.name,
        started_at=store.clock(),
        completed_at=store.clock() if over else None,
        imported_at=store.clock(),
    )
    with store.transaction("Imported") as transaction:
        saved = transaction.save(made)
        transaction.note(Act.IMPORTED, kind=Checklist.kind, subject=saved.id)
    return saved


def answered_form(store: Store, found: Incoming) -> Definition | None:
    """The form these answers belong to: the very version they name, else the newest of it that is here."""
    held = imported_form(store, found.url, found.version) or (
        newest_imported(store, found.url) if not found.version else None
    )
    if held is not None:
        return parse(read_json(held.content.encode()))
    try:
        return pinned(found.url, found.version) if found.version else newest_of(found.url)
    except Damaged:
        return None


def response_faults(store: Store, found: Incoming) -> tuple[Said, ...]:
    """What of the answers does not fit their form; the first stops them if the form is not here."""
    definition = answered_form(store, found)
    if definition is None:
        named = f"{found.url}|{found.version}".removesuffix("|")
        return (Said("", f"The form they answer is not here: {named}. Import that form first.", True),)
    return judged(definition, found.content.encode())


def import_response(store: Store, patient_id: uuid.UUID, found: Incoming) -> Checklist:
    """Keeps answers from elsewhere as a checklist of this patient, marked as imported. Raises Refused, Missing."""
    definition = answered_form(store, found)
    faults = [one for one in response_faults(store, found) if one.stops]
    if found.sort != ANSWERS or definition is None or faults:
        raise Refused(Fault(field="content", message=one.words) for one in faults or (Said("", "No answers."),))
    patient = store.get(Patient, patient_id)
    raw = read_json(found.content.encode())
    sheet = Sheet.read(definition, raw, now=store.clock())
    status = _STATUSES.get(str(raw.get("status")), ChecklistStatus.IN_PROGRESS)
    name, url = definition.title or "A form without a title", definition.url or found.url
    return _kept(store, patient.id, name, url, definition.version, definition.hash, sheet, None, status)


def answers_file(store: Store, checklist: Checklist, sheet: Sheet) -> tuple[str, bytes]:
    """The answers as a FHIR QuestionnaireResponse: a name for the file that is no person's, and its bytes."""
    name = checklist.form_url.rpartition("/")[2] or "form"
    return f"{_plain(name)}-{checklist.id.hex[-8:]}-answers.json", pretty(stated(store, checklist, sheet))


def form_file(store: Store, checklist: Checklist) -> tuple[str, bytes]:
    """The form as the FHIR Questionnaire it was answered under."""
    name = checklist.form_url.rpartition("/")[2] or "form"
    version = checklist.form_version or "0"
    return f"{_plain(name)}-{_plain(version)}-form.json", pretty(form_of(store, checklist).raw)


def _plain(text: str) -> str:
    return "".join(letter for letter in text if letter.isalnum() or letter in "-_.")[-60:] or "form"
