"""The key slots of one store: who can open it, and with what.

A random master key per store is sealed once for each way in: a passphrase per person, one printed recovery key, and
optionally the OS keyring. Changing a passphrase re-seals that one slot; the store itself is never re-encrypted.
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Callable
from pathlib import Path

import msgspec

from liaison_desktop.errors import Fault, Missing, Refused, Throttled, WrongPassphrase
from liaison_desktop.records import new_id
from liaison_desktop.security.atomic import previous_of, write_atomically
from liaison_desktop.security.keys import DoesNotOpen, Keys
from liaison_desktop.security.os_keyring import (
    AskPassphrase,
    Keyring,
    OsKeyring,
    Trouble,
    keep_new_secret,
    kept_secret,
    service_name,
)
from liaison_desktop.security.passphrase import Cost, passphrase_key
from liaison_desktop.security.recovery import new_recovery, read_recovery, recovery_text
from liaison_desktop.security.sealing import (
    NO_SEAL,
    keyring_key,
    recovery_key,
    refuse_weak,
    with_keyring,
    with_passphrase,
    with_recovery,
)
from liaison_desktop.security.slot_file import (
    KeyringSlot,
    PassphraseSlot,
    Person,
    RecoverySlot,
    SlotFile,
    has_readable_copy,
    header,
    read_slots,
    slot_path,
    write_slots,
)
from liaison_desktop.security.throttle import FREE_TRIES, Throttle, Tries

KEYRING_DAYS = 14


def _now() -> datetime.datetime:
    return datetime.datetime.now().astimezone()


class KeySlots:
    """The key-slot file `<workspace>.slots.json` beside a store. Every change is on disk when the call returns."""

    def __init__(
        self, folder: Path, file: SlotFile, *, clock: Callable[[], datetime.datetime], keyring: Keyring, cost: Cost
    ) -> None:
        self._path = slot_path(folder, file.workspace)
        self._file = file
        self._clock = clock
        self._keyring = keyring
        self._cost = cost
        self._throttle = Throttle(folder / f"{file.workspace}.tries.json")

    # -- making and reading ------------------------------------------------------------------------------------------

    @classmethod
    def create(
        cls,
        folder: Path,
        workspace: str,
        person: Person,
        passphrase: str,
        *,
        practice: bool = False,
        clock: Callable[[], datetime.datetime] = _now,
        keyring: Keyring | None = None,
        cost: Cost | None = None,
    ) -> tuple[KeySlots, str]:
        """Slots for a new store, and the recovery key's text, which exists nowhere else and is shown once.

        Raises Refused for a weak passphrase and FileExistsError when there are slots already: never written over.
        """
        refuse_weak(passphrase, person)
        path, cost = slot_path(folder, workspace), cost or Cost()
        if path.exists():
            raise FileExistsError(path.name)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        store, raw = new_id(), new_recovery()
        empty = SlotFile(
            workspace=workspace,
            store=store,
            created=clock(),
            practice=practice,
            persons=(person,),
            passphrases=(),
            recovery=RecoverySlot(id=new_id(), seal=NO_SEAL),
        )
        keys = Keys.new(store)
        file = with_recovery(with_passphrase(empty, keys, person.id, passphrase, cost), keys, raw)
        keys.close()
        write_slots(path, file)
        return cls(folder, file, clock=clock, keyring=keyring or OsKeyring(), cost=cost), recovery_text(raw)

    @classmethod
    def load(
        cls,
        folder: Path,
        workspace: str,
        *,
        clock: Callable[[], datetime.datetime] = _now,
        keyring: Keyring | None = None,
        cost: Cost | None = None,
    ) -> KeySlots:
        """The slots of an existing store. Raises StoreMissing, Damaged or TooNew; never makes anything."""
        file = read_slots(slot_path(folder, workspace), workspace)
        return cls(folder, file, clock=clock, keyring=keyring or OsKeyring(), cost=cost or Cost())

    @staticmethod
    def can_restore(folder: Path, workspace: str) -> bool:
        """Whether a damaged slot file has a sound copy from before its last change."""
        return has_readable_copy(slot_path(folder, workspace), workspace)

    @staticmethod
    def restore_previous(folder: Path, workspace: str) -> None:
        """Put that copy in place, keeping the damaged file. A passphrase changed since is the old one again."""
        path = slot_path(folder, workspace)
        content = previous_of(path).read_bytes()
        if path.exists():
            path.replace(path.with_name(path.name + ".damaged"))
        write_atomically(path, content)

    # -- what can be seen while locked -------------------------------------------------------------------------------

    @property
    def workspace(self) -> str:
        """ "msl" or "clinical"."""
        return self._file.workspace

    @property
    def store_id(self) -> uuid.UUID:
        """The identity of the store these slots open."""
        return self._file.store

    @property
    def practice(self) -> bool:
        """Whether the store holds only made-up practice records; bound into every seal."""
        return self._file.practice

    @property
    def persons(self) -> tuple[Person, ...]:
        """Who may work here."""
        return self._file.persons

    def tries(self, person: uuid.UUID) -> Tries:
        """Failed tries since the last success, and when that was."""
        return self._throttle.of(person)

    def seconds_left(self, person: uuid.UUID) -> int:
        """How long this person has to wait before the next try."""
        return self._throttle.seconds_left(person, self._clock())

    def has_keyring(self, person: uuid.UUID) -> bool:
        """Whether quick unlock was switched on for a person."""
        return self._keyring_slot(person) is not None

    # -- opening -----------------------------------------------------------------------------------------------------

    def open_with_passphrase(self, person: uuid.UUID, text: str) -> Keys:
        """The keys; takes about 0.2 s. Raises Throttled, WrongPassphrase, or Damaged for impossible parameters."""
        slot = next((slot for slot in self._file.passphrases if slot.person == person), None)
        if slot is None:
            raise Missing("This person can no longer open this store.")
        wait = self.seconds_left(person)
        if wait:
            raise Throttled(f"Too many tries. Wait {wait} s, then try again. Nothing is ever erased.", wait)
        try:
            keys = self._unsealed(slot, passphrase_key(text, slot.salt, slot.cost))
        except DoesNotOpen:
            tries = self._throttle.failed(person, self._clock())
            left = FREE_TRIES - tries.failures
            more = f" {left} more before a pause." if left > 0 else ""
            raise WrongPassphrase(
                f"That passphrase does not open this store. Your records are not damaged.{more}"
            ) from None
        return keys

    def opened(self, person: uuid.UUID) -> Tries:
        """Say that the person is in; returns the failed tries before, to be journalled and shown."""
        return self._throttle.opened(person, self._clock())

    def open_with_recovery(self, text: str) -> Keys:
        """The keys. Raises Mistyped for a typing error, WrongPassphrase when it is the key of something else."""
        try:
            return self._unsealed(self._file.recovery, recovery_key(read_recovery(text)))
        except DoesNotOpen:
            raise WrongPassphrase(
                "That is a recovery key, but not of this store. Your records are not damaged."
            ) from None

    def open_with_keyring(self, person: uuid.UUID) -> Keys:
        """The keys without typing. Raises AskPassphrase, with the reason, whenever the keyring does not help."""
        slot = self._keyring_slot(person)
        if slot is None:
            raise AskPassphrase(Trouble.MISSING)
        if self._clock() > slot.until:
            raise AskPassphrase(Trouble.EXPIRED)
        if self._keyring.name() != slot.backend:
            raise AskPassphrase(Trouble.CHANGED)
        secret = kept_secret(self._keyring, service_name(self.store_id), str(person))
        try:
            return self._unsealed(slot, keyring_key(secret))
        except DoesNotOpen:
            raise AskPassphrase(Trouble.CHANGED) from None

    # -- changing ----------------------------------------------------------------------------------------------------

    def change_passphrase(self, person: uuid.UUID, old: str, new: str) -> None:
        """Give a person another passphrase. The store's own keys stay. Raises as opening does, and Refused."""
        keys = self.open_with_passphrase(person, old)
        try:
            self.set_passphrase(keys, person, new)
        finally:
            keys.close()

    def set_passphrase(self, keys: Keys, person: uuid.UUID, new: str) -> None:
        """The same from an open workspace, as after using the recovery key. Raises Refused for a weak one."""
        known = self._file.person(person)
        if known is None:
            raise Missing("This person can no longer open this store.")
        refuse_weak(new, known)
        self._write(with_passphrase(self._file, keys, person, new, self._cost))

    def add_person(self, keys: Keys, person: Person, passphrase: str) -> None:
        """Let one more person in, with their own passphrase. Raises Refused for a weak one or a name already used."""
        if any(person.printed.casefold() == other.printed.casefold() for other in self.persons):
            raise Refused([Fault(field="name", message="Somebody of this name works here already.")])
        refuse_weak(passphrase, person)
        with_person = msgspec.structs.replace(self._file, persons=(*self._file.persons, person))
        self._write(with_passphrase(with_person, keys, person.id, passphrase, self._cost))

    def remove_person(self, person: uuid.UUID) -> None:
        """Take a person's ways in away. Raises Refused for the last one."""
        if self.persons == tuple(other for other in self.persons if other.id == person):
            raise Refused([Fault(field="", message="The last person cannot be removed.")])
        self.forget_keyring(person)
        self._write(
            msgspec.structs.replace(
                self._file,
                persons=tuple(other for other in self._file.persons if other.id != person),
                passphrases=tuple(slot for slot in self._file.passphrases if slot.person != person),
            )
        )

    def new_recovery_key(self, keys: Keys) -> str:
        """Make the old recovery key worthless and return the text of a new one, shown once."""
        raw = new_recovery()
        self._write(with_recovery(self._file, keys, raw))
        return recovery_text(raw)

    def use_keyring(self, keys: Keys, person: uuid.UUID) -> None:
        """Switch quick unlock on, or renew it. Raises AskPassphrase when the keyring keeps nothing."""
        secret = keep_new_secret(self._keyring, service_name(self.store_id), str(person))
        until = self._clock() + datetime.timedelta(days=KEYRING_DAYS)
        self._write(with_keyring(self._file, keys, person, secret, self._keyring.name(), until))

    def forget_keyring(self, person: uuid.UUID) -> None:
        """Switch quick unlock off and take the secret out of the keyring."""
        if self.has_keyring(person):
            self._keyring.drop(service_name(self.store_id), str(person))
            others = tuple(other for other in self._file.keyrings if other.person != person)
            self._write(msgspec.structs.replace(self._file, keyrings=others))

    # ----------------------------------------------------------------------------------------------------------------

    def _keyring_slot(self, person: uuid.UUID) -> KeyringSlot | None:
        return next((slot for slot in self._file.keyrings if slot.person == person), None)

    def _unsealed(self, slot: PassphraseSlot | RecoverySlot | KeyringSlot, key: bytearray) -> Keys:
        return Keys.unsealed(slot.seal, key, header(self._file, slot), self._file.store, self._file.generation)

    def _write(self, file: SlotFile) -> None:
        write_slots(self._path, file)
        self._file = file
