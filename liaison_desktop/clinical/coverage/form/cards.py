"""How a coverage, what was said about it and what was authorised read in cards."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable

from PySide6.QtWidgets import QFrame, QWidget

from liaison_desktop.clinical.coverage.record import (
    Authorisation,
    AuthorisationStatus,
    Coverage,
    CoverageVerification,
    Outcome,
)
from liaison_desktop.clinical.coverage.rules import Standing, StandingState, money_text, remaining, share_text
from liaison_desktop.clinical.coverage.rules.covering import MEDICARE
from liaison_desktop.clinical.patients.form.read_only import Pair, facts_grid
from liaison_desktop.clinical.patients.record import birth_text
from liaison_desktop.records import Code
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.cards import CardRow
from liaison_desktop.ui.chips import Chip, ChipSpec
from liaison_desktop.ui.dates import plain_day, show_moment
from liaison_desktop.ui.layout import card, row
from liaison_desktop.ui.text import elided, icon_label, label, wrapped

_TONES = {
    StandingState.VERIFIED: ("green", "shield-check"),
    StandingState.STALE: ("amber", "clock"),
    StandingState.UNVERIFIED: ("amber", "clock"),
    StandingState.INACTIVE: ("red", "circle-alert"),
    StandingState.NONE: ("amber", "circle-alert"),
}
_STATUS = {
    AuthorisationStatus.APPROVED: "green",
    AuthorisationStatus.PARTIALLY_APPROVED: "amber",
    AuthorisationStatus.DENIED: "red",
    AuthorisationStatus.TO_SUBMIT: "amber",
    AuthorisationStatus.PENDED: "amber",
    AuthorisationStatus.EXPIRED: "red",
}
_NARROW = 124  # px: the labels of two columns in one card
_OUTCOME = {Outcome.ACTIVE: "green", Outcome.INACTIVE: "red", Outcome.NOT_FOUND: "red", Outcome.DROPPED: "amber"}


def standing_chip(standing: Standing) -> ChipSpec:
    """How it stands, in words, with an icon: "verified 9 d ago"."""
    tone, icon = _TONES[standing.state]
    words = standing.words[:1].lower() + standing.words[1:]
    return ChipSpec(words, tone, icon)


def word(code: Code | None) -> str:
    """The word of a code; nothing for none."""
    return code.label if code is not None else ""


def coverage_pairs(coverage: Coverage) -> list[Pair]:
    """What the card of the plan says."""
    holder = coverage.subscriber
    held = " · ".join(
        filter(None, (word(holder.relation), holder.name, birth_text(holder.birth_date), holder.employer))
    )
    begins, ends = coverage.effective_from, coverage.effective_to
    runs = " to ".join(plain_day(day) for day in (begins, ends) if day is not None)
    return [
        ("Member number", coverage.member_id),
        ("Group number", coverage.group_number),
        ("Payer's phone", coverage.payer_phone),
        ("Policy held by", held),
        ("In effect", f"from {runs}" if begins and not ends else runs),
        ("Asked who pays first", word(coverage.msp_screen) if coverage.plan_type in MEDICARE else ""),
    ]


def told_pairs(said: CoverageVerification | None) -> list[Pair]:
    """What counts of what the payer said last, for the card of a coverage."""
    if said is None:
        return []
    names = ("Network", "Covered", "Deductible left", "Out-of-pocket left", "Days and visits", "Authorisation needed")
    held = dict(said_pairs(said))
    estimate = money_text(said.estimate) if said.estimate is not None else ""
    return [*((name, held.get(name, "")) for name in names), ("Estimate, no guarantee", estimate)]


def said_pairs(said: CoverageVerification) -> list[Pair]:
    """What a payer said, in the order of the call."""
    reference = said.call_reference or said.portal_reference or ("The payer gives none" if said.no_reference else "")
    money = (
        ("Deductible left", remaining(said.deductible_total, said.deductible_met)),
        ("Out-of-pocket left", remaining(said.limit_total, said.limit_met)),
        ("Allowed amount", said.allowed),
    )
    copay = f"{money_text(said.copay)} {word(said.copay_per).lower()}" if said.copay is not None else ""
    share = share_text(said.coinsurance) if said.coinsurance is not None else ""
    days = "\n".join(_days_line(row.benefit.label, row.total, row.used) for row in said.days)
    return [
        ("Spoken to", said.representative),
        ("Reference", reference),
        ("Coverage is", word(said.outcome)),
        ("Network", word(said.network)),
        ("Service", said.service),
        ("Covered", word(said.covered)),
        ("Three midnights", word(said.prior_stay)),
        ("Exclusions", said.exclusions),
        *((name, money_text(cents)) for name, cents in money if cents is not None),
        ("Amounts for", word(said.amounts_for)),
        ("Copay", copay),
        ("Coinsurance", share),
        ("Days and visits", days),
        ("Authorisation needed", word(said.authorisation)),
        ("Referral needed", " ".join(filter(None, (word(said.referral), said.referral_number)))),
        ("Patient's words", said.patient_words),
        ("Note", said.note),
        ("Counts until", plain_day(said.valid_until) if said.valid_until is not None else ""),
        ("Recorded by", ", ".join(filter(None, (said.by, show_moment(said.at) if said.at is not None else "")))),
    ]


def _days_line(benefit: str, total: int | None, used: int | None) -> str:
    left = remaining(total, used)
    if left is not None:
        return f"{benefit}: {left} of {total} left"
    return f"{benefit}: {used} used" if used is not None else f"{benefit}: {total} in all"


def said_row(said: CoverageVerification, payer: str, open_: Callable[[], object]) -> CardRow:
    """One verification in a list."""
    reference = said.call_reference or said.portal_reference
    facts = (said.facts(), f"ref. {reference}" if reference else said.representative, payer)
    chip = ChipSpec(said.title(), _OUTCOME.get(said.outcome, "neutral") if said.outcome is not None else "neutral")
    when = show_moment(said.at) if said.at is not None else ""
    icon = "phone" if said.representative or said.call_reference else "shield-check"
    return CardRow(when, " · ".join(filter(None, facts)), icon, chip, on_click=open_)


def authorisation_row(one: Authorisation, open_: Callable[[], object]) -> CardRow:
    """One authorisation in a list: what it is for, which days it covers, how far it is."""
    chip = ChipSpec(one.status.label, _STATUS.get(one.status, "neutral"))
    made = CardRow(one.title(), authorisation_facts(one), "file-check", chip, on_click=open_)
    made.setObjectName(f"authorisation/{one.id}")
    return made


def authorisation_facts(one: Authorisation) -> str:
    """Days covered, units used, what comes next."""
    begins, ends = one.approved_from, one.approved_to
    used = f"{one.units_used or 0} of {one.units} {word(one.unit).lower()} used" if one.units is not None else ""
    parts = [
        f"{plain_day(begins)} to {plain_day(ends)}" if begins and ends else "",
        used,
        f"review {plain_day(one.review_due.date())}" if one.review_due is not None else "",
        f"appeal until {plain_day(one.appeal_until.date())}" if one.appeal_until is not None else "",
    ]
    return " · ".join(filter(None, parts))


def coverage_card(standing: Standing, buttons: Iterable[QWidget]) -> QFrame:
    """One coverage: place in the order, how it stands, what the card says, and what can be done."""
    coverage = standing.coverage
    if coverage is None:
        return card(label(standing.words, "sec", "ink3"), title="Coverage")
    spec = standing_chip(standing)
    stale = standing.state in (StandingState.STALE, StandingState.UNVERIFIED, StandingState.INACTIVE)
    head = row(elided(coverage.payer, "section"), Chip(*spec), gap=8)
    return card(
        head,
        label(coverage.facts(), "sec", "ink2"),
        row(
            (facts_grid(coverage_pairs(coverage), _NARROW), 1),
            (facts_grid(told_pairs(standing.said), _NARROW), 1),
            gap=16,
        ),
        row(*buttons, None, gap=8),
        gap=8,
        tone="amber" if stale else "",
    )


def overview_card(
    standing: Standing, held: Iterable[Authorisation], today: datetime.date, go: Callable[[], object]
) -> QFrame:
    """The card on the first tab of a chart: payer, how old the verification is, the authorisation, and what to do."""
    icon = icon_label("shield-check", "amber" if not standing.good else "ink2")
    head = row(icon, label("Coverage", "strong"), None)
    if standing.coverage is None:
        add = button("Add coverage", small=True, icon="plus", on_click=go)
        return card(head, wrapped("No coverage is recorded yet.", "sec", "ink2"), row(add, None), gap=8)
    spec = standing_chip(standing)
    tone, picture = _TONES[standing.state]
    text = row(icon_label(picture, tone, 14), label(spec.text, "label", tone), gap=4)
    line = row(elided(standing.coverage.payer, "medium"), text, gap=8)
    mine = [one for one in held if one.coverage == standing.coverage.id]
    words = _authorised_words(mine[-1] if mine else None, today)
    if not standing.good:
        words = f"{words} Check again before admission.".strip()
    act = button("Verify again" if standing.said else "Verify", small=True, icon="phone", on_click=go)
    items = (head, line, *((wrapped(words, "sec", "ink2"),) if words else ()))
    return card(*items, row(act, None), gap=8, tone="" if standing.good else "amber")


def _authorised_words(one: Authorisation | None, today: datetime.date) -> str:
    if one is None:
        return ""
    begins, ends = one.approved_from, one.approved_to
    if one.approved and begins is not None and ends is not None:
        over = " It has run out." if ends < today else ""
        return f"Authorisation {one.number} covers {plain_day(begins)} to {plain_day(ends)}.{over}"
    return f"Authorisation: {one.status.label.lower()}."
