"""What a pre-admission checklist knows and the chart does not: proposed, and taken over only when a nurse says so.

Answers of a checklist that is still being filled in count too: the band of the patient must not say "not recorded" for
an hour after the question was answered.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial

import msgspec

from liaison_desktop.clinical.checklists.actions.answering import read_answers
from liaison_desktop.clinical.checklists.actions.proposing_capacity import capacity_proposals
from liaison_desktop.clinical.checklists.queries import checklists_of, steps_of
from liaison_desktop.clinical.checklists.record import FINISHED, Checklist, ChecklistStatus
from liaison_desktop.clinical.checklists.rules import told, told_signs
from liaison_desktop.clinical.findings import actions
from liaison_desktop.clinical.findings.queries import answered_proposals, lines_of, vitals_of, wounds_of
from liaison_desktop.clinical.findings.record import VitalSigns
from liaison_desktop.clinical.findings.rules import Proposal, fact_age, unusual
from liaison_desktop.clinical.patients.record import Allergy, IsolationStatus, Patient
from liaison_desktop.policies import policy_of
from liaison_desktop.questionnaires.response import Sheet
from liaison_desktop.store import Store

replace = msgspec.structs.replace
_FORM = "/pan"


class _Source(msgspec.Struct, frozen=True):
    """The checklist whose answers are proposed, and when each section was answered last."""

    store: Store
    patient: Patient
    checklist: Checklist
    sheet: Sheet
    answered: dict[str, dt.datetime]

    def at(self, *link_ids: str) -> dt.datetime | None:
        """When one of these questions was answered last."""
        found = [when for name, when in self.answered.items() if name in link_ids]
        return max(found, default=self.checklist.completed_at or self.checklist.started_at)

    def proposal(self, topic: str, title: str, at: dt.datetime | None, take: Callable[[], object]) -> Proposal:
        """A proposal whose answer is written down with it."""
        author = " · ".join(filter(None, (self.checklist.name, self.checklist.author)))
        answer = partial(actions.answer_proposal, self.store, self.patient.id, self.checklist.id, topic)

        def take_over() -> None:
            take()
            answer(True)

        return Proposal(
            topic=topic,
            checklist=self.checklist.id,
            title=title,
            facts=fact_age(author, at, self.store.clock()),
            take=take_over,
            leave=lambda: answer(False),
        )


def chart_proposals(store: Store, patient: Patient) -> tuple[Proposal, ...]:
    """What the newest pre-admission checklist and the capacity checklists say and the chart does not, if nobody answered it."""
    source, notes = _source(store, patient), tuple(capacity_proposals(store, patient))
    if source is None:
        return notes
    answered = answered_proposals(store, patient.id)
    found = (*_allergies(source), *_isolation(source), *_signs(source), *_lines(source), *_wounds(source))
    return (*notes, *(one for one in found if (one.checklist, one.topic) not in answered))


def _source(store: Store, patient: Patient) -> _Source | None:
    live = (*FINISHED, ChecklistStatus.IN_PROGRESS)
    newest = next(
        (one for one in checklists_of(store, patient.id) if one.form_url.endswith(_FORM) and one.status in live), None
    )
    if newest is None:
        return None
    sheet, pending = read_answers(store, newest)
    answered: dict[str, dt.datetime] = {}
    for step in (*steps_of(store, newest.id), *pending):
        for part in step.key.split("/"):
            if step.at is not None:
                answered[part.partition(":")[0]] = step.at
    return _Source(store, patient, newest, sheet, answered)


def _allergies(source: _Source) -> Iterator[Proposal]:
    said, patient = told.allergies_told(source.sheet), source.patient
    if said is None:
        return
    at = source.at("E1", "E2", "E3", "E4", "E5", "E6", "E7", "E8")
    if patient.allergy_asserted_at is not None and at is not None and at <= patient.allergy_asserted_at:
        return  # the chart was told later
    known = {one.substance.casefold() for one in patient.allergies}
    fresh = tuple(one for one in said.rows if one.substance.casefold() not in known)
    asked = {one.topic: one.answer for one in patient.allergy_questions}
    questions = any(asked.get(one.topic) is not one.answer for one in said.questions)
    if (
        said.assertion is patient.allergy_assertion
        and not fresh
        and not questions
        and said.band in (None, patient.allergy_band)
    ):
        return
    names = ", ".join(one.substance for one in fresh)
    title = f"{said.assertion.label}: {names}" if names else said.assertion.label
    topic = f"allergies {told.fingerprint(_names(said))}"
    yield source.proposal(topic, title, at, partial(_take_allergies, source, said, fresh))


def _names(said: told.ToldAllergies) -> tuple[object, ...]:
    """What was answered, without the ids that are new each time."""
    rows = tuple((one.substance, one.reactions, one.since, one.category) for one in said.rows)
    return (said.assertion, rows, tuple((one.topic, one.answer) for one in said.questions), said.band, said.note)


def _take_allergies(source: _Source, said: told.ToldAllergies, fresh: tuple[Allergy, ...]) -> None:
    patient = source.patient
    newer = {one.topic for one in said.questions}
    questions = (*(one for one in patient.allergy_questions if one.topic not in newer), *said.questions)
    actions.keep_allergies(
        source.store,
        patient,
        said.assertion,
        (*patient.allergies, *fresh),
        questions,
        note=said.note or patient.allergy_note,
        band=said.band or patient.allergy_band,
    )


def _isolation(source: _Source) -> Iterator[Proposal]:
    patient = source.patient
    known = {(one.organism, one.status) for one in patient.isolation}
    active = {one.precaution for one in patient.isolation if one.status is IsolationStatus.ACTIVE}
    fresh = tuple(
        one
        for one in told.isolation_told(source.sheet)
        if (one.organism, one.status) not in known
        and not (one.status is IsolationStatus.ACTIVE and one.precaution in active)
    )
    if not fresh:
        return
    title = "Isolation: " + ", ".join(
        f"{one.precaution.label} ({one.organism.label})" if one.status is IsolationStatus.ACTIVE
        else f"{one.organism.label}, {one.status.label.lower()}"
        for one in fresh
    )  # fmt: skip
    rows = (*patient.isolation, *fresh)
    take = partial(actions.set_isolation, source.store, patient, rows)
    yield source.proposal(f"isolation {told.fingerprint(fresh)}", title, source.at("J1", "J2"), take)


def _signs(source: _Source) -> Iterator[Proposal]:
    at = source.at(*(f"H{number}" for number in range(1, 11)))
    signs = told_signs.signs_told(source.sheet, at or source.store.clock())
    if signs is None:
        return
    if any(one.taken_at == signs.taken_at for one in vitals_of(source.store, source.patient.id)):
        return
    whole = replace(signs, patient=source.patient.id)
    topic = f"vital signs {told.fingerprint(_plain(whole))}"
    yield source.proposal(
        topic, f"Vital signs: {whole.facts() or 'other measures'}", signs.taken_at, partial(_take_signs, source, whole)
    )


def _plain(signs: VitalSigns) -> VitalSigns:
    """The set without the id that is new each time."""
    return replace(signs, id=signs.patient or signs.id)


def _take_signs(source: _Source, signs: VitalSigns) -> None:
    """The press says that the numbers were looked at: they stand in the words of the proposal."""
    seen = unusual(signs, policy_of(source.store))
    actions.record_vital_signs(source.store, replace(signs, acknowledged=seen))


def _lines(source: _Source) -> Iterator[Proposal]:
    known = {(one.device, one.site.casefold()) for one in lines_of(source.store, source.patient.id)}
    for line in told_signs.lines_told(source.sheet):
        if (line.device, line.site.casefold()) in known:
            continue
        whole = replace(line, patient=source.patient.id)
        topic = f"line {told.fingerprint((line.device, line.site, line.inserted_on))}"
        take = partial(actions.record_line, source.store, whole)
        yield source.proposal(topic, f"Line or device: {line.title()}", source.at("I8"), take)


def _wounds(source: _Source) -> Iterator[Proposal]:
    known = {(one.type, one.site.casefold()) for one in wounds_of(source.store, source.patient.id)}
    at = source.at("I7w")
    for wound, look in told_signs.wounds_told(source.sheet):
        if (wound.type, wound.site.casefold()) in known:
            continue
        whole = replace(wound, patient=source.patient.id)
        take = partial(actions.record_wound, source.store, whole, replace(look, at=at))
        topic = f"wound {told.fingerprint((wound.type, wound.site, look.size()))}"
        size = f", {look.size()}" if look.size() else ""
        yield source.proposal(topic, f"Wound: {wound.title()}{size}", at, take)
