"""Where two chains of one device parted: the last line that this disk and the server both have."""

from __future__ import annotations

from liaison_desktop.store.central.door import Central
from liaison_desktop.sync import wire
from liaison_desktop.sync.account import Account
from liaison_desktop.sync.conversation import Conversation

_PROBES = 32  # lines compared by one request


def common_line(central: Central, account: Account, conversation: Conversation) -> int:
    """The number of the last common line; 0 if there is none. A few requests, however long the chains are."""
    low, high = 0, central.last()[0]
    while low < high:
        span = high - low
        asked = sorted({low + max(1, span * turn // _PROBES) for turn in range(1, _PROBES + 1)} | {high})
        hello = wire.Hello(device=account.device, incarnation=account.incarnation, probe=tuple(asked))
        told = conversation.post(f"{wire.ROOT}/hello", hello, wire.Welcome).hashes
        for number in asked:
            here = central.hash_at(number)
            if here is not None and told.get(number) == here.hex():
                low = number
            else:
                high = number - 1
                break
    return low
