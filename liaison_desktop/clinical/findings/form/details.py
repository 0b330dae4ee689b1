"""What a finding's own page shows and offers, for each kind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from liaison_desktop.clinical.findings import actions
from liaison_desktop.clinical.findings.form.detail import Deed, Detail
from liaison_desktop.clinical.findings.record import LineDevice, Problem, VitalSigns, Wound, WoundLook
from liaison_desktop.clinical.findings.rules import (
    body_mass,
    fact_age,
    show_height,
    show_temperature,
    show_weight,
)
from liaison_desktop.clinical.findings.rules.series import value_words
from liaison_desktop.clinical.patients.form.attachments import attachment_strip
from liaison_desktop.clinical.patients.record import Allergy, Patient, Verification, birth_text
from liaison_desktop.policies import policy_of
from liaison_desktop.ui.dates import plain_day, show_moment
from liaison_desktop.ui.desk import Desk
from liaison_desktop.ui.layout import card
from liaison_desktop.ui.text import label, wrapped

Then = Callable[[], object]
_ERROR = "Why it was entered in error"


def _mistake(act: Callable[[str], object]) -> Deed:
    return Deed("Entered in error", "x", act, _ERROR, "quiet")


def allergy_detail(desk: Desk, patient: Patient, one: Allergy, then: Then, change: Then) -> Detail:
    """Confirm or refute it: who said so and when stays with it."""

    def said(verification: Verification) -> Callable[[str], object]:
        def act(_reason: str) -> None:
            actions.verify_allergy(desk.store, patient, one.id, verification)
            then()

        return act

    reactions = "; ".join(
        f"{told.manifestation}{f', {told.severity.label.lower()}' if told.severity else ''}" for told in one.reactions
    )
    checked = f"{one.verification.label}, {fact_age(one.verified_by, one.verified_at, desk.clock())}"
    pairs = (
        ("Reactions", reactions or "Not recorded"),
        ("Since", birth_text(one.since) if one.since else ""),
        ("Source", one.source.label if one.source is not None else "Nobody noted who said so"),
        ("Danger of a next exposure", one.criticality.label if one.criticality is not None else ""),
        ("Verification", checked if one.verified_by else one.verification.label),
    )
    deeds = [
        Deed("Confirm", "check", said(Verification.CONFIRMED), kind="primary"),
        Deed("Refute", "x", said(Verification.REFUTED)),
        Deed("Change", "pencil", lambda _reason: change()),
    ]
    return Detail(one.substance, pairs, deeds if not one.confirmed else deeds[1:])


def problem_detail(desk: Desk, one: Problem, then: Then, change: Then) -> Detail:
    """A problem with all that is known of it."""
    pairs = (
        ("ICD-10-CM code", one.code),
        ("Role", one.role.label if one.role is not None else ""),
        ("Status", one.status.label),
        ("How sure", one.verification.label),
        ("Since", birth_text(one.onset) if one.onset else ""),
        ("Who says so", one.source.label if one.source is not None else ""),
        ("Recorded", fact_age(one.noted_by, one.noted_at, desk.clock())),
    )

    def mistaken(reason: str) -> None:
        actions.take_back(desk.store, one, reason)
        then()

    return Detail(
        one.text, pairs, (Deed("Change", "pencil", lambda _r: change(), kind="primary", opens=True), _mistake(mistaken))
    )


def line_detail(desk: Desk, one: LineDevice, then: Then, change: Then) -> Detail:
    """A line, and taking it out."""

    def out(_reason: str) -> None:
        actions.remove_line(desk.store, one, desk.today())
        then()

    def mistaken(reason: str) -> None:
        actions.take_back(desk.store, one, reason)
        then()

    pairs = (
        ("In since", birth_text(one.inserted_on) if one.inserted_on else "Nobody knows since when"),
        ("Taken out on", plain_day(one.removed_on) if one.removed_on is not None else ""),
        ("What for", one.indication),
        ("Detail", one.detail),
        ("Who says so", one.source.label if one.source is not None else ""),
        ("Recorded", fact_age(one.noted_by, one.noted_at, desk.clock())),
    )
    deeds = [Deed("Change", "pencil", lambda _r: change(), kind="primary", opens=True), _mistake(mistaken)]
    if one.current:
        deeds.insert(0, Deed("Taken out today", "log-out", out))
    return Detail(one.title(), pairs, deeds)


def wound_detail(desk: Desk, one: Wound, then: Then, again: Then) -> Detail:
    """A wound with each look at it, the newest first, and its photos."""

    def healed(_reason: str) -> None:
        actions.heal_wound(desk.store, one, desk.today())
        then()

    def mistaken(reason: str) -> None:
        actions.take_back(desk.store, one, reason)
        then()

    deeds = [_mistake(mistaken)]
    if one.current:
        deeds = [
            Deed("Look again", "eye", lambda _r: again(), kind="primary", opens=True),
            Deed("Healed today", "circle-check", healed),
            *deeds,
        ]
    since = birth_text(one.since) if one.since else ""
    pairs = (("Since", since), ("Healed on", plain_day(one.healed_on) if one.healed_on is not None else ""))
    return Detail(one.title(), pairs, deeds, [_look(desk, one, look) for look in reversed(one.looks)])


def _look(desk: Desk, wound: Wound, look: WoundLook) -> QWidget:
    source = look.source.label if look.source is not None else ""
    head = " · ".join(filter(None, (show_moment(look.at) if look.at is not None else "", look.by, source)))
    lines: list[QWidget] = [label(look.size() or "Not measured", "strong"), label(head, "cap")]
    lines += [wrapped(text, "sec", "ink") for text in (look.treatment, look.note) if text]
    if look.photos and wound.patient is not None:
        strip = attachment_strip(desk, wound.patient, read_only=True)
        strip.set_value(look.photos)
        lines.append(strip)
    return card(*lines, gap=6)


def set_detail(desk: Desk, one: VitalSigns, then: Then) -> Detail:
    """A set of vital signs, to look at and to take back."""

    def mistaken(reason: str) -> None:
        actions.take_back(desk.store, one, reason)
        then()

    title = f"Vital signs, {show_moment(one.taken_at)}" if one.taken_at is not None else "Vital signs"
    return Detail(title, tuple(_facts(desk, one)), (_mistake(mistaken),))


def _facts(desk: Desk, one: VitalSigns) -> list[tuple[str, str]]:
    ranges = policy_of(desk.store).ranges()

    def told(name: str) -> str:
        if getattr(one, name) is None:
            return ""
        odd = " (looked at twice)" if name in one.acknowledged else ""
        return f"{value_words(one, name)} {ranges[name].unit}{odd}".strip()

    support = one.support.label if one.support is not None else ""
    air = ", ".join(filter(None, (f"{one.oxygen:g} L/min" if one.oxygen is not None else "", support)))
    warm = show_temperature(one.temperature, one.temperature_unit) if one.temperature is not None else ""
    weight = show_weight(one.weight, one.weight_unit) if one.weight is not None else ""
    how = one.weight_how.label.lower() if one.weight_how is not None else ""
    mass = body_mass(one.weight, one.height)
    recorded: dt.datetime | None = one.recorded_at
    return [
        ("Blood pressure", told("systolic")),
        ("Pulse", told("pulse")),
        ("Breathing", told("respirations")),
        ("Temperature", warm),
        ("Oxygen", ", ".join(filter(None, (told("spo2"), air)))),
        ("Pain", " · ".join(filter(None, (told("pain"), one.pain_site)))),
        ("Weight", ", ".join(filter(None, (weight, how)))),
        ("Why the weight changed", one.weight_reason),
        ("Height", show_height(one.height, one.height_unit) if one.height is not None else ""),
        ("Body mass index", f"{mass:g} kg/m²" if mass is not None else ""),
        ("Glucose", told("glucose")),
        ("Totals", "; ".join(f"{score.name.label} {score.total}" for score in one.scores if score.name is not None)),
        ("Note", one.note),
        ("How", one.method.label),
        ("Recorded", f"{one.recorded_by}, {show_moment(recorded)}" if recorded is not None else one.recorded_by),
    ]
