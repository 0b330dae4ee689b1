"""A list of sources comes in at once, and can be taken back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from liaison_desktop.clinical.outreach.actions.guarding import privacy_faults
from liaison_desktop.clinical.outreach.queries import contacts, places
from liaison_desktop.clinical.outreach.record import SourceContact, SourcePlace
from liaison_desktop.clinical.outreach.rules import Candidate, with_known, words_of
from liaison_desktop.clinical.people.actions import require
from liaison_desktop.errors import Refused, Stale
from liaison_desktop.store import Act, Store

replace = msgspec.structs.replace


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """What one import wrote, so that it can be taken back."""

    places: tuple[SourcePlace, ...]
    contacts: tuple[SourceContact, ...]


def judged(store: Store, candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """The rows with V41 asked of every text, and those marked that are here already."""
    names = {place.id: place.name for place in places(store)}
    known = [(each.name, names.get(each.place_id, "") if each.place_id else "") for each in contacts(store)]
    known += [("", name) for name in names.values()]
    checked = []
    for one in candidates:
        place = SourcePlace(name=one.place, address=one.address)
        faults = (*privacy_faults(store, one.contact), *(
            replace(fault, field="place") for fault in (privacy_faults(store, place) if one.place else ())
        ))  # fmt: skip
        checked.append(replace(one, faults=(*one.faults, *faults)))
    return with_known(checked, known)


def import_sources(store: Store, candidates: Sequence[Candidate]) -> Imported:
    """Save these rows in one transaction: places that are new, and the people there. Raises Refused; nothing is saved."""
    require(store, "record_outreach")
    wrong = [fault for one in judged(store, candidates) if not one.sound for fault in one.faults]
    if wrong:
        raise Refused(wrong)
    ids = {words_of(place.name): place.id for place in places(store)}
    new_places, people = [], []
    with store.transaction("import") as transaction:
        for one in candidates:
            key = words_of(one.place)
            if key and key not in ids:
                made = transaction.save(SourcePlace(name=one.place.strip(), address=one.address.strip()))
                ids[key] = made.id
                new_places.append(made)
            if one.contact.name.strip():
                people.append(transaction.save(replace(one.contact, place_id=ids.get(key))))
        words = f"{len(people)} contacts, {len(new_places)} places"
        transaction.note(Act.IMPORTED, kind=SourceContact.kind, detail=words)
    return Imported(places=tuple(new_places), contacts=tuple(people))


def undo_import(store: Store, imported: Imported) -> int:
    """Take an import back; how many stay because somebody worked with them since. Raises Refused."""
    require(store, "record_outreach")
    kept = 0
    with store.transaction("import taken back") as transaction:
        for record in (*imported.contacts, *imported.places):
            try:
                transaction.remove(record)
            except Stale:
                kept += 1
    return kept
