"""Writes people and places: save a person with the main place of work, import a list, take an import back."""

from __future__ import annotations

import types
import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from liaison_desktop.errors import Fault, Refused, Severity, Stale
from liaison_desktop.msl.directory.queries import institution_names, known_like, works_at
from liaison_desktop.msl.directory.record import Affiliation, Institution, Person, plain
from liaison_desktop.msl.directory.rules import duplicate_fault, duplicates, person_faults
from liaison_desktop.policies import policy_of
from liaison_desktop.records import Record

if TYPE_CHECKING:
    from liaison_desktop.store import Store

NO_PLACES: Mapping[uuid.UUID, str] = types.MappingProxyType({})


class Arrival(msgspec.Struct, frozen=True, kw_only=True):
    """One person of a list that is to be imported, with the place of work in words."""

    person: Person
    place: str = ""
    city: str = ""
    region: str = ""


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """What one import wrote, so that it can be taken back."""

    people: tuple[Person, ...]
    institutions: tuple[Institution, ...]
    affiliations: tuple[Affiliation, ...]


def check_person(store: Store, person: Person, place: str = "") -> tuple[Fault, ...]:
    """Everything that is wrong or doubtful about a person, duplicates among it for a person not saved before."""
    policy = policy_of(store)
    found = person_faults(person, policy)
    if person.version is None and person.last_name.strip():
        alike = duplicates(person, place, known_like(store, person), policy)
        found = (*found, *(duplicate_fault(other, policy) for other in alike[:1]))
    return found


def save_person(
    store: Store,
    person: Person,
    affiliations: Iterable[Affiliation] = (),
    removed: Iterable[Affiliation] = (),
    *,
    new_places: Mapping[uuid.UUID, str] = NO_PLACES,
    place: str = "",
    keep_duplicate: bool = False,
) -> Person:
    """Save a person and where they work, all or nothing. Raises Refused.

    `new_places` names the places that do not exist yet, by affiliation. `place` names the main place for the
    comparison with known people; `keep_duplicate` answers HCP-3 with "create a new one".
    """
    stops = {Severity.REFUSE} if keep_duplicate else {Severity.REFUSE, Severity.CONFIRM}
    faults = [fault for fault in check_person(store, person, place) if fault.severity in stops]
    if faults:
        raise Refused(faults)
    known = institution_names(store) if new_places else {}
    with store.transaction() as transaction:
        saved = transaction.save(person)
        for affiliation in affiliations:
            where = affiliation.institution_id
            if name := new_places.get(affiliation.id, "").strip():
                where = known.get(plain(name)) or transaction.save(Institution(name=name)).id
                known[plain(name)] = where
            transaction.save(msgspec.structs.replace(affiliation, person_id=saved.id, institution_id=where))
        for affiliation in removed:
            transaction.remove(affiliation)
    return saved


def save_institution(store: Store, institution: Institution) -> Institution:
    """Save a place. Raises Refused."""
    if faults := institution.faults():
        raise Refused(faults)
    return store.save(institution)


def import_people(store: Store, arrivals: Sequence[Arrival]) -> Imported:
    """Save a whole list in one transaction: people, new places, and who works where. Raises Refused, then nothing is saved."""
    from liaison_desktop.store import Act

    policy = policy_of(store)
    faults = [
        fault
        for arrival in arrivals
        for fault in person_faults(arrival.person, policy)
        if fault.severity is Severity.REFUSE
    ]
    if faults:
        raise Refused(faults)
    places = institution_names(store)
    institutions, affiliations, people = [], [], []
    with store.transaction("import") as transaction:
        for arrival in arrivals:
            person = transaction.save(arrival.person)
            people.append(person)
            if not arrival.place.strip():
                continue
            name = plain(arrival.place)
            if name not in places:
                new = Institution(name=arrival.place.strip(), city=arrival.city.strip(), region=arrival.region.strip())
                institutions.append(transaction.save(new))
                places[name] = new.id
            work = Affiliation(
                person_id=person.id, institution_id=places[name], is_primary=True, source="Imported list"
            )
            affiliations.append(transaction.save(work))
        transaction.note(Act.IMPORTED, kind=Person.kind, detail=f"{len(people)} people, {len(institutions)} places")
    return Imported(people=tuple(people), institutions=tuple(institutions), affiliations=tuple(affiliations))


def undo_import(store: Store, imported: Imported) -> int:
    """Take an import back; how many people stay because somebody worked with them since.

    What was changed after the import stays, and so does a place that anybody else works at by now.
    """
    at_places = works_at(store, [place.id for place in imported.institutions])
    kept = 0
    gone: set[uuid.UUID] = set()
    with store.transaction("import taken back") as transaction:

        def take(record: Record) -> bool:
            try:
                transaction.remove(record)
            except Stale:
                return False
            gone.add(record.id)
            return True

        for person in imported.people:
            kept += not take(person)
        for affiliation in imported.affiliations:
            if affiliation.person_id in gone:
                take(affiliation)
        still = {place for work, place in at_places.items() if work not in gone}
        for institution in imported.institutions:
            if institution.id not in still:
                take(institution)
    return kept
