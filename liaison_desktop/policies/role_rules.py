"""Who may do what, as it stands in its file: verbs that actions ask for, and the roles that have them. Names only.

What a role and a credential are is the workspace's to say; here they are their codes.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping

import msgspec

from liaison_desktop.paths import resource


class Verb(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing an action asks for; `words` say it. `flag` names the field of a person that grants it besides the role."""

    words: str
    credentials: tuple[str, ...] = ()
    flag: str = ""
    by_approval: bool = False
    until_recorded: bool = False


class RoleRules(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The verbs, and each role with those it has, be it with an empty list. `kept` are verbs that some role always has."""

    version: str = ""
    credentials: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    verbs: Mapping[str, Verb] = {}
    roles: Mapping[str, tuple[str, ...]] = {}


@functools.cache
def load_roles(name: str) -> RoleRules:
    """The roles that are shipped for a workspace; none where it has none. Raises msgspec.ValidationError if unsound."""
    import tomllib

    path = resource("policies", f"roles-{name}.toml")
    if not path.is_file():
        return RoleRules()
    return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), type=RoleRules)
