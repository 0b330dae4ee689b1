"""What is recorded about a patient, to read: label and value in cards, nothing to type into."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QFrame, QWidget

from liaison_desktop.clinical.patients.form.read_only import Pair, facts_grid
from liaison_desktop.clinical.patients.record import (
    Allergy,
    CodeStatus,
    Isolation,
    Patient,
    RelatedPerson,
    age_text,
    birth_text,
    day_text,
    language_name,
)
from liaison_desktop.clinical.people.record import Facility
from liaison_desktop.records import Code
from liaison_desktop.store import Store
from liaison_desktop.ui.dates import show_moment
from liaison_desktop.ui.layout import card
from liaison_desktop.ui.text import label


def facts_card(title: str, pairs: Iterable[Pair], missing: str, right: QWidget | None = None) -> QFrame:
    """A card of facts; with none it says `missing`."""
    held = [pair for pair in pairs if pair[1]]
    inside = facts_grid(held) if held else label(missing, "sec", "ink3")
    return card(inside, title=title, right=right, gap=10)


def labels(codes: Iterable[Code]) -> str:
    """The words of several codes."""
    return ", ".join(code.label for code in codes)


def word(code: Code | None) -> str:
    """The word of a code; nothing for none."""
    return code.label if code is not None else ""


def identity_pairs(patient: Patient, store: Store) -> list[Pair]:
    """Who the patient is."""
    today = store.clock().date()
    born = birth_text(patient.birth_date)
    years = age_text(patient.birth_date, today)
    pairs = [
        ("Given names", patient.given),
        ("Family name", patient.family),
        ("Likes to be called", patient.preferred_name),
        ("Other names", "\n".join(patient.other_names)),
        ("Birth date", f"{born} ({years})" if years else born),
        ("Administrative sex", word(patient.sex_admin)),
        ("Gender identity", patient.gender_identity),
        ("Pronouns", patient.pronouns),
        ("Died at", show_moment(patient.deceased_at) if patient.deceased_at else ""),
        ("Attention", "Restricted: extra care with who looks at this chart" if patient.vip else ""),
    ]
    for number in patient.identifiers:
        place = store.find(Facility, number.facility)
        pairs.append((number.system.label, f"{number.value}, {place.title()}" if place else number.value))
    return pairs


def contact_pairs(patient: Patient) -> list[Pair]:
    """Where to reach the patient."""
    return [("Phones", "\n".join(patient.phones)), ("E-mail", patient.email), ("Address", patient.address)]


def communication_pairs(patient: Patient) -> list[Pair]:
    """How to talk with the patient."""
    needs = patient.communication
    return [
        ("Spoken", language_name(needs.spoken) if needs.spoken else ""),
        ("Written", language_name(needs.written) if needs.written else ""),
        ("Interpreter", ", ".join(filter(None, (word(needs.interpreter), word(needs.modality).lower())))),
        ("Hearing", word(needs.hearing)),
        ("Vision", word(needs.vision)),
        ("Speech", word(needs.speech)),
        ("Following", "Needs help to follow or remember" if needs.cognitive else ""),
        ("Medical forms", word(needs.literacy)),
        ("Learns best by", labels(needs.teach)),
        ("Aids", ", ".join(needs.aids)),
        ("Note", needs.note),
    ]


def allergy_pairs(patient: Patient) -> list[Pair]:
    """The assertion, who said it and when, and every allergy with how sure it is."""
    pairs = [("Known", word(patient.allergy_assertion)), ("Why not", patient.allergy_note)]
    pairs += [(allergy.substance, _allergy_words(allergy)) for allergy in patient.allergies]
    if patient.allergy_asserted_at is not None:
        pairs.append(("Asked", f"{patient.allergy_asserted_by}, {show_moment(patient.allergy_asserted_at)}"))
    return pairs


def _allergy_words(allergy: Allergy) -> str:
    told = (
        ", ".join(
            " ".join(filter(None, (r.manifestation, f"({r.severity.label.lower()})" if r.severity else "")))
            for r in allergy.reactions
        ),
        birth_text(allergy.since),
        allergy.verification.label,
        word(allergy.type),
        word(allergy.category),
        f"next exposure: {allergy.criticality.label.lower()}" if allergy.criticality else "",
        f"told by {allergy.source.label.lower()}" if allergy.source else "",
        "" if allergy.current else allergy.clinical.label,
    )
    return "; ".join(filter(None, told))


def person_pairs(person: RelatedPerson) -> list[Pair]:
    """What is known of one person around the patient."""
    seen = f"Seen {day_text(person.authority_seen_on)}" if person.authority_seen_on else ""
    by = f"{seen} by {person.authority_seen_by}" if seen and person.authority_seen_by else seen
    return [
        ("Relationship", word(person.relationship)),
        ("Roles", labels(person.roles)),
        ("Phones", "\n".join(person.phones)),
        ("May discuss", word(person.may_discuss)),
        ("Limits", person.limits),
        ("Authority", ". ".join(filter(None, (person.authority_document, by)))),
    ]


def care_pairs(patient: Patient) -> list[Pair]:
    """Code status as reported, and isolation."""
    status = word(patient.code_status)
    if patient.code_status is not None and patient.code_status is not CodeStatus.UNKNOWN:
        status = (
            f"{status}, as reported by {patient.code_status_by}" if patient.code_status_by else f"{status}, as reported"
        )
    pairs = [("Code status", status), ("Limits", patient.code_status_limits)]
    return pairs + [("Isolation", _isolation_words(row)) for row in patient.isolation]


def _isolation_words(row: Isolation) -> str:
    since = f", since {birth_text(row.since)}" if row.since else ""
    return f"{row.precaution.label} ({row.organism.label}), {row.status.label.lower()}{since}"


def detail_cards(patient: Patient, store: Store) -> tuple[list[QWidget], list[QWidget]]:
    """Everything about a patient in two columns of cards."""
    left: list[QWidget] = [
        facts_card("Name, birth and numbers", identity_pairs(patient, store), "Nothing recorded"),
        facts_card("Where to reach the patient", contact_pairs(patient), "No phone or address recorded"),
        facts_card("Language and learning", communication_pairs(patient), "Nobody has asked yet"),
    ]
    right: list[QWidget] = [
        facts_card("Allergies", allergy_pairs(patient), "Allergies not recorded"),
        facts_card("Code status and isolation", care_pairs(patient), "Nothing reported"),
        *(facts_card(person.name, person_pairs(person), "Nothing more recorded") for person in patient.related),
    ]
    return left, right
