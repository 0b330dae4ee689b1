"""Parcels between two laptops: what goes in, and what becomes of what comes out. The same merge as at a server.

The receiver decides between its own version of a record and the one that came, by the policy declared with the record:
merged where no field was changed on both sides, otherwise both are kept and a person decides on the same screen.
"""

from __future__ import annotations

import uuid

import msgspec

from liaison_desktop.errors import Damaged
from liaison_desktop.i18n import tr
from liaison_desktop.records import Line, Record, from_bytes, line_hash, to_bytes
from liaison_desktop.store.central.deciding import write_decided
from liaison_desktop.store.central.disputes import Dispute
from liaison_desktop.store.store import Store
from liaison_desktop.sync import wire
from liaison_desktop.sync.ancestry import ancestors, common_ancestor
from liaison_desktop.sync.catalogue import KindEntry, catalogues
from liaison_desktop.sync.deciding import Decision, Held, Incoming, decide
from liaison_desktop.sync.laptops import Address, known_laptops, own_address, own_keys
from liaison_desktop.sync.parcel import Contents, FilePart, open_parcel, seal_parcel
from liaison_desktop.sync.pushing import op_for

_GIVEN = "parcel_"  # the number of the last own line that went to a laptop
MOST_LINES = 20_000


class Taken(msgspec.Struct, kw_only=True):
    """What became of a parcel: records new or brought up to date, merged, in conflict, refused, and known already."""

    sender: str
    shown: int = 0
    merged: int = 0
    conflicts: int = 0
    refused: int = 0
    known: int = 0
    changed: set[str] = msgspec.field(default_factory=set)


def make_parcel(store: Store, to: Address, *, everything: bool = False) -> tuple[bytes, int]:
    """The parcel of what was written here since the last one for that laptop, and how many versions are in it.

    `everything` begins from the first line. Call `parcel_given` once it lies where it was meant to.
    """
    central = store.central
    after = 0 if everything else int(central.fact(_GIVEN + to.signs) or b"0")
    lines = [line for line in central.lines_after(after, MOST_LINES) if line.act in (wire.SAVED, wire.REMOVED)]
    names: dict[str, None] = {}
    parts = []
    for line in lines:
        op = op_for(store, line, lambda _kind: 0)
        names |= dict.fromkeys(op.files)
        parts.append((line.device, line.previous.hex(), op))
    files = tuple(FilePart(name, store.attachments.get(name)) for name in names)
    own = own_address(central, store.device.name, store.schema.name)
    contents = Contents(journal=store.device.id, lines=tuple(parts), files=files)
    return seal_parcel(contents, by=own, signing_key=own_keys(central)[1], to=to, now=store.clock()), len(parts)


def parcel_given(store: Store, to: Address) -> None:
    """The parcel lies on the stick: the next one begins after it."""
    store.central.keep(**{_GIVEN + to.signs: str(store.central.last()[0]).encode()})


def take_parcel(store: Store, content: bytes) -> Taken:
    """Take a parcel in. Raises Damaged, Refused; then nothing was taken.

    One record at a time, each step as a whole: taken again after it was torn, it goes on where it tore.
    """
    own = own_address(store.central, store.device.name, store.schema.name)
    sender, contents = open_parcel(
        content, own=own, opening_key=own_keys(store.central)[0], known=known_laptops(store.central), now=store.clock()
    )
    taken = Taken(sender=sender.name)
    with store.central.receiving() as receiving:
        for part in contents.files:
            receiving.file_done(part.sha256, "down", part.content)
    lines = [wire.line_of(op, device, bytes.fromhex(previous)) for device, previous, op in contents.lines]
    if any(line_hash(line) != line.hash for line in lines):
        raise Damaged(tr("This parcel was changed on its way, or is not complete."))
    catalogue = catalogues()[store.schema.name].by_kind
    newest = {line.subject: line for line in lines}
    for line in lines:
        entry = catalogue.get(line.kind)
        if entry is None or line.subject is None or line.kind not in store.kinds:
            taken.refused += 1
        elif newest[line.subject] is line:
            _take(store, line, line.subject, entry, taken)
        else:
            # Only where a record stands now is decided on; how it came there is kept as its history.
            with store.central.receiving() as receiving:
                receiving.keep(line, 1)
    return taken


def _take(store: Store, line: Line, subject: uuid.UUID, entry: KindEntry, taken: Taken) -> None:
    central = store.central
    parents = central.parents(subject)
    row = store.find(store.kinds[line.kind], subject)
    held = row.version if row is not None else central.removal_of(subject)
    if held == line.version or central.disputed(line.version) or (held and line.version in ancestors(parents, held)):
        taken.known += 1
        return
    if held is None or held in ancestors({**parents, line.version: line.parents}, line.version):
        _show(store, line, taken)
        return
    mine = None if row is None else msgspec.json.decode(to_bytes(row))
    theirs = msgspec.json.decode(line.content) if line.content else None

    def base(first: tuple[uuid.UUID, ...], second: uuid.UUID) -> tuple[uuid.UUID | None, dict[str, object] | None]:
        found = common_ancestor(parents, first, second)
        body = central.content(found) if found else None
        return found, msgspec.json.decode(body) if body else None

    decision = decide(
        Incoming(version=line.version, parents=line.parents, kind=line.kind, body=theirs),
        Held(head=held, body=mine, kind=line.kind),
        entry,
        [],
        base,
    )
    _do(store, line, row, decision, taken)


def _do(store: Store, line: Line, row: Record | None, decision: Decision, taken: Taken) -> None:
    if decision.merged is not None and row is not None:
        with store.central.receiving() as receiving:
            receiving.keep(line, 1)
        record = from_bytes(type(row), msgspec.json.encode(decision.merged))
        whole = msgspec.structs.replace(record, version=row.version)
        write_decided(store, whole, line.version, reason="merged with what came from another laptop")
        taken.merged += 1
        taken.changed.add(line.kind)
    elif decision.opened is not None:
        with store.central.receiving() as receiving:
            receiving.keep(line, 1)
            receiving.dispute(_dispute(store, line, decision))
        taken.conflicts += 1
        taken.changed.add(line.kind)
    elif decision.head == line.version:
        _show(store, line, taken)
    else:
        taken.refused += 1


def _show(store: Store, line: Line, taken: Taken) -> None:
    with store.central.receiving() as receiving:
        receiving.keep(line, 1)
        shown = receiving.take_over(line)
        receiving.decided_by(line)
    taken.changed |= receiving.changed
    taken.shown += int(shown)
    taken.refused += int(not shown)


def _dispute(store: Store, line: Line, decision: Decision) -> Dispute:
    """The conflict as it is shown. Here the row is what this laptop has, and the side is what came."""
    quarrel = decision.opened
    assert quarrel is not None
    assert line.subject is not None
    head, side = (quarrel.head, quarrel.side) if quarrel.side == line.version else (quarrel.side, quarrel.head)
    return Dispute(
        id=quarrel.id,
        subject=line.subject,
        kind=line.kind,
        fields=quarrel.fields,
        head=head,
        side=side,
        base=quarrel.base,
        side_body=line.content,
        base_body=(store.central.content(quarrel.base) or b"") if quarrel.base else b"",
        side_removed=not line.content,
        side_by=line.actor_name,
        side_at=line.at,
    )
