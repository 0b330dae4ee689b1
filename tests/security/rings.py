"""Keyrings as different computers have them."""

from __future__ import annotations

from liaison_desktop.security.os_keyring import AskPassphrase, Trouble


class MemoryKeyring:
    """A keyring that works."""

    def __init__(self, name: str = "tests.MemoryKeyring") -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self._name = name

    def name(self) -> str:
        return self._name

    def get(self, service: str, person: str) -> str | None:
        return self.kept.get((service, person))

    def put(self, service: str, person: str, secret: str) -> None:
        self.kept[service, person] = secret

    def drop(self, service: str, person: str) -> None:
        self.kept.pop((service, person), None)


class NullKeyring(MemoryKeyring):
    """Takes everything and keeps nothing, as keyring's null backend does."""

    def put(self, service: str, person: str, secret: str) -> None:
        return


class LockedKeyring(MemoryKeyring):
    """There, but nobody unlocked it."""

    def get(self, service: str, person: str) -> str | None:
        raise AskPassphrase(Trouble.LOCKED)

    def put(self, service: str, person: str, secret: str) -> None:
        raise AskPassphrase(Trouble.LOCKED)


class FailKeyring(MemoryKeyring):
    """A computer without any keyring."""

    def get(self, service: str, person: str) -> str | None:
        raise AskPassphrase(Trouble.ABSENT)

    def put(self, service: str, person: str, secret: str) -> None:
        raise AskPassphrase(Trouble.ABSENT)
