"""Lists of insights: row numbers first, then a page of rows at a time; and the columns of the board."""

from __future__ import annotations

import uuid
from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import msgspec
import sqlalchemy as sa

from liaison_desktop.msl.directory.queries import found_ids, matching
from liaison_desktop.msl.directory.record import Person
from liaison_desktop.msl.insights.record import Category, Decision, Insight, InsightFeedback, LinkKind
from liaison_desktop.msl.insights.record import InsightStatus as Status
from liaison_desktop.store.at_once import numbers_at_once

if TYPE_CHECKING:
    from liaison_desktop.store import Store


MARK = "INS"  # what every number of an insight begins with


class Column(msgspec.Struct, frozen=True):
    """One column of the board: its name, what it means, the states in it."""

    key: str
    title: str
    means: str
    states: tuple[Status, ...]


COLUMNS = (
    Column("heard", "Heard", "said in a visit", (Status.DRAFT,)),
    Column("sent", "Sent", "waiting to be read", (Status.SUBMITTED,)),
    Column(
        "review",
        "In review",
        "somebody looks at it",
        (Status.TRIAGED, Status.NEEDS_DETAIL, Status.ACCEPTED, Status.ACTION_PLANNED),
    ),
    Column("changed", "Changed something", "with a receipt", (Status.ACTIONED, Status.OUTCOME_RECORDED)),
)


class InsightFilter(msgspec.Struct, frozen=True, kw_only=True):
    """What insights are narrowed to."""

    text: str = ""
    category: Category | None = None
    priority_id: uuid.UUID | None = None
    product_id: uuid.UUID | None = None


class InsightRow(msgspec.Struct, frozen=True):
    """One insight as a list shows it, with the name of who said it."""

    rid: int
    insight: Insight
    name: str


def marked(match: str) -> str:
    """A full-text expression narrowed to insights: the first word of their numbers stands in no other record."""
    return f'({match}) AND "{MARK}"' if match else ""


def _conditions(store: Store, wanted: InsightFilter) -> list[Any]:
    table, found = store.table(Insight), list[Any]()
    if wanted.text.strip():
        match = marked(matching(wanted.text))
        found.append(table.c.id.in_(found_ids("insight", match)) if match else sa.false())
    if wanted.category is not None:
        found.append(table.c.category == wanted.category.value)
    if wanted.priority_id is not None:
        found.append(table.c.priority_id == wanted.priority_id)
    if wanted.product_id is not None:
        found.append(table.c.product_id == wanted.product_id)
    return found


def insight_rids(store: Store, wanted: InsightFilter) -> array[int]:
    """The row numbers of the insights wanted, the newest heard first. Safe on a worker's thread."""
    table = store.table(Insight)
    query = sa.select(table.c.rid).order_by(table.c.heard_at.desc(), table.c.rid.desc())
    for condition in _conditions(store, wanted):
        query = query.where(condition)
    with store.reading() as connection:
        return numbers_at_once(connection, query)


def insight_rows(store: Store, rids: Sequence[int]) -> tuple[InsightRow, ...]:
    """These rows, in this order; rows that are gone are left out."""
    table = store.table(Insight)
    with store.reading() as connection:
        found = connection.execute(sa.select(table).where(table.c.rid.in_(list(rids)))).mappings().all()
        records = {row["rid"]: store.load(Insight, row) for row in found}
        names = _names(store, connection, records.values())
    return tuple(InsightRow(rid, records[rid], names.get(records[rid].person_id, "")) for rid in rids if rid in records)


def board_rows(store: Store, wanted: InsightFilter, limit: int) -> dict[str, tuple[int, tuple[InsightRow, ...]]]:
    """For each column of the board by its key: how many insights stand in it, and the newest of them."""
    with store.reading() as connection:
        found = _narrowed(store, connection, wanted) if _conditions(store, wanted) else _whole(store, connection, limit)
    shown = {one.rid: one for one in insight_rows(store, [rid for _, rids in found.values() for rid in rids[:limit]])}
    return {
        key: (count, tuple(shown[rid] for rid in rids[:limit] if rid in shown)) for key, (count, rids) in found.items()
    }


def _whole(store: Store, connection: sa.Connection, limit: int) -> dict[str, tuple[int, list[int]]]:
    """The board without a filter: an index counts each state and gives its newest, so none of the rest is touched."""
    table = store.table(Insight)
    counted = sa.select(table.c.status, sa.func.count()).group_by(table.c.status)
    counts: dict[str, int] = {row[0]: row[1] for row in connection.execute(counted)}
    newest = sa.select(table.c.heard_at, table.c.rid).order_by(table.c.heard_at.desc(), table.c.rid.desc()).limit(limit)
    closed = _closed_after_a_change(store)
    found = {}
    for one in COLUMNS:
        states = [state.value for state in one.states]
        count = sum(counts.get(state, 0) for state in states)
        heard = [tuple(row) for state in states for row in connection.execute(newest.where(table.c.status == state))]
        if one.key == "changed":
            count += connection.execute(sa.select(sa.func.count()).select_from(table).where(closed)).scalar_one()
            heard += [tuple(row) for row in connection.execute(newest.where(closed))]
        found[one.key] = (count, [rid for _at, rid in sorted(heard, key=_newest_first, reverse=True)])
    return found


