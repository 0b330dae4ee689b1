"""Takes a person out of the store, all of it in one transaction, and writes down that what is stored was handed out."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import msgspec

from liaison_desktop.errors import Fault, Refused
from liaison_desktop.msl.directory.record import Person
from liaison_desktop.msl.report.queries import mentions
from liaison_desktop.msl.report.rules import Fate, Plan, is_anonymous, name_only, nobody, plan_of, without, words_of
from liaison_desktop.policies import policy_of
from liaison_desktop.records import new_id
from liaison_desktop.store import Act

if TYPE_CHECKING:
    from liaison_desktop.store import Store


def preview(store: Store, person_id: uuid.UUID) -> Plan:
    """What `anonymise` would do now. Raises Missing if the person is not there."""
    return plan_of(store.get(Person, person_id), mentions(store, person_id), policy_of(store))


def anonymise(store: Store, person_id: uuid.UUID, reason: str) -> Plan:
    """Take a person out of everything that no law keeps, in one transaction; what was done.

    Where a kept record refers to the person, the card keeps the name for it alone, and everything else refers to a
    stand-in. Raises Refused without a reason or if nothing is left to take out, Missing and Stale.
    """
    if not reason.strip():
        raise Refused((Fault(field="reason", message="Say who asked for this and why.", rule="ERASE-1"),))
    plan = preview(store, person_id)
    person, words = plan.person, words_of(plan.person)
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
            if isinstance(step.record, Person):
                transaction.erase(nobody(step.record))
            else:
                transaction.erase(without(step.record, person.id, stand_in, words))
        for step in plan.of(Fate.REMOVED):
            transaction.remove(step.record)
    _drop_drafts(store, plan)
    return plan


def _drop_drafts(store: Store, plan: Plan) -> None:
    """What was typed and not saved may hold the name as well."""
    for record in (plan.person, *(step.record for step in plan.steps if step.fate is not Fate.KEPT)):
        store.drafts.drop(f"{record.kind}/{record.id}")


def note_stored(store: Store, person_id: uuid.UUID, act: Act) -> None:
    """What is stored about somebody was shown, printed or saved as a copy."""
    store.note(act, kind=Person.kind, subject=person_id, detail="what we store")
