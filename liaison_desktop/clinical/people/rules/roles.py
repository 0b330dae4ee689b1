"""The file of roles: which role may do what, as versioned content and no code."""

from __future__ import annotations

import functools

import msgspec

from liaison_desktop.clinical.people.record import StaffCredential, StaffRole
from liaison_desktop.paths import resource


class Verb(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing an action asks for. `flag` names the field of a person that grants it besides the role."""

    words: str
    credentials: tuple[StaffCredential, ...] = ()
    flag: str = ""
    by_approval: bool = False
    until_recorded: bool = False


class RoleFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The roles and their verbs. Each role is named, be it with an empty list."""

    version: str
    verbs: dict[str, Verb]
    roles: dict[StaffRole, tuple[str, ...]]


@functools.cache
def role_file() -> RoleFile:
    """The shipped file, read once. Raises msgspec.ValidationError if it is not sound."""
    import tomllib

    text = resource("policies", "roles-clinical.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), type=RoleFile)
