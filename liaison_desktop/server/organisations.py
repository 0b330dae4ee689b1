"""Organisations, their people and units, who belongs where, and the feeds that follow from it."""

from __future__ import annotations

import enum
import uuid

import msgspec
import sqlalchemy as sa

from liaison_desktop.errors import Fault, Missing, Refused
from liaison_desktop.records import new_id
from liaison_desktop.records.line import FIRST
from liaison_desktop.server import journal
from liaison_desktop.server.database import Database
from liaison_desktop.server.journal import Note
from liaison_desktop.server.tables import device, feed, membership, organisation, person, token, unit
from liaison_desktop.sync import signed
from liaison_desktop.sync.catalogue import catalogues
from liaison_desktop.sync.wire import NOTHING


class Role(enum.StrEnum):
    """What a person is to the organisation."""

    LIAISON = "liaison"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """A person and where they stand, as `place_person` found or made them."""

    organisation: uuid.UUID
    person: uuid.UUID
    unit: uuid.UUID | None


def user_feed(workspace: str, person_id: uuid.UUID) -> str:
    """The feed of what one person alone reads."""
    return f"{workspace}/u:{person_id}"


def unit_feed(workspace: str, unit_id: uuid.UUID) -> str:
    """The feed of a unit or territory."""
    return f"{workspace}/t:{unit_id}"


def reference_feed(workspace: str, organisation_id: uuid.UUID) -> str:
    """The feed of an organisation's reference records."""
    return f"{workspace}/ref:{organisation_id}"


def make_organisation(connection: sa.Connection, database: Database, name: str) -> uuid.UUID:
    """The organisation of that name, made if it is not there."""
    found: uuid.UUID | None = connection.execute(
        sa.select(organisation.c.id).where(organisation.c.name == name)
    ).scalar()
    if found is not None:
        return found
    made = new_id()
    key = signed.public_of(database.keys.signing(made))
    connection.execute(
        sa.insert(organisation).values(
            id=made,
            name=name,
            server_key=key,
            checkpoint_day="",
            journal=new_id(),
            number=0,
            hash=FIRST,
            lease_days=30,
        )
    )
    for workspace in catalogues():
        make_feed(connection, made, workspace, reference_feed(workspace, made))
    journal.write(connection, database, made, [Note(act="organisation made")])
    return made


def make_feed(connection: sa.Connection, organisation_id: uuid.UUID, workspace: str, name: str) -> int:
    """The number of the feed of that name, made if it is not there."""
    found = connection.execute(
        sa.select(feed.c.id).where(feed.c.organisation == organisation_id, feed.c.name == name)
    ).scalar()
    if found is not None:
        return int(found)
    number = (connection.execute(sa.select(sa.func.max(feed.c.id))).scalar() or 0) + 1
    connection.execute(
        sa.insert(feed).values(
            id=number, organisation=organisation_id, workspace=workspace, name=name, head=0, floor=0, digest=NOTHING
        )
    )
    return int(number)


def place_person(
    connection: sa.Connection,
    database: Database,
    *,
    organisation_name: str,
    name: str,
    role: Role,
    unit_name: str,
    workspace: str,
) -> Place:
    """The person of that name in the organisation, made, given the role and put into the unit where that is new."""
    if workspace not in catalogues():
        raise Refused(
            (Fault(field="workspace", message=f"There is no such workspace; there are {', '.join(catalogues())}."),)
        )
    owner = make_organisation(connection, database, organisation_name)
    found = connection.execute(
        sa.select(person.c.id).where(person.c.organisation == owner, person.c.name == name)
    ).scalar()
    notes = []
    if found is None:
        found = new_id()
        values = {"id": found, "organisation": owner, "name": name, "role": role.value, "state": "active"}
        connection.execute(sa.insert(person).values(**values, since=database.moment()))
        notes.append(Note(act="person made", about={"person": str(found), "role": role.value}))
    else:
        changed = connection.execute(
            sa.update(person).where(person.c.id == found, person.c.role != role.value).values(role=role.value)
        )
        if changed.rowcount:
            notes.append(Note(act="role changed", about={"person": str(found), "role": role.value}))
    make_feed(connection, owner, workspace, user_feed(workspace, found))
    place = _unit(connection, owner, workspace, unit_name) if unit_name else None
    if place is not None and place not in units_of(connection, found):
        values = {"id": new_id(), "person": found, "unit": place, "since": database.moment(), "until": None}
        connection.execute(sa.insert(membership).values(**values))
        notes.append(Note(act="unit joined", about={"person": str(found), "unit": str(place)}))
    if notes:
        journal.write(connection, database, owner, notes)
    return Place(organisation=owner, person=found, unit=place)


