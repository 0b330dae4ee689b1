"""A sealed parcel of journal lines between two laptops, on a stick or by mail, when there is no server.

The file is, in this order: `LIAISON-PARCEL 1` and a line feed; the length of the header in four bytes, the greatest
first; the header as JSON; the sealed bytes; 64 bytes of signature. The key is X25519 between a key made for this parcel
and the receiver's, then HKDF-SHA-256 with `liaison-desktop/parcel/v1`, for AES-256-GCM over zstd over JSON. Everything
before the sealed bytes is authenticated with them, and the sender signs all of it (Ed25519).

The header says who it is for, by whom, and until when: no record, no name of a patient or a physician.
"""

from __future__ import annotations

import datetime as dt
import secrets
import uuid

import msgspec

from liaison_desktop.errors import Damaged, Fault, Refused
from liaison_desktop.i18n import tr
from liaison_desktop.records.moments import moment_of, moment_text
from liaison_desktop.sync import signed
from liaison_desktop.sync.laptops import Address
from liaison_desktop.sync.wire import Op

MAGIC = b"LIAISON-PARCEL 1\n"
LIFETIME = dt.timedelta(days=14)
MOST_BYTES = 256 * 1024 * 1024  # unpacked
_NONCE, _SIZE, _LONGEST_HEADER, _SIGNATURE = 12, 4, 4096, 64


class Header(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a parcel says in clear."""

    workspace: str
    by: str  # the sender's Ed25519 key
    by_name: str
    to: str  # the receiver's X25519 key
    key: str  # the public key made for this parcel
    nonce: bytes
    made: str
    until: str


class FilePart(msgspec.Struct, frozen=True):
    """A file that a record refers to."""

    sha256: str
    content: bytes


class Contents(msgspec.Struct, frozen=True, kw_only=True):
    """What is sealed: lines as the sender's journal has them, each with the device that wrote it, and their files."""

    journal: uuid.UUID
    lines: tuple[tuple[uuid.UUID, str, Op], ...]  # device, the hash before, the line
    files: tuple[FilePart, ...] = ()


def seal_parcel(contents: Contents, *, by: Address, signing_key: bytes, to: Address, now: dt.datetime) -> bytes:
    """The parcel for one laptop; it opens nowhere else, and not after 14 days."""
    import zstandard
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    made = X25519PrivateKey.generate()
    header = Header(
        workspace=by.workspace,
        by=by.signs,
        by_name=by.name,
        to=to.seals,
        key=made.public_key().public_bytes_raw().hex(),
        nonce=secrets.token_bytes(_NONCE),
        made=moment_text(now),
        until=moment_text(now + LIFETIME),
    )
    said = msgspec.json.encode(header)
    head = MAGIC + len(said).to_bytes(_SIZE, "big") + said
    plain = zstandard.ZstdCompressor(level=6).compress(msgspec.json.encode(contents))
    body = head + AESGCM(_shared(made.private_bytes_raw(), to.seals)).encrypt(header.nonce, plain, head)
    return body + bytes.fromhex(signed.sign(signing_key, body))


def open_parcel(
    content: bytes, *, own: Address, opening_key: bytes, known: tuple[Address, ...], now: dt.datetime
) -> tuple[Address, Contents]:
    """Sender and contents. Raises Damaged for what is no parcel or was changed, Refused for one that is not for us."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    header, head = _head(content)
    if header.to != own.seals or header.workspace != own.workspace:
        raise _refused(tr("This parcel is sealed for another laptop."))
    sender = next((one for one in known if one.signs == header.by), None)
    if sender is None:
        raise _refused(tr("This parcel comes from a laptop you have not added. Ask for its address first."))
    body, signature = content[:-_SIGNATURE], content[-_SIGNATURE:]
    if not signed.is_signed(sender.signs, body, signature.hex()):
        raise Damaged(tr("This parcel was changed on its way, or is not complete."))
    if moment_of(header.until) < now:
        raise _refused(tr("This parcel is older than 14 days. Ask for a new one."))
    try:
        plain = AESGCM(_shared(opening_key, header.key)).decrypt(header.nonce, body[len(head) :], head)
    except InvalidTag:
        raise Damaged(tr("This parcel was changed on its way, or is not complete.")) from None
    return sender, _contents(plain)


def _contents(plain: bytes) -> Contents:
    import zstandard

    try:
        unpacked = zstandard.ZstdDecompressor().stream_reader(plain).read(MOST_BYTES + 1)
        if len(unpacked) > MOST_BYTES:
            raise Damaged(tr("This parcel holds more than a parcel may."))
        return msgspec.json.decode(unpacked, type=Contents)
    except (zstandard.ZstdError, msgspec.DecodeError):
        raise Damaged(tr("What is in this parcel cannot be read. It may be of a newer version.")) from None


def _head(content: bytes) -> tuple[Header, bytes]:
    start = len(MAGIC) + _SIZE
    size = int.from_bytes(content[len(MAGIC) : start], "big")
    if not content.startswith(MAGIC) or not 0 < size <= _LONGEST_HEADER or len(content) < start + size + _SIGNATURE:
        raise Damaged(tr("This is no parcel of Liaison Desktop."))
    try:
        header = msgspec.json.decode(content[start : start + size], type=Header)
        moment_of(header.until)
        bytes.fromhex(header.key + header.by + header.to)
    except (msgspec.DecodeError, ValueError):
        raise Damaged(tr("This is no parcel of Liaison Desktop.")) from None
    return header, content[: start + size]


def _shared(private: bytes, public: str) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    try:
        theirs = X25519PublicKey.from_public_bytes(bytes.fromhex(public))
        secret = X25519PrivateKey.from_private_bytes(private).exchange(theirs)
    except ValueError:
        raise Damaged(tr("This is no parcel of Liaison Desktop.")) from None
    return HKDF(SHA256(), 32, None, b"liaison-desktop/parcel/v1").derive(secret)


def _refused(message: str) -> Refused:
    return Refused((Fault(field="file", message=message),))
