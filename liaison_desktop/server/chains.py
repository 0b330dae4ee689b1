"""The chains of a device: one for each incarnation, each a branch of the one it parted from."""

from __future__ import annotations

import uuid

import msgspec
import sqlalchemy as sa

from liaison_desktop.records.line import FIRST
from liaison_desktop.server import journal
from liaison_desktop.server.authorising import Caller, require_own
from liaison_desktop.server.database import Database
from liaison_desktop.server.journal import Note
from liaison_desktop.server.problems import NotDone
from liaison_desktop.server.tables import chain, device, line
from liaison_desktop.sync.wire import Incarnate, Incarnated, ProblemCode


class Stretch(msgspec.Struct, frozen=True):
    """The operations of a chain that were sent under one incarnation: those after `after`, up to `last`."""

    incarnation: int
    after: int
    last: int


def locked(connection: sa.Connection, device_id: uuid.UUID, incarnation: int) -> sa.RowMapping:
    """The chain, held until the transaction ends. Raises NotDone if the device has no such incarnation."""
    query = sa.select(chain).where(chain.c.device == device_id, chain.c.incarnation == incarnation).with_for_update()
    found = connection.execute(query).mappings().first()
    if found is None:
        raise NotDone(ProblemCode.NOT_FOUND)
    return found


def lineage(connection: sa.Connection, device_id: uuid.UUID, incarnation: int) -> list[Stretch]:
    """Where the operations of an incarnation lie, its own first, then those it shares with the ones before."""
    rows = connection.execute(sa.select(chain).where(chain.c.device == device_id)).mappings()
    by_number = {row["incarnation"]: row for row in rows}
    found, last = [], None
    while incarnation in by_number:
        row = by_number[incarnation]
        end = row["acked"] if last is None else min(last, row["acked"])
        found.append(Stretch(incarnation, row["base"], end))
        last, incarnation = row["base"], row["parent"]
    return found


def hashes(connection: sa.Connection, device_id: uuid.UUID, incarnation: int, numbers: list[int]) -> dict[int, bytes]:
    """The hashes of these operations as that incarnation knows them; those it does not have are left out."""
    found = {0: FIRST} if 0 in numbers else {}
    for stretch in lineage(connection, device_id, incarnation):
        within = [number for number in numbers if stretch.after < number <= stretch.last]
        if within:
            query = sa.select(line.c.number, line.c.hash).where(
                line.c.device == device_id, line.c.incarnation == stretch.incarnation, line.c.number.in_(within)
            )
            found |= {row.number: row.hash for row in connection.execute(query)}
    return found


def incarnate(database: Database, caller: Caller, request: Incarnate) -> Incarnated:
    """Another incarnation, from the last operation that both sides know.

    Raises NotDone with `fork` and `at` if that operation is another one here.
    """
    require_own(caller, request.device)

    def work(connection: sa.Connection) -> Incarnated:
        connection.execute(sa.select(device.c.id).where(device.c.id == caller.device).with_for_update())
        before = locked(connection, caller.device, request.incarnation)
        known = hashes(connection, caller.device, request.incarnation, [request.after]).get(request.after)
        if known is None or known.hex() != request.chain:
            raise NotDone(ProblemCode.FORK, at=request.after, acked=before["acked"], chain=before["hash"].hex())
        newest = connection.execute(sa.select(sa.func.max(chain.c.incarnation)).where(chain.c.device == caller.device))
        made = int(newest.scalar() or 0) + 1
        connection.execute(
            sa.insert(chain).values(
                device=caller.device,
                incarnation=made,
                parent=request.incarnation,
                base=request.after,
                acked=request.after,
                durable=min(before["durable"], request.after),
                hash=known,
                signature="",
            )
        )
        connection.execute(sa.update(device).where(device.c.id == caller.device).values(incarnation=made))
        about = {"device": str(caller.device), "incarnation": made, "after": request.after}
        journal.write(connection, database, caller.organisation, [Note(act="incarnated", about=about)])
        return Incarnated(incarnation=made, acked_op=request.after, chain=known.hex(), epoch=database.epoch(connection))

    return database.writing(work)
