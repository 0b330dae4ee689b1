"""A file that leaves the laptop sealed: AES-256-GCM under a key made from a passphrase, which is told another way.

The file is, in this order: `LIAISON-SEALED 1` and a line feed; the length of the header in four bytes, the greatest
first; the header as JSON (what is inside, salt, cost of a guess, nonce); the sealed bytes of a ZIP archive. The key
is Argon2id of the passphrase (NFKC, UTF-8) and the salt, then HKDF-SHA-256 with `liaison-desktop/slot/passphrase/v1`.
Everything before the sealed bytes is authenticated with them.
"""

from __future__ import annotations

import io
import secrets
import zipfile
from collections.abc import Mapping

import msgspec

from liaison_desktop.errors import Damaged, Fault, Refused, WrongPassphrase
from liaison_desktop.security.keys import wipe
from liaison_desktop.security.passphrase import SALT_BYTES, Cost, passphrase_key, weigh

MAGIC = b"LIAISON-SEALED 1\n"
_NONCE, _SIZE, _LONGEST_HEADER, _LARGEST = 12, 4, 4096, 64 * 1024 * 1024
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the archive says nothing about when it was made; its content does


class _Header(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    content: str
    salt: bytes
    nonce: bytes
    cost: Cost
    kdf: str = "argon2id"
    cipher: str = "aes-256-gcm"


def seal_file(parts: Mapping[str, bytes], passphrase: str, *, content: str, cost: Cost | None = None) -> bytes:
    """The sealed file of these named parts; about 0.2 s. `content` is said in clear. Raises Refused if too weak."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if not (judged := weigh(passphrase)).accepted:
        raise Refused((Fault(field="passphrase", message=judged.words),))
    header = _Header(
        content=content,
        salt=secrets.token_bytes(SALT_BYTES),
        nonce=secrets.token_bytes(_NONCE),
        cost=cost or Cost(),
    )
    said = msgspec.json.encode(header)
    head = MAGIC + len(said).to_bytes(_SIZE, "big") + said
    key = passphrase_key(passphrase, header.salt, header.cost)
    try:
        return head + AESGCM(key).encrypt(header.nonce, _packed(parts), head)
    finally:
        wipe(key)


def open_sealed(content: bytes, passphrase: str) -> dict[str, bytes]:
    """The parts. Raises Damaged for what is no such file, WrongPassphrase if it does not open."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    header, head = _head(content)
    key = passphrase_key(passphrase, header.salt, header.cost)
    try:
        return _unpacked(AESGCM(key).decrypt(header.nonce, content[len(head) :], head))
    except InvalidTag:
        raise WrongPassphrase("That passphrase does not open this file, or the file was changed.") from None
    finally:
        wipe(key)


def _head(content: bytes) -> tuple[_Header, bytes]:
    start = len(MAGIC) + _SIZE
    size = int.from_bytes(content[len(MAGIC) : start], "big")
    if not content.startswith(MAGIC) or not 0 < size <= _LONGEST_HEADER or len(content) > _LARGEST:
        raise Damaged("This is no sealed file of Liaison Desktop.")
    try:
        header = msgspec.json.decode(content[start : start + size], type=_Header)
    except msgspec.MsgspecError:
        raise Damaged("This sealed file is damaged: its first part cannot be read.") from None
    if (header.kdf, header.cipher, len(header.nonce)) != ("argon2id", "aes-256-gcm", _NONCE):
        raise Damaged("This sealed file is damaged, or a newer version made it.")
    return header, content[: start + size]


def _packed(parts: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(parts.items()):
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), content)
    return made.getvalue()


def _unpacked(content: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(each.file_size for each in archive.infolist()) > _LARGEST:
                raise Damaged("This sealed file holds more than it may.")
            # A name with a path in it could be written elsewhere than where somebody asked for.
            return {name.replace("\\", "/").rsplit("/", 1)[-1]: archive.read(name) for name in archive.namelist()}
    except zipfile.BadZipFile:
        raise Damaged("This sealed file opened, but its content is damaged.") from None
