"""What supervisors, administrators and auditors see of their organisation, and of no other: devices, quarantine, journal."""

from __future__ import annotations

import uuid

import msgspec
import sqlalchemy as sa

from liaison_desktop.errors import Missing, Refused
from liaison_desktop.server import enrolling, journal, orders, organisations
from liaison_desktop.server.authorising import Caller
from liaison_desktop.server.database import Database
from liaison_desktop.server.organisations import Role
from liaison_desktop.server.problems import NotDone
from liaison_desktop.server.tables import chain, device, line, order, organisation, person
from liaison_desktop.sync.wire import (
    CodeGiven,
    CodeRequest,
    DeviceEntry,
    DeviceList,
    Empty,
    JournalEntry,
    JournalPage,
    OrderGiven,
    OutboxState,
    ProblemCode,
    Quarantined,
    QuarantineList,
    RejectCode,
)

PAGE = 500


def devices(connection: sa.Connection, organisation_id: uuid.UUID) -> DeviceList:
    """Every device of an organisation, by owner and name."""
    query = (
        sa.select(device, person.c.name.label("who"), person.c.role, chain.c.acked)
        .join(person, person.c.id == device.c.person)
        .join(chain, sa.and_(chain.c.device == device.c.id, chain.c.incarnation == device.c.incarnation))
        .where(device.c.organisation == organisation_id)
        .order_by(person.c.name, device.c.name, device.c.id)
    )
    standing = sa.select(order.c.device, order.c.act, order.c.confirmed_by).where(order.c.done.is_(None))
    told = {
        row.device: row.act if row.confirmed_by else f"{row.act}, to be confirmed"
        for row in connection.execute(standing)
    }
    return DeviceList(
        items=tuple(
            DeviceEntry(
                device=row["id"],
                name=row["name"],
                owner=row["who"],
                role=row["role"],
                workspace=row["workspace"],
                state=row["state"],
                seen=row["seen"],
                app=row["app"],
                outbox=msgspec.json.decode(row["outbox"], type=OutboxState),
                incarnation=row["incarnation"],
                acked_op=row["acked"],
                order=told.get(row["id"], ""),
                skew_ms=row["skew_ms"],
            )
            for row in connection.execute(query).mappings()
        )
    )


def quarantine(
    connection: sa.Connection, organisation_id: uuid.UUID, device_id: uuid.UUID | None = None
) -> QuarantineList:
    """What was rejected, newest first; of one device if it is named. Contents are not told."""
    query = sa.select(line).where(line.c.organisation == organisation_id, line.c.outcome == "rejected")
    if device_id is not None:
        query = query.where(line.c.device == device_id)
    query = query.order_by(line.c.received.desc(), line.c.number.desc()).limit(PAGE)
    return QuarantineList(
        items=tuple(
            Quarantined(
                device=row["device"],
                incarnation=row["incarnation"],
                number=row["number"],
                kind=row["kind"],
                code=RejectCode(row["code"]),
                detail=row["detail"],
                received=row["received"],
                subject=row["subject"],
            )
            for row in connection.execute(query).mappings()
        )
    )


def journal_page(connection: sa.Connection, organisation_id: uuid.UUID, after: int) -> JournalPage:
    """Lines of the organisation's own journal. What a merge made of a record is left out: it is no matter of oversight."""
    rows = list(journal.lines_of(connection, organisation_id, after=after, limit=PAGE))
    return JournalPage(
        items=tuple(
            JournalEntry(
                number=row["number"],
                act=row["act"],
                at=row["at"],
                actor=row["actor"],
                actor_name=row["actor_name"],
                hash=row["hash"].hex(),
                about=msgspec.Raw(row["body"] if row["made"] is None and row["body"] else b"{}"),
            )
            for row in rows
        ),
        next=rows[-1]["number"] if rows else after,
        more=len(rows) == PAGE,
    )


def _own_device(connection: sa.Connection, caller: Caller, device_id: uuid.UUID) -> None:
    query = sa.select(device.c.id).where(device.c.id == device_id, device.c.organisation == caller.organisation)
    if connection.execute(query).first() is None:
        raise NotDone(ProblemCode.NOT_FOUND)


def give_code(database: Database, caller: Caller, request: CodeRequest) -> CodeGiven:
    """A code for somebody of the caller's own organisation. Raises NotDone `invalid` for a workspace that is not there."""

    def work(connection: sa.Connection) -> CodeGiven:
        query = sa.select(organisation.c.name).where(organisation.c.id == caller.organisation)
        try:
            place = organisations.place_person(
                connection,
                database,
                organisation_name=connection.execute(query).scalar_one(),
                name=request.owner,
                role=Role(request.role),
                unit_name=request.unit,
                workspace=request.workspace,
            )
        except Refused as refused:
            raise NotDone(ProblemCode.INVALID, str(refused)) from None
        code = enrolling.new_code(connection, database, place.person, request.workspace, caller.person_name)
        return CodeGiven(code=code, expires_in=int(enrolling.LIFETIME.total_seconds()))

    return database.writing(work)


def revoke(database: Database, caller: Caller, device_id: uuid.UUID) -> Empty:
    """Shut out a device of the caller's organisation. Raises NotDone `not_found`."""

    def work(connection: sa.Connection) -> Empty:
        _own_device(connection, caller, device_id)
        try:
            orders.revoke(connection, database, device_id, caller.person_name)
        except Missing:
            raise NotDone(ProblemCode.NOT_FOUND) from None
        return Empty()

    return database.writing(work)


def give_order(database: Database, caller: Caller, device_id: uuid.UUID, act: str) -> OrderGiven:
    """Order a device of the caller's organisation. Raises NotDone `not_found`."""

    def work(connection: sa.Connection) -> OrderGiven:
        _own_device(connection, caller, device_id)
        made = orders.give_order(connection, database, device_id, orders.Act(act), caller.person_name)
        return OrderGiven(order=made.id, act=act, waits=orders.Act(act) is orders.Act.WIPE)

    return database.writing(work)


def confirm_order(database: Database, caller: Caller, device_id: uuid.UUID) -> Empty:
    """The second word for a wipe. Raises NotDone: `not_found`, `forbidden` if it is the same person."""

    def work(connection: sa.Connection) -> Empty:
        _own_device(connection, caller, device_id)
        try:
            orders.confirm_order(connection, database, device_id, caller.person_name)
        except Missing:
            raise NotDone(ProblemCode.NOT_FOUND) from None
        except Refused as refused:
            raise NotDone(ProblemCode.FORBIDDEN, str(refused)) from None
        return Empty()

    return database.writing(work)
