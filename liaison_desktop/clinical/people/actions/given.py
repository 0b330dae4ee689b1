"""Approvals that were given in this sitting: only what came out of a PIN counts, whatever hands an action an Approval."""

from __future__ import annotations

from liaison_desktop.clinical.people.record import Approval
from liaison_desktop.store import Store


class _Given:
    def __init__(self) -> None:
        self.all: list[Approval] = []


def _kept(store: Store) -> _Given:
    held = store.companions.get(_Given)
    if not isinstance(held, _Given):
        held = store.companions[_Given] = _Given()
    return held


def remember(store: Store, approval: Approval) -> Approval:
    """Keep it for as long as the store is open."""
    _kept(store).all.append(approval)
    return approval


def was_given(store: Store, approval: Approval) -> bool:
    """Whether somebody gave it here, with their PIN, since the store was opened."""
    return any(approval is one or approval == one for one in _kept(store).all)
