"""Orders to a device: lock, push and then wipe, wipe. Signed with the key the device pinned; a wipe needs two people.

A revoked device has this one right left: to fetch its order and to say that it was carried out.
"""

from __future__ import annotations

import enum
import uuid

import msgspec
import sqlalchemy as sa

from liaison_desktop.errors import Fault, Missing, Refused
from liaison_desktop.records import new_id
from liaison_desktop.server import journal, tokens
from liaison_desktop.server.database import Database
from liaison_desktop.server.journal import Note
from liaison_desktop.server.problems import NotDone
from liaison_desktop.server.tables import device, order, token
from liaison_desktop.sync import signed
from liaison_desktop.sync.wire import Empty, Order, OrderDone, OrderReply, OrderRequest, ProblemCode


class Act(enum.StrEnum):
    """What a device is told to do."""

    LOCK = "lock"
    PUSH_THEN_WIPE = "push_then_wipe"
    WIPE = "wipe"


def give_order(connection: sa.Connection, database: Database, device_id: uuid.UUID, act: Act, by: str) -> Order:
    """An order to a device; it takes the place of one that still stands. A wipe stands once another person confirms it."""
    row = connection.execute(sa.select(device).where(device.c.id == device_id).with_for_update()).mappings().first()
    if row is None:
        raise Missing("There is no such device.")
    unsigned = Order(id=new_id(), device=device_id, act=act.value, at=database.moment())
    private = database.keys.signing(row["organisation"])
    made = msgspec.structs.replace(unsigned, signature=signed.sign(private, signed.order_message(unsigned)))
    connection.execute(sa.delete(order).where(order.c.device == device_id, order.c.done.is_(None)))
    connection.execute(
        sa.insert(order).values(
            id=made.id,
            device=device_id,
            act=act.value,
            at=made.at,
            signature=made.signature,
            asked_by=by,
            confirmed_by=None if act is Act.WIPE else by,
            fetched=None,
            done=None,
        )
    )
    about = {"device": str(device_id), "order": str(made.id), "act": act.value}
    journal.write(connection, database, row["organisation"], [Note(act="ordered", about=about, actor_name=by)])
    return made


def confirm_order(connection: sa.Connection, database: Database, device_id: uuid.UUID, by: str) -> None:
    """The second person's word for a wipe. Raises Missing if none waits, Refused if it is the same person."""
    query = sa.select(order).where(order.c.device == device_id, order.c.done.is_(None), order.c.confirmed_by.is_(None))
    row = connection.execute(query.with_for_update()).mappings().first()
    if row is None:
        raise Missing("No order waits to be confirmed.")
    if row["asked_by"] == by:
        raise Refused((Fault(field="by", message="A wipe is confirmed by somebody else than who asked for it."),))
    connection.execute(sa.update(order).where(order.c.id == row["id"]).values(confirmed_by=by))
    owner = connection.execute(sa.select(device.c.organisation).where(device.c.id == device_id)).scalar_one()
    about = {"device": str(device_id), "order": str(row["id"])}
    journal.write(connection, database, owner, [Note(act="order confirmed", about=about, actor_name=by)])


def revoke(connection: sa.Connection, database: Database, device_id: uuid.UUID, by: str) -> None:
    """Shut a device out, at once: its tokens are gone and none is given any more."""
    found = connection.execute(
        sa.update(device)
        .where(device.c.id == device_id, device.c.state != "wiped")
        .values(state="revoked")
        .returning(device.c.organisation)
    ).scalar()
    if found is None:
        raise Missing("There is no such device, or it was wiped already.")
    connection.execute(sa.delete(token).where(token.c.device == device_id))
    note = Note(act="device revoked", about={"device": str(device_id)}, actor_name=by)
    journal.write(connection, database, found, [note])


def standing_order(connection: sa.Connection, device_id: uuid.UUID) -> Order | None:
    """The order a device has to carry out, if there is one that stands."""
    query = sa.select(order).where(
        order.c.device == device_id, order.c.done.is_(None), order.c.confirmed_by.is_not(None)
    )
    row = connection.execute(query).mappings().first()
    if row is None:
        return None
    return Order(id=row["id"], device=row["device"], act=row["act"], at=row["at"], signature=row["signature"])


def fetch_order(database: Database, request: OrderRequest) -> OrderReply:
    """The order for a device that signed a nonce; whether it is revoked does not matter here."""
    if not request.nonce or not tokens.is_ours(database, request.device, request.nonce):
        raise NotDone(ProblemCode.NONCE, nonce=tokens.new_nonce(database, request.device))

    def work(connection: sa.Connection) -> OrderReply:
        key = connection.execute(sa.select(device.c.key).where(device.c.id == request.device)).scalar()
        message = signed.order_request(request.nonce, request.device)
        if key is None or not signed.is_signed(key, message, request.signature):
            raise NotDone(ProblemCode.SIGNATURE)
        found = standing_order(connection, request.device)
        if found is not None:
            connection.execute(
                sa.update(order)
                .where(order.c.id == found.id, order.c.fetched.is_(None))
                .values(fetched=database.moment())
            )
        return OrderReply(order=found)

    return database.writing(work)


def finish_order(database: Database, order_id: uuid.UUID, done: OrderDone) -> Empty:
    """The device says it carried out its order. Said twice it is said once. Raises NotDone: `signature`, `not_found`."""

    def work(connection: sa.Connection) -> Empty:
        row = connection.execute(sa.select(device).where(device.c.id == done.device)).mappings().first()
        message = signed.order_done(order_id, done.device)
        if row is None or not signed.is_signed(row["key"], message, done.signature):
            raise NotDone(ProblemCode.SIGNATURE)
        query = sa.select(order).where(order.c.id == order_id, order.c.device == done.device).with_for_update()
        found = connection.execute(query).mappings().first()
        if found is None or found["confirmed_by"] is None:
            raise NotDone(ProblemCode.NOT_FOUND)
        if found["done"] is not None:
            return Empty()
        connection.execute(sa.update(order).where(order.c.id == order_id).values(done=database.moment()))
        if found["act"] != Act.LOCK:
            connection.execute(sa.update(device).where(device.c.id == done.device).values(state="wiped"))
            connection.execute(sa.delete(token).where(token.c.device == done.device))
        about = {"device": str(done.device), "order": str(order_id), "act": found["act"]}
        journal.write(connection, database, row["organisation"], [Note(act="order done", about=about)])
        return Empty()

    return database.writing(work)
