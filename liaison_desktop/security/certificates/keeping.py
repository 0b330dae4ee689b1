"""How the seal's key rests: inside the encrypted store, and where the system has a safe, only half of it there.

With a keyring the key is wrapped by AES-256-GCM under a secret that the keyring alone holds: whoever takes the store
to another computer, or reads the keyring of this one while the store is locked, cannot seal. Without a keyring the
encrypted store alone protects it. It is never in a file and never in the journal, which other laptops may receive.
"""

from __future__ import annotations

import contextlib
import secrets
import uuid

import msgspec

from liaison_desktop.security.certificates.identity import NoSeal
from liaison_desktop.security.keys import stretch, wipe
from liaison_desktop.security.os_keyring import AskPassphrase, Keyring, keep_new_secret, kept_secret

_PERSON, _PURPOSE = "seal", "liaison-desktop/seal-key/v1"
_NONCE_BYTES = 12
_LOST = (
    "This computer's key store does not give the key of the seal. Unlock the key store and try again, "
    "or make a new seal in Settings. Nothing that was sealed is lost."
)


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """A secret at rest. `entry` names what the keyring holds for it; without one, `content` is the secret itself."""

    content: bytes
    nonce: bytes = b""
    entry: str = ""
    backend: str = ""

    def __repr__(self) -> str:
        return f"Kept(entry={self.entry!r})"


def keep(secret: bytes, ring: Keyring | None) -> Kept:
    """The secret as it may rest in the store. Asks the keyring, so never on the window's thread."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if ring is None:
        return Kept(content=secret)
    entry = uuid.uuid4().hex
    try:
        raw, backend = keep_new_secret(ring, _service(entry), _PERSON), ring.name()
    except AskPassphrase:
        # No safe on this computer that may be used.
        return Kept(content=secret)
    key, nonce = stretch(raw, _PURPOSE), secrets.token_bytes(_NONCE_BYTES)
    try:
        return Kept(
            content=AESGCM(key).encrypt(nonce, secret, entry.encode()), nonce=nonce, entry=entry, backend=backend
        )
    finally:
        wipe(key)


def open_kept(kept: Kept, ring: Keyring | None) -> bytes:
    """The secret again. Raises NoSeal if the keyring does not help. Never on the window's thread."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if not kept.entry:
        return kept.content
    if ring is None:
        raise NoSeal(_LOST)
    try:
        raw = kept_secret(ring, _service(kept.entry), _PERSON)
    except AskPassphrase:
        raise NoSeal(_LOST) from None
    key = stretch(raw, _PURPOSE)
    try:
        return AESGCM(key).decrypt(kept.nonce, kept.content, kept.entry.encode())
    except InvalidTag:
        raise NoSeal(_LOST) from None
    finally:
        wipe(key)


def forget(kept: Kept, ring: Keyring | None) -> None:
    """Drop the keyring's half, as when a new seal took the place of this one."""
    if kept.entry and ring is not None:
        with contextlib.suppress(AskPassphrase):
            ring.drop(_service(kept.entry), _PERSON)


def _service(entry: str) -> str:
    return f"Liaison Desktop seal {entry}"
