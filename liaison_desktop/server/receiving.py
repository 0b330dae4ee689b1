"""A push: one transaction in which every operation is checked, decided, written and acknowledged, or none is.

Order of locks: the device's chain, the feeds by number, the organisation's journal. A crash before the commit leaves
nothing; after it the reply is lost, the same operations come again, and are known by number and hash.
"""

from __future__ import annotations

import uuid

import msgspec
import sqlalchemy as sa

from liaison_desktop.records import Line, line_hash
from liaison_desktop.server import chains, journal
from liaison_desktop.server.applying import Batch
from liaison_desktop.server.authorising import Caller, require_own
from liaison_desktop.server.database import Database
from liaison_desktop.server.journal import Note
from liaison_desktop.server.problems import NotDone
from liaison_desktop.server.tables import chain, device, line
from liaison_desktop.sync import signed
from liaison_desktop.sync.wire import Op, Outcome, ProblemCode, Push, Pushed, Result, content_hash, line_of, raw

MAKING = frozenset({Outcome.APPLIED, Outcome.MERGED, Outcome.CONFLICT})  # what makes a version


class Arrived(msgspec.Struct, frozen=True, kw_only=True):
    """An operation whose place in the chain was proved."""

    op: Op
    line: Line
    content_hash: bytes


def receive(database: Database, caller: Caller, push: Push) -> Pushed:
    """Take a push in. Raises NotDone: `gap`, `fork`, `chain`, `signature`, `invalid`, `revoked` or `not_found`."""
    require_own(caller, push.device)
    first = push.ops[0].number
    if any(op.number != first + at for at, op in enumerate(push.ops)):
        raise NotDone(ProblemCode.INVALID, "the operations of a push follow one another")
    return database.writing(lambda connection: _receive(connection, database, caller, push))


def _receive(connection: sa.Connection, database: Database, caller: Caller, push: Push) -> Pushed:
    here = chains.locked(connection, caller.device, push.incarnation)
    state = connection.execute(sa.select(device.c.state).where(device.c.id == caller.device)).scalar()
    if state != "active":
        raise NotDone(ProblemCode.REVOKED)
    acked, previous = here["acked"], here["hash"]
    again = [op for op in push.ops if op.number <= acked]
    _require_same(connection, caller, push.incarnation, again, acked, previous)
    fresh = push.ops[len(again) :]
    results = known_results(connection, caller.device, push.incarnation, [op.number for op in again])
    epoch = database.epoch(connection)
    if not fresh:
        return Pushed(acked_op=acked, chain=previous.hex(), epoch=epoch, results=tuple(results))
    if fresh[0].number != acked + 1:
        raise NotDone(ProblemCode.GAP, acked=acked, chain=previous.hex())
    arrived = _chained(fresh, caller.journal, previous)
    last, reached = fresh[-1].number, arrived[-1].line.hash
    message = signed.chain_message(caller.device, push.incarnation, last, reached.hex())
    if not signed.is_signed(caller.key, message, push.signature):
        raise NotDone(ProblemCode.SIGNATURE)
    results += _take_in(connection, database, caller, push.incarnation, arrived)
    connection.execute(
        sa.update(chain)
        .where(chain.c.device == caller.device, chain.c.incarnation == push.incarnation)
        .values(acked=last, hash=reached, signature=push.signature)
    )
    return Pushed(acked_op=last, chain=reached.hex(), epoch=epoch, results=tuple(results))


def _require_same(
    connection: sa.Connection,
    caller: Caller,
    incarnation: int,
    again: tuple[Op, ...] | list[Op],
    acked: int,
    chain_hash: bytes,
) -> None:
    """What comes again is what came before: another operation of the same number means that the chain has forked."""
    if not again:
        return
    known = chains.hashes(connection, caller.device, incarnation, [op.number for op in again])
    for op in again:
        if op.number not in known or known[op.number].hex() != op.hash:
            raise NotDone(ProblemCode.FORK, at=op.number, acked=acked, chain=chain_hash.hex())


def _chained(fresh: tuple[Op, ...] | list[Op], journal_id: uuid.UUID, previous: bytes) -> list[Arrived]:
    arrived = []
    for op in fresh:
        came = line_of(op, journal_id, previous)
        try:
            digest = content_hash(op)
        except ValueError:
            raise NotDone(ProblemCode.INVALID, "the hash of a blanked body is no hash", at=op.number) from None
        if line_hash(came, digest) != came.hash:
            raise NotDone(ProblemCode.CHAIN, at=op.number)
        arrived.append(Arrived(op=op, line=came, content_hash=digest))
        previous = came.hash
    return arrived


def _take_in(
    connection: sa.Connection, database: Database, caller: Caller, incarnation: int, arrived: list[Arrived]
) -> list[Result]:
    at = database.moment()
    batch = Batch(connection, caller, [one.op for one in arrived])
    results, rows = [], []
    for one in arrived:
        result = batch.take(one.op)
        erased = result.detail == "erased"
        results.append(result)
        row = journal.row_of(one.line, caller.organisation, incarnation, received=at)
        row["device"], row["skew_ms"] = caller.device, one.op.skew_ms
        row["made"] = one.op.version if result.outcome in MAKING else None
        row["content_hash"] = one.content_hash
        row["body"] = None if erased else one.line.content
        row["schema"], row["files"] = one.op.schema, msgspec.json.encode(one.op.files).decode()
        row["outcome"], row["code"] = result.outcome.value, result.code.value if result.code else ""
        row["detail"], row["result"] = result.detail, stored_result(result)
        rows.append(row)
    connection.execute(sa.insert(line), rows)
    about = {"device": str(caller.device), "incarnation": incarnation, "first": arrived[0].op.number}
    about |= {"last": arrived[-1].op.number, "chain": arrived[-1].line.hash.hex()}
    received = Note(act="received", about=about, actor=caller.person, actor_name=caller.person_name)
    journal.write(connection, database, caller.organisation, [*batch.merges, received])
    batch.write(at)
    return results


def stored_result(result: Result) -> str:
    """A result as it is kept, to be told again: without the body, which lies with the version."""
    return msgspec.json.encode(msgspec.structs.replace(result, body=raw(b""))).decode()


def known_results(
    connection: sa.Connection, device_id: uuid.UUID, incarnation: int, numbers: list[int]
) -> list[Result]:
    """What became of operations that came before, told again as it was told then."""
    found: dict[int, Result] = {}
    for stretch in chains.lineage(connection, device_id, incarnation) if numbers else ():
        query = sa.select(line.c.number, line.c.result).where(
            line.c.device == device_id,
            line.c.incarnation == stretch.incarnation,
            line.c.number.in_([number for number in numbers if stretch.after < number <= stretch.last]),
        )
        found |= {row.number: msgspec.json.decode(row.result, type=Result) for row in connection.execute(query)}
    merged = [result.version for result in found.values() if result.outcome is Outcome.MERGED]
    bodies = {}
    if merged:
        query = sa.select(line.c.made, line.c.body).where(line.c.made.in_(merged))
        bodies = {row.made: row.body for row in connection.execute(query)}
    return [
        msgspec.structs.replace(found[number], again=True, body=raw(bodies.get(found[number].version)))
        for number in numbers
    ]
