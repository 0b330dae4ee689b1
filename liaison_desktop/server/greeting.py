"""The hello: how far both sides are, what the device may read, and what the server asks of it. The cheapest call."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
import sqlalchemy as sa

from liaison_desktop.records.moments import moment_text
from liaison_desktop.server import chains, orders, organisations
from liaison_desktop.server.authorising import ROLES, Caller, Rule, is_new_enough, least_app, require_own
from liaison_desktop.server.database import Database
from liaison_desktop.server.problems import NotDone
from liaison_desktop.server.tables import chain, device, feed, organisation
from liaison_desktop.sync.catalogue import catalogues
from liaison_desktop.sync.wire import PROTOCOL, FeedHead, Hello, ProblemCode, Welcome


def greet(database: Database, caller: Caller, hello: Hello) -> Welcome:
    """Answer a hello. Raises NotDone: `not_found` for an incarnation that is not there, `too_old` for the protocol."""
    require_own(caller, hello.device)
    if hello.protocol[0] > PROTOCOL:
        raise NotDone(ProblemCode.TOO_OLD, f"protocol {PROTOCOL} is spoken here")
    return database.writing(lambda connection: _greet(connection, database, caller, hello))


def _greet(connection: sa.Connection, database: Database, caller: Caller, hello: Hello) -> Welcome:
    query = sa.select(chain).where(chain.c.device == caller.device, chain.c.incarnation == hello.incarnation)
    here = connection.execute(query).mappings().first()
    if here is None:
        raise NotDone(ProblemCode.NOT_FOUND, "there is no such incarnation")
    days = connection.execute(
        sa.select(organisation.c.lease_days).where(organisation.c.id == caller.organisation)
    ).scalar_one()
    now = database.clock()
    lease = moment_text(now + dt.timedelta(days=days))
    state: dict[str, Any] = {
        "outbox": msgspec.json.encode(hello.outbox).decode(),
        "seen": moment_text(now),
        "lease_until": lease,
    }
    if hello.clock:
        state["skew_ms"] = _ahead(hello.clock, now)
    if hello.app:
        state["app"] = hello.app
    connection.execute(sa.update(device).where(device.c.id == caller.device).values(**state))
    may_pull = caller.role in ROLES[Rule.READER] and is_new_enough(connection, hello.app or caller.app)
    feeds = _feeds(connection, caller, hello) if may_pull else ()
    asked = [number for number in hello.probe if number <= here["acked"]]
    hashes = chains.hashes(connection, caller.device, hello.incarnation, asked) if asked else {}
    kinds = catalogues()[caller.workspace].kinds if caller.workspace in catalogues() else ()
    return Welcome(
        protocol=min(PROTOCOL, hello.protocol[1]),
        epoch=database.epoch(connection),
        now=moment_text(now),
        acked_op=here["acked"],
        chain=here["hash"].hex(),
        durable_op=here["durable"],
        incarnation=hello.incarnation,
        role=caller.role.value,
        hashes={number: value.hex() for number, value in hashes.items()},
        feeds=feeds,
        dropped_feeds=tuple(sorted(set(hello.feeds) - {one.id for one in feeds})),
        accept={kind.kind: (1, kind.schema) for kind in kinds},
        min_app=least_app(connection),
        may_pull=may_pull,
        lease_until=lease,
        order=orders.standing_order(connection, caller.device),
    )


def _feeds(connection: sa.Connection, caller: Caller, hello: Hello) -> tuple[FeedHead, ...]:
    numbers = list(organisations.feeds_of(connection, caller.person, caller.workspace))
    rows = connection.execute(sa.select(feed).where(feed.c.id.in_(numbers)).order_by(feed.c.name)).mappings()
    return tuple(
        FeedHead(
            id=row["name"],
            head=row["head"],
            digest=row["digest"],
            floor=row["floor"],
            new=row["name"] not in hello.feeds,
        )
        for row in rows
    )


def _ahead(clock: str, now: dt.datetime) -> int:
    """How many milliseconds a laptop's clock is ahead of ours; 0 if it says nothing that is a moment."""
    try:
        return round((dt.datetime.fromisoformat(clock[:26] + "+00:00") - now).total_seconds() * 1000)
    except ValueError:
        return 0
