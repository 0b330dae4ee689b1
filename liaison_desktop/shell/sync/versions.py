"""The two versions of a record in conflict as values: which fields differ, what each side has, what may be joined."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

import msgspec

from liaison_desktop.errors import Missing
from liaison_desktop.records import Merging, Record, fields_of, from_bytes, to_bytes
from liaison_desktop.store import Store
from liaison_desktop.store.central.deciding import write_apart, write_decided
from liaison_desktop.store.central.disputes import Dispute
from liaison_desktop.sync.catalogue import catalogues
from liaison_desktop.sync.merge import Shape, differing, merge


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One field: what it was, what each side made of it. `joins` says that both can be kept in it."""

    name: str
    label: str
    before: Any
    mine: Any
    theirs: Any
    joins: bool = False

    def value(self, side: str) -> Any:
        """What the field holds if this side is chosen, or both."""
        if side == "both":
            return joined(self.mine, self.theirs)
        return self.mine if side == "mine" else self.theirs


class Both(msgspec.Struct, frozen=True, kw_only=True):
    """Both versions. `merged` are the fields that only one side changed: they need no person.

    `theirs` is None where that side removed the record.
    """

    kind: type[Record]
    mine: Record
    theirs: Record | None
    rows: tuple[Row, ...]
    merged: tuple[Row, ...]
    mine_is_own: bool
    mine_by: str
    mine_at: str
    theirs_by: str
    theirs_at: str
    side_is_mine: bool

    @property
    def can_be_two(self) -> bool:
        """Whether the other version may become a record of its own."""
        return self.theirs is not None and self.kind.merging is not Merging.IMMUTABLE

    def keep_two(self, store: Store, dispute: Dispute) -> None:
        """Let the row stand as it is, and save the other version as a new record; both in one transaction."""
        head = store.get(self.kind, dispute.subject)
        other = from_bytes(self.kind, dispute.side_body)
        write_apart(store, head, other, dispute.side)


def both_of(store: Store, dispute: Dispute) -> Both:
    """Both versions of a conflict, the own one first. Raises Missing if the record is no longer here."""
    kind = store.kinds.get(dispute.kind)
    head = store.find(kind, dispute.subject) if kind is not None else None
    if kind is None or head is None:
        raise Missing("This record is no longer here.")
    side = None if dispute.side_removed or not dispute.side_body else from_bytes(kind, dispute.side_body)
    base = from_bytes(kind, dispute.base_body) if dispute.base_body else None
    side_is_mine = _is_own(store, dispute.side)
    mine, theirs = (side, head) if side_is_mine and side is not None else (head, side)
    by, at = _author(store, head.version)
    authors = ((dispute.side_by, dispute.side_at), (by, at))
    first, second = authors if mine is side else (authors[1], authors[0])
    names = _names(dispute, mine, theirs)
    labels = {spec.name: spec.field.label for spec in fields_of(kind)}
    rows = tuple(_row(name, labels, base, mine, theirs) for name in names if name in labels)
    return Both(
        kind=kind,
        mine=mine,
        theirs=theirs,
        rows=rows,
        merged=_merged(dispute, kind, base, mine, theirs, labels, set(names)),
        mine_is_own=side_is_mine or _is_own(store, head.version),
        mine_by=first[0],
        mine_at=first[1],
        theirs_by=second[0],
        theirs_at=second[1],
        side_is_mine=side_is_mine,
    )


def _names(dispute: Dispute, mine: Record, theirs: Record | None) -> tuple[str, ...]:
    if theirs is None:
        return ()
    return dispute.fields or differing(_body(mine), _body(theirs))


def _body(record: Record) -> dict[str, Any]:
    body: dict[str, Any] = msgspec.json.decode(to_bytes(record))
    return body


def _row(name: str, labels: Mapping[str, str], base: Record | None, mine: Record, theirs: Record | None) -> Row:
    sides = (getattr(mine, name), getattr(theirs, name) if theirs is not None else None)
    joins = all(isinstance(one, tuple) for one in sides) or all(isinstance(one, str) and one for one in sides)
    before = getattr(base, name) if base is not None else None
    return Row(name=name, label=labels[name], before=before, mine=sides[0], theirs=sides[1], joins=joins)


def _merged(
    dispute: Dispute,
    kind: type[Record],
    base: Record | None,
    mine: Record,
    theirs: Record | None,
    labels: Mapping[str, str],
    asked: set[str],
) -> tuple[Row, ...]:
    """Fields that one side alone changed, each with the value that is taken as `mine`."""
    if theirs is None or base is None:
        return ()
    body = merge(_body(base), _body(theirs), _body(mine), _shapes(dispute.kind)).body
    whole = from_bytes(kind, msgspec.json.encode({**_body(mine), **{k: v for k, v in body.items() if k not in asked}}))
    changed = set(differing(_body(base), _body(mine))) | set(differing(_body(base), _body(theirs)))
    return tuple(
        Row(
            name=name,
            label=labels[name],
            before=getattr(base, name),
            mine=getattr(whole, name),
            theirs=getattr(theirs, name),
        )
        for name in sorted(changed - asked)
        if name in labels
    )


def _shapes(kind: str) -> Mapping[str, Shape]:
    for catalogue in catalogues().values():
        if kind in catalogue.by_kind:
            return catalogue.by_kind[kind].shapes
    return {}


def joined(mine: Any, theirs: Any) -> Any:
    """Both values of a field: texts one below the other, lists with what the other adds."""
    if isinstance(mine, tuple):
        return (*mine, *(one for one in theirs if one not in mine))
    if theirs in mine:
        return mine
    return theirs if mine in theirs else f"{mine}\n{theirs}"


def saved_from(store: Store, dispute: Dispute, both: Both, chosen: Mapping[str, str]) -> Record:
    """Save the record with what was chosen, in sight of both versions. Raises Refused, Stale."""
    values: dict[str, Any] = {field.name: field.mine for field in both.merged}
    values |= {field.name: field.value(chosen[field.name]) for field in both.rows}
    head = store.get(both.kind, dispute.subject)
    if both.theirs is None:
        values = {}
    record = msgspec.structs.replace(head, **values)
    return write_decided(store, record, dispute.side, reason="decided between two versions")


def _is_own(store: Store, version: uuid.UUID | None) -> bool:
    return version is not None and store.central.is_own(version)


def _author(store: Store, version: uuid.UUID | None) -> tuple[str, str]:
    return store.central.author(version) if version is not None else ("", "")
