"""Who works in a store, and what kinds it holds; the device comes from `security`."""

from __future__ import annotations

import uuid

import msgspec

from liaison_desktop.records import Record
from liaison_desktop.security.device import Device


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """The person whose passphrase opened the store. `name` and `role` are printed on documents."""

    id: uuid.UUID
    name: str
    role: str = ""


class Schema(msgspec.Struct, frozen=True, kw_only=True):
    """Which kinds of records a store holds. `name` is also the name of its file and of its migrations."""

    name: str
    kinds: tuple[type[Record], ...]


__all__ = ["Actor", "Device", "Schema"]
