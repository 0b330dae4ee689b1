"""Orders to a device that was lost or revoked, and what it answers."""

from __future__ import annotations

import uuid

from liaison_desktop.sync.wire.base import Short, SignatureText, Struct


class Order(Struct, frozen=True, kw_only=True):
    """What a device must do, signed with the key it pinned. `act` is `lock`, `push_then_wipe` or `wipe`."""

    id: uuid.UUID
    device: uuid.UUID
    act: str
    at: str
    signature: str = ""


class OrderRequest(Struct, frozen=True, kw_only=True):
    """Asked with the device key alone, so that a revoked device can. `signature` is over `signed.order_request`."""

    device: uuid.UUID
    nonce: Short = ""
    signature: str = ""


class OrderReply(Struct, frozen=True, kw_only=True):
    """The order that stands, if one does."""

    order: Order | None = None


class OrderDone(Struct, frozen=True, kw_only=True):
    """The device did what it was told. `signature` is over `signed.order_done`."""

    device: uuid.UUID
    signature: SignatureText
