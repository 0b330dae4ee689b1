"""The nurse's part: a facility, a patient, the bedside checklist, a consent signed in ink, and its paper."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from liaison_desktop.clinical.chart.page import ChartPage
from liaison_desktop.clinical.checklists.form import StartForm
from liaison_desktop.clinical.checklists.page import ChecklistsPage
from liaison_desktop.clinical.checklists.record import Checklist, ChecklistStatus
from liaison_desktop.clinical.patients.record import Patient, full_name
from liaison_desktop.clinical.people.record import Facility, Practitioner
from liaison_desktop.questionnaires.progress import blank_keys
from liaison_desktop.tour import bedside
from liaison_desktop.tour.hand import NotSo, click, find, key, press, write
from liaison_desktop.tour.parts import Part, Stage
from liaison_desktop.tour.parts_consent import consent_parts
from liaison_desktop.tour.parts_journey import journey_parts
from liaison_desktop.tour.parts_leaving import leaving_parts
from liaison_desktop.tour.parts_setup import leave

GIVEN, FAMILY, BORN, NUMBER = "María L.", "Álvarez", "14 March 1961", "0049-3382"


def clinical_parts(stage: Stage) -> tuple[Part, ...]:
    """From the lock of the other workspace to a consent on paper; then another patient, from the telephone to home again."""

    def enter() -> None:
        leave(stage)[1]()
        stage.unlock("clinical")
        stage.so("the clinical store is open", stage.store.schema.name == "clinical")

    def care_team() -> None:
        stage.go("people")
        press("Facility")
        for name, text in (("Name", "Riverbend Regional Medical Center"), ("Unit", "Endoscopy, 3 West")):
            write(find(QLineEdit, name), text)
        write(find(QLineEdit, "Phone"), "(555) 010-4400")
        press("Save facility")
        press("Practitioner")
        write(find(QLineEdit, "Name"), "Wei Chen")
        credential = find(QWidget, "Credential")
        write(credential, "MD")
        key(Qt.Key.Key_Return, on=credential)
        press("Save practitioner")
        stage.so("our own facility is stored", [place.own for place in stage.store.all(Facility)] == [True])
        stage.so("a practitioner is stored", [one.name for one in stage.store.all(Practitioner)] == ["Wei Chen"])
        stage.picture("care-team")

    def patient() -> None:
        stage.go("patients")
        stage.frame.new()
        write(find(QLineEdit, "Given names"), GIVEN)
        write(find(QLineEdit, "Family name"), FAMILY)
        write(find(QLineEdit, "Birth date"), BORN)
        press("Female")
        press("Add a number")
        write(find(QLineEdit, "Number"), NUMBER)
        press("Has allergies")
        write(find(QLineEdit, "Substance"), "Penicillin")
        stage.picture("new-patient")
        press("Save patient")
        found = stage.store.all(Patient)
        stage.so("one patient is stored", len(found) == 1 and found[0].family == FAMILY)
        stage.patient = full_name(found[0])
        stage.log.more["patient"] = stage.patient
        stage.patient_id = found[0].id
        stage.so("the patient is found by name", [hit.id for hit in stage.store.search("alvar")] == [found[0].id])
        stage.picture("chart")

    def checklist() -> None:
        _start_checklist(stage)
        page = stage.frame.page
        if not isinstance(page, ChecklistsPage) or page.form is None:
            raise NotSo("the checklist is open")
        filler = page.form.filler
        stage.picture("checklist-begun")
        asked = bedside.fill_in(filler)
        filler.show_section("E")
        stage.picture("checklist-allergies")
        stage.so(f"{asked} questions answered one by one", asked > 40)
        press("Finalise")
        if left := blank_keys(filler.sheet):
            raise NotSo(f"every required question is answered, not so: {', '.join(left)}")
        saved = stage.store.all(Checklist)
        stage.so("the checklist is completed", [one.status for one in saved] == [ChecklistStatus.COMPLETED])
        stage.picture("checklist-completed")

    return (
        ("enter the clinical workspace", enter),
        ("care team", care_team),
        ("register a patient", patient),
        ("pre-admission checklist", checklist),
        *consent_parts(stage),
        *journey_parts(stage),
        *leaving_parts(stage),
    )


def _start_checklist(stage: Stage) -> None:
    page = stage.frame.page
    if not isinstance(page, ChartPage) or page.chart is None:
        raise NotSo("the chart is open")
    page.chart.go_to("Checklists")
    start = find(StartForm)
    write(start.service, "Elective procedure")
    key(Qt.Key.Key_Return, on=start.service)
    # An outpatient procedure, not today, without imaging.
    for answers, place in (
        (start.setting, 1), (start.procedure, 0), (start.day_of, 1), (start.imaging, 1), (start.mri, 1)
    ):  # fmt: skip
        click(answers.buttons[place])
    stage.picture("checklists-called-for")
    if not start.list.select("pan"):
        raise NotSo("the pre-admission checklist is called for")
    press("Start checklist")
