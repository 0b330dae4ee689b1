"""The tables of the server. Every journal that reached it lies in one table of lines, the server's own among them."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from liaison_desktop.store.columns import Id

METADATA = sa.MetaData()
_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TEXT, _BLOB, _WHOLE = sa.Text(), sa.LargeBinary(), sa.Integer()


def _column(name: str, kind: Any, *, null: bool = False, key: bool = False) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=null, primary_key=key, autoincrement=False)


def _table(name: str, *parts: Any) -> sa.Table:
    return sa.Table(name, METADATA, *parts, sqlite_strict=True)


def _of(*names: str, kind: Any = _TEXT, null: bool = False) -> list[sa.Column[Any]]:
    return [_column(name, kind, null=null) for name in names]


def _skew() -> sa.Column[Any]:
    """Milliseconds that the laptop's clock was ahead of the server's. It is kept beside what it dated; it decides nothing."""
    return sa.Column("skew_ms", _BIG, nullable=False, server_default="0")


meta = _table("meta", _column("name", _TEXT, key=True), _column("value", _TEXT))

organisation = _table(
    "organisation",
    _column("id", Id(), key=True),
    *_of("name", "server_key", "checkpoint_day"),
    _column("journal", Id()),  # the device id of the server's own lines
    _column("number", _BIG),
    _column("hash", _BLOB),
    _column("lease_days", _WHOLE),
)

unit = _table("unit", _column("id", Id(), key=True), _column("organisation", Id()), *_of("workspace", "name"))

person = _table(
    "person", _column("id", Id(), key=True), _column("organisation", Id()), *_of("name", "role", "state", "since")
)

membership = _table(
    "membership",
    _column("id", Id(), key=True),
    *_of("person", "unit", kind=Id()),
    _column("since", _TEXT),
    _column("until", _TEXT, null=True),
    sa.Index("ix_membership_person", "person"),
)

code = _table(
    "code",
    _column("selector", _BLOB, key=True),
    _column("hash", _BLOB),
    *_of("organisation", "person", kind=Id()),
    *_of("workspace", "expires"),
    _column("tries", _WHOLE),
    _column("used", _TEXT, null=True),
)

device = _table(
    "device",
    _column("id", Id(), key=True),
    *_of("organisation", "person", "journal", kind=Id()),
    *_of("workspace", "key", "name", "app", "os", "state", "enrolled", "seen", "outbox", "lease_until"),
    _column("incarnation", _WHOLE),
    _skew(),
    sa.UniqueConstraint("organisation", "workspace", "journal"),
)

token = _table(
    "token",
    _column("hash", _BLOB, key=True),
    _column("device", Id()),
    *_of("nonce", "expires"),
    sa.UniqueConstraint("nonce"),
    sa.Index("ix_token_device", "device"),
)

order = _table(
    "device_order",
    _column("id", Id(), key=True),
    _column("device", Id()),
    *_of("act", "at", "signature", "asked_by"),
    *_of("confirmed_by", "fetched", "done", null=True),
    sa.Index("ix_device_order_device", "device"),
)

# One chain for each incarnation of a device; an incarnation begins after a line of the one it parted from.
chain = _table(
    "chain",
    _column("device", Id(), key=True),
    _column("incarnation", _WHOLE, key=True),
    _column("parent", _WHOLE),
    *_of("base", "acked", "durable", kind=_BIG),
    _column("hash", _BLOB),
    _column("signature", _TEXT),
)

line = _table(
    "line",
    _column("device", Id(), key=True),
    _column("incarnation", _WHOLE, key=True),
    _column("number", _BIG, key=True),
    *_of("organisation", "journal", "version", kind=Id()),  # `journal` is the device as the line itself names it
    _column("made", Id(), null=True),  # the version again, if the line made one: nothing else may make it
    _column("parents", _BLOB),
    *_of("act", "kind"),
    _column("subject", Id(), null=True),
    _column("actor", Id()),
    *_of("actor_name", "at", "received", "reason"),
    _column("schema", _WHOLE),
    _column("body", _BLOB, null=True),
    *_of("content_hash", "previous", "hash", kind=_BLOB),
    *_of("files", "outcome", "code", "detail", "result"),
    _skew(),
    sa.UniqueConstraint("made"),
    sa.Index("ix_line_subject", "subject"),
)

record = _table(
    "record",
    *(_column(name, Id(), key=True) for name in ("organisation", "subject")),
    *_of("workspace", "kind", "state"),  # live, removed, erased
    _column("head", Id()),
    _column("feed", _WHOLE),
    _column("owner", Id()),
    sa.Index("ix_record_feed", "feed"),
)

feed = _table(
    "feed",
    _column("id", _WHOLE, key=True),
    _column("organisation", Id()),
    *_of("workspace", "name", "digest"),
    *_of("head", "floor", kind=_BIG),
    sa.UniqueConstraint("organisation", "name"),
)

entry = _table(
    "entry",
    _column("feed", _WHOLE, key=True),
    _column("seq", _BIG, key=True),
    *_of("change", "at"),
    _column("subject", Id()),
    *_of("version", "conflict", kind=Id(), null=True),
    sa.Index("ix_entry_subject", "subject"),
)

conflict = _table(
    "conflict",
    _column("id", Id(), key=True),
    *_of("organisation", "subject", "head", "side", kind=Id()),
    _column("base", Id(), null=True),
    *_of("kind", "fields", "state"),
    _column("closed_by", Id(), null=True),
    sa.Index("ix_conflict_subject", "subject"),
)

file = _table(
    "file",
    _column("organisation", Id(), key=True),
    _column("sha256", _BLOB, key=True),
    _column("size", _BIG),
    _column("pieces", _BLOB),
    _column("complete", _WHOLE),
    _column("at", _TEXT),
)

piece = _table(
    "piece",
    _column("organisation", Id(), key=True),
    _column("sha256", _BLOB, key=True),
    _column("number", _WHOLE, key=True),
    _column("content", _BLOB),
)

# Which record refers to a file: whoever may read the one may read the other.
file_use = _table(
    "file_use",
    _column("organisation", Id(), key=True),
    _column("sha256", _BLOB, key=True),
    _column("subject", Id(), key=True),
)

backup = _table("backup", _column("id", Id(), key=True), *_of("at", "name"))
