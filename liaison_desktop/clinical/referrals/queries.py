"""Reading referrals, their packets and the visits at the bedside."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable

import msgspec

from liaison_desktop.clinical.outreach.record import SourceContact, SourcePlace
from liaison_desktop.clinical.patients.queries import patients, search_patients
from liaison_desktop.clinical.patients.record import Patient
from liaison_desktop.clinical.referrals.record import BedsideVisit, DocumentKind, Referral, ReferralDocument, WorkStatus
from liaison_desktop.store import Store

_OVER = (WorkStatus.CLOSED.value, WorkStatus.DUPLICATE.value, WorkStatus.ENTERED_IN_ERROR.value)
# Asked by what it is and not by what it is not, so that the index is used.
_OPEN = tuple(state.value for state in WorkStatus if state.value not in _OVER)
_MOST_ENDED = 100


def open_referrals(store: Store) -> tuple[Referral, ...]:
    """Every referral whose work is not over, newest first."""
    import sqlalchemy as sa

    table = store.table(Referral)
    query = sa.select(table).where(table.c.work.in_(_OPEN)).order_by(table.c.rid.desc())
    with store.reading() as connection:
        return tuple(store.load(Referral, row) for row in connection.execute(query).mappings())


def ended_referrals(store: Store, most: int = _MOST_ENDED) -> tuple[Referral, ...]:
    """The newest referrals whose work is over."""
    import sqlalchemy as sa

    table = store.table(Referral)
    # Nearly all are over: from the newest on, the first hundred are found at once, and an index would sort them all.
    over = sa.func.coalesce(table.c.work, "").in_(_OVER)
    query = sa.select(table).where(over).order_by(table.c.rid.desc()).limit(most)
    with store.reading() as connection:
        return tuple(store.load(Referral, row) for row in connection.execute(query).mappings())


def count_open(store: Store) -> int:
    """How many are open."""
    import sqlalchemy as sa

    table = store.table(Referral)
    query = sa.select(sa.func.count()).where(table.c.work.in_(_OPEN))
    with store.reading() as connection:
        return int(connection.execute(query).scalar_one())


def count_ended(store: Store) -> int:
    """How many are over."""
    import sqlalchemy as sa

    table = store.table(Referral)
    query = sa.select(sa.func.count()).where(table.c.work.in_(_OVER))
    with store.reading() as connection:
        return int(connection.execute(query).scalar_one())


def found_referrals(store: Store, text: str) -> tuple[Referral, ...]:
    """The referrals of the patients whose name, birth date, number or phone begin like the words typed."""
    return referrals_of(store, *search_patients(store, text))


def referrals_of(store: Store, *patient_ids: uuid.UUID) -> tuple[Referral, ...]:
    """The referrals of these patients, newest first."""
    import sqlalchemy as sa

    if not patient_ids:
        return ()
    table = store.table(Referral)
    query = sa.select(table).where(table.c.patient.in_(list(patient_ids))).order_by(table.c.rid.desc())
    with store.reading() as connection:
        return tuple(store.load(Referral, row) for row in connection.execute(query).mappings())


def current_referral(store: Store, patient: uuid.UUID) -> Referral | None:
    """The newest referral of a patient that was not a duplicate or an error; None if there is none."""
    gone = (WorkStatus.DUPLICATE, WorkStatus.ENTERED_IN_ERROR)
    return next((one for one in referrals_of(store, patient) if one.work not in gone), None)


def names_of(store: Store, referrals: Iterable[Referral]) -> dict[uuid.UUID, Patient]:
    """The patients of these referrals, by id."""
    ids = list({one.patient for one in referrals if one.patient is not None})
    return {patient.id: patient for patient in patients(store, ids)}


def papers_of(store: Store, referral: uuid.UUID) -> tuple[ReferralDocument, ...]:
    """The documents of a referral's packet and its placeholders, in the order they were made."""
    import sqlalchemy as sa

    table = store.table(ReferralDocument)
    query = sa.select(table).where(table.c.referral == referral).order_by(table.c.rid)
    with store.reading() as connection:
        return tuple(store.load(ReferralDocument, row) for row in connection.execute(query).mappings())


def papers_of_patient(store: Store, patient: uuid.UUID) -> tuple[ReferralDocument, ...]:
    """All documents that came with any referral of a patient, newest first."""
    import sqlalchemy as sa

    table = store.table(ReferralDocument)
    query = sa.select(table).where(table.c.patient == patient).order_by(table.c.rid.desc())
    with store.reading() as connection:
        return tuple(store.load(ReferralDocument, row) for row in connection.execute(query).mappings())


def dated_of(store: Store, document: DocumentKind, patients: Collection[uuid.UUID]) -> tuple[ReferralDocument, ...]:
    """The dated documents of this sort of these patients."""
    import sqlalchemy as sa

    table, wanted = store.table(ReferralDocument), list(patients)
    kind, found = document.value, list[ReferralDocument]()
    with store.reading() as connection:
        for start in range(0, len(wanted), 400):  # SQLite takes so many values at once
            query = sa.select(table).where(table.c.patient.in_(wanted[start : start + 400]))
            query = query.where(table.c.document == kind, table.c.dated_on.is_not(None), table.c.missing.is_(False))
            found += (store.load(ReferralDocument, row) for row in connection.execute(query).mappings())
    return tuple(found)


def visits_of(store: Store, patient: uuid.UUID) -> tuple[BedsideVisit, ...]:
    """The visits at a patient's bedside, newest first."""
    import sqlalchemy as sa

    table = store.table(BedsideVisit)
    query = sa.select(table).where(table.c.patient == patient).order_by(table.c.rid.desc())
    with store.reading() as connection:
        return tuple(store.load(BedsideVisit, row) for row in connection.execute(query).mappings())


def last_sources(store: Store, most: int = 10) -> tuple[Referral, ...]:
    """The newest referral of each of the last contacts: who called from where."""
    import sqlalchemy as sa

    table = store.table(Referral)
    query = sa.select(table).order_by(table.c.rid.desc()).limit(200)
    found: dict[tuple[object, ...], Referral] = {}
    with store.reading() as connection:
        for row in connection.execute(query).mappings():
            one = store.load(Referral, row)
            key = (one.source_place, one.source_contact, one.source_text.casefold(), one.contact_text.casefold())
            if any(key):
                found.setdefault(key, one)
            if len(found) == most:
                break
    return tuple(found.values())


class Source(msgspec.Struct, frozen=True):
    """Where a referral may come from: a place and a person of outreach, or only how they were called last time."""

    place: uuid.UUID | None = None
    contact: uuid.UUID | None = None
    text: str = ""
    contact_text: str = ""


def sources(store: Store, text: str) -> tuple[Source, ...]:
    """The last contacts, and what outreach knows of whoever was typed; without words the last contacts alone."""
    lately = [
        Source(one.source_place, one.source_contact, one.source_text, one.contact_text) for one in last_sources(store)
    ]
    words = text.casefold().split()
    found = [one for one in lately if all(word in f"{one.text} {one.contact_text}".casefold() for word in words)]
    for hit in store.search(text, SourceContact.kind, SourcePlace.kind, limit=12) if words else ():
        contact = store.find(SourceContact, hit.id)
        place = store.find(SourcePlace, contact.place_id if contact is not None else hit.id)
        if contact is not None or place is not None:
            called = " ".join(filter(None, (contact.name, contact.phone))) if contact is not None else ""
            known = (place.id if place is not None else None, contact.id if contact is not None else None)
            if all((one.place, one.contact) != known for one in found):
                found.append(Source(*known, place.name if place is not None else "", called))
    return tuple(found)
