"""Reads inquiries, standing requests and SIUU packages."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec
import sqlalchemy as sa

from liaison_desktop.msl.inquiries.record import (
    OPEN,
    InquiryStatus,
    MedicalInquiry,
    Question,
    RequestStatus,
    Response,
    ScientificInterest,
    SiuuPackage,
    StandingRequest,
)
from liaison_desktop.store.alike import key_words, likely

if TYPE_CHECKING:
    from liaison_desktop.records import Line
    from liaison_desktop.store import Store


MARK = "MI"  # the first word of every number, which the full-text index knows


def next_number(store: Store, year: int) -> str:
    """The next number of this device, such as MI-2026-K7-0007. The prefix keeps two devices apart.

    An inquiry with a number is never taken away, so the highest one in the store is the last one given out.
    """
    head = f"{MARK}-{year}-{store.device.prefix}-"
    table = store.table(MedicalInquiry)
    with store.reading() as connection:
        query = sa.select(table.c.number).where(table.c.number.startswith(head, autoescape=True))
        numbers = [str(row[0])[len(head) :] for row in connection.execute(query)]
    last = max((int(number) for number in numbers if number.isascii() and number.isdigit()), default=0)
    return f"{head}{last + 1:04d}"


_HEAVY = ("signature", "responses", "disclaimer_text")  # long, and no list shows them


def inquiry_states(store: Store, *, limit: int = 1000) -> tuple[tuple[uuid.UUID, InquiryStatus], ...]:
    """Which inquiries a list shows and where each stands, the newest question first."""
    table = store.table(MedicalInquiry)
    query = sa.select(table.c.id, table.c.status).order_by(table.c.received_at.desc(), table.c.rid.desc()).limit(limit)
    with store.reading() as connection:
        return tuple((row[0], InquiryStatus(row[1])) for row in connection.execute(query))


def inquiries(store: Store, ids: Sequence[uuid.UUID] | None = None, *, limit: int = 1000) -> tuple[MedicalInquiry, ...]:
    """The inquiries as a list shows them, the newest question first: without signature, statement and answers.

    With `ids` only these. What is to be changed or shown whole is read with `Store.get`.
    """
    table = store.table(MedicalInquiry)
    columns = [column for column in table.c if column.name not in (*_HEAVY, "rid")]
    empty = (sa.null().label("signature"), sa.literal("[]").label("responses"), sa.literal("").label("disclaimer_text"))
    query = sa.select(*columns, *empty).order_by(table.c.received_at.desc(), table.c.rid.desc()).limit(limit)
    if ids is not None:
        query = query.where(table.c.id.in_(ids))
    with store.reading() as connection:
        return tuple(store.load(MedicalInquiry, row) for row in connection.execute(query).mappings())


def inquiries_of(store: Store, person_id: uuid.UUID) -> tuple[MedicalInquiry, ...]:
    """What somebody asked, the newest first."""
    table = store.table(MedicalInquiry)
    query = sa.select(table).where(table.c.person_id == person_id).order_by(table.c.received_at.desc())
    with store.reading() as connection:
        return tuple(store.load(MedicalInquiry, row) for row in connection.execute(query).mappings())


def count_open(store: Store) -> int:
    """How many inquiries are not closed or withdrawn."""
    table = store.table(MedicalInquiry)
    states = [state.value for state in OPEN]
    with store.reading() as connection:
        query = sa.select(sa.func.count()).select_from(table).where(table.c.status.in_(states))
        return int(connection.execute(query).scalar_one())


def standing_ids(store: Store) -> tuple[uuid.UUID, ...]:
    """Which standing requests there are, those that end last first."""
    table = store.table(StandingRequest)
    query = sa.select(table.c.id).order_by(table.c.expires_on.desc(), table.c.rid.desc())
    with store.reading() as connection:
        return tuple(connection.execute(query).scalars())


def standing_requests(
    store: Store, person_id: uuid.UUID | None = None, *, ids: Sequence[uuid.UUID] | None = None
) -> tuple[StandingRequest, ...]:
    """The standing requests of somebody, or of everybody, those that end last first; with `ids` only these."""
    table = store.table(StandingRequest)
    query = sa.select(table).order_by(table.c.expires_on.desc(), table.c.rid.desc())
    if ids is not None:
        query = query.where(table.c.id.in_(ids))
    if person_id is not None:
        query = query.where(table.c.person_id == person_id)
    with store.reading() as connection:
        return tuple(store.load(StandingRequest, row) for row in connection.execute(query).mappings())


def expiring(store: Store, today: datetime.date, days: int, *, past: int = 30) -> tuple[StandingRequest, ...]:
    """Active standing requests that end within so many days, or ended less than `past` days ago, the next end first."""
    table = store.table(StandingRequest)
    until = today + datetime.timedelta(days=days)
    since = today - datetime.timedelta(days=past)
    query = (
        sa.select(table)
        .where(table.c.status == RequestStatus.ACTIVE.value, table.c.expires_on <= until, table.c.expires_on >= since)
        .order_by(table.c.expires_on)
    )
    with store.reading() as connection:
        return tuple(store.load(StandingRequest, row) for row in connection.execute(query).mappings())


def requests_by_id(store: Store, *ids: uuid.UUID) -> dict[uuid.UUID, StandingRequest]:
    """These standing requests by their ids."""
    found = (store.find(StandingRequest, one) for one in ids)
    return {one.id: one for one in found if one is not None}


def packages(store: Store) -> dict[uuid.UUID, SiuuPackage]:
    """Every SIUU package by its id; there are few."""
    return {one.id: one for one in sorted(store.all(SiuuPackage), key=lambda one: one.name.casefold())}


def interest_about(store: Store, topic_id: uuid.UUID, product_id: uuid.UUID | None) -> ScientificInterest | None:
    """The interest in this topic and product."""
    return next(
        (one for one in store.all(ScientificInterest) if (one.topic_id, one.product_id) == (topic_id, product_id)), None
    )


def journal_of(store: Store, record_id: uuid.UUID) -> tuple[Line, ...]:
    """Every line of the journal about one record, oldest first."""
    from liaison_desktop.store import journal

    with store.reading() as connection:
        return tuple(journal.lines(connection, "WHERE subject = ?", (record_id.bytes,)))


class Asked(msgspec.Struct, frozen=True):
    """A question that was asked before, how like it is (0 to 100), and what was answered, if something was."""

    inquiry: MedicalInquiry
    question: Question
    score: float
    answer: Response | None = None


def asked_before(
    store: Store, text: str, *, but: uuid.UUID | None = None, least: float = 60, limit: int = 3
) -> tuple[Asked, ...]:
    """The questions of numbered inquiries most like a text, answered ones first. No text makes it raise.

    Safe on a worker's thread.
    """
    from rapidfuzz import fuzz, utils

    words = key_words(text)
    if len(words) < 2:
        return ()  # One word is like everything it stands in.
    table = store.table(MedicalInquiry)
    columns = [column for column in table.c if column.name not in ("signature", "rid")]
    with store.reading() as connection:
        found = likely(connection, MedicalInquiry.kind, words, MARK)
        query = sa.select(*columns, sa.null().label("signature")).where(table.c.id.in_(found))
        rows = connection.execute(query).mappings().all() if found else []
        known = [store.load(MedicalInquiry, row) for row in rows]
    plain, near = utils.default_process(text), []
    for inquiry in known:
        if inquiry.id == but or inquiry.status is InquiryStatus.WITHDRAWN:
            continue
        for question in inquiry.questions:
            score = fuzz.token_set_ratio(plain, utils.default_process(question.verbatim))
            if score >= least:
                near.append(Asked(inquiry, question, score, answer_to(inquiry, question.id)))
    near.sort(key=lambda one: (one.answer is None, -one.score, str(one.question.id)))
    return tuple(near[:limit])


def answer_to(inquiry: MedicalInquiry, question_id: uuid.UUID) -> Response | None:
    """What was answered to a question of this inquiry."""
    return next((one for one in inquiry.responses if one.question_id == question_id and one.responded_at), None)


def names_of(store: Store, found: tuple[StandingRequest, ...]) -> dict[uuid.UUID, str]:
    """The names of the people behind these requests."""
    from liaison_desktop.msl.directory.record import Person

    table = store.table(Person)
    people = {one.person_id for one in found if one.person_id}
    query = sa.select(table).where(table.c.id.in_(people))
    with store.reading() as connection:
        known = [store.load(Person, row) for row in connection.execute(query).mappings()]
    return {one.id: one.title() for one in known}
