"""The workspace master key while a workspace is open, and the sub-keys made from it."""

from __future__ import annotations

import secrets
import uuid

import msgspec

from liaison_desktop.errors import Locked

KEY_BYTES = 32
_NONCE_BYTES = 12


class Sealed(msgspec.Struct, frozen=True):
    """A master key under AES-256-GCM: the nonce and the ciphertext with its tag."""

    nonce: bytes
    ciphertext: bytes


class DoesNotOpen(Exception):
    """The key does not fit this seal, or what the seal covers was changed. The two cannot be told apart."""


def stretch(secret: bytes | bytearray, purpose: str, salt: bytes = b"") -> bytearray:
    """A 32-byte key from key material by HKDF-SHA-256, for one purpose only."""
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    out = bytearray(KEY_BYTES)
    HKDF(hashes.SHA256(), KEY_BYTES, salt, purpose.encode()).derive_into(secret, out)
    return out


def wipe(secret: bytearray) -> None:
    """Overwrite a key in place."""
    secret[:] = bytes(len(secret))


class Keys:
    """An open workspace's keys. Every sub-key handed out is zeroed, with the master key, by `close()`."""

    def __init__(self, master: bytearray, store: uuid.UUID, generation: int) -> None:
        if len(master) != KEY_BYTES:
            # SQLCipher would silently take a malformed key for a passphrase, so a wrong length never leaves here.
            raise ValueError("a master key has 32 bytes")
        self._master: bytearray | None = master
        self._store = store
        self._generation = generation
        self._given: dict[str, bytearray] = {}

    @classmethod
    def new(cls, store: uuid.UUID, generation: int = 1) -> Keys:
        """Fresh random keys for a new store."""
        return cls(bytearray(secrets.token_bytes(KEY_BYTES)), store, generation)

    @classmethod
    def unsealed(cls, seal: Sealed, key: bytearray, header: bytes, store: uuid.UUID, generation: int) -> Keys:
        """The keys inside a seal, wiping the key that opened it. Raises DoesNotOpen."""
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        try:
            return cls(bytearray(AESGCM(key).decrypt(seal.nonce, seal.ciphertext, header)), store, generation)
        except (InvalidTag, ValueError):
            raise DoesNotOpen from None
        finally:
            wipe(key)

    def sealed(self, key: bytearray, header: bytes) -> Sealed:
        """The master key sealed under another key, bound to a header; that key is wiped."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce = secrets.token_bytes(_NONCE_BYTES)
        try:
            return Sealed(nonce, AESGCM(key).encrypt(nonce, self._open(), header))
        finally:
            wipe(key)

    def _open(self) -> bytearray:
        if self._master is None:
            raise Locked("The workspace is locked.")
        return self._master

    def key(self, purpose: str) -> bytearray:
        """The 32-byte sub-key of a purpose such as "database" or "journal". Raises Locked after `close()`."""
        master = self._open()
        if purpose not in self._given:
            label = f"liaison-desktop/{purpose}/v1/generation-{self._generation}"
            self._given[purpose] = stretch(master, label, self._store.bytes)
        return self._given[purpose]

    def database(self) -> bytearray:
        """The key of the store file."""
        return self.key("database")

    def journal(self) -> bytearray:
        """The key of the sealed second copy of the journal."""
        return self.key("journal")

    def close(self) -> None:
        """Zero the master key and every sub-key handed out. May be called twice."""
        for given in self._given.values():
            wipe(given)
        self._given.clear()
        if self._master is not None:
            wipe(self._master)
            self._master = None
