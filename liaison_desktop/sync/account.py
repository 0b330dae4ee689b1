"""Who this laptop is at the centre: kept inside the encrypted store, the private key with it.

The key never lies in a file or in the system's safe: whoever may open the store may speak for the device, nobody else.
"""

from __future__ import annotations

import uuid

import msgspec

from liaison_desktop.store.central.door import Central
from liaison_desktop.sync.wire import Enrolled

_ACCOUNT, _KEY = "account", "device_key"


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """The device as the server knows it. `server_key` is pinned: orders are signed with it."""

    server: str
    device: uuid.UUID
    person: uuid.UUID
    organisation: uuid.UUID
    organisation_name: str
    person_name: str
    role: str
    workspace: str
    server_key: str
    incarnation: int = 1
    epoch: str = ""
    lease_days: int = 30


def account_of(central: Central) -> Account | None:
    """The account of a store, or None for one that is on this laptop only."""
    found = central.fact(_ACCOUNT)
    return msgspec.json.decode(found, type=Account) if found else None


def key_of(central: Central) -> bytes:
    """The private Ed25519 key of this device. Raises LookupError if the store has no account."""
    found = central.fact(_KEY)
    if found is None:
        raise LookupError("this store has no account")
    return found


def keep_account(central: Central, account: Account, key: bytes | None = None) -> None:
    """Keep the account, and the key of a new one."""
    content = msgspec.json.encode(account)
    if key is None:
        central.keep(**{_ACCOUNT: content})
    else:
        central.keep(**{_ACCOUNT: content, _KEY: key})


def account_from(server: str, told: Enrolled) -> Account:
    """The account that an enrolment made."""
    return Account(
        server=server,
        device=told.device,
        person=told.person,
        organisation=told.organisation,
        organisation_name=told.organisation_name,
        person_name=told.person_name,
        role=told.role,
        workspace=told.workspace,
        server_key=told.server_key,
        incarnation=told.incarnation,
        epoch=told.epoch,
        lease_days=told.policy.lease_days,
    )
