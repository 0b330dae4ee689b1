"""V31: which allergies speak against a medicine, by name or by class, from the small table."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from liaison_desktop.clinical.medications.queries import Family, KnownMedicines, folded
from liaison_desktop.clinical.patients.record import Allergy, AllergyCategory

_OTHER_KIND = (AllergyCategory.FOOD, AllergyCategory.ENVIRONMENT)


class Against(msgspec.Struct, frozen=True, kw_only=True):
    """How an allergy speaks against a medicine: the class, and whether it is only one near to it."""

    label: str
    near: bool = False


def conflicts(name: str, allergies: Iterable[Allergy], known: KnownMedicines) -> tuple[tuple[Allergy, Against], ...]:
    """The allergies that speak against a medicine of this name, each with why."""
    current = [allergy for allergy in allergies if allergy.current and allergy.category not in _OTHER_KIND]
    judged = ((allergy, _against(name, allergy.substance, known)) for allergy in current)
    return tuple((allergy, against) for allergy, against in judged if against is not None)


def _against(name: str, substance: str, known: KnownMedicines) -> Against | None:
    inside, allergens = known.inside(name), known.inside(substance)
    named = {each.name for each in allergens}
    written = {key for key, family in known.families.items() if _written(substance, family)}
    # Where nobody speaks of an allergy to the class, as with medicines that are only of one shelf, the name alone counts.
    kinds = written | {each.key for each in allergens if each.family.allergy}
    beside = {near for key in (*written, *(each.key for each in allergens)) for near in known.families[key].near}
    for each in inside:
        if each.name in named:
            return Against(label=each.name)
    for each in inside:
        if each.key in kinds:
            return Against(label=each.family.label.lower())
    for each in inside:
        if each.key in beside:
            return Against(label=each.family.label.lower(), near=True)
    # A name that the table does not know is compared letter by letter.
    words = folded(substance)
    return Against(label=words) if words and f" {words} " in f" {folded(name)} " else None


def _written(substance: str, family: Family) -> bool:
    return any(f" {word} " in f" {folded(substance)} " for word in family.allergy)


def twice(names: Iterable[tuple[str, str]], known: KnownMedicines) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Medicines of one kind: the label of the class, and the names of two or more that are not the same line.

    `names` are pairs of an id and a name, as text.
    """
    groups: dict[str, dict[str, str]] = {}
    labels: dict[str, str] = {}
    for id, name in names:
        for each in known.inside(name):
            if each.group:
                groups.setdefault(each.group, {})[id] = name
                labels.setdefault(each.group, each.family.label)
    return tuple((labels[group], tuple(held.values())) for group, held in groups.items() if len(held) > 1)
