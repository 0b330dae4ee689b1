"""The server's one secret, and what is made from it: the key of the file, of the orders, of the nonces.

It is 32 bytes in hexadecimal, in the environment or in a file that only the server's user may read. Nothing in the
database can be read or signed without it, so it is kept apart from the backups.
"""

from __future__ import annotations

import os
import secrets
import stat
import uuid
from pathlib import Path

from liaison_desktop.errors import Damaged, Refused, StoreMissing
from liaison_desktop.errors import Fault as _Fault

VARIABLE = "LIAISON_SERVER_KEY"
FILE = "server.key"


class ServerKeys:
    """Keys for each purpose, derived by HKDF-SHA-256 (RFC 5869) from the one secret."""

    def __init__(self, secret: bytes) -> None:
        if len(secret) != 32:
            raise ValueError("the server's key has 32 bytes")
        self._secret = secret

    def database(self) -> bytearray:
        """The key of the encrypted file."""
        return bytearray(self._for("database"))

    def signing(self, organisation: uuid.UUID) -> bytes:
        """The private Ed25519 key with which an organisation's orders and checkpoints are signed."""
        return self._for(f"signing {organisation}")

    def nonces(self) -> bytes:
        """The key that says a nonce was ours."""
        return self._for("nonces")

    def codes(self) -> bytes:
        """The key under which one-time codes are hashed: without it a stolen table tells nothing."""
        return self._for("codes")

    def check(self) -> str:
        """What the database keeps, to know the key again."""
        return self._for("check").hex()

    def _for(self, purpose: str) -> bytes:
        from cryptography.hazmat.primitives import hashes
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF

        return HKDF(hashes.SHA256(), 32, salt=None, info=f"liaison server {purpose}".encode()).derive(self._secret)


def load_keys(folder: Path, *, create: bool) -> ServerKeys:
    """The keys from the environment, or else from the file in `folder`.

    With `create` a missing file is made. Raises StoreMissing if there is none, Refused if others may read it, Damaged
    if it holds no key.
    """
    given = os.environ.get(VARIABLE, "").strip()
    if given:
        return _keys(given, "The environment")
    path = folder / FILE
    if create and not path.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32) + "\n")
            file.flush()
            os.fsync(file.fileno())
    if not path.exists():
        raise StoreMissing(f"There is no key: neither the variable {VARIABLE} nor the file {FILE}.")
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise Refused((_Fault(field="key", message=f"Others may read {FILE}. Set its mode to 0600."),))
    return _keys(path.read_text(encoding="ascii", errors="replace").strip(), f"The file {FILE}")


def _keys(text: str, where: str) -> ServerKeys:
    try:
        return ServerKeys(bytes.fromhex(text))
    except ValueError:
        raise Damaged(f"{where} holds no key: 64 hexadecimal digits are expected.") from None
