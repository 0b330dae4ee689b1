"""The key-slot file as it stands on disk: persons, slots, and the header every slot is bound to."""

from __future__ import annotations

import datetime
import hashlib
import uuid
from pathlib import Path
from typing import Any

import msgspec

from liaison_desktop.errors import Damaged, StoreMissing, TooNew
from liaison_desktop.security.atomic import previous_of, write_atomically
from liaison_desktop.security.keys import KEY_BYTES, Sealed
from liaison_desktop.security.passphrase import SALT_BYTES, Cost

FORMAT = 1
_MOST_BYTES = 256 * 1024
_NONCE_BYTES, _TAG_BYTES = 12, 16

MISSING = "The key file of this store is missing, so it cannot be opened. Nothing was created in its place."
DAMAGED = "The key file of this store is damaged. Your records were not touched."
TOO_NEW = "The key file of this store was written by a newer version of Liaison Desktop. Update this computer."


class Person(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody who works here. Stands in clear in the slot file; never a patient or a physician."""

    id: uuid.UUID
    name: str
    credential: str = ""  # as printed after the name, such as "RN"
    role: str = ""

    @property
    def printed(self) -> str:
        """The name as printed on documents: with the credential."""
        return f"{self.name}, {self.credential}" if self.credential else self.name


class _Slot(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    id: uuid.UUID
    seal: Sealed


class PassphraseSlot(_Slot, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Opens with one person's passphrase."""

    person: uuid.UUID
    cost: Cost
    salt: bytes


class RecoverySlot(_Slot, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Opens with the printed recovery key."""


class KeyringSlot(_Slot, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Opens with a secret in one person's OS keyring; good only until a day, and only with the same backend."""

    person: uuid.UUID
    backend: str
    until: datetime.datetime


class SlotFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All that is known about a store before it is open."""

    format: int = FORMAT
    workspace: str
    store: uuid.UUID
    created: datetime.datetime
    practice: bool = False
    generation: int = 1
    persons: tuple[Person, ...]
    passphrases: tuple[PassphraseSlot, ...]
    recovery: RecoverySlot
    keyrings: tuple[KeyringSlot, ...] = ()

    def person(self, id: uuid.UUID) -> Person | None:
        """The person with that id, if any."""
        return next((person for person in self.persons if person.id == id), None)


class _Wrapper(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The checksum is no secret: it tells an accident (damaged) from a wrong passphrase. The seals stop the rest."""

    format: int
    checksum: str
    slots: msgspec.Raw


class _Format(msgspec.Struct, frozen=True):
    format: int


def header(file: SlotFile, slot: PassphraseSlot | RecoverySlot | KeyringSlot) -> bytes:
    """What a seal is bound to: everything about the store, the slot and its person but the seal itself."""
    whole: dict[str, Any] = {
        name: getattr(file, name) for name in ("format", "workspace", "store", "created", "practice", "generation")
    }
    whole["kind"] = type(slot).__name__
    whole["slot"] = {name: getattr(slot, name) for name in slot.__struct_fields__ if name != "seal"}
    whole["person"] = None if isinstance(slot, RecoverySlot) else file.person(slot.person)
    return msgspec.json.encode(whole, order="sorted")


def slot_path(folder: Path, workspace: str) -> Path:
    """Where the key-slot file of a workspace lies."""
    return folder / f"{workspace}.slots.json"


def _sound(file: SlotFile, workspace: str) -> bool:
    slots = (*file.passphrases, file.recovery, *file.keyrings)
    owners = {person.id for person in file.persons}
    return (
        file.workspace == workspace
        and len(owners) == len(file.persons)
        and {slot.person for slot in file.passphrases} == owners
        and len(file.passphrases) == len(owners) > 0
        and {slot.person for slot in file.keyrings} <= owners
        and all(len(slot.seal.nonce) == _NONCE_BYTES for slot in slots)
        and all(len(slot.seal.ciphertext) == KEY_BYTES + _TAG_BYTES for slot in slots)
        and all(len(slot.salt) == SALT_BYTES for slot in file.passphrases)
    )


def _decoded(content: bytes, workspace: str) -> SlotFile:
    if len(content) > _MOST_BYTES:
        raise Damaged(DAMAGED)
    try:
        if msgspec.json.decode(content, type=_Format).format > FORMAT:
            raise TooNew(TOO_NEW)
        wrapper = msgspec.json.decode(content, type=_Wrapper)
        inner = msgspec.json.decode(wrapper.slots, type=SlotFile)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Damaged(DAMAGED) from None
    fits = hashlib.sha256(bytes(wrapper.slots)).hexdigest() == wrapper.checksum
    if not fits or wrapper.format != inner.format or inner.format != FORMAT or not _sound(inner, workspace):
        raise Damaged(DAMAGED)
    for slot in inner.passphrases:
        slot.cost.check()
    return inner


def read_slots(path: Path, workspace: str) -> SlotFile:
    """Raises StoreMissing, Damaged or TooNew, each with its own words."""
    try:
        return _decoded(path.read_bytes(), workspace)
    except FileNotFoundError:
        raise StoreMissing(MISSING) from None
    except OSError:
        raise Damaged(
            "The key file of this store cannot be read from the disk. Your records were not touched."
        ) from None


def has_readable_copy(path: Path, workspace: str) -> bool:
    """Whether the copy from before the last change is there and sound."""
    try:
        _decoded(previous_of(path).read_bytes(), workspace)
    except (OSError, Damaged, TooNew):
        return False
    return True


def write_slots(path: Path, file: SlotFile) -> None:
    """Replace the slot file durably; the content before stays beside it as `.prev`."""
    inner = msgspec.json.encode(file)
    wrapper = _Wrapper(format=file.format, checksum=hashlib.sha256(inner).hexdigest(), slots=msgspec.Raw(inner))
    write_atomically(path, msgspec.json.encode(wrapper), keep_previous=True)
