"""What the list holds: inquiries by state, standing requests, SIUU packages. A row is read when it comes into sight."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING

from liaison_desktop.msl.inquiries.page.looks import (
    STATES,
    Wanted,
    inquiry_row,
    matches,
    package_row,
    standing_row,
)
from liaison_desktop.msl.inquiries.queries import (
    inquiries,
    inquiry_states,
    names_of,
    packages,
    standing_ids,
    standing_requests,
)
from liaison_desktop.policies import policy_of
from liaison_desktop.ui.lists import ListRow

if TYPE_CHECKING:
    from liaison_desktop.store import Store

_CAPTIONS = {
    Wanted.SUBMIT: "To submit",
    Wanted.WAIT: "Waiting for the answer",
    Wanted.OVER: "Delivered and ended",
    Wanted.STANDING: "Standing requests",
    Wanted.PACKAGES: "SIUU packages",
}
_GONE = ListRow("No longer here")

Groups = dict[Wanted, list[uuid.UUID]]
Shown = tuple[list[uuid.UUID], list[tuple[int, str]]]


def groups_of(store: Store) -> Groups:
    """The ids of everything, sorted into what the filters name."""
    asked = inquiry_states(store)
    groups = {wanted: [one for one, state in asked if state in states] for wanted, states in STATES.items()}
    groups[Wanted.STANDING] = list(standing_ids(store))
    groups[Wanted.PACKAGES] = list(packages(store))
    return groups


def loaded(store: Store, today: datetime.date, groups: Groups, keys: Sequence[uuid.UUID]) -> list[ListRow]:
    """The rows of these ids, in this order."""
    standing, packed = frozenset(groups[Wanted.STANDING]), frozenset(groups[Wanted.PACKAGES])
    rows = {
        one.id: inquiry_row(one, today)
        for one in inquiries(store, [key for key in keys if key not in standing and key not in packed])
    }
    if requested := [key for key in keys if key in standing]:
        rows |= _standing_rows(store, today, requested)
    if any(key in packed for key in keys):
        rows |= {one.id: package_row(one) for one in packages(store).values()}
    return [rows.get(key, _GONE) for key in keys]


def _standing_rows(store: Store, today: datetime.date, keys: Sequence[uuid.UUID]) -> dict[uuid.UUID, ListRow]:
    found = standing_requests(store, ids=keys)
    names, soon = names_of(store, found), int(policy_of(store).number("standing_notice_days"))
    return {
        one.id: standing_row(one, names.get(one.person_id, "Nobody") if one.person_id else "Nobody", today, soon)
        for one in found
    }


def shown(store: Store, today: datetime.date, groups: Groups, wanted: Wanted | None, typed: str) -> Shown:
    """The ids that fit the filter and the words, and the captions above them as (index of the row, words)."""
    keys: list[uuid.UUID] = []
    captions: list[tuple[int, str]] = []
    for group, held in groups.items():
        if wanted not in (None, group):
            continue
        fits = held
        if typed.split():  # what is looked for stands in the rows, so all of them are read
            fits = [
                key for key, row in zip(held, loaded(store, today, groups, held), strict=True) if matches(row, typed)
            ]
        if fits:
            captions.append((len(keys), _CAPTIONS[group]))
            keys += fits
    return keys, captions
