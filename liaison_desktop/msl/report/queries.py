"""Finds every record that mentions a person, whatever kind it is: in a field of its own, or in a row inside it."""

from __future__ import annotations

import datetime
import typing
import uuid
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import msgspec
import sqlalchemy as sa

from liaison_desktop.msl.directory.record import Person, plain
from liaison_desktop.records import Record, Spec, fields_of

if TYPE_CHECKING:
    from liaison_desktop.store import Store


# The field of a record that says when it happened, whichever it has.
_WHEN = ("start_at", "heard_at", "received_at", "aware_at", "requested_at", "at")
_AT_ONCE, _SHORTEST = 400, 3  # ids in one question; letters of a name that is looked for
_NO_EVENT = frozenset({"affiliation", "person"})


class Event(msgspec.Struct, frozen=True):
    """One thing that happened with somebody: what kind of thing, what about without their own name, and when."""

    record: Record
    what: str
    about: str
    at: datetime.datetime | None


class Moment(msgspec.Struct, frozen=True):
    """Where one thing that happened stands: its kind, its row, and when as it is stored."""

    kind: str
    rid: int
    at: str


class Mention(msgspec.Struct, frozen=True):
    """A record that mentions the person, and the labels of the fields that do."""

    record: Record
    fields: tuple[str, ...]


def mentions(store: Store, person_id: uuid.UUID) -> tuple[Mention, ...]:
    """Every record that refers to a person, in a field of its own or in a row inside it; the newest of a kind first."""
    found: list[Mention] = []
    with store.reading() as connection:
        for kind in store.kinds.values():
            table = store.table(kind)
            if not (where := _where(kind, table, person_id)):
                continue
            query = sa.select(table).where(sa.or_(*where)).order_by(table.c.rid.desc())
            for row in connection.execute(query).mappings():
                record = store.load(kind, row)
                if fields := _mentioning(record, person_id):
                    found.append(Mention(record, fields))
    return tuple(found)


def moments(store: Store, person_id: uuid.UUID, *, nested: bool = True) -> tuple[Moment, ...]:
    """Where everything that happened with somebody stands in the store, the newest first; what has no day comes first.

    Nothing but kind, row and time is read. Without `nested` it is what an index answers; with it also what names them
    in a row inside, such as a visit they only attended: then every row is looked at. Safe on a worker's thread.
    """
    found: list[Moment] = []
    with store.reading() as connection:
        for kind in store.kinds.values():
            table = store.table(kind)
            when = next((table.c[name] for name in _WHEN if name in table.c), None)
            where = _where(kind, table, person_id, nested)
            if not where or kind.kind in _NO_EVENT:
                continue
            at = sa.type_coerce(when, sa.Text) if when is not None else sa.null()
            # Each condition is a question of its own, so that an index answers those it can.
            rows = sa.union(*(sa.select(table.c.rid, at.label("at")).where(one) for one in where))
            found += [Moment(kind.kind, rid, text or "") for rid, text in connection.execute(rows)]
    return tuple(sorted(found, key=lambda one: (one.at or "9", one.rid), reverse=True))


def events(store: Store, person_id: uuid.UUID, wanted: Sequence[Moment]) -> tuple[Event | None, ...]:
    """What happened at these moments, in their order; None for a record that is gone."""
    person, held = store.find(Person, person_id), dict[tuple[str, int], Record]()
    with store.reading() as connection:
        for kind in store.kinds.values():
            if rids := [one.rid for one in wanted if one.kind == kind.kind]:
                table = store.table(kind)
                rows = connection.execute(sa.select(table).where(table.c.rid.in_(rids))).mappings()
                held |= {(kind.kind, row["rid"]): store.load(kind, row) for row in rows}
    records = (held.get((one.kind, one.rid)) for one in wanted)
    return tuple(_event(record, person) if record is not None else None for record in records)


def timeline(store: Store, person_id: uuid.UUID, limit: int = 50) -> tuple[Event, ...]:
    """The newest of what happened with somebody, whatever kind of record tells it."""
    found = events(store, person_id, moments(store, person_id)[:limit])
    return tuple(one for one in found if one is not None)


def _event(record: Record, person: Person | None) -> Event:
    return Event(record, record.kind.replace("_", " ").capitalize(), _about(record, person), moment_of(record))


