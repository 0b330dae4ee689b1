"""How the records of one batch stand, as far as deciding needs to know, kept up to date while the batch is decided."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

import msgspec
import sqlalchemy as sa

from liaison_desktop.records import Merging
from liaison_desktop.server.journal import parents_of
from liaison_desktop.server.tables import conflict, line, record
from liaison_desktop.sync import ancestry
from liaison_desktop.sync.catalogue import KindEntry
from liaison_desktop.sync.deciding import Body, Decision, Held, Incoming, Quarrel

LIVE, REMOVED, ERASED = "live", "removed", "erased"
_decode = msgspec.json.Decoder(dict[str, Any]).decode


class Row(msgspec.Struct, kw_only=True):
    """A record's row; `new` until it is written for the first time."""

    subject: uuid.UUID
    kind: str
    state: str
    head: uuid.UUID
    feed: int
    owner: uuid.UUID
    new: bool = False


class Standing:
    """The records of an organisation that a batch is about."""

    def __init__(self, connection: sa.Connection, organisation_id: uuid.UUID, subjects: Iterable[uuid.UUID]) -> None:
        self._connection, self._organisation = connection, organisation_id
        self.rows: dict[uuid.UUID, Row] = {}
        self.quarrels: dict[uuid.UUID, list[Quarrel]] = {}
        self.files: dict[uuid.UUID, tuple[str, ...]] = {}  # of versions whose body was read or came in
        self._bodies: dict[uuid.UUID, Body | bytes | None] = {}  # bytes until somebody looks into them
        self._parents: dict[uuid.UUID, dict[uuid.UUID, tuple[uuid.UUID, ...]]] = {}
        self._fresh: dict[uuid.UUID, dict[uuid.UUID, tuple[uuid.UUID, ...]]] = {}
        self._read(list(subjects))

    def _read(self, subjects: list[uuid.UUID]) -> None:
        if not subjects:
            return
        rows = self._connection.execute(
            sa.select(record).where(record.c.organisation == self._organisation, record.c.subject.in_(subjects))
        )
        for row in rows.mappings():
            self.rows[row["subject"]] = Row(
                subject=row["subject"],
                kind=row["kind"],
                state=row["state"],
                head=row["head"],
                feed=row["feed"],
                owner=row["owner"],
            )
        known = list(self.rows)
        if not known:
            return
        open_ones = self._connection.execute(
            sa.select(conflict)
            .where(
                conflict.c.organisation == self._organisation, conflict.c.subject.in_(known), conflict.c.state == "open"
            )
            .order_by(conflict.c.id)
        )
        for row in open_ones.mappings():
            self.quarrels.setdefault(row["subject"], []).append(
                Quarrel(
                    id=row["id"],
                    head=row["head"],
                    side=row["side"],
                    base=row["base"],
                    fields=tuple(msgspec.json.decode(row["fields"])),
                )
            )

    def read_bodies(self, versions: Iterable[uuid.UUID]) -> None:
        """Read the bodies of these versions with one question."""
        wanted = [version for version in dict.fromkeys(versions) if version not in self._bodies]
        if not wanted:
            return
        query = sa.select(line.c.made, line.c.act, line.c.body, line.c.files).where(line.c.made.in_(wanted))
        for row in self._connection.execute(query):
            self._bodies[row.made] = row.body or None
            self.files[row.made] = tuple(msgspec.json.decode(row.files))

    def body(self, version: uuid.UUID | None) -> Body | None:
        """The body of a version, None if there is none."""
        if version is None:
            return None
        if version not in self._bodies:
            self.read_bodies([version])
        held = self._bodies.get(version)
        if isinstance(held, bytes):
            held = self._bodies[version] = _decode(held)
        return held

    def held(self, subject: uuid.UUID, new: Incoming, entry: KindEntry) -> Held | None:
        """The record as deciding sees it."""
        row = self.rows.get(subject)
        if row is None:
            return None
        body: Body | None = None
        if row.state == LIVE:
            looked_into = row.head not in new.parents or entry.merging is Merging.IMMUTABLE or bool(entry.seals)
            body = (self.body(row.head) or {}) if looked_into else {}
        return Held(head=row.head, body=body, kind=row.kind)

    def ancestor(
        self, subject: uuid.UUID, first: tuple[uuid.UUID, ...], second: uuid.UUID
    ) -> tuple[uuid.UUID | None, Body | None]:
        """The version that two came from, and its body."""
        if subject not in self._parents:
            query = sa.select(line.c.made, line.c.parents).where(line.c.subject == subject, line.c.made.is_not(None))
            self._parents[subject] = {row.made: parents_of(row.parents) for row in self._connection.execute(query)}
        graph = self._parents[subject] | self._fresh.get(subject, {})
        base = ancestry.common_ancestor(graph, first, second)
        return base, self.body(base)

    def came(
        self,
        subject: uuid.UUID,
        version: uuid.UUID,
        parents: tuple[uuid.UUID, ...],
        body: Body | bytes | None,
        files: tuple[str, ...],
    ) -> None:
        """A version was accepted: it is an ancestor of what follows, head or not."""
        self._fresh.setdefault(subject, {})[version] = parents
        self._bodies[version] = body
        self.files[version] = files

    def settle(self, subject: uuid.UUID, decision: Decision, *, removed: bool) -> None:
        """Bring the record and its conflicts to where a decision puts them."""
        row = self.rows[subject]
        if decision.head is not None:
            row.head, row.state = decision.head, REMOVED if removed else LIVE
        still = [one for one in self.quarrels.get(subject, []) if one.id not in {gone.id for gone in decision.closed}]
        if decision.opened is not None:
            still = [one for one in still if one.id != decision.opened.id] + [decision.opened]
        if decision.head is not None:
            for quarrel in still:
                quarrel.head = decision.head
        self.quarrels[subject] = still
