"""Reads people and places. A long list is read as row numbers first, then a page of rows at a time."""

from __future__ import annotations

import uuid
from array import array
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import msgspec
import sqlalchemy as sa

from liaison_desktop.msl.directory.record import Affiliation, Institution, Person, PersonStatus, plain
from liaison_desktop.store.at_once import numbers_at_once

if TYPE_CHECKING:
    from liaison_desktop.store import Store


_SHORTEST_GUESS, _LIKE = 4, 78  # letters of a name that may be mistyped; likeness of 100 that counts


class PersonRow(msgspec.Struct, frozen=True):
    """One person as a list shows it."""

    rid: int
    id: uuid.UUID
    name: str
    facts: str
    place: str
    status: PersonStatus


class Known(msgspec.Struct, frozen=True):
    """A person already there, as far as comparing needs: full name without title, and the main place of work."""

    id: uuid.UUID
    name: str
    place: str
    npi: str = ""


class Work(msgspec.Struct, frozen=True):
    """One affiliation with its place."""

    affiliation: Affiliation
    institution: Institution


def count_people(store: Store, *, most: int | None = None) -> int:
    """How many people the directory holds. With `most` no more than so many are counted."""
    found = sa.select(store.table(Person).c.rid).limit(most).subquery()
    with store.reading() as connection:
        return connection.execute(sa.select(sa.func.count()).select_from(found)).scalar_one()


def person_rids(store: Store, text: str = "") -> array[int]:
    """The row numbers of the people whose name, specialty or place of work begins like the text, by last name.

    An empty text means everyone, a single letter a last name. Safe on a worker's thread; it may be interrupted.
    """
    people, works, places = store.table(Person), store.table(Affiliation), store.table(Institution)
    chosen = sa.select(people.c.rid).order_by(people.c.sort_name, people.c.rid)
    match = matching(text)
    letter = plain(text)
    if len(letter) == 1 and match:
        # One letter is in a third of all records; it means the beginning of a last name, which an index answers.
        chosen = chosen.where(people.c.sort_name.between(letter, letter + "\U0010ffff"))
    elif text.strip():
        if not match:
            return array("q")
        there = sa.select(works.c.person_id).join(places, places.c.id == works.c.institution_id)
        of_places = there.where(places.c.id.in_(found_ids("institution", match)))
        chosen = chosen.where(people.c.id.in_(found_ids("person", match)) | people.c.id.in_(of_places))
    with store.reading() as connection:
        return numbers_at_once(connection, chosen)


def matching(text: str) -> str:
    """What was typed as a full-text expression: each word must begin one that occurs; "" for no word."""
    plain_words = text.replace("-", " ").replace(".", " ").split()
    words = ["".join(mark for mark in word if mark.isalnum()) for word in plain_words[:12]]
    return " ".join(f'"{word}"*' for word in words if word)


def found_ids(kind: str, match: str) -> sa.TextualSelect:
    """The ids of the records of one kind that a full-text expression finds, as a subquery."""
    return (
        sa.text(
            "SELECT e.id FROM search_index i JOIN search_entry e ON e.rid = i.rowid"
            f" WHERE search_index MATCH :match_{kind} AND e.kind = :kind_{kind}"
        )
        .bindparams(**{f"match_{kind}": match, f"kind_{kind}": kind})
        .columns(sa.column("id", sa.LargeBinary))
    )


def person_rows(store: Store, rids: Sequence[int]) -> tuple[PersonRow, ...]:
    """These rows, in this order; rows that are gone are left out."""
    people = store.table(Person)
    with store.reading() as connection:
        found = connection.execute(sa.select(people).where(people.c.rid.in_(list(rids)))).mappings().all()
        records = {row["rid"]: store.load(Person, row) for row in found}
        places = _main_places(store, connection, [person.id for person in records.values()])
    return tuple(
        PersonRow(
            rid,
            records[rid].id,
            records[rid].title(),
            records[rid].facts(),
            places.get(records[rid].id, ""),
            records[rid].status,
        )
        for rid in rids
        if rid in records
    )


def people_named(store: Store, text: str, limit: int = 20) -> tuple[tuple[uuid.UUID, str], ...]:
    """Whose name has words that begin as each word typed; id and name, those saved last first."""
    typed = plain(text).split()
    if not typed:
        return ()
    hits = store.search(text, "person", limit=limit)
    # The index also holds specialties and addresses: a name is what one says of somebody in a line.
    return tuple((hit.id, hit.title) for hit in hits if _named(plain(hit.title), typed))


def _named(name: str, typed: Sequence[str]) -> bool:
    words = name.replace("-", " ").split()
    return all(
        any(word.startswith(part) for word in words) for text in typed for part in text.replace("-", " ").split()
    )


