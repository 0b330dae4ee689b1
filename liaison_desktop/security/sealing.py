"""A slot file with one slot made or made anew: pure steps from file to file."""

from __future__ import annotations

import datetime
import secrets
import uuid

import msgspec

from liaison_desktop.errors import Fault, Refused
from liaison_desktop.records import new_id
from liaison_desktop.security.keys import Keys, Sealed, stretch
from liaison_desktop.security.passphrase import SALT_BYTES, Cost, passphrase_key, weigh
from liaison_desktop.security.slot_file import KeyringSlot, PassphraseSlot, Person, RecoverySlot, SlotFile, header

NO_SEAL = Sealed(b"", b"")


def refuse_weak(passphrase: str, person: Person) -> None:
    """Raises Refused, with the plain reason, for a passphrase that is too easy to guess."""
    strength = weigh(passphrase, known=tuple(person.name.split()))
    if not strength.accepted:
        raise Refused([Fault(field="passphrase", message=strength.words)])


def recovery_key(raw: bytes) -> bytearray:
    """The key of the recovery slot."""
    return stretch(raw, "liaison-desktop/slot/recovery/v1")


def keyring_key(secret: bytes) -> bytearray:
    """The key of a keyring slot."""
    return stretch(secret, "liaison-desktop/slot/keyring/v1")


def with_passphrase(file: SlotFile, keys: Keys, person: uuid.UUID, text: str, cost: Cost) -> SlotFile:
    """The file where that person opens with this passphrase and no other; takes about 0.2 s."""
    salt = secrets.token_bytes(SALT_BYTES)
    slot = PassphraseSlot(id=new_id(), seal=NO_SEAL, person=person, cost=cost, salt=salt)
    seal = keys.sealed(passphrase_key(text, salt, cost), header(file, slot))
    others = tuple(other for other in file.passphrases if other.person != person)
    return msgspec.structs.replace(file, passphrases=(*others, msgspec.structs.replace(slot, seal=seal)))


def with_recovery(file: SlotFile, keys: Keys, raw: bytes) -> SlotFile:
    """The file with this recovery key in place of the one before."""
    slot = RecoverySlot(id=new_id(), seal=NO_SEAL)
    seal = keys.sealed(recovery_key(raw), header(file, slot))
    return msgspec.structs.replace(file, recovery=msgspec.structs.replace(slot, seal=seal))


def with_keyring(
    file: SlotFile, keys: Keys, person: uuid.UUID, secret: bytes, backend: str, until: datetime.datetime
) -> SlotFile:
    """The file where that person also opens with a secret kept by this keyring backend, until a moment."""
    slot = KeyringSlot(id=new_id(), seal=NO_SEAL, person=person, backend=backend, until=until)
    seal = keys.sealed(keyring_key(secret), header(file, slot))
    others = tuple(other for other in file.keyrings if other.person != person)
    return msgspec.structs.replace(file, keyrings=(*others, msgspec.structs.replace(slot, seal=seal)))
