"""Who works here now, and who else could: what the rights are asked of. Nothing is written."""

from __future__ import annotations

from liaison_desktop.clinical.people.queries import founder
from liaison_desktop.clinical.people.record import StaffCredential, StaffMember, StaffRole
from liaison_desktop.clinical.people.rules import credential_code, credential_of, may
from liaison_desktop.policies import policy_of
from liaison_desktop.store import Store


def working(store: Store) -> StaffMember:
    """Who works here now, as the rights see it.

    Whoever is recorded is what the record says. As long as nobody is recorded, and for who made the store, it is a
    liaison with the credential that stands behind the name. Anybody else has no role until somebody records them.
    """
    staff = store.all(StaffMember)
    recorded = next((each for each in staff if each.actor == store.actor.id), None)
    if recorded is not None:
        return recorded
    alone = not staff or founder(store) == store.actor.id
    return StaffMember(
        id=store.actor.id,
        name=store.actor.name,
        credential=credential_of(store.actor.name, store.actor.role),
        role=StaffRole.LIAISON if alone else None,
        can_witness=alone,
        actor=store.actor.id,
    )


def own_entry(store: Store) -> StaffMember:
    """A record to begin with for who works here and is not recorded: as they were let in, without a licence yet."""
    person = working(store)
    name, _, _ = person.name.partition(",")
    words = name.split()
    letters = {each.value for each in StaffCredential}
    while len(words) > 1 and words[-1].casefold() in letters:
        words.pop()
    return StaffMember(
        name=" ".join(words),
        credential=person.credential,
        role=person.role or StaffRole.LIAISON,
        can_witness=person.can_witness,
        actor=store.actor.id,
    )


def shown_name(store: Store, person: StaffMember) -> str:
    """A name as records keep it: whoever works here as they were let in, anybody else with their credential."""
    return store.actor.name if person.actor == store.actor.id else person.title()


def credential_here(store: Store) -> str:
    """The credential of who works here as the forms code it: RN, LPN, LVN, APRN or OTHER."""
    return credential_code(working(store))


def who_may(store: Store, verb: str) -> tuple[StaffMember, ...]:
    """The recorded staff who may do it, by name."""
    policy = policy_of(store)
    found = (each for each in store.all(StaffMember) if may(each, verb, policy))
    return tuple(sorted(found, key=lambda each: each.name.casefold()))


def who_can_approve(store: Store, verb: str) -> tuple[StaffMember, ...]:
    """Of these, who has a PIN and does not work here now: they can let it pass on this screen."""
    return tuple(each for each in who_may(store, verb) if each.pin and each.actor != store.actor.id)
