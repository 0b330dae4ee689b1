"""Walks every journal the server holds and says what is not as it was written.

Each device's chain is checked line by line, the organisation's own too; then they are checked against each other: what
the organisation's journal says was received must be what the device's chain holds, and each checkpoint must be signed.
Whoever would change a line has to forge both chains and a signature made with a key that is not in the database.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator

import msgspec
import sqlalchemy as sa

from liaison_desktop.records import Line, line_hash
from liaison_desktop.records.line import FIRST
from liaison_desktop.server.database import Database
from liaison_desktop.server.journal import INCARNATION, parents_of
from liaison_desktop.server.tables import chain, device, line, organisation
from liaison_desktop.sync import signed


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is wrong, and where."""

    device: uuid.UUID
    incarnation: int
    number: int
    fault: str


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """How much was walked, and what was found."""

    lines: int
    checkpoints: int
    findings: tuple[Finding, ...]


class _Received(msgspec.Struct):
    device: uuid.UUID
    incarnation: int
    last: int
    chain: str


class _Checkpoint(msgspec.Struct):
    number: int
    chain: str
    at: str
    signature: str


def verify(database: Database) -> Verdict:
    """Check everything; about 50,000 lines a second."""
    lines, checkpoints = 0, 0
    findings: list[Finding] = []
    with database.reading() as connection:
        devices = {row["id"]: row for row in connection.execute(sa.select(device)).mappings()}
        for row in connection.execute(sa.select(chain)).mappings():
            start = _hash_at(connection, row["device"], row["parent"], row["base"])
            walk = _Walk(row["device"], row["incarnation"], row["base"], start)
            lines += walk.over(connection)
            findings += walk.findings
            findings += _ends(walk, row, devices[row["device"]])
        for row in connection.execute(sa.select(organisation)).mappings():
            walk = _Walk(row["journal"], INCARNATION, 0, FIRST)
            lines += walk.over(connection)
            findings += walk.findings
            if not walk.findings and (walk.number, walk.previous) != (row["number"], row["hash"]):
                findings.append(walk.finding(row["number"], "the last lines are missing"))
            own, signatures = _cross_checked(connection, row)
            findings += own
            checkpoints += signatures
    return Verdict(lines=lines, checkpoints=checkpoints, findings=tuple(findings))


class _Walk:
    def __init__(self, device_id: uuid.UUID, incarnation: int, base: int, start: bytes) -> None:
        self.device, self.incarnation, self.number, self.previous = device_id, incarnation, base, start
        self.findings: list[Finding] = []

    def finding(self, number: int, fault: str) -> Finding:
        return Finding(device=self.device, incarnation=self.incarnation, number=number, fault=fault)

    def over(self, connection: sa.Connection) -> int:
        """Walk to the end or to the first break; how many lines were sound."""
        query = (
            sa.select(line)
            .where(line.c.device == self.device, line.c.incarnation == self.incarnation)
            .order_by(line.c.number)
        )
        sound = 0
        for row in connection.execute(query.execution_options(yield_per=1000)).mappings():
            fault = self._fault(row)
            if fault:
                self.findings.append(self.finding(row["number"], fault))
                break
            self.number, self.previous = row["number"], row["hash"]
            sound += 1
        return sound

    def _fault(self, row: sa.RowMapping) -> str:
        if row["number"] != self.number + 1:
            return f"follows line {self.number}; {row['number'] - self.number - 1} missing between them"
        if row["body"] is not None and hashlib.sha256(row["body"]).digest() != row["content_hash"]:
            return "its content was changed after it was written"
        if row["previous"] != self.previous or line_hash(_line(row), row["content_hash"]) != row["hash"]:
            return "was changed after it was written"
        return ""


def _line(row: sa.RowMapping) -> Line:
    return Line(
        device=row["journal"],
        number=row["number"],
        version=row["version"],
        parents=parents_of(row["parents"]),
        act=row["act"],
        kind=row["kind"],
        subject=row["subject"],
        actor=row["actor"],
        actor_name=row["actor_name"],
        at=row["at"],
        reason=row["reason"],
        content=b"",
        previous=row["previous"],
        hash=row["hash"],
    )


def _hash_at(connection: sa.Connection, device_id: uuid.UUID, incarnation: int, number: int) -> bytes:
    """The hash an incarnation begins from, which may lie in one before its parent."""
    while incarnation:
        query = sa.select(line.c.hash).where(
            line.c.device == device_id, line.c.incarnation == incarnation, line.c.number == number
        )
        found = connection.execute(query).scalar()
        if found is not None:
            return bytes(found)
        parent = sa.select(chain.c.parent).where(chain.c.device == device_id, chain.c.incarnation == incarnation)
        incarnation = connection.execute(parent).scalar() or 0
    return FIRST


def _ends(walk: _Walk, row: sa.RowMapping, owner: sa.RowMapping) -> Iterator[Finding]:
    if walk.findings:
        return
    if (walk.number, walk.previous) != (row["acked"], row["hash"]):
        yield walk.finding(row["acked"], "the last lines are missing")
    elif row["signature"]:
        message = signed.chain_message(row["device"], row["incarnation"], row["acked"], row["hash"].hex())
        if not signed.is_signed(owner["key"], message, row["signature"]):
            yield walk.finding(row["acked"], "the device did not sign this")


def _cross_checked(connection: sa.Connection, owner: sa.RowMapping) -> tuple[list[Finding], int]:
    """What the organisation's journal says of the devices, against what their chains hold."""
    findings, checkpoints = [], 0
    query = (
        sa.select(line.c.number, line.c.act, line.c.body)
        .where(line.c.device == owner["journal"], line.c.act.in_(("received", "checkpoint")))
        .order_by(line.c.number)
    )
    for row in connection.execute(query):
        if row.act == "received":
            said = msgspec.json.decode(row.body, type=_Received)
            held = sa.select(line.c.hash).where(
                line.c.device == said.device, line.c.incarnation == said.incarnation, line.c.number == said.last
            )
            if (connection.execute(held).scalar() or b"").hex() != said.chain:
                fault = "is not what was received"
                findings.append(
                    Finding(device=said.device, incarnation=said.incarnation, number=said.last, fault=fault)
                )
            continue
        checkpoints += 1
        mark = msgspec.json.decode(row.body, type=_Checkpoint)
        message = signed.checkpoint_message(owner["id"], mark.number, mark.chain, mark.at)
        held = sa.select(line.c.hash).where(line.c.device == owner["journal"], line.c.number == mark.number)
        true = (connection.execute(held).scalar() or b"").hex() == mark.chain
        if not true or not signed.is_signed(owner["server_key"], message, mark.signature):
            fault = "the checkpoint over it does not hold"
            findings.append(Finding(device=owner["journal"], incarnation=INCARNATION, number=mark.number, fault=fault))
    return findings, checkpoints
