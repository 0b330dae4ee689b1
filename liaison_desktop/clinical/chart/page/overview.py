"""The first tab of a chart: what is open, allergies, people to call, how to talk, papers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QFrame, QWidget

from liaison_desktop.clinical.chart.page.facts import communication_pairs, contact_pairs
from liaison_desktop.clinical.chart.page.papers import Paper, paper_row
from liaison_desktop.clinical.chart.rules import OpenItem
from liaison_desktop.clinical.concerns.record import Concern
from liaison_desktop.clinical.patients.form.read_only import facts_grid
from liaison_desktop.clinical.patients.record import Allergy, AllergyAssertion, Patient, RelatedPerson
from liaison_desktop.ui.buttons import button
from liaison_desktop.ui.cards import CardRow, list_card
from liaison_desktop.ui.chips import Chip, ChipSpec
from liaison_desktop.ui.dates import show_moment
from liaison_desktop.ui.layout import Item, card, column, row, scroll
from liaison_desktop.ui.text import elided, label, wrapped

Go = Callable[[OpenItem], None]


def overview(
    patient: Patient,
    items: tuple[OpenItem, ...],
    checklists: tuple[Paper, ...],
    consents: tuple[Paper, ...],
    *,
    go: Go,
    open_paper: Callable[[Paper], None],
    change: Callable[[], None],
    more: tuple[QWidget, ...] = (),
    clocks: QWidget,
    concerns: QWidget,
) -> QWidget:
    """Three columns of cards; a card without anything says so in words."""
    first = column(open_card(items, go), concerns, people_card(patient), None, gap=12)
    second = column(
        clocks,
        papers_card("Checklists", checklists, "No checklist yet", open_paper),
        papers_card("Consents", consents, "No consent yet", open_paper),
        allergies_card(patient, change),
        None,
        gap=12,
    )
    talk = [pair for pair in communication_pairs(patient) if pair[1]]
    third = column(
        *more,
        card(facts_grid(talk) if talk else label("Nobody has asked yet", "sec", "ink3"), title="How to talk", gap=10),
        card(
            facts_grid(contact_pairs(patient))
            if any(value for _name, value in contact_pairs(patient))
            else label("No phone or address recorded", "sec", "ink3"),
            title="Where to reach the patient",
            gap=10,
        ),
        None,
        gap=12,
    )
    return scroll(row((first, 1), (second, 1), (third, 1), gap=12, margins=(24, 12, 24, 24)))


def concerns_card(concerns: Sequence[Concern], go: Callable[[], object]) -> QFrame:
    """The newest worries in the patient's own words, and the way to the ledger."""
    add = button("Add", "link", "plus", small=True, on_click=go)
    parts: list[Item] = []
    for concern in concerns[:2]:
        told = show_moment(concern.raised_at) if concern.raised_at is not None else ""
        chip = Chip(concern.state.label, "accent" if concern.addressed_to else "amber")
        parts += [
            wrapped(f"“{concern.words}”"),
            row((elided(", ".join(filter(None, (concern.told_to, told))), "cap", "ink3"), 1), chip, gap=8),
        ]
    if not parts:
        parts = [wrapped("None waits for an answer.", "sec", "ink3")]
    return card(*parts, title="Concerns, in the patient's words", right=add, gap=8)


def open_card(items: tuple[OpenItem, ...], go: Go) -> QFrame:
    """What waits for somebody, the loudest first."""
    if not items:
        return list_card("What is open", CardRow("Nothing is open", "", "circle-check", tone="green"))
    rows = [
        CardRow(
            item.title,
            item.facts,
            item.icon,
            ChipSpec(item.mark, item.tone),
            on_click=_going(go, item),
            tone=item.tone if item.tone == "red" else "ink2",
        )
        for item in items
    ]
    return list_card("What is open", *rows, right=str(len(items)))


def _going(go: Go, item: OpenItem) -> Callable[[], None]:
    return lambda: go(item)


def allergies_card(patient: Patient, change: Callable[[], None]) -> QFrame:
    """What is known at all, then each allergy with how sure it is."""
    rows = [_allergy_row(allergy) for allergy in patient.allergies if allergy.current]
    assertion = patient.allergy_assertion
    if assertion is None:
        rows.insert(0, CardRow("Allergies not recorded", "Nobody has asked yet", "triangle-alert", tone="red"))
    elif assertion is not AllergyAssertion.HAS_ALLERGIES:
        unsure = assertion is AllergyAssertion.UNABLE
        icon, tone = ("triangle-alert", "red") if unsure else ("check", "green")
        rows.insert(0, CardRow(assertion.label, patient.allergy_note if unsure else "", icon, tone=tone))
    return list_card("Allergies", *rows, right=button("Change", "link", small=True, on_click=change))


def _allergy_row(allergy: Allergy) -> CardRow:
    told = ", ".join(reaction.manifestation for reaction in allergy.reactions if reaction.manifestation)
    facts = " · ".join(filter(None, (told, allergy.since[:4])))
    chip = ChipSpec("Confirmed", "red") if allergy.confirmed else ChipSpec("Not confirmed", "amber")
    return CardRow(allergy.substance, facts or "Reaction not recorded", "triangle-alert", chip, tone="red")


def people_card(patient: Patient) -> QFrame:
    """Whom to call, and whose paper was not seen."""
    rows = [_person_row(person) for person in patient.related]
    return list_card("People to call", *(rows or [CardRow("Nobody recorded", "", "user-round")]))


def _person_row(person: RelatedPerson) -> CardRow:
    role = person.roles[0].label if person.roles else ""
    facts = " · ".join(filter(None, (role, *person.phones[:1]))) or "No phone recorded"
    chip = None
    if person.decides and not person.authority_seen_on:
        chip = ChipSpec("paper not seen", "amber")
    elif person.may_discuss is not None and person.may_discuss.value != "yes":
        chip = ChipSpec("may not be told" if person.may_discuss.value == "no" else "within limits", "outline")
    return CardRow(person.text(), facts, "user-round", chip)


def papers_card(title: str, papers: tuple[Paper, ...], missing: str, open_paper: Callable[[Paper], None]) -> QFrame:
    """Checklists or consents, newest first."""
    rows = [paper_row(paper, open_paper) for paper in papers]
    return list_card(title, *(rows or [CardRow(missing, "", "minus")]))
