"""Every route of the server, with its rule: who may call it. A route that is not in this table is not served."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from liaison_desktop.server import (
    chains,
    enrolling,
    filing,
    greeting,
    orders,
    overseeing,
    pulling,
    receiving,
    reconciling,
    tokens,
)
from liaison_desktop.server.asking import Ask
from liaison_desktop.server.authorising import Rule
from liaison_desktop.sync import wire
from liaison_desktop.sync.wire import ROOT, Empty


class Route(msgspec.Struct, frozen=True, kw_only=True):
    """One route. `takes` is the struct of its body, None where there is none; `pieces` says that it takes plain bytes."""

    method: str
    path: str
    rule: Rule
    does: Callable[[Ask], Any]
    gives: type[Any]
    takes: type[Any] | None = None
    pieces: bool = False
    status: int = 200
    query: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()  # which of the query are whole numbers


def _health(ask: Ask) -> Empty:
    with ask.database.reading() as connection:
        ask.database.epoch(connection)
    return Empty()


def _pull(ask: Ask) -> wire.Pulled:
    return pulling.pull(
        ask.database,
        ask.caller,
        feed=ask.text("feed"),
        epoch=ask.text("epoch"),
        after=ask.whole("after", 0),
        limit=ask.whole("limit", wire.LIMITS.ops),
    )


def _quarantine(ask: Ask) -> wire.QuarantineList:
    with ask.database.reading() as connection:
        return overseeing.quarantine(connection, ask.caller.organisation, ask.caller.device)


def _all_quarantine(ask: Ask) -> wire.QuarantineList:
    with ask.database.reading() as connection:
        return overseeing.quarantine(connection, ask.caller.organisation)


def _devices(ask: Ask) -> wire.DeviceList:
    with ask.database.reading() as connection:
        return overseeing.devices(connection, ask.caller.organisation)


def _journal(ask: Ask) -> wire.JournalPage:
    with ask.database.reading() as connection:
        return overseeing.journal_page(connection, ask.caller.organisation, ask.whole("after", 0))


def _piece(ask: Ask) -> Empty:
    return filing.put_piece(ask.database, ask.caller, ask.path["name"], ask.number_in_path("piece"), ask.content)


ROUTES: tuple[Route, ...] = (
    Route(method="GET", path=f"{ROOT}/health", rule=Rule.ANYONE, does=_health, gives=Empty),
    Route(
        method="POST",
        path=f"{ROOT}/enrol",
        rule=Rule.CODE,
        does=lambda ask: enrolling.enrol(ask.database, ask.body),
        takes=wire.Enrolment,
        gives=wire.Enrolled,
        status=201,
    ),
    Route(
        method="POST",
        path=f"{ROOT}/token",
        rule=Rule.DEVICE_KEY,
        does=lambda ask: tokens.give_token(ask.database, ask.body, ask.host),
        takes=wire.TokenRequest,
        gives=wire.Token,
    ),
    Route(
        method="POST",
        path=f"{ROOT}/order",
        rule=Rule.DEVICE_KEY,
        does=lambda ask: orders.fetch_order(ask.database, ask.body),
        takes=wire.OrderRequest,
        gives=wire.OrderReply,
    ),
    Route(
        method="POST",
        path=f"{ROOT}/order/{{id}}/done",
        rule=Rule.DEVICE_KEY,
        does=lambda ask: orders.finish_order(ask.database, ask.id_in_path("id"), ask.body),
        takes=wire.OrderDone,
        gives=Empty,
    ),
    Route(
        method="POST",
        path=f"{ROOT}/hello",
        rule=Rule.DEVICE,
        does=lambda ask: greeting.greet(ask.database, ask.caller, ask.body),
        takes=wire.Hello,
        gives=wire.Welcome,
    ),
    Route(
        method="POST",
        path=f"{ROOT}/push",
        rule=Rule.WRITER,
        does=lambda ask: receiving.receive(ask.database, ask.caller, ask.body),
        takes=wire.Push,
        gives=wire.Pushed,
    ),
    Route(
        method="POST",
        path=f"{ROOT}/incarnate",
        rule=Rule.WRITER,
        does=lambda ask: chains.incarnate(ask.database, ask.caller, ask.body),
        takes=wire.Incarnate,
        gives=wire.Incarnated,
    ),
    Route(
        method="GET",
        path=f"{ROOT}/pull",
        rule=Rule.READER,
        does=_pull,
        gives=wire.Pulled,
        query=("feed", "epoch", "after", "limit"),
        numbers=("after", "limit"),
    ),
    Route(
        method="POST",
        path=f"{ROOT}/reconcile",
        rule=Rule.READER,
        does=lambda ask: reconciling.reconcile(ask.database, ask.caller, ask.body),
        takes=wire.Reconcile,
        gives=wire.Reconciled,
    ),
    Route(
        method="POST",
        path=f"{ROOT}/fetch",
        rule=Rule.READER,
        does=lambda ask: pulling.fetch(ask.database, ask.caller, ask.body),
        takes=wire.Fetch,
        gives=wire.Fetched,
    ),
    Route(
        method="POST",
        path=f"{ROOT}/files",
        rule=Rule.WRITER,
        does=lambda ask: filing.offer(ask.database, ask.caller, ask.body),
        takes=wire.FileOffer,
        gives=wire.FileWanted,
    ),
    Route(
        method="PUT",
        path=f"{ROOT}/files/{{name}}/{{piece}}",
        rule=Rule.WRITER,
        does=_piece,
        pieces=True,
        gives=Empty,
    ),
    Route(
        method="POST",
        path=f"{ROOT}/files/{{name}}/commit",
        rule=Rule.WRITER,
        does=lambda ask: filing.commit(ask.database, ask.caller, ask.path["name"]),
        gives=wire.FileWanted,
    ),
    Route(
        method="GET",
        path=f"{ROOT}/files/{{name}}",
        rule=Rule.READER,
        does=lambda ask: filing.read(ask.database, ask.caller, ask.path["name"], ask.range),
        gives=filing.Part,
    ),
    Route(method="GET", path=f"{ROOT}/quarantine", rule=Rule.DEVICE, does=_quarantine, gives=wire.QuarantineList),
    Route(
        method="GET",
        path=f"{ROOT}/oversight/quarantine",
        rule=Rule.OVERSEER,
        does=_all_quarantine,
        gives=wire.QuarantineList,
    ),
    Route(method="GET", path=f"{ROOT}/oversight/devices", rule=Rule.OVERSEER, does=_devices, gives=wire.DeviceList),
    Route(
        method="GET",
        path=f"{ROOT}/oversight/journal",
        rule=Rule.OVERSEER,
        does=_journal,
        gives=wire.JournalPage,
        query=("after",),
        numbers=("after",),
    ),
    Route(
        method="POST",
        path=f"{ROOT}/oversight/codes",
        rule=Rule.ADMINISTRATOR,
        does=lambda ask: overseeing.give_code(ask.database, ask.caller, ask.body),
        takes=wire.CodeRequest,
        gives=wire.CodeGiven,
        status=201,
    ),
    Route(
        method="POST",
        path=f"{ROOT}/oversight/devices/{{id}}/revoke",
        rule=Rule.ADMINISTRATOR,
        does=lambda ask: overseeing.revoke(ask.database, ask.caller, ask.id_in_path("id")),
        gives=Empty,
    ),
    Route(
        method="POST",
        path=f"{ROOT}/oversight/devices/{{id}}/order",
        rule=Rule.ADMINISTRATOR,
        does=lambda ask: overseeing.give_order(ask.database, ask.caller, ask.id_in_path("id"), ask.body.act),
        takes=wire.OrderAsked,
        gives=wire.OrderGiven,
        status=201,
    ),
    Route(
        method="POST",
        path=f"{ROOT}/oversight/devices/{{id}}/confirm",
        rule=Rule.ADMINISTRATOR,
        does=lambda ask: overseeing.confirm_order(ask.database, ask.caller, ask.id_in_path("id")),
        gives=Empty,
    ),
)
