"""Orders of the organisation to this laptop: what may be believed, and how it is told that they were carried out.

An order counts only with the signature of the key that was pinned when the laptop was enrolled. A laptop that was
taken off the list can do nothing but fetch its order and say that it was done.
"""

from __future__ import annotations

import enum

import msgspec

from liaison_desktop.sync import signed, wire
from liaison_desktop.sync.account import Account
from liaison_desktop.sync.conversation import Conversation, Objection


class Act(enum.StrEnum):
    """What the laptop is told to do."""

    LOCK = "lock"
    PUSH_THEN_WIPE = "push_then_wipe"
    WIPE = "wipe"


class Duty(msgspec.Struct, frozen=True, kw_only=True):
    """An order that was checked, with all that is needed to report it when nothing of the store is left."""

    act: Act
    order: wire.Order
    account: Account
    key: bytes


def fetch_order(conversation: Conversation, account: Account, key: bytes) -> wire.Order | None:
    """The order for a laptop that is let in no more. Raises Objection, Unreachable."""
    asked = wire.OrderRequest(device=account.device)
    for _attempt in (1, 2):
        try:
            return conversation.ask(f"{wire.ROOT}/order", asked, wire.OrderReply).order
        except Objection as problem:
            nonce = problem.told.nonce
            if problem.told.code is not wire.ProblemCode.NONCE or not nonce:
                raise
            signature = signed.sign(key, signed.order_request(nonce, account.device))
            asked = wire.OrderRequest(device=account.device, nonce=nonce, signature=signature)
    return None


def duty_of(order: wire.Order, account: Account, key: bytes) -> Duty | None:
    """The order as something to do; None if it is not for us, not signed by our organisation, or of a kind unknown here."""
    if order.device != account.device:
        return None
    if not signed.is_signed(account.server_key, signed.order_message(order), order.signature):
        return None
    try:
        act = Act(order.act)
    except ValueError:
        return None
    return Duty(act=act, order=order, account=account, key=key)


def report_done(conversation: Conversation, duty: Duty) -> None:
    """Tell the server that it was carried out. Raises Objection, Unreachable."""
    signature = signed.sign(duty.key, signed.order_done(duty.order.id, duty.account.device))
    done = wire.OrderDone(device=duty.account.device, signature=signature)
    conversation.ask(f"{wire.ROOT}/order/{duty.order.id}/done", done, wire.Empty)