def _about(record: Record, person: Person | None) -> str:
    """The title without the person's own name and letters, which stand above the timeline already; else the facts."""
    rest, title = record.title(), person.title() if person else ""
    if title and rest.startswith(title):
        letters = {one.label for one in person.credential} if person else set[str]()
        parts = [part.strip() for part in rest.removeprefix(title).split(",")]
        rest = ", ".join(part for part in parts if part and part not in letters) or record.facts()
    return rest[:1].upper() + rest[1:]


def moment_of(record: Record) -> datetime.datetime | None:
    """When a record says that it happened, by whichever field it has for that."""
    held = (getattr(record, name, None) for name in _WHEN)
    return next((one for one in held if isinstance(one, datetime.datetime)), None)


def _where(kind: type[Record], table: sa.Table, person_id: uuid.UUID, nested: bool = True) -> list[Any]:
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


def hanging(store: Store, records: Sequence[Record]) -> tuple[Mention, ...]:
    """What belongs to one of these records and names nobody itself.

    Such as what came back about an insight, or why a sentence of a visit was no safety report.
    """
    ids = [record.id for record in records]
    found: list[Mention] = []
    with store.reading() as connection:
        for kind in store.kinds.values():
            table = store.table(kind)
            if not ids or _where(kind, table, ids[0]):
                continue
            columns = [table.c[spec.name] for spec in fields_of(kind) if _points(spec)]
            for begin in range(0, len(ids) if columns else 0, _AT_ONCE):
                part = ids[begin : begin + _AT_ONCE]
                query = sa.select(table).where(sa.or_(*(column.in_(part) for column in columns)))
                loaded = (store.load(kind, row) for row in connection.execute(query).mappings())
                found += [Mention(one, ("Belongs to a record above",)) for one in loaded]
    return tuple({mention.record.id: mention for mention in found}.values())


def _points(spec: Spec) -> bool:
    return spec.type is uuid.UUID and not spec.many and spec.name not in ("id", "version")


def holding(store: Store, text: str, known: Iterable[uuid.UUID]) -> tuple[Record, ...]:
    """Every record in whose texts this stands, in whatever case, but those known; rows inside a record are looked into.

    Reads the whole store, because a text need not be searchable to hold a name.
    """
    if len(text.strip()) < _SHORTEST:
        return ()
    linked, found = set(known), list[Record]()
    with store.reading() as connection:
        for kind in store.kinds.values():
            table = store.table(kind)
            texts = [table.c[spec.name] for spec in fields_of(kind) if _says(spec.type)]
            held = [sa.type_coerce(column, sa.Text).contains(text.strip(), autoescape=True) for column in texts]
            if held:
                rows = connection.execute(sa.select(table).where(sa.or_(*held))).mappings()
                found += [record for record in (store.load(kind, row) for row in rows) if record.id not in linked]
    return tuple(found)


def _says(held: Any) -> bool:
    return held is str or (isinstance(held, type) and issubclass(held, msgspec.Struct))


def shares_name(store: Store, person: Person) -> bool:
    """Whether somebody else has a name in which this last name stands, so that the last name alone names nobody."""
    people, last = store.table(Person), plain(person.last_name)
    query = sa.select(people.c.id).where(people.c.sort_name.contains(last, autoescape=True), people.c.id != person.id)
    with store.reading() as connection:
        return bool(last) and connection.execute(query.limit(1)).first() is not None


def typed_texts(store: Store) -> dict[str, str]:
    """What is being typed and not saved, by its key; files among it are left out."""
    found: dict[str, str] = {}
    for key in store.drafts.keys(""):
        content = store.drafts.get(key)
        try:
            found[key] = content.decode() if content is not None else ""
        except UnicodeDecodeError:
            continue
    return found


class Kept(msgspec.Struct, frozen=True):
    """What the journal keeps about some records: how many saved versions, and how often each other thing was done."""

    versions: int
    acts: tuple[tuple[str, int], ...]


def journal_of(store: Store, records: Sequence[Record]) -> Kept:
    """What the journal keeps about these records."""
    counts: dict[str, int] = {}
    with store.reading() as connection:
        for record in records:
            query = sa.text("SELECT act, COUNT(*) FROM journal WHERE subject = :id GROUP BY act")
            for act, count in connection.execute(query, {"id": record.id.bytes}):
                counts[act] = counts.get(act, 0) + count
    versions = counts.pop("saved", 0)
    return Kept(versions, tuple(sorted(counts.items())))


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