def people_spelled_like(store: Store, text: str, limit: int = 3) -> tuple[tuple[uuid.UUID, str], ...]:
    """Whose last name is nearly the text, the likest first, if it is long enough to be a name; id and name."""
    from rapidfuzz import fuzz, process

    typed = plain(text)
    if len(typed) < _SHORTEST_GUESS:
        return ()
    people = store.table(Person)
    near = people.c.sort_name.between(typed[0], typed[0] + "\U0010ffff")
    query = sa.select(people.c.rid, people.c.sort_name, people.c.last_name).where(near)
    with store.reading() as connection:
        names = {row[0]: plain(row[2]) for row in connection.execute(query)}
        best = process.extract(typed, names, scorer=fuzz.ratio, score_cutoff=_LIKE, limit=limit)
        rids = [found[2] for found in best]
        rows = connection.execute(sa.select(people).where(people.c.rid.in_(rids))).mappings()
        known = {row["rid"]: store.load(Person, row) for row in rows}
    return tuple((known[rid].id, known[rid].title()) for rid in rids)


def _main_places(store: Store, connection: sa.Connection, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    works, places = store.table(Affiliation), store.table(Institution)
    query = (
        sa.select(works.c.person_id, places.c.name)
        .join(places, places.c.id == works.c.institution_id)
        .where(works.c.person_id.in_(list(ids)))
        .order_by(works.c.is_primary, works.c.rid.desc())
    )
    return {row[0]: row[1] for row in connection.execute(query)}


def rid_of(store: Store, person_id: uuid.UUID) -> int | None:
    """The row number of a person."""
    people = store.table(Person)
    with store.reading() as connection:
        return connection.execute(sa.select(people.c.rid).where(people.c.id == person_id)).scalar()


def works_of(store: Store, person_id: uuid.UUID) -> tuple[Work, ...]:
    """Where somebody works, the main place first."""
    works, places = store.table(Affiliation), store.table(Institution)
    with store.reading() as connection:
        rows = connection.execute(
            sa.select(works).where(works.c.person_id == person_id).order_by(works.c.is_primary.desc(), works.c.rid)
        ).mappings()
        affiliations = [store.load(Affiliation, row) for row in rows]
        wanted = [one.institution_id for one in affiliations]
        found = connection.execute(sa.select(places).where(places.c.id.in_(wanted))).mappings()
        by_id = {place.id: place for place in (store.load(Institution, row) for row in found)}
    return tuple(Work(one, by_id[one.institution_id]) for one in affiliations if one.institution_id in by_id)


def main_place(store: Store, person_id: uuid.UUID | None) -> Institution | None:
    """The main place of work of somebody, if any is known."""
    works = works_of(store, person_id) if person_id else ()
    return works[0].institution if works else None


def works_at(store: Store, institution_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """The affiliations at these places: affiliation to place."""
    works = store.table(Affiliation)
    query = sa.select(works.c.id, works.c.institution_id).where(works.c.institution_id.in_(list(institution_ids)))
    with store.reading() as connection:
        return {row[0]: row[1] for row in connection.execute(query)}


def institution_names(store: Store) -> dict[str, uuid.UUID]:
    """Every institution's id by its plain name."""
    places = store.table(Institution)
    with store.reading() as connection:
        return {plain(row[1]): row[0] for row in connection.execute(sa.select(places.c.id, places.c.name))}


def known_like(store: Store, person: Person) -> tuple[Known, ...]:
    """The people worth comparing with this one: same NPI, or the same first letters of the names, in either order."""
    people = store.table(Person)
    last, first = plain(person.last_name)[:1], plain(person.first_name)[:1]
    pairs = {(a, b) for a, b in ((last, first), (first, last)) if a}
    near: list[Any] = [
        people.c.sort_name.between(a, a + "\U0010ffff") & people.c.sort_name.contains(f" {b}", autoescape=True)
        for a, b in pairs
    ]
    if person.npi:
        near.append(people.c.npi == person.npi)
    return _known(store, sa.or_(*near)) if near else ()


def all_known(store: Store) -> tuple[Known, ...]:
    """Everyone, as far as comparing needs."""
    return _known(store, sa.true())


def _known(store: Store, where: Any) -> tuple[Known, ...]:
    people, works, places = store.table(Person), store.table(Affiliation), store.table(Institution)
    query = (
        sa.select(people.c.id, people.c.first_name, people.c.last_name, people.c.npi, places.c.name)
        .outerjoin(works, (works.c.person_id == people.c.id) & (works.c.is_primary == 1))
        .outerjoin(places, places.c.id == works.c.institution_id)
        .where(where)
    )
    with store.reading() as connection:
        return tuple(
            Known(row[0], f"{row[1]} {row[2]}".strip(), row[4] or "", row[3]) for row in connection.execute(query)
        )
