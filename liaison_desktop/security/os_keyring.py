"""The OS keyring behind a small border. It only ever holds a device secret that opens an extra slot.

The keyring is never the only way in, and a missing, locked or changed entry never makes a new key: it is answered
with `AskPassphrase`. Calls may block on a dialog of the system, so never on the window's thread.
"""

from __future__ import annotations

import base64
import binascii
import enum
import secrets
import uuid
from typing import Protocol

from liaison_desktop.errors import LiaisonError
from liaison_desktop.security.keys import KEY_BYTES

# Backends that keep the secret in clear or nowhere; using one would be worse than having no quick unlock.
_REFUSED = ("keyring.backends.fail", "keyring.backends.null", "keyrings.alt", "keyring.backends.chainer")


class Trouble(enum.Enum):
    """Why the keyring did not help."""

    ABSENT = "absent"  # this computer has no keyring we may use
    LOCKED = "locked"
    MISSING = "missing"  # the entry is gone
    CHANGED = "changed"  # another backend than the one that took the secret, or another secret
    NOT_KEPT = "not kept"  # it was given a secret and could not give it back
    EXPIRED = "expired"  # the passphrase has to be given from time to time


_WORDS = {
    Trouble.ABSENT: "This computer's key store cannot be used. Enter your passphrase.",
    Trouble.LOCKED: "This computer's key store is locked. Enter your passphrase.",
    Trouble.MISSING: "This computer did not give us the quick-unlock key. Enter your passphrase.",
    Trouble.CHANGED: "This computer's key store has changed. Enter your passphrase.",
    Trouble.NOT_KEPT: "This computer's key store does not keep what it is given, so quick unlock stays off.",
    Trouble.EXPIRED: "It is time to enter your passphrase again.",
}


class AskPassphrase(LiaisonError):
    """Quick unlock did not work, and why; the passphrase always does."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(_WORDS[trouble])
        self.trouble = trouble


class Keyring(Protocol):
    """A keyring as we use it. Each call may raise AskPassphrase."""

    def name(self) -> str:
        """The backend's class, recorded in the slot so that a change is noticed."""

    def get(self, service: str, person: str) -> str | None:
        """The secret, or None when there is no such entry."""

    def put(self, service: str, person: str, secret: str) -> None:
        """Keep a secret of at most 44 characters."""

    def drop(self, service: str, person: str) -> None:
        """Forget a secret; no error when there is none."""


class OsKeyring:
    """The keyring of the operating system, loaded at first use."""

    def name(self) -> str:
        """Module and class of the active backend."""
        import keyring

        backend = type(keyring.get_keyring())
        return f"{backend.__module__}.{backend.__qualname__}"

    def _usable(self) -> None:
        import keyring

        if self.name().startswith(_REFUSED):
            raise AskPassphrase(Trouble.ABSENT)
        backend = keyring.get_keyring()
        if hasattr(backend, "persist"):
            # Windows would otherwise let the secret roam to other computers of the domain.
            backend.persist = "local machine"

    def get(self, service: str, person: str) -> str | None:
        """See Keyring.get."""
        import keyring
        import keyring.errors

        self._usable()
        try:
            return keyring.get_password(service, person)
        except keyring.errors.KeyringLocked:
            raise AskPassphrase(Trouble.LOCKED) from None
        except keyring.errors.KeyringError:
            raise AskPassphrase(Trouble.ABSENT) from None

    def put(self, service: str, person: str, secret: str) -> None:
        """See Keyring.put."""
        import keyring
        import keyring.errors

        self._usable()
        try:
            keyring.set_password(service, person, secret)
        except keyring.errors.KeyringLocked:
            raise AskPassphrase(Trouble.LOCKED) from None
        except keyring.errors.KeyringError:
            raise AskPassphrase(Trouble.ABSENT) from None

    def drop(self, service: str, person: str) -> None:
        """See Keyring.drop."""
        import keyring
        import keyring.errors

        try:
            keyring.delete_password(service, person)
        except keyring.errors.KeyringError:
            return  # nothing there, or not reachable: the slot it opened is removed anyway


def service_name(store: uuid.UUID) -> str:
    """One service per store: some backends move entries when two users share a service name."""
    return f"Liaison Desktop {store}"


def keep_new_secret(ring: Keyring, service: str, person: str) -> bytes:
    """Make a device secret, hand it to the keyring and read it back. Raises AskPassphrase if it was not kept."""
    raw = secrets.token_bytes(KEY_BYTES)
    text = base64.b64encode(raw).decode()
    ring.put(service, person, text)
    if ring.get(service, person) != text:
        raise AskPassphrase(Trouble.NOT_KEPT)
    return raw


def kept_secret(ring: Keyring, service: str, person: str) -> bytes:
    """The device secret. Raises AskPassphrase when it is missing or is not one of ours."""
    text = ring.get(service, person)
    if text is None:
        raise AskPassphrase(Trouble.MISSING)
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise AskPassphrase(Trouble.CHANGED) from None
    if len(raw) != KEY_BYTES:
        raise AskPassphrase(Trouble.CHANGED)
    return raw
