"""The stores of this laptop while they are shut: where they lie, who may open them, and what stands in the way."""

from __future__ import annotations

import contextlib
import datetime
import uuid
from collections.abc import Callable
from pathlib import Path

import msgspec

from liaison_desktop.errors import LiaisonError
from liaison_desktop.i18n import tr
from liaison_desktop.records import new_id
from liaison_desktop.security.destroying import destroy_files, destroy_keys
from liaison_desktop.security.keys import Keys
from liaison_desktop.security.manifest import Manifest, forget_store, known_stores, remember_store
from liaison_desktop.security.os_keyring import AskPassphrase, Keyring
from liaison_desktop.security.slot_file import Person
from liaison_desktop.security.slots import KeySlots

TITLES = {"msl": tr("Medical science"), "clinical": tr("Clinical liaison")}
ROLES = {"msl": tr("Medical science liaison"), "clinical": tr("Clinical liaison")}
# Shown on the screen: practice records are made up, so their passphrase is no secret.
PRACTICE_PASSPHRASE = "practice data stays here"
_PRACTISING = {
    "msl": Person(id=uuid.UUID(int=0), name="Amara Lindqvist", credential="PharmD", role="Medical science liaison"),
    "clinical": Person(id=uuid.UUID(int=0), name="Ruth Okafor", credential="RN", role="Clinical liaison"),
}


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where one store lies."""

    workspace: str
    folder: Path
    practice: bool = False

    @property
    def title(self) -> str:
        """The workspace as people call it."""
        return TITLES[self.workspace]


class Door(msgspec.Struct, frozen=True, kw_only=True):
    """One person's way into one store."""

    place: Place
    person: Person
    opened_at: datetime.datetime | None = None
    quick: bool = False  # quick unlock is on

    @property
    def key(self) -> str:
        """A name for this door that holds no person's name."""
        return f"{self.place.folder.name}/{self.person.id}"


class Shut(msgspec.Struct, frozen=True, kw_only=True):
    """A store that nobody can open now, and why."""

    place: Place
    why: LiaisonError
    can_restore: bool = False  # a sound copy of its key file lies beside it


class Places:
    """The stores below one folder. Reads the small files each time, so that it is never out of date."""

    def __init__(self, home: Path, *, clock: Callable[[], datetime.datetime], keyring: Keyring) -> None:
        self.home, self.clock, self.keyring = home, clock, keyring

    def all(self) -> tuple[Place, ...]:
        """Every store that was ever made here, also one that is lost. Raises Damaged when that cannot be told."""
        return tuple(
            Place(workspace=known.workspace, folder=self.home / known.folder, practice=known.practice)
            for known in known_stores(self.home)
            if known.ready
        )

    def slots(self, place: Place) -> KeySlots:
        """The key slots of a store. Raises StoreMissing, Damaged or TooNew."""
        return KeySlots.load(place.folder, place.workspace, clock=self.clock, keyring=self.keyring)

    def open_with_passphrase(self, door: Door, text: str) -> Keys:
        """The keys of a store, as `KeySlots.open_with_passphrase`; quick unlock, where it is on, starts anew."""
        slots = self.slots(door.place)
        keys = slots.open_with_passphrase(door.person.id, text)
        if slots.has_keyring(door.person.id):
            # A key store that fails now only means that the passphrase is asked again when the days are over.
            with contextlib.suppress(AskPassphrase):
                slots.use_keyring(keys, door.person.id)
        return keys

    def doors(self) -> tuple[tuple[Door, ...], tuple[Shut, ...]]:
        """Who may come in, those who were here last first; and the stores nobody can open."""
        doors, shut = [], []
        for place in self.all():
            try:
                slots = self.slots(place)
            except LiaisonError as error:
                can = KeySlots.can_restore(place.folder, place.workspace)
                shut.append(Shut(place=place, why=error, can_restore=can))
                continue
            for person in slots.persons:
                tries = slots.tries(person.id)
                doors.append(
                    Door(place=place, person=person, opened_at=tries.opened_at, quick=slots.has_keyring(person.id))
                )
        never = datetime.datetime.min.replace(tzinfo=datetime.UTC)
        return tuple(sorted(doors, key=lambda door: door.opened_at or never, reverse=True)), tuple(shut)

    def begin(self, workspace: str, person: Person, passphrase: str, *, practice: bool = False) -> tuple[Place, str]:
        """Make the keys of a new store; its place and the recovery key's text, shown once. About 0.2 s.

        Raises Refused for a weak passphrase, LiaisonError when such a folder is there already. Until
        `finished()` it counts as unfinished: after a crash the next try sets it aside and starts again.
        """
        name = f"practice-{workspace}" if practice else workspace
        folder = self.home / name
        unfinished = any(known.folder == name and not known.ready for known in known_stores(self.home))
        if unfinished and folder.exists():
            folder.rename(self.home / f"unfinished-{name}-{uuid.uuid4().hex[:8]}")
        elif folder.exists() and any(folder.iterdir()):
            raise LiaisonError(tr("There is a folder of this workspace already. Nothing was changed in it."))
        self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        place = Place(workspace=workspace, folder=folder, practice=practice)
        self._remember(place, uuid.UUID(int=0), ready=False)
        slots, recovery = KeySlots.create(
            folder, workspace, person, passphrase, practice=practice, clock=self.clock, keyring=self.keyring
        )
        self._remember(place, slots.store_id, ready=False)
        return place, recovery

    def finished(self, place: Place) -> None:
        """The store itself is there: from now on it is missed when it is gone."""
        self._remember(place, self.slots(place).store_id, ready=True)

    def destroy(self, place: Place) -> None:
        """Destroy a store that is shut: its keys, then its files, then its place on the list.

        Interrupted and called again it comes to the end. Raises OSError if something cannot be taken away.
        """
        persons: tuple[uuid.UUID, ...] = ()
        store = uuid.UUID(int=0)
        with contextlib.suppress(LiaisonError):
            slots = self.slots(place)
            persons, store = tuple(person.id for person in slots.persons), slots.store_id
        destroy_keys(place.folder, place.workspace, store, persons, self.keyring)
        if place.folder.exists():
            destroy_files(place.folder)
        forget_store(self.home, place.folder.name)

    def _remember(self, place: Place, store: uuid.UUID, *, ready: bool) -> None:
        remember_store(
            self.home,
            Manifest(
                workspace=place.workspace,
                folder=place.folder.name,
                store=store,
                created=self.clock(),
                practice=place.practice,
                ready=ready,
            ),
        )


def practising(workspace: str) -> Person:
    """The made-up person who works on practice data."""
    return msgspec.structs.replace(_PRACTISING[workspace], id=new_id())
