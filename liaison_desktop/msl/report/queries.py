"""Finds every record that mentions a person, whatever kind it is: in a field of its own, or in a row inside it."""

from __future__ import annotations

import datetime
import typing
import uuid
from typing import TYPE_CHECKING, Any

import msgspec
import sqlalchemy as sa

from liaison_desktop.msl.directory.record import Person
from liaison_desktop.records import Record, fields_of

if TYPE_CHECKING:
    from liaison_desktop.store import Hit, Store


# The field of a record that says when it happened, whichever it has.
_WHEN = ("start_at", "heard_at", "received_at", "aware_at", "requested_at", "at")
_NO_EVENT = frozenset({"affiliation", "person"})


class Event(msgspec.Struct, frozen=True):
    """One thing that happened with somebody: what kind of thing, what about without their own name, and when."""

    record: Record
    what: str
    about: str
    at: datetime.datetime | None


class Mention(msgspec.Struct, frozen=True):
    """A record that mentions the person, and the labels of the fields that do."""

    record: Record
    fields: tuple[str, ...]


def mentions(store: Store, person_id: uuid.UUID, *, nested: bool = True, limit: int = -1) -> tuple[Mention, ...]:
    """Every record that refers to a person, kind by kind, the newest first; `limit` is per kind.

    Without `nested` only the fields of the records themselves are asked, which an index answers.
    """
    found: list[Mention] = []
    with store.reading() as connection:
        for kind in store.kinds.values():
            table = store.table(kind)
            where = _where(kind, table, person_id, nested)
            if not where:
                continue
            query = sa.select(table).where(sa.or_(*where)).order_by(table.c.rid.desc()).limit(limit)
            for row in connection.execute(query).mappings():
                record = store.load(kind, row)
                if fields := _mentioning(record, person_id):
                    found.append(Mention(record, fields))
    return tuple(found)


def timeline(store: Store, person_id: uuid.UUID, limit: int = 50) -> tuple[Event, ...]:
    """What happened with somebody, whatever kind of record tells it, the newest first."""
    person = store.find(Person, person_id)
    name = person.title() if person else ""
    events = [
        Event(record, record.kind.replace("_", " ").capitalize(), _without(record.title(), name), _moment(record))
        for record in (mention.record for mention in mentions(store, person_id, nested=False, limit=limit))
        if record.kind not in _NO_EVENT
    ]
    never = datetime.datetime.max.replace(tzinfo=datetime.UTC)
    return tuple(sorted(events, key=lambda one: one.at or never, reverse=True))[:limit]


def _without(title: str, name: str) -> str:
    # A visit is called by the name of its person, which stands above the timeline already.
    rest = title.removeprefix(name).lstrip(", ") if name else title
    return rest[:1].upper() + rest[1:]


def _moment(record: Record) -> datetime.datetime | None:
    held = (getattr(record, name, None) for name in _WHEN)
    return next((one for one in held if isinstance(one, datetime.datetime)), None)


def _where(kind: type[Record], table: sa.Table, person_id: uuid.UUID, nested: bool) -> list[Any]:
    where: list[Any] = []
    for spec in fields_of(kind):
        column = table.c[spec.name]
        if spec.field.refers_to == Person.kind and not spec.many:
            where.append(column == person_id)
        elif nested and (spec.field.refers_to == Person.kind or _refers(spec.type)):
            where.append(sa.type_coerce(column, sa.Text).contains(str(person_id)))
    return where


def _refers(held: Any) -> bool:
    """Whether rows of this type have a field that refers to a person, however deep."""
    if not (isinstance(held, type) and issubclass(held, msgspec.Struct)):
        return False
    return any(spec.field.refers_to == Person.kind or _refers(spec.type) for spec in fields_of(held))


def _mentioning(value: msgspec.Struct, person_id: uuid.UUID) -> tuple[str, ...]:
    labels: list[str] = []
    for spec in fields_of(type(value)):
        held = getattr(value, spec.name)
        many: tuple[Any, ...] = held if spec.many else (held,)
        here = spec.field.refers_to == Person.kind and person_id in many
        if here or any(isinstance(one, msgspec.Struct) and _mentioning(one, person_id) for one in many):
            labels.append(spec.field.label)
    return tuple(labels)


def named_only(store: Store, person: Person, known: tuple[Mention, ...]) -> tuple[Hit, ...]:
    """Records whose words hold the person's last name without referring to them; perhaps somebody else is meant."""
    if len(person.last_name.strip()) < 3:
        return ()
    linked = {mention.record.id for mention in known} | {person.id}
    hits = store.search(person.last_name, limit=200)
    return tuple(hit for hit in hits if hit.id not in linked and hit.kind != Person.kind)


def titles(store: Store, records: typing.Iterable[Record]) -> dict[uuid.UUID, str]:
    """What the records that these refer to are called, by their ids."""
    wanted: dict[str, set[uuid.UUID]] = {}
    for record in records:
        _collect(record, wanted)
    named: dict[uuid.UUID, str] = {}
    for kind_name, ids in wanted.items():
        kind = store.kinds.get(kind_name)
        for one in ids if kind is not None else ():
            held = store.find(kind, one) if kind is not None else None
            if held is not None:
                named[one] = held.title()
    return named


def _collect(value: msgspec.Struct, wanted: dict[str, set[uuid.UUID]]) -> None:
    for spec in fields_of(type(value)):
        held = getattr(value, spec.name)
        for one in held if spec.many else (held,):
            if isinstance(one, uuid.UUID) and spec.field.refers_to:
                wanted.setdefault(spec.field.refers_to, set()).add(one)
            elif isinstance(one, msgspec.Struct):
                _collect(one, wanted)
