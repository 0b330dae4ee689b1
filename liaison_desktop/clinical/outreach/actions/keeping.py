"""Keeping sources and events: save, and finish what was next."""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from liaison_desktop.clinical.outreach.actions.guarding import privacy_faults
from liaison_desktop.clinical.outreach.record import OutreachEvent, SourceContact, SourcePlace
from liaison_desktop.clinical.outreach.rules import event_faults
from liaison_desktop.clinical.people.actions import require
from liaison_desktop.errors import Fault, Refused, Severity
from liaison_desktop.policies import policy_of
from liaison_desktop.store import Store

replace = msgspec.structs.replace


def save_place(store: Store, place: SourcePlace, *, confirmed: Collection[str] = ()) -> SourcePlace:
    """Save a place. `confirmed` names rules somebody said yes to. Raises Refused (V41), Stale."""
    require(store, "record_outreach")
    _stop((*place.faults(), *privacy_faults(store, place)), confirmed)
    return store.save(place)


def save_contact(store: Store, contact: SourceContact, *, confirmed: Collection[str] = ()) -> SourceContact:
    """Save somebody at a source. Raises Refused (V41), Stale."""
    require(store, "record_outreach")
    _stop((*contact.faults(), *privacy_faults(store, contact)), confirmed)
    return store.save(contact)


def look_over(
    store: Store, event: OutreachEvent, *, new_place: str = "", new_contacts: Collection[str] = ()
) -> tuple[Fault, ...]:
    """Every fault of an event as it would be saved now, with the place and the people that come with it."""
    known = [store.find(SourceContact, each) for each in event.contact_ids]
    names = [*(each.name for each in known if each is not None), *new_contacts]
    beside = [
        replace(fault, field="place_id")
        for fault in (privacy_faults(store, SourcePlace(name=new_place)) if new_place.strip() else ())
    ]
    for name in new_contacts:
        beside += [replace(fault, field="contact_ids") for fault in privacy_faults(store, SourceContact(name=name))]
    somewhere = event.place_id is not None or bool(new_place.strip() or event.contact_ids or new_contacts)
    return (
        *event_faults(event, policy_of(store), today=store.clock().date(), somewhere=somewhere),
        *privacy_faults(store, event, names=names),
        *beside,
    )


def record_event(
    store: Store,
    event: OutreachEvent,
    *,
    new_place: str = "",
    new_contacts: Collection[str] = (),
    closes: OutreachEvent | None = None,
    confirmed: Collection[str] = (),
) -> OutreachEvent:
    """Save an event, with a place and people it is the first to name, and with what it finishes: all or nothing.

    Raises Refused (V41), Stale.
    """
    require(store, "record_outreach")
    _stop(look_over(store, event, new_place=new_place, new_contacts=new_contacts), confirmed)
    with store.transaction() as transaction:
        if name := new_place.strip():
            event = replace(event, place_id=transaction.save(SourcePlace(name=name)).id)
        made = [
            transaction.save(SourceContact(name=name.strip(), place_id=event.place_id)).id
            for name in new_contacts
            if name.strip()
        ]
        if event.version is None:
            event = replace(event, by=store.actor.name, by_id=store.actor.id)
        if closes is not None and closes.next_done_on is None:
            transaction.save(replace(closes, next_done_on=event.held_on))
        return transaction.save(replace(event, contact_ids=(*event.contact_ids, *made)))


def finish_next(store: Store, event: OutreachEvent) -> OutreachEvent:
    """What was next is done today. Raises Refused, Stale."""
    require(store, "record_outreach")
    return store.save(replace(event, next_done_on=store.clock().date()), reason="next action done")


def _stop(faults: Collection[Fault], confirmed: Collection[str]) -> None:
    stopping = [
        fault
        for fault in faults
        if fault.severity is Severity.REFUSE or (fault.severity is Severity.CONFIRM and fault.rule not in confirmed)
    ]
    if stopping:
        raise Refused(stopping)
