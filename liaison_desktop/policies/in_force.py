"""The policy in force for an open store: the built-in one, or the facility's own file beside the store over it.

It is chosen once when the store opens and kept with that store, so that nothing of it outlives the store or reaches
another one, and every record of one sitting is checked against the same rules.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from liaison_desktop.policies.own_file import Broken, read_own
from liaison_desktop.policies.policy import Policy, load_policy

if TYPE_CHECKING:
    from liaison_desktop.store import Store

FILE = "policy.toml"


class InForce(msgspec.Struct, frozen=True, kw_only=True):
    """Which policy holds. `own` says that the facility's file is part of it; `trouble` why that file was refused."""

    policy: Policy
    own: bool = False
    trouble: Broken | None = None


def policy_of(store: Store) -> Policy:
    """The policy in force for this store."""
    return in_force(store).policy


def in_force(store: Store) -> InForce:
    """The policy in force for this store, and where it comes from. Read at the first call, which opening makes."""
    found = store.companions.get(InForce)
    if not isinstance(found, InForce):
        found = store.companions[InForce] = choose(store.schema.name, store.folder)
        # The guards of records speak the built-in words; the store says them as the facility does.
        store.wording = found.policy.worded
    return found


def choose(name: str, folder: Path) -> InForce:
    """The policy of a workspace whose store lies in this folder. A broken file is refused; the built-in one holds."""
    built_in, path = load_policy(name), folder / FILE
    if not path.exists():
        return InForce(policy=built_in)
    try:
        return InForce(policy=read_own(path, built_in), own=True)
    except Broken as trouble:
        return InForce(policy=built_in, trouble=trouble)
