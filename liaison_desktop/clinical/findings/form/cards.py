"""The cards of findings: each fact with its source and its age, and what can be done about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QFrame, QWidget

from liaison_desktop.clinical.findings.record import LineDevice, Problem, Wound
from liaison_desktop.clinical.findings.rules import age_words, days_in, fact_age
from liaison_desktop.clinical.patients.record import (
    Allergy,
    AllergyAnswer,
    AllergyAssertion,
    Isolation,
    IsolationStatus,
    Patient,
    birth_text,
)
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.cards import CardRow, list_card
from liaison_desktop.ui.chips import ChipSpec

Press = Callable[[], object]


def allergies_card(patient: Patient, now: dt.datetime, change: Press, open_one: Callable[[Allergy], object]) -> QFrame:
    """First what is known at all, who said it and when; then each allergy; then what was asked by name; the band."""
    rows: list[QWidget] = [_assertion(patient, now)]
    rows += [_allergy(one, now, open_one) for one in patient.allergies if one.current]
    refuted = [one for one in patient.allergies if not one.current]
    rows += [_allergy(one, now, open_one) for one in refuted]
    if patient.allergy_questions:
        rows.append(_asked(patient, now))
    if patient.allergy_band is not None:
        age = fact_age(patient.allergy_band_by, patient.allergy_band_at, now)
        rows.append(CardRow(f"Allergy band: {patient.allergy_band.label.lower()}", age, "id-card"))
    return list_card(
        "Allergies", *rows, right=button("Change", "link", small=True, on_click=change, name="Change allergies")
    )


def _assertion(patient: Patient, now: dt.datetime) -> CardRow:
    said = patient.allergy_assertion
    age = fact_age(patient.allergy_asserted_by, patient.allergy_asserted_at, now)
    if said is None:
        return CardRow(
            "Not recorded", "Nobody has asked yet; an empty list never means none", "triangle-alert", tone="red"
        )
    if said is AllergyAssertion.UNABLE:
        return CardRow(said.label, " · ".join(filter(None, (patient.allergy_note, age))), "triangle-alert", tone="red")
    red = said is AllergyAssertion.HAS_ALLERGIES
    return CardRow(said.label, age, "triangle-alert" if red else "check", tone="red" if red else "green")


def _allergy(one: Allergy, now: dt.datetime, open_one: Callable[[Allergy], object]) -> CardRow:
    reactions = (
        f"{told.manifestation}{f' ({told.severity.label.lower()})' if told.severity else ''}" for told in one.reactions
    )
    source = f"from {one.source.label.lower()}" if one.source is not None else ""
    checked = f"{one.verification.label.lower()} by {one.verified_by}, {age_words(one.verified_at, now)}"
    since = birth_text(one.since) if one.since else ""
    facts = " · ".join(filter(None, (*reactions, checked if one.verified_by else "", since, source)))
    if not one.current:
        chip, tone = (
            ChipSpec(one.verification.label if one.clinical.value == "active" else one.clinical.label, "outline"),
            "ink3",
        )
    elif one.confirmed:
        chip, tone = ChipSpec("Confirmed", "red"), "red"
    else:
        chip, tone = ChipSpec("Not confirmed", "amber"), "red"
    return CardRow(
        one.substance,
        facts or "Reaction not recorded",
        "triangle-alert",
        chip,
        on_click=lambda: open_one(one),
        tone=tone,
    )


def _asked(patient: Patient, now: dt.datetime) -> CardRow:
    words = {AllergyAnswer.YES: "reaction", AllergyAnswer.NO: "no", AllergyAnswer.UNABLE: "unable to say"}
    told = ", ".join(
        f"{one.topic.label.split(':')[0].lower()} {words[one.answer]}" for one in patient.allergy_questions
    )
    newest = max((one.at for one in patient.allergy_questions if one.at is not None), default=None)
    return CardRow(f"Asked: {told}", fact_age(patient.allergy_questions[0].by, newest, now), "circle-question-mark")


def isolation_card(patient: Patient, now: dt.datetime, change: Press) -> QFrame:
    """What precautions hold, and what once did."""
    rows: list[QWidget] = [_isolation(one, now) for one in patient.isolation]
    if not rows:
        rows = [CardRow("No isolation recorded", "This is not the same as none", "biohazard")]
    return list_card(
        "Isolation", *rows, right=button("Change", "link", small=True, on_click=change, name="Change isolation")
    )


def _isolation(one: Isolation, now: dt.datetime) -> CardRow:
    active = one.status is IsolationStatus.ACTIVE
    since = f"since {birth_text(one.since)}" if one.since else ""
    age = fact_age(one.noted_by, one.noted_at, now) if one.noted_by else ""
    chip = ChipSpec(one.status.label, "amber" if active else "outline")
    facts = " · ".join(filter(None, (since, age))) or "Nobody noted when"
    return CardRow(
        f"{one.precaution.label} ({one.organism.label})", facts, "biohazard", chip, tone="amber" if active else "ink3"
    )


def problems_card(
    problems: Sequence[Problem], now: dt.datetime, add: Press | None, open_one: Callable[[Problem], object] | None
) -> QFrame:
    """The list of problems, those of today first."""
    rows: list[QWidget] = [_problem(one, now, open_one) for one in problems]
    right = (
        button("Add", "link", "plus", small=True, on_click=add, name="Add a problem") if add else str(len(rows) or "")
    )
    return list_card("Problems", *(rows or [CardRow("No problem recorded", "", "stethoscope")]), right=right)


def _problem(one: Problem, now: dt.datetime, open_one: Callable[[Problem], object] | None) -> CardRow:
    since = f"since {birth_text(one.onset)}" if one.onset else ""
    role = one.role.label if one.role is not None else ""
    source = fact_age(one.source.label if one.source is not None else "", one.noted_at, now)
    # In the narrow column of an overview there is room for what it means and where it is from.
    facts = " · ".join(filter(None, (one.code, role, since, source) if open_one is not None else (role, source)))
    if not one.current:
        gone = one.verification.label if one.status.value in ("active", "recurrence", "relapse") else one.status.label
        chip = ChipSpec(gone, "outline")
    else:
        sure = one.verification.value == "confirmed"
        chip = ChipSpec("Confirmed" if sure else one.verification.label, "neutral" if sure else "amber")
    press = (lambda: open_one(one)) if open_one is not None else None
    return CardRow(one.text, facts, "stethoscope", chip, on_click=press)


def lines_card(
    lines: Sequence[LineDevice], now: dt.datetime, add: Press, open_one: Callable[[LineDevice], object]
) -> QFrame:
    """Lines, drains and devices with the days they have been in."""
    rows: list[QWidget] = [_line(one, now, open_one) for one in lines if not one.mistake]
    right = button("Add", "link", "plus", small=True, on_click=add, name="Add a line")
    return list_card("Lines, drains and devices", *(rows or [CardRow("None recorded", "", "syringe")]), right=right)


def _line(one: LineDevice, now: dt.datetime, open_one: Callable[[LineDevice], object]) -> CardRow:
    source = fact_age(one.source.label if one.source is not None else "", one.noted_at, now)
    facts = " · ".join(filter(None, (one.facts(), source)))
    chip = ChipSpec(f"out {birth_text(one.removed_on.isoformat())}", "outline") if one.removed_on is not None else None
    days = days_in(one.inserted_on, now.date()) if one.removed_on is None else None
    if days is not None:
        chip = ChipSpec("in today" if days == 0 else f"day {days}", "neutral")
    elif one.inserted_on and chip is None:
        chip = ChipSpec(f"since {birth_text(one.inserted_on)}", "neutral")
    return CardRow(one.title(), facts, "syringe", chip, on_click=lambda: open_one(one))


def wounds_card(wounds: Sequence[Wound], now: dt.datetime, add: Press, open_one: Callable[[Wound], object]) -> QFrame:
    """Wounds with their last look."""
    rows: list[QWidget] = [_wound(one, now, open_one) for one in wounds if not one.mistake]
    right = button("Add", "link", "plus", small=True, on_click=add, name="Add a wound")
    return list_card("Wounds", *(rows or [CardRow("None recorded", "", "scan")]), right=right)


def _wound(one: Wound, now: dt.datetime, open_one: Callable[[Wound], object]) -> CardRow:
    look = one.last
    photos = sum(len(each.photos) for each in one.looks)
    told = f"{photos} photo{'s' if photos > 1 else ''}" if photos else ""
    seen = fact_age(look.source.label if look.source else "", look.at, now) if look is not None else ""
    facts = " · ".join(filter(None, (one.facts(), told, seen)))
    chip = ChipSpec("healed", "green") if one.healed_on is not None else _trend(one)
    return CardRow(one.title(), facts, "scan", chip, on_click=lambda: open_one(one))


def _trend(one: Wound) -> ChipSpec | None:
    """Whether length times width grew or shrank since the look before."""
    areas = [look.length * look.width for look in one.looks if look.length is not None and look.width is not None]
    if len(areas) < 2 or areas[-1] == areas[-2]:
        return None
    return (
        ChipSpec("larger", "amber", "trending-up")
        if areas[-1] > areas[-2]
        else ChipSpec("smaller", "green", "arrow-down")
    )
