"""A chart in one page: each part in a few lines, each fact with its source and age where it ages."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator

import msgspec

from liaison_desktop.clinical.chart.queries import Charted
from liaison_desktop.clinical.chart.rules.profiles import WORDS, Part
from liaison_desktop.clinical.medications.record import MedicineList
from liaison_desktop.clinical.patients.record import (
    age_text,
    agent_of,
    allergy_statement,
    birth_text,
    day_text,
    isolation_text,
    language_text,
    record_number,
)

Line = tuple[str, str]


class SummaryPart(msgspec.Struct, frozen=True, kw_only=True):
    """One part with its lines; `alarming` sets them off."""

    part: Part
    title: str
    lines: tuple[Line, ...]
    alarming: bool = False


_TITLES = {Part.IDENTITY: "Patient", Part.STAY: "This stay", Part.DECIDES: "Who decides", Part.PEOPLE: "People to call"}


def summary_parts(known: Charted, parts: Iterable[Part], now: datetime.datetime) -> tuple[SummaryPart, ...]:
    """The parts in the order of the file; one that has nothing to say says so."""
    found = []
    for part in parts:
        lines = tuple(line for line in _TOLD[part](known, now) if line[1].strip())
        title = _TITLES.get(part, WORDS[part][:1].upper() + WORDS[part][1:])
        alarming = part is Part.ALLERGIES and allergy_statement(known.patient).alarming
        found.append(SummaryPart(part=part, title=title, lines=lines, alarming=alarming))
    return tuple(found)


def _identity(known: Charted, now: datetime.datetime) -> Iterator[Line]:
    patient = known.patient
    yield "Name", patient.title()
    yield "Born", f"{birth_text(patient.birth_date)} ({age_text(patient.birth_date, now.date())})"
    yield "Record number", record_number(patient)


def _said(source: str, at: datetime.datetime | None, now: datetime.datetime, between: str = ", ") -> str:
    """Where a fact is from and when it was; a paper is read on another day, so never how long ago."""
    when = f"{at.astimezone(now.tzinfo):%d %b %Y %H:%M}" if at is not None else ""
    return between.join(filter(None, (source, when)))


def _span(begins: datetime.date | None, ends: datetime.date | None) -> str:
    return " to ".join(day_text(day) for day in (begins, ends) if day is not None)


def _stay(known: Charted, now: datetime.datetime) -> Iterator[Line]:
    stay = known.episode
    if stay is None:
        return
    yield "Service", stay.service.label if stay.service is not None else ""
    yield "How far", stay.state.label
    for name, at in (
        ("Admission planned", stay.admit_planned_at),
        ("Admitted", stay.admitted_at),
        ("Left", stay.discharged_at),
    ):
        yield name, f"{at.astimezone(now.tzinfo):%d %b %Y %H:%M}" if at is not None else ""
    yield "Where", ", ".join(filter(None, (stay.unit, stay.bed)))
    yield "Attending", stay.attending


def _allergies(known: Charted, now: datetime.datetime) -> Iterator[Line]:
    patient = known.patient
    yield "Allergies", allergy_statement(patient).text
    if patient.allergy_asserted_at is not None:
        yield "Allergies asked", _said(patient.allergy_asserted_by, patient.allergy_asserted_at, now)


def _isolation(known: Charted, _now: datetime.datetime) -> Iterator[Line]:
    yield "Isolation", isolation_text(known.patient) or "None recorded"


def _code_status(known: Charted, _now: datetime.datetime) -> Iterator[Line]:
    patient = known.patient
    said = patient.code_status.label if patient.code_status is not None else "Not recorded"
    yield (
        "Code status, as reported",
        ", ".join(filter(None, (said, patient.code_status_by and f"by {patient.code_status_by}"))),
    )
    yield "Limits of treatment", patient.code_status_limits


def _problems(known: Charted, now: datetime.datetime) -> Iterator[Line]:
    for one in known.problems:
        if one.current:
            source = one.source.label if one.source is not None else ""
            yield (
                one.text,
                " · ".join(
                    filter(None, (one.code, one.role.label if one.role else "", _said(source, one.noted_at, now)))
                ),
            )


def _vitals(known: Charted, now: datetime.datetime) -> Iterator[Line]:
    newest = next(iter(known.vitals), None)
    if newest is not None:
        more = f"{newest.temperature:g} °C" if newest.temperature is not None else ""
        facts = " · ".join(filter(None, (newest.facts(), more)))
        yield "Vital signs", ", ".join(filter(None, (facts, _said("", newest.taken_at, now))))


def _lines(known: Charted, _now: datetime.datetime) -> Iterator[Line]:
    for one in known.lines:
        if one.current:
            yield (
                one.title(),
                ", ".join(
                    filter(None, (one.facts(), f"since {birth_text(one.inserted_on)}" if one.inserted_on else ""))
                )
                or "in place",
            )


def _wounds(known: Charted, _now: datetime.datetime) -> Iterator[Line]:
    for one in known.wounds:
        if one.current:
            yield one.title(), one.facts() or "not measured"


def _medicines(known: Charted, _now: datetime.datetime) -> Iterator[Line]:
    lists = {one.list for one in known.medicines if one.current}
    shown = next(
        (each for each in (MedicineList.DISCHARGE, MedicineList.ORDER, MedicineList.HOME) if each in lists), None
    )
    for one in known.medicines:
        if one.current and one.list is shown:
            alert = "high alert" if one.alert else ""
            yield one.name, " · ".join(filter(None, (one.line(), one.purpose, alert))) or "dose not known"


def _coverage(known: Charted, now: datetime.datetime) -> Iterator[Line]:
    said = {one.coverage: one for one in reversed(known.verifications)}
    for coverage in known.coverages:
        newest = said.get(coverage.id)
        told = _said("verified", newest.at, now, between=" ") if newest is not None else "not verified"
        yield coverage.payer, " · ".join(filter(None, (coverage.facts(), f"member {coverage.member_id}", told)))
    for one in known.authorisations:
        span = _span(one.approved_from, one.approved_to) if one.approved else ""
        yield "Authorisation", " · ".join(filter(None, (one.number, one.status.label, span)))


def _communication(known: Charted, _now: datetime.datetime) -> Iterator[Line]:
    needs = known.patient.communication
    yield "Language", language_text(known.patient)
    senses = (("hearing", needs.hearing), ("vision", needs.vision), ("speech", needs.speech))
    told = [f"{name} {code.label[:1].lower()}{code.label[1:]}" for name, code in senses if code is not None]
    yield "Senses", ", ".join((*told, *needs.aids))


def _decides(known: Charted, _now: datetime.datetime) -> Iterator[Line]:
    agent = agent_of(known.patient)
    if agent is None:
        yield "Who decides", "The patient, as far as is recorded"
        return
    seen = "paper seen" if agent.authority_seen_on else "paper not seen"
    basis = agent.authority_basis.label if agent.authority_basis is not None else ""
    yield "Decides with the patient", " · ".join(filter(None, (agent.text(), basis, seen, *agent.phones[:1])))


def _directives(known: Charted, _now: datetime.datetime) -> Iterator[Line]:
    for one in known.directives:
        yield one.title(), one.facts() or "recorded"


def _concerns(known: Charted, _now: datetime.datetime) -> Iterator[Line]:
    for one in known.concerns:
        if one.open:
            yield f"“{one.words}”", f"{one.state.label}{f', {one.addressed_to}' if one.addressed_to else ''}"


def _handover(known: Charted, now: datetime.datetime) -> Iterator[Line]:
    last = next((one for one in known.handovers if one.done), None)
    if last is not None:
        yield "Handed over", ", ".join(filter(None, (last.facts(), _said("", last.given_at, now))))
        yield "Goes along", last.goes_along


def _discharge(known: Charted, now: datetime.datetime) -> Iterator[Line]:
    plan = known.plan
    if plan is None:
        return
    yield "Where to", plan.destination.label if plan.destination is not None else ""
    yield "Expected", plan.expected_on.isoformat() if plan.expected_on is not None else ""
    yield "Goals", plan.goals
    yield "Help at home", ", ".join(filter(None, (plan.caregiver, plan.caregiver_backup)))
    yield "Equipment", plan.equipment
    yield "Services", plan.services
    for one in plan.appointments:
        when = f"{one.at.astimezone(now.tzinfo):%d %b %Y %H:%M}" if one.at is not None else ""
        yield f"See {one.who}", ", ".join(filter(None, (when, one.where))) or "time to be told"
    yield "How home", plan.transport
    yield "Call with questions", ", ".join(filter(None, (plan.contact_name, plan.contact_phone, plan.contact_hours)))


def _people(known: Charted, _now: datetime.datetime) -> Iterator[Line]:
    for person in known.patient.related:
        yield person.text(), ", ".join((*(role.label for role in person.roles), *person.phones)) or "no phone"


_TOLD: dict[Part, Callable[[Charted, datetime.datetime], Iterator[Line]]] = {
    Part.IDENTITY: _identity,
    Part.STAY: _stay,
    Part.ALLERGIES: _allergies,
    Part.ISOLATION: _isolation,
    Part.CODE_STATUS: _code_status,
    Part.PROBLEMS: _problems,
    Part.VITALS: _vitals,
    Part.LINES: _lines,
    Part.WOUNDS: _wounds,
    Part.MEDICINES: _medicines,
    Part.COVERAGE: _coverage,
    Part.COMMUNICATION: _communication,
    Part.DECIDES: _decides,
    Part.DIRECTIVES: _directives,
    Part.CONCERNS: _concerns,
    Part.HANDOVER: _handover,
    Part.DISCHARGE: _discharge,
    Part.PEOPLE: _people,
}
