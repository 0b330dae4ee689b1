"""Composing SBAR from what is known, without retyping; and what must hold before a hand-over counts."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from liaison_desktop.clinical.communication.record import Sbar
from liaison_desktop.clinical.findings.record import ProblemRole, VitalSigns
from liaison_desktop.clinical.handover.queries import Known
from liaison_desktop.clinical.handover.record import Handover
from liaison_desktop.clinical.medications.record import MedicineList
from liaison_desktop.clinical.medications.rules.life import Unresolved, handover_faults
from liaison_desktop.clinical.patients.record import (
    Patient,
    age_text,
    allergy_statement,
    birth_text,
    isolation_text,
    language_text,
    record_number,
)
from liaison_desktop.errors import Fault
from liaison_desktop.policies import Policy


def composed(known: Known, left: Unresolved, *, today: datetime.date, reason: str = "") -> Sbar:
    """What the record holds, told in the order of SBAR. `reason` is what the patient was referred for.

    Everything in it is a fact of the record with its age where it ages; the nurse reads it over and puts it right.
    """
    return Sbar(
        situation=_lines(_situation(known, today, reason)),
        background=_lines(_background(known)),
        assessment=_lines(_assessment(known)),
        recommendation=_lines(_recommendation(known, left)),
    )


def _lines(sentences: Iterable[str]) -> str:
    return "\n".join(sentence for sentence in sentences if sentence)


def _situation(known: Known, today: datetime.date, reason: str) -> Iterator[str]:
    patient, episode = known.patient, known.episode
    number = record_number(patient)
    who = ", ".join(filter(None, (birth_text(patient.birth_date), age_text(patient.birth_date, today), number)))
    yield f"{patient.title()}, {who}."
    line = episode.service.label if episode.service is not None else ""
    planned = f", planned for {episode.admit_planned_at:%d %b %Y %H:%M}" if episode.admit_planned_at is not None else ""
    yield f"{line}{planned}." if line else ""
    yield f"Referred for: {_one_line(reason)}." if reason.strip() else ""
    status = patient.code_status
    yield (
        f"Code status as reported by {patient.code_status_by or 'nobody named'}: {status.label}."
        if status
        else ("Code status not recorded.")
    )


def _background(known: Known) -> Iterator[str]:
    first = [one for one in known.problems if one.role is ProblemRole.ADMITTING]
    rest = [one for one in known.problems if one.role is not ProblemRole.ADMITTING]
    for name, problems in (("Main problem", first), ("Also", rest)):
        if problems:
            yield f"{name}: {', '.join(one.text for one in problems)}."
    yield f"Allergies: {allergy_statement(known.patient).text}."
    isolated = isolation_text(known.patient)
    yield f"Isolation: {isolated}." if isolated else ""
    yield f"Language: {language_text(known.patient)}." if language_text(known.patient) else ""
    yield from _medicines(known)


def _medicines(known: Known) -> Iterator[str]:
    lists = {one.list for one in known.medicines}
    shown = MedicineList.ORDER if MedicineList.ORDER in lists else MedicineList.HOME
    held = [one for one in known.medicines if one.list is shown]
    alert = [one for one in held if one.alert]
    if alert:
        yield f"High-alert medicines: {', '.join(f'{one.name} {one.line()}' for one in alert)}."
    rest = len(held) - len(alert)
    if rest:
        yield f"{rest} other medicine{'s' if rest != 1 else ''}, {shown.label.lower()}."


def _assessment(known: Known) -> Iterator[str]:
    yield _vitals(known.vitals) if known.vitals is not None else "No vital signs recorded."
    if known.lines:
        yield f"Lines and devices: {'; '.join(one.title() for one in known.lines)}."
    for wound in known.wounds:
        yield f"Wound: {' · '.join(filter(None, (wound.title(), wound.facts())))}."


def _vitals(vitals: VitalSigns) -> str:
    parts = [vitals.facts().replace(" · ", ", ")] if vitals.facts() else []
    parts += [f"respirations {vitals.respirations}"] if vitals.respirations is not None else []
    parts += [f"{vitals.temperature:g} °C"] if vitals.temperature is not None else []
    parts += [f"oxygen {vitals.oxygen:g} L/min"] if vitals.oxygen else []
    parts += [f"pain {vitals.pain} of 10"] if vitals.pain is not None else []
    parts += [f"{vitals.weight:g} kg"] if vitals.weight is not None else []
    at = f" at {vitals.taken_at:%d %b %Y %H:%M}" if vitals.taken_at is not None else ""
    return f"Vital signs{at}: {', '.join(parts) or 'nothing measured'}."


def _recommendation(known: Known, left: Unresolved) -> Iterator[str]:
    if left.total:
        still = f"{left.total} difference{'s' if left.total != 1 else ''} of medicines still open"
        high = left.high_alert + left.not_compared_high_alert
        yield f"{still}, {high} with a high-alert medicine." if high else f"{still}."
    for concern in known.concerns:
        to = f" (asked of {concern.addressed_to})" if concern.addressed_to else ""
        yield f"Patient asks: “{_one_line(concern.words)}”{to}."


def _one_line(text: str) -> str:
    return " ".join(text.split()).rstrip(".")


def given_faults(handover: Handover, left: Unresolved, policy: Policy) -> Iterator[Fault]:
    """What stands before a hand-over: nothing told (HO-1), not read back (HO-2), an open high-alert medicine (V32)."""
    if not tuple(handover.sbar.parts()):
        yield policy.fault("HO-1", field="situation")
    if handover.read_back is not True:
        yield policy.fault("HO-2", field="read_back")
    yield from handover_faults(left, policy)


def short_of(patient: Patient) -> str:
    """How a paper's foot names the patient: name and birth date, as P4 asks."""
    return f"{patient.title()} · {birth_text(patient.birth_date)}"
