"""Who works in a store, on which device, and what kinds it holds."""

from __future__ import annotations

import uuid

import msgspec

from liaison_desktop.records import Record


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """The person whose passphrase opened the store. `name` and `role` are printed on documents."""

    id: uuid.UUID
    name: str
    role: str = ""


class Device(msgspec.Struct, frozen=True, kw_only=True):
    """This laptop. `prefix` is a few characters that head every number issued here, so that none is issued twice."""

    id: uuid.UUID
    name: str
    prefix: str


class Schema(msgspec.Struct, frozen=True, kw_only=True):
    """Which kinds of records a store holds. `name` is also the name of its file and of its migrations."""

    name: str
    kinds: tuple[type[Record], ...]