def _unit(connection: sa.Connection, organisation_id: uuid.UUID, workspace: str, name: str) -> uuid.UUID:
    query = sa.select(unit.c.id).where(
        unit.c.organisation == organisation_id, unit.c.workspace == workspace, unit.c.name == name
    )
    found = connection.execute(query).scalar()
    if found is None:
        found = new_id()
        connection.execute(
            sa.insert(unit).values(id=found, organisation=organisation_id, workspace=workspace, name=name)
        )
    make_feed(connection, organisation_id, workspace, unit_feed(workspace, found))
    return found


def units_of(connection: sa.Connection, person_id: uuid.UUID, *, past: bool = False) -> list[uuid.UUID]:
    """The units a person belongs to, in the order they joined; with `past` those they left as well."""
    query = (
        sa.select(membership.c.unit)
        .where(membership.c.person == person_id)
        .order_by(membership.c.since, membership.c.id)
    )
    if not past:
        query = query.where(membership.c.until.is_(None))
    return list(connection.execute(query).scalars())


def leave_unit(connection: sa.Connection, database: Database, person_id: uuid.UUID, unit_id: uuid.UUID) -> None:
    """Take a person out of a unit: its feed is dropped at their next hello, what they still send is accepted."""
    changed = connection.execute(
        sa.update(membership)
        .where(membership.c.person == person_id, membership.c.unit == unit_id, membership.c.until.is_(None))
        .values(until=database.moment())
    )
    if not changed.rowcount:
        raise Missing("This person does not belong to that unit.")
    note = Note(act="unit left", about={"person": str(person_id), "unit": str(unit_id)})
    journal.write(connection, database, organisation_of(connection, person_id), [note])


def remove_person(connection: sa.Connection, database: Database, person_id: uuid.UUID) -> None:
    """A person who has gone: no device of theirs reads or writes any more; everything they wrote stays."""
    connection.execute(sa.update(person).where(person.c.id == person_id).values(state="removed"))
    theirs = sa.select(device.c.id).where(device.c.person == person_id)
    connection.execute(sa.delete(token).where(token.c.device.in_(theirs)))
    note = Note(act="person removed", about={"person": str(person_id)})
    journal.write(connection, database, organisation_of(connection, person_id), [note])


def organisation_of(connection: sa.Connection, person_id: uuid.UUID) -> uuid.UUID:
    """Whose person it is. Raises Missing if there is none of that id."""
    found: uuid.UUID | None = connection.execute(
        sa.select(person.c.organisation).where(person.c.id == person_id)
    ).scalar()
    if found is None:
        raise Missing("There is no such person.")
    return found


def feeds_of(connection: sa.Connection, person_id: uuid.UUID, workspace: str, *, past: bool = False) -> dict[int, str]:
    """The feeds a person reads in a workspace, by number; with `past` those of units they left as well."""
    owner = organisation_of(connection, person_id)
    names = [user_feed(workspace, person_id), reference_feed(workspace, owner)]
    names += [unit_feed(workspace, one) for one in units_of(connection, person_id, past=past)]
    query = sa.select(feed.c.id, feed.c.name).where(feed.c.organisation == owner, feed.c.name.in_(names))
    return {row.id: row.name for row in connection.execute(query)}


def home_feed(connection: sa.Connection, person_id: uuid.UUID, workspace: str, *, reference: bool) -> int:
    """Where a new record of this person goes: reference to all, else to their first unit, else to themselves."""
    owner = organisation_of(connection, person_id)
    if reference:
        return make_feed(connection, owner, workspace, reference_feed(workspace, owner))
    for one in units_of(connection, person_id):
        name = unit_feed(workspace, one)
        found = connection.execute(
            sa.select(feed.c.id).where(feed.c.organisation == owner, feed.c.name == name)
        ).scalar()
        if found is not None:
            return int(found)
    return make_feed(connection, owner, workspace, user_feed(workspace, person_id))


def person_named(connection: sa.Connection, organisation_name: str, name: str) -> uuid.UUID:
    """The person of that name. Raises Missing."""
    query = (
        sa.select(person.c.id)
        .join(organisation, organisation.c.id == person.c.organisation)
        .where(organisation.c.name == organisation_name, person.c.name == name)
    )
    found: uuid.UUID | None = connection.execute(query).scalar()
    if found is None:
        raise Missing("There is no such person in this organisation.")
    return found


def unit_named(connection: sa.Connection, organisation_name: str, workspace: str, name: str) -> uuid.UUID:
    """The unit of that name. Raises Missing."""
    query = (
        sa.select(unit.c.id)
        .join(organisation, organisation.c.id == unit.c.organisation)
        .where(organisation.c.name == organisation_name, unit.c.workspace == workspace, unit.c.name == name)
    )
    found: uuid.UUID | None = connection.execute(query).scalar()
    if found is None:
        raise Missing("There is no such unit in this organisation and workspace.")
    return found
