"""Clinical facts and who pays: Condition, MedicationStatement, Coverage."""

from __future__ import annotations

from typing import Any

from liaison_desktop.clinical.coverage.record import Coverage
from liaison_desktop.clinical.exchange.document.values import (
    HL7,
    ICD_10_CM,
    OWN_CODES,
    UCUM,
    Json,
    coding,
    concept,
    day,
    moment,
    period,
    refer,
    resource,
    without_blanks,
)
from liaison_desktop.clinical.findings.record import Problem, ProblemVerification
from liaison_desktop.clinical.medications.record import DoseUnit, Frequency, Medicine, MedicineList

# Units as UCUM writes them; those that count pieces are in braces, as UCUM asks.
_UCUM = {
    DoseUnit.MCG: "ug",
    DoseUnit.UNITS: "[iU]",
    DoseUnit.MEQ: "meq",
    DoseUnit.PUFF: "{puff}",
    DoseUnit.DROP: "[drp]",
    DoseUnit.TAB: "{tbl}",
    DoseUnit.CAP: "{capsule}",
    DoseUnit.PATCH: "{patch}",
    DoseUnit.SPRAY: "{spray}",
    DoseUnit.APPLICATION: "{application}",
    DoseUnit.MCG_HOUR: "ug/h",
}
_LISTS = {MedicineList.HOME: "community", MedicineList.DISCHARGE: "outpatient"}


def problem_resource(problem: Problem) -> Json:
    """Condition. An entry made in error has no clinical status (FHIR invariant con-5)."""
    codes = (coding(ICD_10_CM, problem.code),) if problem.code else ()
    wrong = problem.verification is ProblemVerification.ENTERED_IN_ERROR
    return resource(
        "Condition",
        problem.id,
        clinicalStatus=None if wrong else concept("", coding(HL7 + "condition-clinical", problem.status.value)),
        verificationStatus=concept("", coding(HL7 + "condition-ver-status", problem.verification.value)),
        category=[concept("", coding(HL7 + "condition-category", "problem-list-item"))],
        code=concept(problem.text, *codes),
        subject=refer(problem.patient),
        onsetDateTime=problem.onset or None,
        recordedDate=moment(problem.noted_at),
        note=[{"text": problem.role.label}] if problem.role is not None else None,
    )


def medicine_resource(medicine: Medicine) -> Json:
    """MedicationStatement, with what each source says as a note."""
    category = _LISTS.get(medicine.list, "inpatient")
    said = [{"text": f"{each.source.label}: {each.dose or 'not named there'}"} for each in medicine.says]
    name = medicine.name if not medicine.strength else f"{medicine.name} {medicine.strength}"
    return resource(
        "MedicationStatement",
        medicine.id,
        status=medicine.status.value,
        statusReason=[concept(medicine.reason_not_taking)] if medicine.reason_not_taking else None,
        category=concept(medicine.list.label, coding(HL7 + "medication-statement-category", category)),
        medicationCodeableConcept=concept(name),
        subject=refer(medicine.patient),
        context=refer(medicine.episode),
        effectivePeriod=period(medicine.start or None, medicine.stop or None),
        reasonCode=[concept(medicine.purpose)] if medicine.purpose else None,
        note=said,
        dosage=[_dosage(medicine)] if medicine.line() else None,
    )


def _dosage(medicine: Medicine) -> Json:
    dose: Json = {}
    if medicine.dose_value is not None and medicine.dose_unit is not None:
        unit = medicine.dose_unit
        dose = {"value": _plain(medicine.dose_value), "unit": unit.label, "system": UCUM, "code": _UCUM.get(unit, unit)}
    often = medicine.frequency
    words = medicine.frequency_text or (often.label if often is not None else "")
    return without_blanks(
        {
            "text": medicine.line(),
            "timing": {"code": concept(words)} if words else None,
            "asNeededBoolean": True if medicine.prn or often is Frequency.PRN else None,
            "route": concept(medicine.route.label) if medicine.route is not None else None,
            "doseAndRate": [{"doseQuantity": dose}] if dose else None,
        }
    )


def _plain(number: float) -> Any:
    return int(number) if number == int(number) else number


def coverage_resource(coverage: Coverage) -> Json:
    """Coverage; the payer by name, since payers are no records of ours."""
    relation, plan = coverage.subscriber.relation, coverage.plan_type
    classes = []
    if coverage.group_number:
        classes.append({"type": concept("", coding(HL7 + "coverage-class", "group")), "value": coverage.group_number})
    if plan is not None:
        kind = concept("", coding(HL7 + "coverage-class", "plan"))
        classes.append({"type": kind, "value": plan.value, "name": plan.label})
    return resource(
        "Coverage",
        coverage.id,
        status="active" if coverage.used else "cancelled",
        type=concept(plan.label, coding(OWN_CODES + "plan-type", plan.value)) if plan is not None else None,
        policyHolder={"display": coverage.subscriber.name} if coverage.subscriber.name else None,
        subscriberId=coverage.member_id,
        beneficiary=refer(coverage.patient),
        relationship=concept(relation.label, coding(HL7 + "subscriber-relationship", relation.value))
        if relation is not None
        else None,
        period=period(day(coverage.effective_from), day(coverage.effective_to)),
        payor=[{"display": coverage.payer}],
        order=coverage.rank,
        **{"class": classes},
    )
