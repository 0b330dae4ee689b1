"""Whose seal this laptop has: made at first use, imported from the organisation, renewed before it runs out."""

from __future__ import annotations

import datetime as dt
import threading

import msgspec

from liaison_desktop.security.certificates.identity import Identity, NoSeal
from liaison_desktop.security.certificates.keeping import Kept, forget, keep, open_kept
from liaison_desktop.security.os_keyring import Keyring
from liaison_desktop.store import Act, Store

_SEAL, _AUTHORITY = "seal", "authority"


class Sealer:
    """The seal of one open store. Its methods may ask the keyring of the system, so never on the window's thread."""

    def __init__(self, store: Store, keyring: Keyring | None = None) -> None:
        self._store, self._ring = store, keyring
        self._one_at_a_time = threading.Lock()
        self._identity: Identity | None = None

    def identity(self) -> Identity:
        """The keys and certificates to seal with; made if there are none yet. Raises NoSeal, in words."""
        from liaison_desktop.security.certificates.authority import RENEW_DAYS

        with self._one_at_a_time:
            now = self._store.clock()
            if self._identity is None:
                self._identity = self._read() or self._issued(b"", "seal made")
            left = self._identity.ends_on() - now
            if left < dt.timedelta(days=RENEW_DAYS) and self._identity.own:
                self._identity = self._issued(self._identity.record_key, "seal renewed")
            elif left < dt.timedelta(0):
                raise NoSeal("The certificate of your organisation has run out. Import a new one in Settings.")
            return self._identity

    def held(self) -> Identity | None:
        """The keys and certificates that are there, None before the first document was sealed. Raises NoSeal."""
        with self._one_at_a_time:
            if self._identity is None:
                self._identity = self._read()
            return self._identity

    def kept_in(self) -> str:
        """Where half of the key rests: the backend of the keyring, empty if the encrypted store holds it alone."""
        kept = self._kept(_SEAL)
        return kept.backend if kept is not None else ""

    def authorities(self) -> tuple[bytes, ...]:
        """The certificates of the authorities whose seals this laptop trusts: those it sealed under."""
        identity = self.held()
        return (identity.authority,) if identity is not None else ()

    def take(self, content: bytes, passphrase: str) -> Identity:
        """Seal from now on with the organisation's certificate in this PKCS#12 file. Raises Refused."""
        from liaison_desktop.security.certificates.importing import read_pkcs12

        with self._one_at_a_time:
            held = self._identity
            taken = read_pkcs12(content, passphrase, self._store.clock(), held.record_key if held else b"")
            self._put(_SEAL, msgspec.msgpack.encode(taken))
            self._store.note(Act.KEYS_CHANGED, detail=f"seal imported {taken.certificate_sha256[:16]}")
            self._identity = taken
            return taken

    def make_new(self) -> Identity:
        """A new seal of this laptop's own, as when its key was lost. What was sealed before stays as it is."""
        with self._one_at_a_time:
            self._identity = self._issued(b"", "seal made anew", new_authority=True)
            return self._identity

    # -- at rest ------------------------------------------------------------------------------------------------------
    def _read(self) -> Identity | None:
        kept = self._kept(_SEAL)
        return msgspec.msgpack.decode(open_kept(kept, self._ring), type=Identity) if kept is not None else None

    def _issued(self, record_key: bytes, words: str, *, new_authority: bool = False) -> Identity:
        from liaison_desktop.security.certificates.authority import Authority, issue, make_authority

        now, prefix = self._store.clock(), self._store.device.prefix
        kept = None if new_authority else self._kept(_AUTHORITY)
        if kept is not None:
            authority = msgspec.msgpack.decode(open_kept(kept, self._ring), type=Authority)
        else:
            authority = make_authority(prefix, now)
            self._put(_AUTHORITY, msgspec.msgpack.encode(authority))
        made = issue(authority, prefix, now, record_key)
        self._put(_SEAL, msgspec.msgpack.encode(made))
        self._store.note(Act.KEYS_CHANGED, detail=f"{words} {made.certificate_sha256[:16]}")
        return made

    def _kept(self, name: str) -> Kept | None:
        content = self._store.device_keys.get(name)
        return msgspec.msgpack.decode(content, type=Kept) if content is not None else None

    def _put(self, name: str, secret: bytes) -> None:
        before = self._kept(name)
        self._store.device_keys.put(name, msgspec.msgpack.encode(keep(secret, self._ring)))
        if before is not None:
            forget(before, self._ring)


def sealer_of(store: Store, keyring: Keyring | None = None) -> Sealer:
    """The sealer of an open store, for as long as it is open; the first caller says which keyring it may use."""
    held: Sealer | None = store.companions.get(Sealer)
    if held is None:
        held = store.companions[Sealer] = Sealer(store, keyring)
    return held
