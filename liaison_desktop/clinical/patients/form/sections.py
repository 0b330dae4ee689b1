"""The sections of the patient's form: which fields stand where, with the editors they need."""

from __future__ import annotations

from liaison_desktop.clinical.patients.form.fields import LanguageEditor, PartialEditor, ShortTextsEditor
from liaison_desktop.clinical.patients.form.rows import RowCards
from liaison_desktop.clinical.patients.record import (
    Communication,
    Identifier,
    IdentifierSystem,
    InterpreterModality,
    Isolation,
    Literacy,
    Organism,
    Patient,
    Precaution,
    RelatedPerson,
    Relationship,
    SexAdmin,
)
from liaison_desktop.clinical.people.record import Facility
from liaison_desktop.store import Store
from liaison_desktop.ui.editors import ChoiceEditor, ComboEditor
from liaison_desktop.ui.picker import Picker
from liaison_desktop.ui.record_form import RecordForm
from liaison_desktop.ui.suggest import Option, matching


def identity_form() -> RecordForm:
    """Name and birth."""
    return RecordForm(
        Patient,
        ("given", "family"),
        ("birth_date", "preferred_name"),
        "sex_admin",
        ("gender_identity", "pronouns"),
        "other_names",
        editors={
            "other_names": ShortTextsEditor(placeholder="A maiden name; a spelling elsewhere"),
            "birth_date": PartialEditor(),
            "sex_admin": ChoiceEditor(SexAdmin),
        },
    )


def contact_form() -> RecordForm:
    """Where to reach the patient."""
    return RecordForm(
        Patient,
        ("phones", "email"),
        "address",
        editors={"phones": ShortTextsEditor(placeholder="(555) 010-4416; another")},
    )


def communication_form() -> RecordForm:
    """Language, senses, learning."""
    return RecordForm(
        Communication,
        ("spoken", "written"),
        "interpreter",
        ("modality", "literacy"),
        "hearing",
        "vision",
        "speech",
        "cognitive",
        "teach",
        "aids",
        "note",
        editors={
            "spoken": LanguageEditor(),
            "written": LanguageEditor(),
            "modality": ComboEditor(InterpreterModality),
            "literacy": ComboEditor(Literacy),
            "aids": ShortTextsEditor(placeholder="Hearing aid; glasses"),
        },
    )


def other_form(store: Store) -> RecordForm:
    """What is rarely needed."""
    return RecordForm(Patient, "vip", "deceased_at", store=store)


def identifier_cards(store: Store) -> RowCards[Identifier]:
    """Numbers; a new one is our own record number."""

    def made() -> Identifier:
        return Identifier(facility=next((each.id for each in store.all(Facility) if each.own), None))

    return RowCards(
        made,
        (("system", 3), ("value", 3), ("facility", 4)),
        word="Number",
        add="Add a number",
        store=store,
        editors=lambda: {"system": ComboEditor(IdentifierSystem), "facility": _facilities(store)},
    )


def _facilities(store: Store) -> Picker:
    picker = Picker(store, Facility.kind, "Any facility")
    options = [Option(each.id, each.title(), each.facts()) for each in store.all(Facility)]
    picker.set_scope(lambda text: matching(options, text))
    return picker


def related_cards(store: Store) -> RowCards[RelatedPerson]:
    """People around the patient. By what right one of them decides is recorded under Decisions."""
    return RowCards(
        RelatedPerson,
        ("name", "relationship"),
        "phones",
        "roles",
        "may_discuss",
        "limits",
        word="Person",
        add="Add a person",
        store=store,
        editors=lambda: {
            "relationship": ComboEditor(Relationship),
            "phones": ShortTextsEditor(placeholder="(555) 010-4417; another"),
        },
    )


def isolation_cards() -> RowCards[Isolation]:
    """Reasons for precautions."""
    return RowCards(
        Isolation,
        ("organism", "precaution"),
        (("status", 2), ("since", 1)),
        word="Isolation",
        add="Add isolation",
        editors=lambda: {
            "organism": ComboEditor(Organism),
            "precaution": ComboEditor(Precaution),
            "since": PartialEditor("Nov 2026"),
        },
    )
