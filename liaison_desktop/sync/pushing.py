"""Sends the lines of the journal that the server does not have yet, in order, and keeps what became of each."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING

from liaison_desktop.records import Line
from liaison_desktop.store.central.door import ACKED
from liaison_desktop.store.store import Store
from liaison_desktop.sync import signed, wire
from liaison_desktop.sync.account import Account, key_of
from liaison_desktop.sync.catalogue import catalogues
from liaison_desktop.sync.conversation import Conversation, Objection

if TYPE_CHECKING:
    from liaison_desktop.sync.round import Round, Step

_FILE = re.compile(rb'"([0-9a-f]{64})"')
_ROOM = 4096  # bytes of an operation beside its body
_TELLING = (wire.Outcome.REJECTED, wire.Outcome.MERGED, wire.Outcome.CONFLICT)


def push_all(
    store: Store, account: Account, conversation: Conversation, welcome: wire.Welcome, done: Round, told: Step
) -> None:
    """Send everything that waits. Raises Objection `fork` if the server has another line of that number."""
    central, most = store.central, welcome.limits.ops
    schemas = _schemas(store)
    key, skew = key_of(central), _skew(store)
    total = central.last()[0] - central.acked
    while lines := central.lines_after(central.acked, most):
        told(done.sent, max(total, done.sent))
        batch = _fitting(lines, welcome.limits.bytes)
        ops = [op_for(store, line, schemas, skew_ms=skew) for line in batch]
        message = signed.chain_message(account.device, account.incarnation, ops[-1].number, ops[-1].hash)
        push = wire.Push(
            device=account.device,
            incarnation=account.incarnation,
            ops=tuple(ops),
            signature=signed.sign(key, message),
        )
        try:
            pushed = conversation.post(f"{wire.ROOT}/push", push, wire.Pushed)
        except Objection as problem:
            if problem.told.code is wire.ProblemCode.GAP:
                central.keep(**{ACKED: str(problem.told.acked).encode()})
                continue
            if problem.told.code is wire.ProblemCode.TOO_LARGE and len(batch) > 1:
                most = max(1, len(batch) // 2)
                continue
            raise
        _keep(store, batch, pushed, done)


def _keep(store: Store, batch: list[Line], pushed: wire.Pushed, done: Round) -> None:
    """An acknowledgement counts only if it names our own chain: otherwise somebody else's answer would empty the outbox."""
    if pushed.acked_op < batch[-1].number or store.central.hash_at(pushed.acked_op) != bytes.fromhex(pushed.chain):
        raise Objection(wire.ProblemDetails(code=wire.ProblemCode.FORK, status=409))
    about = {line.number: line.subject for line in batch}
    turned_down: set[uuid.UUID] = set()
    with store.central.receiving() as receiving:
        for result in pushed.results:
            if result.outcome in _TELLING:
                detail = result.detail or ", ".join(result.took or result.fields)
                receiving.result(result.number, result.outcome.value, result.code.value if result.code else "", detail)
                subject = about.get(result.number)
                if subject is not None and result.outcome is not wire.Outcome.MERGED:
                    turned_down.add(subject)
            for name in result.missing:
                receiving.want_file(name, "up")
        receiving.fact(ACKED, str(pushed.acked_op).encode())
        receiving.acknowledged(pushed.acked_op, turned_down)
    done.changed |= receiving.changed
    done.sent += sum(1 for line in batch if line.act in ("saved", "removed"))


def op_for(store: Store, line: Line, schemas: Callable[[str], int], *, skew_ms: int = 0) -> wire.Op:
    """A line as it travels, with the schema of its kind and the files its content names."""
    names = dict.fromkeys(found.decode() for found in _FILE.findall(line.content))
    files = tuple(name for name in names if store.attachments.has(name))
    return wire.op_of(line, schema=schemas(line.kind), files=files, skew_ms=skew_ms)


def _schemas(store: Store) -> Callable[[str], int]:
    catalogue = catalogues().get(store.schema.name)
    known = {entry.kind: entry.schema for entry in catalogue.kinds} if catalogue else {}
    return lambda kind: known.get(kind, 0)


def _fitting(lines: tuple[Line, ...], most: int) -> list[Line]:
    """As many lines from the first on as fit into one request, one at least."""
    batch: list[Line] = []
    size = 0
    for line in lines:
        size += len(line.content) + _ROOM
        if batch and size > most:
            break
        batch.append(line)
    return batch


def _skew(store: Store) -> int:
    return int(store.central.fact("skew_ms") or b"0")
