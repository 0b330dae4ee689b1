"""Rules of one person, and of one person beside those already known."""

from __future__ import annotations

import re
from collections.abc import Iterable

from liaison_desktop.errors import Fault
from liaison_desktop.msl.directory.queries import Known
from liaison_desktop.msl.directory.record import Person, is_npi, plain
from liaison_desktop.policies import Policy
from liaison_desktop.policies.guarding import identity_faults

_PROFILE_TEXTS = ("scientific_summary", "do_not_contact_reason", "best_times")


def person_faults(person: Person, policy: Policy) -> tuple[Fault, ...]:
    """What is wrong with a person by itself: needed fields, the NPI's check digit, words that judge, patients."""
    found = list(person.faults())
    if person.npi and not is_npi(person.npi):
        found.append(policy.fault("HCP-1", field="npi", n=person.npi))
    for name in _PROFILE_TEXTS:
        if _judges(getattr(person, name), policy):
            found.append(policy.fault("HCP-4", field=name))
    return (*found, *identity_faults(person, policy))


def _judges(text: str, policy: Policy) -> bool:
    lowered = plain(text)
    return (
        any(re.search(rf"\b{re.escape(word)}\b", lowered) for word in policy.words("judgement")) if lowered else False
    )


def likeness(name: str, place: str, known: Known) -> float:
    """How alike two people are, 0 to 100: the words of name and place in any order.

    A place that only one of them has says nothing, so then the names alone are compared.
    """
    from rapidfuzz import fuzz

    both = bool(place and known.place)
    mine, theirs = (f"{name} {place}", f"{known.name} {known.place}") if both else (name, known.name)
    return fuzz.token_sort_ratio(plain(mine), plain(theirs))


def duplicates(person: Person, place: str, known: Iterable[Known], policy: Policy) -> tuple[Known, ...]:
    """The known people this one may be, most alike first; the same NPI is always one of them."""
    least, name = policy.number("duplicate_score"), f"{person.first_name} {person.last_name}"
    found: list[tuple[float, Known]] = []
    for other in known:
        if other.id == person.id:
            continue
        score = 101.0 if person.npi and person.npi == other.npi else likeness(name, place, other)
        if score >= least:
            found.append((score, other))
    return tuple(other for _, other in sorted(found, key=lambda pair: -pair[0]))


def duplicate_fault(other: Known, policy: Policy) -> Fault:
    """HCP-3 for one known person."""
    return policy.fault("HCP-3", field="last_name", name=other.name, place=other.place or "place not known")
