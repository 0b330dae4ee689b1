"""Takes a person out of the store, all of it in one transaction, and writes down that what is stored was handed out."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from liaison_desktop.errors import Fault, Refused
from liaison_desktop.msl.directory.record import Person
from liaison_desktop.msl.report.queries import Mention, hanging, holding, mentions, shares_name, typed_texts
from liaison_desktop.msl.report.rules import (
    REMOVED_TEXT,
    Fate,
    Plan,
    file_names,
    is_anonymous,
    name_only,
    names_of,
    nobody,
    plan_of,
    says,
    without,
    words_of,
)
from liaison_desktop.policies import policy_of
from liaison_desktop.records import Record, new_id
from liaison_desktop.store import Act

if TYPE_CHECKING:
    from liaison_desktop.store import Store


def everything(store: Store, person_id: uuid.UUID) -> tuple[Mention, ...]:
    """Every record that refers to somebody, and what belongs to one of those and names nobody itself."""
    found = mentions(store, person_id)
    return (*found, *hanging(store, [mention.record for mention in found if mention.record.id != person_id]))


def only_named(store: Store, person: Person, found: Sequence[Mention]) -> tuple[Record, ...]:
    """The records that name somebody in their words and do not refer to them, by whatever is enough to mean them."""
    names = names_in(store, person)
    known = {person.id, *(mention.record.id for mention in found)}
    held = holding(store, person.last_name, known)
    return tuple(record for record in held if not _namesake(record, person) and says(record, names))


def _namesake(record: Record, person: Person) -> bool:
    return isinstance(record, Person) and record.last_name == person.last_name


def preview(store: Store, person_id: uuid.UUID) -> Plan:
    """What `anonymise` would do now. Raises Missing if the person is not there."""
    person = store.get(Person, person_id)
    found = everything(store, person_id)
    return plan_of(person, found, policy_of(store), only_named(store, person, found), len(typed_about(store, person)))


def typed_about(store: Store, person: Person) -> tuple[str, ...]:
    """The keys of what is being typed, not saved, and mentions somebody."""
    names, nobody_else = names_in(store, person), new_id()
    texts = typed_texts(store).items()
    return tuple(key for key, text in texts if _cleared(text, person, nobody_else, names) != text)


def anonymise(store: Store, person_id: uuid.UUID, reason: str) -> Plan:
    """Take a person out of everything that no law keeps, in one transaction; what was done.

    Where a kept record refers to the person, the card keeps the name for it alone, and everything else refers to a
    stand-in. Raises Refused without a reason or if nothing is left to take out, Missing and Stale.
    """
    if not reason.strip():
        raise Refused((Fault(field="reason", message="Say who asked for this and why.", rule="ERASE-1"),))
    plan = preview(store, person_id)
    person, words = plan.person, words_of(plan.person)
    names = names_in(store, person)
    if is_anonymous(person) or (plan.keeps_name and person == name_only(person) and not plan.changes):
        raise Refused((Fault(field="reason", message="This person is anonymised already.", rule="ERASE-1"),))
    stand_in = new_id() if plan.keeps_name else person.id
    # The journal keeps the reason for good, so the name must not stand in it.
    said = words.sub("this person", reason.strip()) if words else reason.strip()
    with store.transaction(f"anonymised: {said}") as transaction:
        if plan.keeps_name:
            transaction.save(msgspec.structs.replace(nobody(person), id=stand_in, version=None))
            transaction.erase(name_only(person))
        else:
            transaction.erase(nobody(person))
        for step in plan.of(Fate.CLEARED):
            # Another card that was merged into this one is the same human being.
            if isinstance(step.record, Person) and step.linked:
                transaction.erase(nobody(step.record))
            else:
                # A file kept with a record of the person, such as a letter, is the person's own words.
                files = {one for one in file_names(step.record) if step.linked and store.attachments.has(one)}
                said_by = words if step.linked else names
                transaction.erase(without(step.record, person.id, stand_in, said_by, files))
        for step in plan.of(Fate.REMOVED):
            transaction.remove(step.record)
    # What was typed and not saved may hold the name as well.
    store.drafts.drop(f"{Person.kind}/{person.id}")
    for key, text in typed_texts(store).items():
        if (cleared := _cleared(text, person, stand_in, names)) != text:
            store.drafts.put(key, cleared.encode())
    return plan


def names_in(store: Store, person: Person) -> re.Pattern[str] | None:
    """Finds somebody in the words of records that do not refer to them: the last name alone only if nobody shares it."""
    return names_of(person, alone=not shares_name(store, person))


def _cleared(text: str, person: Person, stand_in: uuid.UUID, names: re.Pattern[str] | None) -> str:
    """What is being typed without the person; where it refers to them, their name is looked for as in such a record."""
    linked = str(person.id) in text
    words = words_of(person) if linked else names
    return (words.sub(REMOVED_TEXT, text) if words else text).replace(str(person.id), str(stand_in))


def note_stored(store: Store, person_id: uuid.UUID, act: Act, how: str = "") -> None:
    """What is stored about somebody was shown, printed or saved as a copy; `how` says on which printer."""
    store.note(act, kind=Person.kind, subject=person_id, detail=": ".join(filter(None, ("what we store", how))))