def _narrowed(store: Store, connection: sa.Connection, wanted: InsightFilter) -> dict[str, tuple[int, list[int]]]:
    """One pass over what a filter leaves, because to look for words twice costs more than to sort what was found."""
    table = store.table(Insight)
    state = sa.case((_closed_after_a_change(store), "changed"), else_=sa.type_coerce(table.c.status, sa.Text))
    query = sa.select(table.c.rid, state).order_by(table.c.heard_at.desc(), table.c.rid.desc())
    for condition in _conditions(store, wanted):
        query = query.where(condition)
    column_of = {held.value: one.key for one in COLUMNS for held in one.states} | {"changed": "changed"}
    found: dict[str, list[int]] = {one.key: [] for one in COLUMNS}
    for rid, status in connection.execute(query):
        key = column_of.get(status)
        if key is not None:
            found[key].append(rid)
    return {key: (len(rids), rids) for key, rids in found.items()}


def _closed_after_a_change(store: Store) -> sa.ColumnElement[bool]:
    """What was closed after it changed something stays in sight."""
    table, back = store.table(Insight), store.table(InsightFeedback)
    taken = sa.exists().where(back.c.insight_id == table.c.id, back.c.decision == Decision.TAKEN_UP.value)
    return (table.c.status == Status.CLOSED.value) & taken


def _newest_first(row: tuple[Any, ...]) -> tuple[float, int]:
    heard_at, rid = row
    return (heard_at.timestamp() if heard_at is not None else 0.0, rid)


def count_insights(store: Store, *states: Status) -> int:
    """How many insights there are, or how many in these states."""
    table = store.table(Insight)
    query = sa.select(sa.func.count()).select_from(table)
    if states:
        query = query.where(table.c.status.in_([one.value for one in states]))
    with store.reading() as connection:
        return connection.execute(query).scalar_one()


def rid_of_insight(store: Store, insight_id: uuid.UUID) -> int | None:
    """The row number of an insight."""
    table = store.table(Insight)
    with store.reading() as connection:
        return connection.execute(sa.select(table.c.rid).where(table.c.id == insight_id)).scalar()


def insights_of_visit(store: Store, visit_id: uuid.UUID) -> tuple[Insight, ...]:
    """What was heard in a visit, in the order it was written down."""
    table = store.table(Insight)
    return _loaded(store, sa.select(table).where(table.c.visit_id == visit_id).order_by(table.c.rid))


def insights_of_person(store: Store, person_id: uuid.UUID, *, limit: int = 50) -> tuple[Insight, ...]:
    """What somebody said, newest first."""
    table = store.table(Insight)
    query = sa.select(table).where(table.c.person_id == person_id).order_by(table.c.heard_at.desc()).limit(limit)
    return _loaded(store, query)


def linking_to(store: Store, insight_id: uuid.UUID) -> tuple[tuple[Insight, LinkKind], ...]:
    """The insights that were linked with this one from their side, and how they stand to it."""
    table = store.table(Insight)
    # The links lie in the row as text, in which an id stands as it is written.
    named = sa.type_coerce(table.c.links, sa.Text).contains(str(insight_id))
    found = _loaded(store, sa.select(table).where(named).order_by(table.c.rid))
    return tuple((one, link.link_kind) for one in found for link in one.links if link.insight_id == insight_id)


def by_number(store: Store, number: str) -> Insight | None:
    """The insight of that number, however its letters are written; None if there is none."""
    table = store.table(Insight)
    return next(iter(_loaded(store, sa.select(table).where(table.c.number == number.strip().upper()))), None)


def last_number(store: Store, prefix: str) -> str:
    """The greatest number given with this prefix, empty if none was."""
    table = store.table(Insight)
    mine = sa.func.substr(table.c.number, 1, len(prefix)) == prefix
    query = sa.select(table.c.number).where(mine).order_by(sa.func.length(table.c.number).desc(), table.c.number.desc())
    with store.reading() as connection:
        return connection.execute(query.limit(1)).scalar() or ""


def _names(store: Store, connection: sa.Connection, found: Any) -> dict[uuid.UUID | None, str]:
    people = store.table(Person)
    ids = [one.person_id for one in found if one.person_id]
    rows = connection.execute(sa.select(people).where(people.c.id.in_(ids))).mappings()
    return {person.id: person.title() for person in (store.load(Person, row) for row in rows)}


def _loaded(store: Store, query: Any) -> tuple[Insight, ...]:
    with store.reading() as connection:
        return tuple(store.load(Insight, row) for row in connection.execute(query).mappings())
