"""The way to the doctor as the directory knows it, filled in when it is chosen."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from liaison_desktop.msl.directory.queries import main_place
from liaison_desktop.msl.directory.record import Institution, Person
from liaison_desktop.msl.inquiries.record import DeliveryMethod

if TYPE_CHECKING:
    from liaison_desktop.store import Store


def known_way(store: Store, method: object, person_id: uuid.UUID | None, place_id: uuid.UUID | None = None) -> str:
    """Address, number or place for this way of answering; empty where the directory has none."""
    person = store.find(Person, person_id)
    if person is None:
        return ""
    place = store.find(Institution, place_id) or main_place(store, person_id)
    named = place.name if place else ""
    lines = (named, place.street, place.postcode, place.city, place.region) if place else ()
    known = {
        DeliveryMethod.EMAIL: person.email,
        DeliveryMethod.PHONE: person.phone,
        DeliveryMethod.POST: ", ".join(part.strip() for part in lines if part.strip()),
        DeliveryMethod.IN_PERSON: named,
    }
    return known.get(method, "") if isinstance(method, DeliveryMethod) else ""
